"""One refresh: crawl the outlets whose turn it is, annotate, group into stories, alert. What the scheduler runs.

Each part works on what is stored, so a refresh that was cut off is completed by the next one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from db.connection import Store
from db.outlets import find_source_states
from monitor.alerts.rules import load_rules
from monitor.alerts.run import run_alerts
from monitor.annotate import run_annotation
from monitor.child import Record
from monitor.clock import find_now
from monitor.errors import JobError
from monitor.gather import Wish, drop_unwatched, find_due, find_held, find_looks, run_gathering, tell_broken
from monitor.ingest import Gathered
from monitor.jobs import Run
from monitor.notify.deliver import run_delivery
from monitor.notify.health import queue_health
from monitor.office import Office
from monitor.stories import run_grouping

OUTLET_SECONDS = 900.0  # of a refresh that one outlet gets; what is left is read by the next ones


def run_refresh(
    office: Office,
    store: Store,
    run: Run,
    stop: threading.Event,
    outlets: tuple[str, ...] | None = None,
    note: Callable[[Record], None] = lambda record: None,
) -> None:
    """Crawl ``outlets`` (None: those that are due), annotate and group what is new, alert; fill summary and status."""
    load_rules(office.config.alerts, office.config.delivery.groups)  # a fault in them is told before the crawl
    try:
        _gather(office, store, run, stop, outlets, note)
    except JobError:  # one that fails each time would have all news wait that it brought before
        _work_up(office, store, run, stop)
        raise
    _work_up(office, store, run, stop)
    if stop.is_set():
        run.status = "stopped"


def _gather(
    office: Office,
    store: Store,
    run: Run,
    stop: threading.Event,
    outlets: tuple[str, ...] | None,
    note: Callable[[Record], None],
) -> None:
    wanted = find_round(office, store) if outlets is None else outlets
    looks = find_looks(office, store, wanted) if outlets is None else ()
    run.summary["outlets"], started = len(wanted), find_now()
    gathered = Gathered()
    try:
        if wanted or looks:
            gathered = run_gathering(
                store, office, Wish(wanted, looks=looks, seconds=OUTLET_SECONDS), run.id, stop, note
            )
        if outlets is None:
            tell_broken(store, office, gathered)
            drop_unwatched(store, office)
    finally:  # what a crawl found before it failed would be told by no later run
        queue_health(store, office, started, find_now())
    if wanted or looks or gathered.findings:
        run.summary |= gathered.to_summary()
        run.status = "findings" if gathered.findings else ""


def find_round(office: Office, store: Store) -> tuple[str, ...]:
    """Return the outlets whose turn it is, without those that would hold up the crawl again."""
    due, held = find_due(office, find_source_states(store), find_now()), find_held(store, find_now())
    return tuple(outlet for outlet in due if outlet not in held)


def _work_up(office: Office, store: Store, run: Run, stop: threading.Event) -> None:
    """Annotate and group what is new, alert, send."""
    if not stop.is_set():
        annotated = run_annotation(store, office.config, stop)
        run.summary |= annotated.to_summary()
        run.status = "findings" if annotated.faults else run.status
    if not stop.is_set():
        run.summary["grouped"] = run_grouping(store, stop)
    if not stop.is_set():
        run.summary["alerts"] = len(run_alerts(store, office))
        delivered = run_delivery(store, office, stop)
        run.summary |= delivered.to_summary()
        run.status = "findings" if delivered.faults else run.status
