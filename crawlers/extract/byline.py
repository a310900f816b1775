"""Who wrote and who edited, as printed, without the labels before the name.

A printed label next to the headline is believed first, then what the page tells machines and feeds, then labels and
signatures behind the text. Accounts such as "admin" say nothing and give way to any name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from crawlers.extract.blocks import Block, Box
from crawlers.extract.dates import find_dates
from crawlers.extract.metadata import AUTHOR_KEYS, Metadata, fold
from crawlers.extract.titles import key
from crawlers.extract.words import (
    inner_pattern,
    is_named,
    label_pattern,
    line_pattern,
    lower_pattern,
    tail_pattern,
    word_set,
)

_BREAK = re.compile(r"\s+[-–—|•·]+(?:\s+|$)|\s*[|•·;]\s*|,\s+(?=\d)|\s{2,}")
_WEEKDAY = re.compile(
    r",?\s*\b(?:senin|selasa|rabu|kamis|jum['’`]?at|sabtu|minggu|ahad"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b.*$",
    re.IGNORECASE,
)
_SHORT_DAY = re.compile(r",?\s*\b(?:sen|sel|rab|kam|jum|sab|min|mon|tue|wed|thu|fri|sat|sun)[.,]*$", re.IGNORECASE)
_ZONE = re.compile(r"^\W*(?:wib|wita|wit)?\b\W*", re.IGNORECASE)
_ON_DAY = re.compile(r"\s+(?:on|pada|di)\s+(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|\d|[A-Z][a-z]+ \d).*$")
_PARTS = frozenset("|•·-–—/")  # what parts a line
_INITIALS = re.compile(r"\s*[(\[][a-z0-9/]{1,8}[)\]]$")
_SIGNATURE = re.compile(r"[(\[]([^()\[\]]{2,45})[)\]][\s*#.]*$")
_INITIAL = re.compile(r"[a-z][A-Za-z\d]{1,15}(?:/[a-z\d]{1,10})?")  # how small papers sign
_FOREIGN_LABEL = re.compile(r"(?:by|von|par|por|av|af|door|autor(?:in)?|author)(?:\s*:\s*|\s+|$)", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][\w.'’`-]*(?:[ /,&][\w.'’`/&()-]+){0,6},?")
AUTHOR_BOX = re.compile(
    r"(?<![a-z])(?:author|byline|penulis|reporter|wartawan|writer|contributor|kontributor)(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class Credit:
    """Names found, each with what gave it."""

    byline: str | None = None
    editor: str | None = None
    source: str = ""
    editor_source: str = ""


def find_credit(
    blocks: list[Block],
    boxes: list[Box],
    head: range,
    tail: list[str],
    text: str,
    page: Metadata,
    hint: str | None,
    now: datetime,
    zone: tzinfo,
    site: str = "",
    *,
    abroad: bool = False,
) -> Credit:
    """Find author and editor.

    Parameters
    ----------
    head
        Blocks around the headline, up to the first paragraph.
    tail
        Credit lines and short lines from behind the text.
    text
        The body, for a signature at its end.
    hint
        The author as the feed names it.
    site
        Name of the outlet, which as an author says nothing.
    abroad
        The page is not Indonesian: its claims are better than what labels of two languages find.
    """
    near = [blocks[i] for i in head]
    editor = next(
        (n for line in [*(b.text for b in near if b.words <= 40), *tail] for n in labelled(line, "editor")), None
    )
    weak = {key(site), key(page.meta.get("og:site_name", ""))} - {""}
    first: tuple[str | None, str] | None = None
    offers = _offers(blocks, boxes, head, tail, text, page, hint, now, zone)
    for name, source in _sort_abroad(list(offers), now, zone) if abroad else offers:
        first = first or (name, source)
        if not _is_generic(name) and key(name) not in weak:
            return Credit(name, editor, source, "text" if editor else "")
    byline, source = first or (None, "")
    return Credit(byline, editor, source, "text" if editor else "")


def _offers(
    blocks: list[Block],
    boxes: list[Box],
    head: range,
    tail: list[str],
    text: str,
    page: Metadata,
    hint: str | None,
    now: datetime,
    zone: tzinfo,
) -> Iterator[tuple[str, str]]:
    """Yield names with what gave them, the most trusted first; what costs most is looked for last."""
    yield from ((name, "text") for name in _printed(blocks, boxes, head))
    yield from _claimed(page)
    yield from ((name, "text") for line in tail for name in labelled(line, "author"))
    # A feed names the account, as the page's frame does: what the text itself says must win by either way. "admin" from
    # a feed alone would make the same post differ by the way it came.
    if (name := _name_of(hint)) and not _is_generic(name):
        yield name, "feed"
    yield from ((name, "text") for name in _beside_date(blocks, boxes, head, now, zone, page))
    yield from ((name, "text") for name in _signed(text, tail))


def _sort_abroad(offers: list[tuple[str, str]], now: datetime, zone: tzinfo) -> Iterator[tuple[str, str]]:
    """Yield the names of a foreign page without the labels of its language, what it tells machines first."""
    for name, source in sorted(offers, key=lambda offer: offer[1] not in ("next_data", "json-ld", "meta")):
        name = name[match.end() :] if (match := _FOREIGN_LABEL.match(name)) else name
        if name and (source != "text" or (name[0].isupper() and not any(find_dates(name, now, zone)))):
            yield name, source


def labelled(text: str, kind: str) -> Iterator[str]:
    """Yield the names that stand behind a label of the kind "author" or "editor" in a line."""
    bare = text.strip()
    other = label_pattern("editor" if kind == "author" else "author")
    for match in label_pattern(kind).finditer(bare):
        lead = bare[: match.start()].strip(" -–—|([:•·*")
        if lead and not match["mark"] and lead[-1:] not in "|-)" and not _ends_part(bare[: match.start()]):
            continue
        rest = bare[match.end() :].lstrip(" :-–—")
        cut = min(
            (
                m.start()
                for m in (*other.finditer(rest), *label_pattern(kind).finditer(rest))
                if m.start() and (m["mark"] or _ends_part(rest[: m.start()]))
            ),
            default=len(rest),
        )
        if name := clean_name(rest[:cut]):
            yield name


def clean_name(text: str) -> str:
    """Cut a name out of what follows a label: up to a separator, a date, a weekday; without trailing initials."""
    text = _WEEKDAY.sub("", _ON_DAY.sub("", text))
    while (label := label_pattern("author").match(text)) and (
        label["mark"] or text[label.end() :].lstrip()[:1].isupper()
    ):
        text = text[label.end() :].lstrip()
    text = (
        re.sub(r",?\s*(?<!\w)\d{1,2}[\s/-].*$", "", text) if re.search(r"\d{1,2}[\s/-]\w+[\s/-]\d{2,4}", text) else text
    )
    text = _BREAK.split(text.strip(" -–—|•·"), maxsplit=1)[0]
    text = _INITIALS.sub("", text).strip(' ,.:;-–—|/*"“”')
    if text.endswith(")") and "(" not in text:
        text = text[:-1].strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    words = text.split()
    if (
        not 1 <= len(words) <= 8
        or len(text) > 60
        or not any(c.isalpha() for c in text)
        or text.startswith(("http", "@"))
    ):
        return ""
    return "" if {w.lower().strip(",.") for w in words} & word_set("byline", "never") else text


def is_name(text: str) -> bool:
    """Say whether a short text could be a writer's name."""
    return bool(_NAME.fullmatch(text)) and bool(clean_name(text)) and not line_pattern("line", "whole").fullmatch(text)


def _ends_part(text: str) -> bool:
    return bool(re.search(r"[|•·;,/)(\-–—]\s*$|\s{2,}$", text))


def _is_generic(name: str) -> bool:
    return bool(lower_pattern("byline", "generic").fullmatch(name.strip().lower()))


def _printed(blocks: list[Block], boxes: list[Box], head: range) -> Iterator[str]:
    """Names in lines that a label or the name of their box gives away, those nearest before the text first."""
    for index in reversed(head):
        block = blocks[index]
        if block.words > 30 or block.weight >= 8:
            continue
        found = list(labelled(block.text, "author"))
        if (
            not found
            and block.words <= 12
            and (block.tag == "address" or AUTHOR_BOX.search(boxes[block.box].name))
            and not label_pattern("editor").match(block.text)
        ):
            found = [n for n in [clean_name(block.pieces[0] if block.pieces else block.text)] if n and n[0].isalpha()]
        yield from found


def _claimed(page: Metadata) -> Iterator[tuple[str, str]]:
    authors = page.next_article.get("authors") or page.next_article.get("author")
    for value, source in (
        (authors, "next_data"),
        (page.article.get("author"), "json-ld"),
        (page.first(AUTHOR_KEYS), "meta"),
    ):
        if name := _name_of(value):
            yield name, source


def _name_of(value: Any) -> str:
    if isinstance(value, list):
        names = [n for item in value[:4] if (n := _name_of(item))]
        return ", ".join(dict.fromkeys(names))
    if isinstance(value, dict):
        return _name_of(value.get("name"))
    if not isinstance(value, str) or value.startswith(("http://", "https://")):
        return ""
    name = fold(value).strip(" ,;")
    return name if 0 < len(name) <= 80 else ""


def _beside_date(
    blocks: list[Block], boxes: list[Box], head: range, now: datetime, zone: tzinfo, page: Metadata
) -> Iterator[str]:
    """Names without a label, in the line of the date or in the one beside it."""
    counter = line_pattern("line", "count")
    section = key(str(page.article.get("articleSection") or ""))
    for index in reversed(head):
        block = blocks[index]
        if block.words > 25 or block.weight >= 10:
            continue
        dates = list(find_dates(block.spaced, now, zone))
        if not dates:
            continue
        before = _SHORT_DAY.sub("", block.spaced[: dates[0].start].rstrip(" ,|-"))
        lead = clean_name(_BREAK.sub(" | ", before).strip(" ,|-"))
        after = (
            _ZONE.sub("", block.spaced[dates[-1].end :]) if block.spaced[dates[-1].end :].strip()[:1] in _PARTS else ""
        )
        beside = [lead, *block.pieces, after]
        for other in (index - 1, index + 1):
            if (
                other in head
                and _alike(block, blocks[other], boxes)
                and blocks[other].words <= 6
                and len(blocks[other].hrefs) < 2
            ):
                beside.append(blocks[other].text)
        for text in beside:
            name = clean_name(text) if text else ""
            if (
                name
                and not counter.fullmatch(name)
                and key(name) != section
                and not list(find_dates(text, now, zone))
                and (is_name(name) or _INITIAL.fullmatch(name))
            ):
                yield name


def _alike(one: Block, other: Block, boxes: list[Box]) -> bool:
    """Say whether two lines are items of one row: neighbours in a list, or parts of one small box."""
    a, b = boxes[one.box], boxes[other.box]
    if one.box == other.box or (a.parent == other.box and b.end - b.start <= 3):
        return True
    return a.parent == b.parent and (a.tag == b.tag or is_named("meta", boxes[a.parent].name))


def _signed(text: str, tail: list[str]) -> Iterator[str]:
    """Names at the end: "(Yasrizal)", or a short line of its own."""
    for line in [*reversed(tail), *reversed(text.split("\n\n")[-2:])]:
        match = _SIGNATURE.search(line.strip())
        name = match[1].strip() if match else line.strip() if line in tail else ""
        if (
            not name
            or len(name) < 4
            or any(tail_pattern("marker", k).search(f"({name})") for k in ("paid_tail", "release_tail"))
        ):
            continue
        if is_name(name) and not inner_pattern("caption", "line").fullmatch(line):
            yield clean_name(name)
