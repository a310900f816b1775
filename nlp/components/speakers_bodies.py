"""Tells names from what stands beside them without a comma: "Ketua KPID", "Ketua KPID Fulan", "Fulan Ramadhan"."""

from __future__ import annotations

from nlp.components.speakers_tokens import Mentions, Token, is_action
from nlp.components.speakers_words import Words, load_ordinary_words


def names_body(token: Token, mentions: Mentions, words: Words) -> bool:
    """Tell whether a word behind an office names what it heads: "Ketua [KPID]", "Kasi [Pidsus]", "Ketua Komisi [E]"."""
    short = token.text.isupper() and "." not in token.text
    return short or token.low in words.bodies or is_action(token.low) or token.start in mentions.regions


def after_body(head: list[Token], rest: list[Token], mentions: Mentions, words: Words) -> list[Token]:
    """Drop from ``rest`` the words that still belong to a body or territory named without a comma."""
    last = head[-1]
    for number, token in enumerate(rest):
        if token.text in mentions.shorts:
            return rest[number:]
    ordinary = load_ordinary_words()
    if all(names_body(token, mentions, words) or token.low in ordinary for token in rest):
        return []  # "Kepala Stasiun Klimatologi"
    if last.low not in words.territorial:
        while (compass := rest[1:2] and rest[1].low in words.compass) or names_body(rest[0], mentions, words):
            taken = 1 + bool(compass)  # "Basarnas Jawa Barat Fulan"
            last, rest = rest[taken - 1], rest[taken:]
            if not rest:
                return []
    if mentions.is_body(last.start) and not (rest and mentions.is_body(rest[0].start)):
        return rest
    if last.low in words.territorial:
        return rest[2:] if len(rest) >= 4 else rest[1:] if len(rest) == 3 else []
    if last.word.body and len(rest) >= 3:
        return rest[-2:]
    return rest


def ends_with_month(found: list[Token], at: int, words: Words) -> bool:
    """Tell whether a month is the end of somebody's name: "Fulan [Ramadhan], petani", but "Fulan, Ramadhan lalu"."""
    if not at or found[at].low not in words.months:
        return False
    before, following = found[at - 1], found[at + 1 : at + 2]
    named = before.capital and before.text[0].isalpha() and not (before.word.noun or before.word.body)
    return named and (not following or following[0].text in ",(" or following[0].low in words.active)
