"""How values become columns and columns values: times as UTC text, lists as JSON text, rows as dictionaries."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any, TypeVar

from db.connection import Store

LISTED = "(SELECT value FROM json_each(?))"  # behind IN: the values of a list given as JSON text, however many
Row = dict[str, Any]
Params = Sequence[Any] | Mapping[str, Any]
Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)


def fetch_rows(store: Store, sql: str, params: Params = ()) -> list[Row]:
    """Return all rows of a query as dictionaries."""
    cursor = store.conn.execute(sql, params)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def fetch_row(store: Store, sql: str, params: Params = ()) -> Row | None:
    """Return the first row of a query, or None."""
    rows = fetch_rows(store, sql, params)
    return rows[0] if rows else None


def group_by(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    """Return items by what ``key`` gives for each; groups and items in the order in which they come."""
    groups: dict[Key, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def parse_time(value: datetime | str) -> datetime:
    """Return an aware datetime. Raises ValueError for a time without offset, which could mean any of three zones."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if moment.tzinfo is None:
        raise ValueError(f"time without offset: {value}; write it as 2024-10-30T18:23+07:00")
    return moment


@lru_cache(1024)  # the same few moments stand in several columns
def utc_text(value: datetime | str) -> str:
    """Return ``YYYY-MM-DDTHH:MM:SSZ``, the form of every stored time; it sorts as text."""
    return parse_time(value).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def now_text(now: datetime | None = None) -> str:
    """Return ``now``, or the present, as stored text."""
    return utc_text(now or datetime.now(UTC))


def offset_minutes(value: datetime | str) -> int:
    """Return the offset from UTC in minutes that a time states."""
    offset = parse_time(value).utcoffset() or timedelta()
    return int(offset.total_seconds() // 60)


def local_text(stored: str, minutes: int) -> str:
    """Return a stored time as ISO 8601 in the offset that the outlet stated."""
    return parse_time(stored).astimezone(timezone(timedelta(minutes=minutes))).isoformat()


def json_text(value: Any) -> str:
    """Return ``value`` as compact JSON with its characters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def build_insert(table: str, row: Iterable[str], instead: str = "") -> str:
    """Return the INSERT of a row by its column names, with a named parameter for each; ``instead`` is OR REPLACE or OR
    IGNORE, for a row that is there already.
    """
    names = list(row)
    how = f"INSERT {instead}".rstrip()
    return f"{how} INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"


def placeholders(values: Iterable[Any]) -> str:
    """Return ``?, ?, ?`` for as many values; SQLite allows 32,766. For any number see ``LISTED``."""
    return ", ".join("?" for _ in values)
