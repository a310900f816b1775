"""Editions: building the one asked for, freezing the one that goes out, reading it again as it went out.

The dataset is ``monitor.digest``'s; a frozen edition is kept by ``db.editions`` and can be neither changed nor deleted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pydantic import ValidationError

from db.connection import Store
from db.editions import find_edition, save_edition
from db.queries.editions import find_first_unread, find_last_day, list_editions
from monitor.clock import find_now
from monitor.digest.build import build_dataset
from monitor.digest.dataset import Dataset, parse_dataset
from monitor.digest.gather import load_facts
from monitor.digest.window import EDITIONS, LONGEST_GAP, build_window, list_earlier
from monitor.errors import InputError, UnknownName
from monitor.office import Office

REPORT = "laporan"  # kind of a month's report, which ``monitor.report`` keeps beside the editions


@dataclass(frozen=True, slots=True)
class Frozen:
    """An edition as it went out."""

    id: str
    created_at: str  # UTC
    data: Dataset


def build_edition(store: Store, office: Office, day: date, edition: str, now: datetime | None = None) -> Dataset:
    """Return the dataset of an edition as today's rules and the store's present content give it.

    Raises InputError for an edition that is not scheduled.
    """
    clocks = office.config.schedule.clocks
    window = build_window(day, edition, clocks, office.zone)
    kinds = list(clocks)
    last = find_last_day(store, kinds, day - timedelta(days=1))
    unread = find_first_unread(store, kinds, day - LONGEST_GAP, day)
    earlier = list_earlier(window, clocks, office.zone, min(filter(None, (last, unread)), default=None))
    facts = load_facts(store, window, office.chosen, now or find_now(), earlier, office.config.unanswered_days)
    names = office.own_names
    return build_dataset(facts, office.profile.id, office.profile.name, office.zone, names)


def check_begun(office: Office, day: date, edition: str, now: datetime | None = None) -> None:
    """Raise InputError for an edition whose hours have not begun: it would go out as one without news."""
    if start := find_begin(office, day, edition, now or find_now()):
        raise InputError(f"the edition {edition} of {day} has not begun: it covers what comes from {start:%H:%M} on")


def find_begin(office: Office, day: date, edition: str, now: datetime) -> datetime | None:
    """Return when the hours of an edition begin, on the office's clock; None when they have begun.

    Raises InputError for an edition that is not scheduled.
    """
    start = build_window(day, edition, office.config.schedule.clocks, office.zone).start
    return start.astimezone(office.zone) if start > now else None


def freeze_edition(store: Store, data: Dataset) -> str:
    """Keep a dataset unchangeably under the id of an edition, and return that id; the same dataset is kept once."""
    row = save_edition(store, data.edition, date.fromisoformat(data.day), data.to_json(), find_now())
    return str(row["id"])


def load_edition(store: Store, edition_id: str) -> Frozen:
    """Return a frozen edition of a digest by its id, or by the number of its dataset that stands on every output.

    Raises UnknownName, and InputError for a dataset of a version that this one cannot read.
    """
    row, known = find_edition(store, edition_id), []
    if row is None:  # only then are all datasets looked into, which are many after some years
        known = list_editions(store, EDITIONS)
        by_dataset = {one["dataset_id"]: one["id"] for one in known}
        row = find_edition(store, by_dataset.get(edition_id, edition_id))
    if row is not None and row["kind"] == REPORT:
        raise InputError(f"{edition_id} is a month's report: pantau report --edition {edition_id} -o report.pdf")
    if row is None or row["kind"] not in EDITIONS:
        raise UnknownName("edition", edition_id, [str(row["id"]) for row in known], "pantau edition list")
    try:
        return Frozen(row["id"], row["created_at"], parse_dataset(row["dataset"]))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise InputError(
            f"edition {row['id']} lacks {place}: it was frozen by another version of pantau, which can still show it"
        ) from None
