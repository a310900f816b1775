"""Dates that are known by halves: "2017", "2024-07", "<=2016-05" (in office at the latest then), ">=2025-10-29" (still
in office then).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

TERM = 5 * 366  # days; an office seen once is taken to last no longer than one elected term
_FORM = re.compile(r"(<=|>=)?(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days; an open side is None. ``loose`` sides are sightings: the true limit lies further out."""

    start: date | None = None
    end: date | None = None
    loose_start: bool = False
    loose_end: bool = False

    def days_off(self, day: date) -> int:
        """Return how many days ``day`` lies outside, 0 when inside; days beyond a loose side count half."""
        if self.start and day < self.start:
            return (self.start - day).days // (2 if self.loose_start else 1)
        if self.end and day > self.end:
            return (day - self.end).days // (2 if self.loose_end else 1)
        return 0

    def covers(self, day: date) -> bool:
        """Tell whether ``day`` lies inside."""
        return self.days_off(day) == 0

    def may_cover(self, day: date) -> bool:
        """Tell whether ``day`` lies inside, or beyond a side that is a sighting only by at most five years, a term."""
        if self.covers(day):
            return True
        loose = self.loose_start if self.start and day < self.start else self.loose_end
        return loose and 2 * self.days_off(day) <= TERM

    def overlaps(self, other: Period) -> bool:
        """Tell whether the two share more than a day."""
        start = max(self.start or date.min, other.start or date.min)
        end = min(self.end or date.max, other.end or date.max)
        return start < end


@lru_cache(maxsize=4096)  # a profile's few hundred, asked for with every name
def parse_period(start: str | None, end: str | None) -> Period:
    """Return the period from two partial dates; the end is exclusive of nothing: "2016" ends on its last day.

    Raises ValueError when a side is no date or the end lies before the start.
    """
    first = parse_day(start, last=False) if start else None
    final = parse_day(end, last=True) if end else None
    if first and final and final < first:
        raise ValueError(f"ends ({end}) before it begins ({start})")
    return Period(first, final, bool(start and start.startswith("<=")), bool(end and end.startswith(">=")))


def parse_day(text: str, *, last: bool) -> date:
    """Return the first or last day that a partial date can mean. Raises ValueError when it is none."""
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(
            f"{text!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD, with <= or >= in front for a sighting"
        )
    _, year, month, day = match.groups()
    month_number = int(month) if month else (12 if last else 1)
    if not 1 <= month_number <= 12:
        raise ValueError(f"{text!r} has no such month")
    days = calendar.monthrange(int(year), month_number)[1]
    return date(int(year), month_number, int(day) if day else (days if last else 1))
