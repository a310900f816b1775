"""What speaker resolution works on: tokens with offsets, mentions found by other components, persons who may speak."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r"[^\W\d_][\w'’.&/-]*|\d[\w.,]*|[(),;:–—]")


@dataclass(frozen=True, slots=True)
class Named:
    """A mention found by another component, in characters of the same text."""

    start: int
    end: int
    id: str


@dataclass(frozen=True, slots=True)
class Person:
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
        return self.name or self.printed


@dataclass(frozen=True, slots=True)
class Mentions:
    """What other components found in the text, and short names that attributions in it use."""

    officials: Sequence[Named] = ()
    opd: Sequence[Named] = ()
    others: Sequence[Named] = ()  # offices of other governments, places: never a person
    shorts: frozenset[str] = frozenset()

    def official(self, start: int, end: int) -> Named | None:
        """Return the first official within [start, end)."""
        return next((m for m in self.officials if start <= m.start and m.end <= end), None)

    def office(self, start: int, end: int) -> str | None:
        """Return the id of the first OPD that touches [start, end)."""
        return next((m.id for m in self.opd if m.start < end and m.end > start), None)

    def is_body(self, at: int) -> bool:
        """Tell whether the character lies in an office or a place."""
        return any(m.start <= at < m.end for group in (self.opd, self.others) for m in group)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark of punctuation with its offsets."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.rstrip(".").lower()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Return words and the punctuation that parts phrases, with offsets in ``text``."""
    found = []
    for match in _TOKEN.finditer(text, start, end):
        word = match[0]
        if word.endswith(".") and len(word) > 3 and "." not in word[:-1]:
            word = word[:-1]  # a full stop, not an abbreviation's
        word = word.rstrip("'’-/")
        found.append(Token(word, match.start(), match.start() + len(word)))
    return found
