"""Reads articles in the published JSON form (README, "JSON"), annotation, story and copy included."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import itemgetter

from db.addresses import find_article_id
from db.connection import Store
from db.queries.filters import ARTICLES as FROM_ARTICLES
from db.queries.filters import ArticleFilter, where_of
from db.rows import Row, fetch_rows, group_by, local_text, placeholders

BATCH = 500  # articles per round of queries; SQLite allows 32,766 parameters
GROUPS = {"opd": "opd", "officials": "official", "places": "place"}
ARTICLES = """
SELECT a.id, a.url, a.outlet, o.name AS outlet_name, o.kind AS outlet_kind, t.title, a.byline, a.editor, a.section,
  a.credit, a.published_at, a.published_offset, a.first_seen_at, t.text, n.kind, a.extractor, a.origin, a.markers,
  a.withdrawn_at, (SELECT COUNT(*) FROM revisions v WHERE v.article_id = a.id AND v.version_by = 'outlet')
    + (a.version_by = 'outlet') - 1 AS revisions,
  e.warc, e.sha256, n.annotator, n.about, n.about_score, n.about_reasons, n.tone, n.tone_score, n.tone_review,
  n.headline_tone, n.headline_tone_score, n.headline_tone_review, a.story_id,
  a.revision <> n.revision AS outdated, c.source_id, s.url AS source_url, c.share, c.longest_run, c.latency_minutes
FROM articles a JOIN texts t ON t.article_id = a.id JOIN outlets o ON o.id = a.outlet
LEFT JOIN annotations n ON n.article_id = a.id LEFT JOIN evidence e ON e.article_id = a.id AND e.revision = a.revision
LEFT JOIN copies c ON c.article_id = a.id LEFT JOIN articles s ON s.id = c.source_id
"""


def iter_articles(store: Store, wanted: ArticleFilter | None = None) -> Iterator[Row]:
    """Yield the articles wanted by time of publication, each in the published form. Corrections are already in them.

    Memory is bounded by a batch, so a whole store can be written out.
    """
    yield from read_articles(store, find_ids(store, wanted or ArticleFilter()))


def read_articles(store: Store, ids: Sequence[int], spans: Sequence[str] | None = None) -> Iterator[Row]:
    """Yield the articles of these ids in their order, each in the published form; an unknown id yields none.

    With ``spans`` only tags of these kinds (``mentions.what``) tell where in the text they stand: that is most of what
    is read of an article.
    """
    for start in range(0, len(ids), BATCH):
        yield from _read(store, ids[start : start + BATCH], spans)


def find_article(store: Store, id_or_url: int | str) -> Row | None:
    """Return one article by id, address or alias in the published form, or None."""
    text = str(id_or_url)
    number = text.isdecimal() and len(text) < 19  # more digits than SQLite's integers have are nobody's number
    article_id = int(text) if number else find_article_id(store, [text])
    return next(_read(store, [article_id]), None) if article_id is not None else None


def find_ids(store: Store, wanted: ArticleFilter) -> list[int]:
    """Return the ids of the articles wanted, by time of publication."""
    where, params = where_of(wanted)
    order = "DESC" if wanted.newest_first else "ASC"
    sql = (
        f"SELECT a.id {FROM_ARTICLES} LEFT JOIN annotations n ON n.article_id = a.id"
        f" WHERE {where} ORDER BY a.published_at {order}, a.id {order} LIMIT ? OFFSET ?"
    )
    limit = -1 if wanted.limit is None else wanted.limit
    return [row[0] for row in store.conn.execute(sql, [*params, limit, wanted.offset])]


def count_articles(store: Store, wanted: ArticleFilter | None = None, most: int = -1) -> int:
    """Return how many articles are wanted, but no more than ``most``; limit and offset of the filter do not matter."""
    where, params = where_of(wanted or ArticleFilter())
    some = f"SELECT 1 {FROM_ARTICLES} LEFT JOIN annotations n ON n.article_id = a.id WHERE {where} LIMIT ?"
    return int(store.conn.execute(f"SELECT COUNT(*) FROM ({some})", [*params, most]).fetchone()[0])


def _read(store: Store, ids: Sequence[int], spans: Sequence[str] | None = None) -> Iterator[Row]:
    marks = placeholders(ids)
    rows = {row["id"]: row for row in fetch_rows(store, f"{ARTICLES} WHERE a.id IN ({marks})", ids)}

    def read(table: str, order: str, also: str = "", values: Sequence[str] = ()) -> dict[int, list[Row]]:
        sql = f"SELECT * FROM {table} WHERE article_id IN ({marks}){also} ORDER BY article_id, {order}"
        return group_by(fetch_rows(store, sql, [*ids, *values]), itemgetter("article_id"))

    some = () if spans is None else (f" AND what IN ({placeholders(spans)})", spans)
    parts = (
        read("tags", "what, id"),
        read("mentions", "what, number", *some),
        read("refused", "number"),
        read("quotes", "number"),
    )
    for article_id in ids:
        if row := rows.get(article_id):
            tags, *others = (part.get(article_id, []) for part in parts)
            yield _published(row, tags, *(_keep_standing(row, some) if row["outdated"] else some for some in others))


def _keep_standing(row: Row, spans: list[Row]) -> list[Row]:
    """Return those spans whose words still stand where they were read: the text was changed since and waits."""
    return [span for span in spans if row[span["part"]][span["start"] : span["end"]] == span["text"]]


def _published(row: Row, tags: list[Row], mentions: list[Row], refused: list[Row], quotes: list[Row]) -> Row:
    spans = defaultdict(list, group_by(mentions, itemgetter("what", "id")))
    plain = ("id", "url", "outlet", "outlet_name", "outlet_kind", "title", "byline", "editor", "section", "credit")
    return {
        **{name: row[name] for name in plain},
        "published_at": local_text(row["published_at"], row["published_offset"]),
        **{name: row[name] for name in ("first_seen_at", "text", "kind", "extractor", "origin", "withdrawn_at")},
        "markers": json.loads(row["markers"]),
        "evidence": {"warc": row["warc"], "sha256": row["sha256"]} if row["warc"] else None,
        "revisions": row["revisions"],
        "about": row["about"],
        "about_score": row["about_score"],
        "about_reasons": json.loads(row["about_reasons"] or "[]"),
        **{
            group: [_entity(tag, spans[what, tag["id"]]) for tag in tags if tag["what"] == what]
            for group, what in GROUPS.items()
        },
        "not_opd": [_span(item, "reason") for item in refused],
        "pillars": [
            {"id": tag["id"], "score": tag["score"], "evidence": _spans(spans["pillar", tag["id"]], "rule")}
            for tag in tags
            if tag["what"] == "pillar"
        ],
        "tone": _tone(row, "tone", spans["tone", ""]),
        "headline_tone": _tone(row, "headline_tone", spans["headline_tone", ""]),
        "opd_tone": {
            tag["id"]: _tone(tag, "tone", spans["opd_tone", tag["id"]])
            for tag in tags
            if tag["what"] == "opd" and tag["tone"]
        },
        "quotes": [
            {
                **_span(item, "speaker", "speaker_id", "opd", "verb"),
                "indirect": bool(item["indirect"]),
                "rule": item["rule"],
            }
            for item in quotes
        ],
        "story": row["story_id"],
        "copy_of": _copy(row),
        "annotator": row["annotator"],
    }


def _span(item: Row, *names: str) -> Row:
    span = {"in": item["part"], "start": item["start"], "end": item["end"], "text": item["text"]}
    return {**span, **{name: item[name] for name in names}}


def _spans(items: list[Row], *names: str) -> list[Row]:
    return [_span(item, *names) for item in items]


def _entity(tag: Row, mentions: list[Row]) -> Row:
    entity: Row = {"id": tag["id"], "mentions": _spans(mentions, "via", "rule")}
    return {**entity, "role": tag["role"]} if tag["role"] else entity


def _tone(row: Row, name: str, evidence: list[Row]) -> Row | None:
    if row[name] is None:
        return None
    return {
        "label": row[name],
        "score": row[f"{name}_score"],
        "evidence": _spans(evidence, "rule"),
        "review": bool(row[f"{name}_review"]),
    }


def _copy(row: Row) -> Row | None:
    if row["source_id"] is None:
        return None
    return {
        "id": row["source_id"],
        "url": row["source_url"],
        **{name: row[name] for name in ("share", "longest_run", "latency_minutes")},
    }
