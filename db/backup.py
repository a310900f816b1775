"""Copies of the store, for the day on which it is lost: whole, as of one moment, and read through before they count.

Where they lie, how many are kept and when one is made is ``monitor.backup``'s.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from db.connection import Store, reading
from db.faults import StoreError

HELD = (
    "it waited when this copy of the store was made, and may have been sent since;"
    " `pantau send --again` sends an edition once more"
)
PAGES = 4096  # copied between two looks whether to stop
STEPS = 1_000_000  # of SQLite's machine, likewise while the copy is read through


class CopyFailed(StoreError):
    """A copy of the store could not be made, or is damaged."""

    exit_code = 3


class _Stopped(Exception):
    pass


def measure_store(store: Store) -> int:
    """Return how many bytes a copy of the store takes."""
    pages, size = (store.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages) * int(size)


def copy_store(store: Store, path: Path, is_stopped: Callable[[], bool]) -> bool:
    """Copy the store to a new file as it is at this moment, while others go on writing, and read the copy through.

    What waits to be sent waits no longer in the copy: by the day on which that is restored, the store has sent it.
    Returns False when it was stopped before its end. Raises CopyFailed.
    """

    def look(*_: int) -> None:
        if is_stopped():
            raise _Stopped

    try:
        with closing(_connect(path, "rwc&nolock=1")) as copy, reading(store):  # locks fail on some network disks
            store.execute("SELECT 1 FROM sqlite_master").fetchone()  # from here on the store is seen as it is now: a
            store.conn.backup(copy, pages=PAGES, progress=look)  # copy would start anew whenever others write
        with closing(_connect(path, "rw&vfs=unix-none")) as copy:  # as above; in WAL mode nobody else may have it
            copy.execute("PRAGMA locking_mode = EXCLUSIVE")
            with copy:
                held = "UPDATE outbox SET state = 'unknown', detail = ? WHERE state IN ('waiting', 'sending')"
                copy.execute(held, (HELD,))
        with closing(_connect(path, "ro&immutable=1")) as copy:  # which leaves no files beside it
            copy.set_progress_handler(is_stopped, STEPS)
            faults = [line for (line,) in copy.execute("PRAGMA integrity_check(1)") if line != "ok"]
    except _Stopped:
        return False
    except sqlite3.DatabaseError as error:
        if is_stopped():
            return False
        raise CopyFailed(f"{path} cannot be written or read ({error}): look at its disk and at the store's") from error
    if faults:
        raise CopyFailed(
            f"{path} would be damaged ({faults[0]}). Make a copy on another disk (`pantau backup FILE`): if that is"
            " damaged too, stop the service and restore the store from the last good copy."
        )
    return True


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode={mode}", uri=True)
