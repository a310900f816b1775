"""The crawl as a child process: started with its plan, read while it works, ended when asked to or when it hangs.

The child (``python -m crawlers``) knows no store: it gets a plan on standard input and writes JSON Lines. It stops by
itself when this process is gone, so that a kill leaves neither an orphan nor half an article. What it reports is
``monitor.ingest``'s to keep.
"""

from __future__ import annotations

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any

from monitor.errors import JobError

log = logging.getLogger("pantau")
COMMAND = (sys.executable, "-m", "crawlers")
SILENT_SECONDS = 600.0  # without a word, which a child that works says every minute, however long a host has it wait
STOP_SECONDS = 6.0  # what a child asked to stop may take; less than the 10 s that a service manager waits
POLL_SECONDS = 0.5
CHUNK = 1 << 16
SIGNS = frozenset({"alive", "reading"})  # types of records that say only what the child is at
BATCH_SECONDS = 0.25  # records that come together are stored together: a commit costs more than all else about them
BATCH_CHUNKS = 64

Record = dict[str, Any]


class Hung(JobError):
    """The child gave no sign of life for too long and was ended, maybe while ``reading`` a page (its last record)."""

    def __init__(self, told: str, reading: Record | None = None) -> None:
        super().__init__(told)
        self.reading = reading


def iter_crawl(
    plan: Mapping[str, Any], stop: threading.Event, log_file: Path | None = None, silent: float = SILENT_SECONDS
) -> Generator[Record, None, None]:
    """Yield what a crawl by ``plan`` reports, as it comes; close the generator to end the child.

    Raises JobError when the child fails, unless ``stop`` was set; Hung when it says nothing for ``silent`` seconds.
    """
    with closing(iter_batches(plan, stop, log_file, silent)) as batches:
        for records in batches:
            yield from records


def iter_batches(
    plan: Mapping[str, Any], stop: threading.Event, log_file: Path | None = None, silent: float = SILENT_SECONDS
) -> Generator[list[Record], None, None]:
    """Yield what a crawl reports like ``iter_crawl``, by what came together."""
    ended = False
    with _start_child(plan, log_file) as child:
        try:
            for records in _read_child(child, stop, silent):
                ended = ended or any(record["type"] == "end" for record in records)
                yield records
        finally:
            _end_child(child)
    if not ended and not stop.is_set():
        why = f"{_last_line(log_file)} ({log_file})" if log_file else "its last lines above say why"
        raise JobError(f"the crawl ended early with code {child.returncode}; what came is stored; {why}")


def _start_child(plan: Mapping[str, Any], log_file: Path | None) -> subprocess.Popen[bytes]:
    # The plan is a file: of a pipe, a child that hangs before it has read all would hold up this process too.
    # A session of its own: Ctrl-C reaches this process only, which stops the child and keeps what it still sends.
    with tempfile.TemporaryFile() as given, log_file.open("wb") if log_file else nullcontext() as errors:
        given.write(json.dumps(plan, ensure_ascii=False).encode())
        given.seek(0)
        return subprocess.Popen(COMMAND, stdin=given, stdout=subprocess.PIPE, stderr=errors, start_new_session=True)


def _read_child(child: subprocess.Popen[bytes], stop: threading.Event, silent: float) -> Iterator[list[Record]]:
    """Yield the child's records until it closes its output; ask it to end once ``stop`` is set, or it hangs.

    Raises Hung.
    """
    assert child.stdout is not None
    descriptor, rest, deadline, closed, hung = child.stdout.fileno(), b"", None, False, False
    heard, last = time.monotonic(), Record()
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while not closed and (deadline is None or time.monotonic() < deadline):
            if deadline is None and (stop.is_set() or hung):
                if hung:
                    child.send_signal(signal.SIGUSR1)  # has it write to its log where it stands
                child.terminate()
                deadline = time.monotonic() + STOP_SECONDS
            if not selector.select(POLL_SECONDS):  # asked before the clock, which runs on while this process is halted
                hung = hung or (deadline is None and time.monotonic() > heard + silent)
                continue
            read, closed = _read_some(selector, descriptor)
            heard = time.monotonic()
            *lines, rest = (rest + read).split(b"\n")
            records = [json.loads(line) for line in lines if line]
            last = records[-1] if records else last
            if told := [record for record in records if record["type"] not in SIGNS]:
                yield told
    if hung:
        raise _tell_hung(last, silent)


def _tell_hung(last: Record, silent: float) -> Hung:
    reading = last if last.get("type") == "reading" else None
    where = f", while it read {reading['url']}," if reading else ""
    told = f"the crawl gave no sign of life for {silent / 60:.3g} minutes{where} and was ended; what came is stored"
    return Hung(told, reading)


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
