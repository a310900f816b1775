"""Reads which names in an article speak for which region: who acts, where it happens, who is only listed or someone's
past.

A sign says nothing by itself; ``about`` weighs them, ``opd_jurisdiction`` asks which stand near. Guards speak for
their region or nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc

from nlp.components.elsewhere import is_elsewhere, is_listed, places_of, region_behind
from nlp.extensions import notes_of
from nlp.lexicon import OURS, Epithet, Place
from nlp.profile import NotOurs
from nlp.reading import PLACE_WORDS, REGION_WORDS, Reading
from nlp.tables import load_table

_TITLES = load_table("titles")
RULERS = frozenset(_TITLES["rulers"])
PAST = frozenset(_TITLES["past"])
PERSONS = frozenset(_TITLES["persons"])
ORIGIN = frozenset(_TITLES["origin"])
VISIT = frozenset(_TITLES["visit"])
COMPANIES = frozenset(_TITLES["companies"])
GROUPS = frozenset(_TITLES["groups"])
REGENCY_WORDS = frozenset(_TITLES["regency_words"])


class Sign(NamedTuple):
    """One name that speaks for a region: OURS or another's id."""

    region: str
    kind: str  # office, region, bare, place, person, district
    start: int
    end: int
    level: str = "regency"
    manner: str = ""  # "list", "past", "origin" weaken it, "host" makes it weigh more
    medium: bool = False


def find_signs(reading: Reading, doc: Doc) -> Iterator[Sign]:
    """Yield the signs of an article, one per name; credits give none, nor do names that it puts elsewhere."""
    used: set[int] = set()
    elsewhere = notes_of(doc).elsewhere
    for office in notes_of(doc).offices:
        used.update(range(office.start, office.end))
        if office.start >= reading.credits[0]:
            continue
        region = office.region
        own = any(claim.own and not claim.shared for claim in office.claims)
        if region is not None and region.id and region.level not in {"nation", "foreign"}:
            places = places_of(reading, region) if region.level == "site" else []
            if is_elsewhere(places, elsewhere):
                continue
            vague = bool(places) and all(place.ambiguity != "low" for place in places)  # "Camat X", of several X
            yield Sign(
                region.id, "office", office.start, office.end, region.level, find_manner(reading, office.start), vague
            )
        elif own:
            yield Sign(OURS, "office", office.start, office.end, manner=find_manner(reading, office.start))
    for number, match in enumerate(reading.matches):
        if match.start in used or match.start >= reading.credits[0]:
            continue
        sign = None if is_elsewhere(match.places, elsewhere) else read_sign(reading, number)
        if sign is not None:
            yield sign


def read_sign(reading: Reading, number: int) -> Sign | None:
    """Return what one match outside office phrases says."""
    match = reading.matches[number]
    for meaning in match.meanings:
        if isinstance(meaning, NotOurs):
            if meaning.passing:
                return Sign(OURS, "district", match.start, match.end, manner="list")
            return Sign(meaning.region.lower(), "district", match.start, match.end) if meaning.region else None
    if any(isinstance(meaning, Epithet) for meaning in match.meanings):
        return Sign(OURS, "office", match.start, match.end)
    region = match.regions[0] if match.regions else None
    place = match.places[0] if match.places else None
    person = match.persons[0] if match.persons else None
    if (
        place is not None
        and place.via != "short"
        and (place.ambiguity != "high" or is_district(reading, match.start, place))
    ):
        if region_behind(reading, match.end) not in {None, OURS}:
            return None
        manner = find_manner(reading, find_chain(reading, match.start))
        return Sign(OURS, "place", match.start, match.end, "site", manner, place.ambiguity != "low")
    if region is not None and region.level not in {"nation", "foreign"}:
        kind = reading.low[match.start - 1] if match.start else ""
        explicit = region.strong or kind in REGENCY_WORDS
        if not region.bare and not explicit:
            return None
        ruled = kind in RULERS or (kind in {"terpilih", "sekarang"} and reading.low[match.start - 2] in RULERS)
        if is_company(reading, match.start) or (not explicit and is_word(reading, match.start, match.end)):
            return None
        manner = "list" if is_listed(reading, number) else find_manner(reading, match.start - ruled)
        name = "office" if ruled else "district" if region.level == "district" else "region" if explicit else "bare"
        return Sign(region.id, name, match.start, match.end, region.level, manner)
    if person is not None and person.person.ours and not person.person.common and person.via != "short":
        return Sign(OURS, "person", match.start, match.end, "person")
    return None


def find_manner(reading: Reading, start: int) -> str:
    """Return how the words before a name speak of it: as someone's "past" or "origin", or as the "host" of guests."""
    before = reading.low[max(start - 4, 0) : start]
    if not PAST.isdisjoint(before[-2:]):
        return "past"
    if not ORIGIN.isdisjoint(before):
        return "origin"
    return (
        "host"
        if not VISIT.isdisjoint(before) and start >= reading.body and reading.same_sentence(start, start - 1)
        else ""
    )


def find_chain(reading: Reading, start: int) -> int:
    """Return where the places begin that lead to one ("Kampung X, Kecamatan [Y]")."""
    at = start
    while at > 0 and reading.same_sentence(start, at - 1):
        if reading.low[at - 1] in PLACE_WORDS or reading.low[at - 1] in REGION_WORDS or reading.words[at - 1] == ",":
            at -= 1
        elif (match := reading.by_end.get(at)) is not None and match.places:
            at = match.start
        else:
            break
    return at


def is_district(reading: Reading, start: int, place: Place) -> bool:
    """Tell whether a place with many namesakes is named as one: behind "Kecamatan" or "Kampung", or in the dateline."""
    led = reading.low[start] in PLACE_WORDS or (start > 0 and reading.low[start - 1] in PLACE_WORDS)
    variant = place.via == "variant" and len(place.name) > 0
    dateline = reading.dateline[0] <= start < reading.dateline[1]
    return led or (place.kind == "kecamatan" and (variant or dateline))


def is_word(reading: Reading, start: int, end: int) -> bool:
    """Tell whether the bare name is a surname ("terdakwa Fulan X") or a word spoken of ("kata 'X'")."""
    marks = "'\"‘’“”"
    quoted = (
        start > 0 and end < len(reading.words) and reading.words[start - 1] in marks and reading.words[end] in marks
    )
    return quoted or is_surname(reading, start)


def follows_name(reading: Reading, start: int) -> bool:
    """Tell whether a capitalised word that can be a first name stands before: not in headlines, no group, title or
    abbreviation.
    """
    at = start - 1
    if at < reading.body or not reading.same_sentence(start, at):
        return False
    word, low = reading.words[at], reading.low[at]
    plain = word[0].isupper() and word.isalpha() and not word.isupper() and len(word) > 2
    inside = at > 0 and reading.same_sentence(start, at - 1) and low not in GROUPS
    return plain and inside and not any(match.start <= at < match.end for match in reading.matches)


def is_surname(reading: Reading, start: int) -> bool:
    """Tell whether the name ends a person's ("terdakwa Fulan X")."""
    first = start - 1
    while first > 0 and reading.words[first][:1].isupper() and start - first < 4:
        first -= 1
    return first < start - 1 and reading.low[first] in PERSONS


def is_company(reading: Reading, start: int) -> bool:
    """Tell whether the name is part of a company's ("PT Fulan X Makmur")."""
    at = start
    while at > 0 and start - at < 4 and reading.words[at - 1][:1].isupper():
        at -= 1
        if reading.low[at] in COMPANIES:
            return True
    return False
