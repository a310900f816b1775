"""Searching: ranked, with snippets, and never a syntax error."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.articles import save_article
from db.connection import Store
from db.queries.filters import ArticleFilter
from db.queries.words import match_expression
from db.search import search_articles

Build = Callable[..., dict[str, Any]]


@pytest.fixture
def filled(store: Store, record: Build) -> Store:
    save_article(store, record(1, title="Jembatan gantung diresmikan", text="Warga menyeberang dengan aman."))
    save_article(store, record(2, title="Rapat kerja", text="Rapat membahas jembatan, jalan dan café di tepian."))
    save_article(store, record(3, title="Jalan desa", text="Pengaspalan jalan selesai.", outlet="lain.example"))
    return store


def test_a_match_in_the_headline_comes_first(filled: Store) -> None:
    found = search_articles(filled, "jembatan")
    assert [row["id"] for row in found] == [1, 2]
    assert found[0]["published_at"] == "2025-03-01T08:15:00+07:00"
    assert "[jembatan]" in found[1]["snippet"]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ('"rapat membahas"', {2}),
        ("jalan -jembatan", {3}),
        ("pengaspal*", {3}),
        ("pengaspal", set()),
        ("CAFE", {2}),
        ("jalan jembatan", {2}),
        ("title: jalan", set()),
        ("", set()),
        ("-jalan", set()),
        ('"', set()),
    ],
)
def test_words_phrases_beginnings_and_exclusions(filled: Store, query: str, ids: set[int]) -> None:
    assert {row["id"] for row in search_articles(filled, query)} == ids


def test_a_filter_and_a_limit_narrow_the_search(filled: Store) -> None:
    assert [row["id"] for row in search_articles(filled, "jalan", ArticleFilter(outlets=("lain.example",)))] == [3]
    assert len(search_articles(filled, "jalan", limit=1)) == 1
    late = ArticleFilter(since=datetime(2026, 1, 1, tzinfo=UTC))
    assert search_articles(filled, "jalan", late) == []


def test_a_word_of_too_many_articles_ranks_headlines_then_the_newest(
    filled: Store, record: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_article(filled, record(4, title="Sawah", text="Jalan ke sawah rusak."))
    by_weight = [row["id"] for row in search_articles(filled, "jalan")]
    monkeypatch.setattr("db.search.RANKED", 2)
    assert [row["id"] for row in search_articles(filled, "jalan")] == [3, 4, 2]
    assert by_weight[0] == 3
    assert [row["id"] for row in search_articles(filled, "jalan -aspal* -pengaspalan")] == [4, 2]
    kabar = ArticleFilter(outlets=("kabar.example",))
    assert [(row["id"], row["rank"]) for row in search_articles(filled, "jalan", kabar, limit=1)] == [(4, 1)]


def test_a_revised_text_is_found_by_its_new_words_only(filled: Store, record: Build) -> None:
    save_article(filled, record(1, title="Jembatan gantung diresmikan", text="Bupati memotong pita."))
    assert [row["id"] for row in search_articles(filled, "pita")] == [1]
    assert search_articles(filled, "menyeberang") == []
    filled.execute("INSERT INTO texts_fts (texts_fts, rank) VALUES ('integrity-check', 1)")


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    query=st.text(max_size=60)
    | st.sampled_from(["NEAR(", "a AND OR", "*", "^a", "{a b}:", "a NOT", "--", '"a" "', "a:b*"])
)
def test_no_query_is_a_syntax_error(store: Store, query: str) -> None:
    try:
        search_articles(store, query)
    except sqlite3.OperationalError as error:  # pragma: no cover - the failure this test is for
        pytest.fail(f"{query!r} -> {match_expression(query)!r}: {error}")
