"""Jobs as the operator knows them: each is recorded as a run from its start, and can be stopped between two steps.

What a job does is in ``monitor.ingest``, ``monitor.annotate`` and ``monitor.digest``; when it is done, in
``monitor.service``.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from db.connection import Store
from db.runs import finish_run, mark_interrupted, start_run
from monitor.clock import find_now
from monitor.errors import InputError

log = logging.getLogger("pantau")
GATHERING = ("crawl", "refresh")  # jobs that ask outlets


@dataclass(slots=True)
class Run:
    """A job at work; ``status`` is done, findings or stopped, as the job says, else failed, or refused: wrong input."""

    id: int
    status: str = ""
    summary: dict[str, Any] = field(default_factory=dict)


def recorded(store: Store, job: str, args: Mapping[str, Any] | None = None) -> AbstractContextManager[Run]:
    """Record a job's run. An exception ends it as failed, or as refused when the input was wrong, whatever status was
    set; it is noted in the summary and goes on.
    """
    return _Recording(store, Run(start_run(store, job, os.getpid(), dict(args or {}), find_now())))


class _Recording(AbstractContextManager[Run]):
    def __init__(self, store: Store, run: Run) -> None:
        self.store, self.run = store, run

    def __enter__(self) -> Run:
        return self.run

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        run = self.run
        if error is None:
            run.status = run.status or "done"
        else:
            run.status = "refused" if isinstance(error, InputError) else "failed"
        if isinstance(error, Exception):
            run.summary["error"] = " ".join(f"{error}".split()) or type(error).__name__
        finish_run(self.store, run.id, run.status, run.summary, find_now())


def close_interrupted(store: Store) -> None:
    """Close the runs that a dead process left open. Once per process, before its first run."""
    for dead in mark_interrupted(store, find_now()):
        log.warning(
            "run %d (%s) of process %d was interrupted; what it had stored is kept",
            dead["id"],
            dead["job"],
            dead["pid"],
        )


@contextmanager
def stop_on_signals() -> Iterator[threading.Event]:
    """Yield an event that SIGTERM or SIGINT sets: a job ends after its present step. A second SIGINT interrupts it."""
    stop = threading.Event()

    def ask(number: int, _frame: FrameType | None) -> None:
        if stop.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stop.set()
        log.warning("stopping after the present step (%s)", signal.Signals(number).name)

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
