"""Finds office names with a typing slip in them ("Dinas Pedidikan dan Kebudayaan"), which no exact search sees.

Only long names are forgiven, and only where the exact search found nothing as long. Used by ``gazetteer``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from nlp.lexicon import Entry
from nlp.offices import Claim
from nlp.signals import watch

JOINERS = frozenset({"dan", "serta", ",", "&"})
LONGEST = 12  # tokens of a name
ONE_SLIP, TWO_SLIPS = 14, 26  # letters from which that many slips are forgiven
SLIP_WORD = 6  # letters of the word that bears the slip


class SlipFinder:
    """Knows the long names of offices by their first word and number of words."""

    def __init__(self, groups: Mapping[str, Sequence[Entry]]) -> None:
        self.groups = groups
        self.names: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)  # name without commas -> as listed
        for text, rows in groups.items():
            plain = text.replace(",", "")
            if len(plain) >= ONE_SLIP and any(isinstance(r.meaning, Claim) and not r.exact for r in rows):
                self.names[plain.split(" ", 1)[0], plain.count(" ") + 1][plain] = text
        firsts = watch(first for first, count in self.names if count > 1)
        self.firsts = frozenset(form for word in firsts for form in (word.capitalize(), word.upper()))

    def find(
        self, words: Sequence[str], signals: Iterable[int], taken: Mapping[int, int]
    ) -> list[tuple[int, int, tuple[Claim, ...]]]:
        """Return tokens [start, end) and the offices meant; ``taken`` gives where an exact match at a start ends."""
        found = []
        reached, firsts = 0, self.firsts
        for start in signals:
            if words[start] not in firsts or start < reached:
                continue
            stop = _reach(words, start, taken)
            for end in range(stop, max(taken.get(start, 0), start + 1), -1):
                claims = self.compare(words[start:end]) if words[end - 1] not in JOINERS else ()
                if claims:
                    found.append((start, end, claims))
                    reached = end
                    break
        return found

    def compare(self, printed: Sequence[str]) -> tuple[Claim, ...]:
        """Return the offices whose name the words nearly are, none when it is no slip or two names are as near."""
        parts = [word.lower() for word in printed if word != ","]
        names = self.names.get((parts[0], len(parts)))
        if not names:
            return ()
        text = " ".join(parts)
        if len(text) < ONE_SLIP or text in names:
            return ()
        allowed = 2 if len(text) >= TWO_SLIPS else 1
        near = process.extract(text, names.keys(), scorer=Levenshtein.distance, score_cutoff=allowed, limit=2)
        if not near or (len(near) > 1 and near[0][1] == near[1][1]):
            return ()
        pairs = zip(parts, near[0][0].split(" "), strict=True)
        if any(min(len(one), len(other)) < SLIP_WORD for one, other in pairs if one != other):
            return ()
        rows = self.groups[names[near[0][0]]]
        return tuple(row.meaning for row in rows if isinstance(row.meaning, Claim) and not row.exact)


def _reach(words: Sequence[str], start: int, taken: Mapping[int, int]) -> int:
    """Return where the capitalised words and their joiners end that can belong to a name."""
    at = taken.get(start, start + 1)
    while at < len(words) and at - start < LONGEST and at not in taken:
        if not (words[at][:1].isupper() or words[at] in JOINERS):
            break
        at += 1
    return at
