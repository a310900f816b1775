"""Months as the office means them: reads what people type, gives the first and last instants in the timezone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.clock import EARLIEST, day_start, find_today
from monitor.errors import InputError


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.shift(1).first - timedelta(days=1)

    def shift(self, months: int) -> Month:
        """Return the month so many later, or earlier."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    def start(self, zone: ZoneInfo) -> datetime:
        """Return its first instant, UTC."""
        return day_start(self.first, zone)

    def end(self, zone: ZoneInfo) -> datetime:
        """Return the first instant after it, UTC."""
        return self.shift(1).start(zone)


def parse_month(text: str | None, zone: ZoneInfo, now: datetime | None = None) -> Month:
    """Read ``YYYY-MM``. Raises InputError for None and what is no month, is too far back or has not begun."""
    today = find_today(zone, now)
    this = Month(today.year, today.month)
    if text is None:
        raise InputError(f"say which month, for example --month {this.shift(-1)}")
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text.strip())
    if not match:
        raise InputError(f"--month {text!r} is no month: write YYYY-MM, for example {this.shift(-1)}")
    month = Month(int(match[1]), int(match[2]))
    if month.first > today:
        raise InputError(f"--month {text} has not begun yet: today is {today.isoformat()} ({zone.key})")
    if month.first < EARLIEST:
        raise InputError(f"--month {text} is too far back: the earliest is {EARLIEST:%Y-%m}")
    return month
