"""Annotates what waits in the store: batches to worker processes, results back in one transaction per batch.

A kill loses at most the batches under way, which stay pending. What annotation means is ``nlp``'s.
"""

from __future__ import annotations

import logging
import multiprocessing
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Any

from db.annotations import pending, save_annotations
from db.connection import Store
from db.faults import StoreBusy, explaining
from db.stories import link_article
from monitor import worker
from monitor.clock import find_now
from monitor.config import Config
from monitor.errors import JobError
from nlp import similarity

log = logging.getLogger("pantau")
BATCH = 32  # articles per task: a second of work, so that stopping is quick and a kill loses little
SMALL = 200  # below this a second process costs more to start than it saves
AHEAD = 2  # tasks waiting per process
SHOWN_FAULTS = 5  # a fault of the pipeline would fill the log; the run's record counts them all

Row = worker.Row
Result = Future[list[Row]]


@dataclass(slots=True)
class Annotated:
    """What a run of annotation did: articles saved, ids of articles on which the pipeline failed."""

    saved: int = 0
    faults: list[int] = field(default_factory=list)

    def to_summary(self) -> dict[str, Any]:
        """Return what the run's record keeps; of the articles that failed, the first few ids."""
        failed = {"failed": len(self.faults), "failed_first": self.faults[:SHOWN_FAULTS]} if self.faults else {}
        return {"annotated": self.saved, **failed}


def run_annotation(
    store: Store,
    config: Config,
    stop: threading.Event,
    everything: bool = False,
    note: Callable[[int], None] = lambda count: None,
) -> Annotated:
    """Annotate pending articles (with ``everything`` also those of another version) and save the results.

    An article on which the pipeline fails stays pending and is named in the log. ``note`` is told after each batch
    how many it held. Raises JobError when a worker process dies.
    """
    done = Annotated()
    if not everything and not pending(store, "", limit=1):
        return done
    processes = 1 if not everything and len(pending(store, "", limit=SMALL)) < SMALL else config.workers
    try:
        with _open_pool(config, processes) as pool:
            version = pool.submit(worker.read_version).result()
            batches = _iter_batches(store, version, everything, stop)
            for rows, result in _map_ahead(pool, batches, processes * AHEAD):
                done.saved += save_annotations(store, _results(pool, rows, result, done.faults), find_now())
                note(len(rows))
    except BrokenProcessPool:
        raise JobError(
            f"a process that annotates ended unexpectedly after {done.saved} articles (memory? a broken profile?); "
            "what is missing stays pending: `pantau profile check`, then `pantau annotate`"
        ) from None
    return done


def annotate_articles(store: Store, config: Config, ids: Iterable[int]) -> int:
    """Annotate those of the named articles that wait, for the person who has just spoken of them; return how many.

    What cannot be annotated now stays pending for the next refresh and is named in the log: what the person said is
    stored, whatever becomes of the reading.
    """
    rows = [row for ident in ids for row in pending(store, "", limit=1, after_id=ident - 1) if row["id"] == ident]
    if not rows:
        return 0
    try:
        with explaining(), _open_pool(config, 1) as pool:
            found = _results(pool, rows, pool.submit(worker.annotate_rows, rows), [])
            return save_annotations(store, found, find_now())
    except (BrokenProcessPool, OSError, StoreBusy) as fault:
        waiting = ", ".join(str(row["id"]) for row in rows)
        log.warning("article %s is not annotated yet, the next refresh does it: %r", waiting, fault)
        return 0


def read_anew(store: Store, config: Config, ids: Sequence[int]) -> None:
    """Annotate and link articles whose text a person has just given, so that the next digest has them.

    What cannot be done now waits for the next refresh.
    """
    annotate_articles(store, config, ids)
    try:
        with explaining():
            for article_id in ids:
                link_article(store, article_id, similarity)
    except StoreBusy as fault:
        log.warning("the story of article %s is not looked for yet: %s", ", ".join(map(str, ids)), fault)


def _open_pool(config: Config, processes: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, context, worker.prepare, (config.profile, config.models_folder))


def _iter_batches(store: Store, version: str, everything: bool, stop: threading.Event) -> Iterator[list[Row]]:
    after = 0
    while not stop.is_set():
        rows = pending(store, version, limit=BATCH, after_id=after, all=everything)
        if not rows:
            return
        after = rows[-1]["id"]
        yield rows


def _map_ahead(
    pool: ProcessPoolExecutor, batches: Iterator[list[Row]], ahead: int
) -> Iterator[tuple[list[Row], Result]]:
    """Run batches in the pool, in order, with few of them in memory at a time."""
    under_way: deque[tuple[list[Row], Result]] = deque()
    for rows in batches:
        under_way.append((rows, pool.submit(worker.annotate_rows, rows)))
        if len(under_way) >= ahead:
            yield under_way.popleft()
    yield from under_way


def _results(pool: ProcessPoolExecutor, rows: list[Row], result: Result, faults: list[int]) -> list[Row]:
    """Return the annotations of a batch; where one article spoils it, those of the others."""
    fault = result.exception()
    if fault is None:
        return result.result()
    if isinstance(fault, BrokenProcessPool):
        raise fault
    if len(rows) == 1:
        level = logging.ERROR if len(faults) < SHOWN_FAULTS else logging.DEBUG
        log.log(level, "article %d (%s) cannot be annotated, stays pending: %r", rows[0]["id"], rows[0]["url"], fault)
        faults.append(rows[0]["id"])
        return []
    return [found for row in rows for found in _results(pool, [row], pool.submit(worker.annotate_rows, [row]), faults)]
