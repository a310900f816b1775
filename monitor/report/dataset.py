"""What one monthly report says, frozen: facts without wording. Every format is written from this and nothing else.

The id is a hash of the facts: same facts, same id. All numbers count articles about the regency; paid, owned
(government) and earned are never added up into a tone or a ranking.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

Tones = dict[str, int]  # positif, netral, negatif -> articles


@dataclass(frozen=True, slots=True)
class Entry:
    """One article; ``at`` is ISO 8601 in the profile's timezone."""

    id: int
    at: str
    outlet: str
    outlet_name: str
    title: str
    byline: str | None
    url: str
    kind: str
    channel: str
    tone: str
    headline_tone: str
    story: int | None
    copy_of: int | None
    opd: tuple[str, ...]  # ids, those that act first
    pillars: tuple[str, ...]
    sha256: str | None
    withdrawn: bool = False  # by its outlet

    @property
    def independent(self) -> bool:
        """Whether a newsroom reported by itself: not bought, not the government's, no release and no copy of one."""
        return self.channel == "earned" and self.copy_of is None and self.kind == "reporting"


@dataclass(frozen=True, slots=True)
class Period:
    """Articles of a day or month by channel, and the tones of the earned ones."""

    key: str
    earned: int
    owned: int
    paid: int
    tones: Tones
    watched: bool = True  # False where nothing at all is stored: nobody looked

    @property
    def articles(self) -> int:
        """All channels together."""
        return self.earned + self.owned + self.paid


@dataclass(frozen=True, slots=True)
class Line:
    """One OPD, pillar or kecamatan."""

    id: str
    name: str
    articles: int
    earned: int
    owned: int
    paid: int
    tones: Tones  # of the earned
    actor: int = 0
    mentioned: int = 0
    attendee: int = 0
    headline: int = 0
    quotes: int = 0
    stories: int = 0
    likely: tuple[int, int] | None = None  # true number by the latest blind sample, 95 %


@dataclass(frozen=True, slots=True)
class OutletLine:
    """One outlet."""

    id: str
    name: str
    articles: int
    earned: int
    owned: int
    paid: int
    independent: int
    copies: int
    latency_minutes: int | None  # median after the text taken over, which may have come out later on its own page
    tones: Tones
    month_before: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """One person quoted."""

    id: str
    name: str
    direct: int
    articles: int
    outlets: int


@dataclass(frozen=True, slots=True)
class Step:
    """One article in a story's course."""

    at: str
    outlet_name: str
    title: str
    tone: str
    channel: str = "earned"


@dataclass(frozen=True, slots=True)
class Story:
    """One event with its course."""

    id: int | None
    headline: str
    url: str
    articles: int
    newsrooms: int  # that reported by themselves
    channels: Mapping[str, int]
    tones: Tones
    opd: tuple[str, ...]
    steps: tuple[Step, ...]  # the earliest
    last_at: str


@dataclass(frozen=True, slots=True)
class Release:
    """One release and who took it over, whenever: name, share of text, minutes after."""

    title: str
    outlet_name: str
    at: str
    url: str
    pickups: tuple[tuple[str, float, int | None], ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """A negative story: who should answer, since when, and whether the government has been heard in it since."""

    headline: str
    url: str
    since: str
    last_at: str
    opd: tuple[str, ...]
    articles: int
    newsrooms: int
    answered_at: str | None  # first answer; None while a negative article has none since
    withdrawn: bool = False  # all its negative articles, by their outlets
    former: dict[str, tuple[str, ...]] = field(default_factory=dict)  # OPD -> those that it follows, meant at the time

    @property
    def open(self) -> bool:
        """Whether it still wants an answer."""
        return self.answered_at is None and not self.withdrawn


@dataclass(frozen=True, slots=True)
class Outage:
    """A stretch of the month in which an outlet was not watched in full, in the profile's timezone; end None while it
    lasts.
    """

    outlet_name: str  # blank: all of them, as nothing was gathered at all
    kind: str
    since: str
    until: str | None


@dataclass(frozen=True, slots=True)
class Totals:
    """Headline numbers of the month."""

    articles: int
    earned: int
    owned: int
    paid: int
    copies: int  # earned articles that no newsroom wrote itself: releases, and copies of whatever
    stories: int
    outlets: int
    newsrooms: int  # that reported by themselves
    quotes: int
    month_before: int
    year_before: int
    not_annotated: int
    told_before: int | None = None  # articles of the month before by its last frozen report


@dataclass(frozen=True, slots=True)
class Report:
    """One month."""

    profile: str
    regency: str
    office: str  # who reports: the body in charge of information
    timezone: str
    month: str  # YYYY-MM
    complete: bool  # False while the month runs
    through: str  # last day counted, YYYY-MM-DD
    totals: Totals
    tones: Tones
    days: tuple[Period, ...]
    weeks: tuple[Period, ...]  # by their Monday
    months: tuple[Period, ...]  # the thirteen up to this one
    pillars: tuple[Line, ...]
    opd: tuple[Line, ...]
    silent_opd: tuple[str, ...]  # names
    places: tuple[Line, ...]
    stories: tuple[Story, ...]
    outlets: tuple[OutletLine, ...]
    silent_outlets: tuple[tuple[str, int], ...]  # name, articles of the month before, on whatever
    speakers: tuple[Speaker, ...]
    releases: tuple[Release, ...]
    issues: tuple[Issue, ...]
    neighbours: tuple[tuple[str, int], ...]  # name, headlines naming it; empty when none was stored
    outages: tuple[Outage, ...]
    outlets_chosen: int
    outlets_unread: int  # of those chosen, never read by a crawl
    quality: Mapping[str, Any] | None  # the latest blind sample
    articles: tuple[Entry, ...]
    notes: Mapping[str, str]  # of the staff, by section
    names: Mapping[str, str]  # of every OPD and pillar id used
    short: Mapping[str, str] = field(default_factory=dict)  # acronyms of those OPDs whose names are long
    no_agencies: tuple[str, ...] = ()  # ids of lines of `opd`: council, police, companies, the government as a whole
    frozen_id: str = ""  # of a report read again: the id it went out with, whatever later versions add
    began_on: str | None = ""  # day on which gathering began; None: it never did; blank in reports of older versions

    @property
    def id(self) -> str:
        """Profile, month and a hash of all facts, without the staff's notes and what is said of names: no counts."""
        if self.frozen_id:
            return self.frozen_id
        others = {"notes", "short", "no_agencies", "began_on", "frozen_id"}
        facts = {key: value for key, value in asdict(self).items() if key not in others}
        text = json.dumps(facts, sort_keys=True, ensure_ascii=False)
        return f"{self.profile}-{self.month}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"

    def to_json(self) -> dict[str, Any]:
        """Return the JSON-able form, the id first."""
        facts = asdict(self)
        del facts["frozen_id"]
        return {"id": self.id, **facts}
