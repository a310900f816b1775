"""Counts held against counting article by article, over whatever comes."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from db.annotations import save_annotations
from db.articles import save_article
from db.connection import Store
from db.queries.counts import DIMENSIONS, count_by, list_by
from db.queries.lines import combine, encode

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
        store.execute("INSERT INTO stories (id) VALUES (?)", [number])
    for number, parts in enumerate(articles, 1):
        save_tagged(store, number, parts)
    rows, total = count_by(store, dimensions, merge=merge)
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


def read_line(parts: dict[str, Any], line: dict[str, Any], quotes: list[Any], merge: dict[str, str]) -> dict[str, Any]:
    """Return what one combination of an article's tags adds to the numbers of its row."""
    of_opd = [tag for old, tag in parts["opd"].items() if merge.get(old, old) == line.get("opd")]
    titled = {
        "opd": any(part == "title" for _, part in of_opd),
        "speaker": False,
        **{name: parts[name].get(line.get(name)) == "title" for name in ("person", "place")},
    }
    own = {"opd": 0, "person": 1, "speaker": 2}
    return {
        "role": min((ROLES.index(role) for role, _ in of_opd), default=None),
        "in_title": all(titled[name] for name in line if name in titled),
        "quotes": sum(
            not quote[3] and all(quote[own[name]] == line[name] for name in line if name in own) for quote in quotes
        ),
        "channel": "paid" if parts["kind"] == "advertorial" else "earned",
        "tone": parts["tone"],
    }


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
            groups.setdefault(key, []).append(
                {**read_line(parts, line, quotes, merge), "story": parts["story"] or -number}
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
            else None,
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
    rows, total = count_by(store, dimensions)
    assert total["articles"] == total["paid"] + total["owned"] + total["earned"]
    assert total["articles"] == sum(parts["about"] == "subject" for parts in articles)
    names = list(dict.fromkeys(dimensions))
    listed = Counter(tuple(row[name] for name in names) for row in list_by(store, dimensions))
    assert listed == {tuple(row[name] for name in names): row["articles"] for row in rows if row["articles"]}
    store.close()


def open_store_in_memory() -> Store:
    from db.migrations import MIGRATIONS

    store = Store(memory=True)
    MIGRATIONS.apply(store)
    return store
