"""Training on a few invented texts: vocabulary without names, calibration, and the gate that keeps worse models out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nlp import train
from nlp.components.pillars_terms import parse_pillars
from nlp.examples import Example, Task, build_examples, build_tasks, find_common
from nlp.fitting import (
    build_vocabulary,
    find_temperature,
    fit_model,
    measure,
    pool_crosswise,
    pool_example,
    score_model,
)
from nlp.language import IndonesianNews
from nlp.linear import ModelError, load_model, save_model
from nlp.profile import load_profile
from tests.nlp.conftest import CONTOH

SAYINGS = {
    "negatif": "Warga kecewa karena jalan rusak dibiarkan dinas di {place}.",
    "positif": "Warga bersyukur karena bantuan gratis diserahkan dinas di {place}.",
    "netral": "Rapat membahas jadwal lelang di {place} akan digelar lagi.",
}
PLACES = ("Muara Pinang", "Batu Layar", "Lembah Suri", "Tanjung Ketapang", "Selasih Jaya", "Kuala Selasih")


def rows(kind: str = "article") -> list[dict[str, object]]:
    return [
        {
            "id": f"{label}-{number}",
            "type": kind,
            "title": f"Kabar {place}",
            "text": saying.format(place=place),
            "about": "subject",
            "pillars": ["living"] if label == "negatif" else [],
            "tone": label,
            "headline_tone": label,
            "group": f"{place}-{label}",
        }
        for label, saying in SAYINGS.items()
        for number, place in enumerate(PLACES)
    ]


@pytest.fixture(scope="module")
def tasks() -> dict[str, Task]:
    table = parse_pillars(load_profile(CONTOH).pillars)
    return {task.name: task for task in build_tasks(IndonesianNews(), table, find_common(rows()))}


def test_names_are_no_terms(tasks: dict[str, Task]) -> None:
    task = tasks["tone"]
    terms, idf = build_vocabulary(build_examples(task, rows()), task.common)
    assert {"kecewa", "jalan rusak", "dinas"} <= set(terms)
    assert not {"muara", "pinang", "muara pinang", "selasih"} & set(terms)
    assert len(idf) == len(terms)


def test_a_model_learns_what_it_is_shown(tasks: dict[str, Task]) -> None:
    for name in ("tone", "pillars"):
        task = tasks[name]
        examples = build_examples(task, rows())
        assert score_model(fit_model(task, examples, 10.0, 0.1), task, examples) == 1


def test_headlines_teach_headlines_and_paragraphs_both(tasks: dict[str, Task]) -> None:
    assert build_examples(tasks["tone"], rows("headline")) == []
    paragraphs = [row | {"title": ""} for row in rows("paragraph")]
    for name in ("tone", "headline"):
        examples = build_examples(tasks[name], paragraphs)
        assert len(examples) == len(paragraphs)
        assert not any(e.whole or e.judged for e in examples)
    assert all(e.judged and not e.whole for e in build_examples(tasks["headline"], rows("headline")))
    other = [row | {"about": "none"} for row in rows()]
    assert build_examples(tasks["pillars"], other) == []


def test_sentences_are_scored_by_models_that_saw_nothing_of_their_group(tasks: dict[str, Task]) -> None:
    taught = [row | {"title": "", "type": "paragraph"} for row in rows()]
    odd = [row | {"text": "Layang-layang putus di sana.", "tone": "negatif", "group": "odd"} for row in taught[:2]]
    headline, short = tasks["headline"], build_examples(tasks["headline"], taught + odd)
    examples = build_examples(tasks["tone"], taught + odd)
    pooled = pool_crosswise(examples, headline, short, 1.0)
    own = fit_model(headline, short, 10.0, 0.05)
    assert own.term_scores(["putus"])["negatif"] > 0.5
    assert pooled[-1].cues["negatif:most"] < pool_example(examples[-1], own).cues["negatif:most"]
    clear = [e.cues["negatif:mean"] > 0.5 for e in pooled[:-2]]
    assert clear == ["negatif" in e.labels for e in pooled[:-2]]


def test_a_timid_model_is_sharpened(tasks: dict[str, Task]) -> None:
    task = tasks["tone"]
    examples = build_examples(task, rows())
    timid = fit_model(task, examples, 0.3, 0.05)
    temperature = find_temperature(timid, task, examples)
    assert temperature < 1
    sharp = replace(timid, temperature=temperature)
    one = examples[0]
    assert max(sharp.scores(one.terms, one.cues).values()) > max(timid.scores(one.terms, one.cues).values())


def test_pillars_are_measured_at_their_threshold(tasks: dict[str, Task]) -> None:
    example = Example({}, {}, frozenset({"living"}), "g", True, True)
    scored = [(example, {"living": 0.6, "economy": 0.55})]
    assert measure(tasks["pillars"], scored, 0.5) == pytest.approx(2 / 3)
    assert measure(tasks["pillars"], scored, 0.58) == 1
    assert measure(tasks["pillars"], scored, 0.7) == 0


def test_tempering_keeps_even_odds_and_order() -> None:
    assert train.temper(0.5, 0.4) == pytest.approx(0.5)
    assert train.temper(0.7, 0.5) > 0.7
    assert train.temper(0.7, 2.0) < 0.7


@pytest.mark.parametrize("damage", ["blank", "cut", "altered"])
def test_a_damaged_model_is_told_as_one(tmp_path: Path, damage: str) -> None:
    whole, path = (train.MODELS / "headline.npz").read_bytes(), tmp_path / "headline.npz"
    middle = len(whole) // 2
    spoiled = {"blank": b"", "cut": whole[:middle], "altered": whole[:middle] + b"\xff" * 99 + whole[middle + 99 :]}
    path.write_bytes(spoiled[damage])
    with pytest.raises(ModelError, match="is no model"):
        load_model(path)


def test_the_gate_refuses_a_worse_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tasks: dict[str, Task]
) -> None:
    spoiled = [row | {"tone": "netral", "headline_tone": "netral", "pillars": []} for row in rows()]
    pillars = [p.id for p in parse_pillars(load_profile(CONTOH).pillars).pillar]
    for number, row in enumerate(spoiled):  # every label occurs, on the wrong texts
        row["tone"] = row["headline_tone"] = ("netral", "positif", "negatif")[number % 3]
        row["pillars"] = [pillars[number % 6]]
    task = tasks["tone"]
    good = fit_model(task, build_examples(task, rows()), 10.0, 0.1)
    save_model(good, tmp_path / "tone.npz")
    before = (tmp_path / "tone.npz").read_bytes()
    splits = {"train": spoiled, "tune": spoiled, "test": rows()}
    monkeypatch.setattr(train, "load_rows", lambda split: splits[split])
    monkeypatch.setattr("nlp.fitting.GRID", [(1.0, 0.1)])
    outcomes = {o.task: o for o in train.train_models(str(CONTOH), folder=tmp_path)}
    assert not outcomes["tone"].installed
    assert outcomes["tone"].before == 1
    assert outcomes["tone"].test < 1
    assert (tmp_path / "tone.npz").read_bytes() == before
    assert outcomes["headline"].installed  # none was there
    assert load_model(tmp_path / "headline.npz", tasks["headline"].cues).labels == task.labels
    assert train.train_models(str(CONTOH), [], tmp_path) == []
    only_tone = [rows()[0] | {"headline_tone": None, "pillars": None}]
    assert [o.task for o in train.train_models(str(CONTOH), only_tone, tmp_path)] == ["tone"]
