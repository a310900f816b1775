"""Finds names that no subject bears: in commas behind a description, behind "adalah", with an age amid a sentence,
behind something of theirs."""

from __future__ import annotations

import re

from nlp.components.speakers_memory import Memory
from nlp.components.speakers_passage import NAME, Person
from nlp.components.speakers_tokens import Token

_SOMEBODY = "seorang"
AGE = re.compile(r"\s*,?\s*\(\d{1,2}(?:\s*(?:th|tahun))?\)|,\s*\d{1,2}(?:\s*(?:th|tahun)\b|,)")


def find_behind_comma(memory: Memory, found: list[Token]) -> Person | None:
    """Return the name that stands in commas behind any description: 'Tekong regu tamu, Fulan Fulani, tampil'."""
    if found[0].word.noun and (named := find_behind_copula(memory, found)):
        return named
    commas = [n for n, t in enumerate(found) if t.text == ","][:2]
    if len(commas) < 2 or commas[1] + 1 >= len(found) or found[commas[1] + 1].capital:
        return None
    name = found[commas[0] + 1 : commas[1]]
    name = name[:-1] if name and name[-1].low == "namanya" else name  # "Sopir itu, Fulan namanya, ..."
    known = any(t.word.noun or t.low in memory.words.bodies for t in name)
    if (
        not 1 <= len(name) <= NAME
        or known
        or not all(t.capital and t.text[0].isalpha() and not t.text[-1].isdigit() for t in name if t.low != "alias")
    ):
        return None
    if memory.passage.is_place(name[0]):
        return None
    if len(name) == 1 and not (
        found[commas[1] + 1].low in memory.words.active or _is_bearer(memory, found[: commas[0]])
    ):
        return None
    return memory.recall(memory.passage.call(name))


def find_behind_copula(memory: Memory, found: list[Token]) -> Person | None:
    """Return who a description is said to be: "Petugas yang pertama tiba adalah [juru masak,] Fulan Fulani"."""
    at = next((n for n, t in enumerate(found) if t.low in memory.words.copulas and not t.capital), 0)
    name: list[Token] = []
    described = at + 1 < len(found) and found[at + 1].word.noun and not found[at + 1].capital
    comma = next((n for n, t in enumerate(found[at:], at) if t.text == ","), 0) if at and described else 0
    for token in found[(comma or at) + 1 :] if at else ():
        if not token.capital or not token.text[0].isalpha() or token.low in memory.words.bodies or token.word.noun:
            break
        name.append(token)
    if not 1 <= len(name) <= NAME or memory.passage.is_place(name[0]):
        return None
    return memory.recall(memory.passage.call(name))


def _is_bearer(memory: Memory, described: list[Token]) -> bool:
    """Tell whether a description names somebody by trade or by what body they serve: 'Mediator Dinas X'."""
    first = described[0]
    if memory.passage.is_body(first) or first.low in memory.words.impersonal:
        return False
    if first.low in memory.words.bodies and first.low not in memory.words.people:
        return False
    return memory.words.is_noun(first.low) or any(memory.passage.is_body(t) for t in described[1:])


def find_introduced(memory: Memory, found: list[Token]) -> Person | None:
    """Return who is brought in by name: "Ada pula seorang mahasiswa, Fulan.", "Di depan berdiri Fulan, ..."."""
    at = next((n for n, t in enumerate(found) if n and t.low in memory.words.placing), len(found))
    begin = at + 1
    while begin < len(found) and found[begin].low in memory.words.honorifics:
        begin += 1
    end = next((n for n, t in enumerate(found[begin:], begin) if not t.capital), len(found))
    if person := _read_name(memory, found[begin:end]):
        return person
    if memory.text.find(_SOMEBODY, found[0].start, found[-1].end) < 0:
        return None
    at = next((n for n, t in enumerate(found) if n and t.low == _SOMEBODY and not t.capital), len(found))
    comma = next((n for n, t in enumerate(found[at:], at) if t.text == ","), len(found))
    described = found[at:comma]
    if any(t.word.parting for t in described) or not any(t.word.noun for t in described):
        return None  # "seorang warga di Kota X, Provinsi Y"
    return _read_name(memory, found[comma + 1 :])


def find_owner(memory: Memory, found: list[Token]) -> Person | None:
    """Return whose something is that only human beings have: "Kesabaran [Fulan] habis", "Rombongan [Fulanah] datang";
    a group may also bear the name of a body, so somebody spoken of before stays.
    """
    words = memory.words
    if found[0].low == "air" and found[1].low == "mata":
        found = found[1:]
    first = found[0].low
    if not (first in words.inner or (first in words.groups and not memory.focus)):
        return None
    end = next((n for n, t in enumerate(found[1:], 1) if not t.capital), len(found))
    if end == len(found) or not found[end].text.isalpha() or found[end].low in {"dan", "di"}:
        return None
    return _read_name(memory, found[1:end])


def _read_name(memory: Memory, name: list[Token]) -> Person | None:
    """Return whom words name that are nothing but a name."""
    plain = all(t.capital and t.text[0].isalpha() and not (t.word.noun or t.word.body) for t in name)
    given = len(name) > 1 and name[0].low in memory.words.given_words
    if not 1 <= len(name) <= NAME or not plain or (memory.is_word(name[0].text) and not given):
        return None
    if memory.passage.is_place(name[0]):
        return None
    return memory.passage.call(name)


def find_within(memory: Memory, found: list[Token]) -> Person | None:
    """Return who is named within a sentence with an age or as kin: "ketika Mak Fulanah, 78 tahun, tampil"."""
    number = 1
    while number < len(found):
        begin = number
        while number < len(found) and found[number].capital and found[number].text[0].isalpha():
            number += 1
        name = found[begin:number]
        number += not name
        if not name or memory.passage.is_place(name[0]):
            continue
        kin = name[0].low in memory.words.kin and len(name) > 1
        acts = (
            number < len(found)
            and not memory.is_word(name[0].text)
            and (found[number].low in memory.words.auxiliaries or memory.words.is_finite(found[number].low))
        )
        if len(name) <= NAME and (kin or acts or AGE.match(memory.text, name[-1].end)):
            return memory.passage.call(name)
    return None
