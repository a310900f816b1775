"""Component ``opd``: decides for each office phrase whether it is an office of ours, which one on the article's date,
and in what role.

Whose it is comes from ``opd_jurisdiction``; which of several offices of one name, from dates. What is refused or
undecided goes to ``notes.tags["not_opd"]`` with the reason: undecided is an answer, a wrong tag is not.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotation import Role
from nlp.components.opd_jurisdiction import Jurisdiction, judge_offices
from nlp.components.opd_phrases import OfficePhrase
from nlp.extensions import add_tag, notes_of
from nlp.offices import Claim
from nlp.profile import load_profile
from nlp.reading import Reading
from nlp.tables import load_table

_TITLES = load_table("titles")
ATTENDANCE = frozenset(_TITLES["attendance"])
REORGANISATION = frozenset(_TITLES["reorganisation"])
FORMER = frozenset(_TITLES["former"])
SAID = frozenset(_TITLES["said"])
AGENTS = frozenset(_TITLES["before_agents"])
ACTING = tuple(_TITLES["acting"])
NOT_ACTING = frozenset(_TITLES["not_acting"])
KINDS: dict[str, list[str]] = _TITLES["kinds"]
REACH = 12  # tokens behind an office within which it is told what became of it
RECENT = 400  # days after a reform in which an article may still speak of the offices that were


class OpdLinker:
    """Links office phrases to OPD ids."""

    def __init__(self, kecamatan: dict[str, str], scorer: Any = None) -> None:
        self.kecamatan, self.scorer = kecamatan, scorer  # kecamatan id -> id of its camat's office

    def __call__(self, doc: Doc) -> Doc:
        notes = notes_of(doc)
        reading: Reading = notes.reading
        seen: list[tuple[OfficePhrase, str]] = []
        for phrase, verdict in zip(notes.offices, judge_offices(doc), strict=True):
            if reading.is_furniture(phrase.start):
                continue
            bounds = (phrase.start, phrase.end)
            ident = self.identify(doc, phrase, verdict, seen) if verdict.ours else None
            if ident is None:
                reason = verdict.reason if not verdict.ours else "no office of ours bears this name"
                add_tag(doc, "not_opd", bounds, "office", verdict.region, phrase.via, reason)
            elif seen and seen[-1][0].end == phrase.start and seen[-1][1] == ident:
                extend_tag(doc, phrase.end)
            else:
                via = "short" if phrase.via == "bare" else phrase.via
                add_tag(doc, "opd", bounds, "opd", ident, via, verdict.reason)
                seen.append((phrase, ident))
        set_roles(doc)
        return doc

    def identify(
        self, doc: Doc, phrase: OfficePhrase, verdict: Jurisdiction, seen: list[tuple[OfficePhrase, str]]
    ) -> str | None:
        """Return the OPD id of a phrase that is ours; None when no office of ours bears the name."""
        claims = tuple(claim for claim in phrase.claims if claim.opd)
        form = phrase.claims[0].form
        if form.startswith("anaphor-"):
            return find_antecedent(phrase, seen, form.removeprefix("anaphor-"))
        if form == "camat":
            return self.kecamatan.get(verdict.kecamatan or "") or self.find_by_name(doc, phrase)
        if not claims:
            return None
        notes = notes_of(doc)
        return choose_by_date(claims, notes.day, earlier=is_before_reform(notes.reading, phrase)).opd

    def find_by_name(self, doc: Doc, phrase: OfficePhrase) -> str | None:
        """Return the camat's office that the person named right behind holds."""
        match = notes_of(doc).reading.by_start.get(phrase.end)
        persons = match.persons if match else ()
        held = [
            tenure.opd for named in persons for tenure in named.person.tenure if tenure.opd in self.kecamatan.values()
        ]
        return held[0] if held else None


def extend_tag(doc: Doc, end: int) -> None:
    """Take a second name of the same office into the mention before it: "Bidang Damkar BPBD"."""
    tag = notes_of(doc).tags["opd"][-1]
    last = doc[end - 1]
    tag.end, tag.end_char = end, last.idx + len(last)


def choose_by_date(claims: tuple[Claim, ...], day: date, *, earlier: bool = False) -> Claim:
    """Return the claim whose time covers ``day``, else the nearest in time; with ``earlier`` the one that has just
    ended.
    """
    if earlier:
        ended = [c for c in claims if c.period.end and 0 < (day - c.period.end).days < RECENT]
        if ended:
            return ended[0]
    return min(claims, key=lambda c: c.period.days_off(day))


def is_before_reform(reading: Reading, phrase: OfficePhrase) -> bool:
    """Tell whether the sentence goes on to say what became of the office ("Dinas X kini menjadi Y", "dipecah")."""
    for at in range(phrase.end, min(phrase.end + REACH, len(reading.words))):
        if not reading.same_sentence(phrase.start, at):
            return False
        if reading.low[at] in REORGANISATION:
            # "X menjadi Dinas Y", but not "X menjadi penampung usulan"
            return reading.low[at] != "menjadi" or any(
                m.claims for b in range(at + 1, at + 4) if (m := reading.by_start.get(b))
            )
    return reading.low[phrase.start - 1] in FORMER


def find_antecedent(phrase: OfficePhrase, seen: list[tuple[OfficePhrase, str]], kind: str) -> str | None:
    """Return the office of that kind whose head or name was last spoken of; heads first."""
    words = tuple(KINDS[kind])
    fitting = [
        (p, ident)
        for p, ident in seen
        if p.claims[0].name.text.lower().startswith(words) or f"{kind} " in p.claims[0].name.text.lower()
    ]
    heads = [ident for p, ident in fitting if p.via == "head"]
    return heads[-1] if heads else fitting[-1][1] if fitting else None


def set_roles(doc: Doc) -> None:
    """Give each OPD the role of its best mention: it acts, it is mentioned, or it only attends."""
    notes = notes_of(doc)
    reading: Reading = notes.reading
    best: dict[str, Role] = {}
    rank: dict[Role, int] = {"actor": 0, "mentioned": 1, "attendee": 2}
    for tag in notes.tags["opd"]:
        role = find_role(reading, tag.start, tag.end)
        if tag.id not in best or rank[role] < rank[best[tag.id]]:
            best[tag.id] = role
    for tag in notes.tags["opd"]:
        tag.role = best[tag.id]


def find_role(reading: Reading, start: int, end: int) -> Role:
    """Return the role of one mention by its sentence: behind a word of attendance it attends; as its subject or agent
    it acts.
    """
    before = reading.low[reading.sentence_start(start) : start]
    if not ATTENDANCE.isdisjoint(before) and SAID.isdisjoint(before):
        return "attendee"
    if not any(word.isalpha() for word in before) or start < reading.body:
        return "actor"
    if before[-1] in AGENTS:
        return "actor"
    following = reading.low[end] if end < len(reading.words) else ""
    return "actor" if following.startswith(ACTING) and following not in NOT_ACTING else "mentioned"


@Language.factory(
    "opd",
    default_config={"profile": "", "scorer": {"@scorers": "pantau.spans.v1", "group": "opd"}},
)
def make_opd(nlp: Language, name: str, profile: str, scorer: Any) -> OpdLinker:
    """Build the component from a profile id or folder."""
    return OpdLinker({row.kecamatan: row.id for row in load_profile(profile).opd if row.kecamatan}, scorer)
