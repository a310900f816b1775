"""A digest as plain lines, for terminals, pipes and plain-text mail.

A line carries a style word; ``print_lines`` colours it on a terminal, ``render_text`` drops it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch
from typing import TextIO

from monitor.render.sheet import Bars, Columns, Entry, Figures, Heading, Listing, Para, Sheet, Table

WIDTH = 96
NAME_WIDTH = 48
BAR_WIDTH = 40
BAR_MARKS = ("█", "░", "▓")  # positif, netral, negatif
STYLES = {"title": "bold", "head": "bold cyan", "strong": "bold", "alarm": "bold red", "dim": "dim", "": ""}


@dataclass(frozen=True, slots=True)
class Line:
    """One line and how it is meant: title, head, strong, alarm, dim or plain."""

    text: str = ""
    style: str = ""


def render_text(sheet: Sheet) -> str:
    """Return the digest as plain text."""
    return "\n".join(line.text for line in build_lines(sheet)) + "\n"


def print_lines(sheet: Sheet, stream: TextIO) -> None:
    """Write the digest to a terminal, in colour."""
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False, soft_wrap=True)
    for line in build_lines(sheet):
        console.print(Text(line.text, style=STYLES[line.style]))


def build_lines(sheet: Sheet) -> Iterator[Line]:
    """Yield the digest line by line."""
    yield Line(sheet.title, "title")
    yield from (Line(line, "dim") for line in sheet.lines)
    yield Line()
    for block in sheet.blocks:
        yield from _draw(block)
    yield Line(sheet.foot, "dim")


@singledispatch
def _draw(block: object) -> Iterator[Line]:
    raise TypeError(f"no way to draw {type(block).__name__}")


@_draw.register
def _draw_heading(block: Heading) -> Iterator[Line]:
    yield Line()
    yield Line(block.text, "alarm" if block.alarm else "head")


@_draw.register
def _draw_para(block: Para) -> Iterator[Line]:
    yield from _wrap("", block.text, block.style)
    if block.url:
        yield Line(f"  {block.url}", "dim")


@_draw.register
def _draw_figures(block: Figures) -> Iterator[Line]:
    cells = (f"{value} {name}" + (f" ({against})" if against else "") for value, name, against in block.cells)
    yield from _wrap("", " · ".join(cells))


@_draw.register
def _draw_bars(block: Bars) -> Iterator[Line]:
    for label, counts, words in block.rows:
        ends = [round(BAR_WIDTH * sum(counts[:place]) / sum(counts)) for place in range(len(counts) + 1)]
        pairs = zip(BAR_MARKS, ends, ends[1:], strict=False)
        yield Line(f"{label:<34}" + "".join(mark * (end - start) for mark, start, end in pairs) + f"  {words}")


@_draw.register
def _draw_columns(block: Columns) -> Iterator[Line]:
    yield from _wrap("", block.alt, "dim")


@_draw.register
def _draw_entry(block: Entry) -> Iterator[Line]:
    lead = f"{block.number}. " if block.number else "- "
    yield from _wrap(lead, block.title, "alarm" if block.alarm else "strong")
    for note in block.notes:
        yield from _wrap("   ", note.text, "dim" if note.style == "dim" else "")
        if note.url:
            yield Line(f"     {note.url}", "dim")
    if block.url:
        yield Line(f"   {block.url}", "dim")


@_draw.register
def _draw_table(block: Table) -> Iterator[Line]:
    yield Line(" " * NAME_WIDTH + "".join(f"{head:>11}" for head in block.heads[1:]), "dim")
    for name, *cells in block.rows:
        *above, last = textwrap.wrap(name, NAME_WIDTH - 1) or [""]
        yield from (Line(line) for line in above)
        yield Line(f"{last:<{NAME_WIDTH}}" + "".join(f"{cell:>11}" for cell in cells))


@_draw.register
def _draw_listing(block: Listing) -> Iterator[Line]:
    for cells, url in zip(block.rows, block.urls, strict=True):
        yield from _wrap("- ", " · ".join(cell for cell in cells if cell))
        if url:
            yield Line(f"  {url}", "dim")


def _wrap(lead: str, text: str, style: str = "") -> Iterator[Line]:
    lines = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield from (Line(line, style) for line in lines)
