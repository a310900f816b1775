"""Questions about frozen editions that need not read their datasets whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db.connection import Store
from db.rows import Row, fetch_rows, placeholders


def list_editions(store: Store, kinds: Sequence[str] = (), limit: int | None = None) -> list[Row]:
    """Return editions, the latest made first: ``id, kind, on_date, number, created_at, dataset_id, articles``."""
    # By place in the table, which is the order in which they were made: to sort by time, all datasets would be read.
    where = f"WHERE +kind IN ({placeholders(kinds)})" if kinds else ""
    return fetch_rows(
        store,
        "SELECT id, kind, on_date, number, created_at, json_extract(dataset, '$.id') AS dataset_id,"
        f" json_extract(dataset, '$.totals.articles') AS articles FROM editions {where}"
        " ORDER BY rowid DESC LIMIT ?",
        [*kinds, -1 if limit is None else limit],
    )


def count_told(store: Store, kind: str, on: date) -> int | None:
    """Return how many articles the last frozen edition of a kind and day counts; None when nothing was frozen then."""
    sql = "SELECT json_extract(dataset, '$.totals.articles') FROM editions WHERE kind = ? AND on_date = ?"
    row = store.conn.execute(f"{sql} ORDER BY number DESC LIMIT 1", (kind, on.isoformat())).fetchone()
    return row[0] if row else None


def find_last_day(store: Store, kinds: Sequence[str], until: date) -> date | None:
    """Return the last day, ``until`` at the latest, of which an edition of one of these kinds was frozen."""
    sql = f"SELECT MAX(on_date) FROM editions WHERE kind IN ({placeholders(kinds)}) AND on_date <= ?"
    day = store.conn.execute(sql, (*kinds, until.isoformat())).fetchone()[0]
    return date.fromisoformat(day) if day else None


def find_first_unread(store: Store, kinds: Sequence[str], since: date, until: date) -> date | None:
    """Return the first day of a span, both ends included, of which an edition went out while articles of its hours
    waited for annotation.
    """
    sql = f"SELECT MIN(on_date) FROM editions WHERE kind IN ({placeholders(kinds)}) AND on_date BETWEEN ? AND ?"
    sql += " AND json_extract(dataset, '$.not_annotated') > 0"
    day = store.conn.execute(sql, (*kinds, since.isoformat(), until.isoformat())).fetchone()[0]
    return date.fromisoformat(day) if day else None


def find_told(store: Store, kind: str, on: date) -> set[int] | None:
    """Return the articles that the frozen editions of a kind and day tell of; None when nothing was frozen then."""
    frozen = "SELECT dataset FROM editions WHERE kind = ? AND on_date = ?"
    key = (kind, on.isoformat())
    if store.conn.execute(f"SELECT 1 FROM ({frozen})", key).fetchone() is None:
        return None
    told = (
        f"SELECT json_extract(j.value, '$.id') FROM ({frozen}) e, json_each(e.dataset, '$.items') j"
        f" UNION SELECT json_extract(j.value, '$.id') FROM ({frozen}) e, json_each(e.dataset, '$.found_late') j"
    )
    return {row[0] for row in store.conn.execute(told, key * 2)}
