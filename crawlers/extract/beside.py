"""Names without a label, in the line of the date or in the one beside it.

Which of a page's names is believed is ``byline``'s to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo

from crawlers.extract.blocks import Block, Box
from crawlers.extract.dates import Found, find_dates
from crawlers.extract.metadata import Metadata
from crawlers.extract.names import BREAK, SHORT_DAY, TIME_ONLY, clean_name, is_account, is_name, stands_alone
from crawlers.extract.short import find_short_date
from crawlers.extract.titles import key
from crawlers.extract.words import is_line, is_named, label_pattern, line_pattern

_ZONE = re.compile(r"^\W*(?:wib|wita|wit)?\b\W*", re.IGNORECASE)
_OFFSET = re.compile(r"^(?:\s*\(?(?:gmt|utc) ?\+ ?\d{1,2})?\)?", re.IGNORECASE)
_PARTS = frozenset("|•·-–—/")  # what parts a line
_WRITERS = re.compile(r"author|penulis|profil|reporter|wartawan|user|editor|redaksi", re.IGNORECASE)
_HOME = re.compile(r"(?:https?://[^/]+)?/?")  # where the outlet's name leads, beside today's date above the page
_AT = re.compile(r"(?:\w|,) \d{1,2}[.:]\d\d\b")  # "Kapal Hulu 08.00" beside a line that has a time of its own
_SHORT = 12  # words of a line in which a date may be told in short
_LEAD = 300  # characters of a text that say where it was written and of whom it tells


def find_beside(
    blocks: list[Block],
    boxes: list[Box],
    head: range,
    now: datetime,
    zone: tzinfo,
    article: str,
    page: Metadata,
) -> Iterator[str]:
    """Yield names in or beside the line of the date, the nearest to the text first; `article` is the text."""
    counter = line_pattern("line", "count")
    section = key(str(page.article.get("articleSection") or ""))
    for index in reversed(head):
        block = blocks[index]
        if block.words > 25 or block.weight >= 10:
            continue
        dates = list(find_dates(block.spaced, now, zone)) or _short_dates(block, now, zone)
        if not dates or is_line("line", "whole", block.text):
            continue
        before = SHORT_DAY.sub("", block.spaced[: dates[0].start].rstrip(" ,|-"))
        lead = clean_name(BREAK.sub(" | ", before).strip(" ,|-"))
        if label_pattern("author").match(lead):
            lead = ""  # `labelled` knows better what of it is a name
        if " " not in lead and any(part.startswith(f"{lead},") for part in block.pieces or (block.text,)):
            lead = ""  # "Kenanga, 3 Juni 2025": as letters say where they were written
        rest = _OFFSET.sub("", block.spaced[dates[-1].end :])
        behind = BREAK.split(_ZONE.sub("", rest)) if rest.strip()[:1] in _PARTS else []
        beside = _sort_parts(lead, block.pieces, behind)
        for other in (_next_telling(blocks, index, step) for step in (-1, 1)):
            if (
                other in head
                and _alike(block, blocks[other], boxes)
                and blocks[other].words <= 6
                and len(blocks[other].hrefs) < 2
                and not any(map(_HOME.fullmatch, blocks[other].hrefs))
                and not (_AT.search(blocks[other].text) and _AT.search(block.spaced))
            ):
                beside.append(blocks[other].text)
        for text in beside:
            name = clean_name(text) if text else ""
            if (
                name
                and not counter.fullmatch(name)
                and key(name) != section
                and not list(find_dates(text, now, zone))
                and stands_alone(name)
                and not _is_told(name, article[:_LEAD])
                and not _is_section(name, blocks, index)
            ):
                yield name


def _sort_parts(lead: str, pieces: tuple[str, ...], behind: list[str]) -> list[str]:
    """Return what stands before a date, in elements of its own and behind it, what may best be a name first."""
    if " " not in lead and not is_account(lead) and any(" " in name and is_name(name) for name in behind):
        return [*behind, *pieces]  # "Pasar | 3 Juni 2025 | Rina Amelia": one word is a section's
    buttons = [piece for piece in pieces if piece.rpartition(" ")[2][:1].islower()]  # "Sarankan perubahan"
    return [lead, *(piece for piece in pieces if piece not in buttons), *behind, *buttons]


def _short_dates(block: Block, now: datetime, zone: tzinfo) -> list[Found]:
    found = find_short_date(block.spaced, now, zone) if block.words <= _SHORT else None
    return [found] if found else []


def _next_telling(blocks: list[Block], index: int, step: int) -> int:
    """Return the next line that way which is no weekday, clock or label of one: cells and items of one row."""
    index += step
    while 0 <= index < len(blocks) and TIME_ONLY.fullmatch(blocks[index].text):
        index += step
    return index


def _is_told(name: str, lead: str) -> bool:
    """Say whether a single word is what the text begins with or tells of: a place, no writer."""
    return " " not in name and bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", lead, re.IGNORECASE))


def _is_section(name: str, blocks: list[Block], line: int) -> bool:
    """Say whether a menu leads to what looks like a name in or beside a line: then it is a section's or a place's."""
    wanted = key(name)
    return any(
        wanted in map(key, block.pieces or (block.text,))
        for index, block in enumerate(blocks)
        if block.hrefs and abs(index - line) > 1 and not any(map(_WRITERS.search, block.hrefs))
    )


def _alike(one: Block, other: Block, boxes: list[Box]) -> bool:
    """Say whether two lines are items of one row: neighbours in a list, or parts of one small box."""
    a, b = boxes[_outermost(one.box, boxes)], boxes[_outermost(other.box, boxes)]
    if one.box == other.box or (a.parent == other.box and b.end - b.start <= 3):
        return True
    return a.parent == b.parent and (a.tag == b.tag or is_named("meta", boxes[a.parent].name))


def _outermost(at: int, boxes: list[Box]) -> int:
    """The largest box that holds nothing else."""
    while (around := boxes[at].parent) > 0 and (boxes[around].start, boxes[around].end) == (
        boxes[at].start,
        boxes[at].end,
    ):
        at = around
    return at
