"""What one edition says, frozen: facts without wording, so that chat, mail, PDF and workspace show the same numbers.

Built by ``monitor.digest.build``, worded by ``monitor.render``. The id holds a hash of the facts: same facts, same id.
It is computed once and kept, so that a frozen edition shows the id it went out with whatever later versions add.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter

Channel = Literal["earned", "owned", "paid"]
CHANNELS: tuple[Channel, ...] = ("earned", "owned", "paid")
TONES = ("positif", "netral", "negatif")
Urgency = Literal["complaint", "negative", "harsh_headline"]  # rules by which an article wants attention


@dataclass(frozen=True, slots=True)
class Item:
    """One article of the edition; times are ISO 8601 in the profile's timezone."""

    id: int
    url: str
    outlet: str
    outlet_name: str
    title: str
    published_at: str
    kind: str
    channel: Channel
    about: str
    tone: str
    headline_tone: str
    tone_evidence: str | None
    complaint: bool  # its tone rests on words of complaint or accusation
    opd: tuple[str, ...]  # ids, those that act first
    opd_negative: tuple[str, ...]  # ids towards which the article is negative
    pillars: tuple[str, ...]
    places: tuple[str, ...]
    speakers: tuple[str, ...]  # names as a reader knows them
    story: int | None
    copy_of: int | None  # article id whose text this one takes over
    copy_share: float | None  # 0 to 1
    withdrawn: bool = False  # by its outlet


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one event, earliest first."""

    id: int | None
    headline: str
    url: str
    first_at: str
    began_at: str  # the first article of the story in the store, which may lie before the edition
    articles: tuple[int, ...]
    outlets: tuple[str, ...]  # names, in order of publication
    independent: int  # newsrooms that reported themselves
    channels: dict[str, int]
    tones: dict[str, int]
    opd: tuple[str, ...]
    pillars: tuple[str, ...]
    speakers: tuple[str, ...]
    why: tuple[str, ...]  # codes, most telling first: WEIGHT of ``monitor.digest.stories``


@dataclass(frozen=True, slots=True)
class Attention:
    """Something that wants an answer: the rule that found it, the articles, the OPD that should answer, since when."""

    rule: Urgency
    headline: str
    url: str
    outlets: tuple[str, ...]
    articles: tuple[int, ...]
    opd: tuple[str, ...]
    since: str
    evidence: str | None
    former: dict[str, tuple[str, ...]] = field(default_factory=dict)  # OPD -> those that it follows, meant at the time
    withdrawn: bool = False  # all its articles, by their outlets
    heard_at: str | None = None  # when the government was last heard in the story, if after all these articles


@dataclass(frozen=True, slots=True)
class Pickup:
    """A copy of a release: who, how much of it, how long after."""

    outlet_name: str
    url: str
    share: float
    latency_minutes: int | None


@dataclass(frozen=True, slots=True)
class Release:
    """A release of the government and who took it over; no pickups is a fact too."""

    article: int
    title: str
    url: str
    outlet_name: str
    published_at: str
    pickups: tuple[Pickup, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the OPD or pillar table; articles per channel, tone of the earned ones."""

    id: str
    name: str
    articles: int
    earned: int
    owned: int
    paid: int
    actor: int  # OPD acts in so many; for pillars equal to articles
    tones: dict[str, int]


@dataclass(frozen=True, slots=True)
class Gap:
    """An outlet that could not be watched, or (`partly`) not in full, and since when."""

    outlet: str
    outlet_name: str
    kind: str
    since: str | None
    missing: float | None = None  # articles it would have brought, by its mean of the weeks before; None: unknown
    partly: bool = False  # articles of it were read all the same


@dataclass(frozen=True, slots=True)
class Base:
    """The same hours on the same weekday of an earlier week."""

    day: str
    articles: int
    newsrooms: int  # that reported themselves


@dataclass(frozen=True, slots=True)
class Totals:
    """Headline numbers; all but ``incidental`` count articles that are about the regency."""

    articles: int
    earned: int
    owned: int
    paid: int
    release_copies: int  # earned articles that no newsroom wrote itself: releases, and copies of whatever
    outlets: int
    independent_newsrooms: int
    stories: int
    incidental: int
    baseline_mean: float | None  # articles on the same weekday, mean of the weeks before
    baseline_days: int
    newsrooms_mean: float | None = None  # likewise of independent newsrooms


@dataclass(frozen=True, slots=True)
class Dataset:
    """One edition; ``stamp_dataset`` gives it its id."""

    id: str
    profile: str
    regency: str
    timezone: str
    day: str
    edition: str
    start: str
    end: str
    complete: bool  # False while the hours still run
    totals: Totals
    baseline: tuple[Base, ...]  # earliest first
    tone: dict[str, dict[str, int]]  # channel -> n and the count of each tone
    attention: tuple[Attention, ...]
    stories: tuple[Story, ...]
    releases: tuple[Release, ...]
    opd: tuple[Row, ...]
    pillars: tuple[Row, ...]
    items: tuple[Item, ...]
    found_late: tuple[Item, ...]
    carried_over: tuple[int, ...]  # articles of earlier hours that no edition has told of, counted here
    not_annotated: int  # articles of these hours that no annotation has seen yet
    outlets_watched: int  # read successfully since the hours began
    outlets_chosen: int
    gaps: tuple[Gap, ...]
    names: dict[str, str]  # of every OPD and pillar of the profile, as they were then
    answered: tuple[Attention, ...] = ()  # what would want attention, were it not withdrawn or said to be answered
    waiting: tuple[Attention, ...] = ()  # of earlier days and not answered yet, the newest first
    waiting_days: int = 0  # how many days were looked back for it
    heirs: dict[str, tuple[str, ...]] = field(default_factory=dict)  # OPDs named that stand no more -> who follows them
    short: dict[str, str] = field(default_factory=dict)  # what OPDs of long names are called in a line of several

    def to_json(self) -> dict[str, Any]:
        """Return the JSON-able form, the id first."""
        return dict(_adapter().dump_python(self, mode="json"))

    def brief(self, key: str) -> str:
        """Return what an OPD or pillar is called where several stand in a line."""
        return self.short.get(key) or self.names.get(key, key)

    def name(self, keys: tuple[str, ...], most: int | None = None) -> str:
        """Return OPDs or pillars as one enumeration, beyond ``most`` how many more."""
        shown = ", ".join(map(self.brief, keys[:most]))
        return shown if most is None or len(keys) <= most else f"{shown} +{len(keys) - most}"


def stamp_dataset(data: Dataset) -> Dataset:
    """Give a dataset its id: profile, day, edition and a hash of all facts."""
    facts = _adapter().dump_json(replace(data, id=""))
    return replace(data, id=f"{data.profile}-{data.day}-{data.edition}-{hashlib.sha256(facts).hexdigest()[:10]}")


def parse_dataset(frozen: Mapping[str, Any]) -> Dataset:
    """Return a frozen dataset as it was; fields of other versions are left out.

    Raises pydantic.ValidationError (a ValueError) when a fact is missing that has no neutral value.
    """
    return _adapter().validate_python(dict(frozen))


@cache
def _adapter() -> TypeAdapter[Dataset]:
    return TypeAdapter(Dataset)
