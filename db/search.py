"""Full-text search, best match first, with a piece of the text around the match."""

from __future__ import annotations

from db.connection import Store
from db.queries.filters import ArticleFilter, where_of
from db.queries.words import match_expression
from db.rows import Row, fetch_rows, local_text

TITLE_WEIGHT = 5.0  # a match in the headline counts as much as five in the text


def search_articles(
    store: Store, query: str, wanted: ArticleFilter | None = None, limit: int = 20, marks: tuple[str, str] = ("[", "]")
) -> list[Row]:
    """Return the best matches: ``id, url, outlet, title, published_at, tone, story, rank, snippet`` (matches within
    ``marks``).

    What may stand in ``query`` is told by ``db.queries.words.match_expression``; no query is a syntax error.
    """
    where, params = where_of(wanted or ArticleFilter())
    rows = fetch_rows(
        store,
        # The rank is taken of all matches, the snippet, which reads the text, of those shown only.
        "WITH best AS MATERIALIZED ("
        f" SELECT f.rowid AS id, bm25(texts_fts, {TITLE_WEIGHT}, 1.0) AS rank FROM texts_fts f JOIN articles a ON"
        " a.id = f.rowid"
        " JOIN outlets o ON o.id = a.outlet LEFT JOIN annotations n ON n.article_id = a.id"
        f" WHERE texts_fts MATCH ? AND {where} ORDER BY rank LIMIT ?)"
        " SELECT a.id, a.url, a.outlet, t.title, a.published_at, a.published_offset, n.tone, a.story_id AS story,"
        " b.rank,"
        " snippet(texts_fts, 1, ?, ?, ' … ', 24) AS snippet FROM best b JOIN texts_fts f ON f.rowid = b.id"
        " JOIN articles a ON a.id = b.id JOIN texts t ON t.article_id = a.id LEFT JOIN annotations n ON n.article_id"
        " = a.id"
        " WHERE texts_fts MATCH ? ORDER BY b.rank, a.id",
        [match_expression(query), *params, limit, *marks, match_expression(query)],
    )
    for row in rows:
        row["published_at"] = local_text(row["published_at"], row.pop("published_offset"))
    return rows
