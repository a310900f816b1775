"""One article as the components read it: words, sentences and paragraphs by token, and the matches by where they
begin.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Doc

from nlp.components.gazetteer import Match
from nlp.extensions import lows_of, notes_of, starts_of, words_of
from nlp.lexicon import OURS, Place, Region
from nlp.profile import NotOurs
from nlp.tables import load_table

_TITLES = load_table("titles")
REGION_WORDS = frozenset(_TITLES["region_words"])
PLACE_WORDS = frozenset(_TITLES["place_words"])
VILLAGE_WORDS = frozenset(_TITLES["village_words"])


@dataclass(frozen=True, slots=True)
class Reading:
    """What every component needs to know of the words."""

    words: list[str]
    low: list[str]
    sentence: list[int]
    paragraph: list[int]
    matches: list[Match]
    by_start: dict[int, Match]
    by_end: dict[int, Match]
    dateline: tuple[int, int]
    credits: tuple[int, int]
    body: int  # token at which the text begins

    def is_furniture(self, start: int) -> bool:
        """Tell whether a token belongs to dateline or credits."""
        return self.dateline[0] <= start < self.dateline[1] or start >= self.credits[0]

    def same_sentence(self, one: int, other: int) -> bool:
        """Tell whether two tokens stand in one sentence."""
        return 0 <= other < len(self.words) and self.sentence[one] == self.sentence[other]

    def sentence_start(self, at: int) -> int:
        """Return the token with which the sentence of a token begins."""
        return bisect_left(self.sentence, self.sentence[at])


def read_doc(doc: Doc) -> Reading:
    """Return the reading of a Doc that has passed sentences and gazetteer; built once per Doc."""
    words, _ = words_of(doc)
    count = len(words)
    starts = starts_of(doc)
    breaks = [at for at in starts if "\n" in words[at - 1]]
    notes = notes_of(doc)
    matches: list[Match] = notes.matches
    return Reading(
        words,
        lows_of(doc),
        _number(starts, count),
        _number(breaks, count),
        matches,
        {match.start: match for match in matches},
        {match.end: match for match in matches},
        notes.dateline,
        notes.credits,
        notes.dateline[0],
    )


def _number(edges: list[int], count: int) -> list[int]:
    """Return for each of ``count`` tokens how many edges lie at it or before it."""
    numbers: list[int] = []
    for number, edge in enumerate([*edges, count]):
        numbers += [number] * (min(edge, count) - len(numbers))
    return numbers


class RegionAt(NamedTuple):
    """A region read at a token: its id (OURS, a name, or "" for a guard without one), level, and where the phrase
    ends.
    """

    id: str
    level: str
    start: int
    end: int
    kecamatan: str | None = None


def region_at(reading: Reading, at: int, *, after_office: bool = False) -> RegionAt | None:
    """Read "[Kabupaten] X" beginning at token ``at``.

    Names that are also common words count behind a kind word or, with ``after_office``, behind an office.
    """
    begin = at
    count = len(reading.words)
    while at < count and at - begin < 2 and reading.low[at] in REGION_WORDS and not _names_region(reading, at):
        at += 1
    match = reading.by_start.get(at)
    if match is None:
        return None
    explicit = at > begin or after_office
    for meaning in match.meanings:
        if isinstance(meaning, Region) and (meaning.bare or explicit):
            return RegionAt(meaning.id, meaning.level, begin, match.end)
        if isinstance(meaning, NotOurs) and meaning.region:
            return RegionAt(meaning.region.lower(), "district", begin, match.end)
    return None


def _names_region(reading: Reading, at: int) -> bool:
    match = reading.by_start.get(at)
    return match is not None and any(isinstance(m, Region | NotOurs) for m in match.meanings)


def site_at(reading: Reading, at: int, short: str | None) -> RegionAt | None:
    """Read the place behind a site office ("Polsek [Kecamatan] X", "Koramil 04/X"): ours with its kecamatan, another's,
    or None.

    A capitalised word that is no name of ours yields id "unknown". ``short`` is the kecamatan that bears the
    regency's own name.
    """
    begin, count = at, len(reading.words)
    while (
        at < count
        and at - begin < 3
        and (reading.low[at] in PLACE_WORDS or reading.words[at].isdigit() or reading.words[at] in "/-")
    ):
        if at in reading.by_start and any(isinstance(m, Place) for m in reading.by_start[at].meanings):
            break
        at += 1
    match = reading.by_start.get(at)
    if match is not None:
        for meaning in match.meanings:
            if isinstance(meaning, Place) and meaning.kind != "landmark":
                return RegionAt(OURS, "site", begin, match.end, meaning.kecamatan)
        found = region_at(reading, at, after_office=True)
        if found is not None:
            village = at == begin and reading.low[begin - 1] in VILLAGE_WORDS
            if found.id == OURS and village:  # "Kepala Kampung X": a village that bears the regency's name
                return RegionAt("unknown", "site", begin, found.end)
            return RegionAt(found.id, found.level, begin, found.end, short if found.id == OURS else None)
        return None
    if at < count and at > begin and reading.words[at][:1].isupper():
        return RegionAt("unknown", "site", begin, at + 1)
    return None
