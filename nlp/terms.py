"""Counts the words of texts for linear models: words, their stems and pairs of neighbours.

``count_terms`` counts all of them, as training needs it. A ``TermTable`` counts only what some loaded model knows, in
numbers instead of strings and once for all models: a quarter of the work, with the same result.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

STEM = "~"  # marks a stem among the terms
_BREAKS = frozenset(".!?\n")
_MARKS = ",\"“”()'’:;"  # no part of any word; others are met too seldom
_SPLIT = "\x1f"  # stands for a break while the stop itself is looked for
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*|[.!?\n]")
# Affixes of Indonesian, taken off crudely: "penyaluran", "disalurkan" and "menyalurkan" share "salur", mostly.
_PREFIX = re.compile(r"^(?:meng|meny|mem|men|me|peng|peny|pem|pen|per|pe|ber|ter|di|se|ke)(?=\w{4,})")
_SUFFIX = re.compile(r"(?<=\w{4})(?:nya|kan|lah|an|i)$")
_AFFIXED = 7  # shorter words are left alone
_CACHE = 20_000  # words remembered: all common ones; names come and go
_NONE = -1  # the number of a term that no model knows

Numbers = NDArray[np.intp]
_Word = tuple[str, int, int, dict[str, int]]  # form, its number, that of its stem, numbers of pairs by second word
_BREAK: _Word = ("\n", _NONE, _NONE, {})


def count_terms(text: str) -> Counter[str]:
    """Count words, their stems and pairs of neighbours in lower case; figures are "0", pairs do not cross sentences."""
    words = [_form(word) for word in _WORD.findall(text.lower())]
    pairs = [f"{a} {b}" for a, b in pairwise(words) if a not in _BREAKS and b not in _BREAKS]
    plain = [word for word in words if word not in _BREAKS]
    return Counter(chain(plain, pairs, [STEM + strip_affixes(word) for word in plain]))


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
    """The numbers of the known terms of a text, in the order in which ``count_terms`` has them, and what they weigh."""

    numbers: Numbers
    damped: NDArray[np.float32]  # 1 + log(count)


class TermTable:
    """Numbers the terms of models and counts them in texts."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.pairs: dict[str, dict[str, int]] = {}
        self._read = lru_cache(maxsize=_CACHE)(self._read_chunk)

    def add(self, terms: Iterable[str]) -> Numbers:
        """Number those terms that are new; return the numbers of all."""
        found = [self.numbers.setdefault(term, len(self.numbers)) for term in terms]
        for term, number in self.numbers.items():
            first, _, second = term.partition(" ")
            if second:
                self.pairs.setdefault(first, {})[second] = number
        self._read.cache_clear()
        return np.array(found, dtype=np.intp)

    def count(self, text: str) -> Counted:
        """Count the known terms of a text."""
        # Splitting at spaces and looking pieces up is cheaper than searching for words, the more so without marks.
        text = text.lower()
        for mark in _MARKS:
            text = text.replace(mark, " ")
        for mark in _BREAKS:
            text = text.replace(mark, _SPLIT)
        words = list(chain.from_iterable(map(self._read, text.replace(_SPLIT, " . ").split())))
        plain = [number for _, number, _, _ in words if number >= 0]
        pairs = [a[3][b[0]] for a, b in pairwise(words) if b[0] in a[3]]
        stems = [number for _, _, number, _ in words if number >= 0]
        counts = Counter(chain(plain, pairs, stems))
        size = len(counts)
        damped = 1 + np.log(np.fromiter(counts.values(), np.float32, size))
        return Counted(np.fromiter(counts, np.intp, size), damped)

    def _read_chunk(self, chunk: str) -> tuple[_Word, ...]:
        """Return what is known of the words in a piece of lower-case text without spaces."""
        known = self.numbers
        return tuple(
            _BREAK
            if form in _BREAKS
            else (form, known.get(form, _NONE), known.get(STEM + strip_affixes(form), _NONE), self.pairs.get(form, {}))
            for form in map(_form, _WORD.findall(chunk))
        )


TABLE = TermTable()  # of the process: components share the counts of an article whatever models they hold
