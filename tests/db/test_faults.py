"""Faults of the disk and of other programs, told as what they are."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.connection import Store, open_store, writing
from db.faults import StoreBusy, StoreError, StoreFailing, StoreFull, explaining, explaining_open


def test_a_full_disk_is_named_and_what_was_stored_stands(store: Store) -> None:
    with writing(store):
        store.execute("CREATE TABLE kept (words TEXT)")
        store.execute("INSERT INTO kept VALUES ('before')")
    pages = store.execute("PRAGMA page_count").fetchone()[0]
    store.execute(f"PRAGMA max_page_count = {pages}")  # SQLite reports it as it does a disk without room
    with pytest.raises(StoreFull, match="Make room"), writing(store):
        store.execute("INSERT INTO kept VALUES (zeroblob(1000000))")
    assert [row[0] for row in store.execute("SELECT words FROM kept").fetchall()] == ["before"]


def test_a_disk_that_is_full_at_the_first_start_is_named_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(_store: Store) -> None:
        with closing(sqlite3.connect(":memory:")) as conn:
            conn.execute("PRAGMA max_page_count = 1")
            conn.execute("CREATE TABLE much (words TEXT)")

    monkeypatch.setattr("db.connection._enable_wal", fill)
    with pytest.raises(StoreFull, match="Make room"):
        open_store(tmp_path / "a.db")


@pytest.mark.parametrize(
    ("code", "name", "told"),
    [
        (sqlite3.SQLITE_IOERR_SHMSIZE, "SQLITE_IOERR_SHMSIZE", StoreFull),
        (sqlite3.SQLITE_IOERR_READ, "SQLITE_IOERR_READ", StoreFailing),
    ],
)
def test_a_disk_that_fails_is_no_store_that_is_broken(
    tmp_path: Path, code: int, name: str, told: type[StoreError]
) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode, error.sqlite_errorname = code, name
    with pytest.raises(told), explaining_open(tmp_path / "a.db"):
        raise error
    with pytest.raises(told), explaining():
        raise error


def test_a_store_that_another_program_keeps_locked_is_told_as_one(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    mine, other = open_store(path), open_store(path)
    mine.execute("PRAGMA busy_timeout = 1")
    with writing(other), pytest.raises(StoreBusy, match="another program"), writing(mine):
        pass
    mine.close()
    other.close()


def test_a_fault_of_the_program_is_not_told_as_one_of_the_store(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), explaining():
        store.execute("SELECT * FROM absent")
