"""Collects every phrase that the gazetteer looks for, with what it may mean: offices, regions, places, persons and
guards.

Guards are names that contain one of ours and mean something else ("X Hulu"): entries of their own, so that the longest
match wins over the shorter name. What a phrase means in its place is decided by the components, not here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nlp.offices import Claim, build_claims
from nlp.profile import NotOurs, Person, Profile, Spot
from nlp.tables import load_table

OURS = "ours"


@dataclass(frozen=True, slots=True)
class Region:
    """A regency, city, province or district; ``id`` is OURS for the profile's own, else its name in lower case."""

    id: str
    level: str  # regency, province, district, nation, foreign
    bare: bool = True  # counts without "Kabupaten" before it
    strong: bool = False  # means us wherever it stands


@dataclass(frozen=True, slots=True)
class Place:
    """A kecamatan, kampung or landmark of ours."""

    kecamatan: str
    kind: str  # kecamatan, kampung, kelurahan, landmark
    ambiguity: str
    via: str  # name, variant, short
    name: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A person under one of the spellings; ``via`` name, variant or short."""

    person: Person
    via: str


@dataclass(frozen=True, slots=True)
class Epithet:
    """A phrase for the holder of an office."""

    office: str


Meaning = Claim | Region | Place | Named | NotOurs | Epithet


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase as listed and one meaning of it."""

    text: str
    meaning: Meaning
    exact: bool = False
    loose: bool = False

    def fits(self, printed: str) -> bool:
        """Tell whether the capitals of ``printed`` fit the phrase as listed."""
        if printed == self.text:
            return True
        if self.exact:
            return False
        if self.loose or self.text[0].islower():
            return True
        first_fits = isinstance(self.meaning, NotOurs) or not printed[0].islower()  # "tenun X" is one in any case
        last = printed.rsplit(" ", 1)[-1].lstrip("(\"'")
        return first_fits and not (last[:1].islower() and not self.text.rsplit(" ", 1)[-1][:1].islower())


def build_entries(profile: Profile) -> list[Entry]:
    """Return the entries of a profile and of the tables common to Indonesia."""
    return list(
        {
            (entry.text, entry.meaning): entry
            for part in (_offices(profile), _guards(profile), _regions(profile), _places(profile), _persons(profile))
            for entry in part
        }.values()
    )


def spellings(text: str) -> Iterator[str]:
    """Yield a phrase and the ways in which its marks vary: apostrophes, "Kec."/"Kec", "PT."/"PT", a dotted initial at
    its end.
    """
    yield text
    if "'" in text:
        yield text.replace("'", "’")
        yield text.replace("'", "‘")
        yield text.replace("'", "")
    if text.startswith("PT "):
        yield "PT. " + text[3:]
    if re.search(r"\s[A-Za-z]$", text):
        yield text + "."
    if re.match(r"[A-Z] ", text):
        yield text[0] + "." + text[1:]


def _offices(profile: Profile) -> Iterator[Entry]:
    for claim in build_claims(profile):
        for text in spellings(claim.name.text):
            yield Entry(text, claim, claim.name.exact, claim.name.loose)


def _guards(profile: Profile) -> Iterator[Entry]:
    for guard in profile.not_ours:
        for name in guard.names:
            yield Entry(name, guard, guard.exact)


def _regions(profile: Profile) -> Iterator[Entry]:
    for name in (*profile.names, *profile.nicknames):
        yield Entry(name, Region(OURS, "regency", strong=True))
    yield Entry(profile.short, Region(OURS, "regency"))
    if profile.capital:
        yield Entry(profile.capital, Region(OURS, "regency", strong=True))
    yield from _other_regions(profile)


def _other_regions(profile: Profile) -> Iterator[Entry]:
    table = load_table("regions")
    vague = set(table["ambiguous"])
    known: dict[str, Region] = {}
    for row in table["province"]:
        for name in (row["name"], *row.get("short", ())):
            known[name] = Region(row["name"].lower(), "province", name not in vague)
        for name in (*row["kabupaten"], *row["kota"]):
            known.setdefault(name, Region(name.lower(), "regency", name not in vague))
    for name, full in table["alias"].items():
        known[name] = Region(full.lower(), "regency", name not in vague)
    for row in profile.neighbour:
        for name in (row.name, *row.short):
            known[name] = Region(row.name.lower(), "regency", name not in vague)
        for name in row.districts:
            known.setdefault(name, Region(row.name.lower(), "district", name not in row.ambiguous))
    for level in ("nation", "foreign"):
        known.update({name: Region(name.lower(), level) for name in table[level]})
    ours = {profile.short, profile.name, *(k.name for k in profile.kecamatan)}
    yield from (
        Entry(name, region, exact=region.level == "nation") for name, region in known.items() if name not in ours
    )


def _places(profile: Profile) -> Iterator[Entry]:
    for row in profile.kecamatan:
        names = {row.name: "name", **dict.fromkeys(row.variants, "variant")}
        if row.name == profile.short:  # bare, it is the regency
            own = {f"{word} {row.name}": "name" for word in ("Kecamatan", "Kec.", "Kec")}
            names = own | dict.fromkeys(row.variants, "variant")
        yield from _place_entries(names, row.id, "kecamatan", row.ambiguity, row.name)
    for village in profile.kampung:
        names = {village.name: "name", **dict.fromkeys(village.variants, "variant")}
        kind = "kelurahan" if village.kind == "kelurahan" else "kampung"
        yield from _place_entries(names, village.kecamatan, kind, village.ambiguity, village.name)
    for mark in profile.landmark:
        names = {mark.name: "name", **dict.fromkeys(mark.variants, "variant"), **dict.fromkeys(mark.short, "short")}
        yield from _place_entries(names, mark.kecamatan, "landmark", mark.ambiguity, mark.name)


def _place_entries(names: dict[str, str], kecamatan: str, kind: str, ambiguity: str, name: str) -> Iterator[Entry]:
    for listed, via in names.items():
        for text in spellings(listed):
            yield Entry(text, Place(kecamatan, kind, ambiguity, via, name))


def _persons(profile: Profile) -> Iterator[Entry]:
    for person in profile.person:
        names = {
            person.name: "name",
            **dict.fromkeys(person.variants, "variant"),
            **dict.fromkeys(person.short, "short"),
        }
        for listed, via in names.items():
            for text in spellings(listed):
                yield Entry(text, Named(person, via))
    for row in profile.epithet:
        yield from (Entry(name, Epithet(row.office), loose=True) for name in row.names)


def build_triggers(profile: Profile) -> tuple[str, ...]:
    """Return what an article must contain to be worth reading: keywords, plain place names and persons met nowhere
    else.
    """
    spots: list[Spot] = [*profile.kecamatan, *profile.kampung, *profile.landmark]
    places = (name for spot in spots if spot.ambiguity == "low" for name in (spot.name, *spot.variants))
    persons = (name for row in profile.person if not row.common and row.ours for name in (row.name, *row.variants))
    shortest: dict[str, None] = {}
    for text in sorted({*profile.keywords, *profile.nicknames, *places, *persons}, key=len):
        if not any(f" {short} " in f" {text} " for short in shortest):
            shortest[text] = None
    return tuple(shortest)


def group_entries(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Return the entries by phrase in lower case."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.text.lower()].append(entry)
    return {text: tuple(rows) for text, rows in groups.items()}
