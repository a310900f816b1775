"""Reads one noun phrase that should name a person: office, honorifics, name, degrees; ``speakers`` decides who it is.

"Kapolsek X Kompol Fulan bin Fulan SH (44), Senin" gives the name "Fulan bin Fulan" and the office "kapolsek x".
"""

from __future__ import annotations

from typing import NamedTuple

from nlp.components.speakers_bodies import after_body, ends_with_month
from nlp.components.speakers_descriptions import NAME, find_called, find_description, points_to_body, read_apposed
from nlp.components.speakers_tokens import Mentions, Named, Person, Token, tokens
from nlp.components.speakers_words import POINTERS, Words, load_common_words

_JOINERS = {"bin", "binti", "al", "el", "van", "de"}
_EMPTY_OFFICE = {"plt", "plh", "pj", "pjs", "mantan", "eks", "calon", "sang", "si", "para", "penjabat"}
_COUNTING = {"seorang", "salah", "satu"}
_REACH = 300  # characters that a phrase may take
_APPOSED = 16  # tokens within which a name may follow a relative clause


def parse_person(text: str, start: int, end: int, mentions: Mentions, words: Words) -> Person | None:
    """Read the phrase within [start, end); None when it names no person."""
    return parse_phrase(text, start, tokens(text, start, min(end, start + _REACH)), mentions, words)


def parse_phrase(text: str, start: int, found: list[Token], mentions: Mentions, words: Words) -> Person | None:
    """Read the phrase that begins at ``start`` with the words ``found``; None when it names no person."""
    if found and found[-1].start >= start + _REACH:
        found = [token for token in found if token.start < start + _REACH]
    parts = _parts(found, mentions, words)
    if not parts:
        return None
    phrase, last = parts[0], parts[-1][-1]
    if phrase[0].low in words.pronouns:
        return Person(printed=text[phrase[0].start : phrase[-1].end], back=True)
    described = find_description(found, words)
    if described and not mentions.official(start, described[-1].end):
        if apposed := read_apposed(text, found[len(described) :], mentions, words):
            return apposed  # "saksi itu, Fulan, ..."
        office, opd = _office(described[:-1], words), mentions.office(start, described[-1].end)
        called = find_called(described, words)
        name = text[called[0].start : called[-1].end] if called else None
        return Person(text[described[0].start : described[-1].end], name, None, office, opd, back=True)
    pointing = phrase[-1].low in POINTERS or last.low in POINTERS
    if pointing and any(t.word.noun for t in phrase) and not (len(phrase) > 1 and points_to_body(phrase)):
        return Person(printed=text[phrase[0].start : phrase[-1].end], back=True)
    read = [_read(text, part, mentions, words) for part in parts]
    first = read[0]
    office = first.office or next((r.office for r in read if r.office), ())
    opd = mentions.office(start, last.end)
    limit = max(last.end, described[-1].end) if described else last.end
    official = find_official(found, start, limit, mentions, words)
    if official:
        name = text[official.start : official.end]
        return Person(text[start : official.end].strip(" ,"), name, official.id, office, opd)
    if first.name and (first.ranked or not first.office):
        return Person(first.printed, first.name, None, office, opd)
    named = _find_named(read, parts, mentions, words)
    if named and (first.office or not phrase[0].capital):
        return Person(named.printed, named.name, None, office, opd)
    if first.name:
        return Person(first.printed, first.name, None, office, opd)
    return Person(first.printed, None, None, first.office, opd) if first.office else None


def _find_named(read: list[_Reading], parts: list[list[Token]], mentions: Mentions, words: Words) -> _Reading | None:
    """Return the first part that is a name alone and no region's, or a name behind a trade in lower case in commas, or
    behind an office where the part before says as what its holder acts ("Perwakilan dinas, Camat Fulan, ...").
    """
    for reading, part in zip(read, parts, strict=True):
        apart = not part[0].capital or part[0].low in words.honorifics or parts[0][0].low in words.acting
        alone = not reading.office or (apart and part is not parts[0])
        if reading.name and alone and part[0].start not in mentions.regions:
            return reading
    return None


def find_official(found: list[Token], start: int, end: int, mentions: Mentions, words: Words) -> Named | None:
    """Return the first official within [start, end) who is not named to say whose somebody is ("istri X, Fulan")."""
    skipped = -2
    while official := mentions.official(start, end):
        before = [t.low for t in found if t.end <= official.start]
        while before and (before[-1] in words.honorifics or before[-1] in words.offices):
            before.pop()
        paired = official.start == skipped + 1  # "kubu X-Y"
        if not paired and (not before or before[-1] not in words.belonging):
            return official
        start = skipped = official.end
    return None


def _parts(found: list[Token], mentions: Mentions, words: Words) -> list[list[Token]]:
    """Split at commas and stop where the phrase does: a clause word, a day, a number, a bracket."""
    parts: list[list[Token]] = [[]]
    resume = 0
    covered = mentions.covered
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
            resume = _apposition(found, number, parts, mentions, words)
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


def _apposition(found: list[Token], at: int, parts: list[list[Token]], mentions: Mentions, words: Words) -> int:
    """Return where a name stands in commas behind a clause on its bearer: "petugas yang datang, Fulan, ...", or at the
    end of the clause: "mandor proyek, yang minta dipanggil Fulan, ..."; else 0.
    """
    if any(parts[1:]) or not parts[0] or not any(t.word.noun for t in parts[0]):
        return 0
    low = found[at].low
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
            if first.start in mentions.regions:
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


def _read(text: str, part: list[Token], mentions: Mentions, words: Words) -> _Reading:
    """Part an office from a name in words without a comma between."""
    cut = _descriptor(part, mentions, words)
    rest = part[cut:]
    rank = -1
    for number, token in enumerate(rest):
        if token.low in words.honorifics and (token.capital or not number):
            rank = number
    rest = rest[rank + 1 :]
    if rank < 0 and cut:
        rest = after_body(part[:cut], rest, mentions, words)
    name: list[Token] = []
    for token in rest:
        if token.low in words.degrees or not (token.capital or token.low in _JOINERS):
            break
        name.append(token)
    while name and name[-1].low in _JOINERS:
        name.pop()
    office = _office(part[: len(part) - len(rest)] if name else part, words)
    printed = text[part[0].start : (name or part)[-1].end]
    return _Reading(printed, text[name[0].start : name[-1].end] if name else None, office, rank >= 0 and bool(name))


def _descriptor(part: list[Token], mentions: Mentions, words: Words) -> int:
    """Return how many leading tokens are office, body or common nouns."""
    for number, token in enumerate(part):
        low = token.low
        if low in words.given and _is_given(part[number:]):
            return number
        if token.word.noun or low in words.bodies or low in _COUNTING or low.startswith("kadis") or token.text == "&":
            continue
        if low in words.past and number + 1 < len(part) and part[number + 1].word.noun:  # "Bekas mandor"
            continue
        if number and (token.word.body or _is_pair(part, number + 1) or _is_pair(part, number - 1)):
            continue
        common = not token.capital and low not in _JOINERS and low not in words.honorifics
        if not common and not (number and mentions.is_body(token.start)):
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
        elif low not in _EMPTY_OFFICE:
            out += words.short.get(low, (low,))
    return tuple(out)
