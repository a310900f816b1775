"""Finds whom one sentence is about: the person of its "menurut", its subject, its agent; and its verb of saying."""

from __future__ import annotations

import re

from nlp.components.speakers_judge import Judge
from nlp.components.speakers_memory import Memory
from nlp.components.speakers_namings import Namings
from nlp.components.speakers_openings import ASKED, Openings
from nlp.components.speakers_phrases import parse_person, parse_phrase
from nlp.components.speakers_tokens import Person, Token, tokens
from nlp.components.speakers_words import INDEFINITE

_LISTED = 3  # commas from which a sentence names several
_DATELINE_END = 5  # a dateline opens the text
_DATELINE = re.compile(
    r"[A-Z]{3,}[-–—](?=[A-Z])"  # "KOTA—Fulan"
    r"|[^\n.]{0,30}?(?:\.\w{2,4})?[^\n.]{0,30}?(?:\s[-–—~|]+|[-–—~|:]+\s|\)[-–—]+)\s*(?=[A-Z])"
)


class SentenceReader:
    """Reads sentences of one article against what is remembered of it."""

    def __init__(self, memory: Memory) -> None:
        self.memory, self.text, self.mentions, self.words = memory, memory.text, memory.mentions, memory.words
        self.openings, self.namings, self.judge = Openings(memory), Namings(memory), Judge(memory)

    def find_person(self, start: int, end: int, *, refer: bool = False) -> Person | None:
        """Read the phrase at ``start`` and go back to the fuller mention of the person.

        With ``refer`` a phrase that points back may mean a subject that is not yet known to be a person.
        """
        return self._remember(parse_person(self.text, start, end, self.mentions, self.words), refer=refer)

    def _remember(self, person: Person | None, *, refer: bool = False) -> Person | None:
        if person and person.back and refer and self.memory.passing:
            return self.memory.refer(person)
        return self.memory.recall(person) if person else None

    def _parse(self, found: list[Token]) -> Person | None:
        """Read the phrase that begins with a token of a sentence."""
        return parse_phrase(self.text, found[0].start, found, self.mentions, self.words)

    def find_about(self, start: int, end: int) -> tuple[Person | None, str | None]:
        """Return whom a sentence is about, and its verb of saying."""
        if start < _DATELINE_END and (dateline := _DATELINE.match(self.text, start, end)):
            start = dateline.end()
        found = tokens(self.text, start, end)
        if not found:
            return None, None
        if found[0].low in self.words.pointing and found[1:] and found[1].capital:
            person = self._parse(found[1:])  # "Namanya Fulan", "Dialah Fulan"
            if person and person.name:
                return self.memory.recall(person), None
        active = self.words.active
        signs = [number for number, token in enumerate(found) if token.word.sign]
        verb = None
        if signs:
            verb = next((t.low for t in map(found.__getitem__, signs) if t.word.reporting or t.low in active), None)
            if according := self._according(found, signs):
                return according, "menurut"
        clause = self.openings.cut(found)
        if cut := len(found) - len(clause):
            signs = [number - cut for number in signs if number >= cut]
            verb = verb or next((t.low for t in found[:1] if t.low in self.words.comparing), None)
            if clause and clause[0].low in self.words.pronouns:
                self.memory.passing = self._asked(found[:cut]) or self.memory.passing
        person = self._subject(clause, signs)
        if person is None and signs:
            person = self._before_verb(clause, signs) or self._agent(clause, signs)
        if person is None:
            inside = [m for m in self.mentions.officials if start <= m.start < end]
            if inside and self._goes_on(found, inside[0].start):
                return None, verb
            if len({m.id for m in inside}) == 1:
                person = self.find_person(inside[0].start, inside[0].end)
            elif not inside:
                unknown = not self.memory.focus and not (self.memory.passing and self.memory.passing.name)
                named = self.namings.introduced(found) or (self.namings.within(found) if unknown else None)
                self.memory.passing = named or self.memory.passing
        if person:
            self.memory.learn_alias(person, found)
        return person, verb

    def find_attending(self, start: int, end: int) -> int:
        """Return where who attends begins to speak: "Hadir mendampingi, Kepala X Fulan mengatakan"; ``end`` when a
        sentence only lists who came. Who came alone may be whom the next sentence speaks of.
        """
        found = tokens(self.text, start, end)
        if any(t.low == "serta" or (t.low == "dan" and not found[n].word.body) for n, t in enumerate(found[1:])):
            return end
        commas = [n for n, t in enumerate(found) if t.text == ","]
        verb = next((n for n, t in enumerate(found) if t.low in self.words.active and not t.capital), 0)
        if verb and commas and commas[0] + 1 < verb and "yang" not in (t.low for t in found[:verb]):
            return found[commas[0] + 1].start
        at = next((n for n, t in enumerate(found[1:], 1) if t.capital or t.word.noun), 0)
        if at and len(commas) < _LISTED and (person := self._parse(found[at:])) and person.name:
            self.memory.passing = person
        return end

    def _asked(self, opening: list[Token]) -> Person | None:
        """Return whom the opening of a sentence says to be asked: "Ketika Fulan ditanya soal X, ia terdiam"."""
        at = next((n for n, t in enumerate(opening) if t.low in ASKED), 0)
        if at < 2 or not opening[1].capital or opening[0].low not in self.words.stops:
            return None
        person = self._parse(opening[1:at])
        return person if person and person.name else None

    def _goes_on(self, found: list[Token], at: int) -> bool:
        """Tell whether a sentence that names an official only later goes on with the person spoken of before:
        "Menurutnya sudah tiga kali ia menyurati Bupati Fulan".
        """
        before = [t.low for t in found if t.start < at]
        return self.memory.focus is not None and any(
            low in self.words.pronouns or (low.endswith("nya") and self.words.is_verb(low)) or low == "menurutnya"
            for low in before
        )

    def _according(self, found: list[Token], signs: list[int]) -> Person | None:
        """Read 'menurut Fulan', 'kata Fulan', 'lanjut dia' anywhere in a sentence that has no marks."""
        for number in signs:
            if not found[number].word.lead or number == len(found) - 1:
                continue
            token, at = found[number], number + 1
            following = found[at]
            bare = token.low in self.words.stems and (
                not number or found[number - 1].text == "," or found[number - 1].low == "masih"
            )
            if not bare and token.low not in self.words.according:
                continue
            if following.low in self.words.telling and number + 2 < len(found):
                at += 1
                following = found[at]
            elif self.text[token.end : following.start].strip():
                continue
            some = bare and not number and following.low in INDEFINITE  # "Kata seorang ibu, ..."
            if some or following.capital or following.low in self.words.pronouns or following.low in self.words.offices:
                person = self._remember(self._parse(found[at:]), refer=True)
                if person and (some or person.back or person.name or set(person.office[:1]) <= self.words.offices):
                    return person
        return None

    def _subject(self, found: list[Token], signs: list[int]) -> Person | None:
        """Return the person that the clause's subject names; a person handed over to ("melalui", "diwakili") counts."""
        if len(found) < 2:
            return None
        if signs and (handed := self._handed_over(found, signs)):
            return handed
        first = found[0].low
        if first in self.words.utterances and any(found[n].low in self.words.answered for n in signs):
            return None  # "Pernyataan Fulan disela Fulanah"
        if known := self._owner(found):
            return known
        if first in self.words.crowds and found[1].word.noun:
            self.memory.crowd = Person(self.text[found[0].start : found[1].end])
        if first == "yang":
            return self.namings.behind_copula(found)
        verb = self.words.is_verb(first) and first not in self.words.stems
        if (
            first in self.words.stops
            or first in self.words.finite
            or verb
            or (first in self.words.stems and not (found[0].capital or found[1].capital))
            or (first.startswith("me") and len(first) > 6 and not self.words.is_noun(first))
        ):
            return None
        person = self._parse(found)
        if person is None or (person.name and not person.id and not self.judge.is_sure(person, found)):
            apposed = self.namings.behind_comma(found) or (
                None if person and person.office else self._head(found, signs)
            )
            if apposed is None and person and self.judge.may_be_person(person, found):
                self.memory.passing = person
            return apposed
        if person.back:
            comma = self.text.startswith(",", found[0].start + len(person.printed))
            return (self.namings.behind_comma(found) if comma else None) or self.memory.refer(person)
        if person.name is None:
            named = self.namings.behind_copula(found) or self._before_verb(found, signs)
            if named and named.name:
                return named
        if person.name is None and not self.judge.holds_office(person, found):
            self.memory.crowd = self.memory.actor = person
            if any(found[n].low in self.words.active for n in signs):
                if found[0].low in self.words.speaking:
                    self.memory.voice = person
                elif found[0].low in self.words.people:
                    self.memory.passing = person  # "Ahli waris menyesalkan"
            return None
        return self.memory.recall(person)

    def _handed_over(self, found: list[Token], signs: list[int]) -> Person | None:
        """Return who speaks for the subject: "Kapolres melalui Kasat Fulan mengatakan"."""
        turns = self.words.turns
        for number in signs:
            if found[number].low not in turns or not 0 < number < len(found) - 1:
                continue
            if found[number].low in self.words.active:
                break
            after = found[number + 1 :]
            if not (after[0].capital or after[0].word.noun):
                continue
            person = self._parse(after)
            if (
                person
                and (person.name or after[0].capital)
                and (person.id or person.back or self.judge.is_sure(person, after))
            ):
                return self.memory.recall(person)
        return None

    def _owner(self, found: list[Token]) -> Person | None:
        """Return the known person whose something is the subject: "Perjalanan Fulanah tidak mudah"."""
        first, second = found[:2]
        if not (first.capital and second.capital) or len(found) == 2 or found[2].capital or found[2].text == ",":
            return None
        if first.word.noun or self.mentions.is_body(first.start) or not self.memory.is_word(first.text):
            return None
        return self.memory.find_named(second.text)

    def _head(self, found: list[Token], signs: list[int]) -> Person | None:
        """Return the known person who speaks for an office that is the subject: "Disdukcapil berharap"."""
        body = next((m for m in self.mentions.opd if m.start == found[0].start), None)
        if body is None or not any(found[n].low in self.words.active for n in signs if n):
            return None
        if (head := self.memory.find_head(body.id)) is None and any(t.low in self.words.written for t in found):
            self.memory.voice = Person(self.text[body.start : body.end], opd=body.id)
        return head

    def _before_verb(self, found: list[Token], signs: list[int]) -> Person | None:
        """Return the person right before a verb of saying: 'Kepada wartawan Fulan mengatakan'."""
        at = next((n for n in signs if found[n].low in self.words.active and not found[n].capital), 0)
        begin = at
        while (
            begin
            and (found[begin - 1].capital or found[begin - 1].low in self.words.pronouns)
            and found[begin - 1].text[0].isalpha()
        ):
            begin -= 1
        if begin in (0, at):
            return None
        person = self._parse(found[begin:at])
        # "Seorang ahli dari Lembaga X, Fulan mengatakan": a comma is missing
        apposed = (
            found[0].low in INDEFINITE and found[begin - 1].text == "," and not self.memory.is_word(found[begin].text)
        )
        return (
            self.memory.recall(person)
            if person
            and (
                person.id
                or person.back
                or (apposed and not self.mentions.is_body(found[begin].start))
                or set(person.office[:1]) & self.words.offices
                or self.memory.is_familiar(person)
            )
            else None
        )

    def _agent(self, found: list[Token], signs: list[int]) -> Person | None:
        """Return the agent of a passive: 'dibuka Fulan', 'hal senada disampaikan Fulan', 'datang dari Fulan'."""
        for number in signs:
            if number == len(found) - 1:
                break
            token, following = found[number], found[number + 1].low
            stated = token.low in self.words.passive or (token.low == "datang" and following == "dari")
            answered = token.low in self.words.answered
            if not (stated or answered or self._is_passive(token) or token.low == "membuat"):
                continue
            after = found[number + 1 + (following in self.words.directly) :]
            after = after[bool(after) and after[0].low in {"oleh", "dari"} :]
            common = after[0].word.noun or after[0].low == "seorang" if after else False
            if after and (after[0].capital or (common and (stated or answered))):
                person = self._parse(after)
                if person and common and not (stated or after[0].capital or person.name):
                    continue  # "disambut warga"
                holder = person and person.office and after[0].word.noun
                if person and (person.id or holder or stated or self.judge.is_sure(person, after)):
                    return self.memory.recall(person)
                if person and not self.memory.focus and self.judge.may_be_person(person, after, agent=True):
                    self.memory.passing = person
        return None

    def _is_passive(self, token: Token) -> bool:
        verb = len(token.low) > 5 and token.low.startswith("di") and not token.capital
        return verb and token.low not in self.words.company
