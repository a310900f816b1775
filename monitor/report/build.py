"""Assembles a month's report from stored rows; pure, so that the same rows always give the same report.

Reading is ``monitor.report.gather``'s; stories, issues and releases are ``monitor.report.events``'.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from db.queries.lines import ROLES
from monitor.clock import find_today, localise
from monitor.digest.stories import count_tones, group_stories
from monitor.names import Names
from monitor.report.dataset import Entry, Issue, Line, Outage, OutletLine, Period, Report, Speaker, Totals
from monitor.report.events import build_issues, build_releases, build_stories
from monitor.report.gather import Facts, Row
from monitor.report.quality import Quality, estimate
from nlp.profile import Profile

INFORMATION = {"kominfo", "kominfo-statistik", "perhubungan-kominfo"}  # kinds of office that report on the press


def build_report(
    facts: Facts,
    profile: Profile,
    zone: ZoneInfo,
    names: Names,
    chosen: Sequence[str],
    notes: Mapping[str, str],
    quality: Quality | None = None,
) -> Report:
    """Return the frozen report of one month."""
    month, today = facts.month, find_today(zone, facts.now)
    tags = _by_article(facts.tags)
    entries = tuple(build_entry(row, tags[row["id"]], zone) for row in facts.articles)
    groups = group_stories(sorted(entries, key=lambda entry: (entry.at, entry.id)))
    by_opd = _lines("opd", entries, facts, names.opd, quality)
    pillars = _lines("pillar", entries, facts, names.pillars, quality, every=True)
    through = min(month.last, today)
    return Report(
        profile=profile.id,
        regency=profile.name,
        office=find_office(profile, through),
        timezone=zone.key,
        month=str(month),
        complete=month.last < today,
        through=through.isoformat(),
        totals=_build_totals(facts, entries, len(groups)),
        tones=_count_tones(entries),
        days=tuple(_build_days(entries, month.first, through)),
        weeks=tuple(_build_weeks(entries)),
        months=tuple(_build_months(facts)),
        pillars=tuple(pillars),
        opd=tuple(by_opd),
        silent_opd=tuple(find_silent(profile, names, {line.id for line in by_opd}, through)),
        places=tuple(_lines("place", entries, facts, names.places, quality, every=True)),
        stories=tuple(build_stories(groups)),
        outlets=tuple(_build_outlets(entries, facts)),
        silent_outlets=tuple(_find_silent_outlets(facts, chosen)),
        speakers=tuple(_build_speakers(facts, entries, names)),
        releases=tuple(build_releases(facts.articles, entries, facts.copies)),
        issues=tuple(_build_issues(facts, groups, tags, names, zone)),
        neighbours=tuple(facts.neighbours) if any(n for _, n in facts.neighbours) else (),
        outages=tuple(_build_outage(row, zone) for row in facts.outages),
        outlets_chosen=len(chosen),
        outlets_unread=len(facts.unread & set(chosen)),
        quality=quality.to_json() if quality else None,
        articles=entries,
        notes=dict(notes),
        names=(used := _name_tags(entries, names)),
        short={key: names.short[key] for key in used if key in names.short},
    )


def _build_outage(row: Row, zone: ZoneInfo) -> Outage:
    until = row["resolved_at"] and localise(row["resolved_at"], zone)
    return Outage(row["outlet_name"], row["kind"], localise(row["since"], zone), until)


def _build_issues(
    facts: Facts, groups: Iterable[Sequence[Entry]], tags: Mapping[int, Sequence[Row]], names: Names, zone: ZoneInfo
) -> list[Issue]:
    quoted = {row["article_id"] for row in facts.quotes if row["opd"]}
    blamed = {
        key: {tag["id"] for tag in own if tag["what"] == "opd" and tag["tone"] == "negatif"}
        for key, own in tags.items()
    }
    answered = {key: localise(at, zone) or at for key, at in facts.answered.items()}
    return build_issues(groups, quoted, blamed, names.outside, answered)


def _name_tags(entries: Iterable[Entry], names: Names) -> dict[str, str]:
    used = {key for entry in entries for key in (*entry.opd, *entry.pillars)}
    return {key: names.opd.get(key) or names.pillars.get(key) or key for key in sorted(used)}


def build_entry(row: Row, tags: Sequence[Row], zone: ZoneInfo) -> Entry:
    """Turn a stored article and its tags into an entry."""
    opd = sorted(
        (tag for tag in tags if tag["what"] == "opd"),
        key=lambda tag: (ROLES.index(tag["role"] or "mentioned"), tag["id"]),
    )
    return Entry(
        id=row["id"],
        at=localise(row["published_at"], zone),
        outlet=row["outlet"],
        outlet_name=row["outlet_name"],
        title=row["title"],
        byline=row["byline"],
        url=row["url"],
        kind=row["kind"] or "reporting",
        channel=row["channel"],
        tone=row["tone"] or "netral",
        headline_tone=row["headline_tone"] or "netral",
        story=row["story"],
        copy_of=row["source_id"],
        opd=tuple(tag["id"] for tag in opd),
        pillars=tuple(tag["id"] for tag in tags if tag["what"] == "pillar"),
        sha256=row["sha256"],
    )


def _count_tones(entries: Iterable[Entry]) -> dict[str, int]:
    """Count newsrooms' articles per tone; paid and government articles have no say."""
    return count_tones(entry.tone for entry in entries if entry.channel == "earned")


def find_office(profile: Profile, day: date) -> str:
    """Return the name of the office that informs the public on ``day``, or the government's name."""
    bodies = [opd for opd in profile.opd if INFORMATION & set(opd.office) and opd.period.covers(day)]
    return bodies[0].name if bodies else f"Pemerintah {profile.name}"


def find_silent(profile: Profile, names: Names, heard: set[str], day: date) -> list[str]:
    """Return the names of the offices that stand on ``day``, carry out the pillars and were not in the press."""
    kinds = {"dinas", "badan", "sekretariat", "inspektorat", "kecamatan"}
    silent = (o for o in profile.opd if o.kind in kinds and o.id not in heard and o.period.covers(day))
    return [names.name_of("opd", opd.id) for opd in silent]


def _build_totals(facts: Facts, entries: Sequence[Entry], stories: int) -> Totals:
    channels = Counter(entry.channel for entry in entries)
    months: Counter[str] = Counter()
    for row in facts.months:
        months[row["month"]] += row["articles"]
    return Totals(
        articles=len(entries),
        earned=channels["earned"],
        owned=channels["owned"],
        paid=channels["paid"],
        copies=sum(entry.channel == "earned" and entry.copy_of is not None for entry in entries),
        stories=stories,
        outlets=len({entry.outlet for entry in entries}),
        newsrooms=len({entry.outlet for entry in entries if entry.independent}),
        quotes=sum(row["direct"] for row in facts.quotes),
        month_before=months[str(facts.month.shift(-1))],
        year_before=months[str(facts.month.shift(-12))],
        not_annotated=facts.not_annotated,
    )


def _period(key: str, entries: Sequence[Entry]) -> Period:
    counts = Counter(entry.channel for entry in entries)
    return Period(key, counts["earned"], counts["owned"], counts["paid"], _count_tones(entries))


def _build_days(entries: Sequence[Entry], first: date, last: date) -> Iterable[Period]:
    groups = defaultdict(list)
    for entry in entries:
        groups[entry.at[:10]].append(entry)
    for number in range((last - first).days + 1):
        key = (first + timedelta(days=number)).isoformat()
        yield _period(key, groups[key])


def _build_weeks(entries: Sequence[Entry]) -> Iterable[Period]:
    groups = defaultdict(list)
    for entry in entries:
        day = date.fromisoformat(entry.at[:10])
        groups[(day - timedelta(days=day.weekday())).isoformat()].append(entry)
    return (_period(key, groups[key]) for key in sorted(groups))


def _build_months(facts: Facts) -> Iterable[Period]:
    counts = {(row["month"], row["channel"]): row["articles"] for row in facts.months}
    for back in range(-12, 1):
        key = str(facts.month.shift(back))
        earned, owned, paid = (counts.get((key, channel), 0) for channel in ("earned", "owned", "paid"))
        yield Period(key, earned, owned, paid, {}, key in facts.watched)


def _lines(
    what: str,
    entries: Sequence[Entry],
    facts: Facts,
    names: Mapping[str, str],
    quality: Quality | None,
    every: bool = False,
) -> list[Line]:
    """Count by a kind of tag; ``every`` keeps the ids of the profile that no article has."""
    by_id = {entry.id: entry for entry in entries}
    tagged: dict[str, list[Row]] = {key: [] for key in names} if every else {}
    for tag in facts.tags:
        if tag["what"] == what:
            tagged.setdefault(tag["id"], []).append(tag)
    quoted = Counter[tuple[int, str]]()  # an office's own quotations; of a pillar or place all in its articles
    for row in facts.quotes:
        quoted[row["article_id"], (row["opd"] or "") if what == "opd" else ""] += row["direct"]
    lines = []
    for key, tags in tagged.items():
        group = [by_id[tag["article_id"]] for tag in tags]
        period, roles = _period(key, group), Counter(tag["role"] for tag in tags)
        lines.append(
            Line(
                key,
                names.get(key, key),
                len(group),
                period.earned,
                period.owned,
                period.paid,
                period.tones,
                actor=roles["actor"],
                mentioned=roles["mentioned"],
                attendee=roles["attendee"],
                headline=sum(bool(tag["in_title"]) for tag in tags),
                quotes=sum(quoted[tag["article_id"], key if what == "opd" else ""] for tag in tags),
                stories=len({entry.story if entry.story is not None else -entry.id for entry in group}),
                likely=estimate(len(group), what, quality),
            )
        )
    return sorted(lines, key=lambda line: (-line.articles, line.name, line.id))


def _build_outlets(entries: Sequence[Entry], facts: Facts) -> list[OutletLine]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.outlet].append(entry)
    latencies: dict[str, list[int]] = defaultdict(list)
    for row in facts.articles:
        if row["latency_minutes"] is not None and row["channel"] == "earned":
            latencies[row["outlet"]].append(row["latency_minutes"])
    lines = []
    for key, group in groups.items():
        period = _period(key, group)
        lines.append(
            OutletLine(
                key,
                group[0].outlet_name,
                len(group),
                period.earned,
                period.owned,
                period.paid,
                independent=sum(entry.independent for entry in group),
                copies=sum(entry.channel == "earned" and entry.copy_of is not None for entry in group),
                latency_minutes=round(median(latencies[key])) if latencies[key] else None,
                tones=period.tones,
                month_before=facts.outlets_before.get(key, 0),
            )
        )
    return sorted(lines, key=lambda line: (-line.articles, line.name, line.id))


def _find_silent_outlets(facts: Facts, chosen: Sequence[str]) -> list[tuple[str, int]]:
    silent = [key for key in sorted({*chosen, *facts.outlets_before}) if not facts.outlets_now.get(key)]
    found = [(facts.outlet_names.get(key, key), facts.outlets_before.get(key, 0)) for key in silent]
    return sorted((pair for pair in found if pair[1]), key=lambda pair: (-pair[1], pair[0]))


def _build_speakers(facts: Facts, entries: Sequence[Entry], names: Names) -> list[Speaker]:
    outlet_of = {entry.id: entry.outlet for entry in entries}
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in facts.quotes:
        if row["speaker"] is not None:
            groups[row["speaker"]].append(row)
    speakers = [
        Speaker(
            key,
            names.name_of("person", key),
            sum(row["direct"] for row in rows),
            len({row["article_id"] for row in rows}),
            len({outlet_of[row["article_id"]] for row in rows}),
        )
        for key, rows in groups.items()
    ]
    return sorted(speakers, key=lambda s: (-s.direct, -s.articles, s.name, s.id))


def _by_article(tags: Iterable[Row]) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for tag in tags:
        groups[tag["article_id"]].append(tag)
    return groups
