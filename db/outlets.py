"""Outlets as the store knows them, and the state of their sources between crawls.

The registry itself is the recipes'; an outlet that only an import names is kept under the id given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from db.connection import Store, writing
from db.rows import Row, build_insert, fetch_row, fetch_rows, now_text, placeholders, utc_text

GOVERNMENT_DOMAIN = ".go.id"  # given out to government bodies only (PANDI, domain policy)
STATE = ("etag", "last_modified", "body_hash", "interval_s", "watermark")  # of a source, as the crawl left it


def save_outlets(store: Store, rows: Iterable[Mapping[str, Any]]) -> None:
    """Register outlets, rows of ``id, name, kind``; what else a recipe says is not kept."""
    with writing(store):
        for row in rows:
            kept = {"id": row["id"], "name": row.get("name") or row["id"], "kind": row.get("kind")}
            changes = "name = excluded.name, kind = excluded.kind"
            store.execute(f"{build_insert('outlets', kept)} ON CONFLICT (id) DO UPDATE SET {changes}", kept)


def ensure_outlet(store: Store, outlet: str, name: str | None = None) -> None:
    """Make a row for an outlet that no recipe describes, named by its id where nobody named it; leave a known one."""
    kind = "government" if outlet.endswith(GOVERNMENT_DOMAIN) else None
    store.execute(
        "INSERT INTO outlets (id, name, kind) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
        (outlet, name or outlet, kind),
    )


def find_outlets(store: Store) -> list[Row]:
    """Return all outlets by id, with ``last_success_at`` and ``last_finding``."""
    return fetch_rows(
        store,
        "SELECT o.*, (SELECT f.kind || ': ' || f.detail FROM findings f WHERE f.outlet = o.id AND f.resolved_at IS NULL"
        "  ORDER BY f.last_at DESC LIMIT 1) AS last_finding FROM outlets o ORDER BY o.id",
    )


def count_stored(store: Store) -> dict[str, int]:
    """Return how many articles are stored of each outlet that has any."""
    return dict(store.conn.execute("SELECT outlet, COUNT(*) FROM articles GROUP BY outlet").fetchall())


def save_source_state(store: Store, record: Mapping[str, Any]) -> None:
    """Keep the state of one source (a ``source`` record of the crawl); ``failing_since`` is kept while errors last."""
    at = utc_text(record["checked_at"]) if record.get("checked_at") else now_text()
    error = record.get("error")
    with writing(store):
        ensure_outlet(store, record["outlet"])
        old = fetch_row(
            store,
            "SELECT failing_since FROM source_states WHERE outlet = ? AND source = ?",
            (record["outlet"], record["source"]),
        )
        failing_since = ((old or {}).get("failing_since") or at) if error else None
        row = {
            **{name: record[name] for name in ("outlet", "source")},
            **{name: record.get(name) or None for name in STATE},
            **{name: record.get(name) or 0 for name in ("seen", "new")},
            "checked_at": at,
            "error": error,
            "failing_since": failing_since,
        }
        store.execute(build_insert("source_states", row, "OR REPLACE"), row)
        if not error:
            mark_success(store, record["outlet"], at)


def find_source_states(store: Store, outlets: Sequence[str] = ()) -> list[Row]:
    """Return the states of the sources of ``outlets``, of all when none is named."""
    where = f"WHERE outlet IN ({placeholders(outlets)})" if outlets else ""
    return fetch_rows(store, f"SELECT * FROM source_states {where} ORDER BY outlet, source", tuple(outlets))


def note_walk(store: Store, outlets: Sequence[str], *, ended: bool) -> None:
    """Mark the sources of outlets as being walked, or those as walked that the crawl did not ask.

    A crawl that dies leaves the mark, by which the next one knows that it did not get to the end of them.
    """
    old, new = ("open", None) if ended else (None, "open")
    with writing(store):
        store.execute(
            f"UPDATE source_states SET watermark = ? WHERE outlet IN ({placeholders(outlets)}) AND watermark IS ?",
            (new, *outlets, old),
        )


def leave_alone(store: Store, outlet: str, until: datetime | str) -> None:
    """Keep until when an outlet asked not to be asked."""
    with writing(store):
        ensure_outlet(store, outlet)
        store.execute("UPDATE outlets SET left_alone_until = ? WHERE id = ?", (utc_text(until), outlet))


def find_left_alone(store: Store, now: datetime) -> dict[str, str]:
    """Return by outlet until when it is to be left alone, of those whose time has not come."""
    query = "SELECT id, left_alone_until FROM outlets WHERE left_alone_until > ?"
    return dict(store.conn.execute(query, (utc_text(now),)).fetchall())


def mark_success(store: Store, outlet: str, at: str) -> None:
    """Record that something of the outlet could be read at ``at`` (stored form)."""
    store.execute(
        "UPDATE outlets SET last_success_at = MAX(COALESCE(last_success_at, ''), ?) WHERE id = ?",
        (at, outlet),
    )
