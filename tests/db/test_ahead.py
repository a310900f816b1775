"""Times that a clock ahead wrote are put back, all of them and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from db.ahead import WRITTEN_BY_CLOCK, count_later, find_ahead, put_back
from db.articles import save_article
from db.connection import Store
from db.findings import raise_finding
from db.outbox import queue_messages
from db.runs import finish_run, save_outcomes, start_run

NOW = datetime(2025, 3, 1, 3, 0, tzinfo=UTC)
MONTH = timedelta(days=30)
STATED = {"published_at", "modified_at", "fetched_at"}  # by outlets, and what the archive says
DERIVED = {("stories", "first_at"), ("stories", "last_at"), ("articles", "next_look_at"), ("sessions", "ends_at")}


def test_every_time_of_the_schema_is_put_back_or_left_on_purpose(store: Store) -> None:
    times = {
        (table.name, column)
        for table in store.tables
        if not table.name.startswith(("texts_fts", "_sqlite", "editions"))
        for column in table.columns_dict
        if (column.endswith(("_at", "since")) or column == "at") and column not in STATED
    }
    assert times - DERIVED == {(table, column) for table, columns in WRITTEN_BY_CLOCK.items() for column in columns}


def test_what_was_written_ahead_is_put_back(store: Store, record: Callable[..., dict[str, Any]]) -> None:
    right = save_article(store, record(1), None, NOW - timedelta(hours=2))
    run = start_run(store, "refresh", 1, {}, NOW + MONTH)
    wrong = save_article(store, record(2), run, NOW + MONTH)
    save_outcomes(store, run, [{"url": "https://kabar.example/9", "outlet": "kabar.example", "reason": "not_ours"}])
    raise_finding(store, "kabar.example", "blocked", "", NOW + MONTH)
    finish_run(store, run, "findings", {}, NOW + MONTH)
    ahead = find_ahead(store, NOW)
    assert ahead
    assert ahead.startswith("2025-03-31")
    assert put_back(store, NOW) >= 6
    assert find_ahead(store, NOW) is None
    rows = dict(store.conn.execute("SELECT id, first_seen_at FROM articles"))
    assert rows == {right.id: "2025-03-01T01:00:00Z", wrong.id: "2025-03-01T03:00:00Z"}
    looks = dict(store.conn.execute("SELECT id, next_look_at FROM articles"))
    assert looks[wrong.id] == "2025-03-01T03:00:00Z", "it is looked at again at once"
    ((success,),) = store.conn.execute("SELECT last_success_at FROM outlets")
    ((since,),) = store.conn.execute("SELECT since FROM findings")
    assert success == since == "2025-03-01T03:00:00Z"


def test_a_change_after_the_clock_was_put_right_is_kept(store: Store, record: Callable[..., dict[str, Any]]) -> None:
    saved = save_article(store, record(1), None, NOW + MONTH)
    put_back(store, NOW)
    later = save_article(store, record(1, title="Warga panen jagung, diralat"), None, NOW + timedelta(hours=1))
    assert (later.id, later.reason) == (saved.id, "revised")


def test_an_edition_of_the_day_is_queued_though_one_was_sent_ahead(store: Store) -> None:
    entry = {
        "batch": "edition 2025-03-31 pagi semua", "part": 1, "parts": 1, "recipient": "humas", "group": "kantor",
        "what": "x", "subject": "", "body": "Ringkasan", "form": "text", "urgent": False,
    }  # fmt: skip
    assert queue_messages(store, [entry], NOW + MONTH) == [True]
    put_back(store, NOW)
    assert queue_messages(store, [entry], NOW + MONTH) == [True]
    assert queue_messages(store, [entry], NOW + MONTH) == [False]


def test_outlets_tell_a_clock_behind_from_one_that_was_ahead(
    store: Store, record: Callable[..., dict[str, Any]]
) -> None:
    for number in (1, 2):
        outlet = f"kabar{number}.example"
        save_article(store, record(number, outlet=outlet), None, NOW + MONTH)
    assert count_later(store, NOW) == (2, 0)
    for number in (3, 4):
        outlet = f"kabar{number}.example"
        save_article(store, record(number, outlet=outlet, published_at="2025-03-31T08:00+07:00"), None, NOW + MONTH)
    assert count_later(store, NOW) == (4, 2)
