"""What is said about articles: which of them wait for annotation, and the tags, spans and quotes that it gave.

Rows come in the published form of ``nlp.annotation`` (``Annotation.to_json``); ``db.queries.articles`` gives them
back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from operator import itemgetter
from typing import Any

from db.connection import Store, writing
from db.corrections import (
    ANSWERED,
    LINKS,
    SETS,
    SPEAKER,
    TEXTS,
    Correction,
    CorrectionRefused,
    apply_corrections,
    find_corrections,
    insert_correction,
)
from db.kinds import refine_kinds
from db.queries.articles import find_article
from db.rows import Row, build_insert, fetch_rows, group_by, json_text, local_text, now_text, placeholders

TABLES = ("tags", "mentions", "refused", "quotes")
TAGS = {"opd": "opd", "officials": "official", "places": "place", "pillars": "pillar"}
TONES = ("tone", "headline_tone")


def pending(
    store: Store, annotator_version: str, limit: int = 500, after_id: int = 0, *, all: bool = False
) -> list[Row]:
    """Return articles that wait for annotation, by id: never annotated, or their text revised since.

    With ``all`` those annotated by another version too. Rows hold ``id, title, text, published_at`` (ISO 8601 with
    offset), ``outlet, outlet_kind, url, byline, markers`` (list) and ``revision``, to be handed back with the
    annotation.
    """
    waiting = "a.annotated_revision <> a.revision"
    condition, params = (f"({waiting} OR n.annotator <> ?)", [annotator_version]) if all else (waiting, [])
    rows = fetch_rows(
        store,
        "SELECT a.id, t.title, t.text, a.published_at, a.published_offset, a.outlet, o.kind AS outlet_kind, a.url,"
        " a.byline, a.markers, a.revision"
        " FROM articles a JOIN texts t ON t.article_id = a.id JOIN outlets o ON o.id = a.outlet"
        f" LEFT JOIN annotations n ON n.article_id = a.id WHERE {condition} AND a.id > ? ORDER BY a.id LIMIT ?",
        [*params, after_id, limit],
    )
    for row in rows:
        row["published_at"] = local_text(row["published_at"], row.pop("published_offset"))
        row["markers"] = json.loads(row["markers"])
    return rows


def is_pending(store: Store, article_id: int) -> bool:
    """Return whether an article waits for annotation."""
    sql = "SELECT 1 FROM articles WHERE id = ? AND annotated_revision <> revision"
    return store.conn.execute(sql, (article_id,)).fetchone() is not None


def count_others(store: Store, annotator_version: str) -> tuple[int, int]:
    """Return how many articles another version annotated, and how many are annotated at all."""
    sql = "SELECT COUNT(*) FILTER (WHERE annotator <> ?), COUNT(*) FROM annotations"
    others, every = store.conn.execute(sql, (annotator_version,)).fetchone()
    return others, every


def save_annotations(store: Store, rows: Iterable[Mapping[str, Any]], now: datetime | None = None) -> int:
    """Store annotations in one transaction, replacing earlier ones, corrections obeyed; return how many.

    ``id`` is the article's; ``revision`` (as ``pending`` gave it) says which text was read: without it the current
    one. An annotation of a superseded text is dropped, its article stays pending. Unknown ids are dropped as well.
    """
    batch = {int(row["id"]): row for row in rows}
    with writing(store):
        marks = placeholders(batch)
        revisions = dict(
            store.conn.execute(f"SELECT id, revision FROM articles WHERE id IN ({marks})", list(batch)).fetchall()
        )
        corrections = group_by(find_corrections(store, list(batch)) if batch else (), itemgetter("article_id"))
        current = [
            key
            for key, row in batch.items()
            if key in revisions and row.get("revision", revisions[key]) == revisions[key]
        ]
        for article_id in current:
            row = apply_corrections(batch[article_id], corrections.get(article_id, ()))
            _replace(store, article_id, revisions[article_id], row, now_text(now))
            store.conn.execute(
                "UPDATE articles SET annotated_revision = ? WHERE id = ?", (revisions[article_id], article_id)
            )
        refine_kinds(store, current)
    return len(current)


def save_correction(store: Store, said: Correction) -> int:
    """Record that a person sets, clears, adds, removes or reverts a value, and change at once what is counted.

    What is reverted, or named again after a person took it away, waits for annotation; story and copy_of hold when the
    article is linked next (``db.stories.link_article``). Return the correction's id. Raises CorrectionRefused,
    KeyError for an unknown article.
    """
    article_id = said.article_id
    if said.field in TEXTS:
        raise CorrectionRefused(f"the {said.field} is no tag: db.retyped.retype_article changes that of a clip")
    with writing(store):
        shown = find_article(store, article_id)
        if shown is None:
            raise KeyError(f"no article {article_id}")
        before = _find_quote(shown, said.value) if said.field == SPEAKER else shown.get(said.field)
        correction_id = insert_correction(store, said, before)
        unread = (*LINKS, ANSWERED)  # no annotation holds them
        if said.action == "revert" and said.field not in unread:
            store.conn.execute("UPDATE articles SET annotated_revision = 0 WHERE id = ?", (article_id,))
        elif shown["annotator"] is not None and said.field not in unread:
            by_person = _find_by_person(store, article_id)
            for group, what in TAGS.items():
                shown[group] = [{**item, "by_person": (what, item["id"]) in by_person} for item in shown[group]]
            revision, annotated_at, shown["kind_by"] = store.conn.execute(
                "SELECT revision, annotated_at, kind_by FROM annotations WHERE article_id = ?", (article_id,)
            ).fetchone()
            _replace(store, article_id, revision, apply_corrections(shown, [asdict(said)]), annotated_at)
            refine_kinds(store, [article_id])
            if _brings_back(store, said, shown):
                store.conn.execute("UPDATE articles SET annotated_revision = 0 WHERE id = ?", (article_id,))
    return correction_id


def _brings_back(store: Store, said: Correction, shown: Row) -> bool:
    """Return whether a tag is named that a person took away before: where it stands is to be read anew."""
    if said.field not in SETS or said.action not in {"add", "set"}:
        return False
    new = set(str(said.value).split(",")) - {item["id"] for item in shown[said.field]}
    earlier = [row for row in find_corrections(store, [said.article_id]) if row["field"] == said.field]
    taken = {row["value"] for row in earlier if row["action"] == "remove"}
    return not new.isdisjoint(taken.union(item["id"] for row in earlier for item in row["before"] or ()))


def _find_quote(shown: Row, value: str | None) -> Row | None:
    """Return the quotation that a correction of a speaker is about, as it stands."""
    words = json.loads(value)["quote"] if value else None
    return next((quote for quote in shown["quotes"] if quote["text"] == words), None)


def _find_by_person(store: Store, article_id: int) -> set[tuple[str, str]]:
    return set(
        store.conn.execute("SELECT what, id FROM tags WHERE article_id = ? AND by_person", (article_id,)).fetchall()
    )


def _replace(store: Store, article_id: int, revision: int, row: Mapping[str, Any], at: str) -> None:
    for table in TABLES:
        store.conn.execute(f"DELETE FROM {table} WHERE article_id = ?", (article_id,))
    tones = {name: row.get(name) or {} for name in TONES}
    columns = {
        "article_id": article_id,
        "annotator": row.get("annotator") or "",
        "revision": revision,
        "annotated_at": at,
        "kind_by": row.get("kind_by") or "marks",
        **{name: row.get(name) for name in ("kind", "about", "about_score")},
        "about_reasons": json_text(list(row.get("about_reasons") or ())),
        **{name: tone.get("label") for name, tone in tones.items()},
        **{f"{name}_score": tone.get("score") for name, tone in tones.items()},
        **{f"{name}_review": bool(tone.get("review")) for name, tone in tones.items()},
    }
    store.conn.execute(build_insert("annotations", columns, "OR REPLACE"), columns)
    _insert(store, "tags", article_id, _tags(row))
    _insert(store, "mentions", article_id, _mentions(row))
    _insert(
        store,
        "refused",
        article_id,
        [{"number": n, **_part(item), "reason": item["reason"]} for n, item in enumerate(row.get("not_opd") or ())],
    )
    _insert(store, "quotes", article_id, _quotes(row))


def _insert(store: Store, table: str, article_id: int, rows: list[Row]) -> None:
    if rows:
        whole = [{"article_id": article_id, **row} for row in rows]
        store.conn.executemany(build_insert(table, whole[0]), whole)


def _tags(row: Mapping[str, Any]) -> list[Row]:
    tones = row.get("opd_tone") or {}
    tags = []
    for group, what in TAGS.items():
        for item in row.get(group) or ():
            spans = item.get("mentions") or item.get("evidence") or ()
            tone = (tones.get(item["id"]) or {}) if what == "opd" else {}
            tags.append(
                {
                    "what": what,
                    "id": item["id"],
                    "role": item.get("role"),
                    "score": item.get("score"),
                    "in_title": any(span["in"] == "title" for span in spans),
                    "mentions": len(spans),
                    "tone": tone.get("label"),
                    "tone_score": tone.get("score"),
                    "tone_review": bool(tone.get("review")),
                    "by_person": bool(item.get("by_person")),
                }
            )
    return tags


def _mentions(row: Mapping[str, Any]) -> list[Row]:
    groups = [
        (what, item["id"], item.get("mentions") or item.get("evidence") or ())
        for group, what in TAGS.items()
        for item in row.get(group) or ()
    ]
    groups += [(name, "", (row.get(name) or {}).get("evidence") or ()) for name in TONES]
    groups += [("opd_tone", opd, tone.get("evidence") or ()) for opd, tone in (row.get("opd_tone") or {}).items()]
    spans = [(what, ident, span) for what, ident, items in groups for span in items]
    return [
        {"what": what, "number": n, "id": ident, **_part(span), "via": span.get("via"), "rule": span.get("rule") or ""}
        for n, (what, ident, span) in enumerate(spans)
    ]


def _quotes(row: Mapping[str, Any]) -> list[Row]:
    names = ("speaker", "speaker_id", "opd", "verb")
    return [
        {
            "number": n,
            **_part(item),
            **{name: item.get(name) for name in names},
            "indirect": bool(item.get("indirect")),
            "rule": item.get("rule") or "",
        }
        for n, item in enumerate(row.get("quotes") or ())
    ]


def _part(span: Mapping[str, Any]) -> Row:
    return {"part": span.get("in", "text"), "start": span["start"], "end": span["end"], "text": span["text"]}
