"""Which reports in other words are of one event, beyond what the words themselves say."""

from __future__ import annotations

from typing import Any

import pytest

from db import stories
from db.annotations import save_annotations
from db.connection import Store
from db.outlets import save_outlets
from db.queries.articles import find_article
from db.stories import link_article, link_pending
from nlp import similarity
from tests.db.test_stories import add, invent, link_all

BRIDGE = ["jembatan", "tikar", "putus", "rakit", "hanyut", "kayu", "tiang", "lapuk", "arus", "deras"]
SPEAKER = "Hamdani Saleh"


def fill(store: Store) -> None:
    """Fill a store with other matters, else every word is rare."""
    for number in range(30):
        add(store, f"lain{number}", invent(400 + number), hours=number * 20)


def story_of(store: Store, article_id: int) -> int | None:
    found: int | None = find_article(store, article_id)["story"]
    return found


def test_who_was_chosen_and_then_chooses_another_stands_in_one_story_with_both(store: Store) -> None:
    fill(store)
    later = [*BRIDGE, "bantuan", "papan", "darurat"]
    one = add(store, "satu", invent(1001, 30, BRIDGE), title="jembatan tikar putus")
    two = add(store, "dua", invent(1002, 30, later[::-1]), hours=20, title="warga naik rakit, jembatan tikar putus")
    three = add(store, "tiga", invent(1003, 30, later), hours=30, title="jembatan tikar putus, warga naik rakit")
    while link_pending(store, similarity):
        pass
    assert story_of(store, one) is not None
    assert {story_of(store, two), story_of(store, three)} == {story_of(store, one)}


# Which of twenty words each tells: the first two have most in common, so have the last two, those between have some.
CHAIN = {"a": range(10), "b": range(2, 12), "c": range(4, 14), "d": range(6, 16)}


@pytest.mark.parametrize("order", ["abcd", "dcba", "bcad", "cbda", "adbc", "bdca"])
def test_who_came_in_first_does_not_tell_which_reports_are_of_one_event(store: Store, order: str) -> None:
    fill(store)
    link_all(store)
    words = invent(2000, 20).split()
    ids = {}
    for name in order:
        subject = [words[at] for at in CHAIN[name]]
        text = invent(5000 + ord(name), 24, subject)
        ids[name] = add(store, name, text, 5 * ord(name), title=" ".join(subject[:4]))
        link_article(store, ids[name], similarity)
    told = {name: story_of(store, number) for name, number in ids.items()}
    assert told["a"] == told["b"] != told["c"] == told["d"]
    assert None not in told.values()
    assert store.execute("SELECT COUNT(*) FROM stories").fetchone() == (2,)


def test_of_a_large_story_some_are_compared_and_it_stays_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stories, "MOST_REGROUPED", 3)
    monkeypatch.setattr(stories, "MEMBERS_COMPARED", 2)
    fill(store)
    title = " ".join(BRIDGE[:4])
    text = "\n\n".join([invent(1001, 24, BRIDGE), BRIDGE[0], invent(1003, 60)])
    ids = [add(store, f"salin{number}", text, number / 10, title) for number in range(4)]
    link_all(store)
    ids.append(add(store, "sendiri", invent(1004, 24, BRIDGE), 20, title))
    link_all(store)
    assert len({story_of(store, number) for number in ids}) == 1
    assert story_of(store, ids[0]) is not None


def title_place(place: str, opening: str | None = None) -> dict[str, Any]:
    mention = {"start": 0, "end": 4, "text": "Kota", "via": "name"}
    places = [{"id": place, "mentions": [{"in": "title", **mention}]}]
    if opening:
        places.append({"id": opening, "mentions": [{"in": "text", **mention}]})
    return {"places": places}


@pytest.mark.parametrize(
    ("said", "together"),
    [
        (title_place("kec-tua"), True),
        (title_place("kec-muda"), False),
        (title_place("kec-muda", opening="kec-tua"), True),
        ({"about": "subject"}, True),
        ({"about": "none"}, False),
    ],
    ids=["one place", "two places", "the other in the opening", "both ours", "one elsewhere"],
)
def test_headlines_on_two_places_and_events_elsewhere_stand_apart(
    store: Store, said: dict[str, Any], together: bool
) -> None:
    fill(store)
    one = add(store, "satu", invent(1001, 30, BRIDGE), title="jembatan tikar putus")
    two = add(store, "dua", invent(1002, 30, BRIDGE[::-1]), hours=20, title="warga naik rakit, jembatan tikar putus")
    ours = {"about": "subject", **title_place("kec-tua")}
    save_annotations(store, [{"id": one, **ours}, {"id": two, **said}])
    link_all(store)
    assert (story_of(store, one) is not None and story_of(store, one) == story_of(store, two)) is together


@pytest.mark.parametrize("office", [None, "dinas-jalan"], ids=["witness", "officer"])
def test_a_witness_who_speaks_in_both_reports_makes_up_for_words(store: Store, office: str | None) -> None:
    fill(store)
    one = add(store, "satu", invent(1001, 30, BRIDGE[:5]), title="jembatan di hulu")
    two = add(store, "dua", invent(1002, 30, BRIDGE[:5]), hours=20, title="warga menunggu perahu")
    quote = {"in": "text", "start": 0, "end": 4, "text": "awak", "speaker": SPEAKER, "speaker_id": None, "opd": office}
    save_annotations(store, [{"id": number, "quotes": [quote]} for number in (one, two)])
    link_all(store)
    assert (story_of(store, one) is not None) is (office is None)


def test_who_copies_a_copy_of_a_release_has_it_from_the_office(store: Store) -> None:
    save_outlets(store, [{"id": "kantor.example", "name": "Kantor", "kind": "government"}])
    parts = [invent(number, 40) for number in range(900, 908)]
    mixed = invent(950, 120)
    release = add(store, "kantor", "\n\n".join(parts))
    taker = add(store, "kutip", "\n\n".join([*parts[:5], mixed]), hours=2)
    last = add(store, "ulang", "\n\n".join([" ".join(parts[0].split()[:9]), mixed]), hours=4)
    for article in (release, taker, last):
        link_article(store, article, similarity)
    assert find_article(store, taker)["copy_of"]["id"] == release
    assert find_article(store, last)["copy_of"]["id"] == release
