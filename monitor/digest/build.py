"""Assembles an edition's dataset from stored rows; pure, so that the same rows always give the same edition.

Reading the rows is ``monitor.digest.gather``'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from db.rows import Row
from monitor.clock import localise, parse_instant
from monitor.digest.counting import count_channel_tones, count_opd, count_pillars, count_totals
from monitor.digest.dataset import Attention, Base, Dataset, Gap, Item, Pickup, Release, stamp_dataset
from monitor.digest.items import build_item
from monitor.digest.stories import build_attention, build_stories, find_urgency, group_by_story
from monitor.digest.waiting import find_answers, find_waiting, note_heard
from monitor.digest.window import Window
from monitor.names import Names
from monitor.releases import list_releases


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything an edition is built from, as read in one snapshot of the store."""

    window: Window
    now: datetime
    rows: Sequence[Row]  # articles seen or published in the window's hours, published JSON form
    related: Sequence[Row] = ()  # articles of any time of the stories that the window touches
    copies: Sequence[Row] = ()  # of any of these articles, whenever published
    untold: Sequence[Row] = ()  # articles of earlier editions' hours that no edition has told of
    baseline: Sequence[Base] = ()  # the same weekday of the weeks before
    gaps: Sequence[Gap] = ()
    watched: tuple[int, int] = (0, 0)  # outlets read since the window began, outlets chosen
    answered: Mapping[int, str] = field(default_factory=dict)  # articles that people said are answered, since when
    earlier: Sequence[Row] = ()  # negative ones of the ``days`` before the window, and what belongs to their stories
    days: int = 0


def build_dataset(facts: Facts, profile: str, regency: str, zone: ZoneInfo, names: Names) -> Dataset:
    """Return the frozen dataset of one edition."""
    window, heirs = facts.window, names.heirs_on(facts.now.astimezone(zone).date())
    inside = [*(row for row in facts.rows if window.holds(*_times(row))), *facts.untold]
    late = [row for row in facts.rows if window.found_late(*_times(row))]
    rows = {row["id"]: row for row in (*inside, *late, *facts.related, *facts.earlier)}
    built = {key: build_item(row, names, zone) for key, row in rows.items()}
    items = [built[row["id"]] for row in inside]
    about = sorted((item for item in items if item.about == "subject"), key=lambda item: (item.published_at, item.id))
    related = [built[row["id"]] for row in facts.related]
    stories = build_stories(about, names, _find_beginnings(related))
    urgent = _find_beginnings(item for item in related if find_urgency(item))
    settled = {item.id for item in about if item.withdrawn or item.id in facts.answered}
    open_, answered = ([item for item in about if (item.id in settled) == said] for said in (False, True))
    told = [row for row in (*inside, *facts.related) if parse_instant(row["published_at"]) < window.end]
    heard = find_answers(told, built, {}, names.outside, zone)
    return stamp_dataset(
        Dataset(
            id="",
            profile=profile,
            regency=regency,
            timezone=zone.key,
            day=window.day.isoformat(),
            edition=window.edition,
            start=window.start.astimezone(zone).isoformat(),
            end=window.end.astimezone(zone).isoformat(),
            complete=window.end <= facts.now,
            totals=count_totals(about, len(stories), sum(item.about == "incidental" for item in items), facts.baseline),
            baseline=tuple(facts.baseline),
            tone=count_channel_tones(about),
            attention=tuple(note_heard(build_attention(open_, urgent, names.outside, heirs), built, heard)),
            answered=tuple(build_attention(answered, urgent, names.outside, heirs)),
            waiting=tuple(_list_waiting(facts, built, about, names, zone)),
            waiting_days=facts.days,
            stories=tuple(stories),
            releases=tuple(_build_releases(about, facts.copies)),
            opd=tuple(count_opd(about, _find_acting(inside), names.opd)),
            pillars=tuple(count_pillars(about, names.pillars)),
            items=tuple(about),
            found_late=tuple(built[row["id"]] for row in late if built[row["id"]].about == "subject"),
            carried_over=tuple(sorted({row["id"] for row in facts.untold} & {item.id for item in about})),
            not_annotated=sum(row["annotator"] is None for row in inside),
            outlets_watched=facts.watched[0],
            outlets_chosen=facts.watched[1],
            gaps=tuple(replace(gap, since=gap.since and localise(gap.since, zone)) for gap in facts.gaps),
            names={**names.opd, **names.pillars},
            heirs={key: heirs[key] for key in sorted({one for item in about for one in item.opd} & heirs.keys())},
            short=dict(names.short),
        )
    )


def _list_waiting(
    facts: Facts, built: Mapping[int, Item], told: Sequence[Item], names: Names, zone: ZoneInfo
) -> list[Attention]:
    window, heirs = facts.window, names.heirs_on(facts.now.astimezone(zone).date())
    answers = find_answers(facts.earlier, built, facts.answered, names.outside, zone)
    before = [row["id"] for row in facts.earlier if window.precedes(parse_instant(row["published_at"]), facts.days)]
    return find_waiting([built[key] for key in before], told, answers, facts.answered, names.outside, heirs)


def _times(row: Row) -> tuple[datetime, datetime]:
    return parse_instant(row["published_at"]), parse_instant(row["first_seen_at"])


def _find_beginnings(items: Iterable[Item]) -> dict[int, str]:
    """Return when the first of the items of each story came out."""
    groups = group_by_story(item for item in items if item.about == "subject")
    return {group[0].story: group[0].published_at for group in groups if group[0].story is not None}


def _find_acting(rows: Iterable[Row]) -> set[tuple[int, str]]:
    return {(row["id"], entity["id"]) for row in rows for entity in row["opd"] if entity.get("role") == "actor"}


def _build_releases(about: Iterable[Item], copies: Iterable[Row]) -> Iterator[Release]:
    for item, taken in list_releases(about, copies):
        pickups = (Pickup(copy["outlet_name"], copy["url"], copy["share"], copy["latency_minutes"]) for copy in taken)
        yield Release(item.id, item.title, item.url, item.outlet_name, item.published_at, tuple(pickups))
