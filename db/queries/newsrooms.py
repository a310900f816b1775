"""How many newsrooms reported by themselves: neither paid, nor the government's own, nor taken from another text."""

from __future__ import annotations

from db.connection import Store
from db.queries.filters import CHANNEL, FROM, ArticleFilter, where_of


def count_newsrooms(store: Store, wanted: ArticleFilter) -> int:
    """Return how many outlets of the articles wanted are no government's and have one that is a copy of nothing."""
    where, params = where_of(wanted)
    sql = (
        f"SELECT COUNT(DISTINCT a.outlet) {FROM} LEFT JOIN copies c ON c.article_id = a.id"
        f" WHERE {where} AND n.kind = 'reporting' AND {CHANNEL} = 'earned' AND c.article_id IS NULL"
    )
    return int(store.conn.execute(sql, params).fetchone()[0])
