"""What an evaluation looks at, read in one snapshot of the store, and the hit that a rule makes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from db.alerts import find_busy_hours, find_fresh, load_moments
from db.connection import Store, reading
from db.queries.articles import iter_articles
from db.queries.filters import ArticleFilter
from db.rows import Row
from monitor.alerts.rules import Rules, Spike
from monitor.clock import parse_instant
from monitor.names import Names
from monitor.office import Office
from nlp.profile import Profile

REVISED_DAYS = 30  # how old an article may be to which a notice is added


@dataclass(frozen=True, slots=True)
class Evidence:
    """Stored articles and what is needed to read them."""

    now: datetime
    zone: ZoneInfo
    names: Names
    profile: Profile
    rows: Sequence[Row]  # fresh articles and all of their stories, published JSON form
    fresh: Mapping[int, datetime]  # id -> when its present version appeared
    moments: Sequence[Row] = ()  # light rows of the base of spikes (``db.alerts.load_moments``)
    busy_hours: frozenset[str] = frozenset()  # UTC hours in which anything was gathered

    def is_fresh(self, row: Mapping[str, Any], hours: int) -> bool:
        """Say whether an article's present version appeared in the last ``hours``."""
        moment = self.fresh.get(row["id"])
        return moment is not None and moment >= self.now - timedelta(hours=hours)


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that fired: on what, which articles show it, and the numbers that it went by."""

    rule: str
    tier: str
    kind: str
    about: Literal["story", "volume", "notice"]
    target: str  # what the cool-down goes by: opd:<id>, leader:<id>, all, story
    headline: str
    url: str | None
    articles: tuple[int, ...]
    facts: dict[str, Any] = field(default_factory=dict)

    def to_row(self) -> dict[str, Any]:
        """Return the row that the store keeps; the kind of rule is one of its facts."""
        row = asdict(self)
        return {**row, "facts": {"kind": row.pop("kind"), **row["facts"]}}


def load_evidence(store: Store, office: Office, rules: Rules, now: datetime) -> Evidence:
    """Read what the rules look at as of ``now``: nothing published later counts."""
    active = [rule for rule in rules.rule if rule.enabled]
    spikes = [rule for rule in active if isinstance(rule, Spike)]
    hours = max((rule.hours for rule in active if not isinstance(rule, Spike)), default=1)
    days = max((rule.base_days for rule in spikes), default=0) + 1
    with reading(store):
        since = now - timedelta(hours=hours)
        appeared = find_fresh(store, since, now, now - timedelta(days=REVISED_DAYS))
        recent = list(iter_articles(store, ArticleFilter(ids=tuple(appeared)))) if appeared else []
        stories = tuple(sorted({row["story"] for row in recent if row["story"] is not None}))
        members = iter_articles(store, ArticleFilter(stories=stories, until=now, withdrawn=False)) if stories else ()
        rows = {row["id"]: row for row in (*recent, *members)}
        moments = load_moments(store, now - timedelta(days=days), now) if spikes else []
        busy = find_busy_hours(store, now - timedelta(days=days), now) if spikes else set()
    ordered = sorted(rows.values(), key=lambda row: (parse_instant(row["published_at"]), row["id"]))
    fresh = {article_id: parse_instant(moment) for article_id, moment in appeared.items()}
    return Evidence(now, office.zone, office.names, office.profile, ordered, fresh, moments, frozenset(busy))
