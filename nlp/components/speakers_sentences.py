"""Finds whom one sentence is about: the person of its "menurut", its subject, its agent; and its verb of saying.

It is read against a ``Memory`` of the article. Subjects and agents are read by ``speakers_subjects``.
"""

from __future__ import annotations

import re

from nlp.components.speakers_memory import Memory
from nlp.components.speakers_namings import find_introduced, find_within
from nlp.components.speakers_openings import cut_opening
from nlp.components.speakers_passage import Person
from nlp.components.speakers_phrases import parse_person, parse_phrase
from nlp.components.speakers_subjects import find_agent, find_before_verb, find_subject
from nlp.components.speakers_tokens import Token, tokens

_LISTED = 3  # commas from which a sentence names several
_DATELINE_END = 5  # a dateline opens the text
_DATELINE_MARK = re.compile("[-–—~|:]")  # every dateline has one; to look for it first saves most of the pattern below
_DATELINE = re.compile(
    r"(?:[A-Z]\w+[-–—])?[A-Z]{3,}[-–—](?=[A-Z])"  # "KOTA—Fulan", "Koran-KOTA-Fulan"
    r"|[^\n.]{0,30}?(?:\.\w{2,4})?[^\n.]{0,30}?(?:\s[-–—~|]+|[-–—~|:]+\s|\)[-–—]+)\s*(?=[A-Z])"
)


def find_person(memory: Memory, start: int, end: int, *, refer: bool = False) -> Person | None:
    """Read the phrase at ``start`` and go back to the fuller mention of the person.

    With ``refer`` a phrase that points back may mean a subject that is not yet known to be a person.
    """
    return _remember(memory, parse_person(memory.passage, start, end), refer=refer)


def _remember(memory: Memory, person: Person | None, *, refer: bool = False) -> Person | None:
    if person and person.back and refer and memory.passing:
        return memory.refer(person)
    return memory.recall(person) if person else None


def find_about(memory: Memory, start: int, end: int) -> tuple[Person | None, str | None]:
    """Return whom a sentence is about, and its verb of saying."""
    if start < _DATELINE_END and _DATELINE_MARK.search(memory.text, start, end):
        dateline = _DATELINE.match(memory.text, start, end)
        start = dateline.end() if dateline else start
    found = tokens(memory.text, start, end)
    if not found:
        return None, None
    if found[0].low in memory.words.pointing and found[1:] and found[1].capital:
        person = parse_phrase(memory.passage, found[1:])  # "Namanya Fulan", "Dialah Fulan"
        if person and person.name:
            return memory.recall(person), None
    active = memory.words.active
    signs = [number for number, token in enumerate(found) if token.word.sign]
    verb = None
    if signs:
        verb = next((t.low for t in map(found.__getitem__, signs) if t.word.reporting or t.low in active), None)
        if according := _find_according(memory, found, signs):
            return according, "menurut"
    clause = cut_opening(memory, found)
    if cut := len(found) - len(clause):
        signs = [number - cut for number in signs if number >= cut]
        verb = verb or next((t.low for t in found[:1] if t.low in memory.words.comparing), None)
        if clause and clause[0].low in memory.words.pronouns:
            memory.passing = _find_asked(memory, found[:cut]) or memory.passing
    before = memory.passing
    person = find_subject(memory, clause, signs)
    if person is None and signs:
        person = find_before_verb(memory, clause, signs) or find_agent(memory, clause, signs)
    if person is None and not _opens_with(memory.passing if memory.passing is not before else None, clause):
        person = _find_elsewhere(memory, found, end)
    if person:
        memory.learn_alias(person, found)
    return person, verb


def _opens_with(person: Person | None, clause: list[Token]) -> bool:
    """Tell whether the subject noted of a clause is a full name: "Fulanah Sari tidak gugup di depan Bupati Fulan"."""
    name = (person.name or "").split() if person else []
    return len(name) > 1 and [t.text for t in clause[: len(name)]] == name


def find_attending(memory: Memory, start: int, end: int) -> int:
    """Return where who attends begins to speak: "Hadir mendampingi, Kepala X Fulan mengatakan"; ``end`` when a
    sentence only lists who came. Who came alone may be whom the next sentence speaks of.
    """
    found = tokens(memory.text, start, end)
    if any(t.low == "serta" or (t.low == "dan" and not found[n].word.body) for n, t in enumerate(found[1:])):
        return end
    commas = [n for n, t in enumerate(found) if t.text == ","]
    verb = next((n for n, t in enumerate(found) if t.low in memory.words.active and not t.capital), 0)
    if verb and commas and commas[0] + 1 < verb and "yang" not in (t.low for t in found[:verb]):
        return found[commas[0] + 1].start
    at = next((n for n, t in enumerate(found[1:], 1) if t.capital or t.word.noun), 0)
    if at and len(commas) < _LISTED and (person := parse_phrase(memory.passage, found[at:])) and person.name:
        memory.passing = person
    return end


def _find_elsewhere(memory: Memory, found: list[Token], end: int) -> Person | None:
    """Return the only official whom a sentence names, though neither as its subject nor as its agent; where it names
    none, note who else it names, who may be whom the text goes on with.
    """
    inside = [m for m in memory.passage.officials if found[0].start <= m.start < end]
    if inside:
        alone = len({m.id for m in inside}) == 1 and not _goes_on(memory, found, inside[0].start)
        return find_person(memory, inside[0].start, inside[0].end) if alone else None
    unknown = not memory.focus and not (memory.passing and memory.passing.name)
    named = find_introduced(memory, found) or (find_within(memory, found) if unknown else None)
    memory.passing = named or _find_object(memory, found) or memory.passing
    return None


def _find_object(memory: Memory, found: list[Token]) -> Person | None:
    """Return the only known person whom a sentence names that is about a body: "Dinas X menawari Fulan honor. Ia"."""
    if not (found[0].capital and memory.passage.is_body(found[0])):
        return None
    names = {t.text for t in found[1:] if t.capital and not memory.passage.is_place(t)}
    known = {p.name: p for name in names if (p := memory.find_named(name))}
    return next(iter(known.values())) if len(known) == 1 else None


def _find_asked(memory: Memory, opening: list[Token]) -> Person | None:
    """Return whom the opening of a sentence says to be asked: "Ketika Fulan ditanya soal X, ia terdiam"."""
    at = next((n for n, t in enumerate(opening) if t.low in memory.words.asked), 0)
    if at < 2 or not opening[1].capital or opening[0].low not in memory.words.stops:
        return None
    person = parse_phrase(memory.passage, opening[1:at])
    return person if person and person.name else None


def _goes_on(memory: Memory, found: list[Token], at: int) -> bool:
    """Tell whether a sentence that names an official only later goes on with the person spoken of before:
    "Menurutnya sudah tiga kali ia menyurati Bupati Fulan".
    """
    before = [t.low for t in found if t.start < at]
    return memory.focus is not None and any(
        low in memory.words.pronouns or (low.endswith("nya") and memory.words.is_verb(low)) or low == "menurutnya"
        for low in before
    )


def _find_according(memory: Memory, found: list[Token], signs: list[int]) -> Person | None:
    """Read 'menurut Fulan', 'kata Fulan', 'lanjut dia' anywhere in a sentence that has no marks."""
    for number in signs:
        if not found[number].word.lead or number == len(found) - 1:
            continue
        token, at = found[number], number + 1
        following = found[at]
        bare = token.low in memory.words.stems and (
            not number or found[number - 1].text == "," or found[number - 1].low == "masih"
        )
        if not bare and token.low not in memory.words.according:
            continue
        if following.low in memory.words.telling and number + 2 < len(found):
            at += 1
            following = found[at]
        elif memory.text[token.end : following.start].strip():
            continue
        some = bare and not number and following.low in memory.words.indefinite  # "Kata seorang ibu, ..."
        named = following.capital or following.word.noun  # "menurut sejarawan X, Fulan, ..."
        if some or named or following.low in memory.words.pronouns or following.low in memory.words.offices:
            person = _remember(memory, parse_phrase(memory.passage, found[at:]), refer=True)
            if person and (some or person.back or person.name or set(person.office[:1]) <= memory.words.offices):
                return person
    return None
