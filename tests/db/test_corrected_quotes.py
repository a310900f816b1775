"""An office or a person that people took off an article is off its quotations too, for all that read them: exports and
digests by the article, counts and reports by the sums of its quotations.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from db.annotations import save_annotations, save_correction
from db.articles import save_article
from db.connection import Store
from db.corrections import Correction
from db.queries.articles import find_article
from db.queries.filters import ArticleFilter
from db.queries.month import load_quotes

Build = Callable[..., dict[str, Any]]
HELD = ("Orang A", "orang-a", "dinas-a")  # as the machine has it


@pytest.fixture
def read(store: Store, record: Build, annotation: Build) -> Store:
    save_article(store, record())
    save_annotations(store, [annotation(1)])
    return store


def say(store: Store, field: str, action: str, value: str | None) -> None:
    save_correction(store, Correction(1, field, value, action, by="rina"))


def quoted(store: Store) -> tuple[str, str | None, str | None]:
    row = find_article(store, 1)
    assert row is not None
    (quote,) = row["quotes"]
    return quote["speaker"], quote["speaker_id"], quote["opd"]


@pytest.mark.parametrize(
    ("field", "action", "value", "left"),
    [
        ("opd", "remove", "dinas-a", ("Orang A", "orang-a", None)),
        ("opd", "set", "dinas-b,dinas-c", ("Orang A", "orang-a", None)),
        ("opd", "clear", None, ("Orang A", "orang-a", None)),
        ("opd", "remove", "dinas-b", HELD),
        ("opd", "set", "dinas-a", HELD),
        ("officials", "remove", "orang-a", ("Orang A", None, "dinas-a")),
        ("officials", "clear", None, ("Orang A", None, "dinas-a")),
        ("officials", "add", "orang-b", HELD),
        ("tone", "set", "netral", HELD),
    ],
)
def test_what_is_taken_off_an_article_is_off_its_quotations(
    read: Store, annotation: Build, field: str, action: str, value: str | None, left: tuple[str | None, ...]
) -> None:
    say(read, field, action, value)
    assert quoted(read) == left
    save_annotations(read, [annotation(1, annotator="v2")])
    assert quoted(read) == left
    (counted,) = load_quotes(read, ArticleFilter())
    assert counted["opd"] == left[2]
    assert counted["speaker"] == (left[1] or left[0])


def test_an_office_that_only_the_persons_tenure_gave_goes_with_the_person(read: Store, annotation: Build) -> None:
    quote = annotation(1)["quotes"][0] | {"opd": "dinas-z"}  # which the article does not name
    say(read, "officials", "remove", "orang-a")
    save_annotations(read, [annotation(1, quotes=[quote])])
    assert quoted(read) == ("Orang A", None, None)


def test_an_office_that_only_a_quotation_has_can_be_taken_off_and_put_back(read: Store, annotation: Build) -> None:
    held = annotation(1, quotes=[annotation(1)["quotes"][0] | {"opd": "dinas-z"}])
    save_annotations(read, [held])
    say(read, "opd", "clear", None)  # of those that the article names
    assert quoted(read)[2] == "dinas-z"
    say(read, "opd", "remove", "dinas-z")
    assert quoted(read)[2] is None
    say(read, "opd", "add", "dinas-z")
    save_annotations(read, [held])  # it waits to be read anew
    assert quoted(read)[2] == "dinas-z"


def test_who_was_named_as_the_speaker_of_a_quotation_stays(read: Store, annotation: Build) -> None:
    named = {"quote": "UBUK DAL", "speaker": "Orang A", "speaker_id": "orang-a"}
    say(read, "officials", "remove", "orang-a")
    say(read, "speaker", "set", json.dumps(named))
    assert quoted(read)[:2] == HELD[:2]
    save_annotations(read, [annotation(1)])
    assert quoted(read)[:2] == HELD[:2]


def test_what_is_named_again_is_on_the_quotation_again(read: Store, annotation: Build) -> None:
    for field, value in (("opd", "dinas-a"), ("officials", "orang-a")):
        say(read, field, "remove", value)
        say(read, field, "add", value)
    waiting = read.execute("SELECT annotated_revision FROM articles").fetchone()
    assert waiting == (0,)
    save_annotations(read, [annotation(1)])
    assert quoted(read) == HELD
