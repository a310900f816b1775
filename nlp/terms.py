"""Counts the words of texts for linear models: words, their stems and pairs of neighbours.

``count_terms`` counts all of them, as training needs it. A ``TermTable`` counts only what some loaded model knows, in
numbers instead of strings and once for all models: a quarter of the work, with the same result.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.memo import Memo

STEM = "~"  # marks a stem among the terms
_BREAKS = frozenset(".!?\n")
_MARKS = ",\"“”()'’:;"  # no part of any word; others are met too seldom
_PART = "\x1e"  # stands where a text is cut
_SPLIT = "\x1f"  # stands for a break while the stop itself is looked for
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*|[.!?\n]")
# Affixes of Indonesian, taken off crudely: "penyaluran", "disalurkan" and "menyalurkan" share "salur", mostly.
_PREFIX = re.compile(r"^(?:meng|meny|mem|men|me|peng|peny|pem|pen|per|pe|ber|ter|di|se|ke)(?=\w{4,})")
_SUFFIX = re.compile(r"(?<=\w{4})(?:nya|kan|lah|an|i)$")
_AFFIXED = 7  # shorter words are left alone
_CACHE = 20_000  # words and pieces remembered: all common ones; names come and go

Numbers = NDArray[np.intp]
# Of a piece of text without spaces: the numbers of its known terms, its first word, and the numbers of the pairs that
# begin with its last word, by second word.
_Piece = tuple[tuple[int, ...], str, dict[str, int]]


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
    """The numbers of the known terms of a text, each once, and what they weigh."""

    numbers: Numbers
    damped: NDArray[np.float32]  # 1 + log(count)


class Parts(NamedTuple):
    """The numbers of the known terms of each part of a text, each once, and where those of a part begin.

    Every part begins with a number that no term has.
    """

    numbers: Numbers
    starts: Numbers


_WHOLE = Parts(np.zeros(0, np.intp), np.zeros(0, np.intp))  # of a text that is not cut


class TermTable:
    """Numbers the terms of models and counts them in texts."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.pairs: dict[str, dict[str, int]] = {}
        self._pieces = Memo(self._read_piece, _CACHE)

    def add(self, terms: Iterable[str]) -> Numbers:
        """Number those terms that are new; return the numbers of all."""
        added = list(terms)
        found = [self.numbers.setdefault(term, len(self.numbers)) for term in added]
        for term, number in zip(added, found, strict=True):
            if " " in term:
                first, _, second = term.partition(" ")
                self.pairs.setdefault(first, {})[second] = number
        self._pieces.forget()
        return np.array(found, dtype=np.intp)

    def count(self, text: str) -> Counted:
        """Count the known terms of a text."""
        return self.count_parts(text, ())[0]

    def count_parts(self, text: str, cuts: Sequence[int]) -> tuple[Counted, Parts]:
        """Count the known terms of a text, and list those of the parts into which it is cut; no pair crosses a cut."""
        slices = (text[start:end] for start, end in pairwise((0, *cuts, len(text))))
        listed = [self._list_terms(part) for part in _clean(_PART.join(slices)).split(_PART)]
        counts = Counter(chain.from_iterable(listed))
        size = len(counts)
        damped = 1 + np.log(np.fromiter(counts.values(), np.float32, size))
        counted = Counted(np.fromiter(counts, np.intp, size), damped)
        return counted, self._pack_parts(listed) if cuts else _WHOLE

    def _list_terms(self, clean: str) -> list[int]:
        """Return the numbers of the known terms of a cleaned text, as often as they occur."""
        found = list(filter(None, map(self._pieces.__getitem__, clean.split())))
        terms = list(chain.from_iterable(map(itemgetter(0), found)))
        terms += [pairs[first] for (_, _, pairs), (_, first, _) in pairwise(found) if first in pairs]
        return terms

    def _pack_parts(self, listed: Iterable[list[int]]) -> Parts:
        none = len(self.numbers)
        packed: list[int] = []
        starts = []
        for terms in listed:
            starts.append(len(packed))
            packed.append(none)
            packed += set(terms)
        return Parts(np.array(packed, np.intp), np.array(starts, np.intp))

    def _read_piece(self, piece: str) -> _Piece | None:
        """Return what is known of a piece of lower-case text without spaces, None when it holds no word."""
        words = list(map(_form, _WORD.findall(piece)))
        if not words:
            return None
        terms = [term for word in words if word not in _BREAKS for term in (word, STEM + strip_affixes(word))]
        numbers = [self.numbers[term] for term in terms if term in self.numbers]
        numbers += [self.pairs[a][b] for a, b in pairwise(words) if b in self.pairs.get(a, ())]
        return tuple(numbers), words[0], self.pairs.get(words[-1], {})


def _clean(text: str) -> str:
    """Return text in lower case without marks; splitting it at spaces and looking pieces up is cheaper than searching
    for words.
    """
    text = text.lower()
    for mark in _MARKS:
        text = text.replace(mark, " ")
    for mark in _BREAKS:
        text = text.replace(mark, _SPLIT)
    return text.replace(_SPLIT, " . ")


TABLE = TermTable()  # of the process: components share the counts of an article whatever models they hold
