"""Phrases of several components, found in one pass over an article, and the longest of those that overlap.

Matches are plain tuples: making a Span of each costs more than finding it.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from nlp.extensions import notes_of

Found = tuple[int, int, int]  # key that ``Phrases.add`` gave, tokens [start, end)


class Phrases:
    """The phrases that a component looks for, in any case; one PhraseMatcher of the pipeline holds those of all
    components, as walking through the tokens is most of its work.
    """

    def __init__(self, nlp: Language) -> None:
        self.nlp, self.keys = nlp, set[int]()
        self.matcher: PhraseMatcher = vars(nlp).setdefault("phrases", PhraseMatcher(nlp.vocab, attr="LOWER"))

    def add(self, phrases: Iterable[str]) -> int:
        """Add phrases that mean the same; return the key that their matches bear."""
        name = f"phrases-{len(self.matcher)}"
        self.matcher.add(name, list(map(self.nlp.make_doc, phrases)))
        key = self.nlp.vocab.strings[name]
        self.keys.add(key)
        return key

    def find(self, doc: Doc) -> list[Found]:
        """Return the matches, in order of their start."""
        notes, known = notes_of(doc), (self.matcher, len(self.matcher))
        if notes.phrases is None or notes.phrases[0] != known:
            notes.phrases = known, self.matcher(doc)
        keys = self.keys
        return [one for one in notes.phrases[1] if one[0] in keys]


def find_longest(found: Iterable[Found]) -> list[Found]:
    """Return the matches, in order of their start as given; of those that overlap the longest, then the first, as
    ``filter_spans`` has it.
    """
    kept: list[Found] = []
    meeting: list[Found] = []  # matches that overlap, each the one before it or an earlier one
    reached = 0
    for one in found:
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
