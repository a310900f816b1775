"""The names that readers see for ids of OPDs, persons, pillars and places, as the profile has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

GOVERNMENT = "pemkab"  # id under which the government as a whole is tagged


@dataclass(frozen=True, slots=True)
class Names:
    """id -> name for each registry."""

    opd: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    pillars: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    leaders: frozenset[str] = frozenset()  # ids of the persons who head the regency

    def name_of(self, dimension: str, key: str) -> str:
        """Return the name of an ``opd``, ``person``, ``pillar`` or ``place``; an unknown key stands for itself."""
        registry = {"opd": self.opd, "person": self.people, "pillar": self.pillars, "place": self.places}
        return registry.get(dimension, {}).get(key, key)


def build_names(profile: Any) -> Names:
    """Collect the names of a loaded profile (``nlp.profile.Profile``)."""
    return Names(
        opd={opd.id: opd.name for opd in profile.opd} | {GOVERNMENT: f"Pemerintah {profile.name}"},
        people={person.id: person.name for person in profile.person},
        pillars={row["id"]: row.get("name", row["id"]) for row in profile.pillar},
        places={place.id: place.name for place in profile.kecamatan},
        leaders=frozenset(
            p.id for p in profile.person if any(t.office in profile.words.ruler and t.region is None for t in p.tenure)
        ),
    )
