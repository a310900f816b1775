"""What annotation takes and gives: a ``Source`` in, an ``Annotation`` out, with the characters that justify every tag.

Offsets count Unicode characters of ``title`` or ``text`` as given. ``to_json`` gives the published
form (README, "JSON"). Results are named tuples: an article has a hundred, and a frozen dataclass takes four times as
long to make.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

Where = Literal["title", "text"]
About = Literal["subject", "incidental", "none"]
Tone = Literal["positif", "netral", "negatif"]
Kind = Literal["reporting", "release", "advertorial"]
Role = Literal["actor", "mentioned", "attendee"]


@dataclass(frozen=True, slots=True)
class Source:
    """One article as the annotator needs it."""

    id: str
    title: str
    text: str
    published_at: datetime | None = None  # aware; decides eras and tenures; None means "today"
    outlet: str | None = None  # id or domain
    outlet_kind: str | None = None  # government, local, provincial, national, agency
    url: str | None = None
    byline: str | None = None
    markers: tuple[str, ...] = ()  # signs of paid or released content found on the page


class Evidence(NamedTuple):
    """Characters that justify a tag, and the rule or model that found them."""

    where: Where
    start: int
    end: int
    text: str
    rule: str = ""


class Mention(NamedTuple):
    """One mention of an OPD, an official or a place."""

    where: Where
    start: int
    end: int
    text: str
    via: str  # name, acronym, short, former, head, person; places: name, variant
    rule: str = ""


class Entity(NamedTuple):
    """An OPD, official or place with all its mentions; role is for OPDs."""

    id: str
    mentions: tuple[Mention, ...]
    role: Role | None = None


class Refused(NamedTuple):
    """Something that looks like an OPD, official or place of ours and is not, with the rule that refused it."""

    where: Where
    start: int
    end: int
    text: str
    reason: str


class PillarTag(NamedTuple):
    """A Smart City pillar, its score from 0 to 1, and the terms that gave it, or the words by which it was known."""

    id: str
    score: float
    evidence: tuple[Evidence, ...]


class ToneTag(NamedTuple):
    """Tone towards the regency government; score is the calibrated confidence, 0 to 1; review marks an abstention."""

    label: Tone
    score: float
    evidence: tuple[Evidence, ...] = ()
    review: bool = False


class Quote(NamedTuple):
    """A quotation without its marks; indirect marks paraphrase. start and end count characters of ``where``."""

    where: Where
    start: int
    end: int
    text: str
    speaker: str | None
    speaker_id: str | None
    opd: str | None
    verb: str | None
    indirect: bool = False
    rule: str = ""


class Annotation(NamedTuple):
    """Everything that the pipeline says about one article."""

    id: str
    kind: Kind
    about: About
    about_score: float
    about_reasons: tuple[str, ...]
    opd: tuple[Entity, ...]
    not_opd: tuple[Refused, ...]
    officials: tuple[Entity, ...]
    places: tuple[Entity, ...]
    pillars: tuple[PillarTag, ...]
    tone: ToneTag
    headline_tone: ToneTag
    quotes: tuple[Quote, ...]
    indirect: tuple[Quote, ...] = ()  # paraphrase ("menurut ..."), kept apart from quotes
    opd_tone: tuple[tuple[str, ToneTag], ...] = ()
    annotator: str = ""  # version of rules, models and profile

    def to_json(self) -> dict[str, Any]:
        """Return the published JSON form: ``where`` is written ``in``, absent roles are left out."""
        row: dict[str, Any] = _published(self)
        row["opd_tone"] = dict(row["opd_tone"])
        return row


def _published(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {
            ("in" if key == "where" else key): _published(inner)
            for key, inner in value._asdict().items()
            if not (key == "role" and inner is None)
        }
    return [_published(inner) for inner in value] if isinstance(value, tuple) else value
