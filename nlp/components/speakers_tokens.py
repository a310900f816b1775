"""What speaker resolution works on: tokens with offsets, mentions found by other components, persons who may speak."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import chain
from typing import NamedTuple

from nlp.components.speakers_words import load_words

_TOKEN = re.compile(r"@[\w.]+|[^\W\d_][\w'’.&/-]*|\d[\w.,]*|[(),;:–—]")


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
        return self.name or self.printed.rstrip(".")


@dataclass(frozen=True, slots=True)
class Mentions:
    """What other components found in the text, and short names that attributions in it use."""

    officials: Sequence[Named] = ()
    opd: Sequence[Named] = ()
    others: Sequence[Named] = ()  # offices of other governments, places: never a person
    shorts: frozenset[str] = frozenset()
    regions: frozenset[int] = frozenset()  # where names of regencies and provinces begin
    covered: frozenset[int] = field(init=False)  # characters in offices and places

    def __post_init__(self) -> None:
        bodies = (range(m.start, m.end) for group in (self.opd, self.others) for m in group)
        object.__setattr__(self, "covered", frozenset(chain.from_iterable(bodies)))

    def official(self, start: int, end: int) -> Named | None:
        """Return the first official within [start, end)."""
        return next((m for m in self.officials if start <= m.start and m.end <= end), None)

    def office(self, start: int, end: int) -> str | None:
        """Return the id of the first OPD that touches [start, end)."""
        return next((m.id for m in self.opd if m.start < end and m.end > start), None)

    def is_body(self, at: int) -> bool:
        """Tell whether the character lies in an office or a place."""
        return at in self.covered


class Token(NamedTuple):
    """A word or mark of punctuation with its offsets; ``word`` tells what is known of it."""

    start: int
    end: int
    text: str
    low: str
    capital: bool
    word: Word


class Word(NamedTuple):
    """A word in a piece of text without spaces; what the lists of ``speakers_words`` say of it is looked up once."""

    start: int
    end: int
    text: str
    low: str  # lower case without a full stop
    capital: bool
    noun: bool  # names a person by trade or office
    parting: bool  # ends a phrase
    lead: bool  # may attribute speech to what follows
    reporting: bool
    sign: bool  # anything of a sentence that may tell whom it is about: verbs of saying, leads, passives


_build_token = partial(tuple.__new__, Token)  # a third of the time of Token(...)


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Return words and the punctuation that parts phrases, with offsets in ``text``."""
    found, starts = _read_tokens(text)
    return found[bisect_left(starts, start) : bisect_left(starts, end)]


@lru_cache(maxsize=4)  # title and text of the article that is read
def _read_tokens(text: str) -> tuple[list[Token], list[int]]:
    rows: list[tuple[int, int, str, str, bool, Word]] = []
    at = 0
    for chunk in text.replace("\n", " ").split(" "):
        for word in _read_chunk(chunk):
            begin, end, printed, low, capital = word[:5]
            rows.append((at + begin, at + end, printed, low, capital, word))
        at += len(chunk) + 1
    return list(map(_build_token, rows)), [row[0] for row in rows]


@lru_cache(maxsize=20_000)
def _read_chunk(chunk: str) -> tuple[Word, ...]:
    """Return the tokens of a piece of text without spaces; most pieces come again and again."""
    found = []
    for match in _TOKEN.finditer(chunk):
        word, start = match[0], match.start()
        if word.endswith(".") and len(word) > 3 and "." not in word[:-1]:
            word = word[:-1]  # a full stop, not an abbreviation's
        word = word.rstrip("'’-/")
        low, capital = word.rstrip(".").lower(), word[0].isupper() or word[0] == "@"
        found.append(Word(start, start + len(word), word, low, capital, *_judge(low)))
    return tuple(found)


@lru_cache(maxsize=20_000)
def _judge(low: str) -> tuple[bool, bool, bool, bool, bool]:
    """Return what the lists say of a word in lower case: the last fields of ``Word``."""
    words = load_words()
    lead, reporting = low in words.leads, low in words.reporting
    sign = lead or reporting or low in words.turns or low.startswith("di") or low in {"datang", "membuat"}
    return words.is_noun(low), words.is_parting(low), lead, reporting, sign
