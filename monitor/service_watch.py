"""Finds what is wrong with the service itself, of which no outlet's finding tells: a job that fails again and again, an
edition that was not made, a disk that fills up. Told to whoever operates it, as ``monitor.notify.health`` does.

Such a finding stands in place of an outlet under ``service:`` and the job's name.
"""

from __future__ import annotations

import shutil
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from db.connection import Store
from db.findings import is_open, raise_finding, resolve_finding
from db.runs import find_last_finished, find_last_run, has_run_before
from monitor.clock import at, find_now, find_today, parse_instant
from monitor.config import Config
from monitor.jobs import GATHERING
from monitor.notify.health import queue_troubles
from monitor.office import Office
from monitor.report.month import Month
from monitor.watch import SERVICE

ENOUGH_BYTES = 1 << 30  # a year of evidence of a hundred outlets takes a few GB
LAST_BYTES = 1 << 27  # told once more: what a full disk does not take is no message either
FAILS, MISSED, FULL, LAST = "job_failed", "edition_missed", "disk", "disk_last"  # kinds of findings
DISK = f"{SERVICE}disk"
MADE = frozenset({"done", "findings"})  # states of an edition's run after which it is not made again
LATELY = timedelta(hours=1)  # before an edition's hour; when outlets were last asked earlier, it waits for a refresh
MARGIN = timedelta(minutes=5)  # before its time of grace ends, when it is made all the same
AGAIN = timedelta(minutes=10)  # between two tries of an edition or report that fails
REPORTING, REPORT_AT = "report", time(8)  # the job of last month's report, and when on its day: at work, with the staff
KNOWN_DAYS = timedelta(days=40)  # back to which is looked for an edition that was made: nobody misses what never was


@dataclass(frozen=True, slots=True)
class Closed:
    """An edition whose hour has come, for the last time before now."""

    name: str
    day: date
    at: datetime

    @property
    def job(self) -> str:
        """The name under which its runs are recorded."""
        return f"edition {self.name}"


def watch_job(store: Store, office: Office, job: str) -> AbstractContextManager[None]:
    """Note how the job within ended, and how much room is left on the disk; queue what is new for the operator."""
    return _Watching(store, office, job)


class _Watching(AbstractContextManager[None]):
    def __init__(self, store: Store, office: Office, job: str) -> None:
        self.store, self.office, self.job, self.started = store, office, job, find_now()
        before = find_last_run(store, job, self.started - KNOWN_DAYS, self.started)
        self.failed_before = before is not None and before["status"] == "failed"

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        now = find_now()
        if error is None:
            resolve_finding(self.store, f"{SERVICE}{self.job}", None, now)
        elif self.failed_before:  # once is no news: the next run does what this one left
            detail = " ".join(f"{error}".split()) or type(error).__name__
            raise_finding(self.store, f"{SERVICE}{self.job}", FAILS, detail, now)
        _note_room(self.store, self.office.config, now)
        queue_troubles(self.store, self.office, now)


def find_room(config: Config) -> tuple[int, Path]:
    """Return the free bytes of the disk with the least room, of those of store and pages, and a folder on it."""
    places = (config.store.absolute(), config.evidence_folder.absolute() / "pages")
    folders = [next(parent for parent in place.parents if parent.exists()) for place in places]
    return min((shutil.disk_usage(folder).free, folder) for folder in folders)


def tell_bytes(size: int) -> str:
    """Return a size as an operator reads it."""
    return f"{size / 1e9:.1f} GB" if size >= 10**8 else f"{size / 1e6:.1f} MB"


def _note_room(store: Store, config: Config, now: datetime) -> None:
    free, folder = find_room(config)
    kind = LAST if free < LAST_BYTES else FULL
    if free >= ENOUGH_BYTES:
        resolve_finding(store, DISK, None, now)
    elif not is_open(store, DISK, LAST) and not is_open(store, DISK, kind):
        told = f"{tell_bytes(free)} free at {folder}: free some space, or move store and evidence"
        raise_finding(store, DISK, kind, told, now)


def list_closed(office: Office, now: datetime) -> list[Closed]:
    """Return each edition with the day and the moment at which it last closed."""
    today = find_today(office.zone, now)
    clocks = office.config.schedule.clocks
    days = {name: today - timedelta(days=at(today, clock, office.zone) > now) for name, clock in clocks.items()}
    return [Closed(name, days[name], at(days[name], clock, office.zone)) for name, clock in clocks.items()]


def find_due_editions(store: Store, office: Office, now: datetime) -> list[Closed]:
    """Return the editions that are to be made now: closed and not made yet, by no more than the time of grace. On the
    first day, and after a night in which the machine was off, they wait for what a refresh brings.
    """
    schedule = office.config.schedule
    grace = timedelta(minutes=schedule.grace_minutes)
    lately = max(LATELY, timedelta(minutes=2 * schedule.refresh_minutes))
    asked = find_last_finished(store, GATHERING, also=("failed",))
    until = parse_instant(asked) + lately if asked else None
    return [
        one
        for one in list_closed(office, now)
        if now <= one.at + grace
        and ((until and until >= one.at) or now > one.at + grace - MARGIN)
        and _is_to_make(store, one.job, one.at, now)
    ]


def find_due_report(store: Store, office: Office, now: datetime) -> Month | None:
    """Return the month whose report is to be made now: the last one, from the day for it on, until this month ends."""
    today = find_today(office.zone, now)
    due = at(today.replace(day=office.config.schedule.report_day), REPORT_AT, office.zone)
    wanted = any(group.report for group in office.config.delivery.groups.values())
    if not wanted or now < due or not _is_to_make(store, REPORTING, due, now):
        return None
    return Month(today.year, today.month).shift(-1)


def _is_to_make(store: Store, job: str, since: datetime, now: datetime) -> bool:
    run = find_last_run(store, job, since, now)
    if run is None:
        return has_run_before(store, since)  # else Pantau is new here, and nobody waits for it
    waits = run["status"] == "failed" and parse_instant(run["started_at"]) > now - AGAIN
    return run["status"] not in MADE and not waits


def note_missed(store: Store, office: Office, now: datetime) -> None:
    """Raise a finding for each edition that was made on days before and that it is too late for now; tell of it."""
    grace = timedelta(minutes=office.config.schedule.grace_minutes)
    for one in list_closed(office, now):
        place = f"{SERVICE}{one.job}"
        if now <= one.at + grace or is_open(store, place, MISSED):
            continue
        made, last = (find_last_run(store, one.job, since, now) for since in (one.at, now - KNOWN_DAYS))
        if last and (made is None or made["status"] not in MADE):
            told = f"{one.day} {one.name} was not made, the next edition has its articles; to read it: "
            told += f"pantau digest --date {one.day} --edition {one.name}"
            raise_finding(store, place, MISSED, told, now)
            queue_troubles(store, office, now)
