"""Copies and stories: the same whatever came in first, and at the same cost in a full store."""

from __future__ import annotations

import itertools
import json
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.annotations import save_annotations
from db.articles import save_article
from db.connection import Store, open_store
from db.outlets import save_outlets
from db.queries.articles import find_article, iter_articles
from db.queries.names import find_headlines
from db.stories import link_article, link_pending
from nlp import similarity

SHARED = Path(os.environ.get("PANTAU_SHARED", Path(__file__).resolve().parents[3] / "shared"))
SYLLABLES = [consonant + vowel for consonant in "bdgklmnprstwy" for vowel in "aeu"]


def invent(seed: int, words: int = 120, subject: Sequence[str] = ()) -> str:
    """Return a text of invented words in paragraphs of forty, with the words of ``subject`` strewn in."""
    rng = random.Random(seed)
    text = ["".join(rng.choices(SYLLABLES, k=3)) for _ in range(words)]
    for number, word in enumerate(subject):
        text[3 + 2 * number] = word
    return "\n\n".join(" ".join(text[start : start + 40]) for start in range(0, words, 40))


RELEASE = invent(1)
START = datetime(2025, 3, 1, 8, tzinfo=UTC)


def add(
    store: Store, name: str, text: str, hours: float = 0, title: str | None = None, outlet: str | None = None
) -> int:
    record = {
        "url": f"https://{name}.example/a",
        "outlet": outlet or f"{name}.example",
        "title": title or f"Judul {name}",
        "text": text,
        "published_at": START + timedelta(hours=hours),
        "origin": "import",
    }
    return save_article(store, record).id


def link_all(store: Store) -> None:
    while link_pending(store, similarity, limit=3):
        pass


def ledger(store: Store) -> dict[str, tuple[str | None, bool]]:
    """Return outlet -> (outlet of its source, whether it is in a story)."""
    rows = list(iter_articles(store))
    outlets = {row["id"]: row["outlet"] for row in rows}
    return {
        row["outlet"]: (outlets[row["copy_of"]["id"]] if row["copy_of"] else None, row["story"] is not None)
        for row in rows
    }


CAST = {
    "office.example": (RELEASE, 3),  # the office's own page is late
    "first.example": ("\n\n".join(RELEASE.split("\n\n")[:2]), 0),
    "second.example": (invent(2, 80) + "\n\n" + RELEASE.split("\n\n")[0], 5),
    "alone.example": (invent(3), 1),
}


@pytest.mark.parametrize("order", list(itertools.permutations(CAST)), ids="-".join)
def test_the_ledger_is_the_same_in_any_order_of_arrival(store: Store, order: Sequence[str]) -> None:
    save_outlets(store, [{"id": "office.example", "name": "Office", "kind": "government"}])
    for outlet in order:
        text, hours = CAST[outlet]
        link_article(store, add(store, outlet.split(".")[0], text, hours), similarity)
    assert ledger(store) == {
        "office.example": (None, True),
        "first.example": ("office.example", True),
        "second.example": ("office.example", True),
        "alone.example": (None, False),
    }


def test_the_ledger_tells_share_run_and_latency(store: Store) -> None:
    source = add(store, "kantor", RELEASE, outlet="kantor.contoh.go.id")
    copy = add(store, "salin", "\n\n".join([*RELEASE.split("\n\n")[:2], invent(9, 40)]), hours=1.5)
    link_all(store)
    row = find_article(store, copy)
    assert row is not None
    found = row["copy_of"]
    assert (found["id"], found["url"], found["latency_minutes"]) == (source, "https://kantor.example/a", 90)
    assert 0.6 < found["share"] < 0.75
    assert found["longest_run"] == 80


def test_without_an_issuer_the_first_to_publish_is_the_source(store: Store) -> None:
    for name, hours in (("c", 2), ("a", 0), ("b", 1)):
        link_article(store, add(store, name, RELEASE, hours), similarity)
    assert {outlet: source for outlet, (source, _) in ledger(store).items()} == {
        "a.example": None,
        "b.example": "a.example",
        "c.example": "a.example",
    }


@pytest.mark.parametrize("named", [False, True], ids=["unknown", "officials"])
def test_officials_that_two_reports_name_are_no_evidence_of_one_event(store: Store, named: bool) -> None:
    name = "Bupati Rahmawati Hidayatullah Tanjungsari"
    one, two = (add(store, key, invent(seed, 6), title=f"{name} {key}") for key, seed in (("satu", 70), ("dua", 71)))
    for number in range(30):
        add(store, f"lain{number}", invent(200 + number, 6))
    mention = {"in": "title", "start": 0, "end": len(name), "text": name, "via": "name"}
    if named:
        save_annotations(store, [{"id": n, "officials": [{"id": "r", "mentions": [mention]}]} for n in (one, two)])
    link_all(store)
    together = find_article(store, one)["story"] is not None
    assert together is not named


def test_an_old_text_taken_up_months_later_is_no_copy(store: Store) -> None:
    add(store, "a", RELEASE)
    add(store, "b", RELEASE, hours=24 * 90)
    link_all(store)
    assert not any(story for _, story in ledger(store).values())


def test_boilerplate_is_ignored_but_a_release_that_all_take_is_not(store: Store) -> None:
    phrase = invent(50, 40)
    for number in range(70):
        add(store, f"old{number}", invent(100 + number, 60) + "\n\n" + phrase, hours=-24 * 20 * number - 24 * 60)
    link_all(store)
    links_before = sum(source is not None for source, _ in ledger(store).values())
    assert links_before < 3
    one = add(store, "satu", invent(300, 60) + "\n\n" + phrase)
    two = add(store, "dua", invent(301, 60) + "\n\n" + phrase, hours=2)
    for number in range(70):
        add(store, f"ikut{number}", RELEASE, hours=number / 10)
    link_all(store)
    assert find_article(store, one)["story"] is None
    assert find_article(store, two)["copy_of"] is None
    followers = [row for row in iter_articles(store) if row["outlet"].startswith("ikut")]
    assert len({row["story"] for row in followers}) == 1
    assert sum(row["copy_of"] is not None for row in followers) == 69
    assert store.execute("SELECT COUNT(*) FROM stories").fetchone() == (1,)
    assert find_headlines(store, [followers[0]["story"]]) == {followers[0]["story"]: "Judul ikut0"}


def test_a_release_that_comes_last_finds_all_that_took_it(store: Store) -> None:
    for number in range(70):
        link_article(store, add(store, f"ikut{number}", RELEASE, hours=number / 10), similarity)
    release = add(store, "kantor", RELEASE, hours=12, outlet="kantor.contoh.go.id")
    link_article(store, release, similarity)
    assert store.execute("SELECT COUNT(*) FROM copies WHERE source_id = ?", (release,)).fetchone() == (70,)
    assert {source for outlet, (source, _) in ledger(store).items() if outlet.startswith("ikut")} == {
        "kantor.contoh.go.id"
    }


def test_reports_in_other_words_on_one_event_are_one_story(store: Store) -> None:
    bridge = ["jembatan", "tikar", "putus", "rakit", "hanyut", "kayu", "tiang", "lapuk", "arus", "deras"]
    for number in range(30):  # a store full of other matters, else every word is rare
        add(store, f"lain{number}", invent(400 + number), hours=number * 20)
    one = add(store, "satu", invent(1001, 30, bridge), title="jembatan tikar putus")
    two = add(store, "dua", invent(1002, 30, bridge[::-1]), hours=20, title="warga naik rakit, jembatan tikar putus")
    late = add(store, "telat", invent(1003, 30, bridge), hours=24 * 40, title="jembatan tikar putus")
    link_all(store)
    story = find_article(store, one)["story"]
    assert story is not None
    assert find_article(store, two)["story"] == story
    assert find_article(store, late)["story"] is None
    assert sum(row["story"] is not None for row in iter_articles(store)) == 2
    assert find_article(store, two)["copy_of"] is None


@pytest.mark.parametrize("late", ["release", "report"])
def test_a_report_that_keeps_little_of_its_events_release_is_a_copy_too(store: Store, late: str) -> None:
    save_outlets(store, [{"id": "kantor.example", "name": "Kantor", "kind": "government"}])
    bridge = ["jembatan", "tikar", "putus", "rakit", "hanyut", "kayu", "tiang", "lapuk", "arus", "deras"]
    quote = "besok pagi kayunya kami angkut dulu dari gudang kecil"
    for number in range(30):
        add(store, f"lain{number}", invent(400 + number), hours=number * 20)
    leads = {
        "kantor": invent(1001, 30, bridge),
        "ditulis-ulang": invent(1002, 30, bridge[::-1]),
        "sebelumnya": invent(1003, 30, bridge),
        "soal-lain": invent(1004, 30),
    }
    hours = {"kantor": 1, "ditulis-ulang": 3, "sebelumnya": -80, "soal-lain": 4}
    for name in reversed(leads) if late == "release" else leads:
        text = "\n\n".join([leads[name], quote, invent(len(name) * 50, 60)])
        title = "guru teladan" if name == "soal-lain" else "jembatan tikar putus"
        link_article(store, add(store, name, text, hours[name], title=title), similarity)
    found = ledger(store)
    assert found["ditulis-ulang.example"] == ("kantor.example", True)
    assert [found[f"{name}.example"][0] for name in ("kantor", "sebelumnya", "soal-lain")] == [None] * 3


BRIDGE = ["jembatan", "tikar", "putus", "rakit", "hanyut", "kayu", "tiang", "lapuk", "arus", "deras"]
QUOTE = "besok pagi kayunya kami angkut dulu dari gudang kecil"


def add_bridge(store: Store, name: str, hours: float, *parts: str, lead: str = "") -> int:
    text = "\n\n".join([lead or invent(len(name) * 70, 30, BRIDGE), *parts, invent(len(name) * 50, 60)])
    return add(store, name, text, hours, title="jembatan tikar putus")


def test_linking_a_release_and_the_report_that_kept_little_of_it_ends(store: Store) -> None:
    save_outlets(store, [{"id": "kantor.example", "name": "Kantor", "kind": "government"}])
    for number in range(30):
        add(store, f"lain{number}", invent(400 + number), hours=number * 20)
    report, release = add_bridge(store, "tulis-ulang", 3, QUOTE), add_bridge(store, "kantor", 1, QUOTE)
    linked = sum(itertools.takewhile(bool, (link_pending(store, similarity) for _ in range(5))))
    assert linked == 32
    assert link_pending(store, similarity) == 0
    add(store, "kantor", invent(1005, 90, BRIDGE), 1, title="jembatan tikar putus")  # the quote is taken back
    assert [link_pending(store, similarity) for _ in range(4)][-1] == 0
    assert find_article(store, report)["copy_of"] is None
    assert find_article(store, report)["story"] == find_article(store, release)["story"]


@pytest.mark.parametrize("order", list(itertools.permutations(["kantor", "lengkap", "petik"])), ids="-".join)
def test_a_report_that_kept_little_of_a_release_has_one_source_in_any_order(store: Store, order: Sequence[str]) -> None:
    save_outlets(store, [{"id": "kantor.example", "name": "Kantor", "kind": "government"}])
    for number in range(30):
        add(store, f"lain{number}", invent(400 + number), hours=number * 20)
    told = invent(1006, 40)  # by the outlet whose report is the fuller source; the office has nothing of it
    cast = {"kantor": (2, (QUOTE,)), "lengkap": (3, ("", told)), "petik": (4, (QUOTE, told))}
    for name in order:
        hours, parts = cast[name]
        link_article(store, add_bridge(store, name, hours, *parts), similarity)
    link_all(store)
    found = {name: ledger(store)[f"{name}.example"] for name in cast}
    assert found == {"kantor": (None, True), "lengkap": (None, True), "petik": ("kantor.example", True)}


def test_a_revised_text_is_linked_anew(store: Store) -> None:
    add(store, "a", RELEASE)
    copy = add(store, "b", RELEASE, hours=1)
    third = add(store, "c", RELEASE, hours=2)
    link_all(store)
    add(store, "a", invent(77))  # the first takes it all back
    link_all(store)
    assert ledger(store) == {"a.example": (None, False), "b.example": (None, True), "c.example": ("b.example", True)}
    assert find_article(store, copy)["story"] == find_article(store, third)["story"]
    add(store, "c", invent(78), hours=2)
    link_all(store)
    assert not any(story for _, story in ledger(store).values())
    assert store.execute("SELECT (SELECT COUNT(*) FROM stories), (SELECT COUNT(*) FROM copies)").fetchone() == (0, 0)


def test_linking_twice_changes_nothing(store: Store) -> None:
    first = add(store, "a", RELEASE)
    add(store, "b", RELEASE, hours=1)
    link_all(store)
    before = [(row["id"], row["story"], row["copy_of"]) for row in iter_articles(store)]
    counts = store.execute("SELECT SUM(articles) FROM lead_counts").fetchone()
    link_article(store, first, similarity)
    assert [(row["id"], row["story"], row["copy_of"]) for row in iter_articles(store)] == before
    assert store.execute("SELECT SUM(articles) FROM lead_counts").fetchone() == counts
    with pytest.raises(KeyError):
        link_article(store, 99, similarity)


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "gold/dev").is_dir(), reason="needs the reference material that PANTAU_SHARED names")
def test_gold_copies_and_stories(tmp_path: Path) -> None:
    gold, answers = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    subprocess.run(
        [sys.executable, SHARED / "gold/compile.py", SHARED / "gold/dev", "-o", gold], check=True, capture_output=True
    )
    store = open_store(tmp_path / "pantau.db")
    for line in gold.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        names = ("url", "outlet", "title", "text")
        save_article(
            store, {**{name: row[name] for name in names}, "published_at": row["published"], "origin": "import"}
        )
    link_all(store)
    rows = [{key: value for key, value in row.items() if key != "id"} for row in iter_articles(store)]
    store.close()
    answers.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    floors = ["--floor", "copies=0.98", "--floor", "stories=0.95"]
    score = subprocess.run(
        [sys.executable, SHARED / "gold/score.py", gold, answers, *floors], check=False, capture_output=True, text=True
    )
    assert score.returncode == 0, score.stdout
