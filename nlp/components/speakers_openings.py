"""Drops what stands before a sentence's subject: connectives, adverbs, prepositional phrases, clauses without one."""

from __future__ import annotations

from nlp.components.speakers_memory import Memory
from nlp.components.speakers_tokens import Token

_OPENER = 40  # characters, more than any opener has
_FRONTED = 7  # words before a comma that open a sentence without a verb
_ACTING = 16  # words within which the verb of a subject comes


def cut_opening(memory: Memory, found: list[Token]) -> list[Token]:
    """Drop a sentence's opening: connectives, and a prepositional phrase up to its comma."""
    at = 0
    commas = [n for n, t in enumerate(found) if t.text == ","]
    last = commas[-1] if commas else 0
    while at < len(found) - 1:
        first = found[at]
        opens = first.low in memory.words.openers_by_word
        if opens and (opener := memory.words.opener(memory.text[first.start : first.start + _OPENER].lower())):
            at += len(opener.split())
        elif not at and found[1].text == "," and _is_adverb(memory, found[0]):
            at = 2
        elif subject := _behind_pointer(memory, found, at):
            at = subject
        elif at < last and (subject := _behind_participle(memory, found[at:], led=at > 0)):
            at += subject
        elif (
            first.text == ","
            or (first.low.endswith("nya") and memory.words.is_verb(first.low))
            or first.low == "menurutnya"
            or (first.low in memory.words.weekdays and found[at + 1].text == ",")
        ):
            at += 1
        elif first.low in memory.words.stops and not memory.passage.official(first.start, first.end):
            comma = next((n for n in commas if n >= at), None)
            said = first.low == "yang" and any(t.low in memory.words.copulas for t in found[at:comma])
            if comma is None or comma + 1 >= len(found) or said:
                return found[at:]
            at = comma + 1
        else:
            return found[at:]
    return found[at:]


def _behind_participle(memory: Memory, found: list[Token], *, led: bool) -> int:
    """Return where the subject begins behind a fronted clause that has none: "Ditanya soal X, Fulan menjawab", "Tak
    puas, Bupati meminta", "Rabu pagi, kader itu masuk", ``led`` by a connective "Meski hujan, Fulan datang"; 0 when
    it begins otherwise.
    """
    first, second = found[0], found[1]
    day = first.low in memory.words.weekdays
    short = (
        not second.capital
        and not first.word.noun
        and (day or (not first.capital if led else memory.is_word(first.text)))
    )
    short = short and first.low not in memory.words.kindred
    finite = memory.words.is_finite(first.low)
    asked = first.low in memory.words.asked or (finite and (first.low.startswith("me") or not second.capital))
    if not (short or asked):
        return 0
    bare = (
        asked and first.low not in memory.words.asked and not first.low.startswith("me")
    )  # or a name: "Bernard, Ketua X, ..."
    fronted = found[:-1] if asked else found[:-1][: _FRONTED + 1]
    commas = [n for n, t in enumerate(fronted) if t.text == ","]
    for number in commas if asked and not bare else commas[:1]:
        after = found[number + 1]
        person = after.capital or after.low in memory.words.indefinite or after.low in memory.words.pronouns
        person = person or after.low in memory.words.offices
        if short and number <= _FRONTED and (person or (day and after.word.noun)):
            plain = not any(t.capital or t.word.noun or _acts(memory, t) for t in found[1:number])
            if plain:
                return number + 1
        clause = found[number + 1 : number + _ACTING]
        if bare:
            person = number > 1 and (person or after.word.noun)
            if any(t.capital for t in found[1:number]):  # a list may go on: "Dibanding Fulan, Fulani, ..."
                clause = clause[: next((n for n, t in enumerate(clause) if t.text == ","), None)]
        if asked and person and any(_acts(memory, t) for t in clause):
            return number + 1
    return 0


def _behind_pointer(memory: Memory, found: list[Token], at: int) -> int:
    """Return where the subject begins behind what it heard, without a comma: "Mendengar [jawaban] itu Fulan"."""
    first = found[at].low
    heard = first.startswith("me") and memory.words.is_finite(first)
    if not heard and first not in memory.words.times:
        return 0
    pointer = next(
        (n for n, t in enumerate(found[at + 1 : at + 3], at + 1) if t.low in memory.words.pointers and not t.capital), 0
    )
    near = pointer == at + 1
    if not pointer or pointer + 1 == len(found) or found[pointer - 1].capital is not near:
        return 0
    return pointer + 1 if (heard or near) and found[pointer + 1].capital else 0


def _acts(memory: Memory, token: Token) -> bool:
    return not token.capital and (token.low in memory.words.active or memory.words.is_finite(token.low))


def _is_adverb(memory: Memory, token: Token) -> bool:
    """Tell whether a sentence's first word, set off by a comma, only connects it: "Sebaliknya, ..."."""
    return (
        len(token.low) > 4
        and not memory.words.is_noun(token.low)
        and (token.low.endswith("nya") or memory.is_word(token.text))
    )
