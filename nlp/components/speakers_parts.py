"""Splits a noun phrase into the parts between its commas, and finds where it ends."""

from __future__ import annotations

from nlp.components.speakers_bodies import ends_with_month, is_pair
from nlp.components.speakers_passage import Passage
from nlp.components.speakers_tokens import Token
from nlp.components.speakers_words import Words, load_ordinary_words

_PARTS = 3  # of a phrase: what follows says nothing more of the person
_BRACKETED = 4  # tokens that a bracket within a phrase may hold, with its end
_FIELDS = 9  # tokens that the fields of a body may take
_APPOSED = 16  # tokens within which a name may follow a relative clause


def split_phrase(passage: Passage, found: list[Token]) -> list[list[Token]]:
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
        if token.text == "," and (listed := _listed_end(found, number, parts[-1])):
            resume = listed
        elif token.text == ",":
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
    return [part for part in parts if part][:_PARTS]


def _listed_end(found: list[Token], at: int, part: list[Token]) -> int:
    """Return where the fields end that a body's name lists from a comma on: "Kepala Biro X[, Data, dan Informasi] Y";
    0 when it lists none.
    """
    if not any(token.word.noun for token in part) or not part[-1].capital:
        return 0
    ordinary, number = load_ordinary_words(), at + 1
    for number in range(at + 1, min(at + _FIELDS, len(found) - 1)):
        token = found[number]
        if token.low == "dan":
            last = found[number + 1]
            return number + 2 if last.capital and number > at + 1 and (last.word.body or last.low in ordinary) else 0
        if token.text != "," and not (token.capital and (token.word.body or token.low in ordinary)):
            return 0
        if token.word.noun:
            return 0
    return 0


def _joins(found: list[Token], at: int) -> bool:
    """Tell whether "dan" at a place belongs to the name of a body or an office."""
    before = found[at - 1].word
    return before.noun or before.body or is_pair(found, at)


def _ends_name(before: Token | None, covered: frozenset[int]) -> bool:
    """Tell whether a name may end with a word: "Fulanah [asal Kampung X]", but "petani [asal X], Fulan"."""
    return before is not None and before.capital and not before.word.noun and before.start not in covered


def _find_bracket(found: list[Token], at: int) -> int:
    """Return where a bracket closes that does not end the phrase: "Letjen (Purn) Fulan", "Ketua Ikatan X (IX) Fulan",
    "Kepala Bidang Humas (Kabid Humas) Polda X, Fulan"; 0 when it does.
    """
    closing = next((n for n, t in enumerate(found[at + 1 : at + 1 + _BRACKETED], at + 1) if t.text == ")"), 0)
    if closing <= at + 1:
        return 0
    following = found[closing + 1 : closing + 2]
    if following and following[0].text == "," and found[at + 1].text.isupper():  # "Koordinator X (Y), Fulan"
        following = found[closing + 2 : closing + 3]
    named = all(t.capital and t.text[0].isalpha() for t in (*found[at + 1 : closing], *following))
    return closing if (named and following) or found[at + 1].low == "purn" else 0


def _is_number(found: list[Token], at: int, words: Words) -> bool:
    """Tell whether a figure numbers a body whose name or holder follows: "Manajer Daop [2] X", "RT [3], Fulan"."""
    following = [t for t in found[at + 1 : at + 3] if t.text != ","][:1]
    if not following or not following[0].capital:
        return False
    return following[0].low not in words.months and following[0].low not in words.weekdays


def _apposition(passage: Passage, found: list[Token], at: int, parts: list[list[Token]]) -> int:
    """Return where a name stands in commas behind a clause on its bearer: "petugas yang datang, Fulan, ...", "salah
    satu dari mereka, Fulan", or at the end of the clause: "mandor proyek, yang minta dipanggil Fulan, ..."; else 0.
    """
    words, low = passage.words, found[at].low
    if any(parts[1:]) or not any(t.word.noun or t.low in words.counting for t in parts[0]):
        return 0
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
