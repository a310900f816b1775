"""Resolves who speaks: reads an article from top to bottom and keeps in mind whom it speaks of.

A third of all attributions name nobody ("ujarnya", "kata dia"); then the speaker is who the last sentence was about: its
subject, the agent of its passive ("dibuka Fulan"), or the person of a "menurut ..." within it. Names in short and bare offices
("Kadis", "sang penghulu") go back to the fuller mention. Direct speech comes from ``quotes_speech``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nlp.components.quotes_speech import Speech
from nlp.components.speakers_phrases import Mentions, Person, Token, parse_person, tokens
from nlp.components.speakers_words import Words

_ATTENDANCE = re.compile(r"(turut |ikut |tampak |juga )*(hadir|mendampingi|dihadiri|menghadiri)\b", re.IGNORECASE)
_ASKED = {"dihubungi", "ditemui", "dikonfirmasi", "ditanya", "dimintai", "dijumpai", "diwawancarai"}
_DATELINE_END = 5  # a dateline opens the text
_DATELINE = re.compile(r"[^\n.]{0,30}?(?:\.\w{2,4})?[^\n.]{0,30}?(?:\s[-–—~|]+|[-–—~|:]+\s|\)[-–—]+)\s*(?=[A-Z])")
_WITHIN = re.compile(r"\b([a-z]+) ([A-Z][\w'’]+)")  # a capitalised word within a sentence
_AGE = re.compile(r"\s*,?\s*\(\d{1,2}(?:\s*(?:th|tahun))?\)")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A direct quotation with its speaker, or a sentence that reports speech (``indirect``)."""

    start: int
    end: int
    person: Person | None
    verb: str | None
    rule: str
    indirect: bool = False


def resolve_speakers(
    text: str,
    speeches: Sequence[Speech],
    starts: Sequence[int],
    mentions: Mentions,
    words: Words,
    offices: Mapping[str, tuple[str, ...]],
) -> list[Spoken]:
    """Return direct and indirect speech in order.

    ``starts`` are the offsets at which sentences begin; ``offices`` gives the office words of registry persons at the
    article's date, so that "Bupati" finds its person even where the article names the two apart.
    """
    scene = _Scene(text, starts, mentions, words, offices)
    spoken: list[Spoken] = []
    at = 0
    for speech in speeches:
        marked = speech.marked
        spoken += scene.read(at, marked.opened_at)
        person, rule = scene.speaker(speech)
        if (
            not spoken
            or not _runs_on(text, spoken[-1], marked.opened_at)
            or person is None
            or not rule.startswith("after")
        ):
            pass
        elif rule != "after-back":
            spoken[-1] = replace(spoken[-1], person=person, rule="continued")
        spoken.append(Spoken(marked.start, marked.end, person, speech.verb, rule))
        at = max(marked.closed_at, scene.consumed)
    spoken += scene.read(at, len(text))
    return spoken


def _runs_on(text: str, last: Spoken, opened_at: int) -> bool:
    """Tell whether an unclosed quotation runs on in the one that opens at ``opened_at``."""
    return not last.indirect and not text[last.end : opened_at].strip() and "\n" in text[last.end : opened_at]


class _Scene:
    """Whom the article has named so far, and whom it speaks of now."""

    def __init__(
        self, text: str, starts: Sequence[int], mentions: Mentions, words: Words, offices: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.text, self.starts, self.mentions, self.words, self.offices = text, starts, mentions, words, offices
        self.persons: list[Person] = []
        self.focus: Person | None = None
        self.last: Person | None = None  # who spoke last
        self.consumed = 0
        self.at = 0  # up to here the text is read

    def speaker(self, speech: Speech) -> tuple[Person | None, str]:
        """Return who speaks and by which rule; the focus moves there."""
        person, rule = self.focus, "focus"
        self.consumed = speech.marked.closed_at
        clause = speech.after
        if speech.split:
            person, rule = self.last, "split"
        elif clause:
            self.consumed, rule = clause.end, clause.rule
            self.at = clause.start
            if clause.end > clause.start and (found := self._person(clause.start, clause.end)):
                person = found
        if person:
            self.focus = self.last = person
        return person, rule

    def read(self, start: int, end: int) -> list[Spoken]:
        """Read the sentences between two quotations; returns those that report speech."""
        reported = []
        for begin, stop in self._sentences(start, end):
            self.at = begin
            if _ATTENDANCE.match(self.text, begin, stop):
                continue
            person, verb = self._about(begin, stop)
            if person and not person.back:
                self.focus = person
            if verb in self.words.reporting and self.focus and self.text[stop - 1] not in ",:":
                reported.append(Spoken(begin, stop, self.focus, verb, "reported", indirect=True))
        return reported

    def _sentences(self, start: int, end: int) -> list[tuple[int, int]]:
        low, high = bisect_right(self.starts, start), bisect_left(self.starts, end)
        edges = [start, *self.starts[low:high], end]
        pieces = []
        for a, b in zip(edges, edges[1:], strict=False):
            piece = self.text[a:b]
            a += len(piece) - len(piece.lstrip(' \n\t.,;"“”'))
            b -= len(piece) - len(piece.rstrip(' \n\t"“”'))
            if b > a:
                pieces.append((a, b))
        return pieces

    def _about(self, start: int, end: int) -> tuple[Person | None, str | None]:
        """Return whom a sentence is about, and its verb of saying."""
        if start < _DATELINE_END and (dateline := _DATELINE.match(self.text, start, end)):
            start = dateline.end()
        found = tokens(self.text, start, end)
        if not found:
            return None, None
        verb = next((t.low for t in found if t.low in self.words.active or t.low in self.words.reporting), None)
        according = self._according(found, end)
        if according:
            return according, "menurut"
        found = self._clause(found)
        person = self._subject(found, end) or self._before_verb(found) or self._agent(found, end)
        if person is None:
            inside = [m for m in self.mentions.officials if start <= m.start < end]
            if len({m.id for m in inside}) == 1:
                person = self._person(inside[0].start, inside[0].end)
        return person, verb

    def _according(self, found: list[Token], end: int) -> Person | None:
        """Read 'menurut Fulan', 'kata Fulan', 'lanjut dia' anywhere in a sentence that has no marks."""
        for number, token in enumerate(found[:-1]):
            following = found[number + 1]
            bare = token.low in self.words.stems and (
                not number or found[number - 1].text == "," or found[number - 1].low == "masih"
            )
            if not bare and token.low not in self.words.according:
                continue
            if self.text[token.end : following.start].strip():
                continue
            if following.capital or following.low in self.words.pronouns or following.low in self.words.offices:
                person = self._person(following.start, end)
                if person and (person.back or person.name or person.office[0] in self.words.offices):
                    return person
        return None

    def _clause(self, found: list[Token]) -> list[Token]:
        """Drop a sentence's opening: connectives, and a prepositional phrase up to its comma."""
        at = 0
        while at < len(found) - 1:
            text = self.text[found[at].start : found[-1].end].lower()
            opener = next(
                (o for o in self.words.openers if text.startswith(o) and not text[len(o) : len(o) + 1].isalpha()), ""
            )
            if opener:
                at += len(opener.split())
            elif (
                found[at].text == ","
                or (found[at].low.endswith("nya") and self.words.is_verb(found[at].low))
                or found[at].low == "menurutnya"
            ):
                at += 1
            elif found[at].low in self.words.stops and not self.mentions.official(found[at].start, found[at].end):
                comma = next((n for n, t in enumerate(found[at:], at) if t.text == ","), None)
                if comma is None or comma + 1 >= len(found):
                    return found[at:]
                at = comma + 1
            else:
                return found[at:]
        return found[at:]

    def _subject(self, found: list[Token], end: int) -> Person | None:
        """Return the person that the clause's subject names; a person handed over to ("melalui", "diwakili") counts."""
        if len(found) < 2:
            return None
        for number, token in enumerate(found[1:-1], 1):
            if token.low in self.words.handover and found[number + 1].capital:
                person = self._person(found[number + 1].start, end)
                if person:
                    return person
            if token.low in self.words.active:
                break
        if found[0].low in self.words.stops or found[0].low in self.words.finite:
            return None
        person = parse_person(self.text, found[0].start, end, self.mentions, self.words)
        if person is None or (person.name and not person.id and not self._sure_name(person, found)):
            return None
        if person.name is None and not person.back and not self._holds_office(person, found):
            return None
        return self._known(person)

    def _holds_office(self, person: Person, found: list[Token]) -> bool:
        """Tell whether an office without a name acts in the sentence: not a crowd, not the object of a passive."""
        if person.office[:1] and person.office[0] not in self.words.offices and found[0].low != "seorang":
            return False
        verb = next(
            (t.low for t in found if not t.capital and (t.low in self.words.active or t.low.startswith("di"))), ""
        )
        return verb in self.words.active or verb in _ASKED or not verb

    def _before_verb(self, found: list[Token]) -> Person | None:
        """Return the person right before a verb of saying: 'Kepada wartawan Fulan mengatakan'."""
        at = next((n for n, t in enumerate(found) if t.low in self.words.active and not t.capital), 0)
        begin = at
        while (
            begin
            and (found[begin - 1].capital or found[begin - 1].low in self.words.pronouns)
            and found[begin - 1].text[0].isalpha()
        ):
            begin -= 1
        if begin in (0, at):
            return None
        person = parse_person(self.text, found[begin].start, found[at].start, self.mentions, self.words)
        return self._known(person) if person and (person.id or person.back or self._familiar(person)) else None

    def _agent(self, found: list[Token], end: int) -> Person | None:
        """Return the agent of a passive: 'dibuka Fulan', 'hal senada disampaikan Fulan', 'datang dari Fulan'."""
        for number, token in enumerate(found[:-1]):
            passive = token.low in self.words.passive or (
                len(token.low) > 5
                and token.low.startswith("di")
                and not token.capital
                and token.low not in self.words.company
            )
            if not passive:
                continue
            after = found[number + 1 + (found[number + 1].low in {"oleh", "dari"}) :]
            if after and after[0].capital:
                person = parse_person(self.text, after[0].start, end, self.mentions, self.words)
                if person and (person.id or person.office or token.low in self.words.passive or self._familiar(person)):
                    return self._known(person)
        return None

    def _familiar(self, person: Person) -> bool:
        first = (person.name or " ").split()[0] if person.name else ""
        return first in self.mentions.shorts or any(first in (p.name or "").split() for p in self.persons if first)

    def _sure_name(self, person: Person, found: list[Token]) -> bool:
        """Tell a person from another capitalised subject: "Ngadimin" from "Turap", "Riau" or "Festival Contoh"."""
        name = person.name or ""
        if self._familiar(person) or (person.office and found[0].low not in self.words.bodies):
            return True
        first = name.split()[0]
        if self.mentions.is_body(found[0].start) or found[0].low in self.words.bodies or self._is_word(first):
            return False
        end = self.text.find(name, found[0].start) + len(name)
        if _AGE.match(self.text, end):
            return True
        rest = tokens(self.text, end, min(end + 90, found[-1].end))
        if rest and rest[0].text == ",":
            return len(rest) > 1 and (
                rest[1].low in self.words.people or rest[1].low in self.words.offices or rest[1].low == "yang"
            )
        return bool(rest) and rest[0].low in self.words.active

    def _is_word(self, word: str) -> bool:
        return bool(re.search(rf"\b{re.escape(word.lower())}\b", self.text))

    def _known(self, person: Person) -> Person:
        """Go back to the fuller mention of the same person."""
        if person.back:
            return self.focus or self._named_before() or person
        return self._known_name(person) if person.name else self._known_office(person)

    def _named_before(self) -> Person | None:
        """Return the person last named before the text that is read, when no sentence has been about anybody yet."""
        last = None
        for match in _WITHIN.finditer(self.text, 0, self.at):
            token = tokens(self.text, match.start(2), match.end(2))[0]
            if token.text in self.mentions.shorts or (
                match[1] not in self.words.bodies | self.words.stops and self._could_be_name(token)
            ):
                last = token.text
        return Person(last, last) if last else None

    def _could_be_name(self, token: Token) -> bool:
        low = token.low
        known = (
            low in self.words.bodies
            or low in self.words.weekdays
            or low in self.words.months
            or low in self.words.offices
        )
        return not (known or token.text.isupper() or self.mentions.is_body(token.start) or self._is_word(token.text))

    def _person(self, start: int, end: int) -> Person | None:
        person = parse_person(self.text, start, end, self.mentions, self.words)
        return self._known(person) if person else None

    def _known_name(self, person: Person) -> Person:
        parts = set((person.name or "").lower().split())
        if person.id and len(parts) == 1:  # a namesake may bear it: whom this article called so last counts
            bearer = next((p for p in reversed(self.persons) if parts < set((p.name or "").lower().split())), None)
            if bearer:
                return bearer
        for known in reversed(self.persons):
            if person.id and known.id == person.id:
                known = replace(known, office=known.office or person.office, opd=known.opd or person.opd)
                self.persons.append(known)
                return known
            names = set((known.name or "").lower().split())
            if names and not person.id and (parts <= names or (names <= parts and not known.id)):
                best = known if parts <= names else replace(person, office=person.office or known.office)
                self.persons.append(best)
                return best
        if person.id and not person.office:
            person = replace(person, office=self.offices.get(person.id, ()))
        self.persons.append(person)
        return person

    def _known_office(self, person: Person) -> Person:
        """Go from a bare office to the person who holds it in this article."""
        wanted = set(person.office)
        for known in reversed(self.persons):
            if not known.office or (known.name is None and person.name is None and known.printed == person.printed):
                continue
            same_body = person.opd is not None and person.opd == known.opd
            if known.office[0] == person.office[0] and (same_body or wanted <= set(known.office)):
                return known
            if wanted <= set(self.offices.get(known.id or "", ())):
                return known
        self.persons.append(person)
        return person
