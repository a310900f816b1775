"""What one edition says, frozen: facts without wording, so that chat, mail, PDF and workspace show the same numbers.

Built by ``monitor.digest.build``, worded by ``monitor.render``. The id is a hash of the facts: same facts, same id.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

Channel = Literal["earned", "owned", "paid"]
CHANNELS: tuple[Channel, ...] = ("earned", "owned", "paid")
TONES = ("positif", "netral", "negatif")


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
    opd: tuple[str, ...]  # ids, those that act first
    opd_negative: tuple[str, ...]  # ids towards which the article is negative
    pillars: tuple[str, ...]
    places: tuple[str, ...]
    speakers: tuple[str, ...]  # names as a reader knows them
    story: int | None
    copy_of: int | None  # article id whose text this one takes over
    copy_share: float | None  # 0 to 1


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one event, earliest first."""

    id: int | None
    headline: str
    url: str
    first_at: str
    articles: tuple[int, ...]
    outlets: tuple[str, ...]  # names, in order of publication
    independent: int  # newsrooms that reported themselves
    channels: dict[str, int]
    tones: dict[str, int]
    opd: tuple[str, ...]
    pillars: tuple[str, ...]
    speakers: tuple[str, ...]
    why: tuple[str, ...]  # codes, most telling first: negative, harsh_headline, spread, leader, release, paid


@dataclass(frozen=True, slots=True)
class Attention:
    """Something that wants an answer: the rule that found it, the articles, the OPD that should answer, since when."""

    rule: Literal["negative", "harsh_headline"]
    headline: str
    url: str
    outlets: tuple[str, ...]
    articles: tuple[int, ...]
    opd: tuple[str, ...]
    since: str
    evidence: str | None


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
    """An outlet that could not be watched, and since when."""

    outlet: str
    outlet_name: str
    kind: str
    since: str | None


@dataclass(frozen=True, slots=True)
class Totals:
    """Headline numbers; all but ``incidental`` count articles that are about the regency."""

    articles: int
    earned: int
    owned: int
    paid: int
    release_copies: int  # earned articles that take a release over
    outlets: int
    independent_newsrooms: int
    stories: int
    incidental: int
    baseline_mean: float | None  # articles on the same weekday, mean of the weeks before
    baseline_days: int


@dataclass(frozen=True, slots=True)
class Dataset:
    """One edition."""

    profile: str
    regency: str
    timezone: str
    day: str
    edition: str
    start: str
    end: str
    complete: bool  # False while the hours still run
    totals: Totals
    tone: dict[str, dict[str, int]]  # channel -> n and the count of each tone
    attention: tuple[Attention, ...]
    stories: tuple[Story, ...]
    releases: tuple[Release, ...]
    opd: tuple[Row, ...]
    pillars: tuple[Row, ...]
    items: tuple[Item, ...]
    found_late: tuple[Item, ...]
    not_annotated: int  # articles of these hours that no annotation has seen yet
    outlets_watched: int  # read successfully since the hours began
    outlets_chosen: int
    gaps: tuple[Gap, ...]
    names: dict[str, str]  # of every OPD and pillar id used above

    def to_json(self) -> dict[str, Any]:
        """Return the JSON-able form, the id first."""
        return {"id": self.id, **asdict(self)}

    @property
    def id(self) -> str:
        """Profile, day, edition and a hash of all facts."""
        facts = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False).encode()
        return f"{self.profile}-{self.day}-{self.edition}-{hashlib.sha256(facts).hexdigest()[:10]}"
