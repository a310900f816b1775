"""A document in words but without form: the few kinds of block of which digests are made.

Whoever draws them (``digest_text``, ``digest_html``, ``digest_pdf``) adds no word of its own, so that every form says
the same. All text is final: in the reader's language, on one line, free of control characters.
A month's report has a model of its own, ``monitor.report.document``, which says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Style = Literal["", "strong", "alarm", "dim"]


@dataclass(frozen=True, slots=True)
class Heading:
    """Begins a section."""

    text: str
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Para:
    """A sentence or two; with ``url`` it leads there."""

    text: str
    style: Style = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Headline numbers: value, what it is, and what to hold it against (or nothing)."""

    cells: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """One bar per row, cut into shares; ``parts`` are name and count, in the order of ``keys``."""

    caption: str
    keys: tuple[str, ...]  # positif, netral, negatif: which colour and hatching
    rows: tuple[tuple[str, tuple[int, ...], str], ...]  # label, counts, the counts in words


@dataclass(frozen=True, slots=True)
class Columns:
    """A column chart: label and value, the last one being the one that matters; ``alt`` says it in words."""

    caption: str
    alt: str
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a headline and an address (blank: none): a story, a release, a matter that wants attention."""

    title: str
    url: str
    notes: tuple[Para, ...]
    number: int | None = None
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """First column words, the others numbers; ``notes`` say all but the first number of each row in words, where a
    phone has no room for columns.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """All articles: one row per article, ``url`` (blank: none) behind its title."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]  # time, outlet, title, tone, OPD
    urls: tuple[str, ...]
    title_column: int = 2


Block = Heading | Para | Figures | Bars | Columns | Entry | Table | Listing


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole document; ``id`` is that of the dataset and stands at its foot."""

    title: str
    lines: tuple[str, ...]  # under the title: day, edition, hours
    lang: str
    id: str
    foot: str
    blocks: tuple[Block, ...]
