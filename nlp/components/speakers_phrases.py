"""Reads one noun phrase that should name a person: office, honorifics, name, degrees; ``speakers`` decides who it is.

"Kapolsek X Kompol Fulan bin Fulan SH (44), Senin" gives the name "Fulan bin Fulan" and the office "kapolsek x".
"""

from __future__ import annotations

from typing import NamedTuple

from nlp.components.speakers_bodies import after_body, is_pair
from nlp.components.speakers_descriptions import find_called, find_description, points_to_body, read_apposed
from nlp.components.speakers_parts import split_phrase
from nlp.components.speakers_passage import NAME, Named, Passage, Person
from nlp.components.speakers_tokens import Token, tokens
from nlp.components.speakers_words import Words

_REACH = 300  # characters that a phrase may take


def parse_person(passage: Passage, start: int, end: int) -> Person | None:
    """Read the phrase within [start, end); None when it names no person."""
    return parse_phrase(passage, tokens(passage.text, start, min(end, start + _REACH)))


def parse_phrase(passage: Passage, found: list[Token]) -> Person | None:
    """Read the phrase that begins with the first of some words; None when it names no person."""
    if not found:
        return None
    limit = found[0].start + _REACH
    if found[-1].start >= limit:
        found = [token for token in found if token.start < limit]
    parts = split_phrase(passage, found)
    if not parts:
        return None
    described = find_description(found, passage.words)
    return _point_back(passage, found, parts, described) or _name(passage, found, parts, described)


def _point_back(
    passage: Passage, found: list[Token], parts: list[list[Token]], described: list[Token]
) -> Person | None:
    """Read a pronoun or a description of somebody spoken of before: "dia", "politikus itu"."""
    words, phrase, last = passage.words, parts[0], parts[-1][-1]
    if phrase[0].low in words.pronouns:
        return Person(passage.spell(phrase), back=True)
    if described and not passage.official(found[0].start, described[-1].end):
        if apposed := read_apposed(passage, found[len(described) :]):
            return apposed  # "saksi itu, Fulan, ..."
        office, opd = _office(described[:-1], words), passage.office(found[0].start, described[-1].end)
        called = find_called(described, words)
        name = passage.spell(called) if called else None
        return Person(passage.spell(described), name, None, office, opd, back=True)
    pointing = phrase[-1].low in words.pointers or last.low in words.pointers
    if pointing and any(t.word.noun for t in phrase) and not (len(phrase) > 1 and points_to_body(phrase, words)):
        return Person(passage.spell(phrase), back=True)
    return None


def _name(passage: Passage, found: list[Token], parts: list[list[Token]], described: list[Token]) -> Person | None:
    """Read a name, an office, or both; an official counts before any other name."""
    text, start, end = passage.text, found[0].start, parts[-1][-1].end
    read = [_read(passage, part) for part in parts]
    first = read[0]
    office = first.office or next((r.office for r in read if r.office), ())
    opd = passage.office(start, end)
    limit = max(end, described[-1].end if described else end, passage.official_end(start))
    official = find_official(passage, found, start, limit)
    if official:
        name = text[official.start : official.end]
        return Person(text[start : official.end].strip(" ,"), name, official.id, office, opd)
    if first.name and (first.ranked or not first.office):
        return Person(first.printed, first.name, None, office, opd)
    named = _find_named(passage, read, parts)
    if named and (first.office or not parts[0][0].capital):
        return Person(named.printed, named.name, None, office, opd)
    if first.name:
        return Person(first.printed, first.name, None, office, opd)
    return Person(first.printed, None, None, first.office, opd) if first.office else None


def _find_named(passage: Passage, read: list[_Reading], parts: list[list[Token]]) -> _Reading | None:
    """Return the first part that is a name alone and no region's, or a name behind a trade in lower case in commas, or
    behind an office where the part before says as what its holder acts ("Perwakilan dinas, Camat Fulan, ...").
    """
    words = passage.words
    acts = parts[0][0].low in words.acting
    for reading, part in zip(read, parts, strict=True):
        apart = not part[0].capital or part[0].low in words.honorifics or acts
        alone = not reading.office or (apart and part is not parts[0])
        if reading.name and alone and (part[0].start not in passage.regions or passage.is_namesake(part)):
            return reading
    return None


def find_official(passage: Passage, found: list[Token], start: int, end: int) -> Named | None:
    """Return the first official within [start, end) who is not named to say whose somebody is ("istri X, Fulan")."""
    words, skipped = passage.words, -2
    while official := passage.official(start, end):
        before = [t.low for t in found if t.end <= official.start]
        while before and (before[-1] in words.honorifics or before[-1] in words.offices):
            before.pop()
        paired = official.start == skipped + 1  # "kubu X-Y"
        if not paired and (not before or before[-1] not in words.belonging):
            return official
        start = skipped = official.end
    return None


class _Reading(NamedTuple):
    printed: str
    name: str | None
    office: tuple[str, ...]
    ranked: bool  # an honorific parts the name from the office


def _read(passage: Passage, part: list[Token]) -> _Reading:
    """Part an office from a name in words without a comma between."""
    if addressed := _addressed(passage, part):
        return addressed
    words, cut = passage.words, _descriptor(passage, part)
    rest = part[cut:]
    rank = -1
    for number, token in enumerate(rest):
        if token.low in words.honorifics and (token.capital or not number):
            rank = number
        elif token.low == "polisi" and token.capital and (rank == number - 1 >= 0 or part[cut - 1].low in words.ranks):
            rank = number  # "Irjen Polisi Fulan", "Komisaris Besar Polisi Fulan"
    rest = rest[rank + 1 :]
    if rank < 0 and cut:
        rest = after_body(passage, part[:cut], rest)
    name: list[Token] = []
    for token in rest:
        if token.low in words.degrees or not (token.capital or token.low in words.name_joiners):
            break
        name.append(token)
    while name and name[-1].low in words.name_joiners:
        name.pop()
    office = _office(part[: len(part) - len(rest)] if name else part, words)
    printed = passage.text[part[0].start : (name or part)[-1].end]
    return _Reading(printed, passage.spell(name) if name else None, office, rank >= 0 and bool(name))


def _addressed(passage: Passage, part: list[Token]) -> _Reading | None:
    """Read an office as people address its holder, without a name: "Pak Kadis", "Ibu Camat X"."""
    words = passage.words
    polite = part[0].low in words.kin or part[0].low in words.honorifics
    if not polite or len(part) == 1 or not _opens_office(part[1], words):
        return None
    read = _read(passage, part[1:])
    return None if read.name else read._replace(printed=passage.spell(part))


def _opens_office(token: Token, words: Words) -> bool:
    return token.low in words.offices or token.low in words.short or token.low.startswith("kadis")


def _descriptor(passage: Passage, part: list[Token]) -> int:
    """Return how many leading tokens are office, body or common nouns."""
    words = passage.words
    for number, token in enumerate(part):
        low = token.low
        if low in words.given and _is_given(part[number:]):
            return number
        if (
            token.word.noun
            or low in words.bodies
            or (low in words.honorifics and [t.low in words.bodies for t in part[number + 1 : number + 2]] == [True])
            or low in words.counting
            or low.startswith("kadis")
            or token.text == "&"
        ):
            continue
        if low in words.past and number + 1 < len(part) and part[number + 1].word.noun:  # "Bekas mandor"
            continue
        if number and (token.word.body or is_pair(part, number + 1) or is_pair(part, number - 1)):
            continue
        common = not token.capital and low not in words.name_joiners and low not in words.honorifics
        if not common and not (number and passage.is_body(token)):
            return number
    return len(part)


def _is_given(part: list[Token]) -> bool:
    """Tell whether a noun for a person is somebody's given name: "Putri Ayu", but "Putri Bupati Fulan"."""
    return 1 < len(part) <= NAME and all(t.capital for t in part) and not any(t.word.noun for t in part[1:])


def _office(part: list[Token], words: Words) -> tuple[str, ...]:
    """Write an office out in lower case; empty when the words hold no office and no noun for a person."""
    for token in part:
        if token.word.noun or token.low.startswith("kadis") or token.low == "seorang":
            break
    else:
        return ()
    out: list[str] = []
    for low in (token.low for token in part):
        if low.startswith("kadis") and low not in words.short:
            out += ["kepala", "dinas"]
        elif low not in words.no_office:
            out += words.short.get(low, (low,))
    return tuple(out)
