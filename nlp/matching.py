"""The longest matches of a PhraseMatcher, as plain tuples: making a Span of each match costs more than finding it."""

from __future__ import annotations

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

Found = tuple[int, int, int]  # key in the vocabulary's strings, tokens [start, end)


def find_longest(matcher: PhraseMatcher, doc: Doc) -> list[Found]:
    """Return the matches in order; of those that overlap the longest, then the first, as ``filter_spans`` has it."""
    found: list[Found] = matcher(doc)
    reached = 0
    for _, start, end in found:  # in order of their start
        if start < reached:
            return _drop_overlaps(found)
        reached = end
    return found


def _drop_overlaps(found: list[Found]) -> list[Found]:
    taken: set[int] = set()
    kept = []
    for one in sorted(found, key=lambda m: (m[2] - m[1], -m[1]), reverse=True):
        if one[1] not in taken and one[2] - 1 not in taken:
            kept.append(one)
            taken.update(range(one[1], one[2]))
    return sorted(kept, key=lambda m: m[1])
