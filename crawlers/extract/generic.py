"""The text of a page nobody wrote a recipe for: the own scorer where its vocabulary is at home, trafilatura elsewhere.

On Indonesian news pages the scorer of ``body`` is both better and many times faster; on pages of other languages,
and where the scorer is not sure, trafilatura (precision mode, the best of the open generic extractors) is asked and
its lines are cleaned alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from operator import methodcaller
from urllib.parse import urlsplit

from crawlers.extract.blocks import Block, Box
from crawlers.extract.body import SURE, Region
from crawlers.extract.dates import Found
from crawlers.extract.lines import Lines, sort_lines
from crawlers.extract.words import word_set

ENOUGH_WORDS = 40  # a shorter text is looked for a second time
PLENTY = 150  # words of a text that trafilatura does not find by mistake
AT_HOME = 0.06  # share of Indonesian function words from which on a text is Indonesian; real ones have 0.15 and more


@dataclass(frozen=True, slots=True)
class Choice:
    """The text chosen and who found it."""

    lines: Lines
    extractor: str  # generic or trafilatura


def is_indonesian(blocks: list[Block], language: str, url: str) -> bool:
    """Say whether a page's running text is Indonesian; what page and address declare counts where the text is short."""
    declared = language.split("-")[0] in ("id", "in", "ms") or (urlsplit(url).hostname or "").endswith(".id")
    words = [w for block in blocks if block.weight for w in block.text.lower().split()][:600]
    if len(words) < 20:
        return declared or not language
    stop = word_set("page", "stopwords")
    share = sum(map(stop.__contains__, map(methodcaller("strip", ',."“”'), words))) / len(words)
    return share >= AT_HOME or (share >= AT_HOME / 3 and (declared or not language or len(words) < 100))


def choose_text(
    html: str,
    own: Lines,
    region: Region,
    *,
    indonesian: bool,
    title: str,
    drop_lines: tuple[str, ...] = (),
    read: Callable[[str], str] | None = None,
) -> Choice:
    """Return the scorer's text or trafilatura's, by the rule at the head of this module.

    `read` stands in for `read_generic`, with what that gives for the page.
    """
    size = sum(len(line.split()) for line in own.text)
    if indonesian and size and region.confidence >= SURE and (region.named or size >= ENOUGH_WORDS):
        return Choice(own, "generic")
    other = _sort_text((read or read_generic)(html), title, drop_lines, whole=not indonesian)
    found = sum(len(line.split()) for line in other.text)
    if indonesian:
        better = found > 1.5 * size if region.confidence >= SURE or size < ENOUGH_WORDS else found > 0.6 * size
    else:
        better = found >= min(0.5 * size, PLENTY) or region.confidence < SURE
    return Choice(other, "trafilatura") if better and found else Choice(own, "generic")


def read_generic(html: str) -> str:
    """Return a page's text as trafilatura finds it, a paragraph a line; many times slower than all else here."""
    import trafilatura  # takes as long to load as all else, and most crawls never need it

    text = trafilatura.extract(
        html, favor_precision=True, include_comments=False, include_tables=False, include_formatting=False
    )
    return text or ""


def _sort_text(text: str, title: str, drop_lines: tuple[str, ...], *, whole: bool) -> Lines:
    """Sort the lines of another extractor by the same rules as our own; `whole` keeps short ones at its ends."""
    box = Box("body", "", -1, 0)
    blocks = []
    for line in text.split("\n"):
        if folded := " ".join(re.sub(r"^- ", "", line).split()):
            words = folded.count(" ") + 1
            blocks.append(Block(folded, 0, "p", words=words, weight=float(words) if whole or words >= 5 else 0.0))
    box.end = len(blocks)
    return sort_lines(blocks, [box], list(range(len(blocks))), title, drop_lines)


def find_day(html: str, url: str, zone: tzinfo, read: Callable[[str, str], str] | None = None) -> Found | None:
    """Return the day of publication that trafilatura finds on a page of another language, whose months we do not know.

    `read` stands in for `read_day`, with what that gives for the page.
    """
    try:
        at = datetime.fromisoformat((read or read_day)(html, url))
    except ValueError:
        return None
    return Found(at.replace(tzinfo=zone), False, 0, 0)


def read_day(html: str, url: str) -> str:
    """Return the day that trafilatura finds, as ISO 8601 has it, or nothing; as slow as `read_generic`.

    Its search of the whole page, which takes any date for the one of publication, comes last, and a first of January
    that only that finds is the year of a copyright.
    """
    import trafilatura  # see above

    for whole in (False, True):
        found = trafilatura.extract_metadata(html, default_url=url, extensive=whole)
        if found and found.date and not (whole and found.date.endswith("-01-01")):
            return found.date
    return ""
