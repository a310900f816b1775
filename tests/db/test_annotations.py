"""Annotations come back as they were given, wait where they must, and never overrule a person."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from db.annotations import pending, save_annotations, save_correction
from db.articles import save_article
from db.connection import Store
from db.corrections import Correction, CorrectionRefused, find_corrections
from db.queries.articles import find_article, iter_articles, read_articles
from db.queries.filters import ArticleFilter

Build = Callable[..., dict[str, Any]]
NOW = datetime(2025, 3, 1, 2, 0, tzinfo=UTC)
ANNOTATED = [
    "kind",
    "about",
    "about_score",
    "about_reasons",
    "opd",
    "not_opd",
    "officials",
    "places",
    "pillars",
    "tone",
    "headline_tone",
    "opd_tone",
    "quotes",
    "annotator",
]


def shown(store: Store, article_id: int = 1) -> dict[str, Any]:
    row = find_article(store, article_id)
    assert row is not None
    return row


def test_an_annotation_comes_back_as_it_was_given(store: Store, record: Build, annotation: Build) -> None:
    save_article(store, record(), now=NOW)
    given = annotation(1)
    assert save_annotations(store, [given]) == 1
    row = shown(store)
    assert {name: row[name] for name in ANNOTATED} == {name: given[name] for name in ANNOTATED}
    save_annotations(store, [annotation(1, opd=[], quotes=[], annotator="v2")])
    assert (shown(store)["opd"], shown(store)["quotes"], shown(store)["annotator"]) == ([], [], "v2")


def test_of_an_article_only_the_places_asked_for_are_read(store: Store, record: Build, annotation: Build) -> None:
    for number in (1, 2):
        save_article(store, record(number), now=NOW)
    save_annotations(store, [annotation(1)])
    whole = shown(store)
    second, first = read_articles(store, [2, 1, 3], ["tone", "opd_tone"])
    assert (second["id"], second["annotator"]) == (2, None)
    assert first["tone"] == whole["tone"] and first["opd_tone"] == whole["opd_tone"] and first["tone"]["evidence"]
    assert [(tag["id"], tag["mentions"]) for tag in first["opd"]] == [(tag["id"], []) for tag in whole["opd"]]
    assert {**first, "opd": []} == {
        **whole,
        "opd": [],
        **{group: [{**tag, "mentions": []} for tag in whole[group]] for group in ("officials", "places")},
        "pillars": [{**tag, "evidence": []} for tag in whole["pillars"]],
        "headline_tone": {**whole["headline_tone"], "evidence": []},
    }


def test_articles_wait_until_annotated_and_again_when_revised(store: Store, record: Build, annotation: Build) -> None:
    for number in (1, 2, 3):
        save_article(store, record(number), now=NOW)
    assert [row["id"] for row in pending(store, "v1", limit=2)] == [1, 2]
    assert [row["id"] for row in pending(store, "v1", limit=2, after_id=2)] == [3]
    save_annotations(store, [annotation(n) for n in (1, 2, 3)])
    assert pending(store, "v1") == []
    assert pending(store, "v2") == []
    assert [row["id"] for row in pending(store, "v2", all=True)] == [1, 2, 3]
    save_article(store, record(2, text="Panen ditunda."), now=NOW)
    waiting = pending(store, "v1")
    assert [(row["id"], row["revision"], row["text"]) for row in waiting] == [(2, 2, "Panen ditunda.")]
    assert (waiting[0]["published_at"], waiting[0]["markers"]) == ("2025-03-01T08:15:00+07:00", [])


def test_an_annotation_of_a_text_that_changed_meanwhile_is_dropped(
    store: Store, record: Build, annotation: Build
) -> None:
    save_article(store, record(), now=NOW)
    read = pending(store, "v1")[0]
    save_article(store, record(text="Panen ditunda."), now=NOW)
    assert save_annotations(store, [annotation(1, revision=read["revision"]), annotation(99)]) == 0
    assert [row["id"] for row in pending(store, "v1")] == [1]


def test_a_broken_row_leaves_the_whole_batch_undone(store: Store, record: Build, annotation: Build) -> None:
    for number in (1, 2):
        save_article(store, record(number), now=NOW)
    with pytest.raises(KeyError):
        save_annotations(store, [annotation(1), annotation(2, quotes=[{"text": "tanpa tempat"}])])
    assert len(pending(store, "v1")) == 2
    assert shown(store)["opd"] == []


def test_what_a_person_says_holds_at_once_and_for_good(store: Store, record: Build, annotation: Build) -> None:
    save_article(store, record(), now=NOW)
    save_annotations(store, [annotation(1)])
    save_correction(store, Correction(1, "tone", "negatif", "set", by="rina"))
    save_correction(store, Correction(1, "opd", "dinas-a", "remove", by="rina", note="bukan dinas kita"))
    save_correction(store, Correction(1, "opd", "dinas-c", "add", by="rina"))
    save_correction(store, Correction(1, "pillars", None, "clear", by="rina"))

    def check() -> None:
        row = shown(store)
        assert row["tone"]["label"] == "negatif"
        assert [item["id"] for item in row["opd"]] == ["dinas-b", "dinas-c"]
        assert row["pillars"] == []

    check()
    save_annotations(store, [annotation(1, annotator="v2")])
    check()
    save_article(store, record(text="Isi yang baru."), now=NOW)
    save_annotations(store, [annotation(1, annotator="v2")])
    check()
    assert [row["id"] for row in iter_articles(store, ArticleFilter(tones=("negatif",), opd=("dinas-c",)))] == [1]
    assert not list(iter_articles(store, ArticleFilter(opd=("dinas-a",))))
    made = find_corrections(store, [1])
    assert [row["action"] for row in made] == ["set", "remove", "add", "clear"]
    assert made[0]["before"]["label"] == "positif"


def test_a_later_word_of_a_person_overrules_an_earlier_one(store: Store, record: Build, annotation: Build) -> None:
    save_article(store, record(), now=NOW)
    save_annotations(store, [annotation(1)])
    save_correction(store, Correction(1, "opd", "dinas-a", "remove", by="rina"))
    save_correction(store, Correction(1, "opd", "dinas-a", "add", by="budi"))
    save_annotations(store, [annotation(1)])
    assert {item["id"]: len(item["mentions"]) for item in shown(store)["opd"]} == {"dinas-a": 1, "dinas-b": 1}


def test_a_set_is_exactly_what_a_person_says(store: Store, record: Build, annotation: Build) -> None:
    save_article(store, record(), now=NOW)
    save_annotations(store, [annotation(1)])
    save_correction(store, Correction(1, "opd", "dinas-c,dinas-a", "set", by="rina"))

    def check() -> None:
        assert {item["id"]: len(item["mentions"]) for item in shown(store)["opd"]} == {"dinas-a": 1, "dinas-c": 0}

    check()
    save_annotations(store, [annotation(1, annotator="v2")])
    check()
    save_correction(store, Correction(1, "opd", "dinas-b", "add", by="rina"))
    save_annotations(store, [annotation(1, annotator="v3")])
    assert [item["id"] for item in shown(store)["opd"]] == ["dinas-a", "dinas-b", "dinas-c"]


def test_what_is_reverted_is_the_machines_again(store: Store, record: Build, annotation: Build) -> None:
    save_article(store, record(), now=NOW)
    save_annotations(store, [annotation(1)])
    save_correction(store, Correction(1, "tone", "negatif", "set", by="rina"))
    save_correction(store, Correction(1, "kind", "release", "set", by="rina"))
    save_correction(store, Correction(1, "tone", None, "revert", by="rina"))
    assert [row["id"] for row in pending(store, "v1")] == [1]
    save_annotations(store, [annotation(1)])
    assert (shown(store)["tone"]["label"], shown(store)["kind"]) == ("positif", "release")


@pytest.mark.parametrize("action", ["add", "set"])
def test_what_was_taken_away_and_is_named_again_is_read_anew(
    store: Store, record: Build, annotation: Build, action: str
) -> None:
    save_article(store, record())
    save_annotations(store, [annotation(1)])
    before = find_article(store, 1)
    assert before is not None
    save_correction(store, Correction(1, "opd", "dinas-b", action, by="rina"))  # stands there: nothing was taken away
    assert pending(store, "v1") == []
    save_correction(store, Correction(1, "opd", "dinas-a", "remove", by="rina"))
    assert pending(store, "v1") == []
    save_correction(store, Correction(1, "opd", "dinas-a", action, by="rina"))
    named = find_article(store, 1)
    assert named is not None
    assert "dinas-a" in {tag["id"] for tag in named["opd"]}  # counted at once
    assert [row["id"] for row in pending(store, "v1")] == [1]
    save_annotations(store, [annotation(1)])
    after = find_article(store, 1)
    assert after is not None
    assert [tag for tag in after["opd"] if tag["id"] == "dinas-a"] == [before["opd"][0]]
    assert after["opd_tone"] == before["opd_tone"]


def test_what_is_said_after_a_revert_does_not_lose_it(store: Store, record: Build, annotation: Build) -> None:
    save_article(store, record(), now=NOW)
    save_annotations(store, [annotation(1)])
    save_correction(store, Correction(1, "about", "none", "set", by="rina"))
    save_correction(store, Correction(1, "about", None, "revert", by="rina"))
    save_correction(store, Correction(1, "kind", "release", "set", by="rina"))
    assert [row["id"] for row in pending(store, "v1")] == [1]
    save_annotations(store, [annotation(1)])
    assert (shown(store)["about"], shown(store)["kind"]) == ("subject", "release")
    assert pending(store, "v1") == []


def test_a_speaker_named_by_a_person_stays(store: Store, record: Build, annotation: Build) -> None:
    save_article(store, record(), now=NOW)
    save_annotations(store, [annotation(1)])
    said = {"quote": "UBUK DAL", "speaker": "Ibu B", "speaker_id": None}
    save_correction(store, Correction(1, "speaker", json.dumps(said), "set", by="rina"))
    for _ in range(2):
        (quote,) = shown(store)["quotes"]
        assert (quote["speaker"], quote["speaker_id"], quote["opd"]) == ("Ibu B", None, None)
        save_annotations(store, [annotation(1)])
    assert find_corrections(store)[0]["before"]["speaker_id"] == "orang-a"


def test_a_correction_made_before_annotation_waits_for_it(store: Store, record: Build, annotation: Build) -> None:
    save_article(store, record(), now=NOW)
    save_correction(store, Correction(1, "about", "none", "set", by="rina"))
    assert len(pending(store, "v1")) == 1
    save_annotations(store, [annotation(1)])
    assert shown(store)["about"] == "none"


@pytest.mark.parametrize(
    ("field", "value", "action"),
    [
        ("tone", "bagus", "set"),
        ("title", "x", "set"),
        ("opd", None, "add"),
        ("title", None, "clear"),
        ("speaker", None, "clear"),
        ("story", "1", "set"),
        ("copy_of", "77", "set"),
        ("tone", "netral", "add"),
    ],
)
def test_corrections_that_make_no_sense_are_refused(
    store: Store, record: Build, field: str, value: str | None, action: str
) -> None:
    save_article(store, record(), now=NOW)
    with pytest.raises(CorrectionRefused):
        save_correction(store, Correction(1, field, value, action, by="rina"))
    assert find_corrections(store) == []
    with pytest.raises(KeyError):
        save_correction(store, Correction(99, "tone", "netral", "set", by="rina"))
