"""Builds every name of every office: from the stems and acronyms of ``data/offices.toml`` and from what a profile
adds.

One surface may be claimed by several offices ("BKD", "DKP", "Dinas Kesehatan" before and after a reform): all claims
are kept, dates and context decide later. Titles before a name ("Plt Kepala", "Ketua") are grammar, not names; see
``components.opd``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from nlp.periods import Period, parse_period
from nlp.profile import FormerName, Opd, Profile, ProfileError
from nlp.tables import load_table

ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class OfficeName:
    """A surface as listed and how it names its office."""

    text: str
    via: str  # name, acronym, short, former, head, bare
    loose: bool = False  # counts in lower case
    exact: bool = False  # these very capitals


@dataclass(frozen=True, slots=True)
class Claim:
    """One office that a surface may mean: ``opd`` of the profile or None, in a time; ``form`` is the row of
    offices.toml.
    """

    name: OfficeName
    opd: str | None
    form: str
    period: Period = ALWAYS
    site: bool = False
    level: str = ""
    own: bool = False  # the profile's own complete name: needs no region behind it
    shared: bool = False  # a body that serves other regencies too


def build_claims(profile: Profile) -> list[Claim]:
    """Return all claims of all offices, those that no OPD of the profile holds included."""
    table, forms = load_table("offices"), _load_forms()
    claims: list[Claim] = []
    held: set[str] = set()
    for opd in profile.opd:
        for form, period, former in _held(opd):
            held.add(form)
            claims += _without(opd, _form_claims(forms[form], table["kinds"], opd.id, period, former))
        known = {claim.name.text for claim in claims if claim.opd == opd.id}
        claims += [claim for claim in _name_claims(opd, profile, table["kinds"]) if claim.name.text not in known]
        claims += _own_claims(opd)
    claims += [
        c
        for form, row in forms.items()
        if form not in held
        for c in _form_claims(row, table["kinds"], None, Period(), False)
    ]
    return claims


def find_acronyms(profile: Profile) -> dict[str, str]:
    """Return what each office is called in speech and in a chat: the acronym that stands for its whole name.

    A name of two words needs none, and what two offices would be called is left out.
    """
    table, forms = load_table("offices"), _load_forms()
    found: dict[str, str] = {}
    for opd in profile.opd:
        plain = opd.name.removesuffix(f" {profile.name}")
        rows = [forms[form] for form in opd.office if plain in _complete_names(forms[form], table["kinds"])]
        if acronyms := [word for row in rows for word in row.get("acronyms", ()) if word not in opd.without]:
            found |= {opd.id: acronyms[0]} if plain.count(" ") > 1 else {}
    times = Counter(found.values())
    return {key: word for key, word in found.items() if times[word] == 1}


def list_acronyms(profile: Profile) -> dict[str, list[str]]:
    """Return the acronyms that each office bears or bore."""
    forms, found = _load_forms(), {}
    for opd in profile.opd:
        bears = [*opd.office, *(form for former in opd.former for form in former.office)]
        common = [word for form in bears for word in forms[form].get("acronyms", ()) if word not in opd.without]
        found[opd.id] = [*opd.acronyms, *common, *(word for former in opd.former for word in former.acronyms)]
    return found


class _Forms(dict[str, dict[str, Any]]):
    """The rows of offices.toml by id; an id that a profile made up is named."""

    def __missing__(self, key: str) -> dict[str, Any]:
        raise ProfileError(f"opd.toml: unknown office {key!r}; `pantau profile check` says whose, and what is meant")


def _load_forms() -> _Forms:
    return _Forms({row["id"]: row for row in load_table("offices")["office"]})


def _complete_names(row: dict[str, Any], kinds: dict[str, Any]) -> list[str]:
    words = kinds.get(row["kind"], {}).get("words", ())
    return [*row.get("names", ()), *(f"{word} {stem}" for word in words for stem in row.get("stems", ()))]


def _held(opd: Opd) -> Iterator[tuple[str, Period, bool]]:
    yield from ((form, opd.period, False) for form in opd.office)
    for former in opd.former:
        yield from ((form, former.period, True) for form in former.office)


def _form_claims(
    row: dict[str, Any], kinds: dict[str, Any], opd: str | None, period: Period, former: bool
) -> list[Claim]:
    site, level = row.get("site", False), row.get("level", "")
    names = build_names(row, kinds.get(row["kind"], {}))
    if former:
        names = [OfficeName(n.text, n.via if n.via in {"head", "bare"} else "former", n.loose, n.exact) for n in names]
    return [Claim(name, opd, row["id"], period, site, level) for name in names]


def _without(opd: Opd, claims: list[Claim]) -> list[Claim]:
    """Leave out the names that the profile says the OPD does not bear, with "Dinas" or "Kadis" before them too."""
    return [c for c in claims if not any(f" {c.name.text}".endswith(f" {name}") for name in opd.without)]


def _name_claims(opd: Opd, profile: Profile, kinds: dict[str, Any]) -> list[Claim]:
    """Return what an OPD is called by its own ``name`` ("Dinas X, Y dan Z"), where no office of the table is so called;
    like those, it needs to be told from its namesakes elsewhere.
    """
    word, _, stem = opd.name.removesuffix(f" {profile.name}").partition(" ")
    kind = kinds.get(opd.kind, {})
    if not stem or word not in kind.get("words", ()):
        return []
    row = {"id": f"name:{opd.id}", "kind": opd.kind, "stems": dict.fromkeys((stem, stem.replace(",", "")))}
    return _form_claims(row, kinds, opd.id, opd.period, former=False)


def build_names(row: dict[str, Any], kind: dict[str, Any]) -> list[OfficeName]:
    """Return the names of one row of offices.toml: full names, short names, acronyms and titles of its head."""
    found: dict[str, OfficeName] = {}

    def add(text: str, via: str, *, loose: bool = False, exact: bool = False) -> None:
        found.setdefault(text, OfficeName(text, via, loose, exact))

    wide = bool(kind) and row["kind"] != "bagian"  # "dinas kesehatan" in lower case is still one; "bagian umum" is not
    for via, stems in (("name", row.get("stems", ())), ("short", row.get("short", ()))):
        for stem in stems:
            for word in kind.get("words", ()):
                add(f"{word} {stem}", via, loose=wide and via == "name")
            for word in kind.get("heads", ()):
                add(f"{word} {stem}", "head")
    for acronym in row.get("acronyms", ()):
        add(acronym, "acronym", exact=acronym.isupper() and len(acronym) <= 4)
        for word in kind.get("words", ()):
            add(f"{word} {acronym}", "name")
        for word in kind.get("heads", ()):
            add(f"{word} {acronym}", "head")
        if acronym[:3] in {"Dis", "Din"} and row["kind"] == "dinas":
            add("Ka" + acronym[0].lower() + acronym[1:], "head")
            if len(acronym) > 5:
                add("Kadis " + acronym[3].upper() + acronym[4:], "head")  # "Kadis Kopukm" of "Diskopukm"
    for text in row.get("names", ()):
        add(text, "name")
    for text in row.get("heads", ()):
        add(text, "head")
    for text in row.get("loose", ()):
        add(text, "name", loose=True)
    for text in row.get("bare", ()):
        add(text, "bare")
    return list(found.values())


def _with_brackets(names: Sequence[str]) -> Iterator[str]:
    """Yield "Balai Besar X (BBX) Y" for an office that is called both "Balai Besar X Y" and "BBX Y"."""
    for short, long in permutations(names, 2):
        acronym, _, region = short.partition(" ")
        if acronym.isupper() and region and long.endswith(f" {region}"):
            yield f"{long.removesuffix(region)}({acronym}) {region}"


def _own_claims(opd: Opd) -> list[Claim]:
    own = [
        *(OfficeName(text, "name") for text in (*opd.names, *_with_brackets(opd.names))),
        *(OfficeName(text, "acronym", exact=True) for text in opd.acronyms),
        *(OfficeName(text, "head") for text in (*opd.heads, *opd.units)),
    ]
    claims = [
        Claim(name, opd.id, f"own:{opd.id}", opd.period, own=name.via != "acronym", shared=opd.shared) for name in own
    ]
    for former in opd.former:
        claims += [
            Claim(name, opd.id, f"own:{opd.id}", parse_period(former.since, former.until), own=True)
            for name in _former_names(former)
        ]
    return claims


def _former_names(former: FormerName) -> list[OfficeName]:
    return [
        *(OfficeName(text, "former") for text in former.names),
        *(OfficeName(text, "former", exact=True) for text in former.acronyms),
        *(OfficeName(text, "head") for text in former.heads),
    ]
