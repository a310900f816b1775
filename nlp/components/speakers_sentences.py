"""Finds whom one sentence is about: the person of its "menurut", its subject, its agent; and its verb of saying.

It is read against a ``Memory`` of the article, which also notes who is only a crowd, a body or perhaps a person.
"""

from __future__ import annotations

import re

from nlp.components.speakers_judge import holds_office, is_sure, may_be_person
from nlp.components.speakers_memory import Memory
from nlp.components.speakers_namings import find_behind_comma, find_behind_copula, find_introduced, find_within
from nlp.components.speakers_openings import cut_opening
from nlp.components.speakers_passage import Person
from nlp.components.speakers_phrases import parse_person, parse_phrase
from nlp.components.speakers_tokens import Token, tokens

_LISTED = 3  # commas from which a sentence names several
_DATELINE_END = 5  # a dateline opens the text
_DATELINE = re.compile(
    r"[A-Z]{3,}[-–—](?=[A-Z])"  # "KOTA—Fulan"
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
    if start < _DATELINE_END and (dateline := _DATELINE.match(memory.text, start, end)):
        start = dateline.end()
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
    person = _find_subject(memory, clause, signs)
    if person is None and signs:
        person = _find_before_verb(memory, clause, signs) or _find_agent(memory, clause, signs)
    if person is None:
        inside = [m for m in memory.passage.officials if start <= m.start < end]
        if inside and _goes_on(memory, found, inside[0].start):
            return None, verb
        if len({m.id for m in inside}) == 1:
            person = find_person(memory, inside[0].start, inside[0].end)
        elif not inside:
            unknown = not memory.focus and not (memory.passing and memory.passing.name)
            named = find_introduced(memory, found) or (find_within(memory, found) if unknown else None)
            memory.passing = named or memory.passing
    if person:
        memory.learn_alias(person, found)
    return person, verb


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
        if some or following.capital or following.low in memory.words.pronouns or following.low in memory.words.offices:
            person = _remember(memory, parse_phrase(memory.passage, found[at:]), refer=True)
            if person and (some or person.back or person.name or set(person.office[:1]) <= memory.words.offices):
                return person
    return None


def _find_subject(memory: Memory, found: list[Token], signs: list[int]) -> Person | None:
    """Return the person that the clause's subject names; a person handed over to ("melalui", "diwakili") counts."""
    if len(found) < 2:
        return None
    if signs and (handed := _find_handed_over(memory, found, signs)):
        return handed
    first = found[0].low
    if first in memory.words.utterances and any(found[n].low in memory.words.answered for n in signs):
        return None  # "Pernyataan Fulan disela Fulanah"
    if known := _find_owner(memory, found):
        return known
    if first in memory.words.crowds and found[1].word.noun:
        memory.crowd = Person(memory.text[found[0].start : found[1].end])
    if first == "yang":
        return find_behind_copula(memory, found)
    verb = memory.words.is_verb(first) and first not in memory.words.stems
    if (
        first in memory.words.stops
        or first in memory.words.finite
        or verb
        or (first in memory.words.stems and not (found[0].capital or found[1].capital))
        or (first.startswith("me") and len(first) > 6 and not memory.words.is_noun(first))
    ):
        return None
    person = parse_phrase(memory.passage, found)
    if person is None or (person.name and not person.id and not is_sure(memory, person, found)):
        apposed = find_behind_comma(memory, found) or (
            None if person and person.office else _find_head(memory, found, signs)
        )
        if apposed is None and person and may_be_person(memory, person, found):
            memory.passing = person
        return apposed
    if person.back:
        comma = memory.text.startswith(",", found[0].start + len(person.printed))
        return (find_behind_comma(memory, found) if comma else None) or memory.refer(person)
    if person.name is None:
        named = find_behind_copula(memory, found) or _find_before_verb(memory, found, signs)
        if named and named.name:
            return named
    if person.name is None and not holds_office(memory, person, found):
        memory.crowd = memory.actor = person
        if any(found[n].low in memory.words.active for n in signs):
            if found[0].low in memory.words.speaking:
                memory.voice = person
            elif found[0].low in memory.words.people:
                memory.passing = person  # "Ahli waris menyesalkan"
        return None
    return memory.recall(person)


def _find_handed_over(memory: Memory, found: list[Token], signs: list[int]) -> Person | None:
    """Return who speaks for the subject: "Kapolres melalui Kasat Fulan mengatakan"."""
    turns = memory.words.turns
    for number in signs:
        if found[number].low not in turns or not 0 < number < len(found) - 1:
            continue
        if found[number].low in memory.words.active:
            break
        after = found[number + 1 :]
        if not (after[0].capital or after[0].word.noun):
            continue
        person = parse_phrase(memory.passage, after)
        if (
            person
            and (person.name or after[0].capital)
            and (person.id or person.back or is_sure(memory, person, after))
        ):
            return memory.recall(person)
    return None


def _find_owner(memory: Memory, found: list[Token]) -> Person | None:
    """Return the known person whose something is the subject: "Perjalanan Fulanah tidak mudah"."""
    first, second = found[:2]
    if not (first.capital and second.capital) or len(found) == 2 or found[2].capital or found[2].text == ",":
        return None
    if first.word.noun or memory.passage.is_body(first) or not memory.is_word(first.text):
        return None
    return memory.find_named(second.text)


def _find_head(memory: Memory, found: list[Token], signs: list[int]) -> Person | None:
    """Return the known person who speaks for an office that is the subject: "Disdukcapil berharap"."""
    body = next((m for m in memory.passage.opd if m.start == found[0].start), None)
    if body is None or not any(found[n].low in memory.words.active for n in signs if n):
        return None
    if (head := memory.find_head(body.id)) is None and any(t.low in memory.words.written for t in found):
        memory.voice = Person(memory.text[body.start : body.end], opd=body.id)
    return head


def _find_before_verb(memory: Memory, found: list[Token], signs: list[int]) -> Person | None:
    """Return the person right before a verb of saying: 'Kepada wartawan Fulan mengatakan'."""
    at = next((n for n in signs if found[n].low in memory.words.active and not found[n].capital), 0)
    begin = at
    while (
        begin
        and (found[begin - 1].capital or found[begin - 1].low in memory.words.pronouns)
        and found[begin - 1].text[0].isalpha()
    ):
        begin -= 1
    if begin in (0, at):
        return None
    person = parse_phrase(memory.passage, found[begin:at])
    # "Seorang ahli dari Lembaga X, Fulan mengatakan": a comma is missing
    apposed = (
        found[0].low in memory.words.indefinite
        and found[begin - 1].text == ","
        and not memory.is_word(found[begin].text)
    )
    return (
        memory.recall(person)
        if person
        and (
            person.id
            or person.back
            or (apposed and not memory.passage.is_body(found[begin]))
            or set(person.office[:1]) & memory.words.offices
            or memory.is_familiar(person)
        )
        else None
    )


def _find_agent(memory: Memory, found: list[Token], signs: list[int]) -> Person | None:
    """Return the agent of a passive: 'dibuka Fulan', 'hal senada disampaikan Fulan', 'datang dari Fulan'."""
    for number in signs:
        if number == len(found) - 1:
            break
        token, following = found[number], found[number + 1].low
        stated = token.low in memory.words.passive or (token.low == "datang" and following == "dari")
        answered = token.low in memory.words.answered
        if not (stated or answered or _is_passive(memory, token) or token.low == "membuat"):
            continue
        after = found[number + 1 + (following in memory.words.directly) :]
        after = after[bool(after) and after[0].low in {"oleh", "dari"} :]
        common = after[0].word.noun or after[0].low == "seorang" if after else False
        if after and (after[0].capital or (common and (stated or answered))):
            person = parse_phrase(memory.passage, after)
            if person and common and not (stated or after[0].capital or person.name):
                continue  # "disambut warga"
            holder = person and person.office and after[0].word.noun
            if person and (person.id or holder or stated or is_sure(memory, person, after)):
                return memory.recall(person)
            if person and not memory.focus and may_be_person(memory, person, after, agent=True):
                memory.passing = person
    return None


def _is_passive(memory: Memory, token: Token) -> bool:
    verb = len(token.low) > 5 and token.low.startswith("di") and not token.capital
    return verb and token.low not in memory.words.company
