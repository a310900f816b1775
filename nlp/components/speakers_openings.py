"""Drops what stands before a sentence's subject: connectives, adverbs, prepositional phrases, clauses without one."""

from __future__ import annotations

from nlp.components.speakers_memory import Memory
from nlp.components.speakers_tokens import Token

_OPENER = 40  # characters, more than any opener has
_FRONTED = 7  # words before a comma that open a sentence without a verb
_DATED = 7  # tokens of a day and its date in brackets
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
        elif subject := _behind_pointer(memory, found, at) or _behind_day(memory, found, at):
            at = subject
        elif at < last and (subject := _behind_fronted(memory, found[at:], led=at > 0)):
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


def _behind_pointer(memory: Memory, found: list[Token], at: int) -> int:
    """Return where the subject begins behind what it heard or when, without a comma: "Mendengar [jawaban] itu Fulan";
    0 when it begins otherwise.
    """
    first = found[at]
    heard = _is_participle(memory, first.low)
    if first.capital and (heard or first.low in memory.words.times) and _points(memory, found[at + 1]):
        subject = at + 2
    elif heard and not found[at + 1].capital and at + 2 < len(found) and _points(memory, found[at + 2]):
        subject = at + 3
    else:
        return 0
    return subject if subject < len(found) and found[subject].capital else 0


def _behind_day(memory: Memory, found: list[Token], at: int) -> int:
    """Return where a sentence goes on behind a day: "Senin (1/2/2021) Fulan datang", "Senin pagi ia datang"; else 0."""
    if found[at].low not in memory.words.weekdays:
        return 0
    if pronoun := next((n for n in (at + 1, at + 2) if found[n : n + 1] and found[n].low in memory.words.pronouns), 0):
        return pronoun
    closing = next((n for n, t in enumerate(found[at : at + _DATED], at) if t.text == ")"), len(found))
    return closing + 1 if found[at + 1].text == "(" and closing + 1 < len(found) else 0


def _behind_fronted(memory: Memory, found: list[Token], *, led: bool) -> int:
    """Return where the subject begins behind a fronted clause that has none, ``led`` by a connective or not; 0 when it
    begins otherwise.
    """
    comma = next((n for n, t in enumerate(found[:-1]) if t.text == ","), 0)
    if not comma:
        return 0
    if comma <= _FRONTED and _is_adverbial(memory, found[:comma], found[comma + 1], led=led):
        return comma + 1
    first = found[0].low
    if first in memory.words.asked or _is_participle(memory, first):
        return _behind_participle(memory, found)
    # "Berharap banyak, Bupati meminta", but "Bernard, Ketua X, ..."
    finite = memory.words.is_finite(first) and comma > 1 and not found[1].capital
    subject, clause = found[comma + 1], found[comma + 1 :]
    if any(token.capital for token in found[1:comma]):  # a list may go on: "Dibanding Fulan, Fulani, ..."
        clause = clause[: next((n for n, t in enumerate(clause) if t.text == ","), None)]
    person = subject.word.noun or _may_be_person(memory, subject)
    return comma + 1 if finite and person and _acts_in(memory, clause) else 0


def _is_adverbial(memory: Memory, clause: list[Token], subject: Token, *, led: bool) -> bool:
    """Tell whether a few words only say when or how: "Tak puas, Bupati meminta", "Rabu pagi, kader itu masuk", "Meski
    hujan, Fulan datang".
    """
    first = clause[0]
    day = first.low in memory.words.weekdays
    opens = not first.word.noun and (day or (not first.capital if led else memory.is_word(first.text)))
    person = _may_be_person(memory, subject) or (day and subject.word.noun)
    return opens and person and not any(t.capital or t.word.noun or _acts(memory, t) for t in clause[1:])


def _behind_participle(memory: Memory, found: list[Token]) -> int:
    """Return where a person begins who acts, behind any comma: "Ditanya soal X, Y dan Z, Fulan menjawab"."""
    for number, token in enumerate(found[:-1]):
        if token.text != "," or not _may_be_person(memory, found[number + 1]):
            continue
        if _acts_in(memory, found[number + 1 :]):
            return number + 1
    return 0


def _is_participle(memory: Memory, low: str) -> bool:
    """Tell whether a word in lower case may open a clause on what the subject does: "Mendengar", "Menanggapi"."""
    return low.startswith("me") and memory.words.is_finite(low)


def _may_be_person(memory: Memory, token: Token) -> bool:
    words = memory.words
    return token.capital or token.low in words.indefinite or token.low in words.pronouns or token.low in words.offices


def _points(memory: Memory, token: Token) -> bool:
    return not token.capital and token.low in memory.words.pointers


def _acts_in(memory: Memory, clause: list[Token]) -> bool:
    return any(_acts(memory, token) for token in clause[: _ACTING - 1])


def _acts(memory: Memory, token: Token) -> bool:
    return not token.capital and (token.low in memory.words.active or memory.words.is_finite(token.low))


def _is_adverb(memory: Memory, token: Token) -> bool:
    """Tell whether a sentence's first word, set off by a comma, only connects it: "Sebaliknya, ..."."""
    return (
        len(token.low) > 4
        and not memory.words.is_noun(token.low)
        and (token.low.endswith("nya") or memory.is_word(token.text))
    )
