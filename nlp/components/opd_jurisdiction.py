"""Decides whose an office is: the phrase itself, the same office elsewhere in the article, the government that acts in
the sentence, the paragraph, and last the article as a whole.

The province, its cities and the neighbours bear the same acronyms, so a bare "Dinas Pendidikan" says nothing by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from nlp.components.about import AboutResult
from nlp.components.about_signs import Sign
from nlp.components.elsewhere import places_of
from nlp.components.opd_phrases import PROVINCE, OfficePhrase
from nlp.components.speakers_words import load_words
from nlp.extensions import notes_of
from nlp.lexicon import OURS
from nlp.reading import Reading
from nlp.tables import load_table

NEAR = 3  # tokens between another government and an office that is likely its own
THROUGH = frozenset(load_table("titles")["through"])


class Jurisdiction(NamedTuple):
    """The verdict on one phrase, with the rule; ``kecamatan`` for offices of a place, ``region`` of whom else it is."""

    ours: bool
    reason: str
    region: str = ""
    kecamatan: str | None = None


def judge_offices(doc: Doc) -> list[Jurisdiction]:
    """Return one verdict per phrase of ``notes.offices``."""
    notes = notes_of(doc)
    reading: Reading = notes.reading
    offices: Sequence[OfficePhrase] = notes.offices
    about: AboutResult = notes.about
    explicit = {index: verdict for index, office in enumerate(offices) if (verdict := judge_phrase(doc, office))}
    sites = find_sites(reading)
    return [
        explicit.get(index) or judge_context(reading, offices, explicit, index, about, sites)
        for index in range(len(offices))
    ]


def find_sites(reading: Reading) -> dict[int | None, set[str]]:
    """Return the kecamatan that the places of each paragraph lie in, and under None those of the article."""
    sites: dict[int | None, set[str]] = {None: set()}
    for match in reading.matches:
        for place in match.places:
            if place.kind != "landmark":
                sites[None].add(place.kecamatan)
                sites.setdefault(reading.paragraph[match.start], set()).add(place.kecamatan)
    return sites


def judge_phrase(doc: Doc, office: OfficePhrase) -> Jurisdiction | None:
    """Judge by the phrase, and by where the article puts the place in it; None when that does not say whose the office
    is.
    """
    region, about = office.region, notes_of(doc).about
    if office.many:
        return Jurisdiction(False, "all offices of this kind", "many")
    if office.central:
        return Jurisdiction(False, "body of the central government", "central")
    if region is not None:
        if region.id == OURS and region.kecamatan and about.label == "none":
            return Jurisdiction(False, "namesake: nothing else in the article is ours", "unknown")
        if region.id == OURS and region.level == "site":
            names = [place.name.lower() for place in places_of(notes_of(doc).reading, region)]
            if other := next((other for name in names if (other := notes_of(doc).elsewhere.get(name))), ""):
                return Jurisdiction(False, "another region in the phrase", other)
        if region.id == OURS:
            return Jurisdiction(True, "region in the phrase", kecamatan=region.kecamatan)
        if region.id == PROVINCE:
            return Jurisdiction(False, "office of the province", PROVINCE)
        return Jurisdiction(False, "another region in the phrase", region.id)
    if any(claim.level == "province" for claim in office.claims) and not any(claim.opd for claim in office.claims):
        return Jurisdiction(False, "office of the province", PROVINCE)
    if not any(claim.opd for claim in office.claims) and not office.claims[0].form.startswith("anaphor-"):
        return Jurisdiction(False, "office that the regency does not have", "unknown")
    if any(claim.own for claim in office.claims):
        shared = any(claim.shared for claim in office.claims)
        ours = about.label == "subject" or (about.label == "incidental" and not shared)
        return Jurisdiction(ours, "own name" if ours else "nothing else in the article is ours")
    return None


def judge_context(
    reading: Reading,
    offices: Sequence[OfficePhrase],
    explicit: dict[int, Jurisdiction],
    index: int,
    about: AboutResult,
    sites: Mapping[int | None, set[str]],
) -> Jurisdiction:
    """Judge a phrase without region by what stands around it."""
    office = offices[index]
    for rule in (judge_speaker, judge_repeat, judge_sentence):
        verdict = rule(reading, offices, explicit, index)
        if verdict is not None:
            return verdict
    if about.label != "subject":
        near = signs_before(reading, about.signs, office)
        if near and all(s.region == OURS for s in near) and near[-1].kind != "place" and about.label == "incidental":
            return Jurisdiction(
                True, "our region in the sentence", kecamatan=find_kecamatan(reading, offices, explicit, index, sites)
            )
        return Jurisdiction(False, "undecided: the article is not about us")
    verdict = judge_paragraph(reading, about.signs, office)
    return verdict or Jurisdiction(
        True, "article about us", kecamatan=find_kecamatan(reading, offices, explicit, index, sites)
    )


def judge_repeat(
    reading: Reading, offices: Sequence[OfficePhrase], explicit: dict[int, Jurisdiction], index: int
) -> Jurisdiction | None:
    """Judge by the same office with its region elsewhere: the nearest before, else the nearest behind."""
    forms = {claim.form for claim in offices[index].claims}
    alias = reading.words[offices[index].core]
    same = [
        i
        for i in explicit
        if explicit[i].reason in {"region in the phrase", "another region in the phrase"}
        and (forms & {claim.form for claim in offices[i].claims} or alias == offices[i].alias)
    ]
    if not same:
        return None
    pick = max((i for i in same if i < index), default=min(same))
    if len({(explicit[i].ours, explicit[i].region) for i in same}) > 1:
        # Two governments have such an office here: a head goes back to a head, else only the same paragraph tells.
        heads = [i for i in same if i < index and offices[i].via == "head"]
        if offices[index].via == "head" and heads:
            pick = heads[-1]
        elif reading.paragraph[offices[pick].start] != reading.paragraph[offices[index].start]:
            return None
    chosen = explicit[pick]
    reason = "same office with our region" if chosen.ours else "same office with another region"
    return Jurisdiction(chosen.ours, reason, chosen.region, chosen.kecamatan)


def judge_speaker(
    reading: Reading, offices: Sequence[OfficePhrase], explicit: dict[int, Jurisdiction], index: int
) -> Jurisdiction | None:
    """Judge by whose head tells of it in the sentence ("Asisten I Setda X, Fulan, mengatakan Dinas Y berdiri 2017")."""
    office, verbs = offices[index], load_words().active
    if office.via == "head":
        return None
    first = reading.sentence_start(office.start)
    for before in reversed([i for i in explicit if i < index]):
        other, verdict = offices[before], explicit[before]
        if other.start < first:
            return None
        if not verdict.reason.endswith("region in the phrase"):
            continue
        if other.via != "head" or not verbs.intersection(reading.low[other.end : office.start]):
            return None
        reason = "told by an official of ours" if verdict.ours else "told by another government's official"
        return Jurisdiction(verdict.ours, reason, verdict.region)
    return None


def judge_sentence(
    reading: Reading, offices: Sequence[OfficePhrase], explicit: dict[int, Jurisdiction], index: int
) -> Jurisdiction | None:
    """Judge by a government that acts through the office in the same sentence ("Pemkab X melalui Dinas Y")."""
    office = offices[index]
    first = reading.sentence_start(office.start)
    said = reading.low[first : office.start]
    if THROUGH.isdisjoint(said):
        return None
    through = first + max(at for at, word in enumerate(said) if word in THROUGH)
    for before in reversed([i for i in explicit if i < index]):
        other, verdict = offices[before], explicit[before]
        if other.start < first:
            return None
        if other.end <= through and other.claims[0].form.split("-")[0] == "pemerintah":
            reason = "our government acts through it" if verdict.ours else "another government acts through it"
            return Jurisdiction(verdict.ours, reason, verdict.region)
    return None


def judge_paragraph(reading: Reading, signs: Sequence[Sign], office: OfficePhrase) -> Jurisdiction | None:
    """Refuse what stands in a paragraph that speaks of another government and not of us."""
    here = [s for s in signs if reading.paragraph[s.start] == reading.paragraph[office.start] and s.level != "person"]
    if any(s.region == OURS for s in here):
        return None
    before = [s for s in here if s.start < office.start and s.kind == "office" and s.manner in {"", "host"}]
    same = [s for s in before if reading.same_sentence(s.start, office.start)]
    if same and same[-1].level in {"regency", "province"} and office.start - same[-1].end <= NEAR:
        return Jurisdiction(False, "undecided: another government in the sentence", same[-1].region)
    return None


def signs_before(reading: Reading, signs: Sequence[Sign], office: OfficePhrase) -> list[Sign]:
    """Return the signs of regencies before the office in its sentence, in order."""
    here = [
        s
        for s in signs
        if s.end <= office.start and reading.same_sentence(s.start, office.start) and s.start >= reading.body
    ]
    return sorted((s for s in here if s.level not in {"province", "person"}), key=lambda s: s.start)


def find_kecamatan(
    reading: Reading,
    offices: Sequence[OfficePhrase],
    explicit: dict[int, Jurisdiction],
    index: int,
    sites: Mapping[int | None, set[str]],
) -> str | None:
    """Return the kecamatan that a bare "Camat" goes with: of the camat before, else the only one near or at all."""
    if not offices[index].site:
        return None
    before = [
        explicit[i].kecamatan
        for i in explicit
        if i < index and explicit[i].kecamatan and offices[i].claims[0].form == "camat"
    ]
    if before:
        return before[-1]
    near = sites.get(reading.paragraph[offices[index].start]) or sites[None]
    return next(iter(near)) if len(near) == 1 else None  # of several, none is more likely
