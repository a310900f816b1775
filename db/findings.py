"""What an operator must know about an outlet, one open finding per outlet and kind; and the past by which an outlet is
judged: its articles by day, and how the parts of its pages were found.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

from db.connection import Store, writing
from db.rows import Row, fetch_rows, placeholders, utc_text

PAST = 100  # earlier articles of an outlet of which the readings are remembered


def raise_finding(store: Store, outlet: str, kind: str, detail: str, at: datetime | str) -> None:
    """Open a finding, or renew the open one of that outlet and kind, which keeps its ``since``."""
    moment = utc_text(at)
    with writing(store):
        store.execute(
            "INSERT INTO findings (outlet, kind, detail, since, last_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (outlet, kind) WHERE resolved_at IS NULL"
            " DO UPDATE SET detail = excluded.detail, last_at = excluded.last_at, times = times + 1",
            (outlet, kind, detail, moment, moment),
        )


def resolve_finding(store: Store, outlet: str, kind: str | None, at: datetime | str) -> int:
    """Close the open finding of that kind (all of the outlet when None); return how many were open."""
    with writing(store):
        cursor = store.execute(
            "UPDATE findings SET resolved_at = ? WHERE outlet = ? AND kind = COALESCE(?, kind) AND resolved_at IS NULL",
            (utc_text(at), outlet, kind),
        )
    return cursor.rowcount


def find_findings(store: Store) -> list[Row]:
    """Return the open findings, the longest standing first."""
    return fetch_rows(store, "SELECT * FROM findings WHERE resolved_at IS NULL ORDER BY since, outlet, kind")


def is_open(store: Store, outlet: str, kind: str) -> bool:
    """Say whether a finding of that kind is open."""
    sql = "SELECT 1 FROM findings WHERE outlet = ? AND kind = ? AND resolved_at IS NULL"
    return store.conn.execute(sql, (outlet, kind)).fetchone() is not None


def find_mended(store: Store, since: datetime) -> list[Row]:
    """Return the findings closed since then that are not open again, the latest first."""
    return fetch_rows(
        store,
        "SELECT f.* FROM findings f WHERE resolved_at >= ? AND NOT EXISTS (SELECT 1 FROM findings o WHERE"
        " o.outlet = f.outlet AND o.kind = f.kind AND o.resolved_at IS NULL) ORDER BY resolved_at DESC, outlet, kind",
        (utc_text(since),),
    )


def find_last_reads(store: Store, outlets: Collection[str], since: datetime) -> dict[str, str]:
    """Return by outlet when one of its articles, about us or not, was last read; leave out those without any since
    ``since``.
    """
    marks, begin = placeholders(outlets), utc_text(since)
    rows = store.conn.execute(
        "SELECT outlet, MAX(at) FROM (SELECT outlet, first_seen_at AS at FROM articles WHERE origin = 'crawl' AND"
        f" first_seen_at >= ? AND outlet IN ({marks}) UNION ALL SELECT outlet, at FROM addresses"
        f" WHERE state = 'not_ours' AND at >= ? AND outlet IN ({marks})) GROUP BY outlet",
        [begin, *outlets, begin, *outlets],
    )
    return {str(outlet): str(at) for outlet, at in rows}


def count_arrivals(store: Store, since: datetime, now: datetime) -> dict[str, dict[int, int]]:
    """Return by outlet, and by age in whole days, how many articles came out, about us or not; days without any are
    left out.

    Only what was met within three days of its publication counts: a backfill is no news day.
    """
    fresh = "julianday({met}) - julianday(published_at) < 3 AND published_at >= :since AND published_at < :now"
    age = "CAST(julianday(:now) - julianday(published_at) AS INTEGER)"
    rows = store.conn.execute(
        f"SELECT outlet, age, COUNT(*) FROM (SELECT outlet, {age} AS age FROM articles WHERE origin = 'crawl' AND"
        f" {fresh.format(met='first_seen_at')} UNION ALL SELECT outlet, {age} FROM addresses WHERE state = 'not_ours'"
        f" AND {fresh.format(met='at')}) GROUP BY 1, 2",
        {"since": utc_text(since), "now": utc_text(now)},
    )
    arrivals: dict[str, dict[int, int]] = {}
    for outlet, days, n in rows:
        arrivals.setdefault(outlet, {})[int(days)] = int(n)
    return arrivals


def find_readings(store: Store, outlet: str, run_id: int) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return how the parts of an outlet's articles were found, for the latest before a run and for those of the run.

    Each reading maps a part to the way in which it was found: ``{"title": "json-ld", ...}``.
    """
    rows = fetch_rows(
        store,
        "SELECT run_id, fields FROM articles WHERE outlet = ? AND origin = 'crawl' AND run_id <= ?"
        " ORDER BY run_id DESC, id DESC LIMIT ?",
        (outlet, run_id, 2 * PAST),
    )
    readings = [(row["run_id"], json.loads(row["fields"])) for row in rows]
    before = [fields for run, fields in readings if run != run_id]
    return before[:PAST], [fields for run, fields in readings if run == run_id]
