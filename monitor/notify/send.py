"""Sends one edition to groups because a person asked for it: finds what is frozen, queues, delivers, reports."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import date

from db.connection import Store
from db.editions import find_edition
from db.outbox import find_messages
from db.rows import Row
from monitor.clock import find_now
from monitor.digest.dataset import Dataset
from monitor.digest.window import EDITIONS
from monitor.editions import build_edition, check_begun, load_edition
from monitor.notify.deliver import run_delivery
from monitor.notify.queue import Planned, queue_planned
from monitor.office import Office


def find_sendable(store: Store, office: Office, edition: str, day: date, fresh: bool = False) -> tuple[str, Dataset]:
    """Return id and dataset of an edition by its id, or by name and day: the one frozen last, so that numbers agree.

    The id is empty when it must still be frozen: there is none yet, its hours still ran, or ``fresh`` asks for today's
    rules. Raises UnknownName, InputError.
    """
    if edition not in EDITIONS:
        frozen = load_edition(store, edition)
        return frozen.id, frozen.data
    row = None if fresh else find_edition(store, kind=edition, on=day)
    if row is not None:
        frozen = load_edition(store, row["id"])
        if frozen.data.complete:
            return frozen.id, frozen.data
    check_begun(office, day, edition)
    return "", build_edition(store, office, day, edition)


def send_planned(
    store: Store, office: Office, what: str, planned: Sequence[Planned], stop: threading.Event
) -> list[Row]:
    """Queue and deliver; return the outbox rows of these messages, also of those that had been sent before."""
    queue_planned(store, planned, what, find_now())
    batches = sorted({message.batch for message in planned})
    run_delivery(store, office, stop, batches)
    wanted = {(message.batch, message.recipient) for message in planned}
    rows = [row for row in find_messages(store, batches) if (row["batch"], row["recipient"]) in wanted]
    return sorted(rows, key=lambda row: int(row["id"]))
