"""What a report of a period is built from: articles about the regency in few columns, their tags and who they quote.

Lighter than the published form, which brings every character span; a month of thousands of articles is read at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from db.connection import Store
from db.queries.filters import CHANNEL, FROM, SPEAKER, ArticleFilter, where_of
from db.queries.words import match_expression
from db.rows import LISTED, Row, fetch_rows, json_text, utc_text

ARTICLES = f"""
SELECT a.id, a.url, a.outlet, o.name AS outlet_name, o.kind AS outlet_kind, t.title, a.byline, a.published_at,
  a.published_offset, a.first_seen_at, a.origin, a.fields, a.revision, a.withdrawn_at, n.kind, n.tone, n.headline_tone,
  {CHANNEL} AS channel, a.story_id AS story, c.source_id, c.share, c.latency_minutes, e.warc, e.sha256
{FROM} JOIN texts t ON t.article_id = a.id LEFT JOIN copies c ON c.article_id = a.id
LEFT JOIN evidence e ON e.article_id = a.id AND e.revision = a.revision"""


def load_articles(store: Store, wanted: ArticleFilter) -> list[Row]:
    """Return the articles wanted by time of publication; ``channel`` is earned, owned or paid."""
    where, params = where_of(wanted)
    return fetch_rows(store, f"{ARTICLES} WHERE {where} ORDER BY a.published_at, a.id", params)


def load_tags(store: Store, wanted: ArticleFilter) -> list[Row]:
    """Return the tags of the articles wanted: ``article_id``, ``what`` (opd, official, place, pillar), ``id, role``."""
    where, params = where_of(wanted)
    columns = "g.article_id, g.what, g.id, g.role, g.tone, g.in_title"
    sql = f"SELECT {columns} {FROM} JOIN tags g ON g.article_id = a.id WHERE {where} ORDER BY 1, 2, 3"
    return fetch_rows(store, sql, params)


def load_quotes(store: Store, wanted: ArticleFilter) -> list[Row]:
    """Return how often each is quoted in each article wanted: ``article_id, speaker, opd, direct, indirect``; the
    speaker is None where the article names none.
    """
    where, params = where_of(wanted)
    sql = (
        f"SELECT q.article_id, {SPEAKER} AS speaker, q.opd, SUM(NOT q.indirect) AS direct, SUM(q.indirect) AS indirect"
        f" {FROM} JOIN quotes q ON q.article_id = a.id WHERE {where} GROUP BY 1, 2, 3"
    )
    return fetch_rows(store, sql, params)


def load_copies_of(store: Store, sources: Sequence[int]) -> list[Row]:
    """Return the copies, whenever published, of the articles ``sources``: ``source_id, id, outlet_name, url, share,
    latency_minutes``, earliest first.
    """
    return fetch_rows(
        store,
        "SELECT c.source_id, a.id, a.outlet, o.name AS outlet_name, a.url, c.share, c.latency_minutes FROM copies c"
        " JOIN articles a ON a.id = c.article_id JOIN outlets o ON o.id = a.outlet"
        f" WHERE c.source_id IN {LISTED} ORDER BY c.source_id, a.published_at, a.id",
        [json_text(list(sources))],
    )


def load_texts(store: Store, ids: Sequence[int]) -> dict[int, str]:
    """Return the texts of articles by id."""
    sql = f"SELECT article_id, text FROM texts WHERE article_id IN {LISTED}"
    return dict(store.conn.execute(sql, [json_text(list(ids))]).fetchall())


def count_months(store: Store, wanted: ArticleFilter, shift: timedelta) -> list[Row]:
    """Return articles wanted per month and channel: ``month`` (YYYY-MM), ``channel``, ``articles``."""
    where, params = where_of(wanted)
    minutes = f"{int(shift.total_seconds() // 60):+d} minutes"
    sql = (
        f"SELECT strftime('%Y-%m', a.published_at, ?) AS month, {CHANNEL} AS channel, COUNT(*) AS articles"
        f" {FROM} WHERE {where} GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return fetch_rows(store, sql, [minutes, *params])


def count_outlet_articles(
    store: Store, since: datetime, until: datetime, about: tuple[str, ...] = ()
) -> dict[str, int]:
    """Return articles per outlet published in a period, whatever they are about where ``about`` does not say it."""
    where, params = where_of(ArticleFilter(since=since, until=until, about=about))
    sql = f"SELECT a.outlet, COUNT(*) {FROM if about else 'FROM articles a'} WHERE {where} GROUP BY 1"
    return dict(store.conn.execute(sql, params).fetchall())


def count_headlines_with(store: Store, names: Sequence[str], since: datetime, until: datetime) -> int:
    """Return how many articles of a period, whatever they are about, have one of ``names`` in the headline."""
    phrases = [match_expression(f'"{name}"') for name in names]
    words = " OR ".join(f"title : ({phrase})" for phrase in phrases)
    where, params = where_of(ArticleFilter(since=since, until=until))
    found = "a.id IN (SELECT rowid FROM texts_fts WHERE texts_fts MATCH ?)"
    sql = f"SELECT COUNT(*) FROM articles a WHERE {where} AND {found}"
    return int(store.conn.execute(sql, [*params, words]).fetchone()[0])


def count_unannotated(store: Store, since: datetime, until: datetime) -> int:
    """Return how many articles of a period no annotation has seen yet."""
    where, params = where_of(ArticleFilter(since=since, until=until, annotated=False))
    sql = f"SELECT COUNT(*) FROM articles a LEFT JOIN annotations n ON n.article_id = a.id WHERE {where}"
    return int(store.conn.execute(sql, params).fetchone()[0])


def find_outages(store: Store, since: datetime, until: datetime) -> list[Row]:
    """Return findings on outlets that stood at some time of a period, longest standing first, with ``outlet_name``.

    Aggregators are left out: no article is missing by them that an outlet does not have itself.
    """
    return fetch_rows(
        store,
        "SELECT f.outlet, o.name AS outlet_name, f.kind, f.since, f.resolved_at FROM findings f"
        " JOIN outlets o ON o.id = f.outlet WHERE o.kind IS NOT 'aggregator' AND f.since < ?"
        " AND COALESCE(f.resolved_at, '9') >= ? ORDER BY f.since, f.outlet",
        (utc_text(until), utc_text(since)),
    )
