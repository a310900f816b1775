"""What can be wrong with a store, each fault with what the operator is to do about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BUSY_SECONDS = 30.0  # a writer waits this long for another one; the longest write is one batch of annotations
FULL = "The disk is full; what was stored before is safe. Make room, or name another place with --store."


class StoreError(Exception):
    """The store cannot be used; the message says why and what to do."""


class StoreUnwritable(StoreError):
    """The file or its folder cannot be written."""


class StoreFull(StoreError):
    """The disk has no room for the store; what was written before stands, the transaction under way does not."""

    exit_code = 3


class StoreFailing(StoreError):
    """The disk does not read or write what it is told to."""

    exit_code = 3


class StoreBusy(StoreError):
    """Another program has kept the store locked for longer than a writer waits."""

    exit_code = 3


class StoreTooNew(StoreError):
    """The schema was made by a later version of Pantau."""


class StoreBroken(StoreError):
    """The file is damaged, or no store of ours."""


class StoreMissing(StoreError):
    """There is nothing to read at this path."""


@contextmanager
def explaining() -> Iterator[None]:
    """Raise what SQLite finds wrong with the store while the block runs as the StoreError that tells what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if told := explain_fault(error):
            raise told from error
        raise


def explain_fault(error: BaseException) -> StoreError | None:
    """Return what a fault of SQLite amid the work means for the operator; None for what is the program's own."""
    if not isinstance(error, sqlite3.DatabaseError):
        return None
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:  # the plain code of an extended one
        case sqlite3.SQLITE_FULL:
            return StoreFull(FULL)
        case sqlite3.SQLITE_IOERR if error.sqlite_errorcode == sqlite3.SQLITE_IOERR_SHMSIZE:
            return StoreFull(FULL)  # readers too need room beside the store, for the index of its log
        case sqlite3.SQLITE_IOERR:
            return StoreFailing(
                f"The disk with the store fails ({error}: {error.sqlite_errorname}). See whether this account's quota"
                " is used up, and what the system says of the disk (`dmesg`) and its mount; restore a backup only if"
                " the store stays unreadable on a sound disk."
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreBusy(
                f"The store has been locked for {BUSY_SECONDS:.0f} s by another program. Close that one and try again."
            )
        case sqlite3.SQLITE_READONLY:
            return StoreUnwritable(
                f"The store cannot be written ({error}). Check the permissions of its file, of those beside it (-wal,"
                " -shm) and of its folder for this account."
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return StoreBroken(f"The store is damaged ({error}). Stop the service and restore the store from a backup.")
    return None


@contextmanager
def explaining_open(path: Path) -> Iterator[None]:
    """Raise what SQLite finds wrong while the store at ``path`` is opened as the StoreError that tells what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _explain_open(error, path) from error


def _explain_open(error: sqlite3.DatabaseError, path: Path) -> StoreError:
    reason = str(error)
    if isinstance(error, sqlite3.OperationalError) and ("unable to open" in reason or "readonly" in reason):
        return tell_unwritable(path, reason)
    if "locked" in reason:
        return StoreUnwritable(
            f"The store {path} has been locked for {BUSY_SECONDS:.0f} s by another program. Close that one and try"
            " again."
        )
    if isinstance(told := explain_fault(error), StoreFull | StoreFailing):
        return told
    return StoreBroken(
        f"{path} cannot be read as a store ({reason}). Restore it from a backup, or name another place with --store."
    )


def tell_unwritable(path: Path, reason: str) -> StoreUnwritable:
    """Return the error of a store that cannot be written, for a reason."""
    return StoreUnwritable(
        f"Cannot write the store {path} ({reason}). Check the permissions of the file and its folder for this account,"
        " or name another place with --store."
    )
