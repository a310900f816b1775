"""What speaker resolution reads: a text with what other components found in it, and the persons who may speak there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from nlp.components.speakers_tokens import Token
from nlp.components.speakers_words import Words, load_words

NAME = 4  # words of a name at most


class Named(NamedTuple):
    """A mention found by another component, in characters of the same text."""

    start: int
    end: int
    id: str


class Person(NamedTuple):
    """Somebody who may speak. ``office`` is lower-case words written out; ``printed`` is the phrase as it stands."""

    printed: str
    name: str | None = None
    id: str | None = None
    office: tuple[str, ...] = ()
    opd: str | None = None
    back: bool = False  # the phrase points back ("politikus itu", "dia")

    @property
    def label(self) -> str:
        """The speaker as shown to readers: the name, else the phrase as printed."""
        return self.name or self.printed.rstrip(".")


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with the mentions that other components found in it, each kind in order; all offsets are its characters.

    ``others`` are offices of other governments and places: never a person. ``shorts`` are the short names that
    attributions in the text use, ``regions`` where names of regencies and provinces begin and end.
    """

    text: str
    officials: Sequence[Named] = ()
    opd: Sequence[Named] = ()
    others: Sequence[Named] = ()
    shorts: frozenset[str] = frozenset()
    regions: Mapping[int, int] = field(default_factory=dict)
    words: Words = field(default_factory=load_words, repr=False)
    covered: frozenset[int] = field(init=False, repr=False)  # characters in offices and places

    def __post_init__(self) -> None:
        bodies = (range(m.start, m.end) for group in (self.opd, self.others) for m in group)
        object.__setattr__(self, "covered", frozenset(chain.from_iterable(bodies)))

    def official(self, start: int, end: int) -> Named | None:
        """Return the first official within [start, end)."""
        for named in self.officials:
            if start <= named.start and named.end <= end:
                return named
        return None

    def official_end(self, start: int) -> int:
        """Return where the official ends who begins at ``start``: "orang nomor satu di X"; 0 when none does."""
        return next((named.end for named in self.officials if named.start == start), 0)

    def office(self, start: int, end: int) -> str | None:
        """Return the id of the first OPD that touches [start, end)."""
        for named in self.opd:
            if named.start < end and named.end > start:
                return named.id
        return None

    def is_body(self, token: Token) -> bool:
        """Tell whether a token lies in an office or a place."""
        return token.start in self.covered

    def is_place(self, token: Token) -> bool:
        """Tell whether a token lies in an office or a place, or begins a region's name: it is nobody's name."""
        return token.start in self.covered or token.start in self.regions

    def is_namesake(self, part: Sequence[Token]) -> bool:
        """Tell whether a part begins like a region and goes on as a name does: "Bima Fulan", but "Bima, ..."."""
        rest, end = part[1:NAME], self.regions.get(part[0].start)
        return (
            bool(rest)
            and end == part[0].end
            and not any(
                not t.capital or self.is_place(t) or t.word.noun or t.word.body or t.low in self.words.compass
                for t in rest
            )
        )

    def spell(self, found: Sequence[Token]) -> str:
        """Return the text from the first to the last of some tokens."""
        return self.text[found[0].start : found[-1].end]

    def call(self, name: Sequence[Token]) -> Person:
        """Return the person whose name some tokens are."""
        printed = self.spell(name)
        return Person(printed, printed)
