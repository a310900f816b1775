"""Groups stored articles into stories and finds who took text from whom: ``nlp.similarity`` with ``db.stories``."""

from __future__ import annotations

import threading

from db.connection import Store
from db.stories import link_pending
from nlp import similarity

BATCH = 100  # articles per transaction


def run_grouping(store: Store, stop: threading.Event) -> int:
    """Link every article that is new or was changed; return how many. What ``stop`` leaves waits for the next time."""
    linked = 0
    while not stop.is_set() and (count := link_pending(store, similarity, BATCH)):
        linked += count
    return linked
