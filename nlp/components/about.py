"""Component ``about``: is the regency the subject, named in passing, or not there at all? An additive score with its reasons.

Every name of ours and of other regions gives points by where it stands (title, lead, body, dateline) and what it is (an office that
acts, a bare name, one of an enumeration, someone's birthplace). Weights are data (``data/about.toml``). Guards give none.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotation import About
from nlp.lexicon import OURS, Epithet, Named, Place, Region
from nlp.profile import NotOurs, Profile, load_profile
from nlp.reading import REGION_WORDS, Reading, RegionAt, region_at
from nlp.tables import load_table

_TITLES = load_table("titles")
RULERS = frozenset(_TITLES["rulers"])
PAST = frozenset(_TITLES["past"])
ORIGIN = frozenset(_TITLES["origin"])
_FILLERS = frozenset(
    {
        ",",
        "dan",
        "serta",
        "hingga",
        "-",
        "–",
        "/",
        ";",
        "&",
        "\n",
        "\n\n",
        ".",
        "titik",
        "kabupaten",
        "kota",
        "ke",
        "atau",
        "yakni",
        "persen",
    }
)


@dataclass(frozen=True, slots=True)
class Sign:
    """One name that speaks for a region: OURS or another's id."""

    region: str
    kind: str  # office, region, bare, place, person, district
    start: int
    end: int
    level: str = "regency"
    weaker: str = ""
    medium: bool = False


@dataclass(frozen=True, slots=True)
class AboutResult:
    """The verdict, its score from 0 to 1, the reasons in words, and the points by region (OURS among them)."""

    label: About
    score: float
    reasons: tuple[str, ...]
    points: dict[str, float]
    signs: tuple[Sign, ...]


class AboutScorer:
    """Judges an article."""

    def __init__(self, profile: Profile, weights: dict[str, Any]) -> None:
        self.province = profile.province.lower()
        self.weights = weights

    def __call__(self, doc: Doc) -> Doc:
        signs = tuple(find_signs(doc._.reading, doc))
        doc._.about = self.judge(doc._.reading, signs)
        return doc

    def judge(self, reading: Reading, signs: tuple[Sign, ...]) -> AboutResult:
        """Add up the signs and compare us with the strongest other region."""
        totals: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        reasons: dict[str, float] = defaultdict(float)
        for sign in signs:
            where, points = self.weigh(reading, sign)
            totals[sign.region][where] += points
            name = "ours" if sign.region == OURS else sign.region
            reasons[f"{name}: {sign.weaker + ' ' if sign.weaker else ''}{sign.kind} in {where}"] += points
        bound = self.weights["bounds"]
        points = {
            region: sum(part if where != "body" else min(part, bound["body"]) for where, part in parts.items())
            for region, parts in totals.items()
        }
        ours = points.get(OURS, 0.0)
        other = max((value for region, value in points.items() if region != OURS), default=0.0)
        margin = ours - bound["other"] * other
        label: About = "subject" if margin >= bound["subject"] else "incidental"
        if not is_named(reading, signs):
            label = "none"
        score = 0.0 if label == "none" else 1 / (1 + math.exp(-bound["slope"] * (margin - bound["subject"])))
        listed = sorted(reasons.items(), key=lambda item: -item[1])[:8]
        return AboutResult(
            label, round(score, 3), tuple(f"{why} ({value:+.1f})" for why, value in listed), points, signs
        )

    def weigh(self, reading: Reading, sign: Sign) -> tuple[str, float]:
        """Return where a sign stands and its points."""
        weights = self.weights
        if reading.dateline[0] <= sign.start < reading.dateline[1]:
            where = "dateline"
        elif sign.start < reading.body:
            where = "title"
        else:
            where = "lead" if reading.paragraph[sign.start] == reading.paragraph[reading.body] else "body"
        points = weights["position"][where] * (weights["kind"][sign.kind] if where != "dateline" else 1.0)
        if sign.weaker:
            points *= weights["weaker"][sign.weaker]
        if sign.medium:
            points *= weights["weaker"]["medium"]
        if sign.region == self.province:
            points *= weights["weaker"]["province"]
        return where, points


def is_named(reading: Reading, signs: tuple[Sign, ...]) -> bool:
    """Tell whether we are named at all: persons prove nothing, one place with namesakes neither, two such places do."""
    ours = [sign for sign in signs if sign.region == OURS and sign.kind != "person"]
    vague = {" ".join(reading.low[sign.start : sign.end]) for sign in ours if sign.medium and sign.kind == "place"}
    return len(vague) > 1 or any(not sign.medium for sign in ours)


def find_signs(reading: Reading, doc: Doc) -> Iterator[Sign]:
    """Yield the signs of an article, one per name; credits give none."""
    used: set[int] = set()
    for office in doc._.offices:
        used.update(range(office.start, office.end))
        if office.start >= reading.credits[0]:
            continue
        region = office.region
        own = any(claim.own for claim in office.claims)
        if region is not None and region.id and region.level not in {"nation", "foreign"}:
            vague = region.level == "site" and is_vague(reading, region)
            yield Sign(
                region.id, "office", office.start, office.end, region.level, find_weakness(reading, office.start), vague
            )
        elif own:
            yield Sign(OURS, "office", office.start, office.end, weaker=find_weakness(reading, office.start))
    for number, match in enumerate(reading.matches):
        if match.start in used or match.start >= reading.credits[0]:
            continue
        sign = read_sign(reading, number)
        if sign is not None:
            yield sign


def is_vague(reading: Reading, site: RegionAt) -> bool:
    """Tell whether the place behind a site office has namesakes elsewhere ("Camat X")."""
    places = [place for match in reading.matches if site.start <= match.start < site.end for place in match.of_places()]
    return bool(places) and all(place.ambiguity != "low" for place in places)


def read_sign(reading: Reading, number: int) -> Sign | None:
    """Return what one match outside office phrases says."""
    match = reading.matches[number]
    for meaning in match.meanings:
        if isinstance(meaning, NotOurs):
            return Sign(meaning.region.lower(), "district", match.start, match.end) if meaning.region else None
    if any(isinstance(meaning, Epithet) for meaning in match.meanings):
        return Sign(OURS, "office", match.start, match.end)
    region = next((m for m in match.meanings if isinstance(m, Region)), None)
    place = next((m for m in match.meanings if isinstance(m, Place)), None)
    person = next((m for m in match.meanings if isinstance(m, Named)), None)
    if place is not None and place.ambiguity != "high" and place.via != "short":
        if region_behind(reading, match.end) not in {None, OURS}:
            return None
        return Sign(OURS, "place", match.start, match.end, "site", "", place.ambiguity == "medium")
    if region is not None and region.level not in {"nation", "foreign"}:
        kind = reading.low[match.start - 1] if match.start else ""
        explicit = region.strong or kind in {"kabupaten", "kab.", "kota", "pemkab"}
        if not region.bare and not explicit:
            return None
        ruled = kind in RULERS or (kind in {"terpilih", "sekarang"} and reading.low[match.start - 2] in RULERS)
        if is_company(reading, match.start):
            return None
        weaker = "list" if is_listed(reading, number) else find_weakness(reading, match.start - ruled)
        name = "office" if ruled else "district" if region.level == "district" else "region" if explicit else "bare"
        return Sign(region.id, name, match.start, match.end, region.level, weaker)
    if person is not None and person.person.ours and not person.person.common and person.via != "short":
        return Sign(OURS, "person", match.start, match.end, "person", "past")
    return None


def region_behind(reading: Reading, end: int) -> str | None:
    """Return the regency named right behind a place ("X, Kecamatan Y, Kabupaten Z"), the nearest one."""
    for at in range(end, min(end + 6, len(reading.words))):
        if not reading.same_sentence(end - 1, at):
            return None
        if reading.words[at][:1].islower() and reading.low[at] not in REGION_WORDS:
            return None
        found = region_at(reading, at)
        if found is not None:
            return found.id if found.level == "regency" or found.id == OURS else None
    return None


def is_listed(reading: Reading, number: int) -> bool:
    """Tell whether a region stands in an enumeration of regions."""
    return any(_joins(reading, *pair) for pair in ((number - 1, number), (number, number + 1)))


def _joins(reading: Reading, left: int, right: int) -> bool:
    if left < 0 or right >= len(reading.matches):
        return False
    one, other = reading.matches[left], reading.matches[right]
    if not all(any(isinstance(m, Region) and m.level != "province" for m in match.meanings) for match in (one, other)):
        return False
    between = reading.low[one.end : other.start]
    ends = {"\n", "\n\n"} & set(between)
    plain = all(word in _FILLERS or word[0].isdigit() or word.startswith("rp") or "\n" in word for word in between)
    return 0 < len(between) <= 7 and plain and (not ends or any(word[0].isdigit() for word in between))


def find_weakness(reading: Reading, start: int) -> str:
    """Return "past" or "origin" when the words before a name say that it is only someone's past or origin."""
    before = reading.low[max(start - 4, 0) : start]
    if PAST & set(before[-2:]):
        return "past"
    return "origin" if {"asal", "kelahiran", "putra", "putri", "perantau"} & set(before) else ""


def is_company(reading: Reading, start: int) -> bool:
    """Tell whether the name is part of a company's ("PT Fulan X Makmur")."""
    at = start
    while at > 0 and start - at < 4 and reading.words[at - 1][:1].isupper():
        at -= 1
        if reading.low[at] in {"pt", "pt.", "cv", "cv.", "ksu", "kud", "hotel"}:
            return True
    return False


@Language.factory("about", requires=["doc.spans"], default_config={"profile": "", "weights": {}})
def make_about(nlp: Language, name: str, profile: str, weights: dict[str, Any]) -> AboutScorer:
    """Build the component; ``weights`` replace those of ``data/about.toml`` when given."""
    return AboutScorer(load_profile(profile), weights or load_table("about"))
