"""Runs of jobs, and how every address that a run touched ended."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from db.addresses import note_failure, note_left, save_not_ours
from db.connection import Store, writing
from db.rows import Row, build_insert, fetch_row, fetch_rows, json_text, now_text, parse_time, placeholders, utc_text

TALLIED = frozenset(
    {"known", "unchanged", "out_of_range", "over_limit", "seen_elsewhere"}
)  # met at every run: counted, not listed
PAUSE_BEFORE = timedelta(days=400)  # before a period, in which the pause may have begun that it begins with


def start_run(
    store: Store, job: str, pid: int, args: Mapping[str, Any] | None = None, now: datetime | None = None
) -> int:
    """Record that a job begins in process ``pid``; return the run's id."""
    with writing(store):
        cursor = store.execute(
            "INSERT INTO runs (job, pid, args, started_at) VALUES (?, ?, ?, ?)",
            (job, pid, json_text(args or {}), now_text(now)),
        )
    return int(cursor.lastrowid or 0)


def finish_run(
    store: Store, run_id: int, status: str, summary: Mapping[str, Any] | None = None, now: datetime | None = None
) -> None:
    """Record how a run ended: done, findings, stopped, refused, failed."""
    with writing(store):
        store.execute(
            "UPDATE runs SET finished_at = ?, status = ?, summary = ? WHERE id = ?",
            (now_text(now), status, json_text(summary or {}), run_id),
        )


def is_alive(pid: int) -> bool:
    """Return whether a process of this id exists on this machine."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def mark_interrupted(store: Store, now: datetime | None = None) -> list[Row]:
    """Close the runs that a dead process left open, and return them.

    A run under this process's own id is one of them: this process has just started, so the id was used before.
    """
    with writing(store):
        open_runs = _plain(fetch_rows(store, "SELECT * FROM runs WHERE finished_at IS NULL"))
        dead = [run for run in open_runs if run["pid"] == os.getpid() or not is_alive(run["pid"])]
        for run in dead:
            store.execute(
                "UPDATE runs SET finished_at = ?, status = 'interrupted' WHERE id = ?", (now_text(now), run["id"])
            )
    return dead


def find_runs(store: Store, limit: int = 20) -> list[Row]:
    """Return the latest runs, newest first, with their counted outcomes by reason."""
    runs = _plain(fetch_rows(store, "SELECT * FROM runs ORDER BY id DESC LIMIT ?", (limit,)))
    return [{**run, "outcomes": count_outcomes(store, run["id"])} for run in runs]


def find_last_finished(store: Store, jobs: Sequence[str], also: Sequence[str] = ()) -> str | None:
    """Return when one of these jobs last came to its end, or to one of the states in ``also``; or None."""
    states = ("done", "findings", *also)
    row = fetch_row(
        store,
        f"SELECT MAX(finished_at) AS at FROM (SELECT finished_at FROM runs WHERE status IN ({placeholders(states)})"
        f" AND job IN ({placeholders(jobs)}) ORDER BY id DESC LIMIT 5)",
        (*states, *jobs),
    )
    return row["at"] if row else None


def find_last_run(store: Store, job: str, since: datetime, now: datetime) -> Row | None:
    """Return status and times of the last run of a job begun since then and not after ``now``, as a clock that stood
    ahead may have written; or None.
    """
    return fetch_row(
        store,
        "SELECT status, started_at, finished_at FROM runs WHERE job = ? AND started_at >= ? AND started_at <= ?"
        " ORDER BY started_at DESC, id DESC LIMIT 1",
        (job, utc_text(since), utc_text(now)),
    )


def has_run_before(store: Store, moment: datetime) -> bool:
    """Say whether anything was done before a moment, so that it could be missed afterwards."""
    sql = "SELECT 1 FROM runs WHERE started_at < ? LIMIT 1"
    return store.conn.execute(sql, (utc_text(moment),)).fetchone() is not None


def find_pauses(store: Store, jobs: Sequence[str], since: datetime, until: datetime, longest: timedelta) -> list[Row]:
    """Return when, in a period, none of these jobs brought anything for longer than ``longest``: ``since`` and
    ``resolved_at``, which is None where the pause outlasts the period.

    One that failed may have brought something; one that was cut off is closed by the next start, however late.
    """
    met = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE run_id = runs.id)" for table in ("outcomes", "tallies"))
    rows = store.conn.execute(
        "SELECT started_at, CASE status WHEN 'interrupted' THEN started_at ELSE finished_at END FROM runs"
        f" WHERE job IN ({placeholders(jobs)}) AND started_at >= ? AND started_at < ? AND finished_at IS NOT NULL"
        f" AND (status IN ('done', 'findings') OR {met}) ORDER BY started_at",
        (*jobs, utc_text(since - PAUSE_BEFORE), utc_text(until)),
    ).fetchall()
    return [
        {"since": finished, "resolved_at": end and began}
        for (_, finished), (began, end) in pairwise([*rows, (utc_text(until), None)])
        if parse_time(began) - parse_time(finished) > longest and parse_time(began) > since
    ]


def find_beginning(store: Store, jobs: Sequence[str]) -> str | None:
    """Return when the first of these jobs that was done had begun; None when none was ever."""
    sql = (
        f"SELECT started_at FROM runs WHERE job IN ({placeholders(jobs)}) AND status IN ('done', 'findings')"
        " ORDER BY started_at LIMIT 1"
    )
    row = store.conn.execute(sql, tuple(jobs)).fetchone()
    return row[0] if row else None


def save_outcomes(store: Store, run_id: int, records: Iterable[Mapping[str, Any]], now: datetime | None = None) -> None:
    """Store how addresses ended (``outcome`` records); of several for one address in a run the last holds.

    Also keeps the addresses that are not ours or were left, and counts failed tries: one call stores all of an outcome.
    """
    with writing(store):
        for record in records:
            note_left(store, record)
            if record["reason"] in TALLIED:
                store.execute(
                    "INSERT INTO tallies (run_id, outlet, reason, n) VALUES (?, ?, ?, 1)"
                    " ON CONFLICT (run_id, outlet, reason) DO UPDATE SET n = n + 1",
                    (run_id, record["outlet"], record["reason"]),
                )
                continue
            row = {
                "run_id": run_id,
                **{name: record[name] for name in ("url", "outlet", "reason")},
                "detail": record.get("detail") or "",
                "status": record.get("status"),
                "at": utc_text(record["at"]) if record.get("at") else now_text(now),
            }
            store.execute(build_insert("outcomes", row, "OR REPLACE"), row)
            if record["reason"] == "not_ours":
                save_not_ours(store, record)
            else:
                note_failure(store, record)


def count_outcomes(store: Store, run_id: int) -> dict[str, int]:
    """Return how many addresses of a run ended in each reason."""
    rows = store.conn.execute(
        "SELECT reason, SUM(n) FROM (SELECT reason, COUNT(*) AS n FROM outcomes WHERE run_id = ? GROUP BY reason"
        " UNION ALL SELECT reason, SUM(n) FROM tallies WHERE run_id = ? GROUP BY reason)"
        " GROUP BY reason ORDER BY 2 DESC, 1",
        (run_id, run_id),
    )
    return {reason: int(n) for reason, n in rows}


def find_outcomes(store: Store, url: str) -> list[Row]:
    """Return how one address ended in the latest 20 runs that met it, newest first."""
    return fetch_rows(store, "SELECT * FROM outcomes WHERE url = ? ORDER BY at DESC LIMIT 20", (url,))


def find_outlets_with(store: Store, reason: str, since: datetime) -> list[str]:
    """Return the outlets of which an address ended in a reason, in a run begun since then."""
    rows = store.execute(
        "SELECT DISTINCT outlet FROM outcomes WHERE reason = ?"
        " AND run_id IN (SELECT id FROM runs WHERE started_at >= ?) ORDER BY outlet",
        (reason, utc_text(since)),
    )
    return [outlet for (outlet,) in rows]


def compact_outcomes(store: Store, before: datetime) -> int:
    """Replace outcomes older than ``before`` by counts, so that the store stops growing with every look at an outlet;
    return how many were replaced. Of runs begun before it, only one count per reason is kept.
    """
    old = "outlet <> '' AND run_id IN (SELECT id FROM runs WHERE started_at < ?)"
    with writing(store):
        for outlet, table, n, where in (
            ("outlet", "outcomes", "COUNT(*)", "at < ?"),
            ("''", "tallies", "SUM(n)", old),
        ):
            store.execute(
                f"INSERT INTO tallies (run_id, outlet, reason, n) SELECT run_id, {outlet}, reason, {n} FROM {table}"
                f" WHERE {where} GROUP BY 1, 2, 3"
                " ON CONFLICT (run_id, outlet, reason) DO UPDATE SET n = n + excluded.n",
                (utc_text(before),),
            )
        store.execute(f"DELETE FROM tallies WHERE {old}", (utc_text(before),))
        return store.execute("DELETE FROM outcomes WHERE at < ?", (utc_text(before),)).rowcount


def _plain(rows: list[Row]) -> list[Row]:
    return [{**row, "args": json.loads(row["args"]), "summary": json.loads(row["summary"])} for row in rows]
