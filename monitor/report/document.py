"""A report as sections of text, tables, figures and notes, worded and formatted but in no file format yet.

Composed once (``monitor.report.compose``); Word, PDF and HTML write the same document, so their numbers cannot differ.

No ``monitor.render.sheet``: of the kinds of block of both only paragraphs and tables are alike, and these are drawn in
other ways (Word and pages with charts here; terminal and mail there), so that one model would save no renderer a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from monitor.render.wording import web_address


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to an address; only web addresses lead anywhere."""

    text: str
    url: str

    @property
    def target(self) -> str | None:
        """The address, or None when following it could do something else than open a page."""
        return web_address(self.url) or None


Cell = str | Link


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; ``small`` ones define and qualify."""

    text: str
    style: Literal["body", "small", "head"] = "body"


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; ``numeric`` columns are aligned to the right, ``widths`` are parts of the line."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[bool, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with what it shows (``alt``, for those who do not see it) and its caption."""

    chart: Any  # of altair
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Note:
    """Room for the staff; ``text`` is what they wrote before, of which nothing is printed while it is empty."""

    section: str
    text: str


Block = Text | Points | Table | Figure | Note


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part; ``id`` is the name that templates and notes use."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report."""

    title: str
    period: str
    status: str  # "sementara" with its reason, or empty
    regency: str
    office: str
    number: str  # line with the id of the data
    sections: tuple[Section, ...]
    lang: str
    note_head: str


def build_table(head: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[float], words: int = 1) -> Table:
    """Return a table whose first ``words`` columns are words and the rest numbers; rows shorter than the head fail."""
    for row in rows:
        if len(row) != len(head):
            raise ValueError(f"a row of {len(row)} cells under {len(head)} heads")
    numeric = tuple(place >= words for place in range(len(head)))
    return Table(tuple(head), tuple(tuple(row) for row in rows), numeric, tuple(widths))
