"""Opens the store: one SQLite file in WAL mode, its schema brought up to date, and the two kinds of transaction.

A connection may be handed from thread to thread but is used by one at a time; a process or thread that works in
parallel opens its own. Schema is ``db.migrations``'s, every table has its own module.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database as Store

from db.migrations import MIGRATIONS, STEPS, find_unknown_steps

__all__ = [
    "Store",
    "StoreBroken",
    "StoreBusy",
    "StoreError",
    "StoreFull",
    "StoreMissing",
    "StoreTooNew",
    "StoreUnwritable",
    "explain_fault",
    "explaining",
    "make_folder",
    "open_store",
    "reading",
    "writing",
]

WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
BUSY_SECONDS = 30.0  # a writer waits this long for another one; the longest write is one batch of annotations
FIRST_START_SECONDS = 5.0  # another process that makes the store just now fills its file long before
CACHE_KIB = 64 * 1024
FULL = "The disk is full; what was stored before is safe. Make room, or name another place with --store."
APPLICATION_ID = 0x50616E74  # "Pant": marks the file as ours (https://www.sqlite.org/pragma.html#pragma_application_id)


class StoreError(Exception):
    """The store cannot be used; the message says why and what to do."""


class StoreUnwritable(StoreError):
    """The file or its folder cannot be written."""


class StoreFull(StoreError):
    """The disk has no room for the store; what was written before stands, the transaction under way does not."""

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


def open_store(path: str | Path, read_only: bool = False) -> Store:
    """Open the store at ``path``, creating folder, file and schema where they are missing (never when ``read_only``).

    Raises StoreUnwritable, StoreFull, StoreTooNew, StoreBroken, or StoreMissing (``read_only`` and no file).
    """
    path = Path(path).expanduser()
    if read_only:
        if not path.is_file():
            raise StoreMissing(
                f"No store at {path}. Make one with `pantau crawl` or `pantau import`, or name another with --store."
            )
        _check_filled(path)
        store = _connect(path, _reading_mode(path))
        try:
            current = _is_current(store, path)
        except StoreError:
            store.close()
            raise
        if current:
            return store
        store.close()
        open_store(path).close()  # an older schema: bring it up to date first
        return _connect(path, "ro")
    make_folder(path.parent)
    if path.is_file() and not os.access(path, os.W_OK):  # else the first write would fail, amid a job
        raise _unwritable(path, "it is read-only")
    _check_filled(path)
    store = _connect(path, "rwc")
    try:
        _prepare(store, path)
    except BaseException:
        store.close()
        raise
    return store


def make_folder(folder: Path) -> None:
    """Make the folder that a store lies in, if there is none. Raises StoreUnwritable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnwritable(
            f"Cannot make the folder {folder} ({error.strerror}). Name another place with --store."
        ) from error


@contextmanager
def writing(store: Store) -> Iterator[Store]:
    """One write transaction: all of it or nothing, also when the process is killed. Nested, it is part of the outer
    one.

    It takes the write lock at once: a transaction that reads first and writes later fails, unheard by the busy
    timeout, when another process wrote in between (https://www.sqlite.org/isolation.html).
    """
    if store.conn.in_transaction:
        with store.atomic():
            yield store
        return
    store.conn.execute("BEGIN IMMEDIATE")
    try:
        yield store
        store.conn.execute("COMMIT")
    except BaseException as error:
        store.rollback()
        if told := explain_fault(error):
            raise told from error
        raise


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
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreBusy(
                f"The store has been locked for {BUSY_SECONDS:.0f} s by another program. Close that one and try again."
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return StoreBroken(f"The store is damaged ({error}). Stop the service and restore the store from a backup.")
    return None


@contextmanager
def reading(store: Store) -> Iterator[Store]:
    """One snapshot for several queries, so that numbers of one page agree while a crawl writes."""
    if store.conn.in_transaction:
        yield store
        return
    store.conn.execute("BEGIN")
    try:
        yield store
    finally:
        store.rollback()


def _reading_mode(path: Path) -> str:
    """Return how to open for reading: in WAL mode readers too keep a file beside the store, so that one in a folder
    that cannot be written is read as it lies, if nobody else can write it meanwhile. Raises StoreUnwritable.
    """
    if os.access(path.parent, os.W_OK) or path.with_name(f"{path.name}-shm").exists():
        return "ro"
    fixed = os.statvfs(path).f_flag & os.ST_RDONLY or not path.stat().st_mode & WRITABLE
    wal = path.with_name(f"{path.name}-wal")
    if fixed and not (wal.exists() and wal.stat().st_size):  # which would hold what is not in the file yet
        return "ro&immutable=1"
    raise StoreUnwritable(
        f"{path} cannot be read here: SQLite keeps locks beside it, and this account may not write the folder"
        f" {path.parent}. Give the account (or its group) that right, run the command as the account whose store it is"
        " (`sudo -u …`), or read a copy with --store."
    )


def _check_filled(path: Path) -> None:
    """Raise StoreBroken for a file without a single byte. SQLite would take it for a new database, throw away the log
    beside it, and nobody would hear that the articles are gone.
    """
    deadline = time.monotonic() + FIRST_START_SECONDS
    while path.is_file() and not path.stat().st_size:
        if time.monotonic() > deadline:
            raise StoreBroken(
                f"{path} is empty (0 bytes): it was cut off, or never filled. Restore it from a backup; if it held"
                " nothing, remove it, and a new store is made in its place."
            )
        time.sleep(0.02)


def _connect(path: Path, mode: str) -> Store:
    try:
        conn = sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?mode={mode}", uri=True, timeout=BUSY_SECONDS, check_same_thread=False
        )
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA synchronous = NORMAL")
        conn.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        conn.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
        return Store(conn, recursive_triggers=False)
    except sqlite3.DatabaseError as error:
        raise _explained(error, path) from error


def _is_current(store: Store, path: Path) -> bool:
    """Return whether the schema is ours and up to date; raises StoreTooNew, StoreBroken."""
    holds_tables = bool(store.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone())
    if holds_tables and store.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StoreBroken(f"{path} is a database of another program. Name another place with --store.")
    if unknown := find_unknown_steps(store):
        raise StoreTooNew(
            f"{path} has schema {unknown[-1]}, this Pantau knows up to {STEPS[-1]}. Update Pantau, or name another"
            " store with --store."
        )
    return not MIGRATIONS.pending(store)


def _prepare(store: Store, path: Path) -> None:
    try:
        if _is_current(store, path) and store.journal_mode == "wal":
            return
        _enable_wal(store)
        with writing(store):
            if not _is_current(store, path):  # another process may have been faster
                store.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                MIGRATIONS.apply(store)
    except sqlite3.DatabaseError as error:
        raise _explained(error, path) from error


def _enable_wal(store: Store) -> None:
    """Switch to WAL; the switch is not covered by the busy timeout, so that two first starts at once would collide."""
    deadline = time.monotonic() + BUSY_SECONDS
    while store.journal_mode != "wal":
        try:
            store.enable_wal()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _explained(error: sqlite3.DatabaseError, path: Path) -> StoreError:
    reason = str(error)
    if isinstance(error, sqlite3.OperationalError) and ("unable to open" in reason or "readonly" in reason):
        return _unwritable(path, reason)
    if "locked" in reason:
        return StoreUnwritable(
            f"The store {path} has been locked for {BUSY_SECONDS:.0f} s by another program. Close that one and try"
            " again."
        )
    if isinstance(told := explain_fault(error), StoreFull):
        return told
    return StoreBroken(
        f"{path} cannot be read as a store ({reason}). Restore it from a backup, or name another place with --store."
    )


def _unwritable(path: Path, reason: str) -> StoreUnwritable:
    return StoreUnwritable(
        f"Cannot write the store {path} ({reason}). Check the permissions of the file and its folder for this account,"
        " or name another place with --store."
    )
