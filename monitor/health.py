"""How the outlets fare: the registry joined with what the store remembers of each.

A live look that asks sites what they offer is the crawl's; this reads only.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from db.addresses import count_addresses
from db.connection import Store
from db.findings import find_findings, find_mended
from db.outlets import count_stored, find_outlets, find_source_states
from db.rows import Row
from monitor.clock import find_now
from monitor.office import Office

_LATELY = timedelta(days=1)  # so long a closed finding is told as recovered


def build_registry(office: Office, store: Store) -> list[Row]:
    """Return one row per outlet, of recipes and of the store, by id."""
    stored = {row["id"]: row for row in find_outlets(store)}
    articles, counts = count_stored(store), count_addresses(store)
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


def check_health(store: Store, outlets: Sequence[str]) -> list[Row]:
    """Return one row per outlet: ok, never (not reached yet), fixed (a finding was closed within a day), or its oldest
    open finding, with since when.
    """
    findings, states = find_findings(store), find_source_states(store)
    mended = {row["outlet"]: row for row in find_mended(store, find_now() - _LATELY)}
    success = {row["id"]: row["last_success_at"] for row in find_outlets(store)}
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
