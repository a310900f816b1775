"""One crawl or service per store at a time, so that no outlet is asked twice at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from db.connection import make_folder
from db.faults import StoreUnwritable
from monitor.errors import Busy


@contextmanager
def lock_store(path: Path, instead: str = "") -> Iterator[None]:
    """Hold the lock of a store. Raises Busy, naming the process, when another holds it, StoreUnwritable.

    ``instead`` says what may be done while the service holds it, which does not end by itself.

    The lock is the operating system's: it is gone with the process, however that ended.
    """
    make_folder(path.parent)
    holder = path.with_name(f"{path.name}.pid")
    lock = filelock.FileLock(path.with_name(f"{path.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:  # an OSError as well, so it comes first
        raise Busy(
            f"{path} is being worked on by process {_read_pid(holder)}: "
            f"wait for it or stop it, {instead or 'or name another store with --store'}"
        ) from None
    except OSError as error:
        raise StoreUnwritable(
            f"Cannot write beside the store {path} ({error.strerror}). Check the permissions of its folder for this"
            " account, or name another place with --store."
        ) from error
    try:
        holder.write_text(str(os.getpid()), encoding="ascii")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _read_pid(holder: Path) -> str:
    try:
        return holder.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return "of unknown number"
