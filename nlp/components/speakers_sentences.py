"""Finds whom one sentence is about: the person of its "menurut", its subject, its agent; and its verb of saying."""

from __future__ import annotations

import re
from itertools import islice, pairwise

from nlp.components.speakers_memory import Memory
from nlp.components.speakers_namings import AGE, Namings
from nlp.components.speakers_openings import ASKED, Openings
from nlp.components.speakers_phrases import parse_person, parse_phrase
from nlp.components.speakers_tokens import Person, Token, tokens
from nlp.components.speakers_words import POINTERS

_DATELINE_END = 5  # a dateline opens the text
_DATELINE = re.compile(r"[^\n.]{0,30}?(?:\.\w{2,4})?[^\n.]{0,30}?(?:\s[-–—~|]+|[-–—~|:]+\s|\)[-–—]+)\s*(?=[A-Z])")
_DESCRIBING = {"yang", "salah", "seorang"}
_INITIALS = 3  # letters at most by which a paper calls a suspect


class SentenceReader:
    """Reads sentences of one article against what is remembered of it."""

    def __init__(self, memory: Memory) -> None:
        self.memory, self.text, self.mentions, self.words = memory, memory.text, memory.mentions, memory.words
        self.openings, self.namings = Openings(memory), Namings(memory)

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
        active = self.words.active
        signs = [number for number, token in enumerate(found) if token.word.sign]
        verb = next((t.low for t in map(found.__getitem__, signs) if t.word.reporting or t.low in active), None)
        according = self._according(found, signs)
        if according:
            return according, "menurut"
        clause = self.openings.cut(found)
        if cut := len(found) - len(clause):
            signs = [number - cut for number in signs if number >= cut]
        person = self._subject(clause, signs) or self._before_verb(clause, signs) or self._agent(clause, signs)
        if person is None:
            inside = [m for m in self.mentions.officials if start <= m.start < end]
            if inside and self._goes_on(found, inside[0].start):
                return None, verb
            if len({m.id for m in inside}) == 1:
                person = self.find_person(inside[0].start, inside[0].end)
            elif not inside and not self.memory.focus and not self.memory.passing:
                self.memory.passing = self.namings.within(found)
        if person:
            self.memory.learn_alias(person, found)
        return person, verb

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
            if following.capital or following.low in self.words.pronouns or following.low in self.words.offices:
                person = self._remember(self._parse(found[at:]), refer=True)
                if person and (person.back or person.name or set(person.office[:1]) <= self.words.offices):
                    return person
        return None

    def _subject(self, found: list[Token], signs: list[int]) -> Person | None:
        """Return the person that the clause's subject names; a person handed over to ("melalui", "diwakili") counts."""
        if len(found) < 2:
            return None
        if handed := self._handed_over(found, signs):
            return handed
        first = found[0].low
        if first in self.words.utterances and any(found[n].low in self.words.passive for n in signs):
            return None  # "Pernyataan Fulan disela Fulanah"
        if known := self._owner(found):
            return known
        if first in self.words.crowds and found[1].word.noun:
            self.memory.crowd = Person(self.text[found[0].start : found[1].end])
        verb = self.words.is_verb(first) and first not in self.words.stems
        if (
            first in self.words.stops
            or first in self.words.finite
            or verb
            or (first.startswith("me") and len(first) > 6 and not self.words.is_noun(first))
        ):
            return None
        person = self._parse(found)
        if person is None or (person.name and not person.id and not self._sure_name(person, found)):
            apposed = self.namings.behind_comma(found) or (
                None if person and person.office else self._head(found, signs)
            )
            if apposed is None and person and self._may_be_person(person, found):
                self.memory.passing = person
            return apposed
        if person.back:
            comma = self.text.startswith(",", found[0].start + len(person.printed))
            return (self.namings.behind_comma(found) if comma else None) or self.memory.refer(person)
        if person.name is None:
            named = self.namings.behind_copula(found) or self._before_verb(found, signs)
            if named and named.name:
                return named
        if person.name is None and not self._holds_office(person, found):
            self.memory.crowd = person
            if found[0].low in self.words.speaking and any(found[n].low in self.words.active for n in signs):
                self.memory.voice = person
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
                and (person.id or person.back or self._sure_name(person, after))
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

    def _may_be_person(self, person: Person, found: list[Token], *, agent: bool = False) -> bool:
        """Tell whether a capitalised subject or agent may be a person if the text goes on with "ia" or "petani itu"."""
        name = (person.name or "").split()
        plain = bool(name) and found[0].text == name[0] and len(name) <= 3 and len(found) > len(name)
        plain = plain and not found[len(name)].capital and (agent or found[len(name)].low not in self.words.stops)
        if not plain or any(t.low in self.words.things for t in found[: len(name)]):
            return False
        once, _, again = found[0].low.partition("-")
        if found[len(name)].low in POINTERS or (again and again.startswith(once)):
            return False  # "Speedboat tersebut", "Teman-teman", "Obat-obatan"
        return not (
            self.mentions.is_body(found[0].start)
            or self.memory.is_word(name[0])
            or found[0].start in self.mentions.regions
        )

    def _holds_office(self, person: Person, found: list[Token]) -> bool:
        """Tell whether an office without a name acts in the sentence: not a crowd, not the object of a passive."""
        if person.office[:1] and person.office[0] not in self.words.offices and found[0].low != "seorang":
            return False
        verb = next(
            (
                t.low
                for before, t in pairwise(found)
                if not t.capital
                and (
                    t.low in self.words.active
                    or (t.low.startswith("di") and len(t.low) > 3 and not before.low.endswith("nya"))
                )
            ),
            "",
        )
        if verb in self.words.active or verb in ASKED:
            return True
        return not verb and person.office[:1] != () and person.office[0] not in self.words.people

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
        return (
            self.memory.recall(person)
            if person
            and (
                person.id
                or person.back
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
            if not stated and not self._is_passive(token) and token.low != "membuat":
                continue
            after = found[number + 1 + (following in self.words.directly) :]
            after = after[bool(after) and after[0].low in {"oleh", "dari"} :]
            if after and (after[0].capital or (stated and after[0].word.noun)):
                person = self._parse(after)
                holder = person and person.office and after[0].word.noun
                if person and (person.id or holder or stated or self._sure_name(person, after)):
                    return self.memory.recall(person)
                if person and not self.memory.focus and self._may_be_person(person, after, agent=True):
                    self.memory.passing = person
        return None

    def _is_passive(self, token: Token) -> bool:
        verb = len(token.low) > 5 and token.low.startswith("di") and not token.capital
        return verb and token.low not in self.words.company

    def _sure_name(self, person: Person, found: list[Token]) -> bool:
        """Tell a person from another capitalised subject: "Fulan" from "Turap", a province or "Festival Contoh"."""
        name = person.name or ""
        first = name.split()[0] if name else ""
        apart = first == found[0].text and found[1:2] and found[1].text != "," and self.memory.is_word(first)
        if self.memory.is_familiar(person) or (person.office and found[0].low not in self.words.bodies and not apart):
            return True
        ranked = found[0].capital and found[0].low in self.words.honorifics and first != found[0].text
        if first.lower() in self.words.kin or ranked:
            return True
        if (
            not first
            or self.mentions.is_body(found[0].start)
            or found[0].low in self.words.bodies
            or self.memory.is_word(first)
        ):
            return False
        end = self.text.find(name, found[0].start) + len(name)
        if AGE.match(self.text, end):
            return True
        if name.isupper() and len(name) > _INITIALS:
            return False  # a party's or an office's short form
        rest = list(islice((token for token in found if token.start >= end), 2))
        if rest and rest[0].text == ",":
            return len(rest) > 1 and (
                rest[1].low in self.words.people or rest[1].low in self.words.offices or rest[1].low in _DESCRIBING
            )
        return bool(rest) and (rest[0].low in self.words.active or rest[0].low in _DESCRIBING)
