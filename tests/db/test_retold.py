"""The pick-up ledger is a matter of the texts alone: the same in every order of arrival, whatever else is stored."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from db.connection import Store, open_store
from db.outlets import save_outlets
from db.queries.articles import find_article, iter_articles
from db.stories import link_article, link_pending
from nlp import similarity
from tests.db.test_stories import add, invent

Cast = tuple[str, str, float, str, str]  # name, text, hours, title, outlet
RELEASES = 6


def invent_events() -> list[Cast]:
    """Return releases, each with what newsrooms made of it: a copy, a half, a report with a quotation of it, a copy of
    that report with some words of the release, and a report of another event on which the quotation was used again.
    """
    cast = []
    for number in range(RELEASES):
        subject = invent(3000 + number, 10).split()
        quote = invent(4000 + number, 9)
        release = "\n\n".join([invent(100 + number, 60, subject), quote, invent(200 + number, 60)])
        report = "\n\n".join([invent(300 + number, 40, subject[::-1]), quote, invent(400 + number, 60)])
        follower = "\n\n".join([*report.split("\n\n")[2:], invent(500 + number, 30), quote])
        later = "\n\n".join([invent(600 + number, 60), quote, invent(700 + number, 60)])
        texts = [
            ("siaran", release, "kantor.example"),
            ("salin", release, "salin.example"),
            ("paruh", "\n\n".join([release.split("\n\n")[0], invent(800 + number, 60)]), "paruh.example"),
            ("petik", report, "petik.example"),
            ("ulang", follower, "ulang.example"),
            ("lain", later, "lain.example"),
        ]
        title = " ".join(subject[:3])
        cast += [
            (f"{name}{number}", text, number * 30 + 5 * step, title if name != "lain" else f"soal {number}", outlet)
            for step, (name, text, outlet) in enumerate(texts)
        ]
    return cast


def read_ledger(store: Store) -> dict[str, tuple[str, float, int] | None]:
    rows = list(iter_articles(store))
    names = {row["id"]: row["url"].removeprefix("https://").partition(".")[0] for row in rows}
    copies = {names[row["id"]]: row["copy_of"] for row in rows}
    return {
        name: (names[found["id"]], found["share"], found["longest_run"]) if found else None
        for name, found in copies.items()
    }


def link_in_order(path: Path, cast: list[Cast], batch: int) -> dict[str, tuple[str, float, int] | None]:
    with open_store(path) as store:
        save_outlets(store, [{"id": "kantor.example", "name": "Kantor", "kind": "government"}])
        for start in range(0, len(cast), batch):
            for name, text, hours, title, outlet in cast[start : start + batch]:
                add(store, name, text, hours, title, outlet)
            while link_pending(store, similarity):
                pass
        return read_ledger(store)


@pytest.mark.parametrize("batch", [1, 7, 100])
def test_the_ledger_is_the_same_in_any_order_of_arrival(tmp_path: Path, batch: int) -> None:
    cast = invent_events()
    first = link_in_order(tmp_path / "first.db", cast, batch)
    assert {name: found and found[0] for name, found in first.items()} == {
        f"{name}{number}": None if name in {"siaran", "lain"} else f"siaran{number}"
        for number in range(RELEASES)
        for name in ("siaran", "salin", "paruh", "petik", "ulang", "lain")
    }
    for seed in range(3):
        random.Random(seed).shuffle(cast)
        assert link_in_order(tmp_path / f"{seed}.db", cast, batch) == first


def test_two_of_one_outlet_and_minute_have_one_order(store: Store) -> None:
    text = invent(1, 120)
    for name in ("b", "a"):  # who is stored first is no sign of who was first
        link_article(store, add(store, name, text, 0, outlet="satu.example"), similarity)
    assert {row["url"]: row["copy_of"] and row["copy_of"]["url"] for row in iter_articles(store)} == {
        "https://a.example/a": None,
        "https://b.example/a": "https://a.example/a",
    }


def test_a_report_far_from_a_release_is_none_of_it(store: Store) -> None:
    save_outlets(store, [{"id": "kantor.example", "name": "Kantor", "kind": "government"}])
    subject, quote = invent(3000, 10).split(), invent(4000, 9)
    late, early = 24 * 11, -24 * 3
    release = add(store, "siaran", "\n\n".join([invent(100, 60, subject), quote]), 0, "judul", "kantor.example")
    for name, hours in (("telat", late), ("dini", early), ("petik", 30)):
        text = "\n\n".join([invent(len(name), 40, subject), quote, invent(400 + hours, 60)])
        link_article(store, add(store, name, text, hours, "judul", f"{name}.example"), similarity)
    link_article(store, release, similarity)
    sources = {row["outlet"]: row["copy_of"] and row["copy_of"]["id"] for row in iter_articles(store)}
    assert sources == {"kantor.example": None, "telat.example": None, "dini.example": None, "petik.example": release}
    assert find_article(store, release) is not None


@pytest.mark.parametrize("seed", [None, 1, 2], ids=["by time", "shuffled", "shuffled otherwise"])
def test_what_turns_out_to_be_boilerplate_makes_no_copies_of_those_that_came_before(
    store: Store, seed: int | None
) -> None:
    footer = invent(50, 40)
    cast = [(f"lama{n}", "\n\n".join([invent(100 + n, 60), footer]), 24.0 * 3 * n) for n in range(60)]
    cast += [("asal", invent(900, 120), 24.0), ("salin", invent(900, 120), 30.0)]
    if seed is not None:
        random.Random(seed).shuffle(cast)
    for name, text, hours in cast:
        link_article(store, add(store, name, text, hours), similarity)
    while link_pending(store, similarity):
        pass
    copies = {name: source[0] for name, source in read_ledger(store).items() if source}
    assert copies == {"salin": "asal"}
    assert len({row["story"] for row in iter_articles(store)} - {None}) == 1
