"""Finds contradictions in a profile that no schema sees and a person must settle: two owners of one name, overlapping
tenures ...

Types, missing and unknown keys are refused when the profile is loaded (``nlp.profile``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from zoneinfo import ZoneInfo

from nlp.components.pillars_terms import parse_pillars
from nlp.offices import Claim, build_claims
from nlp.periods import Period, parse_day
from nlp.profile import GOVERNMENT_KIND, Kampung, Landmark, Opd, Person, Profile, Spot, Tenure
from nlp.tables import load_table

OPD_KINDS = (
    *(GOVERNMENT_KIND, "sekretariat", "asisten", "staf ahli", "bagian", "dprd", "inspektorat", "dinas", "badan"),
    *("satuan", "rsud", "uptd", "kecamatan", "kelurahan", "desa", "bumd", "vertikal", "other"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction: in which file, at which row, and what to do."""

    file: str
    row: str
    message: str


def check_profile(profile: Profile) -> list[Finding]:
    """Return all contradictions, by file."""
    parts = (
        check_ids(profile),
        check_references(profile),
        check_pillars(profile),
        check_government(profile),
        check_owners(profile),
        check_places(profile),
        check_tenures(profile),
        check_spellings(profile),
        check_keywords(profile),
        check_clock(profile),
    )
    return sorted((finding for part in parts for finding in part), key=lambda f: (f.file, f.row, f.message))


def check_ids(profile: Profile) -> Iterator[Finding]:
    """Find ids that two rows bear."""
    for file, ids in (
        ("opd.toml", [row.id for row in profile.opd]),
        ("places.toml", [row.id for row in profile.kecamatan]),
        ("people.toml", [row.id for row in profile.person]),
    ):
        for ident, count in Counter(ids).items():
            if count > 1:
                yield Finding(file, ident, f"the id stands {count} times; every id is one row")


def check_references(profile: Profile) -> Iterator[Finding]:
    """Find ids that point nowhere."""
    opds = {row.id for row in profile.opd}
    kecamatan = {row.id for row in profile.kecamatan}
    forms = {row["id"] for row in load_table("offices")["office"]}
    for opd in profile.opd:
        yield from _check_opd(opd, opds, kecamatan, forms)
    within: list[Kampung | Landmark] = [*profile.kampung, *profile.landmark]
    for place in within:
        if place.kecamatan not in kecamatan:
            yield Finding("places.toml", place.name, f"unknown kecamatan {place.kecamatan!r}")
    for person in profile.person:
        for tenure in person.tenure:
            if tenure.opd and tenure.opd not in opds:
                yield Finding(
                    "people.toml", person.id, f"tenure {tenure.office!r} names the unknown opd {tenure.opd!r}"
                )
    offices = {tenure.office for person in profile.person for tenure in person.tenure}
    for epithet in profile.epithet:
        if epithet.office not in offices:
            yield Finding("people.toml", epithet.names[0], f"nobody ever held {epithet.office!r}")


def check_pillars(profile: Profile) -> Iterator[Finding]:
    """Find what the pillars component refuses, and ids within ``pillars.toml`` that point nowhere."""
    try:
        table = parse_pillars(profile.pillars)
    except ValueError as error:
        yield Finding("pillars.toml", "", str(error).removeprefix("pillars.toml: "))
        return
    if not table.pillar:
        yield Finding("pillars.toml", "", "no pillar: no article will bear one")
    opds = {row.id for row in profile.opd}
    for pillar in table.pillar:
        parts = {part.id for part in pillar.subdimensions}
        unknown = {"opd": set(pillar.opd) - opds, "subdimension": {term.d for term in pillar.terms} - parts}
        for what, idents in unknown.items():
            if idents and (what == "opd" or parts):
                yield Finding("pillars.toml", pillar.id, f"unknown {what} {', '.join(map(repr, sorted(idents)))}")


def check_government(profile: Profile) -> Iterator[Finding]:
    """Find that nobody, or more than one, is the government as a whole, or that nobody ever headed it."""
    governments = [row.id for row in profile.opd if row.kind == GOVERNMENT_KIND]
    if len(governments) != 1:
        told = f"{len(governments)} offices of kind {GOVERNMENT_KIND!r}: exactly one is the government as a whole"
        yield Finding("opd.toml", ", ".join(governments), told)
    titles = {word for title in profile.words.ruler for word in (title, f"{title} {profile.short}")}
    if not any(tenure.office in titles for person in profile.person for tenure in person.tenure):
        wanted = " or ".join(f"{title} {profile.short}" for title in profile.words.ruler[:2])
        yield Finding("people.toml", "", f"nobody ever was {wanted}: add who was, or correct `ruler` of [words]")


def _check_opd(opd: Opd, opds: set[str], kecamatan: set[str], forms: set[str]) -> Iterator[Finding]:
    for successor in opd.successors:
        if successor not in opds:
            yield Finding("opd.toml", opd.id, f"unknown successor {successor!r}")
    if opd.successors and not opd.until:
        yield Finding("opd.toml", opd.id, "has successors and no `until`: write the last day it stood")
    for form in (*opd.office, *(form for former in opd.former for form in former.office)):
        if form not in forms:
            near = " or ".join(_suggest_forms(form))
            told = f"did you mean {near}?" if near else "the known ones are in nlp/data/offices.toml"
            yield Finding("opd.toml", opd.id, f"unknown office {form!r}; {told}")
    if opd.kind not in OPD_KINDS:
        yield Finding("opd.toml", opd.id, f"unknown kind {opd.kind!r}; the known ones are {', '.join(OPD_KINDS)}")
    if opd.kecamatan and opd.kecamatan not in kecamatan:
        yield Finding("opd.toml", opd.id, f"unknown kecamatan {opd.kecamatan!r}")


def _suggest_forms(word: str) -> list[str]:
    """Return the ids of the offices that go by a word, such as an acronym taken for an id, or whose ids contain it."""

    def fold(text: str) -> str:
        return "".join(filter(str.isalnum, text.lower()))

    rows, wanted = load_table("offices")["office"], fold(word)
    known = [row["id"] for row in rows if wanted in map(fold, (*row.get("acronyms", ()), *row.get("names", ())))]
    return known or [row["id"] for row in rows if wanted and wanted in fold(row["id"])][:3]


def check_owners(profile: Profile) -> Iterator[Finding]:
    """Find names that two OPDs bear at the same time; offices told apart by their place may share theirs."""
    if any(
        form not in {row["id"] for row in load_table("offices")["office"]} for opd in profile.opd for form in opd.office
    ):
        return  # reported as a reference
    owners: dict[str, list[Claim]] = defaultdict(list)
    for claim in build_claims(profile):
        if claim.opd and not claim.site:
            owners[claim.name.text].append(claim)
    reported: set[tuple[str, str]] = set()
    for name, claims in owners.items():
        for one, other in combinations(claims, 2):
            pair = tuple(sorted((one.opd or "", other.opd or "")))
            if one.opd != other.opd and one.period.overlaps(other.period) and pair not in reported:
                reported.add((pair[0], pair[1]))
                message = (
                    f"{name!r} also means {pair[1]!r} at the same time: set `from` and `until`, drop one, or name it"
                    " under `without` of the one that is not called so here"
                )
                yield Finding("opd.toml", pair[0], message)


def check_places(profile: Profile) -> Iterator[Finding]:
    """Find names of OPDs that are names of places too, and that there are no places."""
    if not profile.kecamatan:
        yield Finding("places.toml", "", "no kecamatan yet: list each, its camat is an OPD of kind `kecamatan`")
    spots: list[Spot] = [*profile.kecamatan, *profile.kampung, *profile.landmark]
    places = {name for spot in spots for name in (spot.name, *spot.variants)}
    for opd in profile.opd:
        for name in (*opd.names, *opd.acronyms, *opd.heads, *(n for f in opd.former for n in (*f.names, *f.acronyms))):
            if name in places:
                yield Finding("opd.toml", opd.id, f"{name!r} is also a place in places.toml")


def check_tenures(profile: Profile) -> Iterator[Finding]:
    """Find offices that two persons certainly held at once, deputies, members and acting heads apart."""
    holders: dict[tuple[str, str], list[tuple[Person, Tenure]]] = defaultdict(list)
    for person in profile.person:
        for tenure in person.tenure:
            if tenure.opd and tenure.role == "head" and tenure.kind == "definitif":
                holders[tenure.opd, tenure.office].append((person, tenure))
    for (_, office), rows in holders.items():
        for (one, first), (other, second) in combinations(rows, 2):
            if one.id != other.id and _certain(first).overlaps(_certain(second)):
                yield Finding(
                    "people.toml", one.id, f"held {office!r} at the same time as {other.id!r}: correct the dates"
                )


def _certain(tenure: Tenure) -> Period:
    """Return the shortest time that partial dates leave: "2017" to "2020" is at least 31 December 2017 to 1 January
    2020.
    """
    start = parse_day(tenure.since, last=True) if tenure.since else None
    end = parse_day(tenure.until, last=False) if tenure.until else start
    return Period(start or end, end)


def check_spellings(profile: Profile) -> Iterator[Finding]:
    """Find full names that two persons share."""
    owners: dict[str, set[str]] = defaultdict(set)
    for person in profile.person:
        for name in (person.name, *person.variants):
            owners[name.lower()].add(person.id)
    for name, ids in owners.items():
        if len(ids) > 1:
            yield Finding("people.toml", ", ".join(sorted(ids)), f"share the name {name!r}: drop it from all but one")


def check_clock(profile: Profile) -> Iterator[Finding]:
    """Find a clock that is not the province's: each day would begin hours too early or too late."""
    wanted, moment = find_timezone(profile.province), datetime(2026, 1, 1, tzinfo=UTC)
    clocks = {moment.astimezone(ZoneInfo(zone)).utcoffset() for zone in (wanted, profile.timezone)}
    if len(clocks) > 1:
        yield Finding("profile.toml", "timezone", f"{profile.timezone} is not the clock of its province: {wanted}")


def find_timezone(province: str) -> str:
    """Return the timezone of a province."""
    zones = load_table("regions")["timezone"]
    return next((zone for zone, provinces in zones.items() if province in provinces), "Asia/Jakarta")


def check_keywords(profile: Profile) -> Iterator[Finding]:
    """Find keywords that would let everything in, and that none names the regency."""
    if not any(profile.short.lower() in word.lower() for word in profile.keywords):
        yield Finding("profile.toml", "keywords", f"none holds {profile.short!r}: articles about it are not gathered")
    for word in _short(profile.keywords):
        yield Finding("profile.toml", word, "a keyword of fewer than four letters stands in most articles")


def _short(words: Iterable[str]) -> Iterator[str]:
    return (word for word in words if len(word) < 4)
