"""Parts a text into the tokens that speaker resolution works on, with what the word lists say of each."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from nlp.components.speakers_words import Words, load_words
from nlp.memo import Memo

_REMEMBERED = 30_000  # strings, as many as of the tokenizer: all common ones; names come and go
_ACTION = 8  # letters
_DI = 5  # letters at most of words with di- that are no passives
_PAST_SPACE = (1).__add__
_TOKEN = re.compile(r"@[\w.]+|[^\W\d_][\w'’.&/-]*|\d[\w.,]*|[(),;:–—]")


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
    chunks, begins = _read_chunks(text)
    first, last = max(bisect_right(begins, start) - 1, 0), bisect_left(begins, end)
    found = [
        Token(at + begin, at + stop, word)
        for at, (pieces, _) in zip(begins[first:last], chunks[first:last], strict=True)
        for begin, stop, word in pieces
    ]
    while found and found[-1].start >= end:
        found.pop()
    skipped = 0
    while skipped < len(found) and found[skipped].start < start:
        skipped += 1
    return found[skipped:] if skipped else found


def find_reports(text: str) -> list[Token]:
    """Return the words by which speech is attributed, or reported without marks."""
    chunks, begins = _read_chunks(text)
    return [
        Token(at + begin, at + stop, word)
        for at, (_, telling) in zip(begins, chunks, strict=True)
        for begin, stop, word in telling
    ]


_Pieces = tuple[tuple[int, int, Word], ...]  # words with their offsets in a stretch without spaces


class _Chunk(NamedTuple):
    """A stretch without spaces."""

    pieces: _Pieces
    telling: _Pieces  # those of words that attribute or report


@lru_cache(maxsize=4)  # an article's text and title, asked for sentence by sentence
def _read_chunks(text: str) -> tuple[list[_Chunk], list[int]]:
    """Return the stretches without spaces of a whole text, and where they begin."""
    printed = text.replace("\n", " ").split(" ")
    begins = list(accumulate(map(_PAST_SPACE, map(len, printed[:-1])), initial=0))
    return list(map(_CHUNKS.__getitem__, printed)), begins


def is_action(low: str) -> bool:
    """Tell whether a word in lower case names what is done ("penindakan"): of such words sections bear their names."""
    return len(low) > _ACTION and low.startswith(("pe", "ke")) and low.endswith("an")


def _is_agentive(low: str, words: Words) -> bool:
    """Tell whether a verb in lower case may have its agent behind it."""
    return low in words.answered or (low.startswith("di") and len(low) > _DI) or low in {"datang", "membuat"}


def _read_word(printed: str) -> Word:
    low, words = printed.rstrip(".").lower(), load_words()
    lead, reporting = low in words.leads, low in words.reporting
    return Word(
        printed,
        low,
        capital=printed[0].isupper() or printed[0] == "@",
        sign=lead or reporting or low in words.turns or _is_agentive(low, words),
        noun=words.is_noun(low),
        body=low in words.bodies or is_action(low),
        parting=words.is_parting(low),
        breaking=low in words.weekdays or low in words.months or not printed[0].isalpha(),
        lead=lead,
        reporting=reporting,
        telling=lead or reporting,
    )


def _read_chunk(chunk: str) -> _Chunk:
    """Return the words of a stretch without spaces, with their offsets in it."""
    pieces = ((0, len(chunk), _WORDS[chunk]),) if chunk.isalpha() else _part(chunk)
    return _Chunk(pieces, tuple(piece for piece in pieces if piece[2].telling))


def _part(chunk: str) -> _Pieces:
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
