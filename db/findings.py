"""What an operator must know about an outlet: one open finding per outlet and kind, with since when, and daily
counts.
"""

from __future__ import annotations

from datetime import datetime

from db.connection import Store, writing
from db.rows import Row, fetch_rows, utc_text


def raise_finding(store: Store, outlet: str, kind: str, detail: str, at: datetime | str) -> int:
    """Open a finding, or renew the open one of that outlet and kind, which keeps its ``since``; return its id."""
    moment = utc_text(at)
    with writing(store):
        store.execute(
            "INSERT INTO findings (outlet, kind, detail, since, last_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (outlet, kind) WHERE resolved_at IS NULL"
            " DO UPDATE SET detail = excluded.detail, last_at = excluded.last_at, times = times + 1",
            (outlet, kind, detail, moment, moment),
        )
        row = store.conn.execute(
            "SELECT id FROM findings WHERE outlet = ? AND kind = ? AND resolved_at IS NULL", (outlet, kind)
        ).fetchone()
    return int(row[0])


def resolve_finding(store: Store, outlet: str, kind: str | None, at: datetime | str) -> int:
    """Close the open finding of that kind (all of the outlet when None); return how many were open."""
    with writing(store):
        cursor = store.execute(
            "UPDATE findings SET resolved_at = ? WHERE outlet = ? AND kind = COALESCE(?, kind) AND resolved_at IS NULL",
            (utc_text(at), outlet, kind),
        )
    return cursor.rowcount


def find_findings(store: Store, open_only: bool = True) -> list[Row]:
    """Return findings, the longest standing first."""
    where = "WHERE resolved_at IS NULL" if open_only else ""
    return fetch_rows(store, f"SELECT * FROM findings {where} ORDER BY since, outlet, kind")


def count_outlet_days(store: Store, since: datetime, until: datetime) -> list[Row]:
    """Return per outlet and UTC day of first sight: ``stored``, ``fallback``, and articles with byline and section."""
    return fetch_rows(
        store,
        "SELECT outlet, date(first_seen_at) AS on_date, COUNT(*) AS stored, SUM(fallback) AS fallback,"
        " COUNT(byline) AS with_byline, COUNT(section) AS with_section"
        " FROM articles WHERE first_seen_at >= ? AND first_seen_at < ? AND origin = 'crawl' GROUP BY 1, 2 ORDER BY"
        " 1, 2",
        (utc_text(since), utc_text(until)),
    )
