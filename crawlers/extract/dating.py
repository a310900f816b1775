"""The date of one page, from everything that tells it: recipe, feed, claims, address, printed lines, trafilatura.

``published`` says what each is worth; here they are gathered, what costs most only where it is needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, time, tzinfo
from itertools import chain

from crawlers.extract import addressed, published
from crawlers.extract.behind import find_published
from crawlers.extract.dates import Found, find_dates, parse_instant
from crawlers.extract.generic import find_day
from crawlers.extract.published import Candidate
from crawlers.extract.sheet import Sheet, head_of
from crawlers.extract.words import label_pattern

_TOP = re.compile(r"(?<![a-z])(?:top-?bar|masthead|navbar|main-?menu)(?![a-z])")
_HOUR = re.compile(r"(?:pukul|pkl|jam)\W{0,3}\d{1,2}[.:]\d\d|\d{1,2}[.:]\d\d\s*\(?(?:wib|wita|wit)\)?", re.IGNORECASE)
_SIGNED = 12  # words of a line that says who wrote and when
_IN_SCRIPT = re.compile(r'(?:datePublished|pub_date)\\?"\s*:\s*\\?"(\d[^"\\]{7,40})')


def find_date(sheet: Sheet, read_day: Callable[[str, str], str] | None) -> Candidate | None:
    """Return when the article was published, and note what told it; `read_day` as in `extract_page`."""
    page, now, zone = sheet.page, sheet.page.fetched_at, sheet.zone
    candidates: list[Candidate] = []
    if sheet.selected.published_at:
        candidates.append(Candidate(sheet.selected.published_at, "selector"))
    if page.hints.published_at:
        said = _told(page.hints.published_at, zone)
        candidates.append(Candidate(said, page.hints.source or "feed", trusted=not page.hints.vague))
    candidates += published.claimed_dates(sheet.meta, now, zone, day_first=sheet.day_first)
    if not sheet.indonesian and not any(c.found.exact for c in candidates):
        candidates += _in_scripts(sheet)
    abroad = not sheet.indonesian
    told = addressed.date_in_address(sheet.meta.canonical, zone, abroad=abroad) if sheet.meta.canonical else None
    address = told or addressed.date_in_address(page.url, zone, abroad=abroad)
    if not published.is_settled(candidates, address, now, zone):
        candidates = published.correct_zones([*candidates, *_printed(sheet, candidates)])
    if not candidates and not address:
        address = addressed.epoch_in_address(page.url, zone)
    chosen = published.choose_date(candidates, address, now)
    if (chosen is None or not chosen.trusted) and sheet.blocks and abroad:
        day = find_day(sheet.html, page.url, zone, read_day)
        chosen = Candidate(day, "trafilatura") if day else chosen
    if chosen and not chosen.found.exact:
        chosen = _add_clock(sheet, chosen) if abroad else _add_printed_clock(sheet, chosen)
    if page.hints.listed_at and not (chosen and chosen.trusted and chosen.found.exact):
        chosen = _as_listed(page.hints.listed_at, chosen, zone)
    if chosen:
        sheet.fields["published_at"] = chosen.source
    return chosen


def _as_listed(at: datetime, chosen: Candidate | None, zone: tzinfo) -> Candidate:
    """Return what a list of articles says, unless the page names another day."""
    other = chosen and chosen.trusted and chosen.at.astimezone(zone).date() != at.astimezone(zone).date()
    return chosen if chosen and other else Candidate(Found(at, True, 0, 0), "listing")


def _told(at: datetime, zone: tzinfo) -> Found:
    """Return what a feed says; at midnight it knows no more than the day."""
    here = at.astimezone(zone)
    return Found(at, True, 0, 0) if here.time() != time.min else Found(here, False, 0, 0)


def _printed(sheet: Sheet, candidates: list[Candidate]) -> list[Candidate]:
    """Return the dates that the page prints around its headline, and behind its text where no clock stands there."""
    now, zone, day_first = sheet.page.fetched_at, sheet.zone, sheet.day_first
    _, first = head_of(sheet)
    foreign, frame = not sheet.indonesian, _list_frame(sheet)
    out = published.visible_dates(
        sheet.blocks, sheet.title_at, first, now, zone, day_first=day_first, foreign=foreign, frame=frame
    )
    if sheet.region.indices and not any(c.found.exact and c.trusted for c in (*candidates, *out)):
        start = _list_behind(sheet).start
        labelled = find_published(sheet.blocks[start:], now, zone, day_first=day_first)
        out = [*(Candidate(found, "text") for found in labelled), *out]
        out += published.dates_behind(sheet.blocks, _list_behind(sheet), now, zone, day_first=day_first)
    return out


def _list_behind(sheet: Sheet) -> range:
    """Return the lines right behind the text's last sentence."""
    start = max((i for i in sheet.region.indices if sheet.blocks[i].weight), default=-1) + 1
    return range(start, min(max(sheet.region.indices, default=-1) + 7, len(sheet.blocks)))


def _list_frame(sheet: Sheet) -> set[int]:
    """Return the blocks of the page's own header and menus: boxes that end before the headline."""
    at = sheet.title_at or 0
    boxes = (box for box in sheet.boxes if box.start < box.end <= at)
    return {i for b in boxes if b.tag in ("header", "nav") or _TOP.search(b.name) for i in range(b.start, b.end)}


def _in_scripts(sheet: Sheet) -> Iterator[Candidate]:
    """Yield the first date of publication in whatever data the page carries for its scripts."""
    if match := _IN_SCRIPT.search(sheet.html):
        found = parse_instant(match[1], sheet.page.fetched_at, sheet.zone)
        if found and found.exact:
            yield Candidate(found, "json-ld")


def _add_clock(sheet: Sheet, day: Candidate) -> Candidate:
    """Return the instant that an element states for the same day, wherever it stands on the page."""
    for node in sheet.tree.css("time[datetime]"):
        stated = parse_instant(node.attributes.get("datetime"), sheet.page.fetched_at, sheet.zone)
        if stated and stated.exact and stated.at.date() == day.at.date():
            return Candidate(stated, day.source)
    return day


def _add_printed_clock(sheet: Sheet, day: Candidate) -> Candidate:
    """Return the instant of a line that is nothing but a time, "16.45 WIB", beside the headline, or of one behind the
    text that says with it who wrote: "Ditulis Rina pukul 16.45".
    """
    head, _ = head_of(sheet)
    hours = (sheet.blocks[i].text.strip(" |,-") for i in head if sheet.blocks[i].words <= 3)
    signed = (sheet.blocks[i].text for i in _list_behind(sheet) if sheet.blocks[i].words <= _SIGNED)
    told = (match[0] for text in signed if label_pattern("author").match(text) and (match := _HOUR.search(text)))
    if clock := next(chain((text for text in hours if _HOUR.fullmatch(text)), told), ""):
        line = f"{day.at:%Y-%m-%d} {clock}"
        found = next(find_dates(line, sheet.page.fetched_at, sheet.zone), None)
        return Candidate(found, day.source) if found and found.exact else day
    return day
