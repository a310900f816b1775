"""Whom an article has named so far and whom it speaks of now; leads short names and offices back to their bearers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from nlp.components.speakers_passage import Passage, Person
from nlp.components.speakers_phrases import parse_person
from nlp.components.speakers_tokens import Token, tokens
from nlp.components.speakers_words import load_common_words

_LONGEST = 40  # characters of a name
_FULL_STOP = re.compile(r"(?<=[a-z]{4})[.!?]\s")  # no abbreviation's
_TITLED = re.compile(r" ([A-Z][a-z'’]+)\b")
_WITHIN = re.compile(r"\b([a-z]+) ([A-Z][\w'’]+)")  # a capitalised word within a sentence


class Memory:
    """``focus`` is whom the last sentences were about, ``last`` who spoke last, ``at`` how far the text is read.

    ``offices`` gives the office words of registry persons at the article's date, ``held`` the OPDs they ever headed.
    """

    def __init__(
        self, passage: Passage, offices: Mapping[str, tuple[str, ...]], held: Mapping[str, frozenset[str]]
    ) -> None:
        self.passage, self.text, self.words = passage, passage.text, passage.words
        self.offices, self.held = offices, held
        self.persons: list[Person] = []
        self.aliases: dict[str, Person] = {}  # what people call somebody, in lower case
        self.focus: Person | None = None
        self.passing: Person | None = None  # a subject that may be a person, of the paragraph that is read
        self.opening: Person | None = None  # the first such subject of a paragraph before
        self.crowd: Person | None = None  # a subject without name: "beberapa petani"
        self.voice: Person | None = None  # a body that speaks in the sentence read last
        self.actor: Person | None = None  # its subject, when that is somebody without a name
        self.asked: Person | None = None  # whom the subject of the sentence read last asks
        self.last: Person | None = None
        self.partner: Person | None = None  # whom the last speaker spoke to, or who spoke before
        self.at = 0
        self.known: dict[str, bool] = {}  # see is_word
        self.calls = any(word in self.text for word in self.words.calling)

    def recall(self, person: Person) -> Person:
        """Go back to the fuller mention of the same person."""
        if person.back and person.printed.lower() == "mereka" and self.crowd:
            return self.crowd
        if person.back and self._is_crowd(person):
            return self.crowd or person
        if person.back:
            meant = self._described(person) or self.focus
            if not (meant or person.name):
                meant = self._protagonist(person) or self.named_before()
            if person.name and not (meant and meant.name):
                return self._known_name(person._replace(back=False))  # "lelaki yang disapa Fulan itu"
            return meant or person
        return self._known_name(self._of_equals(person)) if person.name else self._known_office(person)

    def _is_crowd(self, person: Person) -> bool:
        """Tell whether a description means a subject without a name: "kernet itu" behind "Kernetnya tertangkap"."""
        if self.crowd is None or len(person.printed.split()) != 2:
            return False
        word = person.printed.split()[0].lower()
        known = self.focus.office if self.focus else ()
        return self.crowd.printed.split()[0].lower() in {word, f"{word}nya"} and word not in known

    def _of_equals(self, person: Person) -> Person:
        """Give somebody's colleague the office of whom the text spoke of: "Rekannya, Fulan, ..."."""
        first = person.office[0] if person.office else ""
        equal = first.removesuffix("nya") in self.words.colleagues and any(w.endswith("nya") for w in person.office)
        return person._replace(office=self.focus.office) if equal and self.focus and self.focus.office else person

    def refer(self, person: Person) -> Person:
        """Go back from the subject of a sentence ("ia", "petani itu") to a subject just before that only now is known
        to be a person.
        """
        if self.passing:
            self.focus, self.passing = self._known_name(self.passing), None
        elif len(person.printed.split()) > 1 and self.focus:
            floor = self.text.rfind("\n", 0, self.at) + 1
            known = (self.focus.name or self.focus.printed).split()[-1]
            near = known not in self.text[floor : self.at] and self.named_before(floor)
            self.focus = self._known_name(near) if near else self.focus
        return self.focus or person if person.printed.lower() == "mereka" else self.recall(person)

    def _described(self, person: Person) -> Person | None:
        """Return whom a description with an office means: "bupati perempuan pertama itu", "mantan Kadis X itu"."""
        focus, first = self.focus, person.office[:1]
        fits = focus and focus.office[:1] == first and person.opd in {None, focus.opd}
        if not first or (focus and fits and {*person.office} <= {*focus.office}):
            return None
        if person.printed.split()[0] in self.words.past:
            return next((p for p in reversed(self.persons) if person.opd in self.held.get(p.id or "", ())), None)
        if focus and focus.id and first[0] in self.offices.get(focus.id, ()):
            return None
        fitting = [
            p
            for p in reversed(self.persons)
            if person.opd in {None, p.opd} and (p.office[:1] == first or first[0] in self.offices.get(p.id or "", ()))
        ]
        return max(fitting, key=lambda p: len({*person.office} & {*p.office}), default=None)

    def _protagonist(self, person: Person) -> Person | None:
        """Return whom an earlier paragraph opened with, where a noun that was not read before points back to somebody:
        "Fulan masih menyimpan karcis itu", a paragraph on "Penjual bubur itu".
        """
        noun = person.printed.split()[0].lower()
        known = not self.words.is_noun(noun) or noun in self.text[: self.at].lower()
        return None if known else self.opening

    def named_before(self, floor: int = 0) -> Person | None:
        """Return the person last named before the text that is read, when no sentence has been about anybody yet."""
        last = None
        for match in _WITHIN.finditer(self.text, floor, self.at):
            token = tokens(self.text, match.start(2), match.end(2))[0]
            if token.low in self.words.honorifics and (titled := _TITLED.match(self.text, token.end, self.at)):
                last = titled.start(1)
            elif token.text in self.passage.shorts or (
                (match[1] in self.words.joining or not (match[1] in self.words.bodies or match[1] in self.words.stops))
                and self._could_be_name(token)
            ):
                last = match.start(2)
        if last is None:
            return None
        stop = _FULL_STOP.search(self.text, last, self.at)
        found = tokens(self.text, last, min(stop.start() + 1 if stop else self.at, last + _LONGEST))
        end = next((n for n, t in enumerate(found) if not t.capital or t.word.breaking or t.word.noun), len(found))
        return self.passage.call(found[: max(end, 1)])

    def _could_be_name(self, token: Token) -> bool:
        low = token.low
        known = (
            low in self.words.bodies
            or low in self.words.weekdays
            or low in self.words.months
            or low in self.words.offices
        )
        printed = token.text.isupper() or token.text[-1].isdigit()  # a short form, a sum
        return not (known or printed or self.passage.is_place(token) or self.is_word(token.text))

    def learn_alias(self, person: Person, found: Sequence[Token]) -> None:
        """Keep what a sentence says that people call the person whom it is about: "Fulanah, dipanggil Mak X, ..."."""
        if not self.calls:
            return
        at = next((n for n, t in enumerate(found) if t.low in self.words.calling and not t.capital), len(found))
        while at < len(found) and not found[at].capital and found[at].text != ",":
            at += 1
        end = next((n for n, t in enumerate(found[at:], at) if not t.capital), len(found))
        if not (at < end <= at + 3 and person.name) or found[at].text in person.name or found[at].word.noun:
            return
        called = found[at:end]
        if not (self.passage.is_body(called[0]) or self.passage.official(called[0].start, called[-1].end)):
            self.aliases[self.passage.spell(called).lower()] = person  # but not "dipanggil Kejari"

    def find_named(self, word: str) -> Person | None:
        """Return whom a word of a name means that the article has named before."""
        return next((p for p in reversed(self.persons) if word in (p.name or "").split()), None)

    def find_head(self, opd: str) -> Person | None:
        """Return who has spoken for an office so far."""
        if self.focus and self.focus.opd == opd:
            return self.focus
        return next((p for p in reversed(self.persons) if p.opd == opd and p.name), None)

    def is_familiar(self, person: Person) -> bool:
        """Tell whether the article names the person elsewhere."""
        first = (person.name or " ").split()[0] if person.name else ""
        return first in self.passage.shorts or any(first in (p.name or "").split() for p in self.persons if first)

    def is_word(self, word: str) -> bool:
        """Tell whether a capitalised word is an ordinary one: the article or the corpus has it in lower case, too."""
        if (known := self.known.get(word)) is None:
            known = self.known[word] = self._is_word(word)
        return known

    def _is_word(self, word: str) -> bool:
        low, common = word.lower(), load_common_words()
        if low in common:
            return True
        derived = len(low) > 7 and low.startswith(("pe", "ke")) and low.endswith("an")  # "Penangkapan"
        derived = derived or (len(low) > 5 and low.endswith("nya"))
        derived = derived or (len(low) > 6 and low.endswith("an") and low[:-2] in common)  # "Pantauan"
        derived = derived or (len(low) > 5 and low.startswith("se") and low[2:] in common)  # "Seumur"
        derived = derived or (low.endswith("kah") and low[:-3] in common)  # "Bukankah"
        return derived or self._has(low)

    def _has(self, low: str) -> bool:
        """Tell whether the article has a word in lower case."""
        at = self.text.find(low)
        while at >= 0:
            if any(token.text == low and not token.capital for token in tokens(self.text, at, at + 1)):
                return True
            at = self.text.find(low, at + 1)
        return False

    def _known_name(self, person: Person) -> Person:
        if alias := self.aliases.get((person.name or "").lower()):
            return alias
        parts = set((person.name or "").lower().split())
        if person.id and len(parts) == 1:  # a namesake may bear it: whom this article called so last counts
            bearer = next((p for p in reversed(self.persons) if parts < set((p.name or "").lower().split())), None)
            if bearer:
                return bearer
        for known in reversed(self.persons):
            if person.id and known.id == person.id:
                known = known._replace(office=known.office or person.office, opd=known.opd or person.opd)
                self.persons.append(known)
                return known
            names = set((known.name or "").lower().split())
            if names and not person.id and (parts <= names or (names <= parts and not known.id)):
                best = known if parts <= names else person._replace(office=person.office or known.office)
                self.persons.append(best)
                return best
        if person.id and not person.office:
            person = person._replace(office=self.offices.get(person.id, ()))
        self.persons.append(person)
        return person

    def _known_office(self, person: Person) -> Person:
        """Go from a bare office to the person who holds it in this article."""
        wanted = set(person.office)
        for known in reversed(self.persons):
            if not known.office or (known.name is None and person.name is None and known.printed == person.printed):
                continue
            if heads_section(known) != heads_section(person):
                continue
            same_body = person.opd is not None and person.opd == known.opd
            if known.office[0] == person.office[0] and (same_body or wanted <= set(known.office)):
                return known
            if holds_words(self.offices.get(known.id or "", ()), wanted):
                return known
        person = self._holder(person) or person
        self.persons.append(person)
        return person

    def _holder(self, person: Person) -> Person | None:
        """Return who was named behind the same office where nobody was spoken of: "A dan Camat X Fulan meninjau"."""
        for official in self.passage.officials:
            held = self.offices.get(official.id, ())
            ours = official.end < self.at and person.opd in self.held.get(official.id, ())
            if ours and holds_words(held, set(person.office)):
                name = self.text[official.start : official.end]
                return Person(name, name, official.id, held)
        word = person.printed.split()[0]
        if not word[0].isupper():
            return None
        at = self.text.rfind(f" {word} ", 0, self.at) + 1
        if not at or self.text[max(at - 6, 0) : at - 1].lower() == "wakil":
            return None
        stop = _FULL_STOP.search(self.text, at, self.at)
        named = parse_person(self.passage, at, stop.start() if stop else self.at)
        fits = named and named.name and named.office[:1] == person.office[:1] and person.opd in {None, named.opd}
        return named if named and fits and heads_section(named) == heads_section(person) else None


def heads_section(person: Person) -> bool:
    """Tell whether a person heads a section of an office ("Kabid"), so not the office."""
    return person.office[1:2] == ("bidang",)


def holds_words(offices: Sequence[str], wanted: set[str]) -> bool:
    """Tell whether offices held, in words, include a bare office; who deputises is not whom they deputise for."""
    if "wakil" in wanted or "wakil" not in offices:
        return wanted <= set(offices)
    pairs = zip(offices, ("", *offices), strict=False)
    return wanted <= {word for word, before in pairs if "wakil" not in {word, before}}
