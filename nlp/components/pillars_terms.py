"""The pillars of a profile and where their terms stand in an article, zone by zone: dense features and evidence.

Exclusions of the profile ("di lingkungan pemkab") are phrases of their own: being longer, they win over the term
within them. Lists of who attended count for nothing. What the counts are worth is decided in ``pillars``.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from spacy.language import Language
from spacy.tokens import Doc

from nlp.extensions import read_text, words_of
from nlp.matching import Phrases, find_longest

Zone = Literal["title", "lead", "body"]
ZONES: tuple[Zone, ...] = ("title", "lead", "body")
ZONE_WEIGHT: dict[Zone, float] = {"title": 3, "lead": 2, "body": 1}
HITS_PER_TERM = 2  # a word repeated all through an article is one topic, not ten
_LEAD_PARAGRAPHS = 2
_ATTENDANCE = re.compile(
    r"(?:(?:turut|ikut|juga|tampak|terlihat|pula|acara)\s+)*(?:hadir|dihadiri|mendampingi|menghadiri)\b",
    re.IGNORECASE,
)
_ATTENDING = ("hadir", "mendampingi")  # one is part of any such sentence
_WORD_LENGTH = 6  # characters of an Indonesian word in the press, space included
_FEW_WORDS = 8  # shorter zones count as this long
_EXCLUDED = "-"


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Term(_Row):
    """A phrase in lower case: weight 3 decisive, 2 supporting, 1 weak; the sub-dimension it speaks for; whether only
    this regency speaks so.
    """

    t: str = Field(min_length=2)
    w: Literal[1, 2, 3]
    d: str
    own: bool = False


class Subdimension(_Row):
    """Part of a pillar, named in English and Indonesian."""

    id: str
    label: str
    label_id: str


class Pillar(_Row):
    """One pillar; ``opd`` are the offices that work for it, ``silent`` the topics whose news is none of its own."""

    id: str
    name: str
    indonesian: str
    opd: tuple[str, ...] = ()
    subdimensions: tuple[Subdimension, ...] = ()
    exclusions: tuple[str, ...] = ()
    silent: tuple[Literal["match", "obituary", "crime", "accident", "election"], ...] = ()
    terms: tuple[Term, ...]


class PillarTable(_Row):
    """``pillars.toml`` of a profile."""

    schema_version: Literal[1]
    pillar: tuple[Pillar, ...] = ()


class Hit(NamedTuple):
    """A term of a pillar in the article; offsets are characters of the doc."""

    pillar: str
    weight: int
    term: str
    zone: Zone
    start: int
    end: int


def parse_pillars(data: Mapping[str, Any]) -> PillarTable:
    """Validate ``pillars.toml``. Raises ValueError naming the keys at fault."""
    try:
        return PillarTable.model_validate(data or {"schema_version": 1})
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ValueError(f"pillars.toml: {faults}") from error


class TermFinder:
    """Finds the terms of a profile's pillars in tokenized articles."""

    def __init__(self, nlp: Language, table: PillarTable) -> None:
        self.pillars = tuple(pillar.id for pillar in table.pillar)
        self.terms: dict[str, list[tuple[str, int]]] = {}
        phrases = {term.t for pillar in table.pillar for term in pillar.terms}
        for pillar in table.pillar:
            for term in pillar.terms:
                self.terms.setdefault(term.t, []).append((pillar.id, term.w))
        guards = sorted({phrase for pillar in table.pillar for phrase in pillar.exclusions} - phrases)
        self.phrases = Phrases(nlp)
        self.keys = {self.phrases.add([phrase]): (phrase, self.terms[phrase]) for phrase in sorted(phrases)}
        self.keys[self.phrases.add(guards)] = _EXCLUDED, []

    def find(self, doc: Doc, title_end: int) -> list[Hit]:
        """Return the longest terms in order, attendance lists left out."""
        found = find_longest(self.phrases.find(doc))
        if not found:
            return []
        text = read_text(doc)
        lead_end = _lead_end(text, title_end)
        silent = [(m.start(), m.end()) for m in _attendance(text)]
        words, offsets = words_of(doc)
        hits: list[Hit] = []
        for key, first, end in found:
            start, (phrase, meanings) = offsets[first], self.keys[key]
            if silent and any(a <= start < b for a, b in silent):
                continue
            stop = offsets[end - 1] + len(words[end - 1])
            zone: Zone = "title" if start < title_end else "lead" if start < lead_end else "body"
            for pillar, weight in meanings:  # none of what is excluded
                hits.append(Hit(pillar, weight, phrase, zone, start, stop))
        return hits


def cue_names(pillars: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the features that ``weigh_hits`` gives, in a fixed order."""
    return tuple(f"{pillar}:{part}" for pillar in pillars for part in (*ZONES, "terms", "share"))


def weigh_hits(hits: Iterable[Hit], lengths: Mapping[Zone, int]) -> dict[str, float]:
    """Return per pillar how densely its terms stand in each zone, how many are supporting, and its share of all points.

    ``lengths`` are characters per zone. Roots of densities, not counts: a long article is not about more pillars.
    """
    seen: dict[tuple[str, str], int] = defaultdict(int)
    points: dict[tuple[str, Zone], int] = defaultdict(int)
    totals: dict[str, int] = defaultdict(int)
    supporting: dict[str, set[str]] = defaultdict(set)
    for hit in hits:
        seen[hit.pillar, hit.term] += 1
        if seen[hit.pillar, hit.term] > HITS_PER_TERM:
            continue
        points[hit.pillar, hit.zone] += hit.weight
        totals[hit.pillar] += int(hit.weight * ZONE_WEIGHT[hit.zone])
        if hit.weight > 1:
            supporting[hit.pillar].add(hit.term)
    features = {
        f"{pillar}:{zone}": math.sqrt(10 * value / max(lengths.get(zone, 0) / _WORD_LENGTH, _FEW_WORDS))
        for (pillar, zone), value in points.items()
    }
    features |= {f"{pillar}:terms": math.log1p(len(terms)) for pillar, terms in supporting.items()}
    whole = sum(totals.values())
    return features | {f"{pillar}:share": value / whole for pillar, value in totals.items()}


def find_zones(text: str, title_end: int) -> dict[Zone, int]:
    """Return the characters of each zone of a Doc's text."""
    lead_end = _lead_end(text, title_end)
    return {"title": title_end, "lead": lead_end - title_end, "body": len(text) - lead_end}


def score_hits(hits: Iterable[Hit]) -> dict[str, float]:
    """Return a score from 0 to 1 per pillar by the terms alone, for profiles whose pillars no model knows.

    Title counts three times, lead twice; four points with at least one supporting term are even odds.
    """
    found = list(hits)
    seen: dict[tuple[str, str], int] = defaultdict(int)
    points: dict[str, int] = defaultdict(int)
    for hit in found:
        seen[hit.pillar, hit.term] += 1
        if seen[hit.pillar, hit.term] <= HITS_PER_TERM:
            points[hit.pillar] += int(hit.weight * ZONE_WEIGHT[hit.zone])
    supported = {hit.pillar for hit in found if hit.weight > 1}
    return {pillar: 1 / (1 + math.exp(-(value - 8) / 2)) for pillar, value in points.items() if pillar in supported}


def _lead_end(text: str, title_end: int) -> int:
    at = title_end
    for _ in range(_LEAD_PARAGRAPHS):
        at = text.find("\n\n", at + 2)
        if at < 0:
            return len(text)
    return at


def _attendance(text: str) -> Iterator[re.Match[str]]:
    """Yield the sentences that only say who was there."""
    low = text.lower()
    if not any(word in low for word in _ATTENDING):  # as in most articles
        return iter(())
    sentences = (m for m in re.finditer(r"[^.!?\n]+", text) if any(word in m[0].lower() for word in _ATTENDING))
    return (m for m in sentences if _ATTENDANCE.match(m[0].lstrip()))
