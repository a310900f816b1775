"""Component ``quotes``: direct speech and paraphrase of an article with their speakers.

Leaves ``notes.quotes`` and ``notes.indirect`` (``nlp.annotation.Quote``). Marks are found in ``quotes_marks``, speech
told from titles in ``quotes_speech``, speakers resolved in ``speakers``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotation import Quote
from nlp.components.quotes_marks import find_marked, marks_of
from nlp.components.quotes_speech import find_speech
from nlp.components.speakers import Spoken, resolve_speakers
from nlp.components.speakers_passage import Named, Passage, Person
from nlp.components.speakers_phrases import parse_person
from nlp.components.speakers_tokens import Token, find_reports, tokens
from nlp.components.speakers_words import Words, load_ordinary_words, load_words
from nlp.extensions import GAP, lows_of, notes_of, read_text, register_extensions, signals_of, starts_of, words_of
from nlp.profile import Person as Official
from nlp.profile import load_profile
from nlp.signals import watch

_SIGHTED = 183  # days beyond a known tenure within which a person still counts as its holder
_SAID = 2  # words that several people of one article may say alike
_WORD = re.compile(r"\w+")
_NEXT = 10  # characters within which the next word begins
_SPEECH_SIGNS = frozenset("\"“”„«»'‘’`″")


class Quotes:
    """Finds quotations; knows the offices that the registry's persons held on the article's day."""

    def __init__(self, officials: Sequence[Official], scorer: Callable[..., dict[str, Any]] | None = None) -> None:
        register_extensions()
        self.words = load_words()
        self.reporting = watch(self.words.leads | self.words.reporting)
        self.officials = {person.id: person for person in officials}
        self.scorer = scorer

    def __call__(self, doc: Doc) -> Doc:
        notes = notes_of(doc)
        title_end, day, source = notes.title_length, notes.day, notes.source
        offset = title_end + len(GAP)
        whole = read_text(doc)
        text = whole[offset:]
        title = whole[:title_end]
        headed = () if _SPEECH_SIGNS.isdisjoint(title) else find_title_quotes(find_passage(doc, 0, title))
        spoken: list[Spoken] = []
        _, offsets = words_of(doc)
        starts = [offsets[at] - offset for at in starts_of(doc) if offsets[at] >= offset] or [0]
        speech = find_speech(text, marks_of(doc), starts, self.words)
        low, reporting = lows_of(doc), self.reporting
        said = [offsets[at] - offset for at in signals_of(doc) if low[at] in reporting and offsets[at] >= offset]
        reports = find_reports(text, said)
        if speech or reports:
            passage = find_passage(doc, offset, text, find_shorts(text, reports, self.words))
            offices, held = self.find_offices(doc), self.find_held(doc)
            spoken = resolve_speakers(passage, speech, reports, starts, offices, held)
        heads = [name_speaker(row, title, text, spoken) for row in headed]
        found = [self.build_quote(row, "title", source.title, day) for row in heads]
        found += [self.build_quote(row, "text", source.text, day) for row in spoken]
        notes.quotes = tuple(quote for quote in found if not quote.indirect)
        notes.indirect = tuple(quote for quote in found if quote.indirect)
        return doc

    def find_offices(self, doc: Doc) -> dict[str, tuple[str, ...]]:
        """Return the office words of the registry's persons whom the article names."""
        notes = notes_of(doc)
        named = {tag.id for tag in notes.tags["officials"]}
        return {
            ident: self.office_words(self.officials[ident], notes.day) for ident in named if ident in self.officials
        }

    def find_held(self, doc: Doc) -> dict[str, frozenset[str]]:
        """Return the OPDs that the registry's persons whom the article names ever headed."""
        named = {tag.id for tag in notes_of(doc).tags["officials"]} & self.officials.keys()
        return {ident: frozenset(t.opd for t in self.officials[ident].tenure if t.opd) for ident in named}

    def office_words(self, person: Official, day: date) -> tuple[str, ...]:
        """Return the words of all offices that a person held on that day, short forms written out."""
        held = [t.office for t in person.tenure if t.role != "candidate" and t.period.days_off(day) < _SIGHTED]
        words = [word for office in held for word in office.lower().split()]
        return tuple(long for word in words for long in self.words.short.get(word, (word,)))

    def find_opd(self, person: Person, day: date) -> str | None:
        """Return the OPD that a speaker stands for: by tenure, else as the article puts it."""
        official = self.officials.get(person.id or "")
        held = [t.opd for t in official.tenure if t.opd and t.period.days_off(day) < _SIGHTED] if official else []
        return held[0] if held else person.opd

    def build_quote(self, spoken: Spoken, where: str, printed: str, day: date) -> Quote:
        """Return a quotation as published."""
        person = spoken.person
        return Quote(
            where="title" if where == "title" else "text",
            start=spoken.start,
            end=spoken.end,
            text=printed[spoken.start : spoken.end],
            speaker=person.label if person else None,
            speaker_id=person.id if person else None,
            opd=self.find_opd(person, day) if person else None,
            verb=spoken.verb,
            indirect=spoken.indirect,
            rule=spoken.rule,
        )


def find_title_quotes(passage: Passage) -> list[Spoken]:
    """Return the marked speech of a headline, with the speaker of 'Fulan: "..."' and '"...", Kata Fulan'."""
    title, spoken, words = passage.text, [], passage.words
    single = (words.offices - words.people) | words.heads
    for speech in find_speech(title, find_marked(title), [0], passage.words):
        marked, lead = speech.marked, title[: speech.marked.opened_at].rstrip()
        person = None
        if speech.after and speech.after.end > speech.after.start:
            person = parse_person(passage, speech.after.start, speech.after.end)
        elif lead.endswith(":"):
            clause = max(lead.rfind(","), lead.rfind(";")) + 1
            person = parse_person(passage, clause, find_act(passage, clause, len(lead) - 1))
            if person and not person.name and not set(person.office[:1]) & single:
                person = None  # not one holder of an office but a crowd: "Guru Sekolah Terpencil Mengadu: "...""
        spoken.append(Spoken(marked.start, marked.end, person, speech.verb, "title"))
    return spoken


def find_act(passage: Passage, start: int, end: int) -> int:
    """Return where a headline, all words of which may begin with capitals, goes on from whom it is about to what they
    do: "Bupati [Menjawab]: "..."", else ``end``.
    """
    words, ordinary = passage.words, load_ordinary_words()
    for token in tokens(passage.text, start, end)[1:]:
        acts = token.low in words.active or (token.low in ordinary and words.is_finite(token.low))
        if acts and not passage.is_body(token):
            return token.start
    return end


def name_speaker(headed: Spoken, title: str, text: str, spoken: Sequence[Spoken]) -> Spoken:
    """Return a headline's quotation without a name that the text does not have, for what stands before the colon may
    be a clause; where the headline names nobody, whoever says the same words in the text has spoken.
    """
    person = headed.person
    if person and (person.id or (person.name and person.name.casefold() in text.casefold())):
        return headed
    said = spell_words(title[headed.start : headed.end])
    rows = (row for row in spoken if row.person and not row.indirect)
    same = next((row for row in rows if said in spell_words(text[row.start : row.end])), None)
    if same and len(said.split()) > _SAID:
        return headed._replace(person=same.person)
    return headed._replace(person=None) if person and person.name else headed


def spell_words(text: str) -> str:
    """Return the words of a text, between blanks, in lower case."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def find_passage(doc: Doc, base: int, part: str, shorts: frozenset[str] = frozenset()) -> Passage:
    """Return ``part``, which begins at ``base`` of the Doc, with what other components found in it.

    A namesake of an official's, who is refused as such, is a person like any other.
    """
    notes, end = notes_of(doc), base + len(part)
    officials, opd, others = (
        [
            Named(tag.start_char - base, tag.end_char - base, tag.id)
            for group in groups
            for tag in notes.tags[group]
            if base <= tag.start_char and tag.end_char <= end and not (group == "refused" and tag.label == "official")
        ]
        for groups in (("officials",), ("opd",), ("not_opd", "places", "refused"))
    )
    for group in (officials, opd, others):
        group.sort(key=itemgetter(0))
    words, offsets = words_of(doc)
    regions = {
        offsets[match.start] - base: offsets[match.end - 1] + len(words[match.end - 1]) - base
        for match in notes.matches or ()
        if match.regions
    }
    return Passage(part, officials, opd, others, shorts, regions)


def find_shorts(text: str, reports: Sequence[Token], words: Words) -> frozenset[str]:
    """Return the first names that attributions in ``text`` use: "Fulan" of '"...," ujar Fulan'."""
    shorts: set[str] = set()
    for lead in reports:
        if not lead.word.lead:
            continue
        at = lead.end
        while at < len(text) and text[at].isspace():
            at += 1
        following = tokens(text, at, at + 1)
        while following and following[0].low in words.honorifics:
            following = tokens(text, following[0].end, following[0].end + _NEXT)
        if not following:
            continue
        name, low = following[0], following[0].low
        plain = low in words.offices or low in words.bodies or low in words.people or low in words.short
        if name.capital and len(name.text) > 1 and not plain and not low.startswith("kadis"):
            shorts.add(name.text.rstrip("."))
    return frozenset(shorts)


@Language.factory(
    "quotes",
    default_config={"profile": "", "scorer": {"@scorers": "pantau.spans.v1", "group": "quotes"}},
)
def make_quotes(nlp: Language, name: str, profile: str, scorer: Callable[..., dict[str, Any]] | None) -> Quotes:
    """Build the component from a profile id or folder."""
    return Quotes(load_profile(profile).person if profile else (), scorer)
