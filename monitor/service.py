"""The service: refreshes on a rhythm, freezes and sends editions at their hours, one instance per store.

What the jobs do is ``monitor.refresh``'s and ``monitor.editions``'s; each is recorded as a run. This is the one place
that survives any fault of a job: it is logged, the run ends as failed, the next one starts on time.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from functools import partial
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from db.connection import Store, open_store
from monitor.alerts.rules import load_rules
from monitor.backup import is_backup_due, run_backup
from monitor.clock import find_now
from monitor.editions import build_edition, freeze_edition
from monitor.errors import FAILED, tell_fault
from monitor.jobs import Run, recorded
from monitor.lock import lock_store
from monitor.notify.deliver import is_due, run_delivery
from monitor.notify.queue import queue_scheduled
from monitor.notify.report import queue_report
from monitor.office import Office, open_office_store, register_outlets, renew_recipes
from monitor.refresh import run_refresh
from monitor.report.month import Month
from monitor.report.run import freeze_report, make_report
from monitor.retention import run_retention
from monitor.service_watch import REPORTING, find_due_editions, find_due_report, note_missed, watch_job

log = logging.getLogger("pantau")
CLOCK_SECONDS = 60.0  # between two looks at the machine's clock
STOP_SECONDS = 8.0  # jobs end within this after SIGTERM; a service manager kills after 10 s
Job = Callable[[Store, Run, threading.Event], None]


def run_service(office: Office, stop: threading.Event) -> None:
    """Run until ``stop`` is set; then let the jobs under way end and return, within ten seconds.

    Raises Busy when another instance works on the store, ConfigError for rules of alerts that cannot be used.
    """
    load_rules(office.config.alerts, office.config.delivery.groups)
    with lock_store(office.config.store):
        log.info("watching %d outlets into %s; stop with Ctrl-C or SIGTERM", len(office.chosen), office.config.store)
        gate = threading.Lock()
        # The store stays open: with nobody at it SQLite takes away the files beside it, for which a disk that is full
        # has no room again, and then nobody could read what is stored.
        with closing(open_office_store(office)), serve_pages(office, gate):
            while True:
                scheduler = build_scheduler(office, stop, gate)
                scheduler.start()
                if not is_put_back(stop):
                    break
                log.warning("the clock was put back: every job is scheduled anew")
                scheduler.shutdown(wait=True)
            _end_jobs(scheduler)
        log.info("stopped")


@contextmanager
def serve_pages(office: Office, gate: threading.Lock) -> Iterator[None]:
    """Serve the workspace meanwhile, unless the configuration wants none. Raises ConfigError when it cannot listen."""
    if not office.config.web.enabled:
        yield
        return
    from monitor.web.server import serve_workspace  # commands that run no service need no web framework

    with serve_workspace(office, gate) as address:
        log.info("the workspace is at %s", address)
        yield


def is_put_back(stop: threading.Event) -> bool:
    """Wait until ``stop`` is set (False) or the machine's clock was put back (True), as by a first look at a time
    server: the jobs, scheduled for times of the old clock, would all wait for as long as it was ahead.
    """
    last = time.time()
    while not stop.wait(CLOCK_SECONDS):
        now = time.time()
        if now < last - CLOCK_SECONDS:
            return True
        last = now
    return False


def build_scheduler(office: Office, stop: threading.Event, gate: threading.Lock) -> BackgroundScheduler:
    """Return the scheduler with its jobs, not yet started; it refreshes at once.

    ``gate`` is held while outlets are asked, so that a page that somebody adds by hand is not fetched at once.
    """
    schedule = office.config.schedule
    scheduler = BackgroundScheduler(
        executors={"default": ThreadPoolExecutor(3)},  # an edition need not wait for a crawl and a backup
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": schedule.grace_minutes * 60},
        timezone=office.zone,
    )
    now, minutely = datetime.now(office.zone), CronTrigger(second=0, timezone=office.zone)

    def add(name: str, work: Callable[[], None], trigger: BaseTrigger, **how: Any) -> None:
        scheduler.add_job(work, trigger, id=name, name=name, **how)

    rhythm = IntervalTrigger(minutes=schedule.refresh_minutes, timezone=office.zone)
    refresh = partial(run_job, office, "refresh", partial(refresh_alone, office, gate), stop)
    add("refresh", refresh, rhythm, next_run_time=now)
    add(
        "retention",
        partial(run_job, office, "retention", partial(forget_old, office), stop),
        IntervalTrigger(days=1, timezone=office.zone),
        next_run_time=now,  # a day may never be up between restarts
        misfire_grace_time=None,  # however late, for a machine that is off at that hour every day
    )
    add("editions", partial(freeze_due, office, stop), minutely, next_run_time=now)
    add("delivery", partial(deliver_due, office, stop), minutely)
    add("report", partial(report_due, office, stop), minutely)
    hourly = IntervalTrigger(hours=1, timezone=office.zone)
    add("backup", partial(back_up_due, office, stop), hourly, next_run_time=now)
    return scheduler


def run_job(office: Office, name: str, work: Job, stop: threading.Event) -> None:
    """Do one job with its own connection and record it; whatever goes wrong is logged, never raised."""
    if stop.is_set():
        return
    with surviving(name), open_store(office.config.store) as store, watch_job(store, office, name):
        with recorded(store, name) as run:
            work(store, run, stop)
        log.info("%s: %s %s", name, run.status, run.summary)


@contextmanager
def surviving(name: str) -> Iterator[None]:
    """Log whatever goes wrong within, never raise it: what is no fault of the program as the sentence that says what to
    do, for a full disk fails several jobs in each minute.
    """
    try:
        yield
    except Exception as error:
        told = tell_fault(error)
        cause, trace = (f": {told}", None) if told else ("", error)
        log.exception("%s failed, the next one starts as scheduled%s", name, cause, exc_info=trace)


def refresh_alone(office: Office, gate: threading.Lock, store: Store, run: Run, stop: threading.Event) -> None:
    """Crawl, annotate and group while nobody else asks outlets for pages, by the recipes as they are now."""
    while not gate.acquire(timeout=1):
        if stop.is_set():
            return
    try:
        office = renew_recipes(office)
        register_outlets(store, office)
        run_refresh(office, store, run, stop)
    finally:
        gate.release()


def forget_old(office: Office, store: Store, run: Run, stop: threading.Event) -> None:
    """Delete what the config keeps for some days only."""
    run_retention(store, office.config.retention, run)


@surviving("editions")
def freeze_due(office: Office, stop: threading.Event) -> None:
    """Make the editions that have closed and are not made yet, as after a start a little too late; note those for which
    it is too late. What a scheduler was to do in an hour in which the machine was off, it would not know of.
    """
    now = find_now()
    with open_store(office.config.store) as store:
        due = find_due_editions(store, office, now)
        note_missed(store, office, now)
    for one in due:
        run_job(office, one.job, partial(freeze_now, office, one.name, one.day), stop)


def freeze_now(office: Office, edition: str, day: date, store: Store, run: Run, stop: threading.Event) -> None:
    """Build an edition of that day and name, keep it as it is and send it to the groups that are to get it."""
    data = build_edition(store, office, day, edition)
    frozen = freeze_edition(store, data)
    run.summary = {"edition": frozen, "dataset": data.id, "articles": data.totals.articles}
    run.summary["queued"] = queue_scheduled(store, office, frozen, data, find_now())
    send_due(office, store, run, stop)


@surviving("report")
def report_due(office: Office, stop: threading.Event) -> None:
    """Make last month's report for the groups that get it, when its day has come and it is not made yet."""
    with open_store(office.config.store) as store:
        month = find_due_report(store, office, find_now())
    if month:
        run_job(office, REPORTING, partial(report_now, office, month), stop)


def report_now(office: Office, month: Month, store: Store, run: Run, stop: threading.Event) -> None:
    """Build the report of a month, keep it as it is and send it to the groups that are to get it."""
    data = make_report(store, office, month)
    frozen = freeze_report(store, data, month)
    run.summary = {"edition": frozen, "dataset": data.id, "articles": data.totals.articles}
    run.summary["queued"] = queue_report(store, office, frozen, data, find_now())
    send_due(office, store, run, stop)


@surviving("delivery")
def deliver_due(office: Office, stop: threading.Event) -> None:
    """Send what waited for the end of quiet hours or for another try; no run is recorded while nothing does."""
    with open_store(office.config.store) as store:
        due = is_due(store, office, find_now())
    if due:
        run_job(office, "delivery", partial(send_due, office), stop)


@surviving("backup")
def back_up_due(office: Office, stop: threading.Event) -> None:
    """Copy the store when the last copy is a day old; one that failed is tried again each hour."""
    if is_backup_due(office.config, office.zone, find_now()):
        run_job(office, "backup", partial(back_up, office), stop)


def back_up(office: Office, store: Store, run: Run, stop: threading.Event) -> None:
    """Copy the store into the folder of backups."""
    made = run_backup(store, office.config, office.zone, stop.is_set)
    run.status, run.summary["file"] = ("", str(made)) if made else ("stopped", None)


def send_due(office: Office, store: Store, run: Run, stop: threading.Event) -> None:
    """Send what is due; whatever does not go out is a finding."""
    delivered = run_delivery(store, office, stop, clock=find_now)
    run.summary |= delivered.to_summary()
    run.status = "findings" if delivered.faults else run.status


def _end_jobs(scheduler: BackgroundScheduler) -> None:
    """Wait for the jobs under way, which see ``stop``; one that does not end in time is cut off, as a kill would.

    Nothing is lost by that: what was stored is whole, the run is closed as interrupted at the next start.
    """
    last = threading.Timer(STOP_SECONDS, os._exit, (FAILED,))
    last.daemon = True
    last.start()
    scheduler.shutdown(wait=True)
    last.cancel()
