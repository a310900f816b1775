"""Versions of an article: the superseded ones are kept, and each says whether outlet or extraction made it.

Deciding that there is a new version is ``db.articles``'s.
"""

from __future__ import annotations

from db.connection import Store
from db.rows import Row, fetch_rows


def keep_version(store: Store, article_id: int) -> None:
    """Copy an article's current version to the superseded ones, before it is changed."""
    store.execute(
        "INSERT INTO revisions (article_id, number, title, text, byline, section, extractor, version_at, version_by,"
        " published_at)"
        " SELECT a.id, a.revision, t.title, t.text, a.byline, a.section, a.extractor, a.version_at, a.version_by,"
        " a.published_at FROM articles a JOIN texts t ON t.article_id = a.id WHERE a.id = ?",
        (article_id,),
    )


def carry_evidence(store: Store, article_id: int, revision: int) -> None:
    """Give the version after ``revision`` the evidence of that one: it is of the same page."""
    store.execute(
        "INSERT INTO evidence SELECT article_id, revision + 1, url, warc, offset, length, sha256, fetched_at"
        " FROM evidence WHERE article_id = ? AND revision = ?",
        (article_id, revision),
    )


def find_revisions(store: Store, article_id: int) -> list[Row]:
    """Return all versions of an article, oldest first, the current one last, each with its evidence.

    ``version_by`` is outlet, extraction where the same page was read anew, or person, whose name is ``by``.
    """
    columns = "title, text, byline, section, extractor, version_at, version_by, published_at"
    current = ", ".join(("t." if name in {"title", "text"} else "a.") + name for name in columns.split(", "))
    return fetch_rows(
        store,
        "SELECT v.*, e.warc, e.offset, e.length, e.sha256, e.fetched_at,"
        " (SELECT c.by FROM corrections c WHERE c.article_id = v.article_id AND c.field IN ('title', 'text')"
        " AND c.at = v.version_at AND v.version_by = 'person' LIMIT 1) AS by FROM ("
        f" SELECT article_id, number, {columns} FROM revisions UNION ALL"
        f" SELECT a.id, a.revision, {current} FROM articles a JOIN texts t ON t.article_id = a.id) v"
        " LEFT JOIN evidence e ON e.article_id = v.article_id AND e.revision = v.number"
        " WHERE v.article_id = ? ORDER BY v.number",
        (article_id,),
    )
