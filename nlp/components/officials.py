"""Component ``officials``: links names to the persons of the profile, and refuses namesakes.

A full name counts by itself unless an office of another government stands next to it; a common name needs an office of
that person's; a short form needs the full name in the article or an office before it; a typing slip needs the office
and a date in office. Epithets ("orang nomor satu di ...") mean whoever held the office on the article's date.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import compress, count
from typing import Any

from rapidfuzz.distance import Levenshtein
from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.gazetteer import Match
from nlp.components.officials_support import RULERS, Surroundings, is_degree
from nlp.components.officials_tenures import CLOSE_TENURE, fits, holds, share_office, stands
from nlp.components.opd_phrases import HONORIFICS
from nlp.extensions import add_tag, notes_of, signals_of
from nlp.lexicon import OURS, Epithet
from nlp.profile import Person, Profile, load_profile
from nlp.reading import Reading
from nlp.signals import watch

ONE_SLIP, TWO_SLIPS = 7, 11  # letters from which that many slips are forgiven
SLIPPED = 4  # words of a name with a slip
Found = dict[tuple[int, int], tuple[Person, str, str]]  # tokens -> person, via, rule


class OfficialLinker:
    """Links the persons of an article."""

    def __init__(self, profile: Profile, scorer: Any = None) -> None:
        self.profile, self.scorer = profile, scorer
        self.rulers = watch(RULERS)
        self.province, self.government = profile.province.lower(), profile.government
        self.by_opd: dict[str, list[Person]] = defaultdict(list)
        self.by_ruler: dict[str, list[Person]] = defaultdict(list)
        for person in profile.person:
            for tenure in person.tenure:
                if tenure.opd:
                    self.by_opd[tenure.opd].append(person)
                for title in set(RULERS.values()):
                    if tenure.office.startswith(title) and not tenure.region:
                        self.by_ruler[title].append(person)

    def __call__(self, doc: Doc) -> Doc:
        reading: Reading = notes_of(doc).reading
        around = Surroundings(doc)
        matches = [m for m in reading.matches if m.persons and not reading.is_furniture(m.start)]
        found: Found = {}
        refused = self.link_names(doc, around, matches, found)
        link_colleagues(around, matches, found, notes_of(doc).day)
        persons = {person.id: person for person, _, _ in found.values()}
        self.link_shorts(doc, around, matches, found, persons)
        link_tokens(reading, around, found, persons)
        self.link_slips(doc, around, found)
        self.link_epithets(doc, found)
        for (start, end), (person, via, rule) in sorted(found.items(), key=lambda item: item[0]):
            add_tag(doc, "officials", (start, end), "official", person.id, via, rule)
        for (start, end), reason in refused.items():
            if (start, end) not in found:
                add_tag(doc, "refused", (start, end), "official", "", "name", reason)
        return doc

    def link_names(
        self, doc: Doc, around: Surroundings, matches: list[Match], found: Found
    ) -> dict[tuple[int, int], str]:
        """Link full names; return those refused with the reason."""
        judged: dict[str, list[tuple[Match, Person, str, int]]] = defaultdict(list)
        refused: dict[tuple[int, int], str] = {}
        about = notes_of(doc).about.label
        for match in matches:
            for named in match.persons:
                if named.via == "short":
                    continue
                if around.is_part(match.start, match.end):
                    refused[match.start, match.end] = "part of a longer name"
                    continue
                vote = self.vote(doc, around, match, named.person)
                judged[named.person.id].append((match, named.person, named.via, vote))
        for rows in judged.values():
            best, worst = max(r[3] for r in rows), min(r[3] for r in rows)
            person = rows[0][1]
            held = {t.opd for t in person.tenure if t.opd and t.period.may_cover(notes_of(doc).day)}
            own = around.points_back(held) if person.common else person.ours
            known = best > 0 or (worst >= 0 and own and about != "none")
            for match, _, via, vote in rows:
                if not known or (vote < 0 < -worst and best <= 0) or vote < 0:
                    refused[match.start, match.end] = (
                        "namesake: another office" if worst < 0 else "common name without an office of theirs"
                    )
                else:
                    found[match.start, match.end] = (
                        person,
                        via,
                        "office next to the name" if vote > 0 else "full name",
                    )
        return refused

    def vote(self, doc: Doc, around: Surroundings, match: Match, person: Person) -> int:
        """Return 1 when an office next to the name is theirs, -1 when it is another government's, 0 otherwise."""
        day = notes_of(doc).day
        for office in (around.before(match.start), around.behind(match.start, match.end)):
            if office is None:
                continue
            if any(fits(tenure, office, day) for tenure in person.tenure):
                return 1
            if office.region not in {OURS, ""}:
                risen = office.region == self.province and not person.common and match.end - match.start > 1
                return 0 if risen else -1  # who served us may serve the province by now
            if person.common and (office.opd or office.ruler):
                return -1
        return 0

    def link_shorts(
        self, doc: Doc, around: Surroundings, matches: list[Match], found: Found, persons: dict[str, Person]
    ) -> None:
        """Link listed short forms behind the full name or an office of theirs."""
        notes = notes_of(doc)
        reading: Reading = notes.reading
        day, about = notes.day, notes.about.label
        lost: dict[str, int] = {}  # short form -> where someone else took it over
        for match in matches:
            if (match.start, match.end) in found:
                continue
            shorts = [named.person for named in match.persons if named.via == "short"]
            if not shorts:
                continue
            if around.is_part(match.start, match.end):
                lost[reading.low[match.start]] = match.start
                continue
            office = around.before(match.start)
            supported = [p for p in shorts if office and any(fits(t, office, day) for t in p.tenure)]
            word = " ".join(reading.low[match.start : match.end])
            known = latest_first(found, match.start, word, [p for p in shorts if p.id in persons], persons, lost)
            if office is not None and office.region not in {OURS, ""} and not supported:
                continue
            choice = supported or known
            if (
                not choice
                and word not in lost
                and about == "subject"
                and len(shorts) == 1
                and (holds(shorts[0], day, self.government) or stands(shorts[0], day))
            ):
                choice = shorts  # rulers and who would be go by the short name
            if choice:
                person = choice[0] if supported else known[0] if known else choice[0]
                found[match.start, match.end] = (person, "short", "short name")
                persons.setdefault(person.id, person)

    def link_slips(self, doc: Doc, around: Surroundings, found: Found) -> None:
        """Link misspelt long names right behind an office whose holder they nearly name."""
        notes = notes_of(doc)
        reading: Reading = notes.reading
        for tag in notes.tags["opd"]:
            self.link_slip(doc, reading, found, tag.end, self.by_opd.get(tag.id, []), tag.id)
        if notes.about.label == "none":
            return
        for at in signals_of(doc):
            if reading.low[at] not in self.rulers:
                continue
            office = around.ruler(at, at + 1)
            if office.region in {OURS, ""}:
                match = reading.by_start.get(at + 1)
                end = match.end if match is not None and office.region == OURS else at + 1
                self.link_slip(doc, reading, found, end, self.by_ruler.get(office.ruler, []), self.government)

    def link_slip(self, doc: Doc, reading: Reading, found: Found, end: int, holders: list[Person], opd: str) -> None:
        """Compare the capitalised words behind an office with its holders around that date."""
        if not holders:
            return
        start = end
        while start < len(reading.words) and (reading.words[start] in {",", "("} or reading.low[start] in HONORIFICS):
            start += 1
        stop = start
        while (
            stop < len(reading.words)
            and stop - start < SLIPPED
            and reading.words[stop][:1].isupper()
            and not is_degree(reading.low[stop])
        ):
            stop += 1
        if stop == start or not reading.same_sentence(end - 1, start) or any(a < stop and b > start for a, b in found):
            return
        day = notes_of(doc).day
        near = [p for p in holders if any(t.opd == opd and t.period.days_off(day) < CLOSE_TENURE for t in p.tenure)]
        part = " ".join(reading.low[start:stop]) + " "  # "Camat X Fulan" of Fulan bin Fulan
        if named := [p for p in near if p.name.lower().startswith(part)]:
            found[start, stop] = (named[0], "short", "the first part of the name behind an office of theirs")
            return
        for last in range(stop, start, -1):
            printed = " ".join(reading.low[start:last])
            for person in near:
                if is_slip(printed, person.name.lower()):
                    found[start, last] = (person, "variant", "typing slip behind an office of theirs")
                    return

    def link_epithets(self, doc: Doc, found: Found) -> None:
        """Link phrases that stand for the holder of an office."""
        notes = notes_of(doc)
        reading: Reading = notes.reading
        for match in reading.matches:
            for meaning in match.meanings:
                if not isinstance(meaning, Epithet) or reading.is_furniture(match.start):
                    continue
                held = [
                    (t.period.start, p)
                    for p in self.profile.person
                    for t in p.tenure
                    if t.office == meaning.office and t.period.may_cover(notes.day)
                ]
                if held:
                    person = max(held, key=lambda row: (row[0] is not None, row[0]))[1]
                    found[match.start, match.end] = (person, "epithet", "holder of the office on that day")


def latest_first(
    found: Found, at: int, word: str, known: list[Person], persons: dict[str, Person], lost: dict[str, int]
) -> list[Person]:
    """Return the linked persons that a short form can mean, the one named last before it in front.

    ``lost`` says where someone else took the form over: who was not named since is not meant.
    """
    bearers = {p.id: p for p in (*known, *persons.values()) if p in known or word in p.name.lower().split()}
    seen = {p.id: start for (start, _), (p, _, _) in sorted(found.items()) if start < at and p.id in bearers}
    known = [p for p in known if lost.get(word, -1) < seen.get(p.id, at)]
    if not seen or not known:
        return known
    last = bearers[max(seen, key=lambda ident: seen[ident])]
    return [last, *(p for p in known if p is not last)]


def link_colleagues(around: Surroundings, matches: list[Match], found: Found, day: date) -> None:
    """Link common names joined to that of a colleague of the day: "didampingi dua wakil ketua, Fulan dan H Fulanah"."""
    by_end = {end: person for (_, end), (person, _, _) in found.items()}
    for match in matches:
        other = by_end.get(around.joined_end(match.start) or -1)
        if other is None or (match.start, match.end) in found:
            continue
        for named in match.persons:
            if named.via != "short" and share_office(named.person, other, day):
                found[match.start, match.end] = (named.person, named.via, "joined to a colleague")


def is_slip(printed: str, name: str) -> bool:
    """Tell whether a printed name is a misspelling of a long name."""
    allowed = (len(name) >= ONE_SLIP) + (len(name) >= TWO_SLIPS)
    return (
        bool(allowed) and printed[0] == name[0] and Levenshtein.distance(printed, name, score_cutoff=allowed) <= allowed
    )


def link_tokens(reading: Reading, around: Surroundings, found: Found, persons: dict[str, Person]) -> None:
    """Link single words of a name once the full name was linked, unless they belong to someone else by then."""
    owners: dict[str, str | None] = {}
    covered = {at: person.id for (start, end), (person, _, _) in found.items() for at in range(start, end)}
    for person in persons.values():
        full = [part for name in (person.name, *person.variants) for part in name.split() if " " in name]
        owners.update({part.lower(): person.id for part in full if len(part) > 2})
    if not owners:
        return
    for at in compress(count(), map(owners.__contains__, reading.low)):
        low = reading.low[at]
        if at in covered:
            owners[low] = covered[at]
            continue
        if not reading.words[at][0].isupper() or reading.is_furniture(at) or at < reading.body:
            continue
        match = reading.by_start.get(at)
        if any(m.start <= at < m.end and not m.persons for m in ([match] if match else [])) or at in around.ours_start:
            continue
        if around.continues(at + 1) or around.precedes(at):
            owners[low] = None  # someone else bears this name from here on
            continue
        owner = owners[low]
        if owner is not None and not any(start <= at < end for start, end in found):
            found[at, at + 1] = (persons[owner], "short", "part of a name linked before")


@Language.factory(
    "officials",
    default_config={"profile": "", "scorer": {"@scorers": "pantau.spans.v1", "group": "officials"}},
)
def make_officials(nlp: Language, name: str, profile: str, scorer: Any) -> OfficialLinker:
    """Build the component from a profile id or folder."""
    return OfficialLinker(load_profile(profile), scorer)
