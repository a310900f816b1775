"""The names that readers see for ids of OPDs, persons, pillars and places, as the profile has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from monitor.owners import Heirs
from nlp.offices import find_acronyms, list_acronyms
from nlp.periods import Period
from nlp.profile import Person, Profile

OUTSIDE = {"dprd", "vertikal"}  # kinds of opd.toml: the council, and what the central government has there
VILLAGES = {"desa", "kelurahan", "other"}  # all of them as one row, or whatever else is no agency
NO_AGENCIES = OUTSIDE | VILLAGES | {"bumd", "pemerintah"}  # and companies, the government as a whole


@dataclass(frozen=True, slots=True)
class Names:
    """id -> name for each registry."""

    opd: Mapping[str, str] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)  # acronyms of OPDs whose names are long
    acronyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # in lower case -> the OPDs of that acronym
    people: Mapping[str, str] = field(default_factory=dict)
    pillars: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    leaders: frozenset[str] = frozenset()  # ids of the persons who head or headed the regency
    government: str = ""  # id of the OPD that is the government as a whole
    followed: Mapping[str, tuple[Period, tuple[str, ...]]] = field(
        default_factory=dict
    )  # OPD -> its time, its successors
    outside: frozenset[str] = frozenset()  # ids of bodies that are counted with the OPDs but not headed by the regent
    no_agencies: frozenset[str] = frozenset()  # ids of these, of companies, villages and the government as a whole

    def name_of(self, dimension: str, key: str) -> str:
        """Return the name of an ``opd``, ``person``, ``pillar`` or ``place``; an unknown key stands for itself."""
        registry = {"opd": self.opd, "person": self.people, "pillar": self.pillars, "place": self.places}
        return registry.get(dimension, {}).get(key, key)

    def brief(self, opd: str) -> str:
        """Return what an OPD is called where many stand in a line: its acronym, or its name where it has none."""
        return self.short.get(opd) or self.opd.get(opd, opd)

    @property
    def by_field(self) -> Mapping[str, Mapping[str, str]]:
        """The registries by the fields of an article that hold ids of them."""
        return {"opd": self.opd, "officials": self.people, "places": self.places, "pillars": self.pillars}

    def heirs_on(self, day: date) -> Heirs:
        """Return the offices that do the work, on a day, of each that stands no more."""

        def follow(opd: str, seen: tuple[str, ...]) -> Iterator[str]:
            period, successors = self.followed.get(opd, (None, ()))
            if period is None or period.covers(day) or opd in seen:
                yield opd
            else:
                for heir in successors:
                    yield from follow(heir, (*seen, opd))

        heirs = {opd: tuple(dict.fromkeys(follow(opd, ()))) for opd in self.followed}
        return {opd: found for opd, found in heirs.items() if found != (opd,)}

    def within(self, regency: str) -> Names:
        """Return the names as the regency's own documents write them: an agency's without the regency's at its end.

        It stays where one word would be left (DPRD), or a name that another agency bears.
        """
        short = {key: name.removesuffix(f" {regency}") for key, name in self.opd.items() if key != self.government}
        taken = {*self.opd.values(), *(name for name, n in Counter(short.values()).items() if n > 1)}
        plain = {key: name for key, name in short.items() if " " in name and name not in taken}
        return replace(self, opd={**self.opd, **plain})


def build_names(profile: Profile) -> Names:
    """Collect the names of a profile."""
    pillars = {row["id"]: row.get("name", row["id"]) for row in profile.pillars.get("pillar", ())}
    return Names(
        opd={opd.id: opd.name for opd in profile.opd},
        short=find_acronyms(profile),
        acronyms=_turn_round(list_acronyms(profile)),
        people={person.id: person.name for person in profile.person},
        pillars=pillars,
        places={place.id: place.name for place in profile.kecamatan},
        leaders=frozenset(person.id for person in profile.person if _leads(person, profile)),
        government=profile.government,
        followed={opd.id: (opd.period, opd.successors) for opd in profile.opd if opd.successors},
        outside=frozenset(opd.id for opd in profile.opd if opd.kind in OUTSIDE),
        no_agencies=frozenset(opd.id for opd in profile.opd if opd.kind in NO_AGENCIES),
    )


def _turn_round(acronyms: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for opd, words in acronyms.items():
        for word in dict.fromkeys(word.casefold() for word in words):
            found.setdefault(word, []).append(opd)
    return {word: tuple(keys) for word, keys in found.items()}


def find_leaders(profile: Profile, day: date) -> frozenset[str]:
    """Return the ids of the regent and the deputy on a day."""
    return frozenset(person.id for person in profile.person if _leads(person, profile, day))


def _leads(person: Person, profile: Profile, day: date | None = None) -> bool:
    """Say whether a person heads the regency on a day, on any when it is None."""
    offices = {word for title in profile.words.ruler for word in (title, f"{title} {profile.short}")}
    return any(
        tenure.office in offices and tenure.region is None and (day is None or tenure.period.may_cover(day))
        for tenure in person.tenure
    )
