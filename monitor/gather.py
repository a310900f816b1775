"""Plans a crawl from profile, recipes and store, and runs it: what ``pantau crawl`` and the service do first.

The plan is ``crawlers.plan``'s form; keeping what comes back is ``monitor.ingest``'s.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from crawlers.addresses import write_known
from crawlers.loader import list_broken
from crawlers.plan import on_loopback
from crawlers.verdict import text_hash
from db.addresses import articles_to_revisit, find_left, known_addresses
from db.connection import Store
from db.findings import find_findings, raise_finding, resolve_finding
from db.outlets import find_left_alone, find_source_states
from db.queries.articles import iter_articles
from db.queries.filters import ArticleFilter
from monitor.ahead import mend_times
from monitor.child import Record
from monitor.clock import day_end, day_start, find_now, is_moved, parse_instant
from monitor.errors import InputError
from monitor.ingest import HUNG_LIST, Gathered, run_crawl
from monitor.leads import follow_leads
from monitor.office import Office, list_folders
from monitor.watch import RECIPIENT, SERVICE, watch_outlets

# The longest between two looks, however little news an outlet has.
TIERS = {"hourly": timedelta(minutes=30), "normal": timedelta(hours=2), "daily": timedelta(hours=24)}
WALK = timedelta(minutes=10)  # between the first and the last of an outlet's sources that one run asks
HELD, HELD_MOST = timedelta(hours=8), timedelta(days=7)  # that an outlet is left out of which a list hung
SLACK = timedelta(minutes=5)  # a run that starts a little early still takes the outlets whose turn is about to come


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked of a crawl; None leaves it to recipe and engine."""

    outlets: tuple[str, ...]
    since: date | None = None
    until: date | None = None
    limit: int | None = None  # articles per outlet
    delay: float | None = None  # seconds between requests to one host
    looks: tuple[str, ...] = ()  # further outlets, of which only articles are looked at again
    seconds: float | None = None  # per outlet: all others' articles wait for the slowest
    again: bool = False  # also what was tried in vain so lately that a crawl on a rhythm would let it be


def run_gathering(
    store: Store,
    office: Office,
    wish: Wish,
    run_id: int,
    stop: threading.Event,
    note: Callable[[Record], None] = lambda record: None,
) -> Gathered:
    """Crawl the outlets wished for and store what they have. Raises InputError (delay not allowed), JobError."""
    check_delay(office, wish)
    mend_times(store, find_now())
    with tempfile.TemporaryDirectory(prefix="pantau-") as folder:
        plan = build_plan(store, office, wish, Path(folder))
        gathered = run_crawl(store, plan, run_id, stop, note, office.config.crawl_log)
        if office.config.discovery:
            follow_leads(store, office, gathered.leads, run_id, gathered, stop, plan, note)
    if gathered.ended and not stop.is_set():
        expected = {key: office.recipes[key].expect for key in wish.outlets}
        gathered.findings.update(
            watch_outlets(store, wish.outlets, run_id, find_now().astimezone(office.zone), expected)
        )
    return gathered


def tell_broken(store: Store, office: Office, gathered: Gathered) -> None:
    """Raise a finding for each watched outlet whose recipe cannot be read."""
    for finding in list_broken(office.broken, office.recipes):
        if finding.outlet in office.asked:
            raise_finding(store, finding.outlet, finding.kind, finding.detail, find_now())
            gathered.findings.add((finding.outlet, finding.kind))


def drop_unwatched(store: Store, office: Office) -> None:
    """Close the findings on outlets that the profile has no more: no crawl would, and all digests would tell them."""
    for finding in find_findings(store):
        outlet = finding["outlet"]
        if not outlet.startswith((SERVICE, RECIPIENT)) and outlet not in office.asked:
            resolve_finding(store, outlet, finding["kind"], find_now())


def build_plan(store: Store, office: Office, wish: Wish, folder: Path) -> dict[str, Any]:
    """Return the crawl's plan as JSON-able values; addresses already settled are written to a file in ``folder``."""
    known, outlets = folder / "known.bin", [*wish.outlets, *wish.looks]
    latest = wish.since is None and wish.until is None
    write_known(known, known_addresses(store, outlets, None if wish.again else find_now()))
    plan = {
        "outlets": outlets,
        "looks_only": list(wish.looks) or None,
        "recipe_dirs": [str(path) for path in list_folders(office.config)[1:]],
        "since": day_start(wish.since, office.zone).isoformat() if wish.since else None,
        "until": (day_end(wish.until, office.zone) - timedelta(seconds=1)).isoformat() if wish.until else None,
        "limit": wish.limit,
        "max_seconds": wish.seconds,
        "delay": wish.delay,
        "timeout": office.config.timeout,
        "evidence_dir": str(office.config.evidence_folder),
        "contact": office.config.contact or None,
        "keywords": list(office.profile.keywords),
        "known": str(known),
        "states": find_source_states(store, wish.outlets),
        "left_alone": find_left_alone(store, find_now()) or None,
        "left": find_left(store, wish.outlets, find_now(), again=wish.again) if latest else None,
        "revisit": _list_revisits(store, outlets),
        "now": find_now().isoformat() if is_moved() else None,
    }
    return {key: value for key, value in plan.items() if value is not None}


def _list_revisits(store: Store, outlets: Sequence[str]) -> list[dict[str, str]]:
    ids = tuple(row["id"] for row in articles_to_revisit(store, find_now()) if row["outlet"] in outlets)
    due = iter_articles(store, ArticleFilter(ids=ids)) if ids else ()
    return [
        {"url": row["url"], "outlet": row["outlet"], "text_hash": text_hash(row["title"], row["text"])} for row in due
    ]


def find_looks(office: Office, store: Store, besides: Sequence[str]) -> tuple[str, ...]:
    """Return the watched outlets with an article to look at again now, whatever the turn of their sources."""
    due = {row["outlet"] for row in articles_to_revisit(store, find_now())}
    return tuple(key for key in office.chosen if key in due and key in office.recipes and key not in besides)


def check_delay(office: Office, wish: Wish) -> None:
    """Raise InputError for a delay below an outlet's own, unless proxy or host is on this machine."""
    for key in wish.outlets:
        recipe = office.recipes[key]
        if wish.delay is not None and wish.delay < recipe.crawl.delay and not on_loopback(recipe):
            raise InputError(
                f"--delay {wish.delay:g} is below the {recipe.crawl.delay:g} s that {key} is given between requests; "
                "less is allowed only where proxy or host is on this machine"
            )


def find_due(office: Office, states: Sequence[Mapping[str, Any]], now: datetime) -> tuple[str, ...]:
    """Return the watched outlets whose turn has come: never looked at, or longer ago than their sources' news or else
    their tier asks for.

    ``states`` are rows of ``db.outlets.find_source_states``.
    """
    looked: dict[str, list[Mapping[str, Any]]] = {}
    for state in states:
        if state["checked_at"] and state["outlet"] in office.recipes:
            looked.setdefault(state["outlet"], []).append(state)
    turns = {key: _find_turn(rows, TIERS[office.recipes[key].tier], now) for key, rows in looked.items()}
    return tuple(key for key in office.asked if key in office.recipes and turns.get(key, now) <= now + SLACK)


def find_held(store: Store, now: datetime) -> frozenset[str]:
    """Return the outlets left out of rounds because reading a list of theirs held up the crawl: for hours after the
    first time, then for as long again as it has been so, but never for more than a week.
    """
    hung = [row for row in find_findings(store) if row["kind"] == HUNG_LIST]
    times = [(row["outlet"], parse_instant(row["since"]), parse_instant(row["last_at"])) for row in hung]
    return frozenset(outlet for outlet, since, last in times if now < last + min(max(HELD, last - since), HELD_MOST))


def _find_turn(states: Sequence[Mapping[str, Any]], longest: timedelta, now: datetime) -> datetime:
    """Return when an outlet is to be asked again: by those of its sources that the last walk asked. One that is gone,
    or that others made needless, was last asked long ago and would have its outlet asked at every turn.
    """
    last = max(parse_instant(state["checked_at"]) for state in states)
    if last > now + SLACK:
        return now  # a clock that was ahead is no reason to wait for it
    waits = [
        timedelta(seconds=state["interval_s"])
        for state in states
        if state.get("interval_s") and not state.get("error") and parse_instant(state["checked_at"]) > last - WALK
    ]
    return last + min([longest, *waits])
