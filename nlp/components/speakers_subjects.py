"""Finds who the subject or the agent of one clause is; notes who is only a crowd, a body or perhaps a person."""

from __future__ import annotations

from nlp.components.speakers_judge import holds_office, is_sure, may_be_person
from nlp.components.speakers_memory import Memory
from nlp.components.speakers_namings import find_behind_comma, find_behind_copula, find_owner
from nlp.components.speakers_passage import Person
from nlp.components.speakers_phrases import parse_phrase
from nlp.components.speakers_tokens import Token

_VERB = 6  # letters that a word with me- has at most which is no verb


def find_subject(memory: Memory, found: list[Token], signs: list[int]) -> Person | None:
    """Return the person that the subject of the clause ``found`` names; one handed over to ("melalui", "diwakili")
    counts. ``signs`` are the places of its verbs of saying, leads and passives.
    """
    if len(found) < 2:
        return None
    if signs and (handed := _find_handed_over(memory, found, signs)):
        return handed
    first = found[0].low
    if first in memory.words.utterances and any(found[n].low in memory.words.answered for n in signs):
        return None  # "Pernyataan Fulan disela Fulanah"
    if known := _find_owner(memory, found):
        return known
    if owner := find_owner(memory, found):
        memory.passing = owner
        return None
    if first in memory.words.crowds and found[1].word.noun:
        memory.crowd = Person(memory.text[found[0].start : found[1].end])
    if first == "yang":
        return find_behind_copula(memory, found)
    if _begins_without_subject(memory, found):
        return None
    person = parse_phrase(memory.passage, found)
    if person is None or (person.name and not person.id and not is_sure(memory, person, found)):
        apposed = find_behind_comma(memory, found)
        if apposed is None and not (person and person.office):
            apposed = _find_head(memory, found, signs)
        if apposed is None and person and may_be_person(memory, person, found):
            memory.passing = person
        return apposed
    if person.back:
        comma = memory.text.startswith(",", found[0].start + len(person.printed))
        return (find_behind_comma(memory, found) if comma else None) or memory.refer(person)
    return memory.recall(person) if person.name else _find_nameless(memory, person, found, signs)


def _begins_without_subject(memory: Memory, found: list[Token]) -> bool:
    """Tell whether a clause begins with a preposition or a verb."""
    words, first = memory.words, found[0].low
    if first in words.stops or first in words.finite:
        return True
    if first in words.stems:
        return not (found[0].capital or found[1].capital)
    return words.is_verb(first) or (first.startswith("me") and len(first) > _VERB and not words.is_noun(first))


def _find_nameless(memory: Memory, person: Person, found: list[Token], signs: list[int]) -> Person | None:
    """Return who the subject is that is called by office or trade alone; note one who is nobody in particular."""
    named = find_behind_copula(memory, found) or find_before_verb(memory, found, signs)
    if named and named.name:
        return named
    if holds_office(memory, person, found):
        return memory.recall(person)
    memory.crowd = memory.actor = person
    if any(found[n].low in memory.words.active for n in signs):
        if found[0].low in memory.words.speaking:
            memory.voice = person
        elif found[0].low in memory.words.people:
            memory.passing = person  # "Ahli waris menyesalkan"
    return None


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
            and (person.id or person.back or is_sure(memory, person, after) or _is_inserted(person, found, number))
        ):
            return memory.recall(person)
    return None


def _is_inserted(person: Person, found: list[Token], at: int) -> bool:
    """Tell whether a name fills a clause in commas: "Fraksi X, dibacakan Fulanah, mempertanyakan"."""
    end = at + 1 + len(person.printed.split())
    return bool(person.name) and found[at - 1].text == "," and end < len(found) and found[end].text == ","


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


def find_before_verb(memory: Memory, found: list[Token], signs: list[int]) -> Person | None:
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
    if person is None:
        return None
    known = person.id or person.back or memory.is_familiar(person) or set(person.office[:1]) & memory.words.offices
    return memory.recall(person) if known or _is_apposed(memory, found, begin) else None


def _is_apposed(memory: Memory, found: list[Token], at: int) -> bool:
    """Tell whether a name follows on a description, though no comma does: "Seorang ahli dari X, Fulan mengatakan"."""
    described = found[0].low in memory.words.indefinite and found[at - 1].text == ","
    return described and not memory.is_word(found[at].text) and not memory.passage.is_body(found[at])


def find_agent(memory: Memory, found: list[Token], signs: list[int]) -> Person | None:
    """Return the agent of a passive: 'dibuka Fulan', 'hal senada disampaikan Fulan', 'datang dari Fulan'."""
    for number in signs:
        if number == len(found) - 1:
            break
        token, following = found[number], found[number + 1].low
        stated = token.low in memory.words.passive or _comes_from(memory, found, number)
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


def _comes_from(memory: Memory, found: list[Token], number: int) -> bool:
    """Tell whether words come from somebody: "Kritik datang dari Fulan", "Kabar itu datang dari manajer X", but "Fulan
    datang dari X".
    """
    words = memory.words
    if found[number].low != "datang" or found[number + 1].low != "dari":
        return False
    spoken = any(
        t.low in words.utterances or t.low in words.comparing or t.low in words.telling for t in found[:number]
    )
    return spoken or any(t.word.noun for t in found[number + 2 : number + 3])


def _is_passive(memory: Memory, token: Token) -> bool:
    verb = len(token.low) > 5 and token.low.startswith("di") and not token.capital
    return verb and token.low not in memory.words.company
