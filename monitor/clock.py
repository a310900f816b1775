"""Days and instants as the office means them: reads what people type, turns days of a timezone into UTC bounds.

Stored times are UTC text (``db``); everything a reader sees is local to the profile's timezone.

``PANTAU_NOW`` (an ISO 8601 time with offset) moves the clock of this process, for tests and demonstrations: it starts
there and goes on. `pantau doctor` warns of it, as every time stored meanwhile is moved as well.
"""

from __future__ import annotations

import os
import re
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from monitor.errors import ConfigError, InputError

MOVED_BY = "PANTAU_NOW"
EARLIEST = date(1995, 1, 1)  # before the first Indonesian news site; an earlier day is a slip of the finger
TODAY = {"today", "hari-ini"}
YESTERDAY = {"yesterday", "kemarin"}


def find_now() -> datetime:
    """Return the present instant in UTC, whole seconds. Raises ConfigError for a PANTAU_NOW that is no time."""
    shift = find_shift(os.environ.get(MOVED_BY, ""))
    return (datetime.now(UTC) + shift).replace(microsecond=0)


def is_moved() -> bool:
    """Say whether the clock is moved."""
    return bool(os.environ.get(MOVED_BY))


@cache
def find_shift(wanted: str) -> timedelta:
    """Return by how much a time to start from moves the clock, found once, so that it goes on. Raises ConfigError."""
    if not wanted:
        return timedelta()
    try:
        moment = datetime.fromisoformat(wanted)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ConfigError(f"{MOVED_BY} {wanted!r} is no time with offset, such as 2026-02-01T08:00+07:00: unset it")
    return moment - datetime.now(UTC)


def find_today(zone: ZoneInfo, now: datetime | None = None) -> date:
    """Return the calendar day of ``zone`` at ``now``."""
    return (now or find_now()).astimezone(zone).date()


def parse_day(text: str, option: str, zone: ZoneInfo, now: datetime | None = None) -> date:
    """Read a day as typed: ``YYYY-MM-DD``, ``today``/``hari-ini`` or ``yesterday``/``kemarin``.

    Raises InputError for what is no day, for a day before the web had news, and for a day that has not come.
    """
    today = find_today(zone, now)
    word = text.strip().lower()
    if word in TODAY | YESTERDAY:
        return today - timedelta(days=word in YESTERDAY)
    try:
        day = date.fromisoformat(word) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", word) else None
    except ValueError:
        day = None
    if day is None:
        raise InputError(f"{option} {text!r} is no day: write YYYY-MM-DD, for example {today.isoformat()}")
    if day < EARLIEST:
        raise InputError(f"{option} {text} is too far back: the earliest day is {EARLIEST.isoformat()}")
    if day > today:
        raise InputError(f"{option} {text} has not come yet: today is {today.isoformat()} ({zone.key})")
    return day


def parse_period(
    since: str | None, until: str | None, options: tuple[str, str], zone: ZoneInfo
) -> tuple[date | None, date | None]:
    """Read first and last day as typed behind ``options``, None where none was. Raises InputError as ``parse_day``
    does, and when the period ends before it starts.
    """
    first = parse_day(since, options[0], zone) if since else None
    last = parse_day(until, options[1], zone) if until else None
    if first and last and last < first:
        raise InputError(f"{options[1]} {last} lies before {options[0]} {first}: exchange the two")
    return first, last


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant of ``day`` in ``zone``, as UTC."""
    return at(day, time(), zone)


def day_end(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant after ``day`` in ``zone``, as UTC."""
    return day_start(day + timedelta(days=1), zone)


def at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the instant of a wall-clock time on ``day`` in ``zone``, as UTC."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def localise(instant: str, zone: ZoneInfo) -> str:
    """Return a stored instant as ISO 8601 on the clock of ``zone``: its day is the one that readers know."""
    return parse_instant(instant).astimezone(zone).isoformat(timespec="minutes")


def parse_instant(text: str) -> datetime:
    """Read a stored or published ISO 8601 instant; one without offset is UTC, as the store writes it.

    Raises ValueError, also at the ends of the calendar, beyond which lie the same instants elsewhere.
    """
    instant = datetime.fromisoformat(text)
    if instant.year in (MINYEAR, MAXYEAR):
        raise ValueError(f"{text} lies at the end of the calendar")
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
