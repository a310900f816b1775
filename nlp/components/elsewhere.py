"""Tells where places that bear names of ours lie: the regency behind a name, and what the article as a whole says.

A name that the body puts into another regency is of that one in the headline too, where nobody says so again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nlp.lexicon import OURS, Place
from nlp.reading import PLACE_WORDS, REGION_WORDS, Reading, RegionAt, region_at
from nlp.tables import load_table

_TITLES = load_table("titles")
RULERS = frozenset(_TITLES["rulers"])
FILLERS = frozenset(_TITLES["fillers"])
KINDS_OF_PLACE = REGION_WORDS | PLACE_WORDS
DASHES = frozenset("-–")  # between the ends of a route


def find_elsewhere(reading: Reading) -> dict[str, str]:
    """Return the names of places, in lower case, that the article puts into another regency, and which: no mention has
    ours behind it; the first one in the body says another outright ("X, Kabupaten Y", "X (Y)"), or all do in some way.
    """
    told: dict[str, list[tuple[bool, RegionAt | None]]] = {}
    for match in reading.matches:
        if match.places and not reading.is_furniture(match.start):
            said = match.start >= reading.body, find_told(reading, match.end)
            for name in {place.name.lower() for place in match.places}:
                told.setdefault(name, []).append(said)
    found = {}
    for name, mentions in told.items():
        regions = [region for in_body, region in mentions if in_body]
        first = regions[0] if regions else None
        if first is None or any(region is not None and region.id == OURS for _, region in mentions):
            continue
        if is_outright(reading, first) or None not in regions:
            found[name] = first.id
    return found


def find_told(reading: Reading, end: int) -> RegionAt | None:
    """Return the regency behind a place, unless that is the next in a list: "X, Y dan Z"."""
    found = find_behind(reading, end)
    if found is None or is_outright(reading, found):
        return found
    return None if is_listed(reading, reading.matches.index(reading.by_end[found.end])) else found


def is_elsewhere(places: Iterable[Place], elsewhere: Mapping[str, str]) -> bool:
    """Tell whether the article puts a name into another regency."""
    return any(place.name.lower() in elsewhere for place in places)


def places_of(reading: Reading, site: RegionAt) -> list[Place]:
    """Return what the place behind a site office may mean ("Camat X")."""
    return [place for match in reading.matches if site.start <= match.start < site.end for place in match.places]


def is_outright(reading: Reading, region: RegionAt) -> bool:
    """Tell whether a regency is called one or stands in brackets; a bare name may be the next in a list."""
    return region.end - region.start > 1 or reading.words[region.start - 1] == "("


def region_behind_site(reading: Reading, end: int) -> RegionAt | None:
    """Return another regency that is said outright to be that of a site office: "Camat X, Kabupaten Y"."""
    at = end + (reading.words[end : end + 1] in ([","], ["("]))
    if not reading.same_sentence(end - 1, at):
        return None
    found = region_at(reading, at)
    if found is None or found.level != "regency" or found.id == OURS or not is_outright(reading, found):
        return None
    return found._replace(end=found.end + (reading.words[found.end : found.end + 1] == [")"]))


def region_behind(reading: Reading, end: int) -> str | None:
    """Return the regency named right behind a place ("X, Kecamatan Y, Kabupaten Z"), the nearest one."""
    found = find_behind(reading, end)
    return found.id if found is not None else None


def find_behind(reading: Reading, end: int) -> RegionAt | None:
    """Return the same as it is read."""
    for at in range(end, min(end + 6, len(reading.words))):
        if not reading.same_sentence(end - 1, at):
            return None
        if (reading.words[at][:1].islower() and reading.low[at] not in REGION_WORDS) or reading.words[at] in DASHES:
            return None
        match = reading.by_start.get(at)
        if reading.low[at] in RULERS or (match is not None and match.claims):
            return None  # "X, Bupati Y"
        found = region_at(reading, at)
        if found is not None:
            return found if found.level == "regency" or found.id == OURS else None
        if at < reading.body and is_headline_word(reading, end, at):
            return None
    return None


def is_headline_word(reading: Reading, end: int, at: int) -> bool:
    """Tell whether a word behind a place is of no name in a headline, where all are capitalised: "X Tembus Pasar Y"."""
    if not reading.words[at].isalpha() or not KINDS_OF_PLACE.isdisjoint(reading.low[end : at + 1]):
        return False  # "X Kecamatan Z Raya Y"
    return not any(match.start <= at < match.end for match in reading.matches)


def is_listed(reading: Reading, number: int) -> bool:
    """Tell whether a region stands in an enumeration of regions."""
    return any(_joins(reading, *pair) for pair in ((number - 1, number), (number, number + 1)))


def _joins(reading: Reading, left: int, right: int) -> bool:
    if left < 0 or right >= len(reading.matches):
        return False
    one, other = reading.matches[left], reading.matches[right]
    if not all(any(region.level != "province" for region in match.regions) for match in (one, other)):
        return False
    between = reading.low[one.end : other.start]
    ends = {"\n", "\n\n"} & set(between)
    plain = all(word in FILLERS or word[0].isdigit() or word.startswith("rp") or "\n" in word for word in between)
    return 0 < len(between) <= 7 and plain and (not ends or any(word[0].isdigit() for word in between))
