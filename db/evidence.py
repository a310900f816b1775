"""Where the pages behind the articles lie: one row per version, as ``crawlers.evidence`` handed it on."""

from __future__ import annotations

import json
from collections.abc import Sequence

from db.connection import Store
from db.rows import LISTED, Row, fetch_row, fetch_rows, json_text, local_text, placeholders

ROWS = (
    "SELECT e.*, a.url AS article_url, a.outlet, t.title, a.published_at, a.origin FROM evidence e"
    " JOIN articles a ON a.id = e.article_id JOIN texts t ON t.article_id = a.id"
)


def find_evidence(store: Store, ids: Sequence[int] | None = None) -> list[Row]:
    """Return the evidence of all versions of some articles (of all when None), in the order of files and places."""
    where, params = ("", []) if ids is None else (f"WHERE e.article_id IN {LISTED}", [json_text(list(ids))])
    return fetch_rows(store, f"{ROWS} {where} ORDER BY e.warc, e.offset, e.revision", params)


def find_files(store: Store) -> list[str]:
    """Return the names of the archive's files that evidence lies in, oldest first."""
    return [row[0] for row in store.conn.execute("SELECT DISTINCT warc FROM evidence ORDER BY warc")]


def count_unproven(store: Store) -> int:
    """Return how many crawled or clipped articles have no evidence of their current version."""
    row = store.conn.execute(
        "SELECT COUNT(*) FROM articles a WHERE origin <> 'import' AND NOT EXISTS"
        " (SELECT 1 FROM evidence e WHERE e.article_id = a.id AND e.revision = a.revision)"
    ).fetchone()
    return int(row[0])


def find_proven(store: Store, outlets: Sequence[str]) -> list[int]:
    """Return the ids of the crawled articles of ``outlets`` whose current version has evidence."""
    cursor = store.conn.execute(
        "SELECT a.id FROM articles a JOIN evidence e ON e.article_id = a.id AND e.revision = a.revision"
        f" WHERE a.origin = 'crawl' AND a.outlet IN ({placeholders(outlets)}) ORDER BY a.id",
        tuple(outlets),
    )
    return [int(row[0]) for row in cursor]


def find_version(store: Store, article_id: int) -> Row | None:
    """Return an article's current version and, as ``evidence``, what it was read from; None without evidence."""
    row = fetch_row(
        store,
        "SELECT a.id, a.url, a.outlet, a.published_at, a.published_offset, a.byline, a.editor, a.section, a.fields,"
        " a.revision, t.title, t.text FROM articles a JOIN texts t ON t.article_id = a.id WHERE a.id = ?",
        (article_id,),
    )
    found = row and fetch_row(
        store, "SELECT * FROM evidence WHERE article_id = ? AND revision = ?", (article_id, row["revision"])
    )
    if not row or not found:
        return None
    published = local_text(row["published_at"], row["published_offset"])
    return {**row, "published_at": published, "fields": json.loads(row["fields"]), "evidence": found}
