"""A person's word on a tag: kept apart from what rules and models say, and always stronger.

The latest correction per article, field and value holds. ``apply_corrections`` is run over every annotation before it
is stored, so that what is counted is what a person left standing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from db.connection import Store
from db.rows import Row, fetch_rows, json_text, now_text, placeholders

LABELS = {
    "about": ("subject", "incidental", "none"),
    "kind": ("reporting", "release", "advertorial"),
    "tone": ("positif", "netral", "negatif"),
    "headline_tone": ("positif", "netral", "negatif"),
}
CLEARED = {"about": "none", "kind": "reporting", "tone": "netral", "headline_tone": "netral"}
SETS = ("opd", "officials", "places", "pillars")
ACTIONS = {"set": LABELS, "clear": (*LABELS, *SETS), "add": SETS, "remove": SETS}
CERTAIN = 1.0  # score of what a person says


class CorrectionRefused(ValueError):
    """A correction names a field, action or value that does not exist."""


def insert_correction(
    store: Store,
    article_id: int,
    field: str,
    value: str | None,
    action: str,
    by: str,
    note: str,
    before: Any,
    at: datetime | None,
) -> int:
    """Write one correction row after checking it; return its id. Raises CorrectionRefused."""
    if action not in ACTIONS or field not in ACTIONS[action]:
        raise CorrectionRefused(
            f"cannot {action} {field}: set or clear {', '.join(LABELS)}; add, remove or clear {', '.join(SETS)}"
        )
    if action == "set" and value not in LABELS[field]:
        raise CorrectionRefused(f"{field} is one of {', '.join(LABELS[field])}, not {value!r}")
    if action in {"add", "remove"} and not value:
        raise CorrectionRefused(f"name the id to {action}")
    cursor = store.execute(
        "INSERT INTO corrections (article_id, field, value, action, before, by, note, at) VALUES (?, ?, ?, ?, ?, ?,"
        " ?, ?)",
        (article_id, field, value, action, json_text(before), by, note, now_text(at)),
    )
    return int(cursor.lastrowid or 0)


def find_corrections(store: Store, article_ids: Sequence[int] = ()) -> list[Row]:
    """Return corrections in the order they were made, of all articles when none is named; ``before`` is what stood
    there.
    """
    where = f"WHERE article_id IN ({placeholders(article_ids)})" if article_ids else ""
    rows = fetch_rows(store, f"SELECT * FROM corrections {where} ORDER BY id", tuple(article_ids))
    return [{**row, "before": json.loads(row["before"] or "null")} for row in rows]


def apply_corrections(annotation: Mapping[str, Any], corrections: Sequence[Mapping[str, Any]]) -> Row:
    """Return the annotation (published form) as a person left it. Pure; corrections are in the order they were made."""
    row = dict(annotation)
    for correction in _in_force(corrections):
        field, value = correction["field"], correction["value"]
        if field in LABELS:
            label = value if correction["action"] == "set" else CLEARED[field]
            row[field] = (
                label
                if field in {"about", "kind"}
                else {"label": label, "score": CERTAIN, "evidence": [], "review": False}
            )
            if field == "about":
                row |= {"about_score": CERTAIN, "about_reasons": [f"set by {correction['by']}"]}
        else:
            row[field] = _changed_set(row.get(field) or [], correction)
    return row


def _in_force(corrections: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the corrections that no later one replaces; clearing a field replaces all that was said about it."""
    latest: dict[tuple[str, str | None], Mapping[str, Any]] = {}
    for correction in corrections:
        field = correction["field"]
        value = correction["value"] if field in SETS else None
        if value is None:
            latest = {key: kept for key, kept in latest.items() if key[0] != field}
        latest.pop((field, value), None)
        latest[field, value] = correction
    return list(latest.values())


def _changed_set(items: Sequence[Row], correction: Mapping[str, Any]) -> list[Row]:
    value, action = correction["value"], correction["action"]
    if action == "clear":
        return []
    rest = [item for item in items if item["id"] != value]
    if action == "remove":
        return rest
    found = next((item for item in items if item["id"] == value), None)
    return [*rest, {**(found or _new_item(correction["field"], value)), "by_person": True}]


def _new_item(field: str, value: str) -> Row:
    if field == "pillars":
        return {"id": value, "score": CERTAIN, "evidence": []}
    return {"id": value, "mentions": [], **({"role": "actor"} if field == "opd" else {})}
