"""Component ``opd_phrases``: reads whole office phrases around the names that the gazetteer found.

"Plt Kepala Dinas Kesehatan (Diskes) Kabupaten X" is one phrase: title, name, short name in brackets, region. Leaves
``notes.reading`` and ``notes.offices``; whose office it is and whether it counts is decided by ``about`` and ``opd``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.about_signs import is_company
from nlp.components.elsewhere import region_behind_site
from nlp.components.gazetteer import Match
from nlp.extensions import notes_of
from nlp.lexicon import OURS
from nlp.offices import Claim
from nlp.profile import load_profile
from nlp.reading import Reading, RegionAt, read_doc, region_at, site_at
from nlp.tables import load_table

_TITLES = load_table("titles")
BEFORE = frozenset(_TITLES["before"])
HEADS = frozenset(_TITLES["heads"])
BARE_LEADS = frozenset(_TITLES["bare_leads"])
CENTRAL = frozenset(_TITLES["central"])
HONORIFICS = frozenset(_TITLES["honorifics"])
SAYING = frozenset((*load_table("attribution")["stems"], "menurut"))
NOT_HEADS: dict[str, list[str]] = _TITLES["not_heads"]
NUMERALS = frozenset(_TITLES["numerals"])
ALL = frozenset(_TITLES["all_before"])
TURNED_TO = frozenset(_TITLES["turned_to"])
EACH = frozenset(_TITLES["all_behind"])

NESTED = ("bagian-", "asisten-", "staf-ahli")  # offices inside the secretariat: "Kabag Kesra Setdakab X"
SECRETARIATS = frozenset({"setda", "setdaprov", "setdako"})
PROVINCE = "province"  # a region without a name


class OfficePhrase(NamedTuple):
    """Tokens [start, end) that name an office; ``region`` when the phrase itself says whose."""

    start: int
    end: int
    core: int  # where the name begins, titles apart
    claims: tuple[Claim, ...]
    via: str
    region: RegionAt | None
    central: bool = False
    alias: str = ""  # acronym in brackets
    many: bool = False  # "14 Kantor Camat", "Camat se-Kabupaten": all of them, none in particular

    @property
    def site(self) -> bool:
        """Whether the office is told apart by the place behind it."""
        return self.claims[0].site


class OpdPhrases:
    """Finds office phrases in order; matches inside a phrase are no phrases of their own."""

    def __init__(self, short: str | None) -> None:
        self.short = short

    def __call__(self, doc: Doc) -> Doc:
        reading = read_doc(doc)
        notes = notes_of(doc)
        notes.reading, notes.offices = reading, list(find_phrases(reading, self.short))
        return doc


def find_phrases(reading: Reading, short: str | None) -> Iterator[OfficePhrase]:
    """Yield the office phrases of an article."""
    reached = 0
    for match in reading.matches:
        claims = match.claims
        if not claims or match.start < reached or is_other_title(reading, match):
            continue
        if all(claim.name.via == "bare" for claim in claims) and not is_bare_office(reading, match):
            continue
        if claims[0].form == "camat" and reading.words[match.start] == "camat" and not is_one(reading, match):
            continue
        phrase = read_phrase(reading, match, claims, reached, short)
        reached = phrase.end
        yield phrase


def is_other_title(reading: Reading, match: Match) -> bool:
    """Tell whether the word behind a head's title makes it something else ("Inspektur Upacara")."""
    others = NOT_HEADS.get(reading.low[match.end - 1], ())
    return match.end < len(reading.low) and reading.low[match.end] in others


def is_bare_office(reading: Reading, match: Match) -> bool:
    """Tell whether the words around a function's name alone say that an office is meant ("ranahnya Perhubungan")."""
    region = region_at(reading, match.end) if match.end - match.start > 1 else None
    if region is not None and region.id == OURS:
        return True  # "Bina Marga X"
    before, behind = reading.low[match.start - 1], reading.words[match.end : match.end + 1]
    return match.start > reading.body and before in BARE_LEADS and not (behind and behind[0][:1].isupper())


def is_speaker(reading: Reading, match: Match) -> bool:
    """Tell whether a head in lower case says something ("kata camat", but "rapat camat", "menurut camat itu")."""
    low = reading.low
    pointed = low[match.end : match.end + 1] in (["itu"], ["tersebut"], ["ini"])
    return match.start > reading.body and low[match.start - 1] in SAYING and not pointed


def is_one(reading: Reading, match: Match) -> bool:
    """Tell whether a head in lower case is one: says something, or is turned to ("lapor ke camat", "pak camat")."""
    return is_speaker(reading, match) or reading.low[match.start - 1] in TURNED_TO


def read_phrase(
    reading: Reading, match: Match, claims: tuple[Claim, ...], floor: int, short: str | None
) -> OfficePhrase:
    """Extend one match to the whole phrase, not further left than ``floor``."""
    start = extend_left(reading, match.start, floor)
    end, claims, alias = read_brackets(reading, match.end, claims)
    end, claims = read_secretariat(reading, end, claims)
    form, site = claims[0].form, claims[0].site
    own = all(claim.own for claim in claims)
    region = None
    if site and not reading.words[end - 1].endswith("."):
        region = site_at(reading, end, short)
        if region is None or region.id == "unknown":
            region = resolve_unknown(reading, end, form, region)
        if region is not None and region.kecamatan and (other := region_behind_site(reading, region.end)):
            region = other._replace(start=region.start)
    else:
        region = region_at(reading, end, after_office=True)
        if region is not None and region.level == "province":  # "LAM Y Kabupaten X": the narrower one
            narrower = region_at(reading, region.end, after_office=True)
            region = narrower if narrower is not None and narrower.level == "regency" else region
    if region is not None:
        end = region.end
    elif not own and not site:
        region = level_behind(reading, end) or region_behind_name(reading, end)
    central = start > 0 and reading.low[start - 1] in CENTRAL and reading.same_sentence(start, start - 1)
    head = any(claim.name.via == "head" for claim in claims) or any(
        w in HEADS for w in reading.low[start : match.start]
    )
    via = "head" if head else claims[0].name.via
    many = form == "camat" and region is None and is_many(reading, start, end)
    return OfficePhrase(start, end, match.start, claims, via, region, central, alias, many)


def is_many(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a phrase speaks of all offices of a kind."""
    before = reading.low[start - 1] if start else ""
    if before == "di" and start > 1:
        before = reading.low[start - 2]  # "tersebar di kantor camat"
    following = reading.low[end] if end < len(reading.words) else ""
    return before.isdigit() or before in ALL or following in EACH


def extend_left(reading: Reading, start: int, floor: int) -> int:
    """Step over titles before a name, "Wakil Ketua II" included."""
    at = start
    while at > floor and reading.same_sentence(start, at - 1):
        word = reading.words[at - 1]
        if reading.low[at - 1] in BEFORE or (word in NUMERALS and at - 2 >= floor and reading.low[at - 2] == "ketua"):
            at -= 1
        else:
            break
    while at < start and reading.words[at] in NUMERALS:
        at += 1
    return at


def read_brackets(reading: Reading, end: int, claims: tuple[Claim, ...]) -> tuple[int, tuple[Claim, ...], str]:
    """Read "(Diskominfo)" behind a name: it belongs to the phrase and may narrow what the name means."""
    words = reading.words
    if end + 2 >= len(words) or words[end] != "(":
        return end, claims, ""
    inner = reading.by_start.get(end + 1)
    if inner is not None and inner.end < len(words) and words[inner.end] == ")" and (other := inner.claims):
        forms, ids = {c.form for c in other}, {c.opd for c in other if c.opd}
        same = tuple(c for c in claims if c.form in forms) or tuple(c for c in claims if c.opd in ids)
        return inner.end + 1, same or claims, " ".join(words[inner.start : inner.end])
    if words[end + 2] == ")" and words[end + 1][:1].isupper() and inner is None:
        return end + 3, claims, words[end + 1]
    return end, claims, ""


def read_secretariat(reading: Reading, end: int, claims: tuple[Claim, ...]) -> tuple[int, tuple[Claim, ...]]:
    """Step over "Setdakab" behind an office of the secretariat; behind one of the council's it is part of that."""
    following = reading.by_start.get(end)
    if following and claims[0].form == "setwan" and any(c.form == "dprd" for c in following.claims):
        return following.end, claims  # "Sekwan DPRD X"
    if following is None or not claims[0].form.startswith(NESTED):
        return end, claims
    if council := tuple(c for c in following.claims if c.form == "setwan"):
        return following.end, council  # "Kabag Umum Setwan"
    whose = any(c.form in SECRETARIATS or c.form == "pemerintah-kabupaten" for c in following.claims)
    return (following.end if whose else end), claims


def resolve_unknown(reading: Reading, end: int, form: str, region: RegionAt | None) -> RegionAt | None:
    """Judge a capitalised word behind a site office: a place that is not ours, or the name of a person."""
    if end >= len(reading.words) or not reading.same_sentence(end - 1, end):
        return None
    if region is not None:
        return region
    match = reading.by_start.get(end)
    word = reading.words[end]
    if match is not None or not word[:1].isupper() or not word[:1].isalpha() or reading.low[end] in HONORIFICS:
        return None
    if form in {"puskesmas", "rsud", "polsek", "koramil", "rutan"} and not word.isupper():
        stop = end
        while (
            stop < len(reading.words)
            and reading.words[stop][:1].isupper()
            and stop not in reading.by_start
            and stop - end < 3
        ):
            stop += 1
        head = reading.low[end - 1].startswith(("ka", "dan", "bab", "bhabin"))  # "Kapolsek Rudi": a person, not a place
        return None if head else RegionAt("unknown", "site", end, stop)
    return None


def level_behind(reading: Reading, end: int) -> RegionAt | None:
    """Read that an office is the province's, whichever that is: "Dinas X provinsi", "Asisten I Setdaprov"."""
    if (last := reading.by_end.get(end)) and any(claim.form == "setdaprov" for claim in last.claims):
        return RegionAt(PROVINCE, "province", last.start, end)
    at = end + (reading.low[end : end + 1] == ["tingkat"])
    if reading.low[at : at + 1] == ["provinsi"] and reading.same_sentence(end - 1, at):
        return RegionAt(PROVINCE, "province", at, at + 1)
    return None


def region_behind_name(reading: Reading, end: int) -> RegionAt | None:
    """Read the region behind the head's name: "Kadiskes dr Fulan Kota X", "Kadis Y, Fulan, Kabupaten X"."""
    at, commas = end, 0
    while at < min(end + 9, len(reading.words)) and reading.same_sentence(end - 1, at):
        word = reading.words[at]
        match = reading.by_start.get(at)
        if match is not None and match.claims:
            return None
        found = region_at(reading, at)
        if found is not None and at > end and found.level in {"regency", "province"}:
            explicit = found.end - found.start > 1 and reading.low[found.start] in {
                "kabupaten",
                "kab.",
                "kota",
                "provinsi",
            }
            behind = reading.words[at - 1] != "," and _is_name(reading, at - 1) and not is_company(reading, at)
            return found if explicit or behind else None
        commas += word == ","
        if commas > 2 or not (word[:1].isupper() or word in {",", "."} or reading.low[at] in HONORIFICS):
            return None
        at = match.end if match is not None else at + 1
    return None


def _is_name(reading: Reading, at: int) -> bool:
    """Tell whether a token can end a person's name."""
    ending = next((m for m in reading.matches if m.start <= at < m.end), None)
    if ending is not None:
        return bool(ending.persons) and not ending.regions
    return reading.words[at][:1].isupper() and reading.low[at] not in BEFORE


@Language.factory("opd_phrases", default_config={"profile": ""})
def make_phrases(nlp: Language, name: str, profile: str) -> OpdPhrases:
    """Build the component from a profile id or folder."""
    loaded = load_profile(profile)
    return OpdPhrases(next((row.id for row in loaded.kecamatan if row.name == loaded.short), None))
