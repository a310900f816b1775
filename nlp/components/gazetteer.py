"""Component ``gazetteer``: finds all names and keeps the longest where they overlap.

Leaves ``notes.matches``, each with all meanings that its phrase may have, and the extent of dateline and credits,
whose names are no mentions. Guards that won over a name of ours go to ``notes.tags["refused"]``. What a match means is
for the components behind.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotation import Source
from nlp.components.gazetteer_outlet import build_guard, find_outlet_name
from nlp.components.gazetteer_slips import SlipFinder
from nlp.extensions import GAP, add_tag, notes_of, read_text, register_extensions, signals_of, words_of
from nlp.furniture import find_credits, find_dateline
from nlp.lexicon import Entry, Meaning, Named, Place, Region, build_entries, group_entries
from nlp.matching import Phrases
from nlp.offices import Claim
from nlp.profile import NotOurs, load_profile

FORMS = 20_000  # printed forms remembered with their meanings
NEAR = 6  # tokens on either side within which a guard's companion words count


Sense = tuple[tuple[Meaning, ...], tuple[Claim, ...], tuple[Region, ...], tuple[Place, ...], tuple[Named, ...]]


class Match(NamedTuple):
    """Tokens [start, end) and what they may mean: all of it, and by kind offices, regions, places of ours, persons."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]
    claims: tuple[Claim, ...]
    regions: tuple[Region, ...]
    places: tuple[Place, ...]
    persons: tuple[Named, ...]


def build_sense(meanings: tuple[Meaning, ...]) -> Sense:
    """Return meanings, whole and by kind."""
    return (
        meanings,
        tuple(meaning for meaning in meanings if isinstance(meaning, Claim)),
        tuple(meaning for meaning in meanings if isinstance(meaning, Region)),
        tuple(meaning for meaning in meanings if isinstance(meaning, Place)),
        tuple(meaning for meaning in meanings if isinstance(meaning, Named)),
    )


class Gazetteer:
    """Finds the entries of a lexicon in a Doc."""

    def __init__(
        self, nlp: Language, entries: Iterable[Entry], scorer: Callable[..., dict[str, Any]] | None = None
    ) -> None:
        register_extensions()
        self.groups = group_entries(entries)
        self.slips = SlipFinder(self.groups)
        self.phrases = Phrases(nlp)
        self.keys: dict[int, tuple[Entry, ...]] = {}
        self.guards: set[int] = set()
        self.scorer = scorer
        self.fit = lru_cache(maxsize=FORMS)(self.fit_form)
        for rows in self.groups.values():
            # Capitals decide where a final stop goes ("tipe D." is two tokens, "tipe d." three), so each way is its own
            # pattern.
            key = self.phrases.add({row.text for row in rows})
            self.keys[key] = rows
            if any(isinstance(row.meaning, NotOurs) for row in rows):
                self.guards.add(key)

    def __call__(self, doc: Doc) -> Doc:
        mark_furniture(doc)
        words, offsets = words_of(doc)
        notes = notes_of(doc)
        matches = self.add_slips(doc, words, self.find(doc, words, offsets))
        if notes.source and (notes.source.outlet or notes.source.url):
            matches = [guard_outlet(words, match, notes.source) for match in matches]
        notes.matches = matches
        for match in matches:
            guard = match.meanings[0]  # the only one where it is one
            if isinstance(guard, NotOurs):
                add_tag(doc, "refused", (match.start, match.end), "guard", guard.region or "", rule=guard.reason)
        return doc

    def find(self, doc: Doc, words: Sequence[str], offsets: Sequence[int]) -> list[Match]:
        """Return the longest matches, in order, with the meanings whose capitals and companions fit."""
        # The longest wins; of equals a guard ("Kecamatan [X Hulu]" before "[Kecamatan X] Hulu"), then the first.
        guards = self.guards
        found = sorted(
            (start - end, key not in guards, start, number, key, end)
            for number, (key, start, end) in enumerate(self.phrases.find(doc))
        )
        text, taken = read_text(doc), bytearray(len(words))
        kept: list[Match] = []
        reasons: set[str] = set()  # of guards that need companions and found them
        for _, _, start, _, key, end in found:
            if 1 in taken[start:end]:
                continue
            printed = (
                words[start] if end - start == 1 else text[offsets[start] : offsets[end - 1] + len(words[end - 1])]
            )
            sense, conditional = self.fit(key, printed)
            for guard in conditional:
                if not guard.near or is_near(words, guard.near, start, end):
                    sense = build_sense((guard,))
                    if guard.near:
                        reasons.add(guard.reason)
                    break
            if sense[0]:
                kept.append(Match(start, end, *sense))
                taken[start:end] = b"\x01" * (end - start)
        if reasons:  # what a name meant once in an article it means throughout
            kept = [self.repeat(doc, match, reasons) for match in kept]
        return sorted(kept, key=lambda m: m.start)

    def add_slips(self, doc: Doc, words: Sequence[str], matches: list[Match]) -> list[Match]:
        """Return the matches with misspelt offices among them, which replace what they contain."""
        found = self.slips.find(words, signals_of(doc), {match.start: match.end for match in matches})
        if not found:
            return matches
        inside = {at for start, end, _ in found for at in range(start, end)}
        kept = [match for match in matches if match.start not in inside]
        return sorted(
            kept + [Match(start, end, *build_sense(claims)) for start, end, claims in found], key=lambda m: m.start
        )

    def repeat(self, doc: Doc, match: Match, reasons: set[str]) -> Match:
        """Return the match as a guard when its phrase can be one for a reason that held elsewhere; a dateline stays."""
        first, end = notes_of(doc).dateline
        if first <= match.start < end:
            return match
        printed = doc[match.start : match.end].text
        rows = self.groups.get(printed.lower(), ())
        guards = [
            r.meaning
            for r in rows
            if isinstance(r.meaning, NotOurs) and r.meaning.reason in reasons and r.fits(printed)
        ]
        return Match(match.start, match.end, *build_sense((guards[0],))) if guards else match

    def fit_form(self, key: int, printed: str) -> tuple[Sense, tuple[NotOurs, ...]]:
        """Return the meanings of a phrase whose capitals fit, guards apart; a guard that applies leaves no other."""
        fitting = [row.meaning for row in self.keys[key] if row.fits(printed)]
        guards = tuple(meaning for meaning in fitting if isinstance(meaning, NotOurs))
        return build_sense(tuple(meaning for meaning in fitting if not isinstance(meaning, NotOurs))), guards


def guard_outlet(words: Sequence[str], match: Match, source: Source) -> Match:
    """Return a match as a guard where it is part of the outlet's own name; offices never are."""
    if match.claims or not (match.regions or match.places):
        return match
    found = find_outlet_name(words, match.start, match.end, source)
    if found is None:
        return match
    start, end = found
    return Match(start, end, *build_sense((build_guard(" ".join(words[start:end])),)))


def is_near(words: Sequence[str], companions: Sequence[str], start: int, end: int) -> bool:
    """Tell whether a companion word stands within reach, in any case."""
    around = {word.lower() for word in (*words[max(start - NEAR, 0) : start], *words[end : end + NEAR])}
    return any(word.lower() in around for word in companions)


def mark_furniture(doc: Doc) -> None:
    """Set the token ranges of dateline and credits."""
    notes = notes_of(doc)
    source = notes.source
    text = source.text if source else read_text(doc)
    offset = notes.title_length + len(GAP) if source else 0
    _, offsets = words_of(doc)
    begin = bisect_left(offsets, offset)
    notes.dateline = (begin, bisect_left(offsets, offset + find_dateline(text)))
    notes.credits = (bisect_left(offsets, offset + find_credits(text)), len(doc))


@Language.factory(
    "gazetteer",
    default_config={"profile": "", "scorer": {"@scorers": "pantau.spans.v1", "group": "refused"}},
)
def make_gazetteer(nlp: Language, name: str, profile: str, scorer: Callable[..., dict[str, Any]] | None) -> Gazetteer:
    """Build the component from a profile id or folder."""
    return Gazetteer(nlp, build_entries(load_profile(profile)), scorer)
