"""Reads what an edition is built from, in one snapshot of the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from db.connection import Store, reading
from db.findings import find_findings
from db.outlets import find_outlets
from db.queries.articles import count_articles, iter_articles
from db.queries.filters import ArticleFilter
from monitor.clock import parse_instant
from monitor.digest.build import Facts, StoredRow
from monitor.digest.dataset import Gap
from monitor.digest.window import DAILY, PROMPT, Window

WEEKS = 7  # how many of the same weekdays before make the base for comparison
WEEK = timedelta(days=7)


def load_facts(store: Store, window: Window, chosen: Sequence[str], now: datetime) -> Facts:
    """Read articles, copies of releases, the base for comparison and the outlets that were not watched.

    ``chosen`` are the ids of the outlets that the profile watches.
    """
    with reading(store):
        rows = _load_rows(store, window)
        stories = tuple(sorted({row["story"] for row in rows if row.get("story") is not None}))
        copies = [row for row in _load_stories(store, stories) if row.get("copy_of")]
        watched, gaps = _check_outlets(store, window, chosen)
        return Facts(window, now, rows, copies, _count_baseline(store, window), gaps, watched)


def _load_rows(store: Store, window: Window) -> list[StoredRow]:
    published = {row["id"]: row for row in iter_articles(store, ArticleFilter(since=window.start, until=window.end))}
    if window.edition == DAILY:
        return list(published.values())
    seen = iter_articles(store, ArticleFilter(seen_since=window.start, seen_until=window.end))
    return list((published | {row["id"]: row for row in seen}).values())


def _load_stories(store: Store, stories: tuple[int, ...]) -> list[StoredRow]:
    return list(iter_articles(store, ArticleFilter(stories=stories))) if stories else []


def _count_baseline(store: Store, window: Window) -> list[int]:
    """Count articles on the weekdays before; a week without any article, on whatever, was not watched: left out."""
    counts = []
    for weeks in range(1, WEEKS + 1):
        since, until = window.start - weeks * WEEK, window.end - weeks * WEEK
        about = count_articles(store, ArticleFilter(since=since, until=until, about=("subject",)))
        if about or count_articles(store, ArticleFilter(since=since - PROMPT, until=until + PROMPT)):
            counts.append(about)
    return counts


def _check_outlets(store: Store, window: Window, chosen: Sequence[str]) -> tuple[tuple[int, int], list[Gap]]:
    outlets = {row["id"]: row for row in find_outlets(store)}
    reached = [
        parse_instant(row["last_success_at"]) for key in chosen if (row := outlets.get(key)) and row["last_success_at"]
    ]
    gaps: dict[str, Gap] = {}
    for finding in find_findings(store):  # the longest standing first: one line per outlet
        outlet = outlets.get(finding["outlet"])
        if outlet and finding["outlet"] not in gaps and parse_instant(finding["since"]) < window.end:
            gaps[finding["outlet"]] = Gap(finding["outlet"], outlet["name"], finding["kind"], finding["since"])
    return (sum(moment >= window.start for moment in reached), len(chosen)), list(gaps.values())
