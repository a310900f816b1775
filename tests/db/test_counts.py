"""Counts: by any cross of dimensions, each number traceable to its articles."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.annotations import save_annotations
from db.articles import save_article
from db.connection import Store
from db.outlets import save_outlets
from db.queries.articles import iter_articles
from db.queries.counts import (
    DIMENSIONS,
    UnknownDimension,
    count_by,
    count_with_total,
    list_articles_of,
    list_by,
)
from db.queries.filters import ArticleFilter
from db.queries.lines import combine, encode

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


def test_totals_count_only_what_is_about_us(filled: Store) -> None:
    [total] = count_by(filled, [])
    assert (total["articles"], total["paid"], total["owned"], total["earned"]) == (4, 1, 1, 2)
    assert (total["positif"], total["netral"], total["negatif"]) == (1, 0, 1), "of earned articles only"
    assert (total["quotes"], total["stories"]) == (3, 4)
    [everything] = count_by(filled, [], ArticleFilter(about=("subject", "incidental")))
    assert everything["articles"] == 5


def test_an_empty_store_counts_zero(store: Store) -> None:
    [total] = count_by(store, [])
    assert {total[name] for name in ("articles", "quotes", "stories", "paid", "positif")} == {0}
    assert count_by(store, ["opd"]) == []


def test_opd_rows_tell_roles_headlines_and_own_quotes(filled: Store) -> None:
    found = count_by(filled, ["opd"])
    columns = ("opd", "articles", "as_actor", "as_mentioned", "as_attendee", "in_headline", "quotes")
    assert rows_of(found, *columns) == [("dinas-b", 3, 0, 1, 2, 0, 0), ("dinas-a", 2, 2, 0, 0, 2, 2)]


def test_crosses_and_persons(filled: Store) -> None:
    assert rows_of(count_by(filled, ["opd", "tone"]), "opd", "tone", "articles") == [
        ("dinas-a", "negatif", 1),
        ("dinas-a", "positif", 1),
        ("dinas-b", "negatif", 1),
        ("dinas-b", "netral", 1),
        ("dinas-b", "positif", 1),
    ]
    assert rows_of(count_by(filled, ["person"]), "person", "articles", "quotes") == [("orang-a", 4, 3)]
    assert rows_of(count_by(filled, ["outlet_kind"]), "outlet_kind", "articles") == [("local", 3), ("government", 1)]


def test_days_begin_at_the_readers_midnight(filled: Store) -> None:
    assert rows_of(count_by(filled, ["month"], shift=JAKARTA), "month", "articles") == [("2025-03", 3), ("2025-04", 1)]
    assert rows_of(count_by(filled, ["month"]), "month", "articles") == [("2025-03", 3), ("2025-02", 1)]
    assert {row["week"] for row in count_by(filled, ["week"], shift=JAKARTA)} == {
        "2025-02-24",
        "2025-03-03",
        "2025-03-31",
    }
    assert {row["day"] for row in count_by(filled, ["day"], shift=JAKARTA)} == {
        "2025-03-01",
        "2025-03-03",
        "2025-03-31",
        "2025-04-01",
    }


def test_merged_opd_count_an_article_once(filled: Store) -> None:
    merged = count_by(filled, ["opd"], merge={"dinas-a": "dinas-b"})
    assert rows_of(merged, "opd", "articles", "as_actor", "as_mentioned", "quotes") == [("dinas-b", 3, 2, 1, 3)]
    listed = list(list_articles_of(filled, {"opd": "dinas-b"}, merge={"dinas-a": "dinas-b"}))
    assert len(listed) == 3


def test_unknown_dimensions_are_named(filled: Store) -> None:
    with pytest.raises(UnknownDimension, match="known are opd"):
        count_by(filled, ["mood"])
    with pytest.raises(UnknownDimension):
        list_articles_of(filled, {"day": "2025-03-01"})


ROLES, TONES, KINDS = ("actor", "mentioned", "attendee"), ("positif", "netral", "negatif"), ("reporting", "advertorial")
TITLED = st.sampled_from(["title", "text"])
QUOTE = st.tuples(st.sampled_from([None, "o1", "o2"]), st.sampled_from([None, "p1", "p2"]), st.booleans())
TAGGED = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "tone": st.sampled_from(TONES),
        "story": st.sampled_from([None, 1, 2]),
        "day": st.sampled_from(["2025-03-01", "2025-03-31", "2025-04-01"]),
        "opd": st.dictionaries(st.sampled_from(["o1", "o2", "o3"]), st.tuples(st.sampled_from(ROLES), TITLED)),
        "person": st.dictionaries(st.sampled_from(["p1", "p2"]), TITLED),
        "place": st.dictionaries(st.sampled_from(["k1", "k2"]), TITLED),
        "quotes": st.lists(QUOTE, max_size=4),
    }
)
CROSSED = ("opd", "person", "place", "speaker", "kind", "tone", "story", "month", "day", "outlet")


@settings(max_examples=60, deadline=None)
@given(
    articles=st.lists(TAGGED, max_size=8),
    dimensions=st.lists(st.sampled_from(CROSSED), max_size=5, unique=True),
    merge=st.sampled_from([{}, {"o1": "o2"}]),
)
def test_rows_are_those_that_counting_article_by_article_gives(
    articles: list[dict[str, Any]], dimensions: list[str], merge: dict[str, str]
) -> None:
    store = open_store_in_memory()
    for number in (1, 2):
        store.execute("INSERT INTO stories (id, updated_at) VALUES (?, '')", [number])
    for number, parts in enumerate(articles, 1):
        save_tagged(store, number, parts)
    rows, total = count_with_total(store, dimensions, merge=merge)
    listed = list_by(store, dimensions, merge=merge)
    store.close()
    expected = count_slowly(articles, dimensions, merge)
    assert rows == sorted(
        expected, key=lambda row: (-row["articles"], *((row[n] is not None, row[n]) for n in dimensions))
    )
    assert [total] == count_slowly(articles, [], {})
    for row in rows:
        assert row["articles"] == sum(all(line[name] == row[name] for name in dimensions) for line in listed)


def save_tagged(store: Store, number: int, parts: dict[str, Any]) -> None:
    """Store the article with its annotation and story."""
    words = {"url": f"https://a.example/{number}", "outlet": f"o{number % 2}.example", "title": "Judul", "text": "Isi"}
    save_article(store, {**words, "published_at": f"{parts['day']}T05:00Z"})
    span = {"start": 0, "end": 1, "text": "I"}
    tags = {
        "opd": [
            {"id": k, "role": role, "mentions": [{**span, "in": part}]} for k, (role, part) in parts["opd"].items()
        ],
        "officials": [{"id": key, "mentions": [{**span, "in": part}]} for key, part in parts["person"].items()],
        "places": [{"id": key, "mentions": [{**span, "in": part}]} for key, part in parts["place"].items()],
    }
    quotes = [
        {**span, "speaker": "Ani", "speaker_id": person, "opd": opd, "indirect": indirect}
        for opd, person, indirect in parts["quotes"]
    ]
    tone = {"label": parts["tone"], "score": 1.0}
    row = {"id": number, "about": "subject", "kind": parts["kind"], "tone": tone, **tags, "quotes": quotes}
    save_annotations(store, [row])
    store.execute("UPDATE articles SET story_id = ? WHERE id = ?", [parts["story"], number])


def count_slowly(articles: list[dict[str, Any]], dimensions: list[str], merge: dict[str, str]) -> list[dict[str, Any]]:
    """Count as a person would: article by article, by hand for each combination of its tags."""
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {} if dimensions else {(): []}
    for number, parts in enumerate(articles, 1):
        quotes = [(merge.get(opd, opd), person, person or "Ani", indirect) for opd, person, indirect in parts["quotes"]]
        values: dict[str, list[Any]] = {
            "opd": sorted({merge.get(key, key) for key in parts["opd"]}),
            "person": list(parts["person"]),
            "place": list(parts["place"]),
            "speaker": sorted({speaker for _, _, speaker, _ in quotes}),
            **{name: [parts[name]] for name in ("kind", "tone", "story", "day")},
            "month": [parts["day"][:7]],
            "outlet": [f"o{number % 2}.example"],
        }
        for key in itertools.product(*(values[name] for name in dimensions)):
            line = dict(zip(dimensions, key, strict=True))
            of_opd = [tag for old, tag in parts["opd"].items() if merge.get(old, old) == line.get("opd")]
            titled = {
                "opd": any(part == "title" for _, part in of_opd),
                "speaker": False,
                **{name: parts[name].get(line.get(name)) == "title" for name in ("person", "place")},
            }
            own = {"opd": 0, "person": 1, "speaker": 2}
            groups.setdefault(key, []).append(
                {
                    "role": min((ROLES.index(role) for role, _ in of_opd), default=None),
                    "in_title": all(titled[name] for name in line if name in titled),
                    "quotes": sum(
                        not quote[3] and all(quote[own[name]] == line[name] for name in line if name in own)
                        for quote in quotes
                    ),
                    "story": parts["story"] or -number,
                    "channel": "paid" if parts["kind"] == "advertorial" else "earned",
                    "tone": parts["tone"],
                }
            )
    return [
        {
            **dict(zip(dimensions, key, strict=True)),
            "articles": len(lines),
            **{
                f"as_{role}": sum(line["role"] == rank for line in lines) if "opd" in dimensions else None
                for rank, role in enumerate(ROLES)
            },
            "in_headline": sum(line["in_title"] for line in lines)
            if {"opd", "person", "place", "speaker"} & {*dimensions}
            else 0,
            "quotes": sum(line["quotes"] for line in lines),
            "stories": len({line["story"] for line in lines}),
            **{name: sum(line["channel"] == name for line in lines) for name in ("paid", "owned", "earned")},
            **{name: sum(line["tone"] == name and line["channel"] == "earned" for line in lines) for name in TONES},
        }
        for key, lines in groups.items()
    ]


def test_more_combinations_than_a_number_holds_are_told_apart() -> None:
    rng = random.Random(1)
    columns = [encode([rng.randrange(3000) for _ in range(500)]) for _ in range(7)]
    keys = combine(columns, 500)
    rows = list(zip(*(column.codes.tolist() for column in columns), strict=True))
    assert keys.min() >= 0
    assert len(set(keys.tolist())) == len(set(rows))
    assert [rows[n] for n in keys.argsort(kind="stable")] == sorted(rows)


PARTS = st.fixed_dictionaries(
    {
        "about": st.sampled_from(["subject", "incidental", "none"]),
        "kind": st.sampled_from(["reporting", "release", "advertorial"]),
        "tone": st.sampled_from(["positif", "netral", "negatif"]),
        "opd": st.sets(st.sampled_from(["a", "b", "c"])),
        "pillars": st.sets(st.sampled_from(["x", "y"])),
    }
)


@settings(max_examples=25, deadline=None)
@given(articles=st.lists(PARTS, max_size=12), dimensions=st.lists(st.sampled_from(DIMENSIONS), max_size=3))
def test_every_number_is_the_number_of_its_articles(articles: list[dict[str, Any]], dimensions: list[str]) -> None:
    store = open_store_in_memory()
    for number, parts in enumerate(articles, 1):
        save_article(
            store,
            {
                "url": f"https://a.example/{number}",
                "outlet": f"o{number % 2}.example",
                "title": "Judul",
                "text": "Isi",
                "published_at": datetime(2025, 3, 1 + number, tzinfo=UTC),
            },
        )
        tags = {name: [{"id": ident, "mentions": []} for ident in sorted(parts[name])] for name in ("opd", "pillars")}
        save_annotations(store, [{"id": number, **parts, "tone": {"label": parts["tone"], "score": 1.0}, **tags}])
    rows = count_by(store, dimensions)
    [total] = count_by(store, [])
    assert total["articles"] == total["paid"] + total["owned"] + total["earned"]
    assert total["articles"] == sum(parts["about"] == "subject" for parts in articles)
    for row in rows:
        key = {
            name: row[name]
            for name in dimensions
            if name not in {"day", "week", "month", "year", "story"} and row[name]
        }
        if len(key) == len(set(dimensions)) and key.get("outlet_kind") != "unknown":
            assert row["articles"] == len(list(list_articles_of(store, key)))
    store.close()


def open_store_in_memory() -> Store:
    from db.migrations import MIGRATIONS

    store = Store(memory=True)
    MIGRATIONS.apply(store)
    return store


def test_listing_gives_the_articles_themselves(filled: Store) -> None:
    assert [row["id"] for row in list_articles_of(filled, {"opd": "dinas-b", "tone": "netral"})] == [2]
    attending = ArticleFilter(opd=("dinas-b",), opd_roles=("attendee",))
    assert sorted(row["id"] for row in iter_articles(filled, attending)) == [1, 4, 5]
