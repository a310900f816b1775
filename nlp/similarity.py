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
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from xxhash import xxh3_64_intdigest

SHINGLE_WORDS = 4
SAMPLE = 4  # one shingle hash in so many is indexed
LEAD_PARAGRAPHS = 2
SHARE_OF_COPY = 0.25  # so much of one text in the other is no chance
SHARE_WITH_RUN = 0.10  # so much is enough when it holds a run that nobody writes twice
RUN_WORDS = 12
SHARE_WITHIN_OUTLET = 0.5  # one outlet's articles share its set phrases and backgrounds
EVENT_SCORE = 0.22  # enough for reports of the same days with few others around them
EVENT_DAYS = 10.0  # follow-ups later than that are a story of their own
EVENT_SCORE_PER_DAY = 0.011  # more is needed for each day after the third
EVENT_CROWD = 10  # articles within EVENT_DAYS; with each doubling of their number chance finds a better likeness
EVENT_SCORE_PER_DOUBLING = 0.025
EVENT_SCORE_MOST = 0.36
NUMBER_WEIGHT = 2.0  # "1.430 petani" names an event better than any word
SMALL_NUMBER = 32  # days of the month, and counts as common as they

WORD = re.compile(r"\w+(?:[-'’]\w+)*")
TERM = re.compile(r"(?P<number>\d[\d.,]*)|(?P<word>[^\W\d_]{4,})")
CONNECTORS = frozenset({"dan", "di", "ke", "dari", "yang", "untuk", "atau"})  # stand inside names of offices
FUNCTION_WORDS = frozenset(
    tomllib.loads((Path(__file__).parent / "data" / "similarity.toml").read_text(encoding="utf-8"))["function_words"]
)


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


def build_sketch(title: str, text: str) -> Sketch:
    """Return what is to be indexed of an article."""
    lead = "\n".join([title, *text.split("\n\n")[:LEAD_PARAGRAPHS]])
    sampled = (value for value in _shingles(_words(text)).values() if value % SAMPLE == 0)
    return Sketch(frozenset(sampled), dict(_terms(lead)), frozenset(term for term, _ in _terms(f"{title}\n{text}")))


def compare_texts(text: str, other: str, boilerplate: Set[int] = frozenset()) -> Overlap:
    """Measure what two texts have in common; paragraphs made of ``boilerplate`` shingles are left out of both."""
    words, other_words = _words(_without(text, boilerplate)), _words(_without(other, boilerplate))
    shingles, other_shingles = _shingles(words), _shingles(other_words)
    mine, theirs = set(shingles.values()), set(other_shingles.values())
    common = mine & theirs
    if not common:
        return Overlap(0.0, 0.0, 0)
    run = _longest_run([word.lower() for word in words], [word.lower() for word in other_words], shingles, common)
    return Overlap(len(common) / len(mine), len(common) / len(theirs), run)


def is_copy(share: float, share_of_other: float, longest_run: int, same_outlet: bool = False) -> bool:
    """Return whether so much in common means that one text was taken from the other (or both from a third)."""
    most = max(share, share_of_other)
    if same_outlet:
        return most >= SHARE_WITHIN_OUTLET
    return most >= SHARE_OF_COPY or (most >= SHARE_WITH_RUN and longest_run >= RUN_WORDS)


def score_event(
    lead: Mapping[int, float],
    words: Set[int],
    other_lead: Mapping[int, float],
    other_words: Set[int],
    rarity: Mapping[int, float],
) -> float:
    """Return from 0 to 1 how much of either lead the other article holds, terms weighed by ``rarity`` (missing: 0)."""
    return (_covered(lead, other_words, rarity) + _covered(other_lead, words, rarity)) / 2


def is_same_event(score: float, days: float, crowd: int) -> bool:
    """Return whether articles so alike, published so many days apart among ``crowd`` others, report one event."""
    doublings = math.log2(max(crowd, EVENT_CROWD) / EVENT_CROWD)
    needed = EVENT_SCORE + EVENT_SCORE_PER_DAY * max(days - 3.0, 0.0) + EVENT_SCORE_PER_DOUBLING * doublings
    return days <= EVENT_DAYS and score >= min(needed, EVENT_SCORE_MOST)


def _words(text: str) -> list[str]:
    return WORD.findall(text)


def _shingles(words: list[str]) -> dict[int, int]:
    """Return position -> hash of the word shingles that say something: runs of names and titles are nobody's words."""
    telling = [word[0].islower() and word not in CONNECTORS for word in words]
    lowered = [word.lower() for word in words]
    return {
        i: _hash(" ".join(lowered[i : i + SHINGLE_WORDS]))
        for i in range(len(words) - SHINGLE_WORDS + 1)
        if sum(telling[i : i + SHINGLE_WORDS]) >= 2
    }


def _without(text: str, boilerplate: Set[int]) -> str:
    """Drop the paragraphs whose indexed shingles are mostly boilerplate."""
    if not boilerplate:
        return text
    kept = []
    for paragraph in text.split("\n\n"):
        sampled = [value for value in _shingles(_words(paragraph)).values() if value % SAMPLE == 0]
        if not sampled or sum(value in boilerplate for value in sampled) * 2 < len(sampled):
            kept.append(paragraph)
    return "\n\n".join(kept)


def _longest_run(words: list[str], other: list[str], shingles: Mapping[int, int], common: Set[int]) -> int:
    """Return the length of the longest run of equal words that holds a common shingle."""
    places: dict[str, list[int]] = defaultdict(list)
    for j in range(len(other) - SHINGLE_WORDS + 1):
        places[" ".join(other[j : j + SHINGLE_WORDS])].append(j)
    best = 0
    measured: dict[int, int] = {}  # diagonal -> where its last run ended
    for i, value in shingles.items():
        if value not in common:
            continue
        for j in places[" ".join(words[i : i + SHINGLE_WORDS])]:
            if i < measured.get(i - j, -1):
                continue
            start = 0
            while i > start and j > start and words[i - start - 1] == other[j - start - 1]:
                start += 1
            end = SHINGLE_WORDS
            while i + end < len(words) and j + end < len(other) and words[i + end] == other[j + end]:
                end += 1
            measured[i - j] = i + end
            best = max(best, start + end)
    return best


def _terms(text: str) -> Iterable[tuple[int, float]]:
    for match in TERM.finditer(text):
        if number := match["number"]:
            digits = re.sub(r"\D", "", number)
            if int(digits) >= SMALL_NUMBER and not (len(number) == 4 and number[:2] in {"19", "20"}):
                yield _hash(digits), NUMBER_WEIGHT
        elif (word := match["word"].lower()) not in FUNCTION_WORDS:
            yield _hash(word), 1.0


def _covered(lead: Mapping[int, float], words: Set[int], rarity: Mapping[int, float]) -> float:
    total = sum(weight * rarity.get(term, 0.0) for term, weight in lead.items())
    if not total:
        return 0.0
    return sum(weight * rarity.get(term, 0.0) for term, weight in lead.items() if term in words) / total


def _hash(text: str) -> int:
    return xxh3_64_intdigest(text.encode()) - (1 << 63)  # SQLite's integers are signed
