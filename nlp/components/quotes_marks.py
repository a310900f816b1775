"""Finds quotation marks that belong together in running text: what stands between them, no judgement.

Whether a marked stretch is speech, a title or a scare quote is decided in ``quotes_speech``; who speaks, in
``speakers``. Newsrooms mix straight and curly marks, forget the closing one and put spaces on the wrong side, so
geometry (what stands on either side of a mark) counts before the shape of the mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from spacy.tokens import Doc

from nlp.extensions import GAP, notes_of, read_text

Side = Literal["open", "close", "either"]

_DOUBLE = re.compile(r"''|``|‘‘|’’|[\"“”„‟«»″]")
_SINGLE = re.compile(r"['‘’`]")
_ANY = re.compile(r"['‘’`\"“”„‟«»″]")
_OPENING = set("“„‟«‘`")
_CLOSING = set("”»")
_INCH = {'"', "″", "”"}
_PARAGRAPH = re.compile(r"[^\n]+")
_VERSE, _VERSES = 60, 8  # characters of a line of verse, lines of a poem
NEAR = 60  # marks within which an inner quotation and the one around it close


class Marked(NamedTuple):
    """Characters between two marks, marks left out; ``opened_at`` and ``closed_at`` are where the marks lie."""

    start: int
    end: int
    opened_at: int  # equals start when the opening mark is missing
    closed_at: int  # one past the closing mark; equals end when it is missing
    single: bool = False

    @property
    def closed(self) -> bool:
        """Whether a closing mark was found."""
        return self.closed_at > self.end

    @property
    def opened(self) -> bool:
        """Whether an opening mark was found."""
        return self.opened_at < self.start


class _Mark(NamedTuple):
    start: int
    end: int
    side: Side


def marks_of(doc: Doc) -> tuple[Marked, ...]:
    """Return the marked stretches of an article's text, title apart, found once for speech and tone."""
    notes = notes_of(doc)
    if notes.marked is None:
        notes.marked = find_marked(read_text(doc)[notes.title_length + len(GAP) :])
    marked: tuple[Marked, ...] = notes.marked
    return marked


def find_marked(text: str) -> tuple[Marked, ...]:
    """Return the outermost marked stretches of ``text`` in order, offsets in characters of ``text``.

    An unclosed stretch ends with its paragraph, unless the next paragraph closes it before it opens another.
    """
    found: list[Marked] = []
    carried: _Mark | None = None
    if not _ANY.search(text):
        return ()
    for paragraph in _PARAGRAPH.finditer(text):
        if not _ANY.search(text, *paragraph.span()):
            carried = carried if carried and _is_verse(text, carried.start, paragraph) else None
            continue
        marks = list(_marks(text, paragraph.start(), paragraph.end(), _DOUBLE))
        if carried and not marks and _is_verse(text, carried.start, paragraph):
            continue
        if carried and marks and marks[0].side == "close":
            found[-1] = Marked(
                found[-1].start, _trim(text, found[-1].start, marks[0].start), found[-1].opened_at, marks[0].end
            )
            marks = marks[1:]
        pairs, carried = _pair(text, marks, paragraph.start(), paragraph.end())
        found += pairs
        found += _single_pairs(text, paragraph.start(), paragraph.end(), pairs)
    return tuple(_outermost(found))


def _is_verse(text: str, opened_at: int, line: re.Match[str]) -> bool:
    """Tell whether a line goes on with the verses that began at a mark: short lines, no blank one between, few."""
    return (
        len(line[0]) <= _VERSE
        and text[line.start() - 2 : line.start() - 1] != "\n"
        and text.count("\n", opened_at, line.start()) < _VERSES
    )


def _outermost(found: list[Marked]) -> list[Marked]:
    kept: list[Marked] = []
    for one in sorted(found, key=lambda m: (m.opened_at, -m.closed_at)):
        if not kept or one.opened_at >= kept[-1].closed_at:
            kept.append(one)
    return kept


def _marks(text: str, start: int, end: int, pattern: re.Pattern[str]) -> Iterator[_Mark]:
    """Yield the marks of a paragraph; a mark behind a figure means inches unless one before it is still open.

    Also when that one is curly and its partner still follows.
    """
    count, last = 0, ""
    for match in pattern.finditer(text, start, end):
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        if match[0] in _INCH and before.isdigit() and not after.isalnum() and count % 2 == 0:
            continue
        if match[0] == '"' and last == "“" and before.isdigit() and text.find("”", match.end(), end) >= 0:
            continue
        count, last = count + 1, match[0]
        yield _Mark(match.start(), match.end(), _side(match[0], before, after))


def _side(mark: str, before: str, after: str) -> Side:
    gap_before = before.isspace() or before in "([{—–/:"
    gap_after = after.isspace() or after in ")]},.;:?!…—–/"
    if gap_before and not gap_after:
        return "open"
    if gap_after and not gap_before:
        return "close"
    if mark[0] in _OPENING and mark != "‘‘":
        return "open"
    if mark[0] in _CLOSING:
        return "close"
    return "either"


def _pair(text: str, marks: list[_Mark], start: int, end: int) -> tuple[list[Marked], _Mark | None]:
    """Pair the marks of one paragraph; the second value is the mark left open at its end."""
    pairs: list[Marked] = []
    opened: _Mark | None = None
    inner = 0
    for number, mark in enumerate(marks):
        if opened is None:
            if mark.side == "close":
                pairs += _missing_opening(text, mark, pairs[-1].closed_at if pairs else start)
            else:
                opened, inner = mark, 0
        elif _misplaced_closing(text, opened, mark):
            pairs.append(_marked(text, opened, mark))
            opened = None
        elif mark.side == "open" and _closes_later(marks[number + 1 : number + 1 + NEAR]):
            inner += 1
        elif inner and mark.side != "open":
            inner -= 1
        else:
            pairs.append(_marked(text, opened, mark))
            opened = None
            if mark.side == "open":  # two openings, no closing between: the first lost its mark
                opened, inner = mark, 0
                pairs[-1] = Marked(pairs[-1].start, pairs[-1].end, pairs[-1].opened_at, pairs[-1].end)
    if opened is None:
        return pairs, None
    begin = _skip(text, opened.end, end)
    stop = _trim(text, begin, end)
    if stop <= begin:
        return pairs, None
    return [*pairs, Marked(begin, stop, opened.start, stop)], opened


def _misplaced_closing(text: str, opening: _Mark, mark: _Mark) -> bool:
    """Tell whether a mark closes although the space stands on its wrong side: 'selesai, "ujarnya'."""
    straight = text[mark.start : mark.end] == text[opening.start : opening.end] and mark.side == "open"
    before = text[opening.end : mark.start].rstrip()
    return straight and before[-1:] in set(",.?!") and text[mark.end : mark.end + 1].islower()


def _closes_later(rest: list[_Mark]) -> bool:
    """Tell whether both an inner and an outer closing mark follow before the next paragraph's end."""
    depth = 2
    for mark in rest:
        depth += 1 if mark.side == "open" else -1
        if depth == 0:
            return True
    return False


def _missing_opening(text: str, mark: _Mark, start: int) -> list[Marked]:
    begin = _skip(text, start, mark.start)
    return [Marked(begin, mark.start, begin, mark.end)] if mark.start > begin else []


def _marked(text: str, opening: _Mark, closing: _Mark) -> Marked:
    begin = _skip(text, opening.end, closing.start)
    return Marked(begin, _trim(text, begin, closing.start), opening.start, closing.end)


def _single_pairs(text: str, start: int, end: int, pairs: list[Marked]) -> list[Marked]:
    """Pair single marks that stand outside double ones; apostrophes within and at the end of words are none."""
    found: list[Marked] = []
    opened: _Mark | None = None
    passed = 0  # pairs that end before the mark
    for mark in _marks(text, start, end, _SINGLE):
        while passed < len(pairs) and pairs[passed].closed_at <= mark.start:
            passed += 1
        if passed < len(pairs) and pairs[passed].opened_at <= mark.start:
            continue
        if text[mark.start : mark.end + 1] == "''" or text[mark.start - 1 : mark.end] == "''":
            continue
        before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
        if before.isalnum() and after.isalnum():
            continue
        if opened is None and mark.side == "open" and after.isalnum():
            opened = mark
        elif opened is not None and mark.side == "close":
            found.append(Marked(opened.end, mark.start, opened.start, mark.end, single=True))
            opened = None
    if opened is not None and opened.start == start:
        found.append(Marked(opened.end, _trim(text, opened.end, end), opened.start, _trim(text, opened.end, end), True))
    return found


def _skip(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
