"""Dates that an address carries: days in its path, with the time where there is one, and numbers that are Unix times.

Whether they are believed is ``published``'s to decide.
"""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from urllib.parse import urlsplit

from crawlers.extract.dates import EARLIEST_YEAR, Found

_URL_DATES = (
    re.compile(r"/(?P<y>20\d\d)/(?P<m>\d{1,2})/(?P<d>\d{1,2})(?:/(?P<clock>\d{6,10})(?=/))?(?=/|$)"),
    re.compile(r"/(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>20\d\d)(?=/|$)"),
    re.compile(r"(?<!\d)(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)"),
    re.compile(r"/(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?P<clock>[0-2]\d[0-5]\d[0-5]\d)?(?=[/-])"),
    re.compile(r"/(?P<y>\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)\d{4}(?=/)"),
)


_AT_HOME = (_URL_DATES[1], _URL_DATES[4])  # elsewhere the month may stand first, and a number be no date


def date_in_address(url: str, zone: tzinfo, *, abroad: bool = False) -> Found | None:
    """Return the date that an address carries, with its time where it has one; `abroad` of a page not Indonesian."""
    path = re.sub(r"^.*(?=/https?:/)", "", urlsplit(url).path)  # of an archived page, not when it was archived
    for pattern in _URL_DATES:
        if abroad and pattern in _AT_HOME:
            continue
        for match in pattern.finditer(path):
            year = int(match["y"]) + (2000 if len(match["y"]) == 2 else 0)
            clock = (match.groupdict().get("clock") or "")[:6]
            exact = len(clock) == 6 and clock[:2] < "24" and clock[2:4] < "60" and clock[4:] < "60"
            hour, minute, second = (int(clock[i : i + 2]) for i in (0, 2, 4)) if exact else (0, 0, 0)
            try:
                at = datetime(year, int(match["m"]), int(match["d"]), hour, minute, second, tzinfo=zone)
            except ValueError:
                continue
            if year >= EARLIEST_YEAR:
                return Found(at, exact, 0, 0)
    return None


def epoch_in_address(url: str, zone: tzinfo) -> Found | None:
    """Return the Unix time that some systems number their articles with; believed only where there is nothing else."""
    match = re.search(r"/(1[0-9]{9})-", urlsplit(url).path)
    return Found(datetime.fromtimestamp(int(match[1]), zone), False, 0, 0) if match else None
