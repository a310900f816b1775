"""Runs a crawl in a child process and keeps what it reports, in small transactions.

The child (``python -m crawlers``) knows no store: it gets a plan on standard input and writes JSON Lines. It stops by
itself when this process is gone, so that a kill leaves neither an orphan nor half an article.
"""

from __future__ import annotations

import json
import logging
import os
import selectors
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawlers.items import BACKFILL
from db.articles import note_look, save_article, withdraw_article
from db.connection import Store, writing
from db.findings import find_findings, raise_finding, resolve_finding
from db.outlets import leave_alone, note_walk, save_source_state
from db.runs import save_outcomes
from monitor.clock import find_now
from monitor.errors import JobError
from monitor.watch import KINDS

log = logging.getLogger("pantau")
STOP_SECONDS = 6.0  # what a child asked to stop may take; less than the 10 s that a service manager waits
POLL_SECONDS = 0.5
CHUNK = 1 << 16
BATCH_SECONDS = 0.25  # records that come together are stored together: a commit costs more than all else about them
BATCH_CHUNKS = 64
OF_PAGES = frozenset({"layout", "soft_404"})  # kinds of findings on which a run that read no page says nothing

Record = dict[str, Any]


@dataclass(slots=True)
class Gathered:
    """What a crawl brought: outcomes by reason, findings, ids of new or changed articles."""

    outcomes: Counter[str] = field(default_factory=Counter)
    findings: set[tuple[str, str]] = field(default_factory=set)  # outlet and kind
    read: set[str] = field(default_factory=set)  # outlets of which a page was fetched and could be read
    heard: set[str] = field(default_factory=set)  # outlets of which a list answered
    changed: list[int] = field(default_factory=list)
    leads: list[Record] = field(default_factory=list)  # what aggregators list, as it came
    ended: bool = False  # the child said that it had finished

    def to_summary(self) -> dict[str, Any]:
        """Return what the run's record keeps."""
        return {"outcomes": dict(self.outcomes), "findings": len(self.findings), "changed": len(self.changed)}


def run_crawl(
    store: Store,
    plan: Mapping[str, Any],
    run_id: int,
    stop: threading.Event,
    note: Callable[[Record], None] = lambda record: None,
    log_file: Path | None = None,
) -> Gathered:
    """Crawl by ``plan`` (``crawlers.plan.Plan`` as JSON) and store what comes; return what it brought.

    ``stop`` ends the child cleanly; what it had fetched is still stored. ``note`` sees every record after it was kept.
    The child's own log goes to ``log_file``, written anew, or to this process's standard error.
    Raises JobError when the child fails.
    """
    gathered = Gathered()
    asked = [outlet for outlet in plan["outlets"] if outlet not in plan.get("looks_only", ())]
    note_walk(store, asked, ended=False)
    with closing(_iter_crawl(plan, stop, log_file)) as batches:
        for records in batches:
            with writing(store):
                for record in records:
                    keep_record(store, record, run_id, gathered)
            for record in records:
                note(record)
    if gathered.ended and not stop.is_set():
        note_walk(store, asked, ended=True)
        _resolve_mended(store, asked, gathered, backfilled=plan.get("since") is not None)
    return gathered


def iter_crawl(
    plan: Mapping[str, Any], stop: threading.Event, log_file: Path | None = None
) -> Generator[Record, None, None]:
    """Yield what a crawl by ``plan`` reports, as it comes; close the generator to end the child.

    Raises JobError when the child fails, unless ``stop`` was set.
    """
    with closing(_iter_crawl(plan, stop, log_file)) as batches:
        for records in batches:
            yield from records


def _iter_crawl(
    plan: Mapping[str, Any], stop: threading.Event, log_file: Path | None
) -> Generator[list[Record], None, None]:
    ended = False
    with _start_child(plan, log_file) as child:
        try:
            for records in _iter_batches(child, stop):
                ended = ended or any(record["type"] == "end" for record in records)
                yield records
        finally:
            _end_child(child)
    if not ended and not stop.is_set():
        why = f"{_last_line(log_file)} ({log_file})" if log_file else "its last lines above say why"
        raise JobError(f"the crawl ended early with code {child.returncode}; what came is stored; {why}")


def keep_record(store: Store, record: Record, run_id: int, gathered: Gathered) -> None:
    """Store one record of a crawl; doing so twice changes nothing."""
    match record["type"]:
        case "article":
            saved = save_article(store, record, run_id, find_now())
            outcome = {"url": record["url"], "outlet": record["outlet"], "reason": saved.reason}
            save_outcomes(store, run_id, [outcome], find_now())
            gathered.outcomes[saved.reason] += 1
            gathered.read.add(record["outlet"])
            if saved.reason in {"stored", "revised"}:
                gathered.changed.append(saved.id)
        case "outcome":
            save_outcomes(store, run_id, [record], find_now())
            gathered.outcomes[record["reason"]] += 1
            if record["reason"] == "gone":
                withdraw_article(store, record["url"], record.get("at") or find_now())
            if record["reason"] == "unchanged":
                note_look(store, record["url"], find_now())
            if record["reason"] == "unchanged" or (record["reason"] == "not_ours" and record.get("status")):
                gathered.read.add(record["outlet"])
        case "source":
            save_source_state(store, record)
            gathered.heard |= set() if record.get("error") else {record["outlet"]}
        case "finding":
            raise_finding(store, record["outlet"], record["kind"], record["detail"], find_now())
            gathered.findings.add((record["outlet"], record["kind"]))
        case "left_alone":
            leave_alone(store, record["outlet"], record["until"])
        case "lead":
            gathered.leads.append(record)
        case "end":
            gathered.ended = True
        case other:
            raise JobError(
                f"the crawl sent a record of unknown type {other!r}: two versions of Pantau are mixed; install it anew"
            )


def _resolve_mended(store: Store, outlets: Sequence[str], gathered: Gathered, *, backfilled: bool) -> None:
    """Close the findings of outlets that were looked at to the end and did not show them again: of none that could not
    be had at all, for whatever other cause, so that since when stays known; what is wrong with pages, once one could be
    read.
    """
    for finding in find_findings(store):
        if finding["kind"] == BACKFILL and not backfilled:
            continue
        if finding["kind"] in OF_PAGES and finding["outlet"] not in gathered.read:
            continue
        if finding["outlet"] not in gathered.read | gathered.heard and finding["kind"] != "recipe":
            continue
        key = (finding["outlet"], finding["kind"])
        if finding["outlet"] in outlets and finding["kind"] not in KINDS and key not in gathered.findings:
            resolve_finding(store, *key, find_now())


def _start_child(plan: Mapping[str, Any], log_file: Path | None) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches this process only, which stops the child and keeps what it still sends.
    with log_file.open("wb") if log_file else nullcontext() as errors:
        child = subprocess.Popen(
            [sys.executable, "-m", "crawlers"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )
    assert child.stdin is not None
    try:
        child.stdin.write(json.dumps(plan, ensure_ascii=False).encode())
        child.stdin.close()
    except BrokenPipeError:
        log.debug("the crawl ended before it had read its plan")
    return child


def _iter_batches(child: subprocess.Popen[bytes], stop: threading.Event) -> Iterator[list[Record]]:
    """Yield the child's records until it closes its output; ask it to end once ``stop`` is set."""
    assert child.stdout is not None
    descriptor, rest, deadline, closed = child.stdout.fileno(), b"", None, False
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while not closed and (deadline is None or time.monotonic() < deadline):
            if stop.is_set() and deadline is None:
                child.terminate()
                deadline = time.monotonic() + STOP_SECONDS
            if not selector.select(POLL_SECONDS):
                continue
            read, closed = _read_some(selector, descriptor)
            *lines, rest = (rest + read).split(b"\n")
            if records := [json.loads(line) for line in lines if line]:
                yield records


def _read_some(selector: selectors.BaseSelector, descriptor: int) -> tuple[bytes, bool]:
    """Return what comes within ``BATCH_SECONDS``, and whether that was the last."""
    parts: list[bytes] = []
    until = time.monotonic() + BATCH_SECONDS
    while len(parts) < BATCH_CHUNKS and selector.select(max(0.0, until - time.monotonic())):
        chunk = os.read(descriptor, CHUNK)
        if not chunk:
            return b"".join(parts), True
        parts.append(chunk)
    return b"".join(parts), False


def _end_child(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        try:
            child.wait(timeout=POLL_SECONDS)
        except subprocess.TimeoutExpired:
            child.terminate()
    try:
        child.wait(timeout=STOP_SECONDS / 3)
    except subprocess.TimeoutExpired:
        log.warning("the crawl did not end in time and is killed; what it had sent is stored")
        child.kill()


def _last_line(log_file: Path) -> str:
    lines = log_file.read_text(encoding="utf-8", errors="replace").splitlines()
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
