"""The longest matches of a PhraseMatcher, as plain tuples: making a Span of each match costs more than finding it."""

from __future__ import annotations

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

Found = tuple[int, int, int]  # key in the vocabulary's strings, tokens [start, end)


def find_longest(matcher: PhraseMatcher, doc: Doc) -> list[Found]:
    """Return the matches in order; of those that overlap the longest, then the first, as ``filter_spans`` has it."""
    kept: list[Found] = []
    meeting: list[Found] = []  # matches that overlap, each the one before it or an earlier one
    reached = 0
    for one in matcher(doc):  # in order of their start
        _, start, end = one
        if start >= reached:
            kept += _drop_overlaps(meeting) if len(meeting) > 1 else meeting
            meeting.clear()
        meeting.append(one)
        reached = max(reached, end)
    return kept + _drop_overlaps(meeting)


def _drop_overlaps(found: list[Found]) -> list[Found]:
    taken: set[int] = set()
    kept = []
    for one in sorted(found, key=lambda m: (m[2] - m[1], -m[1]), reverse=True):
        if one[1] not in taken and one[2] - 1 not in taken:
            kept.append(one)
            taken.update(range(one[1], one[2]))
    return sorted(kept, key=lambda m: m[1])
