"""Groups stored articles into stories and finds who took text from whom: ``nlp.similarity`` with ``db.stories``."""

from __future__ import annotations

import logging
import threading

from db.connection import Store
from db.stories import count_unlinked, link_pending
from nlp import similarity

BATCH = 100  # articles per transaction
AGAIN = 10  # so often an article is linked in a run at most, on average: one that is changed has others linked anew
log = logging.getLogger("pantau")


def run_grouping(store: Store, stop: threading.Event) -> int:
    """Link every article that is new or was changed; return how many. What ``stop`` leaves waits for the next time."""
    linked, most = 0, AGAIN * (count_unlinked(store) + BATCH)
    while not stop.is_set() and (count := link_pending(store, similarity, BATCH)):
        linked += count
        if linked > most:  # a fault of ours must not hold up alerts and digests
            log.error("grouping does not come to an end: %d articles linked; what is left waits", linked)
            break
    return linked
