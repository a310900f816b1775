"""Counts the words of texts for linear models: words, their stems and pairs of neighbours.

``count_terms`` counts all of them, as training needs it. A ``TermTable`` counts only what some loaded model knows, in
numbers instead of strings and once for all models, with the same result. The tokenizer remembers the numbers of a word
with the word, so that an article is searched for words once; the rest is left to numpy.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from struct import Struct

import numpy as np
from numpy.typing import NDArray

STEM = "~"  # marks a stem among the terms
_BREAKS = frozenset(".!?\n")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*|[.!?\n]")
# Affixes of Indonesian, taken off crudely: "penyaluran", "disalurkan" and "menyalurkan" share "salur", mostly.
_PREFIX = re.compile(r"^(?:meng|meny|mem|men|me|peng|peny|pem|pen|per|pe|ber|ter|di|se|ke)(?=\w{4,})")
_SUFFIX = re.compile(r"(?<=\w{4})(?:nya|kan|lah|an|i)$")
_AFFIXED = 7  # shorter words are left alone
_CACHE = 20_000  # words remembered: all common ones; names come and go

Numbers = NDArray[np.int64]
_NONE, _BEGIN = 0, 1  # numbers of no term: of what no model knows, and of what stands where a part begins
_KNOWN = 2  # the first number of a term
_HIGH = 32  # bits by which the first of two numbers in one is shifted
_LOW = (1 << _HIGH) - 1
_LAST = np.iinfo(np.int64).max
_PACK = Struct("2q").pack
_UNKNOWN, _CUT = _PACK(_NONE, _NONE), _PACK(_BEGIN, _NONE)


def count_terms(text: str) -> Counter[str]:
    """Count words, their stems and pairs of neighbours in lower case; figures are "0", pairs do not cross sentences."""
    words = [_form(word) for word in _WORD.findall(text.lower())]
    pairs = [f"{a} {b}" for a, b in pairwise(words) if a not in _BREAKS and b not in _BREAKS]
    plain = [word for word in words if word not in _BREAKS]
    return Counter(chain(plain, pairs, [STEM + strip_affixes(word) for word in plain]))


def locate_terms(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield where each word and each pair of neighbours of a text stands, with the terms that ``count_terms`` makes
    of it.
    """
    before: tuple[int, str] | None = None
    for match in _WORD.finditer(text):
        word = _form(match[0].lower())
        if word in _BREAKS:
            before = None
            continue
        if before:
            yield before[0], match.end(), (f"{before[1]} {word}",)
        yield match.start(), match.end(), (word, STEM + strip_affixes(word))
        before = match.start(), word


@lru_cache(maxsize=_CACHE)
def strip_affixes(word: str) -> str:
    """Return a lower-case word without up to two suffixes and one prefix; no dictionary, so some stems are none."""
    if len(word) >= _AFFIXED:
        word = _SUFFIX.sub("", _SUFFIX.sub("", word))
    return _PREFIX.sub("", word) if len(word) >= _AFFIXED else word


def _form(word: str) -> str:
    return "0" if word[0].isdigit() else word


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers of the known terms of a text, each once, and what they weigh."""

    numbers: Numbers
    damped: NDArray[np.float32]  # 1 + log(count)


@dataclass(frozen=True, slots=True)
class Parts:
    """The known terms of each part of a text, and where those of a part begin: at a number that no term has."""

    numbers: Numbers
    damped: NDArray[np.float32]
    starts: Numbers

    def first(self) -> Counted:
        """Return the terms of the first part."""
        end = self.starts[1] if len(self.starts) > 1 else None
        return Counted(self.numbers[:end], self.damped[:end])


@dataclass(frozen=True, slots=True)
class Listed:
    """The known terms of a text as they stand there: of each word a column with the numbers of the word, of its stem
    and of its pair with the next word; a column of its own where a part begins.
    """

    words: Numbers
    begins: NDArray[np.bool_]  # of each column, whether a part begins there

    def count(self) -> Counted:
        """Count the terms of all parts."""
        return Counted(*_count(self.words.flatten()))

    def count_some(self, parts: Sequence[int]) -> Counted:
        """Count the terms of some parts."""
        starts = [*self.begins.nonzero()[0].tolist(), len(self.begins)]
        return Counted(*_count(np.concatenate([self.words[:, starts[at] : starts[at + 1]].ravel() for at in parts])))

    def count_each(self) -> Parts:
        """Count the terms of each part."""
        keys, damped = _count((self.words + (self.begins.cumsum() << _HIGH)).ravel())
        numbers = keys & _LOW
        return Parts(numbers, damped, (numbers == _NONE).nonzero()[0])


def _count(numbers: Numbers) -> tuple[Numbers, NDArray[np.float32]]:
    """Return numbers in order, each once, and how its count is damped."""
    numbers.sort()
    changes = np.empty(len(numbers) + 1, bool)
    changes[0] = changes[-1] = True
    np.not_equal(numbers[1:], numbers[:-1], out=changes[1:-1])
    edges = changes.nonzero()[0]
    starts = edges[:-1]
    return numbers[starts], np.log(edges[1:] - starts, dtype=np.float32) + 1


class TermTable:
    """Numbers the terms of models and finds them in texts."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.pairs: dict[int, int] = {}  # by the numbers of both words
        self._ordered: tuple[Numbers, Numbers] | None = None

    def add(self, terms: Iterable[str]) -> Numbers:
        """Number those terms that are new; return the numbers of all."""
        added, numbers, new = list(terms), self.numbers, self.count_numbers()
        found = [numbers.setdefault(term, len(numbers) + _KNOWN) for term in added]
        for term, number in zip(added, found, strict=True):
            if number >= new and " " in term:
                first, _, second = term.partition(" ")
                self.pairs[self._number(first) << _HIGH | self._number(second)] = number
        self._ordered = None
        return np.array(found, np.int64)

    def read(self, text: str, offsets: Sequence[int] = (0,)) -> list[bytes]:
        """Return per token, by where tokens begin, the numbers of the words that begin in it, and of their stems."""
        found, low = [b""] * len(offsets), text.lower()
        if not self.numbers:  # while the pipeline is being built
            return found
        if len(found) == 1:
            return [self._read_word(low) if low.isalpha() else b"".join(map(self._read_word, _WORD.findall(low)))]
        for match in _WORD.finditer(low):
            found[bisect_right(offsets, match.start()) - 1] += self._read_word(match[0])
        return found

    def _read_word(self, found: str) -> bytes:
        word, number_of = _form(found), self.numbers.get
        number, stem = number_of(word, _NONE), number_of(STEM + strip_affixes(word), _NONE)
        return _PACK(number, stem) if word not in _BREAKS and (number or stem) else _UNKNOWN

    def list_terms(self, numbers: Sequence[bytes], cuts: Sequence[int] = ()) -> Listed:
        """List the known terms of tokens as ``read`` gives them; no pair crosses a cut."""
        listed = list(numbers)
        for cut in (*reversed(cuts), 0):
            listed.insert(cut, _CUT)
        known = np.frombuffer(b"".join(listed), np.int64).reshape(-1, 2).T
        words = np.zeros((3, known.shape[1]), np.int64)
        words[:2] = known
        words[2, :-1] = self._find_pairs(words[0])
        return Listed(words, words[0] == _BEGIN)

    def _find_pairs(self, words: Numbers) -> Numbers:
        """Return the number of the pair of each word and the next."""
        if self._ordered is None:
            keys = np.array([*self.pairs, _LAST], np.int64)
            order = keys.argsort()
            self._ordered = keys[order], np.array([*self.pairs.values(), _NONE], np.int64)[order]
        keys, numbers = self._ordered
        wanted = (words[:-1] << _HIGH) | words[1:]
        at = keys.searchsorted(wanted)
        return np.where(keys[at] == wanted, numbers[at], _NONE)

    def count(self, text: str) -> Counted:
        """Count the known terms of a text."""
        return self.list_terms(self.read(text)).count()

    def count_numbers(self) -> int:
        """Return how many numbers are in use, those of no term among them."""
        return len(self.numbers) + _KNOWN

    def _number(self, term: str) -> int:
        return self.numbers.setdefault(term, self.count_numbers())


TABLE = TermTable()  # of the process: components share the counts of an article whatever models they hold
