"""What people ask for, on the command line or in the workspace, as a filter of articles: every value checked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.errors import UnknownName

if TYPE_CHECKING:
    from db.connection import Store
    from db.queries.filters import ArticleFilter
    from monitor.office import Office


def build_filter(
    office: Office,
    store: Store,
    since: str | None = None,
    until: str | None = None,
    outlet: list[str] | None = None,
    opd: list[str] | None = None,
    pillar: list[str] | None = None,
    tone: list[str] | None = None,
    about: list[str] | None = None,
    query: str | None = None,
    limit: int | None = None,
) -> ArticleFilter:
    """Turn the options into a filter. Raises InputError for an impossible day and UnknownName for an unknown id."""
    from db.corrections import LABELS
    from db.outlets import find_outlets
    from db.queries.filters import ArticleFilter
    from monitor.clock import check_period, day_end, day_start, parse_day
    from monitor.outlets import resolve_outlets

    first = parse_day(since, "--from", office.zone) if since else None
    last = parse_day(until, "--to", office.zone) if until else None
    check_period(first, last, "--from", "--to")
    return ArticleFilter(
        since=day_start(first, office.zone) if first else None,
        until=day_end(last, office.zone) if last else None,
        outlets=resolve_outlets(office, outlet or (), (row["id"] for row in find_outlets(store)) if outlet else ()),
        opd=known_values("OPD", opd, office.names.opd, "pantau profile show"),
        pillars=known_values("pillar", pillar, office.names.pillars, "pantau profile show"),
        tones=known_values("tone", tone, LABELS["tone"], "pantau articles --help"),
        about=known_values("value of --about", about, LABELS["about"], "pantau articles --help"),
        query=query,
        limit=limit,
    )


def narrow(
    wanted: ArticleFilter,
    office: Office,
    place: list[str] | None,
    person: list[str] | None,
    channel: list[str] | None,
    kind: list[str] | None,
) -> ArticleFilter:
    """Add conditions whose values the profile or the annotation knows. Raises UnknownName."""
    from db.corrections import LABELS

    listing = "pantau profile show"
    return replace(
        wanted,
        places=known_values("kecamatan", place, office.names.places, listing),
        officials=known_values("person", person, office.names.people, listing),
        channels=known_values("channel", channel, ("earned", "owned", "paid"), "pantau counts --help"),
        kinds=known_values("kind", kind, LABELS["kind"], "pantau counts --help"),
    )


def with_predecessors(opd: tuple[str, ...], merge: dict[str, str]) -> tuple[str, ...]:
    """Return the offices and, where eras are merged, those that became one of them."""
    return tuple(dict.fromkeys([*opd, *(old for old, new in merge.items() if new in opd)]))


def known_values(what: str, given: list[str] | None, known: Collection[str], listing: str) -> tuple[str, ...]:
    """Return the values given, separated by repetition or commas. Raises UnknownName for one that is not known."""
    values = [part.strip().lower() for value in given or () for part in value.split(",") if part.strip()]
    for value in values:
        if value not in known:
            raise UnknownName(what, value, known, listing)
    return tuple(values)
