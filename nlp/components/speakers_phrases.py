"""Reads one noun phrase that should name a person: office, honorifics, name, degrees; ``speakers`` decides who it is.

"Kapolsek X Kompol Fulan bin Fulan SH (44), Senin" gives the name "Fulan bin Fulan" and the office "kapolsek x".
"""

from __future__ import annotations

from typing import NamedTuple

from nlp.components.speakers_bodies import after_body, ends_with_month
from nlp.components.speakers_descriptions import find_called, find_description, points_to_body, read_apposed
from nlp.components.speakers_passage import NAME, Named, Passage, Person
from nlp.components.speakers_tokens import Token, tokens
from nlp.components.speakers_words import Words, load_common_words

_REACH = 300  # characters that a phrase may take
_APPOSED = 16  # tokens within which a name may follow a relative clause


def parse_person(passage: Passage, start: int, end: int) -> Person | None:
    """Read the phrase within [start, end); None when it names no person."""
    return parse_phrase(passage, tokens(passage.text, start, min(end, start + _REACH)))


def parse_phrase(passage: Passage, found: list[Token]) -> Person | None:
    """Read the phrase that begins with the first of some words; None when it names no person."""
    if not found:
        return None
    text, words, start = passage.text, passage.words, found[0].start
    if found[-1].start >= start + _REACH:
        found = [token for token in found if token.start < start + _REACH]
    parts = _parts(passage, found)
    if not parts:
        return None
    phrase, last = parts[0], parts[-1][-1]
    if phrase[0].low in words.pronouns:
        return Person(passage.spell(phrase), back=True)
    described = find_description(found, words)
    if described and not passage.official(start, described[-1].end):
        if apposed := read_apposed(passage, found[len(described) :]):
            return apposed  # "saksi itu, Fulan, ..."
        office, opd = _office(described[:-1], words), passage.office(start, described[-1].end)
        called = find_called(described, words)
        name = passage.spell(called) if called else None
        return Person(passage.spell(described), name, None, office, opd, back=True)
    pointing = phrase[-1].low in words.pointers or last.low in words.pointers
    if pointing and any(t.word.noun for t in phrase) and not (len(phrase) > 1 and points_to_body(phrase, words)):
        return Person(passage.spell(phrase), back=True)
    read = [_read(passage, part) for part in parts]
    first = read[0]
    office = first.office or next((r.office for r in read if r.office), ())
    opd = passage.office(start, last.end)
    limit = max(last.end, described[-1].end) if described else last.end
    official = find_official(passage, found, start, limit)
    if official:
        name = text[official.start : official.end]
        return Person(text[start : official.end].strip(" ,"), name, official.id, office, opd)
    if first.name and (first.ranked or not first.office):
        return Person(first.printed, first.name, None, office, opd)
    named = _find_named(passage, read, parts)
    if named and (first.office or not phrase[0].capital):
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
        if reading.name and alone and part[0].start not in passage.regions:
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


def _parts(passage: Passage, found: list[Token]) -> list[list[Token]]:
    """Split at commas and stop where the phrase does: a clause word, a day, a number, a bracket."""
    parts: list[list[Token]] = [[]]
    resume = 0
    words, covered = passage.words, passage.covered
    for number, token in enumerate(found):
        if number < resume:
            continue
        if token.capital and (not token.word.breaking or ends_with_month(found, number, words)):
            parts[-1].append(token)
            continue
        low, before = token.low, found[number - 1] if number else None
        if number and token.start in covered and token.start - 1 in covered:
            if token.text[0].isalpha():
                parts[-1].append(token)
            continue
        if token.text == ",":
            parts.append([])
        elif low in words.naming and not token.capital and (parts[0] or before):
            parts += [[]] if parts[-1] else []
        elif token.text == "(" and (closing := _find_bracket(found, number)):
            resume = closing + 1
            parts += [[]] if found[number + 1].low != "purn" else []
        elif low in words.weekdays or low in words.months or token.text in "(;:–—":
            break
        elif token.text[0].isdigit():
            if (
                before is None
                or not before.text[0].isalpha()
                or (before.capital and not _is_number(found, number, words))
            ):
                break
            if token.text.endswith(","):
                parts.append([])
        elif low == "dan" and before and parts[-1] and _joins(found, number):
            parts[-1].append(token)
        elif not token.capital and (token.word.parting or (low == "asal" and _ends_name(before, covered))):
            resume = _apposition(passage, found, number, parts)
            if not resume:
                break
            parts.append([])
        elif not token.capital and before and before.text == "," and not _may_name(token, words):
            break
        else:
            parts[-1].append(token)
    return [part for part in parts if part][:3]


def _joins(found: list[Token], at: int) -> bool:
    """Tell whether "dan" at a place belongs to the name of a body or an office."""
    before = found[at - 1].word
    return before.noun or before.body or _is_pair(found, at)


def _is_pair(found: list[Token], at: int) -> bool:
    """Tell whether "dan" at a place joins two ordinary words in a body's name: "Usaha Kecil [dan] Menengah"."""
    if not 0 < at < len(found) - 1 or found[at].low != "dan":
        return False
    pair, common = (found[at - 1], found[at + 1]), load_common_words()
    return all(t.capital and t.low in common and not t.word.noun for t in pair)


def _ends_name(before: Token | None, covered: frozenset[int]) -> bool:
    """Tell whether a name may end with a word: "Fulanah [asal Kampung X]", but "petani [asal X], Fulan"."""
    return before is not None and before.capital and not before.word.noun and before.start not in covered


def _find_bracket(found: list[Token], at: int) -> int:
    """Return where a bracket closes that does not end the phrase: "Letjen (Purn) Fulan", "Ketua Ikatan X (IX) Fulan",
    "Kepala Bidang Humas (Kabid Humas) Polda X, Fulan"; 0 when it does.
    """
    closing = next((n for n, t in enumerate(found[at + 1 : at + 5], at + 1) if t.text == ")"), 0)
    if closing <= at + 1:
        return 0
    following = found[closing + 1 : closing + 2]
    named = all(t.capital and t.text[0].isalpha() for t in (*found[at + 1 : closing], *following))
    return closing if (named and following) or found[at + 1].low == "purn" else 0


def _is_number(found: list[Token], at: int, words: Words) -> bool:
    """Tell whether a figure numbers a body whose name or holder follows: "Manajer Daop [2] X", "RT [3], Fulan"."""
    following = [t for t in found[at + 1 : at + 3] if t.text != ","][:1]
    if not following or not following[0].capital:
        return False
    return following[0].low not in words.months and following[0].low not in words.weekdays


def _apposition(passage: Passage, found: list[Token], at: int, parts: list[list[Token]]) -> int:
    """Return where a name stands in commas behind a clause on its bearer: "petugas yang datang, Fulan, ...", or at the
    end of the clause: "mandor proyek, yang minta dipanggil Fulan, ..."; else 0.
    """
    if any(parts[1:]) or not parts[0] or not any(t.word.noun for t in parts[0]):
        return 0
    words, low = passage.words, found[at].low
    if low.startswith("me") and words.is_finite(low) and low not in words.handover:
        return 0  # "Bupati menegur Kadis X, Fulan, ..."
    nameless = not any(t.capital for t in parts[0][1:])
    for number, token in enumerate(found[at : at + _APPOSED], at):
        if (token.low in words.active and number > at) or token.text in "(;:":
            return 0
        if (token.text == "," or (nameless and token.low in words.calling)) and number + 1 < len(found):
            begin = number + 1
            while begin < len(found) - 1 and found[begin].low in words.naming:
                begin += 1  # "sebut saja Fulan"
            first = found[begin]
            end = next((n for n, t in enumerate(found[begin:], begin) if not t.capital), len(found))
            closed = end > begin and (end == len(found) or found[end].text in ",(")
            if first.start in passage.regions:
                return 0
            return begin if closed and not first.word.noun and first.low not in words.bodies else 0
    return 0


def _may_name(token: Token, words: Words) -> bool:
    """Tell whether a lower-case word after a comma may lead to a name: a trade ("pedayung X") or a title ("dr X")."""
    low = token.low
    return token.word.noun or low in words.honorifics or (low.startswith("pe") and len(low) > 6)


class _Reading(NamedTuple):
    printed: str
    name: str | None
    office: tuple[str, ...]
    ranked: bool  # an honorific parts the name from the office


def _read(passage: Passage, part: list[Token]) -> _Reading:
    """Part an office from a name in words without a comma between."""
    words, cut = passage.words, _descriptor(passage, part)
    rest = part[cut:]
    rank = -1
    for number, token in enumerate(rest):
        if token.low in words.honorifics and (token.capital or not number):
            rank = number
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
            or low in words.counting
            or low.startswith("kadis")
            or token.text == "&"
        ):
            continue
        if low in words.past and number + 1 < len(part) and part[number + 1].word.noun:  # "Bekas mandor"
            continue
        if number and (token.word.body or _is_pair(part, number + 1) or _is_pair(part, number - 1)):
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
