"""Full-text search, best match first, with a piece of the text around the match.

Up to ``RANKED`` matches are ranked by BM25 (Robertson and Zaragoza 2009). A word that more articles hold says little
about any of them, and weighing them all would take seconds in a large store: there the headlines with the words come
first, and the newest within either group.
"""

from __future__ import annotations

from typing import Any

from db.connection import Store, reading
from db.queries.filters import ArticleFilter, where_of
from db.queries.words import match_expression
from db.rows import Row, fetch_rows, local_text

RANKED = 1000  # matches
TITLE_WEIGHT = 5.0  # a match in the headline counts as much as five in the text


def search_articles(store: Store, query: str, wanted: ArticleFilter | None = None, limit: int = 20) -> list[Row]:
    """Return the best matches: ``id, url, outlet, title, published_at, tone, story, rank`` (1 is best) and ``snippet``.

    Matches stand in square brackets in the snippet. What may stand in ``query`` is told by
    ``db.queries.words.match_expression``; no query is a syntax error.
    """
    match = match_expression(query)
    where, params = where_of(wanted or ArticleFilter())
    with reading(store):
        newest = _find(store, match, where, params, "f.rowid DESC", RANKED + 1)
        if len(newest) <= RANKED:
            best = _find(store, match, where, params, f"bm25(texts_fts, {TITLE_WEIGHT}, 1.0), f.rowid DESC", limit)
        else:
            headlines = _find(store, f"title : ({match})", where, params, "f.rowid DESC", limit)
            best = list(dict.fromkeys([*headlines, *newest]))[:limit]
        return [row for rank, ident in enumerate(best, 1) for row in _show(store, match, ident, rank)]


def _find(store: Store, match: str, where: str, params: list[Any], order: str, limit: int) -> list[int]:
    joins = "JOIN outlets o ON o.id = a.outlet LEFT JOIN annotations n ON n.article_id = a.id"
    filtered = "" if where == "1" else f" CROSS JOIN articles a ON a.id = f.rowid {joins}"
    sql = f"SELECT f.rowid FROM texts_fts f{filtered} WHERE f.texts_fts MATCH ? AND {where} ORDER BY {order} LIMIT ?"
    return [row[0] for row in store.conn.execute(sql, [match, *params, limit])]


def _show(store: Store, match: str, article_id: int, rank: int) -> list[Row]:
    rows = fetch_rows(
        store,
        "SELECT a.id, a.url, a.outlet, t.title, a.published_at, a.published_offset, n.tone, a.story_id AS story,"
        " snippet(texts_fts, 1, '[', ']', ' … ', 24) AS snippet FROM texts_fts f JOIN articles a ON a.id = f.rowid"
        " JOIN texts t ON t.article_id = a.id LEFT JOIN annotations n ON n.article_id = a.id"
        " WHERE f.texts_fts MATCH ? AND f.rowid = ?",
        (match, article_id),
    )
    for row in rows:
        row["published_at"] = local_text(row["published_at"], row.pop("published_offset"))
        row["rank"] = rank
    return rows
