"""Sends what is due in the outbox, one message after the other, and records how each try ended.

A message that fails waits longer after every try and is given up after the last; a recipient who could not be reached
is a finding until something reaches it. Quiet hours are kept here, at the moment of sending, so that they hold as
well for what was tried in vain before they began.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from db.connection import Store
from db.findings import raise_finding, resolve_finding
from db.outbox import claim_next, has_due, mark_failed, mark_lost, mark_sent
from monitor.clock import find_now
from monitor.errors import ConfigError
from monitor.notify.addresses import open_address, send_message
from monitor.office import Office

log = logging.getLogger("pantau")
FAILED_SEND = "send_failed"  # kind of the finding
GIVEN_UP = "; given up"  # at the end of what is told of it, after the last try


@dataclass(slots=True)
class Delivered:
    """What one round did, in messages."""

    sent: int = 0
    failed: int = 0  # tries; most of them are repeated
    unknown: int = 0

    @property
    def faults(self) -> int:
        """How many messages did not go out, or may not have."""
        return self.failed + self.unknown

    def to_summary(self) -> dict[str, Any]:
        """Return the counts that are not zero."""
        counts = {"sent": self.sent, "send_failed": self.failed, "send_unknown": self.unknown}
        return {name: count for name, count in counts.items() if count}


def is_due(store: Store, office: Office, now: datetime) -> bool:
    """Say whether a round would find anything to do."""
    return has_due(store, now, office.config.delivery.find_quiet(now, office.zone))


def run_delivery(
    store: Store,
    office: Office,
    stop: threading.Event,
    batches: Sequence[str] = (),
    clock: Callable[[], datetime] = find_now,
) -> Delivered:
    """Send what is due (of ``batches``, of all when empty) until nothing is left or ``stop`` is set."""
    done = Delivered()
    delivery = office.config.delivery
    for lost in mark_lost(store, clock()):
        done.unknown += 1
        _raise(store, lost["recipient"], f"{lost['batch']}: {lost['detail']}", clock())
    while not stop.is_set():
        now = clock()
        row = claim_next(store, now, delivery.find_quiet(now, office.zone), batches)
        if row is None:
            break
        fault = _try(office, row)
        if fault is None:
            mark_sent(store, row["id"], clock())
            resolve_finding(store, f"recipient:{row['recipient']}", None, clock())
            done.sent += 1
            continue
        waits = delivery.retry_minutes[row["tries"] - 1 : row["tries"]]
        wait = max(timedelta(minutes=waits[0]), find_asked_wait(fault)) if waits else None
        mark_failed(store, row["id"], fault, None if wait is None else clock() + wait)
        _raise(store, row["recipient"], f"{row['what']}: {fault}" + ("" if waits else GIVEN_UP), clock())
        done.failed += 1
    return done


def find_asked_wait(fault: str) -> timedelta:
    """Return how long a service that is asked too often wants to be left alone, as Telegram says it in its answer."""
    asked = re.search(r"retry after (\d{1,6})", fault, re.IGNORECASE)
    return timedelta(seconds=int(asked[1]) + 1) if asked else timedelta()


def _try(office: Office, row: dict[str, Any]) -> str | None:
    try:
        address = open_address(office.config.delivery, row["recipient"])
    except ConfigError as error:
        return str(error)
    return send_message(address, row["subject"], row["body"], row["form"])


def _raise(store: Store, recipient: str, detail: str, now: datetime) -> None:
    log.warning("recipient %s: %s", recipient, detail)
    raise_finding(store, f"recipient:{recipient}", FAILED_SEND, detail, now)
