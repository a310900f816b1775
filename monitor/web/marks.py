"""An article's text cut where its marks begin and end, so that each piece can say what the machine saw in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters ``start`` to ``end`` of title or text, what they speak for (``what``), and why in words."""

    part: str  # title, text
    start: int
    end: int
    what: str  # opd, official, place, pillar, tone, quote, refused
    why: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks."""

    text: str
    marks: tuple[Mark, ...]

    @property
    def classes(self) -> str:
        """The kinds of its marks, as classes of the style sheet."""
        return " ".join(dict.fromkeys(f"is-{mark.what}" for mark in self.marks))

    @property
    def why(self) -> str:
        """What its marks say, a line each."""
        return "\n".join(dict.fromkeys(mark.why for mark in self.marks))


def cut_paragraphs(text: str, part: str, marks: Iterable[Mark]) -> Iterator[list[Piece]]:
    """Yield the pieces of each paragraph of a text; blank lines part paragraphs, and no mark is lost by that."""
    own = sorted((mark for mark in marks if mark.part == part and mark.start < mark.end), key=lambda m: m.start)
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            inside = [mark for mark in own if mark.start < end and mark.end > start]
            edges = sorted({start, end, *(e for m in inside for e in (m.start, m.end) if start < e < end)})
            yield [
                Piece(text[a:b], tuple(mark for mark in inside if mark.start <= a and mark.end >= b))
                for a, b in pairwise(edges)
            ]
        start = end + 1
