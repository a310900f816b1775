"""Counts of articles by one or more dimensions, and the articles behind a number.

Only articles about the regency count (``about`` subject) unless the filter says otherwise; addresses that are not
ours are not articles and never do. Paid, owned and earned are three columns and are never added up:

- paid: marked as advertorial; owned: on a government outlet; earned: the rest, copies of releases among them.
- stories: independent events, an article without a story being one of its own.
- as_actor, as_mentioned, as_attendee: the role of the OPD of the row, filled when ``opd`` is a dimension.
- in_headline: the OPD, place or person of the row stands in the headline (None without such a dimension).
- positif, netral, negatif: the tone of earned articles, as in digest and report.
- quotes: direct quotations, of the OPD's, person's or speaker's own when that is a dimension.

``person`` are the persons whom an article names, ``speaker`` those whom it quotes, directly or not: by id where the
profile knows them, else by the name as printed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from db.connection import Store
from db.queries.filters import CHANNEL, FROM, ArticleFilter
from db.queries.lines import ROLES, TAGS, Articles, Column, Lines, Numbers, combine, load_articles, load_lines
from db.rows import LISTED, Row, fetch_rows

TIME_DIMENSIONS = ("day", "week", "month", "year")
PLAIN_DIMENSIONS = {
    "channel": CHANNEL,
    "outlet": "a.outlet",
    "outlet_kind": "COALESCE(o.kind, 'unknown')",
    "kind": "n.kind",
    "tone": "n.tone",
    "headline_tone": "n.headline_tone",
    "story": "a.story_id",
    "day": "date(a.published_at, {shift})",
    "week": "date(a.published_at, {shift}, 'weekday 0', '-6 days')",  # its Monday
    "month": "strftime('%Y-%m', a.published_at, {shift})",
    "year": "strftime('%Y', a.published_at, {shift})",
}
DIMENSIONS = (*TAGS, *PLAIN_DIMENSIONS)
TONES = ("positif", "netral", "negatif")
CHANNELS = ("paid", "owned", "earned")


class UnknownDimension(ValueError):
    """A dimension that articles cannot be counted by."""


def count_by(
    store: Store,
    dimensions: Sequence[str],
    wanted: ArticleFilter | None = None,
    *,
    shift: timedelta = timedelta(),
    merge: Mapping[str, str] | None = None,
) -> tuple[list[Row], Row]:
    """Count articles by ``dimensions`` (of DIMENSIONS), most articles first; return the rows, and the row of totals,
    which is the only one without any dimension.

    ``shift`` is the reader's offset from UTC, which decides where a day begins; ``merge`` maps OPD ids to the id they
    are counted under (successors). An article counts once in each row it belongs to: rows of tags do not add up to
    the total. Raises UnknownDimension.
    """
    articles, names = _load_articles(store, dimensions, wanted, shift)
    [total] = _count(articles, load_lines(store, articles, [], {}))
    return (_count(articles, load_lines(store, articles, names, merge or {})) if names else [total]), total


def list_by(
    store: Store,
    dimensions: Sequence[str],
    wanted: ArticleFilter | None = None,
    *,
    shift: timedelta = timedelta(),
    merge: Mapping[str, str] | None = None,
) -> list[Row]:
    """Return the articles behind every number of `count_by` with the same arguments: one row per key and article.

    Rows hold the dimensions, then ``id, published_at`` (UTC), ``outlet, outlet_name, channel, tone, title, url``, by
    key and time. Raises UnknownDimension.
    """
    articles, names = _load_articles(store, dimensions, wanted, shift)
    lines = load_lines(store, articles, names, merge or {})
    sql = (
        f"SELECT a.id, a.published_at, a.outlet, o.name AS outlet_name, {CHANNEL} AS channel, n.tone, t.title, a.url"
        f" {FROM} JOIN texts t ON t.article_id = a.id WHERE a.id IN {LISTED}"
        " ORDER BY a.published_at, a.id"
    )
    details = fetch_rows(store, sql, [json.dumps(articles.ids)])
    ranks = {row["id"]: rank for rank, row in enumerate(details)}
    of_lines = np.array([ranks[ident] for ident in articles.ids], np.int64)[lines.articles.codes]
    order = np.lexsort((of_lines, combine(lines.columns.values(), len(of_lines))))
    keys = [[column.values[code] for code in column.codes[order]] for column in lines.columns.values()]
    return [
        dict(zip(lines.columns, key, strict=True)) | details[rank]
        for *key, rank in zip(*keys, of_lines[order], strict=True)
    ]


def _load_articles(
    store: Store, dimensions: Sequence[str], wanted: ArticleFilter | None, shift: timedelta
) -> tuple[Articles, list[str]]:
    """Return the articles to count and the dimensions, once each. Raises UnknownDimension."""
    for name in dimensions:
        if name not in DIMENSIONS:
            raise UnknownDimension(f"cannot count by {name!r}; known are {', '.join(DIMENSIONS)}")
    names = list(dict.fromkeys(dimensions))
    minutes = f"'{int(shift.total_seconds() // 60):+d} minutes'"
    plain = {name: PLAIN_DIMENSIONS[name].format(shift=minutes) for name in names if name in PLAIN_DIMENSIONS}
    return load_articles(store, _subject_only(wanted or ArticleFilter()), plain), names


def _count(articles: Articles, lines: Lines) -> list[Row]:
    """Count lines by their values, most first, then by the values; without any there is one row."""
    keys = combine(lines.columns.values(), len(lines.quotes))
    found, first, rows = np.unique(keys, return_index=True, return_inverse=True)
    tallies = _tally(articles, lines, rows, len(found) if lines.columns else 1)
    heads = [[column.values[code] for code in column.codes[first]] for column in lines.columns.values()]
    names = (*lines.columns, *tallies)
    counted = [dict(zip(names, row, strict=True)) for row in zip(*heads, *tallies.values(), strict=True)]
    return sorted(counted, key=lambda row: -row["articles"])


def _tally(articles: Articles, lines: Lines, rows: Numbers, size: int) -> dict[str, list[Any]]:
    """Return each number for each of the ``size`` rows of the answer; ``rows`` says to which a line belongs."""

    def count(which: Numbers | NDArray[np.bool_] | slice = slice(None)) -> list[int]:
        counted: list[int] = np.bincount(rows[which], minlength=size).tolist()
        return counted

    def mark(column: Column, names: Sequence[str]) -> dict[str, NDArray[np.bool_]]:
        codes, known = column.codes[lines.articles.codes], list(column.values)
        return {name: codes == (known.index(name) if name in known else -1) for name in names}

    channels, tones = mark(articles.channels, CHANNELS), mark(articles.tones, TONES)
    tagged = any(name in TAGS for name in lines.columns)
    stories = articles.stories.take(lines.articles.codes)
    events = np.unique(combine([Column(rows, range(size)), stories], len(rows)), return_index=True)[1]
    return {
        "articles": count(),
        **{
            f"as_{role}": count(lines.roles == n) if "opd" in lines.columns else [None] * size
            for n, role in enumerate(ROLES)
        },
        "in_headline": count(lines.in_title == 1) if tagged else [None] * size,
        "quotes": np.bincount(rows, lines.quotes, size).astype(int).tolist(),
        "stories": count(events),
        **{name: count(marked) for name, marked in channels.items()},
        **{name: count(marked & channels["earned"]) for name, marked in tones.items()},
    }


def _subject_only(wanted: ArticleFilter) -> ArticleFilter:
    return wanted if wanted.about else replace(wanted, about=("subject",))
