"""What people say of stories, sources and kinds outlives every linking; what copies a release nearly whole is one."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from db.annotations import save_annotations, save_correction
from db.articles import save_article
from db.connection import Store
from db.corrections import Correction
from db.outlets import save_outlets
from db.queries.articles import find_article
from db.stories import link_article, link_pending
from nlp import similarity

Build = Callable[..., dict[str, Any]]
START = datetime(2025, 3, 1, 8, tzinfo=UTC)
SYLLABLES = [consonant + vowel for consonant in "bdgklmnprstwy" for vowel in "aeu"]


def invent(seed: int, words: int) -> str:
    rng = random.Random(seed)
    return " ".join("".join(rng.choices(SYLLABLES, k=3)) for _ in range(words))


RELEASE = invent(1, 120)
HALF = " ".join(RELEASE.split()[:70])


def add(store: Store, name: str, text: str, hours: int) -> int:
    row = {
        "url": f"https://{name}.example/a",
        "outlet": f"{name}.example",
        "title": f"Judul {name}",
        "text": text,
        "published_at": START + timedelta(hours=hours),
        "origin": "import",
    }
    return save_article(store, row).id


@pytest.fixture
def linked(store: Store, annotation: Build) -> Store:
    """Give a store of a release (1), a copy (2), a half rewritten report (3), a paid copy (4) and a stranger (5)."""
    save_outlets(store, [{"id": "kantor.example", "name": "Kantor", "kind": "government"}])
    texts = {
        "kantor": RELEASE,
        "salin": RELEASE + " " + invent(2, 10),
        "tulis": HALF + " " + invent(3, 90),
        "bayar": RELEASE,
        "lain": invent(4, 120),
    }
    ids = [add(store, name, text, hours) for hours, (name, text) in enumerate(texts.items())]
    assert ids == [1, 2, 3, 4, 5]
    kinds = {1: "release", 4: "advertorial"}
    save_annotations(store, [annotation(n, kind=kinds.get(n, "reporting")) for n in ids])
    while link_pending(store, similarity):
        pass
    return store


def kinds(store: Store) -> list[str]:
    return [str(shown(store, number)["kind"]) for number in range(1, 6)]


def shown(store: Store, number: int) -> dict[str, Any]:
    row = find_article(store, number)
    assert row is not None
    return row


def test_a_copy_of_a_release_is_one_and_a_rewritten_or_paid_one_is_not(linked: Store, annotation: Build) -> None:
    assert [shown(linked, n)["copy_of"]["id"] for n in (2, 3, 4)] == [1, 1, 1]
    assert kinds(linked) == ["release", "release", "reporting", "advertorial", "reporting"]
    save_annotations(linked, [annotation(2)])  # what was linked before is known when annotated anew
    assert kinds(linked)[1] == "release"


def test_the_kind_falls_back_with_what_it_rests_on(linked: Store, annotation: Build) -> None:
    save_annotations(linked, [annotation(1)])  # no release after all
    assert kinds(linked)[:2] == ["reporting", "reporting"]
    save_annotations(linked, [annotation(1, kind="release")])
    assert kinds(linked)[1] == "release"
    save_correction(linked, Correction(1, "kind", "reporting", "set", by="rina"))
    assert kinds(linked)[1] == "reporting"


def test_a_person_overrules_what_copying_says_of_the_kind(linked: Store, annotation: Build) -> None:
    save_correction(linked, Correction(2, "kind", "reporting", "set", by="rina"))
    save_correction(linked, Correction(2, "tone", "negatif", "set", by="rina"))  # leaves the kind a person's
    link_article(linked, 2, similarity)
    assert kinds(linked)[1] == "reporting"
    save_annotations(linked, [annotation(2)])
    assert kinds(linked)[1] == "reporting"


def test_a_source_taken_away_or_named_by_a_person_stays(linked: Store) -> None:
    save_correction(linked, Correction(2, "copy_of", None, "clear", by="rina"))
    save_correction(linked, Correction(5, "copy_of", "3", "set", by="rina"))
    for number in (2, 5, 1, 3):
        link_article(linked, number, similarity)
    assert shown(linked, 2)["copy_of"] is None
    assert shown(linked, 5)["copy_of"]["id"] == 3
    assert kinds(linked)[1] == "reporting"
    save_correction(linked, Correction(2, "copy_of", None, "revert", by="rina"))
    link_article(linked, 2, similarity)
    assert shown(linked, 2)["copy_of"]["id"] == 1


def test_a_story_left_or_joined_by_a_person_stays_so(linked: Store) -> None:
    story = shown(linked, 1)["story"]
    assert story is not None
    assert shown(linked, 5)["story"] is None
    save_correction(linked, Correction(3, "story", None, "clear", by="rina"))
    save_correction(linked, Correction(5, "story", "1", "set", by="rina"))
    for number in (3, 5, 1, 2, 4, 1):
        link_article(linked, number, similarity)
    assert shown(linked, 3)["story"] is None
    assert {shown(linked, n)["story"] for n in (1, 2, 4, 5)} == {shown(linked, 1)["story"]}
    assert shown(linked, 5)["story"] is not None


def say(store: Store, number: int, story: int | None, minute: int) -> None:
    value, action = (str(story), "set") if story else (None, "clear")
    at = datetime.now(UTC) + timedelta(minutes=minute)  # when all of them were stored
    save_correction(store, Correction(number, "story", value, action, by="rina", at=at))
    link_article(store, number, similarity)
    assert 0 in [link_pending(store, similarity) for _ in range(6)]  # it ends


def stories(store: Store, *numbers: int) -> list[int | None]:
    return [shown(store, number)["story"] for number in numbers]


def test_a_copy_put_into_another_story_takes_nobody_along(store: Store) -> None:
    release, copy = add(store, "kantor", RELEASE, 0), add(store, "salin", RELEASE, 1)
    other, same = (add(store, name, invent(9, 120), hours) for hours, name in enumerate(("lain", "sama"), 2))
    while link_pending(store, similarity):
        pass
    say(store, copy, other, 1)
    link_article(store, release, similarity)  # whoever is left is linked again, and finds the text of its copy
    assert stories(store, release) == [None]
    assert len({*stories(store, copy, other, same)} - {None}) == 1
    late = add(store, "telat", RELEASE, 5)  # took over a text of which one copy was put elsewhere
    link_article(store, late, similarity)
    assert len({*stories(store, release, late)} - {None}) == 1
    assert stories(store, copy) == stories(store, other) != stories(store, late)
    assert {shown(store, number)["copy_of"]["id"] for number in (copy, late)} == {release}


def test_who_belongs_with_an_article_goes_where_that_is_put(store: Store) -> None:
    one, two, three, four = (add(store, name, invent(20 + n, 120), n) for n, name in enumerate("abcd"))
    fifth = add(store, "e", invent(23, 120), 9)  # a copy of the fourth
    while link_pending(store, similarity):
        pass
    say(store, one, two, 1)
    say(store, three, two, 2)
    say(store, two, four, 3)  # of the story that it leaves only those come along of whom a person said so
    assert len({*stories(store, one, two, three, four, fifth)} - {None}) == 1
    say(store, four, None, 4)  # the last word counts
    link_article(store, two, similarity)
    assert stories(store, four) == [None]


def test_linking_ends_also_where_people_contradict_each_other(store: Store) -> None:
    one, two, three = (add(store, name, invent(20 + n, 120), n) for n, name in enumerate("abc"))
    while link_pending(store, similarity):
        pass
    say(store, two, None, 1)
    say(store, one, two, 2)  # the last word counts
    assert stories(store, one) == stories(store, two) != [None]
    store.execute("UPDATE articles SET linked_revision = -1")
    assert 0 in [link_pending(store, similarity) for _ in range(6)]
    assert stories(store, one) == stories(store, two) != [None]
    for minute, (number, other) in enumerate([(one, two), (three, one), (two, three)], 3):
        say(store, number, other, minute)
    store.execute("UPDATE articles SET linked_revision = -1")
    assert 0 in [link_pending(store, similarity) for _ in range(6)]
    assert len({*stories(store, one, two, three)} - {None}) == 1


@pytest.mark.parametrize("then", ["revert", "clear", "set"])
def test_an_article_said_to_be_alone_is_so_again_when_nobody_belongs_with_it_any_more(store: Store, then: str) -> None:
    alone, one, two, other = (add(store, name, invent(20 + n, 120), n) for n, name in enumerate("abcd"))
    while link_pending(store, similarity):
        pass
    say(store, alone, None, -9)
    say(store, one, alone, -8)  # the last word counts
    say(store, two, alone, -7)
    followers = []
    for hours, name in enumerate("ef", 5):
        followers.append(add(store, name, invent(21, 120), hours))  # a copy of ``one``
        link_pending(store, similarity)
    together = (alone, one, two, *followers)
    assert len({*stories(store, *together)} - {None}) == 1
    say(store, two, None, -6)
    assert stories(store, alone) == stories(store, one) != [None]  # one is left that belongs with it
    at, value = datetime.now(UTC) - timedelta(minutes=5), str(other) if then == "set" else None
    save_correction(store, Correction(one, "story", value, then, by="rina", at=at))
    link_article(store, one, similarity)
    assert stories(store, alone) == [None]  # at once
    assert 0 in [link_pending(store, similarity) for _ in range(6)]
    assert stories(store, alone, two) == [None, None]
    assert len({*stories(store, *followers)} - {None}) == 1
