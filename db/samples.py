"""Blind samples: which articles were drawn for a person to label anew, what was told of them then, what came out.

A sample is drawn once per month and size; asked for again it is the same. What the labels mean is not known here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from db.connection import Store, writing
from db.queries.articles import find_article, find_ids
from db.queries.filters import ArticleFilter
from db.rows import LISTED, Row, fetch_row, fetch_rows, json_text, local_text, now_text

SUBJECT_PART = 0.8  # of a sample; the rest is drawn from articles said not to be about the regency


def draw_sample(
    store: Store, month: str, size: int, since: datetime, until: datetime, now: datetime | None = None
) -> int | None:
    """Draw ``size`` annotated articles of a month (YYYY-MM, from ``since`` to before ``until``); return its id.

    None when there is none to draw. Four in five are said to be about the regency. Which ones is settled by a hash of
    the address: chance to the articles, certain to whoever asks again.
    """
    found = fetch_row(store, "SELECT id FROM samples WHERE month = ? AND size = ?", (month, size))
    if found is not None:
        return int(found["id"])
    wanted = {
        name: ArticleFilter(since=since, until=until, annotated=True, about=about)
        for name, about in (("subject", ("subject",)), ("rest", ("incidental", "none")))
    }
    strata = {name: _shuffle(store, find_ids(store, own)) for name, own in wanted.items()}
    rest = min(len(strata["rest"]), max(size - round(size * SUBJECT_PART), size - len(strata["subject"])))
    parts = {"subject": size - rest, "rest": rest}
    drawn = [(name, article) for name, part in parts.items() for article in strata[name][:part]]
    if not drawn:
        return None
    mixed = _shuffle(store, [article for _, article in drawn])
    with writing(store):
        cursor = store.execute(
            "INSERT INTO samples (month, size, drawn_at, strata) VALUES (?, ?, ?, ?)",
            (month, size, now_text(now), json_text({name: len(ids) for name, ids in strata.items()})),
        )
        sample_id = int(cursor.lastrowid or 0)
        store.conn.executemany(
            "INSERT INTO sample_articles (sample_id, article_id, number, stratum, told) VALUES (?, ?, ?, ?, ?)",
            [
                (sample_id, article, mixed.index(article) + 1, stratum, json_text(_read_labels(store, article)))
                for stratum, article in drawn
            ],
        )
    return sample_id


def load_sample(store: Store, sample_id: int) -> Row | None:
    """Return a sample: ``id, month, size, drawn_at, strata`` (stratum -> articles to draw from) and ``articles``:
    ``article_id, number, stratum, told`` with ``url, outlet, published_at, title, text``, by number. None for no such.
    """
    row = fetch_row(store, "SELECT * FROM samples WHERE id = ?", (sample_id,))
    if row is None:
        return None
    articles = fetch_rows(
        store,
        "SELECT s.article_id, s.number, s.stratum, s.told, a.url, o.name AS outlet, a.published_at,"
        " a.published_offset, t.title, t.text"
        " FROM sample_articles s JOIN articles a ON a.id = s.article_id JOIN outlets o ON o.id = a.outlet"
        " JOIN texts t ON t.article_id = a.id WHERE s.sample_id = ? ORDER BY s.number",
        (sample_id,),
    )
    for article in articles:
        article["published_at"] = local_text(article["published_at"], article.pop("published_offset"))
    return {
        **row,
        "strata": json.loads(row["strata"]),
        "articles": [{**article, "told": json.loads(article["told"])} for article in articles],
    }


def save_scores(store: Store, sample_id: int, scores: Mapping[str, Any], now: datetime | None = None) -> None:
    """Keep what came out of a sample, in place of an earlier outcome of it."""
    with writing(store):
        store.conn.execute(
            "UPDATE samples SET scores = ?, scored_at = ? WHERE id = ?", (json_text(scores), now_text(now), sample_id)
        )


def find_scores(store: Store) -> Row | None:
    """Return what came out of the sample that was scored last, None while none was."""
    sql = "SELECT scores FROM samples WHERE scores IS NOT NULL ORDER BY scored_at DESC, id DESC LIMIT 1"
    row = fetch_row(store, sql)
    return json.loads(row["scores"]) if row else None


def _shuffle(store: Store, ids: list[int]) -> list[int]:
    sql = f"SELECT id, url FROM articles WHERE id IN {LISTED}"
    urls = dict(store.conn.execute(sql, [json_text(ids)]).fetchall())
    return sorted(ids, key=lambda number: hashlib.sha256(urls[number].encode()).digest())


def _read_labels(store: Store, article_id: int) -> Row:
    """Return the labels that are counted for an article, in the published names."""
    row = find_article(store, article_id)
    assert row is not None
    sets = {name: [tag["id"] for tag in row[name]] for name in ("opd", "officials", "places", "pillars")}
    tones = {name: (row[name] or {}).get("label") for name in ("tone", "headline_tone")}
    return {"about": row["about"], "kind": row["kind"], **tones, **sets}
