"""The text of a page nobody wrote a recipe for: the own scorer where its vocabulary is at home, trafilatura elsewhere.

On Indonesian news pages the scorer of ``body`` is both better and many times faster; where it is not sure,
trafilatura (precision mode, the best of the open generic extractors) is asked too and its lines are sorted alike.
On pages of other languages trafilatura's text stands as it is, but for what surrounds an article at its ends; the
scorer's is taken where precision mode finds next to nothing, or where the default mode agrees with the scorer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from operator import methodcaller
from urllib.parse import urlsplit

from crawlers.extract.blocks import Block, Box
from crawlers.extract.body import SURE, Region
from crawlers.extract.dates import Found
from crawlers.extract.lines import Lines, has_words, judge_line, sort_lines
from crawlers.extract.outside import read_day, read_generic
from crawlers.extract.titles import key
from crawlers.extract.words import word_set

ENOUGH_WORDS = 40  # a shorter text is looked for a second time
PLENTY = 900  # characters of a text that trafilatura does not find by mistake
ALIKE = 0.95  # likeness of two texts from which on a third opinion is not worth its time
AGREED = 0.8  # the same, from which on two extractors mean the same text
SENTENCE = 60  # characters of a line that belongs to the article, not to what surrounds it
ENDS = 4  # lines at either end of a text among which what surrounds an article is looked for
_LOOKED_AT = 600  # words of a page by which its language is told
AT_HOME = 0.06  # share of Indonesian function words from which on a text is Indonesian; real ones have 0.15 and more


@dataclass(frozen=True, slots=True)
class Choice:
    """The text chosen and who found it."""

    lines: Lines
    extractor: str  # generic or trafilatura


def is_indonesian(blocks: list[Block], language: str, url: str) -> bool:
    """Say whether a page's running text is Indonesian; what page and address declare counts where the text is short."""
    told = language.split("-")[0] in ("id", "in", "ms")
    declared = told or (urlsplit(url).hostname or "").endswith(".id")
    stop = word_set("page", "stopwords")
    words: list[str] = []
    found = 0
    for block in blocks:
        if block.weight and len(words) < _LOOKED_AT:
            more = block.text.lower().split()[: _LOOKED_AT - len(words)]
            words += more
            found += sum(map(stop.__contains__, more))
            if found >= AT_HOME * _LOOKED_AT:  # whatever comes behind
                return True
    if len(words) < 20:
        return declared or not (language or not _is_latin(blocks))
    share = found / len(words)
    if share < AT_HOME:  # else there is no need to take off the marks
        share = sum(map(stop.__contains__, map(methodcaller("strip", ',."“”'), words))) / len(words)
    short = len(words) < 100
    return share >= AT_HOME or (told and short) or (share >= AT_HOME / 3 and (declared or not language or short))


def choose_text(
    html: str,
    own: Lines,
    region: Region,
    *,
    indonesian: bool,
    title: str,
    drop_lines: tuple[str, ...] = (),
    read: Callable[..., str] | None = None,
) -> Choice:
    """Return the scorer's text or trafilatura's, by the rule at the head of this module.

    `read` stands in for `outside.read_generic`, with what that gives for the page.
    """
    read = read or read_generic
    if not indonesian:
        return _choose_foreign(html, own, region, title, drop_lines, read)
    if region.confidence >= SURE and has_words(own.text, 1 if region.named else ENOUGH_WORDS):
        return Choice(own, "generic")
    size = sum(len(line.split()) for line in own.text)
    other = _sort_text(read(html), title, drop_lines)
    found = sum(len(line.split()) for line in other.text)
    better = found > 1.5 * size if region.confidence >= SURE or size < ENOUGH_WORDS else found > 0.6 * size
    return Choice(other, "trafilatura") if better and found else Choice(own, "generic")


def _choose_foreign(
    html: str, own: Lines, region: Region, title: str, drop_lines: tuple[str, ...], read: Callable[..., str]
) -> Choice:
    precise = _trim_text(read(html), title, drop_lines)
    mine, theirs = " ".join(own.text), " ".join(precise.text)
    sure = bool(mine) and region.confidence >= SURE
    likeness = measure_likeness(mine, theirs)
    if theirs and (likeness >= ALIKE or not sure):
        return Choice(precise, "trafilatura")
    broad = _trim_text(read(html, broad=True), title, drop_lines)
    third = " ".join(broad.text)
    agreed = measure_likeness(mine, third)
    if sure and agreed > max(likeness, measure_likeness(theirs, third), AGREED):
        return Choice(own, "generic")
    if sure and len(theirs) < min(0.5 * len(mine), PLENTY):
        return Choice(own, "generic")
    chosen = precise if theirs else broad
    return Choice(chosen, "trafilatura") if chosen.text else Choice(own, "generic")


def measure_likeness(one: str, other: str) -> float:
    """Return F1 of the runs of four words that two texts share; of shorter texts, of the texts as they are."""
    a, b = (Counter(zip(*(words[i:] for i in range(4)), strict=False)) for words in (one.split(), other.split()))
    if not a or not b:
        return float(one == other)
    return 2 * (a & b).total() / (a.total() + b.total())


def _fold_lines(text: str, *, tables: bool) -> list[str]:
    """Fold each line's whitespace, without the marks of lists and tables; rows of tables only where asked for."""
    lines = [line for line in text.split("\n") if tables or not line.startswith("|")]
    rows = (" ".join(re.sub(r"^- ", "", line).strip("| ").split()) for line in lines)
    return [row for row in rows if row.strip("|- ")]


def _trim_text(text: str, title: str, drop_lines: tuple[str, ...]) -> Lines:
    """Sort the lines at the ends of a text of another language; all between the first sentence and the last stay."""
    rows = _fold_lines(text, tables=True)
    sentences = [i for i, row in enumerate(rows) if len(row) >= SENTENCE and key(row) != key(title)]
    first, last = (sentences[0], sentences[-1]) if sentences else (len(rows), -1)
    extra = re.compile("|".join(f"(?:{p})" for p in drop_lines), re.IGNORECASE) if drop_lines else None
    out = Lines()
    for index, row in enumerate(rows):
        kind = "text"
        if index < min(first, ENDS) or index > max(last, len(rows) - 1 - ENDS):
            kind = judge_line(Block(row, 0, "p", words=row.count(" ") + 1), [Box("body", "", -1, 0)], row, title)
        if (index < ENDS and key(row) == key(title)) or (extra and extra.search(row)):
            kind = "furniture"
        getattr(out, {"caption": "captions", "credit": "credits"}.get(kind, kind)).append(row)
    return out


def _sort_text(text: str, title: str, drop_lines: tuple[str, ...]) -> Lines:
    """Sort the lines of another extractor by the same rules as our own."""
    box = Box("body", "", -1, 0)
    blocks = []
    for row in _fold_lines(text, tables=False):
        words = row.count(" ") + 1
        blocks.append(Block(row, 0, "p", words=words, weight=float(words) if words >= 5 else 0.0))
    box.end = len(blocks)
    return sort_lines(blocks, [box], list(range(len(blocks))), title, drop_lines)


def _is_latin(blocks: list[Block]) -> bool:
    """Say whether a page is written in the Latin alphabet."""
    letters = [c for block in blocks[:200] for c in block.text if c.isalpha()]
    return sum(map(str.isascii, letters)) >= 0.8 * len(letters)


def find_day(html: str, url: str, zone: tzinfo, read: Callable[[str, str], str] | None = None) -> Found | None:
    """Return the day of publication that trafilatura finds on a page of another language, whose months we do not know.

    `read` stands in for `outside.read_day`, with what that gives for the page.
    """
    try:
        at = datetime.fromisoformat((read or read_day)(html, url))
    except ValueError:
        return None
    return Found(at.replace(tzinfo=zone), False, 0, 0)
