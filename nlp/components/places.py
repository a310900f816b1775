"""Component ``places``: links places to the kecamatan they lie in, and refuses namesakes elsewhere.

How much a name needs around it depends on its ambiguity in the profile: nothing, another sign of ours in the article,
or its generic word ("Kampung") or its kecamatan nearby. Places inside office names ("Camat X") are no places; the
dateline is none either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.about import AboutResult
from nlp.components.about_signs import is_company
from nlp.components.elsewhere import is_elsewhere, region_behind
from nlp.components.gazetteer import Match
from nlp.extensions import add_tag, notes_of
from nlp.lexicon import OURS, Place
from nlp.profile import Profile, load_profile
from nlp.reading import PLACE_WORDS, Reading, region_at
from nlp.tables import load_table

_TITLES = load_table("titles")
LEADS = frozenset(_TITLES["place_leads"])
HOMES = frozenset(_TITLES["homes"])
JOINERS = frozenset(_TITLES["joiners"])
TOWARDS = frozenset(_TITLES["towards"])
SIDES = frozenset(_TITLES["sides"])
EVENTS = frozenset(_TITLES["events"])
SITE_OFFICES = frozenset(_TITLES["site_offices"])
LISTED = 2  # kecamatan beside which the regency's name means one
ELSEWHERE = "another region behind the name"
BEHIND = 6  # tokens behind a place within which its kecamatan may follow

Judged = tuple[Match, Place, str]  # a name, the place meant, and why it is refused, if it is


class PlaceLinker:
    """Links the places of an article."""

    def __init__(self, profile: Profile, scorer: Any = None) -> None:
        self.scorer = scorer
        self.short = next((row for row in profile.kecamatan if row.name == profile.short), None)
        self.villages: dict[str, set[str]] = {}  # village name in lower case -> kecamatan that have one
        for row in profile.kampung:
            for name in (row.name, *row.variants):
                self.villages.setdefault(name.lower(), set()).add(row.kecamatan)

    def __call__(self, doc: Doc) -> Doc:
        notes = notes_of(doc)
        reading: Reading = notes.reading
        about: AboutResult = notes.about
        inside = {at for office in notes.offices for at in range(office.start, office.end)}
        found = [
            m
            for m in reading.matches
            if m.places
            and m.start not in inside
            and not reading.is_furniture(m.start)
            and not is_in_office(reading, m.start)
        ]
        named = {place.kecamatan for m in found for place in m.places if place.kind == "kecamatan"}
        judged: list[Judged] = []
        for match in found:
            place = self.pick(reading, match)
            reason = self.refuse(reading, about, match, place)
            judged.append((match, place, reason or (ELSEWHERE if is_elsewhere((place,), notes.elsewhere) else "")))
        sure = {
            place.name.lower()
            for match, place, reason in judged
            if not reason and self.is_sure(reading, about, match, place, named)
        }
        tag_places(doc, judged, sure)
        if self.short and about.label == "subject":
            tag_namesake(doc, self.short.id, self.short.name.lower(), inside)
        return doc

    def pick(self, reading: Reading, match: Match) -> Place:
        """Return the place meant: of several, the one whose kecamatan follows ("Kampung X, Y")."""
        places = match.places
        behind = following_kecamatan(reading, match.end)
        if behind:
            for place in places:
                if place.kecamatan == behind:
                    return place
            low = " ".join(reading.low[match.start : match.end])
            bare = low.split(" ", 1)[1] if low.split(" ", 1)[0] in PLACE_WORDS and " " in low else low
            if behind in self.villages.get(bare, ()):
                return Place(behind, "kampung", "low", "name", bare)
        return min(places, key=lambda place: ("kecamatan", "kampung", "kelurahan", "landmark").index(place.kind))

    def refuse(self, reading: Reading, about: AboutResult, match: Match, place: Place) -> str:
        """Return why a place is not ours, empty when nothing speaks against it."""
        if about.label == "none":
            return "nothing else in the article is ours"
        if region_behind(reading, match.end) not in {None, OURS}:
            return ELSEWHERE
        if place.kind == "landmark" and match.start and reading.low[match.start - 1] in EVENTS:
            return "the name of an event"
        if (
            any(word in SIDES for word in reading.low[match.end : match.end + 1])
            and reading.words[match.end][0].isupper()
        ):
            return "part of a longer name"
        behind = reading.words[match.end : match.end + 1]
        goes_on = bool(behind) and behind[0][0].isupper()  # "PT X Makmur", but "PT Fulan Makmur X"
        if (place.ambiguity != "low" or goes_on) and is_company(reading, match.start):
            return "part of a company's name"
        rival = bool(match.regions)
        if (
            rival
            and not has_generic_word(reading, match.start)
            and place.kind != "kecamatan"
            and following_kecamatan(reading, match.end) is None
            and not is_within_us(reading, match.end)
        ):
            return "more likely the region of that name" if about.label != "subject" else ""
        return ""

    @staticmethod
    def is_sure(reading: Reading, about: AboutResult, match: Match, place: Place, named: set[str]) -> bool:
        """Tell whether this mention alone is enough, for itself and for the name's others in the article."""
        if is_within_us(reading, match.end):
            return True
        if place.via == "short":
            return False
        if place.ambiguity == "low":
            return True
        if place.ambiguity == "medium":
            return any(s.region == OURS and s.start != match.start and s.level != "person" for s in about.signs)
        if place.kind in {"kecamatan", "landmark"}:
            return about.label == "subject" or place.kecamatan in named or has_generic_word(reading, match.start)
        generic = has_generic_word(reading, match.start)
        if following_kecamatan(reading, match.end) == place.kecamatan or (generic and place.kecamatan in named):
            return True
        if about.label != "subject":
            return False
        led = is_led(reading, match.start)
        if generic or (led and place.kecamatan in named) or is_in_list(reading, match):
            return True
        return place.kind == "kampung" and is_home(reading, about, match)


def tag_places(doc: Doc, judged: Sequence[Judged], sure: Set[str]) -> None:
    """Note the places of an article and what is refused: a name that is ``sure`` once, in lower case, is so throughout,
    one that is refused once is so wherever it is not sure.
    """
    refused = {place.name.lower(): reason for _, place, reason in judged if reason}
    told: tuple[int, str] = (-1, "")  # where the last place ended, and its kecamatan
    for match, place, own in judged:
        name, bounds = place.name.lower(), (match.start, match.end)
        if told == (match.start, place.kecamatan):  # "Pasar X Y": one name
            continue
        reason = own
        if not own and name not in sure:
            reason = refused.get(name, "undecided: the name needs its kecamatan or a generic word nearby")
        if reason:
            add_tag(doc, "refused", bounds, "place", "", place.via, reason)
        else:
            told = (match.end, place.kecamatan)
            add_tag(doc, "places", bounds, place.kind, place.kecamatan, place.via, f"ambiguity {place.ambiguity}")


def tag_namesake(doc: Doc, kecamatan: str, name: str, inside: Set[int]) -> None:
    """Note where the regency's name means its kecamatan of that name: in a list of kecamatan ("X, Y dan Z")."""
    reading: Reading = notes_of(doc).reading
    for match in reading.matches:
        if not match.regions or reading.low[match.start : match.end] != [name] or match.start in inside:
            continue
        before = reading.by_end.get(match.start - 1)
        if before is not None and before.regions and reading.low[match.start - 1] in JOINERS:
            continue  # "Kota X, Y, Kecamatan Z dan W"
        others = [*_list_from(reading, match, -1), *_list_from(reading, match, 1)]
        kecamatans = sum(bool(o.places) and o.places[0].kind == "kecamatan" for o in others)
        if kecamatans >= LISTED and all(o.places for o in others):
            add_tag(doc, "places", (match.start, match.end), "kecamatan", kecamatan, "name", "in a list of kecamatan")


def _list_from(reading: Reading, match: Match, step: int) -> Iterator[Match]:
    """Yield the names listed with one in one direction."""
    other = _next_listed(reading, match, step)
    while other is not None:
        yield other
        other = _next_listed(reading, other, step)


def has_generic_word(reading: Reading, start: int) -> bool:
    """Tell whether "Kampung", "Desa" or the like stands before a name or begins it, or a polling place: "TPS 3 X"."""
    low = reading.low
    if start > 1 and low[start - 2] == "tps" and low[start - 1].isdigit():
        return True
    before = start - 1 - (start > 1 and low[start - 1] == ":")  # "dua desa: X dan Y"
    return low[start] in PLACE_WORDS or (before >= 0 and low[before] in PLACE_WORDS)


def is_in_office(reading: Reading, start: int) -> bool:
    """Tell whether a place ends the name of an office that is told apart by it: "KUA [Kecamatan] X"."""
    at = start - 1 - (reading.low[start - 1] in PLACE_WORDS)
    return at >= reading.body and reading.words[at][0].isupper() and reading.low[at] in SITE_OFFICES


def is_within_us(reading: Reading, end: int) -> bool:
    """Tell whether a place is said to lie in the regency: "X di [Kabupaten] Y"."""
    if end + 1 >= len(reading.words) or reading.low[end] != "di":
        return False
    found = region_at(reading, end + 1)
    return found is not None and found.id == OURS


def is_home(reading: Reading, about: AboutResult, match: Match) -> bool:
    """Tell whether a name of several words is where people live or come from, and no other regency is near."""
    lone = match.end - match.start == 1 or bool(match.regions)
    if lone or match.start < reading.body or reading.low[match.start - 1] not in HOMES:
        return False
    here = reading.paragraph[match.start]
    return not any(
        s.region != OURS and s.level == "regency" and reading.paragraph[s.start] == here for s in about.signs
    )


def is_in_list(reading: Reading, match: Match) -> bool:
    """Tell whether a name is listed with a place of ours that is sure ("X, Y, Kampung Z serta W")."""
    listed = (other for step in (-1, 1) for other in _list_from(reading, match, step))
    return any(has_generic_word(reading, o.start) or any(p.ambiguity == "low" for p in o.places) for o in listed)


def _next_listed(reading: Reading, match: Match, step: int) -> Match | None:
    """Return the place next to one in an enumeration, None when other words stand between."""
    at = match.end if step > 0 else match.start - 1
    joined = False
    passed = JOINERS | PLACE_WORDS | TOWARDS
    while 0 <= at < len(reading.words) and reading.low[at] in passed:
        joined = joined or reading.low[at] in JOINERS
        at += step
    other = reading.by_start.get(at) if step > 0 else reading.by_end.get(at + 1)
    return other if joined and other is not None and other.places else None


def is_led(reading: Reading, start: int) -> bool:
    """Tell whether the word before a name leads a place."""
    return start > 0 and reading.low[start - 1] in LEADS


def following_kecamatan(reading: Reading, end: int) -> str | None:
    """Return the kecamatan named right behind ("X, Kecamatan Y"); None when other words stand between."""
    for at in range(end, min(end + BEHIND, len(reading.words))):
        match = reading.by_start.get(at)
        if match is not None:
            return next((p.kecamatan for p in match.places if p.kind == "kecamatan"), None)
        if reading.words[at] not in {",", "(", "di"} and reading.low[at] not in PLACE_WORDS:
            return None
    return None


@Language.factory(
    "places",
    default_config={"profile": "", "scorer": {"@scorers": "pantau.spans.v1", "group": "places"}},
)
def make_places(nlp: Language, name: str, profile: str, scorer: Any) -> PlaceLinker:
    """Build the component from a profile id or folder."""
    return PlaceLinker(load_profile(profile), scorer)
