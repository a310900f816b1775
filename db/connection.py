"""Opens the store: one SQLite file in WAL mode, its schema brought up to date, and the two kinds of transaction.

A connection may be handed from thread to thread but is used by one at a time; a process or thread that works in
parallel opens its own. Schema is ``db.migrations``'s, every table has its own module,
what a fault of SQLite means stands in ``db.faults``.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self
from urllib.parse import quote

from db.faults import (
    BUSY_SECONDS,
    StoreBroken,
    StoreMissing,
    StoreTooNew,
    StoreUnwritable,
    explaining,
    explaining_open,
    tell_unwritable,
)
from db.migrations import MIGRATIONS, STEPS, find_unknown_steps
from db.sqlite import Database

WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
FIRST_START_SECONDS = 5.0  # another process that makes the store just now fills its file long before
CACHE_KIB = 64 * 1024
LOG_BYTES = 16 << 20  # what is kept of the write-ahead log once its content is in the store, however long it was
APPLICATION_ID = 0x50616E74  # "Pant": marks the file as ours (https://www.sqlite.org/pragma.html#pragma_application_id)


class Store(Database):
    """An open store; the end of a ``with`` block closes it."""

    def __enter__(self) -> Self:
        return self


def open_store(path: str | Path, read_only: bool = False) -> Store:
    """Open the store at ``path``, creating folder, file and schema where they are missing (never when ``read_only``).

    Raises StoreUnwritable, StoreFull, StoreTooNew, StoreBroken, or StoreMissing (``read_only`` and no file).
    """
    path = Path(path).expanduser()
    if read_only:
        return _open_to_read(path)
    make_folder(path.parent)
    if path.is_file() and not os.access(path, os.W_OK):  # else the first write would fail, amid a job
        raise tell_unwritable(path, "it is read-only")
    _check_filled(path)
    with ExitStack() as stack:  # closes what cannot be used
        store = stack.enter_context(_connect(path, "rwc"))
        _prepare(store, path)
        stack.pop_all()
    return store


def open_or_empty(path: Path) -> Store:
    """Open the store at ``path`` to read; where there is none yet, one that holds nothing. Raises as `open_store`."""
    try:
        return open_store(path, read_only=True)
    except StoreMissing:
        store = Store(memory=True)
        MIGRATIONS.apply(store)
        return store


def _open_to_read(path: Path) -> Store:
    if not path.is_file():
        raise StoreMissing(
            f"No store at {path}. Make one with `pantau crawl` or `pantau import`, or name another with --store."
        )
    _check_filled(path)
    with ExitStack() as stack:
        store = stack.enter_context(_connect(path, _reading_mode(path)))
        if _is_current(store, path):
            stack.pop_all()
            return store
    if not os.access(path, os.W_OK):
        raise tell_unwritable(path, "it is read-only, and of an older Pantau: it must be brought up to date first")
    open_store(path).close()
    return _connect(path, "ro")


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
    with explaining(), store.conn:  # which commits, or rolls back what fails
        store.conn.execute("BEGIN IMMEDIATE")
        yield store


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
    """Return the mode of SQLite to open with. Raises StoreUnwritable.

    In WAL mode readers, too, keep a file beside the store. Where the folder cannot be written, the store can be read
    only as immutable, which is safe only when nobody else can write it.
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
    """Raise StoreBroken for an empty file: SQLite would take it for a new database and throw away the log beside it,
    and nobody would hear that the articles are gone.
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
    with explaining_open(path), ExitStack() as stack:  # closes what cannot be read
        conn = sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?mode={mode}", uri=True, timeout=BUSY_SECONDS, check_same_thread=False
        )
        stack.callback(conn.close)
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA synchronous = NORMAL")
        conn.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        conn.execute(f"PRAGMA journal_size_limit = {LOG_BYTES}")
        conn.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
        stack.pop_all()
        return Store(conn, recursive_triggers=False)


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
    with explaining_open(path):
        if _is_current(store, path) and store.journal_mode == "wal":
            return
        _enable_wal(store)
        with writing(store):
            if not _is_current(store, path):  # another process may have been faster
                store.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                MIGRATIONS.apply(store)


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
