"""When the article was published: every date the page, its address and its feed offer, and the one to believe.

Order of trust: the recipe's selector, the feed, JSON-LD and meta, the visible line nearest the headline, the
address. An exact time beats a bare day of the same date; the day in the address beats all that contradict it by more
than a day. Pages print the date of the visit at their top: a date that the page's chrome shows is distrusted when
another candidate exists.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from crawlers.extract.blocks import Block
from crawlers.extract.dates import EARLIEST_YEAR, Found, find_dates, parse_instant
from crawlers.extract.metadata import DATE_KEYS, MODIFIED_KEYS, Metadata
from crawlers.extract.short import find_short_date
from crawlers.extract.stamps import is_moved
from crawlers.extract.state import list_days
from crawlers.extract.words import is_line

CONTRADICTS = timedelta(hours=36)  # a day in the address and an instant within it differ by less, whatever the zone
FRESH = timedelta(minutes=15)  # a claim this near the fetch may be the server's clock
TOLERANCE = timedelta(days=1)  # beyond it a date lies in the future
_CLAIMED = ("feed", "json-ld", "meta")  # sources that may say the time of the visit, or a local time as if in UTC
LABEL = 2  # words of a line that may be the label of the next
_FEW = 9  # words of a line that is a date and little more
TOP = 40  # blocks within which the date of the visit is printed
BEHIND = 2  # blocks behind these in which a line that is nothing but a date may be it
NEAR = 12  # blocks around headline and first paragraph in which the publication line is looked for
_UPDATED = re.compile(
    r"\b(?:diperbarui|diperbaharui|dimutakhirkan|direvisi|revisi|disunting|diedit|diupdate|update[d]?|edited"
    r"|modified|terakhir diubah|last|aktualisiert|mis à jour|modifié"
    r"|actualizado|aggiornato|atualizado|bijgewerkt)\b[^\d]{0,25}$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?=\d)")
_PUBLISHED = re.compile(
    r"\b(?:oleh|penulis|reporter|pewarta|editor|redaktur|terbit|diterbitkan|tayang|dipublikasikan|posted|published|publish|by|wib|wita|wit)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:pukul|pkl|jam)?\W{0,3}\d{1,2}[.:]\d\d(?:[.:]\d\d)?\s*(?:[ap]m)?\s*\(?(?:wib|wita|wit)?\)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date that might be the one, and what gave it."""

    found: Found
    source: str  # selector, feed, rest, next_data, json-ld, meta, text, url
    trusted: bool = True  # False: only when there is nothing else

    @property
    def at(self) -> datetime:
        """The instant, aware."""
        return self.found.at


def claimed_dates(page: Metadata, now: datetime, zone: tzinfo, *, day_first: bool = True) -> list[Candidate]:
    """Return the dates that the page states to machines, the most trusted first."""
    out = []
    for source, value in (
        ("next_data", next((day for day in list_days(page.next_article) if _reads(day, now, zone)), None)),
        ("json-ld", page.article.get("datePublished")),
        *(("meta", page.meta[key]) for key in DATE_KEYS if key in page.meta),
        *(("json-ld", value) for value in (*page.stated, page.article.get("dateCreated"))),
    ):
        if value and (found := parse_instant(_plain(value), now, zone, day_first=day_first)):
            out.append(Candidate(found, source))
    return out


def _reads(value: object, now: datetime, zone: tzinfo) -> bool:
    return parse_instant(_plain(value), now, zone, guess=False) is not None


def _plain(value: object) -> object:
    """Return the first of a list's values, or a typed value's own, without entities."""
    if isinstance(value, list):
        value = value[0] if value else None
    value = value.get("@value") if isinstance(value, dict) else value
    return html.unescape(value) if isinstance(value, str) and "&" in value else value


def modified_date(page: Metadata, now: datetime, zone: tzinfo) -> datetime | None:
    """Return when the page says it was last changed."""
    for value in (page.article.get("dateModified"), page.next_article.get("updated_at"), page.first(MODIFIED_KEYS)):
        if value and (found := parse_instant(value, now, zone, guess=False)):
            return found.at
    return None


def visible_dates(
    blocks: list[Block],
    title: int | None,
    first: int | None,
    now: datetime,
    zone: tzinfo,
    *,
    day_first: bool,
    foreign: bool = False,
    frame: Collection[int] = (),
) -> list[Candidate]:
    """Return the dates printed around the headline, best first.

    Parameters
    ----------
    title, first
        Indices of the blocks of the headline and of the first paragraph, where known.
    day_first, foreign
        As in `find_dates`.
    frame
        Blocks of the page's own header, where the clock of the visit stands.
    """
    anchor = title if title is not None else first
    if anchor is None:
        return []
    last = first if first is not None and first > anchor else anchor + NEAR
    stop = max(last, anchor + 6) + BEHIND
    chrome = _chrome_dates(blocks, anchor, now, zone)
    ranked: list[tuple[float, int, Candidate]] = []
    for index in range(max(0, anchor - NEAR), min(len(blocks), stop + 1)):
        block = blocks[index]
        linked = block.links > 0.8 * len(block.text) > 60
        if index == title or block.words > 60 or (linked and abs(index - anchor) > 1):
            continue
        for found in _dates_of(blocks, index, now, zone, day_first=day_first, foreign=foreign):
            if (linked and found.start) or (index > stop - BEHIND and found.end - found.start < len(block.spaced) - 3):
                continue
            lead = blocks[index - 1].text if index and blocks[index - 1].words <= LABEL else ""
            score = _rank(block, index, found, anchor, first, lead)
            shown = index < anchor and (index in frame or found.at.date() in chrome or _is_visit(found, now))
            # in a sentence: the date of the event
            told = bool(block.weight) and block.words > (14 if found.exact else 11)
            ranked.append(
                (score - (3.0 if shown else 0.0), -index, Candidate(found, "text", trusted=not (shown or told)))
            )
    ranked.sort(key=lambda item: (item[0], item[1]), reverse=True)
    return [candidate for score, _, candidate in ranked if score > 0]


def _is_visit(found: Found, now: datetime) -> bool:
    return found.exact and not found.relative and abs(found.at - now) < FRESH


def _dates_of(
    blocks: list[Block], index: int, now: datetime, zone: tzinfo, *, day_first: bool, foreign: bool = False
) -> list[Found]:
    """Return the dates of one line: what its element states, what it prints, the clock behind a bare day."""
    block = blocks[index]
    text = block.spaced
    found = list(find_dates(text, now, zone, day_first=day_first, foreign=foreign))
    stated = parse_instant(block.stamp, now, zone) if block.stamp and not _CLOCK.fullmatch(block.stamp) else None
    if stated and (local := next((f for f in found if is_moved(f, stated, zone)), None)):
        return [local]
    if stated and (stated.exact or not found) and not _is_denied(stated, text, found, now, zone):
        return [replace(stated, start=0, end=len(text))]
    if not found and block.words <= _FEW and (short := find_short_date(text, now, zone)):
        return [short]
    if len(found) == 1 and not found[0].exact and not found[0].relative:
        # the clock that a link's title shows, or that stands on the line below
        below = [b.pieces[0] if b.pieces else b.text for b in blocks[index + 1 : index + 3]]
        if len(below) > 1 and blocks[index + 1].words <= LABEL and not _NUMBERED.search(below[0]):  # "Waktu", "09.15"
            below = below[1:]
        beside = block.stamp or (below[0] if below else "")
        if clock := _CLOCK.fullmatch(beside):
            line = f"{text[: found[0].end]} {clock[0]}"
            joined = list(find_dates(line, now, zone, day_first=day_first, foreign=foreign))
            return [replace(joined[0], end=found[0].end)] if joined else found
    return found


def _is_denied(stated: Found, text: str, printed: list[Found], now: datetime, zone: tzinfo) -> bool:
    """Say whether an element shows its readers another day than it states to machines, however that is read."""
    days = [found for found in printed if not found.relative]
    swapped = find_dates(text, now, zone, day_first=False) if days else ()
    return bool(days) and all(abs(found.at - stated.at) > CONTRADICTS for found in (*days, *swapped))


def dates_behind(blocks: list[Block], lines: range, now: datetime, zone: tzinfo, *, day_first: bool) -> list[Candidate]:
    """Return dates of short lines right behind the text, where some pages print them, or tell them in a sentence."""
    out = []
    for index in lines:
        block = blocks[index]
        told = block.words <= 40 and is_line("line", "whole", block.text)  # "Tulisan ini dipublikasikan pada ..."
        if told or (block.words <= 14 and (block.stamp or not block.links)):
            found = _dates_of(blocks, index, now, zone, day_first=day_first)
            out += [Candidate(f, "text") for f in found if f.exact and not f.relative]
    return out


def _rank(block: Block, index: int, found: Found, anchor: int, first: int | None, lead: str) -> float:
    """Weigh a date by its place; `lead` is the short line before its own, which may say what it is the date of."""
    before = block.spaced[: found.start] or f"{lead} {_NUMBERED.split(block.spaced, maxsplit=1)[0]}"
    score = 6.0 - 0.35 * abs(index - anchor) + (1.0 if index > anchor else 0.0)
    score += 2.0 if found.exact else 0.0
    score += 1.5 if _PUBLISHED.search(block.spaced[max(0, found.start - 60) : found.end + 5]) else 0.0
    score -= 2.5 if found.relative else 0.0
    score -= 4.0 if _UPDATED.search(before) else 0.0
    if block.weight and block.words > 14:  # a sentence: the date of the event, not of the publication
        score -= 5.0
    if first is not None and index > first + 4:
        score -= 1.0
    return score


def _chrome_dates(blocks: list[Block], anchor: int, now: datetime, zone: tzinfo) -> set[date]:
    """Days printed at the top of the page with the menu behind them: the date of the visit."""
    days: set[date] = set()
    pending: set[date] = set()
    for block in blocks[: min(anchor, TOP)]:
        if block.words < 20:
            pending |= {f.at.date() for f in find_dates(block.text, now, zone) if not f.relative}
        if pending and block.links == len(block.text) and block.words <= 4:
            days |= pending
            pending = set()
    return days


def is_settled(candidates: list[Candidate], url_date: Found | None, now: datetime, zone: tzinfo) -> bool:
    """Say whether a machine's claim needs no second opinion: exact, not the time of the visit, as the address says.

    A claim in UTC needs one where clocks show another time: many systems write their local time as if it were UTC.
    """
    first = candidates[0] if candidates else None
    if not first or not (first.trusted and first.found.exact) or abs(first.at - now) < FRESH:
        return False
    if first.source in _CLAIMED and not first.at.utcoffset() and zone.utcoffset(now.replace(tzinfo=None)):
        return False
    return url_date is None or abs(first.at - url_date.at - timedelta(hours=12)) <= CONTRADICTS


def correct_zones(candidates: list[Candidate]) -> list[Candidate]:
    """Return the candidates with claims in UTC moved to where the printed line says the same hour and minute."""
    printed = {
        c.at.replace(second=0, microsecond=0, tzinfo=None): c.at.tzinfo
        for c in candidates
        if c.source == "text" and c.found.exact and not c.found.relative
    }
    out = []
    for candidate in candidates:
        at = candidate.at
        zone = printed.get(at.replace(second=0, microsecond=0, tzinfo=None))
        if zone and candidate.source in _CLAIMED and not at.utcoffset():
            candidate = replace(candidate, found=replace(candidate.found, at=at.replace(tzinfo=zone)))
        out.append(candidate)
    return out


def choose_date(candidates: list[Candidate], url_date: Found | None, now: datetime) -> Candidate | None:
    """Choose the date of publication among candidates in order of trust."""
    sane = [c for c in candidates if c.at.year >= EARLIEST_YEAR]
    told = [Candidate(url_date, "url")] if url_date else []
    true = [c for c in sane if c.trusted and not _is_clock(c, [*sane, *told], now)]
    if url_date and url_date.at <= now + TOLERANCE:
        middle = url_date.at if url_date.exact else url_date.at + timedelta(hours=12)
        best = _most_exact([c for c in true if abs(c.at - middle) <= CONTRADICTS])
        if best is None or not best.found.exact or (best.found.relative and url_date.exact):
            return told[0] if url_date.exact or best is None else best
        return best
    return _most_exact(true or sane) or (told[0] if told else None)


def _is_clock(candidate: Candidate, others: list[Candidate], now: datetime) -> bool:
    """Say whether a machine's claim is only the time of the visit, while something else tells an earlier one."""
    return (
        candidate.source in _CLAIMED
        and abs(candidate.at - now) < FRESH
        and any(
            c.trusted and not c.found.relative and c.at < now - (FRESH if c.found.exact else timedelta(days=1))
            for c in others
        )
    )


def _most_exact(candidates: list[Candidate]) -> Candidate | None:
    """The first candidate; a later one with the time of the same day where the first has only the day."""
    if not candidates:
        return None
    first = candidates[0]
    if first.found.exact and not first.found.relative:
        return first
    if first.found.relative:
        return next((c for c in candidates if not c.found.relative), first)
    for other in candidates[1:]:
        if (
            other.found.exact
            and not other.found.relative
            and other.at.astimezone(first.at.tzinfo).date() == first.at.date()
        ):
            return other
    return first
