"""Reads what stands directly around a person's name: the office before or behind it, and whether the name is part of a
longer one.

Used by ``officials`` to tell an official from a namesake; knows nothing of dates.
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc

from nlp.components.opd_phrases import BEFORE, HONORIFICS
from nlp.extensions import notes_of
from nlp.lexicon import OURS
from nlp.reading import Reading, region_at
from nlp.tables import load_table

_TITLES = load_table("titles")
DEGREES = frozenset(_TITLES["degrees"])
RULERS: dict[str, str] = {**_TITLES["rulers"], "wali": "Wali Kota"}  # "Wali" opens a title of two words
OPENERS = frozenset(_TITLES["openers"]) | frozenset(load_table("attribution")["stems"])  # "Cakap Fulan"
VERBAL = ("di", "me", "ber", "ter")  # "Dijelaskan Fulan", "Mendampingi Fulan"
APPOSING = frozenset(_TITLES["apposing"])
SECTIONS = frozenset(_TITLES["sections"])
LEADING = frozenset(_TITLES["leading"])
REACH = 9  # tokens over titles and degrees


class Office(NamedTuple):
    """The office that goes with a name: an OPD of ours by id, a ruler's title with its region, or another government's
    office.
    """

    opd: str = ""
    ruler: str = ""
    region: str = OURS


class Surroundings:
    """Looks up the offices of an article by token."""

    def __init__(self, doc: Doc) -> None:
        notes = notes_of(doc)
        ours, others = notes.tags["opd"], notes.tags["not_opd"]
        self.reading: Reading = notes.reading
        self.ours = {tag.end: tag for tag in ours}
        self.ours_start = {tag.start: tag for tag in ours}
        self.others = {tag.end: tag for tag in others}
        self.others_start = {tag.start: tag for tag in others}

    def before(self, start: int) -> Office | None:
        """Return the office before a name, over honorifics, a comma and brackets: "Kadis X, dr H Fulan"."""
        reading, at = self.reading, start
        if joint := self.joint_before(start):
            return joint
        while at > 0 and start - at < REACH and reading.same_sentence(start, at - 1):
            found = self.office_ending(at)
            if found is not None:
                return found
            word, low = reading.words[at - 1], reading.low[at - 1]
            if self.is_ruler(at - 1):
                return self.ruler(at - 1, at)
            region = self.region_ending(at)
            if region is not None:
                return region
            section = word[0].isupper() and at - 1 and reading.low[at - 2] in SECTIONS
            plain = low in HONORIFICS or word in {",", ".", "(", ")"} or low in BEFORE or low == "yakni"
            if not (plain or section or low in SECTIONS):
                return None
            at -= 1
        return None

    def behind(self, start: int, end: int) -> Office | None:
        """Return the office in apposition: "Fulan, Kepala Dinas X,", "Fulan selaku Kadis X", "Fulan dari Dinas X",
        "yang memimpin Dinas X"; of two joint ones, that which is the name's: "Fulan dan Fulanah sebagai Bupati dan
        Wakil Bupati X".
        """
        reading, at = self.reading, end
        first = reading.low[end : end + 1] == ["dan"]
        if first:
            at = self.skip_name(end + 1)
        while at < len(reading.words) and at - end < REACH and reading.same_sentence(end - 1, at):
            if at > end and at in self.ours_start:
                tag = self.ours_start[at]
                served = tag.via == "head" or self.is_served(at)
                return Office(opd=tag.id) if served else None  # "Fulan, Dinas X dan ..." begins a clause
            if at > end and at in self.others_start:
                return Office(region=self.others_start[at].id or "unknown")
            low = reading.low[at]
            if low in RULERS and at > end:
                joint = self.joint(at)
                if joint and (first or self.is_second(start)):
                    return joint[not first]
                return None if first else self.ruler(at, at + 1)
            plain = reading.words[at] in {",", ".", "(", ")"} or low in HONORIFICS or is_degree(low) or low in APPOSING
            if not (plain or self.is_served(at + 1)):
                return None
            at += 1
        return None

    def is_served(self, at: int) -> bool:
        """Tell whether an office stands at a token behind what makes it somebody's: "dari Dinas X"."""
        office = at in self.ours_start or at in self.others_start
        return office and (self.reading.low[at - 1] == "dari" or self.reading.low[at - 1] in LEADING)

    def points_back(self, offices: set[str]) -> bool:
        """Tell whether "Camat X itu", "yang memimpin Dinas X itu" stands for somebody whom the article named without
        one of these offices.
        """
        ours = [tag for tag in self.ours.values() if tag.id in offices]
        heads = [tag for tag in ours if tag.via == "head" or self.reading.low[tag.start - 1] in LEADING]
        return any(self.reading.low[tag.end : tag.end + 1] in (["itu"], ["ini"], ["tersebut"]) for tag in heads)

    def office_ending(self, end: int) -> Office | None:
        """Return the office whose phrase ends at a token."""
        if end in self.ours:
            return Office(opd=self.ours[end].id)
        if end in self.others:
            tag = self.others[end]
            return None if tag.rule.startswith("undecided") else Office(region=tag.id or "unknown")
        return None

    def ruler(self, at: int, end: int) -> Office:
        """Return the ruler's office at a token, "Wakil" and the region behind it included."""
        title = RULERS.get(self.reading.low[at], "Wali Kota")
        if at > 0 and self.reading.low[at] == "kota":
            at -= 1
        if at > 0 and self.reading.low[at - 1] == "wakil":
            title = f"Wakil {title}"
        region = region_at(self.reading, end, after_office=True)
        return Office(ruler=title, region=region.id if region else "")

    def joint(self, at: int) -> tuple[Office, Office] | None:
        """Return both offices of "Bupati dan Wakil Bupati X", whose first title stands at a token: one region."""
        low = self.reading.low
        second = at + 3 + (low[at] == "wali")
        if low[second - 2 : second] != ["dan", "wakil"] or second >= len(low) or low[second] not in RULERS:
            return None
        office = self.ruler(second, second + 1)
        return Office(ruler=RULERS[low[at]], region=office.region), office

    def joint_before(self, start: int) -> Office | None:
        """Return the second of two joint offices before a name: "Bupati dan Wakil Bupati X, Fulan dan [Fulanah]"."""
        reading, at = self.reading, start - 1
        while at > 0 and reading.low[at] in HONORIFICS:
            at -= 1
        if at < 1 or reading.low[at] != "dan" or not reading.same_sentence(start, at):
            return None
        while at > 0 and start - at < REACH and reading.same_sentence(start, at - 1):
            if (match := reading.by_end.get(at)) and "dan" in reading.low[max(match.start - 4, 0) : match.start]:
                return self.region_ending(at)
            word = reading.words[at - 1]
            if not (word[0].isupper() or word == "," or reading.low[at - 1] in HONORIFICS):
                return None
            at -= 1
        return None

    def joined_end(self, start: int) -> int | None:
        """Return where a name ends to which this one is joined: "Fulan SH dan H [Fulanah]"."""
        if not self.is_second(start):
            return None
        at = self.reading.low.index("dan", start - REACH if start > REACH else 0, start)
        while at > 0 and (self.reading.words[at - 1] in {",", "."} or is_degree(self.reading.low[at - 1])):
            at -= 1
        return at

    def is_second(self, start: int) -> bool:
        """Tell whether a name is joined to another before it: "Fulan dan Drs [Fulanah]"."""
        at = start - 1
        while at > 0 and self.reading.low[at] in HONORIFICS:
            at -= 1
        return self.reading.low[at] == "dan"

    def skip_name(self, at: int) -> int:
        """Return where the capitalised words and honorifics from a token on end."""
        words, low = self.reading.words, self.reading.low
        while at < len(words) and (words[at][0].isupper() or low[at] in HONORIFICS):
            at += 1
        return at

    def region_ending(self, end: int) -> Office | None:
        """Return the ruler's office that ends with its region: "Bupati X", "Wakil Bupati Kabupaten X"."""
        match = self.reading.by_end.get(end)
        if match is None:
            return None
        at = match.start - 1
        while (
            at > 0
            and self.reading.low[at] in {"kabupaten", "kab.", "provinsi", "kota", "terpilih"}
            and self.reading.low[at - 1] != "wali"
        ):
            at -= 1
        if at >= 0 and self.is_ruler(at):
            return self.ruler(at, at + 1)
        return None

    def is_ruler(self, at: int) -> bool:
        """Tell whether a ruler's title ends at a token."""
        low = self.reading.low
        return low[at] in RULERS or (at > 0 and low[at] == "kota" and low[at - 1] == "wali")

    def is_part(self, start: int, end: int) -> bool:
        """Tell whether a longer name contains tokens [start, end); in headlines capitals say nothing."""
        if start < self.reading.body:
            return False
        initial = end - start > 1 and len(self.reading.low[end - 1].rstrip(".")) == 1  # "Fulan Z.": complete
        return (not initial and self.continues(end)) or (end - start == 1 and self.precedes(start))

    def continues(self, end: int) -> bool:
        """Tell whether a name goes on behind ``end``."""
        reading = self.reading
        if end >= len(reading.words) or not reading.same_sentence(end - 1, end) or end in reading.by_start:
            return False
        word = reading.words[end]
        plain = len(word) > 1 and word[0].isupper() and word.isalpha() and not is_degree(reading.low[end])
        return plain and reading.low[end] not in HONORIFICS and not word.isupper()

    def precedes(self, start: int) -> bool:
        """Tell whether a name begins before ``start``."""
        reading, at = self.reading, start - 1
        if (
            at < 0
            or not reading.same_sentence(start, at)
            or start in self.ours
            or start in self.others
            or start in reading.by_end
        ):
            return False
        word = reading.words[at]
        if (
            not (word[0].isupper() and word.isalpha())
            or reading.low[at] in HONORIFICS
            or reading.low[at] in BEFORE
            or self.is_ruler(at)
            or word.isupper()
        ):
            return False
        if at > 0 and reading.same_sentence(start, at - 1) and reading.words[at - 1][:1].isalnum():
            return True
        return reading.low[at] not in OPENERS and not (len(word) > 5 and reading.low[at].startswith(VERBAL))


def is_degree(low: str) -> bool:
    """Tell whether a word in lower case is an academic degree or a lone initial, stops apart."""
    bare = low.replace(".", "")
    return bare in DEGREES or len(bare) == 1
