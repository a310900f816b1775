"""Tells names from what stands beside them without a comma: "Ketua KPID", "Ketua KPID Fulan", "Fulan Ramadhan"."""

from __future__ import annotations

from nlp.components.speakers_passage import Passage
from nlp.components.speakers_tokens import Token
from nlp.components.speakers_words import Words, load_common_words, load_ordinary_words


def names_body(passage: Passage, token: Token) -> bool:
    """Tell whether a word behind an office names what it heads: "Ketua [KPID]", "Kasi [Pidsus]", "Ketua Komisi [E]"."""
    short = token.text.isupper() and "." not in token.text
    return short or token.word.body or token.start in passage.regions


def after_body(passage: Passage, head: list[Token], rest: list[Token]) -> list[Token]:
    """Drop from ``rest`` the words that still belong to a body or territory named without a comma."""
    words, last = passage.words, head[-1]
    for number, token in enumerate(rest):
        if token.text in passage.shorts:
            return rest[number:]
    ordinary = load_ordinary_words()
    if all(names_body(passage, token) or passage.is_body(token) or token.low in ordinary for token in rest):
        return []  # "Kepala Stasiun Klimatologi"
    if last.low not in words.territorial:
        while (compass := rest[1:2] and rest[1].low in words.compass) or names_body(passage, rest[0]):
            taken = 1 + bool(compass)  # "Basarnas Jawa Barat Fulan"
            last, rest = rest[taken - 1], rest[taken:]
            if not rest:
                return []
    company = max((n for n, token in enumerate(rest[:-1]) if token.low in words.companies), default=-1)
    if company >= 0:
        return rest[company + 1 :]  # "Direktur X Indonesia Fulan"
    if passage.is_body(last) and not passage.is_body(rest[0]):
        return rest
    if last.low in words.territorial:  # of four words two name the territory, of three one, of fewer all
        return rest[2:] if len(rest) >= 4 else rest[1:] if len(rest) == 3 else []
    if last.word.body and len(rest) >= 3:  # most names have two words
        return rest[-2 + rest[-2].word.body :]
    return rest


def is_pair(found: list[Token], at: int) -> bool:
    """Tell whether "dan" at a place joins two ordinary words in a body's name: "Usaha Kecil [dan] Menengah"; one is
    enough behind an office if the name goes on: "Direktur Angkutan [dan] Niaga X".
    """
    if not 0 < at < len(found) - 1 or found[at].low != "dan":
        return False
    pair, common = (found[at - 1], found[at + 1]), load_common_words()
    if not all(t.capital and t.text[0].isalpha() and not t.word.noun for t in pair):
        return False
    goes_on = at > 1 and found[at - 2].word.noun and at + 2 < len(found) and found[at + 2].capital
    return all(t.low in common for t in pair) or (goes_on and any(t.low in load_ordinary_words() for t in pair))


def ends_with_month(found: list[Token], at: int, words: Words) -> bool:
    """Tell whether a month is the end of somebody's name: "Fulan [Ramadhan], petani", but "Fulan, Ramadhan lalu"."""
    if not at or found[at].low not in words.months:
        return False
    before, following = found[at - 1], found[at + 1 : at + 2]
    named = before.capital and before.text[0].isalpha() and not (before.word.noun or before.word.body)
    return named and (not following or following[0].text in ",(" or following[0].low in words.active)
