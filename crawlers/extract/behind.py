"""What stands right behind a text, before other articles: credits, and rows that say when it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from itertools import islice, pairwise, takewhile

from crawlers.extract.aside import HEADINGS
from crawlers.extract.blocks import Block
from crawlers.extract.dates import Found, find_dates
from crawlers.extract.lines import is_furniture

_REACH = 20  # blocks behind a text that may hold its credits
_CREDITS = 12  # of these that are looked at, buttons and numbers of pages aside
_SHORT = 14  # words of a line of credits
_TEASER = 4  # words of another article's headline at least
_PUBLISHED = re.compile(
    r"(?:(?:tanggal|tgl|waktu|jam)\W+)?(?:terbit|tayang|publikasi|publish(?:ed)?|posted|posting|unggah"
    r"|di(?:terbitkan|tayangkan|publikasikan|posting|post|publish|unggah))(?:\s+(?:pada|on))?\W*",
    re.IGNORECASE,
)


def find_short(blocks: Sequence[Block]) -> list[Block]:
    """Return the short ones of the first few blocks behind a text, without buttons and numbers of pages."""
    telling = (block for block in _own(blocks) if not is_furniture(block.text) and any(map(str.isalpha, block.text)))
    return [block for block in islice(telling, _CREDITS) if block.words <= _SHORT]


def find_published(blocks: Sequence[Block], now: datetime, zone: tzinfo, *, day_first: bool) -> Iterator[Found]:
    """Yield exact times behind a label of their own: "Diterbitkan", "22-01-2026 09:17"; `day_first` as everywhere."""
    for label, block in pairwise(_own(blocks)):
        if block.words <= _SHORT and _PUBLISHED.fullmatch(label.text):
            yield from (f for f in find_dates(block.spaced, now, zone, day_first=day_first) if f.exact)


def _own(blocks: Sequence[Block]) -> Iterator[Block]:
    return takewhile(lambda block: not _is_teaser(block), blocks[:_REACH])


def _is_teaser(block: Block) -> bool:
    """Say whether a line is the headline of another article, whose writers stand behind it."""
    return block.tag in HEADINGS and block.words >= _TEASER and block.links >= 0.8 * len(block.text)
