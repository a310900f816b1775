"""Reads descriptions that point back to somebody: "politikus itu", "pria yang akrab disapa X itu"."""

from __future__ import annotations

from nlp.components.speakers_passage import NAME, Passage, Person
from nlp.components.speakers_tokens import Token
from nlp.components.speakers_words import Words

_DESCRIBED = 16  # tokens that a description may take


def find_description(found: list[Token], words: Words) -> list[Token]:
    """Return the tokens of a description that points back: "pria yang akrab disapa X itu", "petani asal X, Y, itu".

    "warga di kampung itu" points to the village, "petugas yang membuka acara itu" to the event, "Kepala Bidang X dinas
    itu" to the office, "seorang warga ... itu" to nobody.
    """
    if not found or not found[0].word.noun or found[0].low in words.anybody:
        return []
    verbs = 0  # of a relative clause, which has one; the next is the sentence's
    for number, token in enumerate(found[1:_DESCRIBED], 1):
        before, low = found[number - 1], token.low
        if low in words.pointers and not token.capital:
            governor = found[number - 2].low if number > 1 and not before.capital else ""
            elsewhere = governor in words.governing or (governor.startswith("me") and found[0].low not in words.human)
            elsewhere = elsewhere or is_time(found, number - 1, words) or points_to_body(found[: number + 1], words)
            return [] if elsewhere else found[: number + 1]
        if token.text == ",":
            following = found[number + 1] if number + 1 < len(found) else token
            if not (following.capital or following.low in words.pointers or following.text[0].isdigit()):
                return []
        elif low in words.weekdays or token.text in "(;:–—":
            return []
        elif low == "lalu" and before.low in words.times:
            continue  # "dara kelahiran X, 21 tahun lalu itu"
        elif not token.capital and (low in words.active or low in words.finite or words.is_finite(low)):
            bare = "yang" not in (t.low for t in found[:number])
            if bare and low.startswith("ber") and low not in words.active:
                continue  # "perempuan berjilbab"
            if before.low != "yang" and (verbs or bare):
                return []
            verbs += 1
    return []


def find_called(described: list[Token], words: Words) -> list[Token]:
    """Return the name within a description that points back: "lelaki yang akrab disapa Mak X itu"."""
    at = next((n for n, t in enumerate(described) if t.low in words.calling or t.low in words.naming), len(described))
    name = described[at + 1 : -1]
    return name if all(token.capital for token in name) else []


def is_time(found: list[Token], at: int, words: Words) -> bool:
    """Tell whether a token is a stretch of time and no age: "malam [itu]", but "pria 46 tahun [itu]"."""
    return found[at].low in words.times and not found[at - 1].text[0].isdigit()


def read_apposed(passage: Passage, found: list[Token]) -> Person | None:
    """Return the person whose bare name stands in commas right behind a description: "saksi itu, Fulan, ..."."""
    if not found or found[0].text != ",":
        return None
    end = next((n for n, t in enumerate(found[1:], 1) if not t.capital or t.word.breaking), len(found))
    name = found[1:end]
    closed = end == len(found) or found[end].text in ",("
    common = any(t.word.noun or t.low in passage.words.bodies or passage.is_body(t) for t in name)
    if not closed or common or not 0 < len(name) <= NAME or name[0].start in passage.regions:
        return None
    printed = passage.spell(name)
    official = passage.official(name[0].start, name[-1].end)
    return Person(printed, printed, official.id if official else None)


def points_to_body(phrase: list[Token], words: Words) -> bool:
    """Tell whether the last word points to a body behind a named section: "Kepala Bidang X dinas tersebut"."""
    *head, body, pointer = phrase
    named = any(token.capital for token in head[2:])
    return named and pointer.low in words.pointers and body.word.body and not body.capital and not body.word.noun
