"""Counts as they leave the office: what was asked, the rows with names, the totals, and the articles behind them.

The counting itself is ``db.queries.counts``; every format is written from the same ``Counts``, so that they agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from db.connection import Store, reading
from db.queries.counts import TIME_DIMENSIONS, count_by, list_by
from db.queries.filters import ArticleFilter
from db.queries.lines import ROLES
from db.queries.names import find_headlines, find_outlet_names
from db.rows import Row
from monitor.clock import find_now, localise, parse_instant
from monitor.names import Names
from nlp.profile import Profile

NAMED = ("opd", "person", "speaker", "pillar", "place", "outlet", "story")
LISTED = 20_000  # lines of articles that a workbook takes unasked: more of them take longer than all else
AS_ROLES = tuple(f"as_{role}" for role in ROLES)
OF_TAGS = (*AS_ROLES, "in_headline")  # numbers that only some dimensions have


@dataclass(frozen=True, slots=True)
class Counts:
    """What a question gave. Rows of tags overlap, so ``total`` is counted by itself and is no sum of them."""

    dimensions: tuple[str, ...]
    since: date | None
    until: date | None  # included
    eras: str  # merged, kept
    rows: tuple[Row, ...]
    total: Row
    articles: tuple[Row, ...]  # those behind each number, when they were asked for
    unlisted: int = 0  # lines of articles that would have been too many

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns that say something: roles only where OPDs are counted."""
        if not self.rows:
            return self.dimensions
        return tuple(key for key in self.rows[0] if any(row[key] is not None for row in self.rows))


def build_merge(profile: Profile) -> dict[str, str]:
    """Map each office that has successors to the one that stands today; where it was divided, to the first named."""
    heirs = {opd.id: opd.successors[0] for opd in profile.opd if opd.successors}
    merge = {}
    for old in heirs:
        new, seen = heirs[old], {old}
        while new in heirs and new not in seen:
            seen.add(new)
            new = heirs[new]
        merge[old] = new
    return merge


def build_counts(
    store: Store,
    dimensions: Sequence[str],
    wanted: ArticleFilter,
    names: Names,
    zone: ZoneInfo,
    merge: Mapping[str, str] | None = None,
    *,
    with_articles: bool = False,
    most: int | None = None,
) -> Counts:
    """Count articles by ``dimensions``; ``merge`` holds the offices counted under their successor.

    A dimension of time puts the rows in its order, else the largest come first; days, weeks, months or years
    alone are complete, those without articles too. Of more than ``most`` lines of articles none is listed.
    Raises db.queries.counts.UnknownDimension.
    """
    shift = (parse_instant(wanted.until.isoformat()) if wanted.until else find_now()).astimezone(zone).utcoffset()
    stories: Sequence[int] = ()
    with reading(store):
        rows, total = count_by(store, dimensions, wanted, shift=shift or timedelta(), merge=merge)
        times = [name for name in dimensions if name in TIME_DIMENSIONS]
        if times:
            rows = sorted(rows, key=lambda row: tuple(row[name] for name in times))
        if len(dimensions) == 1 and times:
            rows = fill_gaps(rows, times[0], total, *find_bounds(wanted, zone))
        lines = sum(row["articles"] for row in rows) if with_articles else 0
        unlisted = lines if most is not None and lines > most else 0
        listed = list_by(store, dimensions, wanted, shift=shift or timedelta(), merge=merge) if lines > unlisted else []
        if "story" in dimensions:
            stories = sorted({row["story"] for row in rows if row["story"]})
        registries: dict[str, dict[Any, str]] = {
            "outlet": find_outlet_names(store) if "outlet" in dimensions else {},
            "story": find_headlines(store, stories),
        }
    for row in listed:
        row["published_at"] = localise(row["published_at"], zone)
    return Counts(
        tuple(dict.fromkeys(dimensions)),
        wanted.since.astimezone(zone).date() if wanted.since else None,
        (wanted.until - timedelta(seconds=1)).astimezone(zone).date() if wanted.until else None,
        "merged" if merge else "kept",
        tuple(name_rows(rows, dimensions, names, registries)),
        total,
        tuple(name_rows(listed, dimensions, names, registries)),
        unlisted,
    )


def find_bounds(wanted: ArticleFilter, zone: ZoneInfo) -> tuple[date | None, date | None]:
    """Return the first and the last day asked for, None where none was; a day that has not come is not counted."""
    now = find_now()
    if wanted.since and wanted.since > now:
        return None, None
    until = wanted.until and min(wanted.until - timedelta(seconds=1), now).astimezone(zone).date()
    return wanted.since and wanted.since.astimezone(zone).date(), until


def fill_gaps(
    rows: Sequence[Row], unit: str, total: Row, since: date | None = None, until: date | None = None
) -> list[Row]:
    """Return rows in order of time, with a row of zeros for every ``unit`` (day, week, month, year) that has none.

    They reach from ``since`` to ``until``, or from the first row to the last; ``total`` gives the columns.
    """
    found = {row[unit]: row for row in rows}
    keys = sorted([*found, *(name_period(day, unit) for day in (since, until) if day)])
    filled, current = [], keys[0] if keys else "0"
    while keys and current <= keys[-1]:
        filled.append(found.get(current) or {unit: current, **{key: _zero(key) for key in total}})
        current = step(current, unit)
    return filled


def name_period(day: date, unit: str) -> str:
    """Return the day, Monday, month or year of a day, as counts write it."""
    if unit == "week":
        return (day - timedelta(days=day.weekday())).isoformat()
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]]


def step(key: str, unit: str) -> str:
    """Return the day, Monday, month or year after ``key``, written alike."""
    if unit == "year":
        return f"{int(key) + 1:04d}"
    if unit == "month":
        year, month = map(int, key.split("-"))
        return f"{year + month // 12:04d}-{month % 12 + 1:02d}"
    return (date.fromisoformat(key) + timedelta(days=7 if unit == "week" else 1)).isoformat()


def _zero(key: str) -> int | None:
    return None if key in OF_TAGS else 0


def name_rows(
    rows: Iterable[Mapping[str, Any]],
    dimensions: Sequence[str],
    names: Names,
    registries: Mapping[str, Mapping[Any, str]] | None = None,
) -> list[Row]:
    """Return the rows with a ``<dimension>_name`` after each id that has a name."""
    named = []
    for row in rows:
        wide: Row = {}
        for key, value in row.items():
            wide[key] = value
            if key in dimensions and key in NAMED:
                known = (registries or {}).get(key, {})
                kind = "person" if key == "speaker" else key
                wide[f"{key}_name"] = None if value is None else known.get(value) or names.name_of(kind, str(value))
        named.append(wide)
    return named
