"""What each sentence of an article would say alone, pooled: features of the tone model.

A long article dilutes the two sentences that praise or blame; the model of headlines, taught by thousands of short
texts, reads title and sentences one by one, and the strongest, the second and the mean of its scores are told to the
model of whole articles, with those of title, first and last paragraph (pooling as in multiple-instance learning).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from spacy.tokens import Doc

from nlp.extensions import GAP, notes_of, read_text, starts_of, words_of

Place = Literal["title", "lead", "body", "last", "short"]
SIDES = ("positif", "negatif")  # whose scores are pooled: netral is the rest
PLACES: tuple[Place, ...] = ("title", "lead", "last")
POOLED = tuple(f"{side}:{how}" for side in SIDES for how in ("mean", "most", "second", *PLACES))
_SHORTEST = 3  # spaces within; what is shorter says nothing alone


class Part(NamedTuple):
    """A title or sentence, in characters of the Doc; it ends where the next begins."""

    place: Place
    start: int
    end: int


def find_parts(doc: Doc) -> list[Part]:
    """Return the title and the sentences of an article that has sentences marked, in order and without gaps."""
    text, begin = read_text(doc), notes_of(doc).title_length + len(GAP)
    _, offsets = words_of(doc)
    lead_end, last = text.find("\n", begin), text.rfind("\n")
    starts = [offsets[at] for at in starts_of(doc)]
    parts = []
    for start, end in pairwise([0, begin, *starts[bisect_right(starts, begin) :], len(text)]):
        if text.count(" ", start, end) < _SHORTEST:
            place: Place = "short"
        elif start < begin:
            place = "title"
        elif start < lead_end or lead_end < 0:
            place = "lead"
        else:
            place = "last" if start > last else "body"
        parts.append(Part(place, start, end))
    return parts


def pool_scores(places: Sequence[Place], scores: Sequence[Sequence[float]]) -> dict[str, float]:
    """Return the features named in ``POOLED``; ``scores`` is one row per side of as many as ``places``.

    Places are in the order in which an article has them. None when all are short.
    """
    kept = [at for at, place in enumerate(places) if place != "short"]
    if not kept:
        return {}
    count = len(kept)
    titles, leads, lasts = map([places[at] for at in kept].count, PLACES)
    bounds = ((0, titles), (titles, titles + leads), (count - lasts, count))
    pooled: dict[str, float] = {}
    for side, row in zip(SIDES, scores, strict=True):
        own = [row[at] for at in kept]
        ordered, mean = sorted(own, reverse=True), sum(own) / count
        pooled |= {f"{side}:mean": mean, f"{side}:most": ordered[0], f"{side}:second": ordered[min(1, count - 1)]}
        for place, (start, end) in zip(PLACES, bounds, strict=True):
            pooled[f"{side}:{place}"] = sum(own[start:end]) / (end - start) if end > start else mean
    return pooled
