"""What speaker resolution works on: tokens with offsets, mentions found by other components, persons who may speak."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

from nlp.components.speakers_words import load_words
from nlp.memo import Memo

_REMEMBERED = 20_000  # strings: all common ones; names come and go
_ACTION = 8  # letters
_TOKEN = re.compile(r"@[\w.]+|[^\W\d_][\w'’.&/-]*|\d[\w.,]*|[(),;:–—]")


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
        for named in self.officials:
            if start <= named.start and named.end <= end:
                return named
        return None

    def office(self, start: int, end: int) -> str | None:
        """Return the id of the first OPD that touches [start, end)."""
        for named in self.opd:
            if named.start < end and named.end > start:
                return named.id
        return None

    def is_body(self, at: int) -> bool:
        """Tell whether the character lies in an office or a place."""
        return at in self.covered


@dataclass(slots=True)  # not frozen, which makes new words dear, and every article has some
class Word:
    """A printed word; what the lists of ``speakers_words`` say of it is looked up once."""

    text: str
    low: str  # lower case without a full stop
    capital: bool
    sign: bool  # anything of a sentence that may tell whom it is about: verbs of saying, leads, passives
    noun: bool  # names a person by trade or office
    body: bool  # belongs to the name of a body or a territory
    parting: bool  # ends a phrase
    breaking: bool  # ends a phrase of capitalised words, too: a day, a month, a mark of punctuation
    lead: bool  # may attribute speech to what follows
    reporting: bool
    telling: bool  # one of both


class Token:
    """A word or mark of punctuation with its offsets; ``word`` tells what is known of it."""

    # Thousands are made and asked: attributes of a named tuple take four times as long to read.
    __slots__ = ("capital", "end", "low", "start", "text", "word")

    def __init__(self, start: int, end: int, word: Word) -> None:
        self.start, self.end, self.word = start, end, word
        self.text, self.low, self.capital = word.text, word.low, word.capital


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Return the words that begin within [start, end), and the punctuation that parts phrases."""
    found, starts = _read_tokens(text)
    return found[bisect_left(starts, start) : bisect_left(starts, end)]


def find_reports(text: str) -> list[Token]:
    """Return the words by which speech is attributed, or reported without marks."""
    return [token for token in _read_tokens(text)[0] if token.word.telling]


@lru_cache(maxsize=4)  # an article's text and title, asked for sentence by sentence
def _read_tokens(text: str) -> tuple[list[Token], list[int]]:
    """Return the tokens of a whole text, and where they begin."""
    chunks = text.replace("\n", " ").split(" ")
    begins = accumulate([len(chunk) + 1 for chunk in chunks], initial=0)
    found = [
        Token(at + begin, at + end, word)
        for at, pieces in zip(begins, map(_CHUNKS.__getitem__, chunks), strict=False)
        for begin, end, word in pieces
    ]
    return found, [token.start for token in found]


_Pieces = tuple[tuple[int, int, Word], ...]  # words with their offsets in a stretch without spaces


def is_action(low: str) -> bool:
    """Tell whether a word in lower case names what is done ("penindakan"): of such words sections bear their names."""
    return len(low) > _ACTION and low.startswith(("pe", "ke")) and low.endswith("an")


def _read_word(printed: str) -> Word:
    low, words = printed.rstrip(".").lower(), load_words()
    lead, reporting = low in words.leads, low in words.reporting
    return Word(
        printed,
        low,
        capital=printed[0].isupper() or printed[0] == "@",
        sign=lead or reporting or low in words.turns or low.startswith("di") or low in {"datang", "membuat"},
        noun=words.is_noun(low),
        body=low in words.bodies or is_action(low),
        parting=words.is_parting(low),
        breaking=low in words.weekdays or low in words.months or not printed[0].isalpha(),
        lead=lead,
        reporting=reporting,
        telling=lead or reporting,
    )


def _read_chunk(chunk: str) -> _Pieces:
    """Return the words of a stretch without spaces, with their offsets in it."""
    if chunk.isalpha():
        return ((0, len(chunk), _WORDS[chunk]),)
    pieces = []
    for match in _TOKEN.finditer(chunk):
        word, start = match[0], match.start()
        if word.endswith(".") and len(word) > 3 and "." not in word[:-1]:
            word = word[:-1]  # a full stop, not an abbreviation's
        word = word.rstrip("'’-/")
        pieces.append((start, start + len(word), _WORDS[word]))
    return tuple(pieces)


_WORDS = Memo(_read_word, _REMEMBERED)
_CHUNKS = Memo(_read_chunk, _REMEMBERED)
