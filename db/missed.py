"""The log of articles that somebody looked for in vain: one row per address, with what had kept it out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from db.connection import Store, writing
from db.rows import Row, fetch_rows, now_text, utc_text

SEEN_ELSEWHERE = "seen_elsewhere"  # cause of a lead: an aggregator lists it, it was not fetched


def save_missed(store: Store, url: str, outlet: str, cause: str, detail: str = "", now: datetime | None = None) -> None:
    """Note that an address was asked for and is no stored article; asked again, the latest cause holds."""
    with writing(store):
        store.execute(
            "INSERT INTO missed (url, outlet, cause, detail, asked_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (url)"
            " DO UPDATE SET cause = excluded.cause, detail = excluded.detail, asked_at = excluded.asked_at,"
            " times = times + 1",
            (url, outlet, cause, detail, now_text(now)),
        )


def save_lead(store: Store, lead: Mapping[str, Any], now: datetime | None = None) -> bool:
    """Note an article that an aggregator lists (a ``lead`` record of the crawl); return whether it is new here.

    The log keeps time and headline in ``detail``, as ``find_leads`` reads them.
    """
    told = f"{utc_text(lead['published_at']) if lead.get('published_at') else '-'} {lead['title']}"
    with writing(store):
        cursor = store.execute(
            "INSERT INTO missed (url, outlet, cause, detail, asked_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (url) DO NOTHING",
            (lead["url"], lead["outlet"], SEEN_ELSEWHERE, told, now_text(now)),
        )
    return cursor.rowcount > 0


def find_leads(store: Store, since: datetime) -> list[Row]:
    """Return the leads noted since then that no article has been found for, with ``title`` and ``published_at``."""
    rows = fetch_rows(
        store,
        "SELECT m.* FROM missed m LEFT JOIN addresses a ON a.url = m.url AND a.article_id IS NOT NULL"
        " WHERE m.cause = ? AND m.asked_at >= ? AND a.url IS NULL ORDER BY m.asked_at, m.url",
        (SEEN_ELSEWHERE, utc_text(since)),
    )
    for row in rows:
        when, _, row["title"] = row["detail"].partition(" ")
        row["published_at"] = None if when == "-" else when
    return rows


def find_missed(store: Store) -> list[Row]:
    """Return the log, latest question first; ``article_id`` tells which article the address has become since."""
    return fetch_rows(
        store,
        "SELECT m.*, a.article_id FROM missed m LEFT JOIN addresses a ON a.url = m.url ORDER BY m.asked_at DESC, m.url",
    )
