"""Reads descriptions that point back to somebody: "politikus itu", "pria yang akrab disapa X itu"."""

from __future__ import annotations

from nlp.components.speakers_tokens import Token
from nlp.components.speakers_words import POINTERS, Words

_INDEFINITE = {"seorang", "salah", "seseorang", "beberapa", "sejumlah", "para", "warga"}
_PLACING = {"di", "ke", "dari", "pada", "dalam", "untuk", "asal", "soal", "tentang", "atas", "terhadap", "sekitar"}
_DESCRIBED = 16  # tokens that a description may take


def find_description(found: list[Token], words: Words) -> list[Token]:
    """Return the tokens of a description that points back: "pria yang akrab disapa X itu", "petani asal X, Y, itu".

    "warga di kampung itu" points to the village, "petugas yang membuka acara itu" to the event, "seorang warga ...
    itu" to nobody.
    """
    if not found or not found[0].word.noun or found[0].low in _INDEFINITE:
        return []
    verbs = 0  # of a relative clause, which has one; the next is the sentence's
    for number, token in enumerate(found[1:_DESCRIBED], 1):
        before, low = found[number - 1], token.low
        if low in POINTERS and not token.capital:
            governor = found[number - 2].low if number > 1 and not before.capital else ""
            object_of = governor.startswith("me") and found[0].low not in words.human
            return [] if governor in _PLACING or object_of or is_time(found, number - 1, words) else found[: number + 1]
        if token.text == ",":
            following = found[number + 1] if number + 1 < len(found) else token
            if not (following.capital or following.low in POINTERS):
                return []
        elif low in words.weekdays or token.text in "(;:–—":
            return []
        elif not token.capital and (low in words.active or low in words.finite or words.is_finite(low)):
            bare = "yang" not in (t.low for t in found[:number])
            if bare and low.startswith("ber") and low not in words.active:
                continue  # "perempuan berjilbab"
            if before.low != "yang" and (verbs or bare):
                return []
            verbs += 1
    return []


def is_time(found: list[Token], at: int, words: Words) -> bool:
    """Tell whether a token is a stretch of time and no age: "malam [itu]", but "pria 46 tahun [itu]"."""
    return found[at].low in words.times and not found[at - 1].text[0].isdigit()
