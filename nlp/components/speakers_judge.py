"""Tells persons from other subjects: a name from a thing, a territory or a party, who holds an office from a crowd."""

from __future__ import annotations

from itertools import islice, pairwise

from nlp.components.speakers_memory import Memory
from nlp.components.speakers_namings import AGE
from nlp.components.speakers_passage import Person
from nlp.components.speakers_tokens import Token

_RELATIVE = 8  # words within which a clause on the subject begins
_INITIALS = 3  # letters at most by which a paper calls a suspect


def is_sure(memory: Memory, person: Person, found: list[Token]) -> bool:
    """Tell a person from another capitalised subject: "Fulan" from "Turap", a province or "Festival Contoh"."""
    name = person.name or ""
    first = name.split()[0] if name else ""
    apart = first == found[0].text and found[1:2] and found[1].text != "," and memory.is_word(first)
    if memory.is_familiar(person) or (person.office and found[0].low not in memory.words.bodies and not apart):
        return True
    ranked = found[0].capital and found[0].low in memory.words.honorifics and first != found[0].text
    if first.lower() in memory.words.kin or first.lower() in memory.words.given or ranked:
        return True
    if not first or memory.passage.is_body(found[0]) or found[0].low in memory.words.bodies or memory.is_word(first):
        return False
    end = memory.text.find(name, found[0].start) + len(name)
    if AGE.match(memory.text, end):
        return True
    if name.isupper() and len(name) > _INITIALS:
        return False  # a party's or an office's short form
    rest = list(islice((token for token in found if token.start >= end), 8))
    if rest and rest[0].low in memory.words.origin:  # "Fulanah dari Kampung X mengucapkan"
        rest = [token for token in rest[1:] if not token.capital and not memory.passage.is_body(token)]
    if rest and rest[0].text == ",":
        return len(rest) > 1 and (
            rest[1].low in memory.words.people
            or rest[1].low in memory.words.offices
            or rest[1].low in memory.words.describing
        )
    return bool(rest) and (rest[0].low in memory.words.active or rest[0].low in memory.words.describing)


def may_be_person(memory: Memory, person: Person, found: list[Token], *, agent: bool = False) -> bool:
    """Tell whether a capitalised subject or agent may be a person if the text goes on with "ia" or "petani itu"."""
    name = (person.name or "").split()
    plain = bool(name) and found[0].text == name[0] and len(name) <= 3 and len(found) > len(name)
    if plain and not agent and found[len(name)].low in memory.words.stops:
        plain = found[len(name)].low in memory.words.origin  # "Salah satunya Fulanah dari Kampung X."
    plain = plain and not found[len(name)].capital
    if not plain or any(t.low in memory.words.things for t in found[: len(name)]):
        return False
    once, _, again = found[0].low.partition("-")
    if found[len(name)].low in memory.words.pointers or (again and again.startswith(once)):
        return False  # "Speedboat tersebut", "Teman-teman", "Obat-obatan"
    return not (memory.passage.is_place(found[0]) or memory.is_word(name[0]))


def holds_office(memory: Memory, person: Person, found: list[Token]) -> bool:
    """Tell whether an office without a name acts in the sentence: not a crowd, not the object of a passive."""
    heads = not person.office[:1] or person.office[0] in memory.words.offices or found[0].low == "seorang"
    if not heads:  # "Pengawas Bawaslu mencatat", but "Pedagang melapor"
        return person.opd is not None and any(t.low[:2] == "me" and memory.words.is_finite(t.low) for t in found)
    verbs = [
        t.low
        for before, t in pairwise(found)
        if not t.capital
        and (
            t.low in memory.words.active
            or (t.low.startswith("di") and memory.words.is_finite(t.low) and not before.low.endswith("nya"))
        )
    ]
    verb = verbs[0] if verbs else ""
    relative = verb not in memory.words.active and "yang" in (t.low for t in found[:_RELATIVE])
    if relative:  # "Seorang petugas yang minta namanya tidak ditulis membenarkan"
        verb = next((low for low in verbs if low in memory.words.active), verb)
    if verb in memory.words.active or verb in memory.words.asked:
        return True
    head = person.office[0] if person.office else ""
    return not verb and head != "" and (head not in memory.words.people or head in memory.words.heads)
