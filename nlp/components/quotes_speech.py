"""Decides which marked stretches are speech, and reads the clause that attributes them: verb, and who in what words.

Titles, banners, programme names and scare quotes are none. Knows nothing of persons; ``speakers`` resolves the
phrase.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from nlp.components.quotes_marks import Marked
from nlp.components.speakers_tokens import Token, tokens
from nlp.components.speakers_words import Words

_ENDS = frozenset(".!?…")
_INNER = "'’\"”»"  # close a quotation within one
_SHORT = 4  # words of a clause that only says who acted: "Fulan memotong."
_REACH = 12  # words between a closing mark and a verb that stands behind its subject


class Clause(NamedTuple):
    """An attribution: ``verb`` as printed; the phrase [start, end) names the speaker, or is empty for "ujarnya"."""

    verb: str
    start: int
    end: int
    rule: str


class Speech(NamedTuple):
    """A direct quotation with the clause behind it, if any; ``verb`` also when the clause stands before."""

    marked: Marked
    after: Clause | None
    verb: str | None
    split: bool  # the second half of a quotation that an attribution interrupts


class _Place(NamedTuple):
    """A marked stretch in its paragraph."""

    marked: Marked
    floor: int  # where what leads up to it begins: behind the stretch before
    limit: int  # where what follows it ends: at the next stretch
    quoted_next: bool  # there is one in the paragraph
    lead: str  # what leads up to it, without blanks at the end


def find_speech(text: str, found: Sequence[Marked], starts: Sequence[int], words: Words) -> list[Speech]:
    """Keep the direct quotations among ``found``; ``starts`` are the offsets at which sentences begin."""
    kept: list[Speech] = []
    for number, marked in enumerate(found):
        place = _locate(text, found, number)
        read = _read_after if marked.closed else _read_within
        after = read(text, place, starts, words)
        split = bool(kept) and kept[-1].marked is found[number - 1] and _is_split(kept[-1], place)
        before = None if after else _read_before(text, place, starts, words)
        if _is_speech(text, place, after, before, split, words):
            joined = split and place.lead.endswith(",")
            verb = after.verb if after else (kept[-1].verb if joined else before)
            kept.append(Speech(marked, after, verb, split and not after))
    return kept


def _locate(text: str, found: Sequence[Marked], number: int) -> _Place:
    marked = found[number]
    stop = found[number + 1].opened_at if number + 1 < len(found) else len(text)
    line = text.find("\n", marked.closed_at)
    limit = min(stop, line if line >= 0 else len(text))
    floor = max(text.rfind("\n", 0, marked.opened_at) + 1, found[number - 1].closed_at if number else 0)
    return _Place(marked, floor, limit, stop == limit, text[floor : marked.opened_at].rstrip())


def _is_split(last: Speech, place: _Place) -> bool:
    """Tell whether a stretch goes on with the quotation before it, which an attribution interrupts."""
    return bool(last.after) and place.floor == last.marked.closed_at and not place.lead.endswith(":")


def _read_after(text: str, place: _Place, starts: Sequence[int], words: Words) -> Clause | None:
    """Read the attribution behind a closing mark: ', ujar Fulan', ' begitu Fulan berpesan', ' Fulan menambahkan'."""
    marked, limit = place.marked, place.limit
    found = [t for t in tokens(text, marked.closed_at, limit) if t.text != ","]
    bridged = 0
    while bridged < len(found) and found[bridged].low in words.bridges:
        bridged += 1
    if bridged == len(found):
        return None
    first = found[bridged]
    last = text[marked.end - 1 : marked.end]
    goes_on = last in set(",?!") or text[marked.closed_at : marked.closed_at + 1] == ","
    if first.capital and place.quoted_next and not goes_on and text[:limit].rstrip()[-1:] in {",", ":"}:
        return None  # "..." Kata Fulan, "...": belongs to the next quotation
    end = min(limit, _next_start(starts, first.end, len(text)))
    stem = words.stem(first.low)
    if stem or first.low in words.passive or first.low in words.according or first.low == "menurutnya":
        back = first.low.endswith("nya") and first.low not in words.stems
        return Clause(first.low, end if back else first.end, end, "after-back" if back else "after")
    if not goes_on and not bridged:
        return None
    if not first.capital and first.text.isalpha() and first.low not in words.not_verbs:
        if first.low.endswith("nya"):
            return Clause(first.low, end, end, "after-back")
        following = found[bridged + 1] if len(found) > bridged + 1 else None
        parted = first.low in words.stops or first.low in words.company or first.low in words.finite
        parted = parted or (following is not None and following.low in words.speaking)
        if following and (following.capital or following.low in words.pronouns or (following.word.noun and not parted)):
            return Clause(first.low, first.end, end, "after-open")
    short = goes_on and len(found) > bridged + 1 and found[-1].end <= end and len(found) - bridged <= _SHORT
    return _subject_first(found[bridged:], end, words, opened=bridged > 0 or short)


def _read_within(text: str, place: _Place, starts: Sequence[int], words: Words) -> Clause | None:
    """Read the attribution inside a quotation whose closing mark was forgotten: '"Kami rugi, kata Fulan, petani.'"""
    marked = place.marked
    found = tokens(text, marked.start, marked.end)
    for number, token in enumerate(found[1:], 1):
        if token.capital or (found[number - 1].text != "," and text[token.start - 2] not in "?!"):
            continue
        following = found[number + 1] if number + 1 < len(found) else None
        if words.stem(token.low) is None:
            continue
        if token.low.endswith("nya") and token.low not in words.stems:
            return Clause(token.low, marked.end, marked.end, "after-back")
        if following and (following.capital or following.low in words.pronouns or following.low in words.offices):
            end = min(marked.end, _next_start(starts, token.end, len(text)))
            return Clause(token.low, token.end, end, "after")
    return None


def _subject_first(found: list[Token], end: int, words: Words, *, opened: bool) -> Clause | None:
    """Read '"..." Fulan menambahkan.'; where it is ``opened`` by "begitu" or short any verb will do."""
    for token in found[1:_REACH]:
        if token.start >= end:
            break
        spoken = token.low in words.active or token.low in words.stems or (opened and words.is_finite(token.low))
        if not token.capital and spoken:
            return Clause(token.low, found[0].start, token.start, "after-subject")
    return None


def _read_before(text: str, place: _Place, starts: Sequence[int], words: Words) -> str | None:
    """Return the verb of a clause that leads up to an opening mark, ':' when a colon alone does."""
    opened_at = place.marked.opened_at
    begin = max(place.floor, starts[max(bisect_right(starts, opened_at - 1) - 1, 0)] if starts else 0)
    clause = text[begin:opened_at].rstrip(" –—-")
    found = [t for t in tokens(text, begin, opened_at) if t.text[0].isalpha()]
    if not found or not clause:
        return None
    verbs = [t.low for t in found if words.is_verb(t.low) or t.low in words.according]
    if clause[-1] == ":":
        return verbs[-1] if verbs else ":"
    leads = clause[-1] == "," or found[-1].low in {"bahwa"} or words.is_verb(found[-1].low)
    leads = leads or _ends_with_sayer(found, words)
    return verbs[-1] if verbs and leads else None


def _ends_with_sayer(found: list[Token], words: Words) -> bool:
    """Tell whether a clause ends with a stem of saying and who says it: 'tutup, kata staf "..."'."""
    for token in reversed(found[-4:]):
        if words.stem(token.low):
            return token is not found[-1]
        if not (token.capital or token.word.noun):
            return False
    return False


def _is_speech(text: str, place: _Place, after: Clause | None, before: str | None, split: bool, words: Words) -> bool:
    """Tell speech from titles, banners and scare quotes: by its attribution, else by its length and its marks."""
    marked, lead = place.marked, place.lead
    if after or not marked.opened:
        return after is not None
    if _names_words(text, place, words, led=before is not None):
        return False
    if before:
        return True
    inside = text[marked.start : marked.end].rstrip(_INNER)  # "Ia bertanya, 'Di mana?'"
    length = len(inside.split())
    ends = inside[-1:] in set(".,?!…") or text[marked.closed_at : marked.closed_at + 1] in {",", "."}
    if not lead or lead[-1] in _ENDS | {")"}:
        least = 3 if lead or marked.closed else 2  # a short paragraph of a speech that goes on in the next
        return length >= least and (ends or not marked.closed or not lead) and not (marked.single and not ends)
    if length >= 4 and not marked.single:
        return True  # a fragment of speech within a sentence of the writer's
    return split and lead[-1] == "," and length >= 2


def _names_words(text: str, place: _Place, words: Words, *, led: bool) -> bool:
    """Tell whether what stands right before a mark names a title, a banner or a word: 'bertuliskan "..."'; where a
    clause of saying has ``led`` there, only the last word counts.
    """
    last_words = [t.low for t in tokens(text, place.floor, place.marked.opened_at) if t.text[0].isalpha()][-4:]
    if not last_words or place.lead[-1] in _ENDS:
        return False
    told = last_words[-1:] if led else last_words
    return last_words[-1] == "kata" or not words.not_speech.isdisjoint(told)


def _next_start(starts: Sequence[int], after: int, default: int) -> int:
    at = bisect_right(starts, after)
    return starts[at] if at < len(starts) else default
