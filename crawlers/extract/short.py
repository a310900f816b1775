"""Dates told in short by a line that is hardly more: ``8.5.12``, "3 Jun, 16:45 WIB", "3/6 - 16:45"."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo

from crawlers.extract.dates import MONTHS, Found, find_dates

_DOTTED = re.compile(r"(?:^|[\s,|])(?P<day>(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d\d))$")
_FEW = 6  # words of a line whose last may be a date with dots
_YEARLESS = re.compile(
    rf"(?<![\w.:/-])(\d{{1,2}}\s+(?:{'|'.join(MONTHS)})\b)\.?(?=\W{{1,4}}(?:(?:pukul|pkl|jam)\W+)?\d\d?[.:]\d\d)", re.I
)


_NUMBERED = re.compile(r"(?<![\w./-])(\d{1,2}/\d{1,2})(?=[\s,|–-]{1,4}(?:(?:pukul|pkl|jam)\W+)?\d\d?[.:]\d\d)", re.I)


def find_short_date(text: str, now: datetime, zone: tzinfo) -> Found | None:
    """Return the date of a short line: one with dots at its end, or a day and clock without the year, the last such."""
    if (match := _DOTTED.search(text)) and len(text.split()) <= _FEW:
        if 2000 + int(match["y"]) > now.year:
            return None
        try:
            at = datetime(2000 + int(match["y"]), int(match["m"]), int(match["d"]), tzinfo=zone)
        except ValueError:
            return None
        return Found(at, False, *match.span("day"))
    if match := _YEARLESS.search(text) or _NUMBERED.search(text):
        for year in (now.year, now.year - 1):
            day = f"{match[1]}{'/' if match.re is _NUMBERED else ' '}{year}"
            found = next(find_dates(f"{day}{text[match.end() :]}", now, zone), None)
            if found and found.exact and found.at <= now + timedelta(days=1):
                return Found(found.at, True, match.start(), len(text))
    return None
