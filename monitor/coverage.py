"""How far a period was watched: since when anything was gathered, when nothing was, and of how many outlets articles
may be missing. Counts say it beside their numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from db.connection import Store
from db.queries.month import find_outages
from db.runs import find_beginning, find_pauses
from monitor.clock import find_now, parse_instant
from monitor.jobs import GATHERING
from monitor.watch import NO_LOSS

BEGINNING = (*GATHERING, "demo")  # jobs with the first of which articles were gathered at all
PATIENCE = timedelta(hours=26)  # the slowest outlets are read once a day: a shorter pause is no outage


@dataclass(frozen=True, slots=True)
class Coverage:
    """What may be missing of a period."""

    began_on: date | None  # when gathering began; None: never
    whole: bool  # it had begun before the period
    stood_still: bool  # nothing was gathered for a time of the period
    disturbed: int  # outlets watched that were broken at some time of it
    chosen: int  # outlets watched

    @property
    def word(self) -> Literal["whole", "partial", "none"]:
        """What programs and sheets read beside each number of the period."""
        if self.began_on is None:
            return "none"
        return "whole" if self.whole and not self.stood_still and not self.disturbed else "partial"


def find_coverage(
    store: Store, chosen: Sequence[str], zone: ZoneInfo, since: datetime | None, until: datetime | None
) -> Coverage:
    """Return how far the outlets ``chosen`` were watched from ``since`` to ``until``, open ends being all there is."""
    told = find_beginning(store, BEGINNING)
    if told is None:
        return Coverage(None, False, False, 0, len(chosen))
    began, now = parse_instant(told), find_now()
    first, last = max(since or began, began), min(until or now, now)
    if first >= last:
        return Coverage(began.astimezone(zone).date(), False, False, 0, len(chosen))
    broken = {row["outlet"] for row in find_outages(store, first, last) if row["kind"] not in NO_LOSS}
    return Coverage(
        began_on=began.astimezone(zone).date(),
        whole=since is not None and began.astimezone(zone).date() <= since.astimezone(zone).date(),
        stood_still=bool(find_pauses(store, GATHERING, first, last, PATIENCE)),
        disturbed=len(broken & set(chosen)),
        chosen=len(chosen),
    )
