"""Assembles an edition's dataset from stored rows; pure, so that the same rows always give the same edition.

Reading the rows is ``monitor.digest.gather``'s.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from monitor.clock import parse_instant
from monitor.digest.dataset import CHANNELS, Dataset, Gap, Item, Pickup, Release, Row, Totals
from monitor.digest.items import ROLE_ORDER, build_item
from monitor.digest.stories import build_attention, build_stories, count_tones, is_independent
from monitor.digest.window import Window
from monitor.names import Names

StoredRow = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything an edition is built from, as read in one snapshot of the store."""

    window: Window
    now: datetime
    rows: Sequence[StoredRow]  # articles seen or published in the window's hours, published JSON form
    copies: Sequence[StoredRow] = ()  # later articles that may copy a release of the window
    baseline: Sequence[int] = ()  # articles about the regency on the same weekday of the weeks before
    gaps: Sequence[Gap] = ()
    watched: tuple[int, int] = (0, 0)  # outlets read since the window began, outlets chosen


def build_dataset(facts: Facts, profile: str, regency: str, zone: ZoneInfo, names: Names) -> Dataset:
    """Return the frozen dataset of one edition."""
    window = facts.window
    inside = [row for row in facts.rows if window.holds(*_times(row))]
    late = [row for row in facts.rows if window.found_late(*_times(row))]
    items = [build_item(row, names, zone) for row in inside]
    about = sorted((item for item in items if item.about == "subject"), key=lambda item: (item.published_at, item.id))
    opd, pillars = _count_opd(about, inside, names), _count_pillars(about, names)
    stories = build_stories(about, names)
    attention = build_attention(about)
    used = {key for story in stories for key in story.opd} | {key for entry in attention for key in entry.opd}
    return Dataset(
        profile=profile,
        regency=regency,
        timezone=zone.key,
        day=window.day.isoformat(),
        edition=window.edition,
        start=window.start.astimezone(zone).isoformat(),
        end=window.end.astimezone(zone).isoformat(),
        complete=window.end <= facts.now,
        totals=_build_totals(about, items, len(stories), facts.baseline),
        tone={channel: _count_channel_tones(about, channel) for channel in CHANNELS},
        attention=tuple(attention),
        stories=tuple(stories),
        releases=tuple(_build_releases(about, facts.copies)),
        opd=tuple(opd),
        pillars=tuple(pillars),
        items=tuple(about),
        found_late=tuple(item for row in late if (item := build_item(row, names, zone)).about == "subject"),
        not_annotated=sum(row.get("annotator") is None for row in inside),
        outlets_watched=facts.watched[0],
        outlets_chosen=facts.watched[1],
        gaps=tuple(facts.gaps),
        names={key: names.opd.get(key, key) for key in sorted(used)} | {row.id: row.name for row in (*opd, *pillars)},
    )


def _times(row: StoredRow) -> tuple[datetime, datetime]:
    return parse_instant(row["published_at"]), parse_instant(row["first_seen_at"])


def _build_totals(about: Sequence[Item], items: Sequence[Item], stories: int, baseline: Sequence[int]) -> Totals:
    channels = {channel: sum(item.channel == channel for item in about) for channel in CHANNELS}
    return Totals(
        articles=len(about),
        earned=channels["earned"],
        owned=channels["owned"],
        paid=channels["paid"],
        release_copies=sum(item.channel == "earned" and not is_independent(item) for item in about),
        outlets=len({item.outlet for item in about}),
        independent_newsrooms=len({item.outlet for item in about if is_independent(item)}),
        stories=stories,
        incidental=sum(item.about == "incidental" for item in items),
        baseline_mean=sum(baseline) / len(baseline) if baseline else None,
        baseline_days=len(baseline),
    )


def _count_channel_tones(about: Iterable[Item], channel: str) -> dict[str, int]:
    counts = count_tones(item for item in about if item.channel == channel)
    return {"n": sum(counts.values()), **counts}


def _count_opd(about: Sequence[Item], rows: Iterable[StoredRow], names: Names) -> list[Row]:
    acting = {
        (row["id"], entity["id"])
        for row in rows
        for entity in row.get("opd") or []
        if ROLE_ORDER.get(entity.get("role") or "", 1) == 0
    }
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in about:
        for key in item.opd:
            groups[key].append(item)
    rows_of = [
        _build_row(key, names.name_of("opd", key), group, sum((item.id, key) in acting for item in group))
        for key, group in groups.items()
    ]
    return sorted(rows_of, key=lambda row: (-row.articles, row.name))


def _count_pillars(about: Sequence[Item], names: Names) -> list[Row]:
    groups: dict[str, list[Item]] = {key: [] for key in names.pillars}
    for item in about:
        for key in item.pillars:
            groups.setdefault(key, []).append(item)
    rows = [_build_row(key, names.name_of("pillar", key), group, len(group)) for key, group in groups.items()]
    return rows if about else []


def _build_row(key: str, name: str, group: Sequence[Item], actor: int) -> Row:
    earned = [item for item in group if item.channel == "earned"]
    counts = {channel: sum(item.channel == channel for item in group) for channel in CHANNELS}
    return Row(key, name, len(group), counts["earned"], counts["owned"], counts["paid"], actor, count_tones(earned))


def _build_releases(about: Sequence[Item], later: Iterable[StoredRow]) -> list[Release]:
    """List the government's own articles with the copies that other outlets made of them, whenever they came."""
    copies: dict[int, dict[int, Pickup]] = defaultdict(dict)
    for row in later:
        if copy := row.get("copy_of"):
            name = row.get("outlet_name") or row["outlet"]
            copies[copy["id"]][row["id"]] = Pickup(name, row["url"], copy["share"], copy.get("latency_minutes"))
    return [
        Release(item.id, item.title, item.url, item.outlet_name, item.published_at, tuple(copies[item.id].values()))
        for item in about
        if item.copy_of is None and (item.channel == "owned" or (item.kind == "release" and item.id in copies))
    ]
