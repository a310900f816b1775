"""Editions: building the one asked for, and freezing the one that goes out.

The dataset is ``monitor.digest``'s; a frozen edition is kept by ``db.editions`` and shown again exactly as it was.
"""

from __future__ import annotations

from datetime import date, datetime

from db.connection import Store
from db.editions import save_edition
from monitor.clock import find_now
from monitor.digest.build import build_dataset
from monitor.digest.dataset import Dataset
from monitor.digest.gather import load_facts
from monitor.digest.window import build_window
from monitor.office import Office


def build_edition(store: Store, office: Office, day: date, edition: str, now: datetime | None = None) -> Dataset:
    """Return the dataset of an edition as today's rules and the store's present content give it.

    Raises InputError for an edition that is not scheduled.
    """
    clocks = {str(name): clock for name, clock in office.config.schedule.editions.items()}
    window = build_window(day, edition, clocks, office.zone)
    facts = load_facts(store, window, office.chosen, now or find_now())
    return build_dataset(facts, office.profile.id, office.profile.name, office.zone, office.names)


def freeze_edition(store: Store, data: Dataset) -> str:
    """Keep a dataset unchangeably under the id of an edition, and return that id; the same dataset is kept once."""
    row = save_edition(store, data.edition, date.fromisoformat(data.day), data.to_json())
    return str(row["id"])
