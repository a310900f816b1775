"""Reads what an edition is built from, in one snapshot of the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from db.connection import Store, reading
from db.corrections import find_answered
from db.findings import find_findings, find_last_reads
from db.outlets import find_outlets
from db.queries.articles import count_articles, find_ids, read_articles
from db.queries.editions import find_told
from db.queries.filters import ArticleFilter
from db.queries.month import load_copies_of
from db.queries.newsrooms import count_newsrooms
from db.rows import Row
from db.runs import find_beginning
from monitor.clock import parse_instant
from monitor.digest.build import Facts
from monitor.digest.dataset import Base, Gap
from monitor.digest.window import DAILY, PROMPT, Window
from monitor.jobs import GATHERING
from monitor.watch import NO_LOSS

WEEKS = 7  # how many of the same weekdays before make the base for comparison
WEEK = timedelta(days=7)
USUAL_DAYS = 28  # before an outlet was lost: what it usually brings
PATIENCE = timedelta(hours=26)  # the slowest outlets are read once a day: younger success is no gap
SAME_RUN = timedelta(hours=1)  # a finding is renewed by each run: articles read so shortly before came in spite of it
SPANS = ("tone", "opd_tone")  # the places in the text that an edition quotes: what makes an article urgent
UNREAD = "unread"  # kind of a gap without finding: nothing was read of the outlet, and nobody knows why


def load_facts(
    store: Store, window: Window, chosen: Sequence[str], now: datetime, earlier: Sequence[Window] = (), days: int = 0
) -> Facts:
    """Read articles, what belongs to their stories, the base for comparison and the outlets that were not watched.

    ``chosen`` are the ids of the outlets that the profile watches, ``earlier`` the editions before this one:
    articles they did not tell of (annotated too late, or the edition was missed) are told now, so that none is lost.
    Of so many ``days`` before is read what may still wait for an answer.
    """
    with reading(store):
        rows = _load_rows(store, window)
        untold = _load_untold(store, window, earlier)
        inside = {row["id"]: row for row in [*rows, *untold]}
        related, copies = _load_related(store, inside), load_copies_of(store, list(inside))
        watched, gaps = _check_outlets(store, window, chosen, now)
        baseline, waiting = _load_baseline(store, window), _load_waiting(store, window, days)
        answered = find_answered(store)
        return Facts(window, now, rows, related, copies, untold, baseline, gaps, watched, answered, waiting, days)


def _load_rows(store: Store, window: Window) -> list[Row]:
    published = _read_others(store, ArticleFilter(since=window.start, until=window.end), {})
    if window.edition == DAILY:
        return list(published.values())
    seen = ArticleFilter(seen_since=window.start, seen_until=window.end)
    return list((published | _read_others(store, seen, published)).values())


def _load_untold(store: Store, window: Window, earlier: Sequence[Window]) -> list[Row]:
    """Return what the editions since the earliest frozen one of ``earlier`` did not tell of, frozen or missed."""
    found = [find_told(store, before.edition, before.day) for before in earlier]
    count = max((place for place, ids in enumerate(found, 1) if ids is not None), default=0)
    if not count:
        return []
    told = {key for ids in found for key in ids or ()}
    span = ArticleFilter(seen_since=earlier[count - 1].start, seen_until=window.start, about=("subject",))
    missed = [key for key in find_ids(store, span) if key not in told]
    rows = read_articles(store, missed, SPANS)
    times = [(row, parse_instant(row["published_at"]), parse_instant(row["first_seen_at"])) for row in rows]
    return [row for row, published, seen in times if any(before.holds(published, seen) for before in earlier[:count])]


def _load_waiting(store: Store, window: Window, days: int) -> list[Row]:
    """Return newsrooms' negative articles of the days before, and what else was told of their stories at any time."""
    if not days:
        return []
    since = window.start - timedelta(days=days)
    wanted = ArticleFilter(since=since, until=window.start, about=("subject",), channels=("earned",), negative=True)
    found = _read_others(store, wanted, {})
    return list((found | {row["id"]: row for row in _load_related(store, found)}).values())


def _load_related(store: Store, known: Mapping[int, Row]) -> list[Row]:
    """Return the articles of any time that share a story with those ``known``."""
    stories = tuple(sorted({row["story"] for row in known.values() if row["story"] is not None}))
    return list(_read_others(store, ArticleFilter(stories=stories), known).values()) if stories else []


def _read_others(store: Store, wanted: ArticleFilter, known: Mapping[int, Row]) -> dict[int, Row]:
    """Return the articles wanted by id, in order of publication, without reading those ``known`` again."""
    ids = find_ids(store, wanted)
    others = [key for key in ids if key not in known]
    found = {**known, **{row["id"]: row for row in read_articles(store, others, SPANS)}}
    return {key: found[key] for key in ids if key in found}


def _load_baseline(store: Store, window: Window) -> list[Base]:
    """Count articles on the weekdays before. Left out is what was not watched: a week without any article, on
    whatever, and one before gathering began, of which a first look finds little.
    """
    bases, began = [], find_beginning(store, GATHERING)
    for weeks in range(WEEKS, 0, -1):
        since, until = window.start - weeks * WEEK, window.end - weeks * WEEK
        if began and since < parse_instant(began):
            continue
        about = ArticleFilter(since=since, until=until, about=("subject",))
        count = count_articles(store, about)
        if count or count_articles(store, ArticleFilter(since=since - PROMPT, until=until + PROMPT)):
            day = window.day - weeks * WEEK
            bases.append(Base(day.isoformat(), count, count_newsrooms(store, about) if count else 0))
    return bases


def _check_outlets(
    store: Store, window: Window, chosen: Sequence[str], now: datetime
) -> tuple[tuple[int, int], list[Gap]]:
    outlets = {row["id"]: row for row in find_outlets(store) if row["kind"] != "aggregator"}
    gaps: dict[str, Gap] = {}
    findings = [row for row in find_findings(store) if row["outlet"] in outlets]  # the longest standing first
    since = min((parse_instant(row["last_at"]) for row in findings), default=now) - SAME_RUN
    reads = find_last_reads(store, {row["outlet"] for row in findings}, since)
    for finding in findings:  # one line per outlet
        outlet = outlets[finding["outlet"]]
        if finding["outlet"] in gaps or parse_instant(finding["since"]) >= window.end:
            continue
        read = reads.get(finding["outlet"])
        partly = bool(read and parse_instant(read) >= parse_instant(finding["last_at"]) - SAME_RUN)
        if not (partly and finding["kind"] in NO_LOSS):
            gap = _build_gap(store, window, outlet, finding["kind"], finding["since"], now)
            gaps[finding["outlet"]] = replace(gap, partly=True, missing=None) if partly else gap
    reached = [
        key
        for key in chosen
        if (row := outlets.get(key))
        and row["last_success_at"]
        and parse_instant(row["last_success_at"]) >= min(window.start, window.end - PATIENCE, now)
    ]
    for key in chosen:
        if key not in gaps and key not in reached:
            outlet = outlets.get(key) or {"id": key, "name": key, "last_success_at": None}
            gaps[key] = _build_gap(store, window, outlet, UNREAD, outlet["last_success_at"], now)
    return (len(reached), len(chosen)), list(gaps.values())


def _build_gap(store: Store, window: Window, outlet: Row, kind: str, since: str | None, now: datetime) -> Gap:
    """Return the gap with how many articles the outlet would have brought, by its mean of the weeks before it."""
    lost = max(parse_instant(since), window.start) if since else window.start
    before = parse_instant(since) if since else window.start
    usual = ArticleFilter(
        since=before - timedelta(days=USUAL_DAYS), until=before, outlets=(outlet["id"],), about=("subject",)
    )
    count = count_articles(store, usual)
    days = max(min(window.end, now) - lost, timedelta()) / timedelta(days=1)
    missing = count / USUAL_DAYS * days if count else None
    return Gap(outlet["id"], outlet["name"], kind, since, None if missing is None else round(missing, 2))
