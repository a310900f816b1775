"""Counts by dimension, with what paid, owned and earned, roles and quotations mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from db.annotations import save_annotations
from db.articles import save_article
from db.connection import Store
from db.outlets import save_outlets
from db.queries.counts import UnknownDimension, count_by, list_by
from db.queries.filters import ArticleFilter

Build = Callable[..., dict[str, Any]]
JAKARTA = timedelta(hours=7)


@pytest.fixture
def filled(store: Store, record: Build, annotation: Build) -> Store:
    """Four articles about us, one incidental, one not annotated."""
    save_outlets(
        store,
        [
            {"id": "kabar.example", "name": "Kabar", "kind": "local"},
            {"id": "mc.example", "name": "MC", "kind": "government"},
        ],
    )
    times = [
        "2025-03-01T00:30",
        "2025-03-03T23:30",
        "2025-03-31T23:59",
        "2025-04-01T00:00",
        "2025-03-05T12:00",
        "2025-03-05T12:00",
    ]
    for number, time in enumerate(times, 1):
        outlet = "mc.example" if number == 2 else "kabar.example"
        save_article(store, record(number, published_at=f"{time}+07:00", outlet=outlet))
    opd = annotation(1)["opd"]
    save_annotations(
        store,
        [
            annotation(1),
            annotation(
                2, kind="release", opd=[{**opd[1], "role": "mentioned"}], tone={"label": "netral", "score": 0.5}
            ),
            annotation(3, kind="advertorial", opd=[], quotes=[], pillars=[]),
            annotation(4, tone={"label": "negatif", "score": 0.5}),
            annotation(5, about="incidental"),
        ],
    )
    return store


def rows_of(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def count(*asked: Any, **options: Any) -> list[dict[str, Any]]:
    return count_by(*asked, **options)[0]


def test_totals_count_only_what_is_about_us(filled: Store) -> None:
    [total] = count(filled, [])
    assert (total["articles"], total["paid"], total["owned"], total["earned"]) == (4, 1, 1, 2)
    assert (total["positif"], total["netral"], total["negatif"]) == (1, 0, 1), "of earned articles only"
    assert (total["quotes"], total["stories"]) == (3, 4)
    [everything] = count(filled, [], ArticleFilter(about=("subject", "incidental")))
    assert everything["articles"] == 5


def test_an_empty_store_counts_zero(store: Store) -> None:
    [total] = count(store, [])
    assert {total[name] for name in ("articles", "quotes", "stories", "paid", "positif")} == {0}
    assert count(store, ["opd"]) == []


def test_opd_rows_tell_roles_headlines_and_own_quotes(filled: Store) -> None:
    found = count(filled, ["opd"])
    columns = ("opd", "articles", "as_actor", "as_mentioned", "as_attendee", "in_headline", "quotes")
    assert rows_of(found, *columns) == [("dinas-b", 3, 0, 1, 2, 0, 0), ("dinas-a", 2, 2, 0, 0, 2, 2)]


def test_crosses_and_persons(filled: Store) -> None:
    assert rows_of(count(filled, ["opd", "tone"]), "opd", "tone", "articles") == [
        ("dinas-a", "negatif", 1),
        ("dinas-a", "positif", 1),
        ("dinas-b", "negatif", 1),
        ("dinas-b", "netral", 1),
        ("dinas-b", "positif", 1),
    ]
    assert rows_of(count(filled, ["person"]), "person", "articles", "quotes") == [("orang-a", 4, 3)]
    assert rows_of(count(filled, ["outlet_kind"]), "outlet_kind", "articles") == [("local", 3), ("government", 1)]


def test_days_begin_at_the_readers_midnight(filled: Store) -> None:
    assert rows_of(count(filled, ["month"], shift=JAKARTA), "month", "articles") == [("2025-03", 3), ("2025-04", 1)]
    assert rows_of(count(filled, ["month"]), "month", "articles") == [("2025-03", 3), ("2025-02", 1)]
    assert {row["week"] for row in count(filled, ["week"], shift=JAKARTA)} == {
        "2025-02-24",
        "2025-03-03",
        "2025-03-31",
    }
    assert {row["day"] for row in count(filled, ["day"], shift=JAKARTA)} == {
        "2025-03-01",
        "2025-03-03",
        "2025-03-31",
        "2025-04-01",
    }


def test_merged_opd_count_an_article_once(filled: Store) -> None:
    merged = count(filled, ["opd"], merge={"dinas-a": "dinas-b"})
    assert rows_of(merged, "opd", "articles", "as_actor", "as_mentioned", "quotes") == [("dinas-b", 3, 2, 1, 3)]
    assert len(list_by(filled, ["opd"], merge={"dinas-a": "dinas-b"})) == 3


def test_unknown_dimensions_are_named(filled: Store) -> None:
    with pytest.raises(UnknownDimension, match="known are opd"):
        count(filled, ["mood"])
    with pytest.raises(UnknownDimension):
        list_by(filled, ["mood"])


def test_listing_gives_the_articles_themselves(filled: Store) -> None:
    listed = list_by(filled, ["opd", "tone"], ArticleFilter(opd=("dinas-b",), tones=("netral",)))
    assert [(row["opd"], row["tone"], row["id"]) for row in listed] == [("dinas-b", "netral", 2)]
