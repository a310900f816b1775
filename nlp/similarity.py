"""Measures of likeness between articles: text taken over word for word, and reports on one event in other words.

Copies: containment of word shingles, ``|A∩B| / |A|`` both ways (Broder 1997), because a copy is often a third of its
source or a source a third of its copy, which a Jaccard index does not find. The store indexes a fixed quarter of the
shingle hashes (FracMinHash; Irber et al. 2022); pairs that it offers are then measured on all of them.

Events: how much of what headline and lead of either report say, weighed by rarity, occurs in the other one.

All functions are pure; which pairs to compare, who took from whom and what is kept is ``db.stories``'s.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from xxhash import xxh3_64_intdigest

from nlp.tables import load_table

SHINGLE_WORDS = 4
TELLING_WORDS = 2  # of a shingle that are neither name nor connector
SAMPLE = 4  # one shingle hash in so many is indexed
LEAD_PARAGRAPHS = 2
SHARE_OF_COPY = 0.25  # so much of one text in the other is no chance
SHARE_WITH_RUN = 0.10  # so much is enough when it holds a run that nobody writes twice
RUN_WORDS = 12
SHARE_OF_RELEASE, RUN_OF_RELEASE = 0.025, 7  # the same of a report on the event that a release is about
LIKENESS_TO_RELEASE = 0.25  # so much of either lead in the other tells that it is on that event
SHARE_WITHIN_OUTLET = 0.5  # one outlet's articles share its set phrases and backgrounds
EVENT_SCORE = 0.20  # enough for reports of the same days with few others around them
EVENT_DAYS = 10.0  # follow-ups later than that are a story of their own
EVENT_SCORE_PER_DAY = 0.011  # more is needed for each day after the third
EVENT_CROWD = 10  # articles within EVENT_DAYS; with each doubling of their number chance finds a better likeness
EVENT_SCORE_PER_DOUBLING = 0.025
EVENT_SCORE_MOST = 0.36
ONE_WITNESS = 1.6  # likeness counts so much more where somebody who holds no office speaks in both reports
NUMBER_WEIGHT = 2.0  # "1.430 petani" names an event better than any word
SMALL_NUMBER, SMALL_DIGITS = 32, 2  # days of the month, and counts as common as they

WORD = re.compile(r"\d[\d.,]*\d|\w+(?:[-'’]\w+)*")
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2**64 / golden ratio, as in splitmix64
SHIFT = np.uint64(32)
_TABLE = load_table("similarity")
CONNECTORS = frozenset(_TABLE["connectors"])
FUNCTION_WORDS = frozenset(_TABLE["function_words"])


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is indexed of an article; every number is a signed 64-bit hash."""

    shingles: frozenset[int]  # the sampled quarter
    lead: dict[int, float]  # terms of headline and first paragraphs with their weights
    words: frozenset[int]  # terms of headline and whole text


@dataclass(frozen=True, slots=True)
class Overlap:
    """Text that two articles have in common."""

    share: float  # of the first one's shingles that the second one holds, 0 to 1
    share_of_other: float
    longest_run: int  # words in a row


class _Word(NamedTuple):
    """What is to be known of a word: hash, whether it is neither name nor connector, weight as a term (0: none)."""

    hash: int
    plain: bool
    weight: float


def build_sketch(title: str, text: str) -> Sketch:
    """Return what is to be indexed of an article."""
    paragraphs = text.split("\n\n")
    first = [_read_word(word) for word in WORD.findall("\n".join(paragraphs[:LEAD_PARAGRAPHS]))]
    rest = [_read_word(word) for word in WORD.findall("\n".join(paragraphs[LEAD_PARAGRAPHS:]))]
    headline = [_read_word(word) for word in WORD.findall(title)]
    lead = {word.hash: word.weight for word in (*headline, *first) if word.weight}
    words = frozenset(lead).union(word.hash for word in rest if word.weight)
    return Sketch(frozenset(_sampled([*first, *rest])), lead, words)


def compare_texts(text: str, other: str, boilerplate: Set[int] = frozenset()) -> Overlap:
    """Measure what two texts have in common; paragraphs made of ``boilerplate`` shingles are left out of both."""
    runs, telling = _read_shingles(_without(text, boilerplate))
    other_runs, other_telling = _read_shingles(_without(other, boilerplate))
    mine, theirs = set(runs[telling].tolist()), set(other_runs[other_telling].tolist())
    common = mine & theirs
    if not common:
        return Overlap(0.0, 0.0, 0)
    run = _longest_run(runs.tolist(), other_runs.tolist(), common)
    return Overlap(len(common) / len(mine), len(common) / len(theirs), run)


def is_copy(share: float, share_of_other: float, longest_run: int, same_outlet: bool = False) -> bool:
    """Return whether so much in common means that one text was taken from the other (or both from a third)."""
    most = max(share, share_of_other)
    if same_outlet:
        return most >= SHARE_WITHIN_OUTLET
    return most >= SHARE_OF_COPY or (most >= SHARE_WITH_RUN and longest_run >= RUN_WORDS)


def is_retold(share: float, share_of_other: float, longest_run: int, likeness: float) -> bool:
    """Return whether a report was written from the release on its event: what is kept is mostly what it quotes.

    Two reporters who were there hardly ever have so many words in a row in common; two articles on different events
    have, when both copy an earlier one's background or a law: hence ``likeness``, ``score_event`` by terms that all
    weigh the same. So the two texts alone decide, whatever else is stored.
    """
    kept = max(share, share_of_other) >= SHARE_OF_RELEASE and longest_run >= RUN_OF_RELEASE
    return kept and likeness >= LIKENESS_TO_RELEASE


def score_event(
    lead: Mapping[int, float],
    words: Set[int],
    other_lead: Mapping[int, float],
    other_words: Set[int],
    rarity: Mapping[int, float],
) -> float:
    """Return from 0 to 1 how much of either lead the other article holds, terms weighed by ``rarity`` (missing: 0)."""
    return (_covered(lead, other_words, rarity) + _covered(other_lead, words, rarity)) / 2


def weigh_witness(score: float) -> float:
    """Return how alike two reports are in which somebody who holds no office speaks in both."""
    return min(1.0, score * ONE_WITNESS)


def is_same_event(score: float, days: float, crowd: int) -> bool:
    """Return whether articles so alike, published so many days apart among ``crowd`` others, report one event."""
    doublings = math.log2(max(crowd, EVENT_CROWD) / EVENT_CROWD)
    needed = EVENT_SCORE + EVENT_SCORE_PER_DAY * max(days - 3.0, 0.0) + EVENT_SCORE_PER_DOUBLING * doublings
    return days <= EVENT_DAYS and score >= min(needed, EVENT_SCORE_MOST)


@lru_cache(maxsize=1 << 17)
def _read_word(word: str) -> _Word:
    lowered = word.lower()
    if word[0].isdecimal():  # a power or a number in a circle is a digit, but none to count with
        digits = re.sub(r"\D", "", word)
        number = digits.lstrip("0")
        small = len(number) <= SMALL_DIGITS and int(number or "0") < SMALL_NUMBER
        year = len(word) == 4 and word[:2] in {"19", "20"}
        lowered, weight = (lowered, 0.0) if small or year else (digits, NUMBER_WEIGHT)
    else:
        weight = 1.0 if len(word) > 3 and lowered not in FUNCTION_WORDS else 0.0
    value = xxh3_64_intdigest(lowered.encode()) - (1 << 63)  # SQLite's integers are signed
    return _Word(value, word[0].islower() and word not in CONNECTORS, weight)


def _read(text: str) -> list[_Word]:
    return [_read_word(word) for word in WORD.findall(text)]


@lru_cache(maxsize=2048)  # a release is compared with the articles of a fortnight: a dozen megabytes
def _read_shingles(text: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    return _shingles(_read(text))


def _shingles(words: list[_Word]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return the hash of every run of SHINGLE_WORDS words, and which runs say something: names are nobody's words."""
    count = len(words) - SHINGLE_WORDS + 1
    if count < 1:
        return np.empty(0, np.int64), np.empty(0, np.bool_)
    hashes = np.array([word.hash for word in words], np.int64).view(np.uint64)
    plain = np.array([word.plain for word in words], np.int8)
    mixed = np.zeros(count, np.uint64)
    for step in range(SHINGLE_WORDS):
        mixed = (mixed + hashes[step : step + count]) * MULTIPLIER
        mixed ^= mixed >> SHIFT
    telling = sum(plain[step : step + count] for step in range(SHINGLE_WORDS)) >= TELLING_WORDS
    return mixed.view(np.int64), np.asarray(telling, np.bool_)


def _sampled(words: list[_Word]) -> list[int]:
    hashes, telling = _shingles(words)
    sampled: list[int] = hashes[telling & (hashes % SAMPLE == 0)].tolist()
    return sampled


def _without(text: str, boilerplate: Set[int]) -> str:
    """Drop the paragraphs whose indexed shingles are mostly boilerplate."""
    if not boilerplate:
        return text
    kept = []
    for paragraph in text.split("\n\n"):
        sampled = _sampled(_read(paragraph))
        if not sampled or sum(value in boilerplate for value in sampled) * 2 < len(sampled):
            kept.append(paragraph)
    return "\n\n".join(kept)


def _longest_run(runs: list[int], other: list[int], common: Set[int]) -> int:
    """Return the words of the longest equal run that holds a telling shingle common to both."""
    places: dict[int, list[int]] = defaultdict(list)
    for j, value in enumerate(other):
        places[value].append(j)
    best = 0
    measured: dict[int, int] = {}  # diagonal -> where its last run ended
    for i, value in enumerate(runs):
        if value not in common:
            continue
        for j in places[value]:
            if i < measured.get(i - j, -1):
                continue
            start, end = 0, 1
            while i > start and j > start and runs[i - start - 1] == other[j - start - 1]:
                start += 1
            while i + end < len(runs) and j + end < len(other) and runs[i + end] == other[j + end]:
                end += 1
            measured[i - j] = i + end
            best = max(best, start + end + SHINGLE_WORDS - 1)
    return best


def _covered(lead: Mapping[int, float], words: Set[int], rarity: Mapping[int, float]) -> float:
    total = sum(weight * rarity.get(term, 0.0) for term, weight in lead.items())
    if not total:
        return 0.0
    return sum(weight * rarity.get(term, 0.0) for term, weight in lead.items() if term in words) / total
