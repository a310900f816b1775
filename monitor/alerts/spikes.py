"""Rules on numbers: more articles in some hours than the same hours of the days before lead one to expect. Pure.

The base is the office's own: for a window that ends now, the windows that ended at this time of day on each of the
last days. Hour of the day is in it by construction; the day of the week by asking for more than on any same weekday.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean, pvariance

from db.rows import Row
from monitor.alerts.evidence import Evidence, Hit
from monitor.alerts.rules import Spike
from monitor.clock import parse_instant

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Base:
    """What to expect: counts of the same hours on earlier days that were watched."""

    mean: float
    deviation: float  # at least that of a Poisson count, so that a quiet base does not make every article a spike
    days: int
    same_weekday: int  # most on any same weekday


def check_spike(rule: Spike, evidence: Evidence) -> Iterator[Hit]:
    """Find what has more articles in the last hours than expected; silent while the base is too short."""
    rows = [row for row in evidence.moments if _counts(rule, row)]
    keys = ["all"] if rule.per == "all" else sorted({key for row in rows for key in row["opd"]})
    for key in keys:
        own = rows if key == "all" else [row for row in rows if key in row["opd"]]
        start = evidence.now - timedelta(hours=rule.window_hours)
        inside = [row for row in own if parse_instant(row["published_at"]) >= start]
        if len(inside) < rule.least_articles:
            continue
        base = build_base(rule, [parse_instant(row["published_at"]) for row in own], evidence)
        if base is None or not is_spike(rule, len(inside), base):
            continue
        yield _build_hit(rule, key, inside, base, evidence)


def is_spike(rule: Spike, count: int, base: Base) -> bool:
    """Say whether a count is beyond what the base lets one expect."""
    return count > base.mean + rule.deviations * base.deviation and count > base.same_weekday


def build_base(rule: Spike, moments: Sequence[datetime], evidence: Evidence) -> Base | None:
    """Count ``moments`` (sorted) in the same hours of the days before; None when too few of those were watched."""
    length = timedelta(hours=rule.window_hours)
    counts: dict[int, int] = {}
    for back in range(1, rule.base_days + 1):
        end = evidence.now - back * DAY
        if _was_watched(evidence, end):
            counts[back] = bisect_left(moments, end) - bisect_left(moments, end - length)
    if len(counts) < rule.least_days:
        return None
    mean = fmean(counts.values())
    deviation = max(pvariance(counts.values()), mean, 1.0) ** 0.5
    return Base(mean, deviation, len(counts), max((n for back, n in counts.items() if back % 7 == 0), default=0))


def _was_watched(evidence: Evidence, end: datetime) -> bool:
    """Say whether anything at all was gathered in the day up to ``end``."""
    return any((end - timedelta(hours=back)).strftime("%Y-%m-%dT%H") in evidence.busy_hours for back in range(24))


def _counts(rule: Spike, row: Row) -> bool:
    if row["channel"] != "earned" or (rule.tone and row["tone"] != rule.tone):
        return False
    return rule.count == "earned" or (row["kind"] == "reporting" and not row["copied"])


def _build_hit(rule: Spike, key: str, inside: Sequence[Row], base: Base, evidence: Evidence) -> Hit:
    target = key if key == "all" else f"opd:{key}"
    name = evidence.profile.name if key == "all" else evidence.names.name_of("opd", key)
    facts = {
        "count": len(inside),
        "hours": rule.window_hours,
        "tone": rule.tone,
        "mean": round(base.mean, 2),
        "deviation": round(base.deviation, 2),
        "days": base.days,
        "same_weekday": base.same_weekday,
        "stories": len({row["story"] if row["story"] is not None else -row["id"] for row in inside}),
        "since": evidence.now.astimezone(evidence.zone).isoformat(),
    }
    articles = tuple(row["id"] for row in inside)
    return Hit(rule.id, rule.tier, rule.kind, "volume", target, name, None, articles, facts)
