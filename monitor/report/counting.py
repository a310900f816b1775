"""Counts a month's entries: per day, week and month, per office, pillar and place, per outlet and per speaker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from operator import attrgetter, itemgetter
from statistics import median

from db.rows import Row, group_by
from monitor.digest.stories import count_tones
from monitor.names import Names
from monitor.report.dataset import Entry, Line, OutletLine, Period, Speaker
from monitor.report.gather import Facts
from monitor.report.quality import Quality, estimate


def count_earned_tones(entries: Iterable[Entry]) -> dict[str, int]:
    """Count newsrooms' articles per tone; paid and government articles have no say."""
    return count_tones(entry.tone for entry in entries if entry.channel == "earned")


def _period(key: str, entries: Sequence[Entry]) -> Period:
    counts = Counter(entry.channel for entry in entries)
    return Period(key, counts["earned"], counts["owned"], counts["paid"], count_earned_tones(entries))


def count_days(entries: Sequence[Entry], first: date, last: date) -> Iterable[Period]:
    """Yield the counts of every day, also where there is no article."""
    groups = group_by(entries, lambda entry: entry.at[:10])
    for number in range((last - first).days + 1):
        key = (first + timedelta(days=number)).isoformat()
        yield _period(key, groups.get(key, ()))


def _monday_of(entry: Entry) -> str:
    day = date.fromisoformat(entry.at[:10])
    return (day - timedelta(days=day.weekday())).isoformat()


def count_weeks(entries: Sequence[Entry]) -> Iterable[Period]:
    """Return the counts of the weeks that have articles, by their Mondays."""
    groups = group_by(entries, _monday_of)
    return (_period(key, groups[key]) for key in sorted(groups))


def count_months(facts: Facts) -> Iterable[Period]:
    """Yield the counts of this month and the twelve before."""
    counts = {(row["month"], row["channel"]): row["articles"] for row in facts.months}
    for back in range(-12, 1):
        key = str(facts.month.shift(back))
        earned, owned, paid = (counts.get((key, channel), 0) for channel in ("earned", "owned", "paid"))
        yield Period(key, earned, owned, paid, {}, key in facts.watched)


def count_tags(
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
    tagged |= group_by((tag for tag in facts.tags if tag["what"] == what), itemgetter("id"))
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


def count_outlets(entries: Sequence[Entry], facts: Facts) -> list[OutletLine]:
    """Return a line per outlet, those with most articles first."""
    timed = (row for row in facts.articles if row["latency_minutes"] is not None and row["channel"] == "earned")
    latencies = {
        outlet: round(median(row["latency_minutes"] for row in rows))
        for outlet, rows in group_by(timed, itemgetter("outlet")).items()
    }
    groups, lines = group_by(entries, attrgetter("outlet")), []
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
                copies=sum(entry.channel == "earned" and not entry.independent for entry in group),
                latency_minutes=latencies.get(key),
                tones=period.tones,
                month_before=facts.outlets_before.get(key, 0),
            )
        )
    return sorted(lines, key=lambda line: (-line.articles, line.name, line.id))


def find_silent_outlets(facts: Facts, chosen: Sequence[str]) -> list[tuple[str, int]]:
    """Return the outlets without any article that had some in the month before, on whatever, with how many."""
    silent = [key for key in sorted({*chosen, *facts.read_before}) if not facts.outlets_now.get(key)]
    found = [(facts.outlet_names.get(key, key), facts.read_before.get(key, 0)) for key in silent]
    return sorted((pair for pair in found if pair[1]), key=lambda pair: (-pair[1], pair[0]))


def count_speakers(facts: Facts, entries: Sequence[Entry], names: Names) -> list[Speaker]:
    """Return the people quoted, those with most direct quotations first."""
    outlet_of = {entry.id: entry.outlet for entry in entries}
    groups = group_by((row for row in facts.quotes if row["speaker"] is not None), itemgetter("speaker"))
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
