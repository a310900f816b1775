"""Component ``about``: is the regency the subject, named in passing, or not there at all? An additive score with its
reasons.

Every name of ours and of other regions gives points by where it stands (title, lead, body, dateline) and what it is
(an office that acts, a bare name, one of an enumeration, someone's birthplace). Weights are data
(``data/about.toml``). Guards give none.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotation import About
from nlp.components.about_signs import Sign, find_signs, follows_name
from nlp.components.elsewhere import find_elsewhere
from nlp.extensions import notes_of
from nlp.lexicon import OURS
from nlp.profile import Profile, load_profile
from nlp.reading import Reading
from nlp.tables import load_table


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
        notes = notes_of(doc)
        notes.elsewhere = find_elsewhere(notes.reading)
        signs = tuple(find_signs(notes.reading, doc))
        notes.about = self.judge(notes.reading, signs, len(notes.tags["refused"]))
        return doc

    def judge(self, reading: Reading, signs: tuple[Sign, ...], guards: int) -> AboutResult:
        """Add up the signs and compare us with the strongest other region; ``guards`` counts names that mean something
        else.
        """
        reasons: dict[str, float] = defaultdict(float)
        parts: dict[tuple[str, str, int], float] = defaultdict(float)  # region, where, paragraph -> points
        for sign in signs:
            where, value = self.weigh(reading, sign)
            parts[sign.region, where, reading.paragraph[sign.start]] += value
            name = "ours" if sign.region == OURS else sign.region
            reasons[f"{name}: {sign.manner + ' ' if sign.manner else ''}{sign.kind} in {where}"] += value
        bound = self.weights["bounds"]
        points = self.add_up(parts)
        others = {region: value for region, value in points.items() if region != OURS}
        margin = points.get(OURS, 0.0) - bound["other"] * max(others.values(), default=0.0)
        needed: float = bound["subject"] if set(others) - {self.province} else bound["alone"]
        label: About = "subject" if margin >= needed else "incidental"
        if not is_named(reading, signs, margin >= bound["vague"], guards):
            label = "none"
        score = 0.0 if label == "none" else 1 / (1 + math.exp(-bound["slope"] * (margin - needed)))
        listed = sorted(reasons.items(), key=lambda item: -item[1])[:8]
        told = tuple(f"{why} ({value:+.1f})" for why, value in listed)
        return AboutResult(label, round(score, 3), told, points, signs)

    def add_up(self, parts: Mapping[tuple[str, str, int], float]) -> dict[str, float]:
        """Return the points by region: in the body a paragraph gives so much and no more, as does the body as a whole.

        Whom an article speaks of from paragraph to paragraph outweighs who is named thrice in one.
        """
        bound = self.weights["bounds"]
        body: dict[str, float] = defaultdict(float)
        points: dict[str, float] = defaultdict(float)
        for (region, where, _), value in parts.items():
            if where == "body":
                body[region] += min(value, bound["paragraph"])
            else:
                points[region] += value
        for region, value in body.items():
            points[region] += min(value, bound["body"])
        return dict(points)

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
        if sign.manner:
            points *= weights["manner"][sign.manner]
        if sign.medium:
            points *= weights["manner"]["medium"]
        if sign.region == self.province or (sign.level == "province" and sign.kind == "bare"):
            points *= weights["manner"]["province"]
        return where, points


def is_named(reading: Reading, signs: tuple[Sign, ...], strong: bool, guards: int) -> bool:
    """Tell whether we are named at all.

    Persons prove nothing. Places with namesakes elsewhere prove something when there are two of them or, with
    ``strong``, when they
    outweigh every other region. The bare name proves nothing where it follows first names only, nor once among
    homonyms.
    """
    ours = [sign for sign in signs if sign.region == OURS and sign.kind != "person"]
    clear = [sign for sign in ours if not sign.medium]
    if not clear:
        vague = {" ".join(reading.low[sign.start : sign.end]) for sign in ours if sign.kind == "place"}
        return len(vague) > 1 or (strong and bool(ours))
    bare = [
        sign for sign in clear if sign.kind == "bare" and not reading.dateline[0] <= sign.start < reading.dateline[1]
    ]
    if len(bare) < len(clear):
        return True
    body = [sign for sign in bare if sign.start >= reading.body]
    if body and any(follows_name(reading, sign.start) for sign in body):
        return False
    return not (len(bare) == 1 and guards > 1 and not bare[0].manner)


@Language.factory("about", default_config={"profile": "", "weights": {}})
def make_about(nlp: Language, name: str, profile: str, weights: dict[str, Any]) -> AboutScorer:
    """Build the component; ``weights`` replace those of ``data/about.toml`` when given."""
    return AboutScorer(load_profile(profile), weights or load_table("about"))
