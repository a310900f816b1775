"""Dates that a machine wrote into a feed, a sitemap or JSON; reading them is `crawlers.extract.dates`'s."""

from __future__ import annotations

from datetime import datetime, tzinfo

from crawlers.extract.dates import parse_instant


def parse_stamp(value: object, now: datetime, zone: tzinfo) -> datetime | None:
    """Return the aware time that a machine-written date tells, or None; without an offset it is in `zone`."""
    found = parse_instant(value, now, zone)
    return found.at if found else None
