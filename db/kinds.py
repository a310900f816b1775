"""The kind of articles that copy a release nearly word for word: a release too, unless a person says otherwise.

``annotations.kind_by`` keeps who said the kind, so that it falls back to the marks when the copy turns out to be none.
"""

from __future__ import annotations

from collections.abc import Collection

from db.connection import Store
from db.rows import LISTED, json_text

NEARLY_ALL = 0.6  # share of an article's text that must be the release's; a newsroom that rewrites keeps less
OF_RELEASE = (
    "EXISTS (SELECT 1 FROM copies c JOIN annotations s ON s.article_id = c.source_id"
    " WHERE c.article_id = annotations.article_id AND c.share >= ? AND s.kind = 'release' AND s.kind_by <> 'copy')"
)


def refine_kinds(store: Store, article_ids: Collection[int]) -> None:
    """Bring the kind of these articles, and of those that copied them, up to date; within a transaction.

    Articles with a paid mark stay advertorials, what a person set stays as it is.
    """
    ids = json_text(list(article_ids))
    kin = f"(article_id IN {LISTED} OR article_id IN (SELECT article_id FROM copies WHERE source_id IN {LISTED}))"
    for change, condition in (
        ("kind = 'release', kind_by = 'copy'", f"kind = 'reporting' AND kind_by = 'marks' AND {OF_RELEASE}"),
        ("kind = 'reporting', kind_by = 'marks'", f"kind_by = 'copy' AND NOT {OF_RELEASE}"),
    ):
        sql = f"UPDATE annotations SET {change} WHERE {kin} AND {condition}"
        store.conn.execute(sql, [ids, ids, NEARLY_ALL])
