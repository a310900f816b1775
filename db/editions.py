"""Frozen datasets of digests and reports: what was sent can be shown again exactly as it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from db.connection import Store, writing
from db.rows import Row, build_insert, fetch_row, now_text


def save_edition(store: Store, kind: str, on: date, dataset: Mapping[str, Any], now: datetime | None = None) -> Row:
    """Freeze a dataset under an id such as ``2024-10-30-pagi``; a changed one of the same kind and date gets ``-2``,
    ``-3`` …

    The same dataset again returns the edition that holds it. Editions cannot be changed or deleted.
    """
    text = json.dumps(dataset, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    with writing(store):
        same = fetch_row(
            store,
            "SELECT * FROM editions WHERE kind = ? AND on_date = ? AND sha256 = ?",
            (kind, on.isoformat(), digest),
        )
        if same:
            return _plain(same)
        number = store.conn.execute(
            "SELECT COUNT(*) + 1 FROM editions WHERE kind = ? AND on_date = ?", (kind, on.isoformat())
        ).fetchone()[0]
        row = {
            "id": f"{on.isoformat()}-{kind}" + (f"-{number}" if number > 1 else ""),
            "kind": kind,
            "on_date": on.isoformat(),
            "number": number,
            "dataset": text,
            "sha256": digest,
            "created_at": now_text(now),
        }
        store.execute(build_insert("editions", row), row)
    return _plain(row)


def find_edition(
    store: Store, edition_id: str | None = None, *, kind: str | None = None, on: date | None = None
) -> Row | None:
    """Return an edition by id, or the latest of a kind and date, with its ``dataset`` as a dictionary; None if there
    is none.
    """
    if edition_id is not None:
        row = fetch_row(store, "SELECT * FROM editions WHERE id = ?", (edition_id,))
    elif kind is not None and on is not None:
        row = fetch_row(
            store,
            "SELECT * FROM editions WHERE kind = ? AND on_date = ? ORDER BY number DESC LIMIT 1",
            (kind, on.isoformat()),
        )
    else:
        raise ValueError("name an edition by its id, or by kind and date")
    return _plain(row) if row else None


def _plain(row: Row) -> Row:
    return {**row, "dataset": json.loads(row["dataset"])}
