"""Articles and their versions: one row per article whatever its addresses, a revision for each change a reader would
see.

Reading articles with their annotations is ``db.queries.articles``; settled addresses are ``db.addresses``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from db.addresses import claim_addresses, find_article_id, next_look
from db.connection import Store, writing
from db.corrections import find_retyped
from db.outlets import ensure_outlet, mark_success
from db.revisions import carry_evidence, keep_version
from db.rows import Row, build_insert, fetch_row, json_text, offset_minutes, utc_text
from db.versions import same_content

Reason = Literal["stored", "revised", "unchanged", "known"]
LISTS = ("markers", "captions")
PLAIN = ("byline", "editor", "section", "credit")
CONTENT = ("title", "text", "published_at", "published_offset", *PLAIN, *LISTS)  # what a reader is shown


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a record: the article's id, and whether it is new, changed, the same, or older than what is
    stored.
    """

    id: int
    reason: Reason


def save_article(
    store: Store, record: Mapping[str, Any], run_id: int | None = None, now: datetime | None = None
) -> Saved:
    """Store an ``article`` record of a crawl or import; the same record again changes nothing.

    An article is the same when its address or one of its aliases is known. ``known`` is a version fetched before the
    stored one. ``origin`` of the record is crawl (default), import or clip. Raises KeyError for a missing url,
    outlet, title, text or published_at, ValueError for a time without offset.
    """
    now = now or datetime.now(UTC)
    with writing(store):
        urls = [record["url"], *record.get("aliases", ())]
        if evidence := record.get("evidence"):
            urls.append(evidence["url"])
        article_id = _find_same(store, urls, record)
        if article_id is None:
            article_id = _insert(store, record, run_id, now)
            reason: Reason = "stored"
        else:
            reason = _update(store, article_id, record, run_id, now)
        claim_addresses(store, article_id, record["outlet"], urls, utc_text(now))
        if record.get("origin", "crawl") == "crawl":  # what people bring in does not say that the outlet can be read
            mark_success(store, record["outlet"], _version_at(record, now))
    return Saved(article_id, reason)


def withdraw_article(store: Store, url: str, at: datetime | str) -> int | None:
    """Mark an article as taken down by its outlet; its text is kept. Return its id, None for an unknown address."""
    with writing(store):
        article_id = find_article_id(store, [url])
        if article_id is not None:
            store.execute(
                "UPDATE articles SET withdrawn_at = COALESCE(withdrawn_at, ?), next_look_at = NULL WHERE id = ?",
                (utc_text(at), article_id),
            )
    return article_id


def add_alias(store: Store, article_id: int, url: str, now: datetime) -> None:
    """Point one more address at an article, such as the one under which an aggregator lists it."""
    with writing(store):
        row = fetch_row(store, "SELECT outlet, url FROM articles WHERE id = ?", (article_id,))
        if row is None:
            raise KeyError(article_id)
        claim_addresses(store, article_id, row["outlet"], [row["url"], url], utc_text(now))


def note_look(store: Store, url: str, now: datetime) -> int | None:
    """Note that an article was looked at again and is as it was; return its id, None for an unknown address.

    Its next look is due at the next of the usual times; one that had been taken down is back.
    """
    with writing(store):
        article_id = find_article_id(store, [url])
        row = article_id and fetch_row(
            store, "SELECT first_seen_at, published_at FROM articles WHERE id = ?", (article_id,)
        )
        if row:
            store.execute(
                "UPDATE articles SET withdrawn_at = NULL, next_look_at = ? WHERE id = ? AND origin = 'crawl'",
                (next_look(row["first_seen_at"], row["published_at"], now), article_id),
            )
    return article_id


def save_extraction(
    store: Store, article_id: int, record: Mapping[str, Any], run_id: int | None = None, now: datetime | None = None
) -> tuple[str, ...]:
    """Take over what the stored page gives when it is read anew; return the names of the parts that changed.

    A change becomes a version made by extraction, not by the outlet, on the same evidence; what only changed is by
    which way a part was found makes none.
    """
    now = now or datetime.now(UTC)
    facts = {name: value for name, value in _facts(record, run_id, now).items() if name not in {"version_at", "run_id"}}
    given = {"title": record["title"], "text": record["text"], **facts}
    with writing(store):
        old = fetch_row(
            store, "SELECT * FROM articles a JOIN texts t ON t.article_id = a.id WHERE a.id = ?", (article_id,)
        )
        if old is None:
            raise KeyError(article_id)
        changed = tuple(name for name in CONTENT if (given[name] or None) != (old[name] or None))
        if changed:
            keep_version(store, article_id)
            facts |= {"revision": old["revision"] + 1, "version_by": "extraction"}
            carry_evidence(store, article_id, old["revision"])
            _update_text(store, article_id, record)
        _update_facts(store, article_id, facts)
    return changed


def _find_same(store: Store, urls: list[str], record: Mapping[str, Any]) -> int | None:
    """Return the article that a record is a version of.

    The record's own address settles it. What a page merely says of its other addresses does not: templates give one
    short link to several articles. A moved article keeps its time of publication or its title.
    """
    found = find_article_id(store, urls[:1])
    for url in () if found else urls[1:]:
        article_id = find_article_id(store, [url])
        row = article_id and fetch_row(
            store,
            "SELECT a.published_at, t.title FROM articles a JOIN texts t ON t.article_id = a.id WHERE a.id = ?",
            (article_id,),
        )
        if row and (row["published_at"] == utc_text(record["published_at"]) or row["title"] == record["title"]):
            return article_id
    return found


def _insert(store: Store, record: Mapping[str, Any], run_id: int | None, now: datetime) -> int:
    ensure_outlet(store, record["outlet"])
    published, seen = utc_text(record["published_at"]), utc_text(now)
    row = {
        "url": record["url"],
        "outlet": record["outlet"],
        "first_seen_at": seen,
        "origin": record.get("origin", "crawl"),
        "next_look_at": next_look(seen, published, now) if record.get("origin", "crawl") == "crawl" else None,
        **_facts(record, run_id, now),
    }
    cursor = store.execute(build_insert("articles", row), row)
    article_id = int(cursor.lastrowid or 0)
    store.execute(
        "INSERT INTO texts (article_id, title, text) VALUES (?, ?, ?)", (article_id, record["title"], record["text"])
    )
    _save_evidence(store, article_id, 1, record)
    return article_id


def _update(store: Store, article_id: int, record: Mapping[str, Any], run_id: int | None, now: datetime) -> Reason:
    old = fetch_row(
        store,
        "SELECT a.origin, a.revision, a.version_at, a.first_seen_at, a.published_at, t.title, t.text FROM articles a"
        " JOIN texts t ON t.article_id = a.id WHERE a.id = ?",
        (article_id,),
    )
    assert old is not None  # addresses refer to articles by foreign key
    brought_in = record.get("origin", "crawl") != "crawl" and old["origin"] == "crawl"
    if brought_in or _version_at(record, now) < old["version_at"]:
        return "known"
    if old["origin"] == "clip":
        record = {**record, **find_retyped(store, article_id)}  # what people put right is not misread anew
    look = next_look(old["first_seen_at"], old["published_at"], now)
    store.execute(
        "UPDATE articles SET withdrawn_at = NULL, next_look_at = CASE WHEN origin = 'crawl' THEN ? END WHERE id = ?",
        (look, article_id),
    )
    if same_content(record["title"], record["text"], old["title"], old["text"]):
        return "unchanged"
    keep_version(store, article_id)
    revision, made_by = old["revision"] + 1, _made_by(store, article_id, old["revision"], record)
    facts = {**_facts(record, run_id, now), "revision": revision, "version_by": made_by}
    _update_facts(store, article_id, facts)
    _update_text(store, article_id, record)
    _save_evidence(store, article_id, revision, record)
    return "revised"


def _update_facts(store: Store, article_id: int, facts: Row) -> None:
    changes = ", ".join(f"{name} = :{name}" for name in facts)
    store.execute(f"UPDATE articles SET {changes} WHERE id = :id", {**facts, "id": article_id})


def _update_text(store: Store, article_id: int, record: Mapping[str, Any]) -> None:
    store.execute(
        "UPDATE texts SET title = ?, text = ? WHERE article_id = ?", (record["title"], record["text"], article_id)
    )


def _made_by(store: Store, article_id: int, revision: int, record: Mapping[str, Any]) -> str:
    """Say whose doing a changed version is: a page with the same bytes can only have been read in another way."""
    row = fetch_row(store, "SELECT sha256 FROM evidence WHERE article_id = ? AND revision = ?", (article_id, revision))
    same = row and record.get("evidence") and row["sha256"] == record["evidence"]["sha256"]
    return "extraction" if same else "outlet"


def _facts(record: Mapping[str, Any], run_id: int | None, now: datetime) -> Row:
    """Return the columns that a version brings with it."""
    modified = record.get("modified_at")
    return {
        "published_at": utc_text(record["published_at"]),
        "published_offset": offset_minutes(record["published_at"]),
        "modified_at": utc_text(modified) if modified else None,
        "version_at": _version_at(record, now),
        "run_id": run_id,
        "fields": json_text(record.get("fields") or {}),
        "extractor": record.get("extractor") or "",
        "fallback": bool(record.get("fallback")),
        **{name: record.get(name) or None for name in PLAIN},
        **{name: json_text(list(record.get(name) or ())) for name in LISTS},
    }


def _version_at(record: Mapping[str, Any], now: datetime) -> str:
    evidence = record.get("evidence")
    return utc_text(evidence["fetched_at"] if evidence else now)


def _save_evidence(store: Store, article_id: int, revision: int, record: Mapping[str, Any]) -> None:
    if evidence := record.get("evidence"):
        row = {
            "article_id": article_id,
            "revision": revision,
            **{name: evidence[name] for name in ("url", "warc", "offset", "length", "sha256")},
            "fetched_at": utc_text(evidence["fetched_at"]),
        }
        store.execute(build_insert("evidence", row), row)
