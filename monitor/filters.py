"""What people ask for, on the command line or in the workspace, as a filter of articles: every value checked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.errors import UnknownName

if TYPE_CHECKING:
    from db.connection import Store
    from db.queries.filters import ArticleFilter
    from monitor.office import Office


@dataclass(frozen=True, slots=True)
class Conditions:
    """What articles are asked for, as people give it; what is not given is no condition.

    Days are as typed, the last included; lists hold ids or codes, of which one may be several with commas between.
    """

    since: str | None = None
    until: str | None = None
    outlet: Sequence[str] | None = None
    opd: Sequence[str] | None = None
    pillar: Sequence[str] | None = None
    place: Sequence[str] | None = None
    person: Sequence[str] | None = None
    speaker: Sequence[str] | None = None  # also a name as printed
    story: Sequence[int] | None = None
    tone: Sequence[str] | None = None
    channel: Sequence[str] | None = None
    kind: Sequence[str] | None = None
    about: Sequence[str] | None = None
    query: str | None = None


def build_filter(office: Office, store: Store, asked: Conditions) -> ArticleFilter:
    """Turn conditions into a filter. Raises InputError for an impossible day and UnknownName for an unknown id."""
    from db.corrections import LABELS
    from db.outlets import find_outlets
    from db.queries.counts import CHANNELS
    from db.queries.filters import ArticleFilter
    from monitor.clock import day_end, day_start, parse_period
    from monitor.outlets import resolve_outlets

    first, last = parse_period(asked.since, asked.until, ("--from", "--to"), office.zone)
    stored = (row["id"] for row in find_outlets(store)) if asked.outlet else ()
    profile, articles, counts = "pantau profile show", "pantau articles --help", "pantau counts --help"
    return ArticleFilter(
        since=day_start(first, office.zone) if first else None,
        until=day_end(last, office.zone) if last else None,
        outlets=resolve_outlets(office, asked.outlet or (), stored),
        opd=known_values("OPD", asked.opd, office.names.opd, profile),
        pillars=known_values("pillar", asked.pillar, office.names.pillars, profile),
        places=known_values("kecamatan", asked.place, office.names.places, profile),
        officials=known_values("person", asked.person, office.names.people, profile),
        speakers=tuple(asked.speaker or ()),
        stories=tuple(asked.story or ()),
        tones=known_values("tone", asked.tone, LABELS["tone"], articles),
        channels=known_values("channel", asked.channel, CHANNELS, counts),
        kinds=known_values("kind", asked.kind, LABELS["kind"], counts),
        about=known_values("value of --about", asked.about, LABELS["about"], articles),
        query=asked.query,
    )


def with_predecessors(opd: tuple[str, ...], merge: dict[str, str]) -> tuple[str, ...]:
    """Return the offices and, where eras are merged, those that became one of them."""
    return tuple(dict.fromkeys([*opd, *(old for old, new in merge.items() if new in opd)]))


def known_values(what: str, given: Sequence[str] | None, known: Collection[str], listing: str) -> tuple[str, ...]:
    """Return the values given, separated by repetition or commas. Raises UnknownName for one that is not known."""
    values = [part.strip().lower() for value in given or () for part in value.split(",") if part.strip()]
    for value in values:
        if value not in known:
            raise UnknownName(what, value, known, listing)
    return tuple(values)
