"""How the outlets fare: the registry joined with what the store remembers of each.

A live look that asks sites what they offer is the crawl's; this reads only.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from typing import Any

from db.addresses import count_addresses
from db.connection import open_store
from db.faults import StoreMissing
from db.findings import find_findings, find_mended
from db.outlets import count_stored, find_outlets, find_source_states
from monitor.clock import find_now
from monitor.office import Office

Row = dict[str, Any]
_LATELY = timedelta(days=1)  # so long a closed finding is told as recovered


def build_registry(office: Office) -> list[Row]:
    """Return one row per outlet, of recipes and of the store, by id; a store that does not exist yet adds nothing."""
    outlets, _, _ = _read(office)
    articles, counts = _count(office)
    stored = {row["id"]: row for row in outlets}
    rows = []
    for key in sorted({*office.recipes, *stored}):
        recipe, row = office.recipes.get(key), stored.get(key, {})
        rows.append(
            {
                "id": key,
                "name": recipe.name if recipe else row["name"],
                "domains": list(recipe.domains) if recipe else [key],
                "kind": recipe.kind if recipe else row["kind"],
                "tier": recipe.tier if recipe else None,
                "verified": recipe.verified if recipe else False,
                "watched": key in office.chosen,
                "articles": articles.get(key, 0),
                "looked_at": sum(counts.get(key, {}).values()),
                "not_ours": counts.get(key, {}).get("not_ours", 0),
                "last_success_at": row.get("last_success_at"),
                "last_finding": row.get("last_finding"),
            }
        )
    return rows


def check_health(office: Office, outlets: Sequence[str]) -> list[Row]:
    """Return one row per outlet: ok, never (not reached yet), fixed (a finding was closed within a day), or its oldest
    open finding, with since when.
    """
    stored, findings, states = _read(office)
    mended = {row["outlet"]: row for row in _read_mended(office)}
    success = {row["id"]: row["last_success_at"] for row in stored}
    rows = []
    for key in outlets:
        finding = next((row for row in findings if row["outlet"] == key), None)
        sources = [row for row in states if row["outlet"] == key]
        # Of the places where an outlet may announce its articles most are missing: only none at all is a failure.
        failing = sources[0] if sources and all(row["error"] for row in sources) else None
        status = "finding" if finding else "failing" if failing else "ok" if success.get(key) else "never"
        if status == "ok" and key in mended:
            status, finding = "fixed", mended[key]
        rows.append(
            {
                "outlet": key,
                "status": status,
                "last_success_at": success.get(key),
                "finding": finding["kind"] if finding else failing["error"] if failing else None,
                "since": finding["since"] if finding else failing["failing_since"] if failing else None,
                "detail": finding["detail"] if finding else f"source {failing['source']}" if failing else "",
            }
        )
    return rows


def _read_mended(office: Office) -> list[Row]:
    try:
        with closing(open_store(office.config.store, read_only=True)) as store:
            return find_mended(store, find_now() - _LATELY)
    except StoreMissing:
        return []


def _read(office: Office) -> tuple[list[Row], list[Row], list[Row]]:
    """Return outlets, findings and states of sources."""
    try:
        with closing(open_store(office.config.store, read_only=True)) as store:
            return find_outlets(store), find_findings(store), find_source_states(store)
    except StoreMissing:
        return [], [], []


def _count(office: Office) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """Return per outlet its articles and its addresses."""
    try:
        with closing(open_store(office.config.store, read_only=True)) as store:
            return count_stored(store), count_addresses(store)
    except StoreMissing:
        return {}, {}
