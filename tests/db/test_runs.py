"""Runs, counted outcomes, sources and findings."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

from db.connection import Store
from db.findings import find_findings, raise_finding, resolve_finding
from db.outlets import find_outlets, find_source_states, save_source_state
from db.runs import (
    compact_outcomes,
    count_outcomes,
    find_outcomes,
    find_runs,
    finish_run,
    is_alive,
    mark_interrupted,
    save_outcomes,
    start_run,
)

NOW = datetime(2025, 3, 1, 2, 0, tzinfo=UTC)


def test_every_address_of_a_run_is_counted_once(store: Store) -> None:
    run = start_run(store, "crawl", os.getpid(), {"since": "2025-03-01"}, now=NOW)

    def outcome(n: int, reason: str) -> dict[str, object]:
        return {"url": f"https://a.example/{n}", "outlet": "a.example", "reason": reason, "status": 200}

    save_outcomes(
        store, run, [outcome(n, "known") for n in range(40)] + [outcome(50, "timeout"), outcome(51, "blocked")]
    )
    save_outcomes(store, run, [outcome(50, "stored"), outcome(51, "blocked"), outcome(60, "unchanged")])
    assert count_outcomes(store, run) == {"known": 40, "blocked": 1, "stored": 1, "unchanged": 1}
    finish_run(store, run, "findings", {"stored": 1}, now=NOW)
    [listed] = find_runs(store)
    assert (listed["status"], listed["args"], listed["summary"]) == ("findings", {"since": "2025-03-01"}, {"stored": 1})
    assert listed["outcomes"]["known"] == 40
    assert [row["reason"] for row in find_outcomes(store, "https://a.example/50")] == ["stored"]


def test_compacted_outcomes_keep_their_counts(store: Store) -> None:
    run = start_run(store, "crawl", os.getpid())
    old, new = "2025-01-01T00:00:00+00:00", "2025-03-01T00:00:00+00:00"
    rows = [("blocked", old), ("blocked", old), ("stored", old), ("blocked", new)]
    save_outcomes(
        store,
        run,
        [{"url": f"https://a.example/{n}", "outlet": "a", "reason": r, "at": at} for n, (r, at) in enumerate(rows)],
    )
    before = count_outcomes(store, run)
    assert compact_outcomes(store, datetime(2025, 2, 1, tzinfo=UTC)) == 3
    assert compact_outcomes(store, datetime(2025, 2, 1, tzinfo=UTC)) == 0
    assert count_outcomes(store, run) == before == {"blocked": 3, "stored": 1}
    assert find_outcomes(store, "https://a.example/0") == []


def test_counts_of_old_runs_are_kept_by_reason_only(store: Store) -> None:
    old, new = (start_run(store, "refresh", os.getpid(), now=NOW - timedelta(days=days)) for days in (100, 1))
    for run in (old, new):
        known = [{"url": f"https://{o}.example/1", "outlet": o, "reason": "known"} for o in ("a", "b", "c") * 5]
        blocked = {"url": "https://a.example/2", "outlet": "a", "reason": "blocked", "at": "2024-11-21T00:00:00+00:00"}
        save_outcomes(store, run, [*known, blocked])
    for _ in range(2):
        compact_outcomes(store, NOW - timedelta(days=90))
        assert [count_outcomes(store, run) for run in (old, new)] == [{"known": 15, "blocked": 1}] * 2
        rows = store.execute("SELECT run_id, outlet, n FROM tallies WHERE reason = 'known' ORDER BY 1, 2").fetchall()
        assert rows == [(old, "", 15), (new, "a", 5), (new, "b", 5), (new, "c", 5)]


def test_runs_of_dead_processes_are_closed_and_those_of_living_ones_are_not(store: Store) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    dead = start_run(store, "crawl", ended.pid)
    alive = start_run(store, "annotate", os.getppid())
    own = start_run(store, "digest", os.getpid())
    done = start_run(store, "crawl", ended.pid)
    finish_run(store, done, "done")
    assert [run["id"] for run in mark_interrupted(store)] == [dead, own]
    assert {run["id"]: run["status"] for run in find_runs(store)} == {
        dead: "interrupted",
        alive: "running",
        own: "interrupted",
        done: "done",
    }
    assert is_alive(os.getpid())


def test_a_source_keeps_since_when_it_fails(store: Store) -> None:
    state = {"outlet": "a.example", "source": "https://a.example/feed", "etag": "x", "seen": 10, "new": 2}
    save_source_state(store, {**state, "checked_at": "2025-03-01T00:00:00+00:00"})
    for hour in (1, 2):
        save_source_state(store, {**state, "error": "timeout", "checked_at": f"2025-03-01T0{hour}:00:00+00:00"})
    [row] = find_source_states(store, ["a.example"])
    assert (row["error"], row["failing_since"], row["etag"]) == ("timeout", "2025-03-01T01:00:00Z", "x")
    assert find_outlets(store)[0]["last_success_at"] == "2025-03-01T00:00:00Z"
    save_source_state(store, {**state, "checked_at": "2025-03-01T03:00:00+00:00"})
    assert find_source_states(store)[0]["failing_since"] is None
    assert find_source_states(store, ["b.example"]) == []


def test_a_finding_stays_one_until_resolved(store: Store) -> None:
    raise_finding(store, "a.example", "blocked", "403 on /feed", "2025-03-01T00:00:00+00:00")
    raise_finding(store, "a.example", "blocked", "403 on /", "2025-03-02T00:00:00+00:00")
    raise_finding(store, "a.example", "layout", "no text", "2025-03-02T00:00:00+00:00")
    first, second = find_findings(store)
    assert (first["since"], first["detail"], first["times"]) == ("2025-03-01T00:00:00Z", "403 on /", 2)
    assert second["kind"] == "layout"
    assert resolve_finding(store, "a.example", "blocked", NOW) == 1
    assert [row["kind"] for row in find_findings(store)] == ["layout"]
    assert resolve_finding(store, "a.example", None, NOW) == 1
    raise_finding(store, "a.example", "blocked", "again", "2025-03-05T00:00:00+00:00")
    assert [row["since"] for row in find_findings(store)] == ["2025-03-05T00:00:00Z"]
    assert store.execute("SELECT COUNT(*) FROM findings").fetchone() == (3,)
