"""What the process of ``second`` runs: one page after the other through the slow generic extractor.

It is begun anew by every crawl that meets such a page, and imports no more than that takes.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading

from crawlers.extract.outside import read_day, read_generic

SECONDS = 30  # that one page may take


def begin() -> None:
    """Make the worker harmless: no word on the records' descriptor, no end by Ctrl-C, none later than its parent's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with contextlib.suppress(OSError):
        os.dup2(2, 1)
    os.nice(5)  # the reactor first
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(0)


def read(html: str, url: str | None, broad: bool) -> str:
    """Return what `SecondReader.read` is asked for; a page that takes too long ends the process."""
    signal.alarm(SECONDS)  # ends the process, wherever it hangs
    try:
        return read_generic(html, broad=broad) if url is None else read_day(html, url)
    finally:
        signal.alarm(0)
