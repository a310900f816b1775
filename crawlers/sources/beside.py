"""What a list says of an article's date: in the largest box around its link that holds no other article."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from selectolax.lexbor import LexborNode

from crawlers.addresses import address_key, parse_link
from crawlers.extract.dates import Found, find_dates, parse_instant
from crawlers.sources.walk import Ask

_LABEL = 60  # characters up to which a text beside a link may be its date
_CLIMB = 6  # levels from a link to the box that holds its date
_STAMPS = ", ".join(
    (
        "time",
        "[d-time]",
        "[datetime]",
        "[data-date]",
        *(f"[class*={word}]" for word in ("date", "time", "tanggal", "waktu", "meta")),
    )
)


def date_beside(node: LexborNode, own: str, keys: set[str], base: str, ask: Ask) -> Found | None:
    """Climb from a link to the largest box that holds no other article, and read a date there."""
    box, parent = node, node.parent
    for _ in range(_CLIMB):
        if parent is None or parent.tag in ("body", "html"):
            break
        inside = (_key(link.attributes.get("href") or "", base) for link in parent.css("a[href]"))
        if any(key in keys and key != own for key in inside):
            break
        box, parent = parent, parent.parent
    return date_in(box, ask)


def _key(href: str, base: str) -> str:
    address = parse_link(href, base)
    return address_key(address) if address else ""


def date_in(box: LexborNode, ask: Ask) -> Found | None:
    """Return the first date that a box states or prints in a line of its own."""
    for node in box.css(_STAMPS):
        if when := stamp_of(node, ask):
            return when
    for text in (box.text(separator="\n") or "").split("\n"):
        if 0 < len(text.strip()) <= _LABEL and (when := _read(text, ask)):
            return when
    return None


def stamp_of(node: LexborNode, ask: Ask) -> Found | None:
    """Return the date that an element states for machines, else the one it prints."""
    for name in ("datetime", "d-time", "data-date", "title"):
        if found := parse_instant(node.attributes.get(name) or "", ask.now, ask.recipe.zone):
            return found
    text = " ".join((node.text(separator=" ") or "").split())
    return _read(text, ask) if len(text) <= 2 * _LABEL else None


def _read(text: str, ask: Ask) -> Found | None:
    found = next(find_dates(text, ask.now, ask.recipe.zone), None)
    if found is None or not found.relative or ask.now - found.at <= timedelta(days=2):
        return found
    # "2 bulan lalu" may be rounded up by half a unit: believe the younger reading, it only costs a page.
    return replace(found, at=found.at + (ask.now - found.at) / 2)
