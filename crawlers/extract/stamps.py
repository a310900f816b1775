"""Dates that elements state for machines: in ``datetime`` or ``content``, for scripts, in a title over "2 jam lalu"."""

from __future__ import annotations

import re
from datetime import tzinfo

from crawlers.extract.dates import Found

_FOR_SCRIPTS = (
    "title",
    "d-time",
    *(
        f"data-{name}"
        for name in ("time", "date", "timestamp", "datetime", "published", "published-at", "created", "utc")
    ),
    *(f"data-{name}" for name in ("unix", "epoch", "livestamp", "original-title", "bs-original-title")),
)
STAMPED = frozenset(("itemprop", "property", "content", *_FOR_SCRIPTS))
_DATED = re.compile(r"(?=.*\d{1,2}[.:]\d\d).*\b20\d\d\b|1\d{9}(?:\d{3})?$")  # a day with its clock, or Unix time


def read_stamp(attributes: dict[str, str | None], before: str) -> str:
    """Return the date that an element states for the block it opens, not that of a later change; else `before`."""
    says = attributes.get("itemprop") or attributes.get("property") or "datePublished"
    if says.rpartition(":")[2] not in ("datePublished", "dateCreated"):
        return before
    if stated := attributes.get("datetime") or attributes.get("content"):
        return stated
    values = (attributes.get(name) or "" for name in _FOR_SCRIPTS)
    return next((value for value in values if _DATED.match(value)), before)


def is_moved(printed: Found, stated: Found, zone: tzinfo) -> bool:
    """Say whether an element states in UTC, as if it were local time, what it shows its readers."""
    shown, said = (found.at.replace(second=0, microsecond=0) for found in (printed, stated))
    ahead = zone.utcoffset(stated.at.replace(tzinfo=None))
    return printed.exact and stated.exact and not printed.relative and bool(ahead) and shown - said == ahead
