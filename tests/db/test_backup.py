"""Copies of the store: of one moment, read through, and there whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db.articles import save_article
from db.backup import CopyFailed, copy_store, measure_store
from db.connection import Store, open_store
from db.rows import fetch_rows

Build = Callable[..., dict[str, Any]]


def count(path: Path) -> int:
    with open_store(path, read_only=True) as store:
        return len(fetch_rows(store, "SELECT id FROM articles"))


def test_a_copy_is_of_one_moment_though_others_write_meanwhile(
    store: Store, record: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_article(store, record(1))
    monkeypatch.setattr("db.backup.PAGES", 1)
    numbers, looks = iter(range(2, 1000)), []

    with open_store(tmp_path / "pantau.db") as other:

        def write() -> bool:
            looks.append(next(numbers))
            if len(looks) < 20:
                save_article(other, record(looks[-1]))
            return False

        pages = measure_store(store) // 4096
        assert copy_store(store, tmp_path / "copy.db", write)
    assert not [path.name for path in tmp_path.glob("copy.db-*")]
    assert len(looks) >= pages > 20
    assert len(looks) < 2 * pages, "it was begun anew"
    assert (count(tmp_path / "copy.db"), count(tmp_path / "pantau.db")) == (1, 20)


def test_what_is_stopped_is_no_copy(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not copy_store(store, tmp_path / "copy.db", lambda: True)
    monkeypatch.setattr("db.backup.STEPS", 1)
    looks = iter([False])
    assert not copy_store(store, tmp_path / "copy.db", lambda: next(looks, True)), "nor what was not read through"


def test_a_damaged_store_gives_no_copy(store: Store, record: Build, tmp_path: Path) -> None:
    save_article(store, record(1))
    store.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    store.close()
    file = tmp_path / "pantau.db"
    with closing(sqlite3.connect(file)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'articles'").fetchone()
    with file.open("r+b") as written:
        written.seek((root - 1) * 4096)
        written.write(b"\xff" * 4096)
    with open_store(file, read_only=True) as broken, pytest.raises(CopyFailed, match=r"copy\.db .*last good copy|disk"):
        copy_store(broken, tmp_path / "copy.db", lambda: False)


def test_a_place_that_cannot_be_written_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(CopyFailed, match=r"absent/copy\.db cannot be written"):
        copy_store(store, tmp_path / "absent" / "copy.db", lambda: False)
