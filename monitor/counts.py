"""Names beside ids in rows of counts, as ``db.queries.counts`` gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from monitor.names import Names

NAMED = {"opd", "person", "pillar", "place"}


def name_rows(rows: Iterable[Mapping[str, Any]], dimensions: Sequence[str], names: Names) -> list[dict[str, Any]]:
    """Return the rows with a ``<dimension>_name`` after each id that the profile names."""
    named = []
    for row in rows:
        wide: dict[str, Any] = {}
        for key, value in row.items():
            wide[key] = value
            if key in dimensions and key in NAMED:
                wide[f"{key}_name"] = names.name_of(key, value) if value is not None else None
        named.append(wide)
    return named
