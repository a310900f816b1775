"""The log of articles that somebody looked for in vain: one row per address, with what had kept it out."""

from __future__ import annotations

from datetime import datetime

from db.connection import Store, writing
from db.rows import Row, fetch_rows, now_text


def save_missed(store: Store, url: str, outlet: str, cause: str, detail: str = "", now: datetime | None = None) -> None:
    """Note that an address was asked for and is no stored article; asked again, the latest cause holds."""
    with writing(store):
        store.execute(
            "INSERT INTO missed (url, outlet, cause, detail, asked_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (url)"
            " DO UPDATE SET cause = excluded.cause, detail = excluded.detail, asked_at = excluded.asked_at,"
            " times = times + 1",
            (url, outlet, cause, detail, now_text(now)),
        )


def find_missed(store: Store) -> list[Row]:
    """Return the log, latest question first; ``article_id`` tells which article the address has become since."""
    return fetch_rows(
        store,
        "SELECT m.*, a.article_id FROM missed m LEFT JOIN addresses a ON a.url = m.url ORDER BY m.asked_at DESC, m.url",
    )
