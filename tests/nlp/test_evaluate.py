"""Scores by hand-counted cases, agreement with the reference scorer, intervals and floors."""

from __future__ import annotations

import importlib.util
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from nlp.evaluate import evaluate, render_markdown, render_scores
from nlp.floors import FloorsError, check_floors, load_floors, raise_floors, save_floors

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("PANTAU_SHARED", ROOT.parent / "shared"))


def gold(ident: str, **fields: Any) -> dict[str, Any]:
    row = {
        "id": ident,
        "url": f"https://kabar.example/{ident}",
        "title": "Kabar",
        "about": "subject",
        "kind": "reporting",
        "tone": "netral",
        "headline_tone": "netral",
        "pillars": [],
        "title_spans": [],
        "spans": [],
        "story": "",
        "release_of": "",
    }
    return row | fields


def told(ident: str, **fields: Any) -> dict[str, Any]:
    row = {
        "id": ident,
        "about": "subject",
        "kind": "reporting",
        "tone": {"label": "netral", "score": 0.9},
        "headline_tone": {"label": "netral", "score": 0.9},
        "pillars": [],
        "opd": [],
        "officials": [],
        "places": [],
        "quotes": [],
    }
    return row | fields


def span(kind: str, start: int, end: int, ident: str) -> dict[str, Any]:
    return {"type": kind, "start": start, "end": end, "id": ident, "text": "x"}


def f1(gold_rows: list[dict[str, Any]], told_rows: list[dict[str, Any]], metric: str) -> float:
    return evaluate(gold_rows, told_rows, resamples=0).figures[metric].f1


def test_labels_are_scored_by_the_mean_of_the_classes_that_occur() -> None:
    rows = [gold("a", tone="positif"), gold("b", tone="positif"), gold("c", tone="negatif")]
    answers = [told("a", tone={"label": "positif"}), told("b"), told("c", tone={"label": "negatif"})]
    # positif: P 1, R 1/2 -> 2/3; negatif 1; netral: told once, never right -> 0
    assert f1(rows, answers, "tone") == pytest.approx((2 / 3 + 1 + 0) / 3)


def test_tone_and_pillars_count_on_subject_articles_only() -> None:
    rows = [gold("a"), gold("b", about="none", tone="netral")]
    answers = [told("a"), told("b", tone={"label": "negatif"}, pillars=[{"id": "living"}])]
    scores = evaluate(rows, answers, resamples=0)
    assert scores.figures["tone"].f1 == 1
    assert scores.figures["pillars"].f1 == 1
    assert scores.figures["about"].f1 < 1


def test_mentions_need_place_overlap_and_id_and_pair_once() -> None:
    rows = [gold("a", spans=[span("opd", 10, 20, "dinkes"), span("opd", 30, 40, "dinkes")])]
    mentions = [
        {"in": "text", "start": 15, "end": 18},
        {"in": "title", "start": 30, "end": 40},
        {"in": "text", "start": 12, "end": 14},
    ]
    scores = evaluate(rows, [told("a", opd=[{"id": "dinkes", "mentions": mentions}])], resamples=0)
    figure = scores.figures["opd_mentions"]
    assert (figure.precision, figure.recall) == (pytest.approx(1 / 3), pytest.approx(1 / 2))
    assert scores.figures["opd"].f1 == 1


def test_quotations_need_four_fifths_of_their_union_and_the_right_speaker() -> None:
    rows = [gold("a", spans=[span("q", 0, 100, "?Murni Yanti"), span("q", 200, 300, "suryani")])]
    quotes = [
        {"in": "text", "start": 0, "end": 81, "speaker": "Murni", "speaker_id": None},
        {"in": "text", "start": 200, "end": 300, "speaker": "Suryani", "speaker_id": None},
        {"in": "title", "start": 0, "end": 5, "speaker": "Murni", "speaker_id": None},
    ]
    scores = evaluate(rows, [told("a", quotes=quotes)], resamples=0)
    assert scores.figures["quotes"].f1 == 1
    assert scores.figures["quotes_with_speaker"].f1 == pytest.approx(0.5)
    quotes[0]["end"] = 79
    assert f1(rows, [told("a", quotes=quotes)], "quotes") == pytest.approx(0.5)


def test_of_nested_gold_quotations_the_outer_counts() -> None:
    rows = [gold("a", spans=[span("q", 0, 100, "?X"), span("q", 20, 40, "?Y")])]
    answer = told("a", quotes=[{"in": "text", "start": 0, "end": 100, "speaker": "X", "speaker_id": None}])
    assert f1(rows, [answer], "quotes") == 1


def test_an_article_without_annotation_counts_as_empty() -> None:
    scores = evaluate([gold("a", pillars=["living"]), gold("b")], [told("b")], resamples=0)
    assert scores.figures["pillars"].recall == 0
    assert scores.figures["about_subject"].recall == pytest.approx(0.5)


def test_rows_are_matched_by_address_where_ids_differ() -> None:
    answer = told("other", url="https://kabar.example/a", about="subject")
    assert f1([gold("a")], [answer], "about_subject") == 1


def test_nothing_to_compare_with() -> None:
    with pytest.raises(ValueError, match="no gold article"):
        evaluate([], [])


def test_intervals_hold_the_score_and_narrow_with_more_articles() -> None:
    def run(times: int) -> tuple[float, float, float]:
        rows = [gold(f"{n}", tone="positif" if n % 2 else "negatif") for n in range(10 * times)]
        answers = [
            told(f"{n}", tone={"label": "positif" if n % 2 or n % 10 == 0 else "negatif"}) for n in range(10 * times)
        ]
        figure = evaluate(rows, answers, resamples=300).figures["tone"]
        assert figure.low is not None
        assert figure.high is not None
        return figure.low, figure.f1, figure.high

    few, many = run(2), run(40)
    assert few[0] <= few[1] <= few[2]
    assert many[2] - many[0] < few[2] - few[0]
    assert run(2) == few  # drawn from a fixed seed


def test_errors_are_listed_worst_first_and_rendered() -> None:
    rows = [gold("a", pillars=["living"]), gold("b", pillars=["living", "economy"], title="Judul B")]
    scores = evaluate(rows, [told("a"), told("b", pillars=[{"id": "society"}])], resamples=20)
    assert [line.split(":")[0] for line in scores.errors["pillars"]] == ["b", "a"]
    text = render_scores(scores, ["pillars"], limit=1)
    assert "missed economy, living; extra society | Judul B" in text
    assert "  society" in text
    assert scores.figures["pillars"].n == 3


def test_scores_as_markdown_name_each_set() -> None:
    scores = evaluate([gold("a"), gold("b", about="none")], [told("a"), told("b")], resamples=20)
    alone, both = render_markdown({"x": scores}), render_markdown({"x": scores, "y": scores})
    assert alone.startswith("| task | P | R | F1 (95 %) | n |\n|---|")
    assert re.search(
        r"^\| about_subject \| 0\.500 \| 1\.000 \| 0\.667 \(\d\.\d{3}–1\.000\) \| 1 \|$", alone, re.MULTILINE
    )
    lines = both.splitlines()
    assert lines[0] == "| task | x, 2 articles: F1 (95 %), n | y, 2 articles: F1 (95 %), n |"
    assert re.fullmatch(r"\| about_subject(?: \| 0\.667 \(\d\.\d{3}–1\.000\), 1){2} \|", lines[3])


def test_floors_belong_to_their_gold_file_and_only_rise(tmp_path: Path) -> None:
    file, floors = tmp_path / "gold.jsonl", tmp_path / "floors.json"
    file.write_text("{}\n")
    scores = evaluate([gold("a"), gold("b", about="none")], [told("a"), told("b")], resamples=0)
    raised = raise_floors(scores, {"about_subject": 0.9, "quotes": 0.5})
    assert raised["about_subject"] == 0.9  # reached 0.667: stays
    assert raised["quotes"] == 0.995  # reached 1: rises
    save_floors(floors, file, raised)
    assert load_floors(floors, file) == raised
    assert check_floors(scores, {"about_subject": 0.9, "quotes": 0.5, "unheard_of": 0.1}) == [
        "about_subject: 0.667, floor 0.900",
        "unheard_of: not measured, floor 0.100",
    ]
    folder = tmp_path / "others"
    folder.mkdir()
    save_floors(floors, folder, {"quotes": 0.1})
    assert (load_floors(floors, file), load_floors(floors, folder)) == (raised, {"quotes": 0.1})
    (folder / "a.txt").write_text("---\n")
    with pytest.raises(FloorsError, match="another version"):
        load_floors(floors, folder)
    with pytest.raises(FloorsError, match="no floors for"):
        load_floors(floors, tmp_path / "unheard.jsonl")
    file.write_text("{}\n{}\n")
    with pytest.raises(FloorsError, match="another version"):
        load_floors(floors, file)


@pytest.mark.shared
def test_the_same_figures_as_the_reference_scorer() -> None:
    path = SHARED / "gold" / "score.py"
    if not path.is_file():
        pytest.skip("needs the reference material that PANTAU_SHARED names")
    spec = importlib.util.spec_from_file_location("reference_score", path)
    assert spec
    assert spec.loader
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    rows = [json.loads(line) for line in (ROOT / "tests/gold/articles.jsonl").read_text(encoding="utf-8").splitlines()]
    answers = [distort(row, number) for number, row in enumerate(rows)]
    expected, _ = reference.score(rows, answers)
    scores = evaluate(rows, answers, resamples=0)
    assert set(expected) - {"found"} == set(scores.figures)
    for name, figure in scores.figures.items():
        assert figure.f1 == pytest.approx(expected[name]["f1"]), name


def distort(row: dict[str, Any], number: int) -> dict[str, Any]:
    """Make an annotation of a gold row that is wrong in some way for most articles."""
    tones = ["positif", "netral", "negatif"]
    groups: dict[str, list[dict[str, Any]]] = {}
    for key, kind in (("opd", "opd"), ("officials", "off"), ("places", "place")):
        spans = [s for s in row["spans"] if s["type"] == kind][number % 3 :]
        groups[key] = [
            {"id": s["id"], "mentions": [{"in": "text", "start": s["start"], "end": s["end"]}]} for s in spans
        ]
    quotes = [
        {
            "in": "text",
            "start": s["start"],
            "end": s["end"] - number % 4 * 5,
            "speaker": s["id"],
            "speaker_id": None if s["id"][0] == "?" else s["id"],
        }
        for s in row["spans"]
        if s["type"] == "q"
    ]
    return {
        "id": row["id"],
        "url": row["url"],
        "about": row["about"] if number % 5 else "none",
        "kind": row["kind"] if number % 7 else "release",
        "tone": {"label": row["tone"] if number % 4 else tones[number % 3]},
        "headline_tone": {"label": row["headline_tone"] if number % 3 else tones[number % 3]},
        "pillars": [{"id": p} for p in (row["pillars"] if number % 3 else ["living"])],
        "quotes": quotes,
        "story": row["story"] if number % 4 else f"s-{number % 8}",
        "copy_of": {"url": row["url"]} if number % 6 == 0 else None,
        **groups,
    }
