"""Which hours an edition covers: each begins where the one before ended, so nothing is told twice or falls between.

``harian`` is the calendar day. Times of day are the configured ones, in the profile's timezone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.clock import at, day_end, day_start
from monitor.errors import InputError

DAILY = "harian"
EDITIONS = ("pagi", "siang", "sore", DAILY)
PROMPT = timedelta(hours=48)  # seen within this time of publication: the article counts for when it was seen
LONGEST_GAP = timedelta(days=14)  # without editions or annotation, after which the next one need not make up for it


@dataclass(frozen=True, slots=True)
class Window:
    """Hours of one edition, UTC, end excluded."""

    day: date
    edition: str
    start: datetime
    end: datetime

    def holds(self, published: datetime, seen: datetime) -> bool:
        """Say whether an article belongs here.

        The calendar day goes by publication. The other editions go by when the monitor could first tell of it, as
        long as it was found promptly; what was found much later counts for when it was published.
        """
        if self.edition != DAILY and published <= seen <= published + PROMPT:
            return self.start <= seen < self.end
        return self.start <= published < self.end

    def precedes(self, published: datetime, days: int) -> bool:
        """Say whether an article came out in the days before these hours."""
        return self.start - timedelta(days=days) <= published < self.start

    def found_late(self, published: datetime, seen: datetime) -> bool:
        """Say whether an article was found in these hours but published long before them."""
        return self.start <= seen < self.end and seen > published + PROMPT and not self.holds(published, seen)


def build_window(day: date, edition: str, clocks: Mapping[str, time], zone: ZoneInfo) -> Window:
    """Return the hours of ``edition`` on ``day``; ``clocks`` gives each edition's closing time.

    Raises InputError for an edition that is not scheduled.
    """
    if edition == DAILY:
        return Window(day, edition, day_start(day, zone), day_end(day, zone))
    if edition not in clocks:
        raise InputError(f"edition {edition!r} is not scheduled: choose {', '.join([*clocks, DAILY])}")
    order = sorted(clocks, key=lambda name: clocks[name])
    place = order.index(edition)
    before, days_back = (order[place - 1], 0) if place else (order[-1], 1)
    start = at(day - timedelta(days=days_back), clocks[before], zone)
    return Window(day, edition, start, at(day, clocks[edition], zone))


def list_earlier(window: Window, clocks: Mapping[str, time], zone: ZoneInfo, last: date | None = None) -> list[Window]:
    """Return the editions before this one, latest first, whose articles may still turn up; none before ``harian``.

    They reach back to those of ``last``, the day on which the last one went out or one left something unread, if that
    is not too long ago.
    """
    earlier: list[Window] = []
    order = sorted(clocks, key=lambda name: clocks[name])
    back = window.start - PROMPT
    if last is not None:
        back = min(back, max(day_start(last, zone), window.start - LONGEST_GAP))
    while window.edition != DAILY and (not earlier or earlier[-1].start > back):
        after = earlier[-1] if earlier else window
        place = order.index(after.edition)
        earlier.append(build_window(after.day - timedelta(days=not place), order[place - 1], clocks, zone))
    return earlier
