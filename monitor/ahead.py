"""Judges whether this machine's clock stands behind or stood ahead once, and puts back what it wrote when ahead.

Both look alike in the store, where times have not come yet. What tells them apart is what outlets print: their articles
are dated later than a clock that stands behind, and never later than one that is right.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from enum import StrEnum

from db.ahead import count_later, find_ahead, put_back
from db.connection import Store

log = logging.getLogger("pantau")
SLACK = timedelta(minutes=5)  # clocks are set by so much now and then
AGREEING = 3  # outlets: one dates an article wrongly, so many at once do not


class Clock(StrEnum):
    """What the store tells of this machine's clock."""

    RIGHT = "right"
    BEHIND = "behind"  # now
    WAS_AHEAD = "was ahead"  # when some of what is stored was stored


def judge_clock(store: Store, now: datetime) -> Clock:
    """Tell how the clock that says ``now`` stands to the times that are stored."""
    if find_ahead(store, now + SLACK) is None:
        return Clock.RIGHT
    read, dated = count_later(store, now)
    return Clock.BEHIND if dated >= min(AGREEING, read) else Clock.WAS_AHEAD


def mend_times(store: Store, now: datetime) -> int:
    """Put back the times that a clock wrote while it stood ahead, once it is right; return how many.

    Left as they are, they would hide an outlet that falls silent, keep changed articles from being looked at again, and
    make what was read then news on the days when those times come.
    """
    if judge_clock(store, now) is not Clock.WAS_AHEAD:
        return 0
    last = find_ahead(store, now)
    n = put_back(store, now)
    log.warning("the clock stood ahead, up to %s: %d times that it wrote are put back to %s", last, n, now.isoformat())
    return n
