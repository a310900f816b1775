"""Assembles a month's report from stored rows; pure, so that the same rows always give the same report.

Reading is ``monitor.report.gather``'s, counting ``monitor.report.counting``'s; stories, issues and releases are
``monitor.report.events``'.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from zoneinfo import ZoneInfo

from db.queries.lines import ROLES
from db.rows import Row, group_by
from monitor.clock import find_today, localise
from monitor.digest.stories import group_stories
from monitor.names import Names
from monitor.report.counting import (
    count_days,
    count_earned_tones,
    count_months,
    count_outlets,
    count_speakers,
    count_tags,
    count_weeks,
    find_silent_outlets,
)
from monitor.report.dataset import Entry, Issue, Outage, Report, Totals
from monitor.report.events import build_issues, build_releases, build_stories
from monitor.report.gather import Facts
from monitor.report.quality import Quality
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
    tags, through = group_by(facts.tags, itemgetter("article_id")), min(month.last, today)
    entries = tuple(build_entry(row, tags.get(row["id"], ()), zone) for row in facts.articles)
    groups = group_stories(sorted(entries, key=lambda entry: (entry.at, entry.id)))
    by_opd = count_tags("opd", entries, facts, names.opd, quality)
    return Report(
        profile=profile.id,
        regency=profile.name,
        office=find_office(profile, through),
        timezone=zone.key,
        month=str(month),
        complete=month.last < today,
        through=through.isoformat(),
        totals=_build_totals(facts, entries, len(groups)),
        tones=count_earned_tones(entries),
        days=tuple(count_days(entries, month.first, through)),
        weeks=tuple(count_weeks(entries)),
        months=tuple(count_months(facts)),
        pillars=tuple(count_tags("pillar", entries, facts, names.pillars, quality, every=True)),
        opd=tuple(by_opd),
        silent_opd=tuple(find_silent(profile, names, {line.id for line in by_opd}, through)),
        places=tuple(count_tags("place", entries, facts, names.places, quality, every=True)),
        stories=tuple(build_stories(groups)),
        outlets=tuple(count_outlets(entries, facts)),
        silent_outlets=tuple(find_silent_outlets(facts, chosen)),
        speakers=tuple(count_speakers(facts, entries, names)),
        releases=tuple(build_releases(entries, facts.copies)),
        issues=(issues := tuple(_build_issues(facts, groups, tags, names, zone))),
        neighbours=tuple(facts.neighbours) if any(n for _, n in facts.neighbours) else (),
        outages=tuple(_build_outage(row, zone) for row in facts.outages),
        outlets_chosen=len(chosen),
        outlets_unread=len(facts.unread & set(chosen)),
        quality=quality.to_json() if quality else None,
        articles=entries,
        notes=dict(notes),
        names=(used := _name_tags(entries, issues, names)),
        no_agencies=tuple(line.id for line in by_opd if line.id in names.no_agencies),
        short={key: names.short[key] for key in used if key in names.short},
        began_on=facts.began_at and localise(facts.began_at, zone)[:10],
    )


def _build_outage(row: Row, zone: ZoneInfo) -> Outage:
    until = row["resolved_at"] and localise(row["resolved_at"], zone)
    return Outage(row["outlet_name"], row["kind"], localise(row["since"], zone), until)


def _build_issues(
    facts: Facts, groups: Iterable[Sequence[Entry]], tags: Mapping[int, Sequence[Row]], names: Names, zone: ZoneInfo
) -> list[Issue]:
    quotes = (*facts.quotes, *facts.later_quotes)
    heard = {row["article_id"] for row in quotes if row["opd"] and row["opd"] not in names.outside}
    later = group_by((build_entry(row, (), zone) for row in facts.later), lambda entry: entry.story or 0)
    blamed = {
        key: {tag["id"] for tag in own if tag["what"] == "opd" and tag["tone"] == "negatif"}
        for key, own in tags.items()
    }
    answered = {key: localise(at, zone) for key, at in facts.answered.items()}
    heirs = names.heirs_on(find_today(zone, facts.now))
    began = {row["story"]: localise(row["published_at"], zone) for row in reversed(facts.earlier)}
    return build_issues(groups, later, heard, blamed, names.outside, answered, heirs, began)


def _name_tags(entries: Iterable[Entry], issues: Iterable[Issue], names: Names) -> dict[str, str]:
    used = {key for entry in entries for key in (*entry.opd, *entry.pillars)}
    used.update(key for issue in issues for key in issue.opd)
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
        withdrawn=bool(row["withdrawn_at"]),
    )


def find_office(profile: Profile, day: date) -> str:
    """Return the name of the office that informs the public on ``day``, or the government's name."""
    bodies = [opd for opd in profile.opd if INFORMATION & set(opd.office) and opd.period.covers(day)]
    return bodies[0].name if bodies else f"Pemerintah {profile.name}"


def find_silent(profile: Profile, names: Names, heard: set[str], day: date) -> list[str]:
    """Return the names of the offices that stand on ``day``, carry out the pillars and were not in the press, under the
    name of one that they follow neither.
    """
    heirs = names.heirs_on(day)
    heard = heard.union(*(heirs.get(key, ()) for key in heard))
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
        copies=sum(entry.channel == "earned" and not entry.independent for entry in entries),
        stories=stories,
        outlets=len({entry.outlet for entry in entries}),
        newsrooms=len({entry.outlet for entry in entries if entry.independent}),
        quotes=sum(row["direct"] for row in facts.quotes),
        month_before=months[str(facts.month.shift(-1))],
        year_before=months[str(facts.month.shift(-12))],
        not_annotated=facts.not_annotated,
        told_before=facts.told_before,
    )
