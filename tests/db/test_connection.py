"""Opening a store: made where there is none, refused with a reason where it cannot be used."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from db.connection import APPLICATION_ID, Store, open_store, reading, writing
from db.faults import (
    StoreBroken,
    StoreMissing,
    StoreTooNew,
    StoreUnwritable,
)
from db.migrations import MIGRATIONS, STEPS
from db.queries.articles import find_article


def test_makes_folder_file_and_schema_and_opens_it_again(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "pantau.db"
    store = open_store(path)
    assert store.journal_mode == "wal"
    assert store.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    store.close()
    again = open_store(path)
    assert "articles" in again.table_names()
    again.close()


def test_a_foreign_key_that_leads_nowhere_is_refused(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        store.execute("INSERT INTO texts (article_id, title, text) VALUES (99, 'a', 'b')")


def test_reading_a_store_that_is_not_there_names_the_fix(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="pantau crawl"):
        open_store(tmp_path / "none.db", read_only=True)
    assert not (tmp_path / "none.db").exists()


def test_a_read_only_store_cannot_be_written(tmp_path: Path) -> None:
    open_store(tmp_path / "a.db").close()
    store = open_store(tmp_path / "a.db", read_only=True)
    with pytest.raises(sqlite3.OperationalError):
        store.execute("DELETE FROM outlets")
    store.close()


def test_a_store_of_a_later_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    store = open_store(path)
    store.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('pantau', '0999_later', '')"
    )
    store.close()
    for read_only in (False, True):
        with pytest.raises(StoreTooNew, match=r"0999_later.*Update Pantau"):
            open_store(path, read_only=read_only)


@pytest.mark.parametrize("read_only", [False, True])
def test_an_older_store_is_brought_up_to_date_with_what_it_holds(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "a.db"
    with Store(path) as old:
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        MIGRATIONS.apply(old, stop_before=STEPS[1])
        old.execute("INSERT INTO outlets (id, name, updated_at) VALUES ('a', 'A', '')")
        moments = ", ".join(f"'2025-03-01T0{hour}:00:00Z'" for hour in range(3))
        columns = "id, story_id, url, outlet, published_at, first_seen_at, version_at"
        old.execute("INSERT INTO stories (id, headline_of, articles, updated_at) VALUES (7, 1, 1, '')")
        old.execute(f"INSERT INTO articles ({columns}) VALUES (1, 7, 'https://a.example/1', 'a', {moments})")
        old.execute("INSERT INTO texts (article_id, title, text) VALUES (1, 'Panen', 'Padi dipanen.')")
        old.execute("INSERT INTO annotations (article_id, annotator, revision, annotated_at) VALUES (1, 'v1', 1, '')")
        columns = "article_id, field, value, action, by, at"
        old.execute(f"INSERT INTO corrections ({columns}) VALUES (1, 'kind', 'release', 'set', 'rina', '')")
    with open_store(path, read_only=read_only) as store:
        assert [step.name for step in MIGRATIONS.applied(store)] == list(STEPS)
        article = find_article(store, 1)
        assert article is not None
        assert (article["title"], article["revisions"]) == ("Panen", 0)
        assert store.execute("SELECT kind_by FROM annotations").fetchone()[0] == "person"
        assert (article["story"], store.execute("SELECT * FROM stories").fetchall()) == (7, [(7, 1)])
        assert store.execute("SELECT id, name FROM outlets").fetchall() == [("a", "A")]
        assert store.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "text.db"
    text.write_text("not a database " * 200, encoding="utf-8")
    with pytest.raises(StoreBroken):
        open_store(text)
    other = tmp_path / "other.db"
    conn = sqlite3.connect(other)
    conn.execute("CREATE TABLE mine (a)")
    conn.close()
    with pytest.raises(StoreBroken, match="another program"):
        open_store(other)
    assert text.read_text(encoding="utf-8").startswith("not a database")


@pytest.mark.parametrize("read_only", [False, True])
def test_a_store_cut_off_to_nothing_is_not_taken_for_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read_only: bool
) -> None:
    monkeypatch.setattr("db.connection.FIRST_START_SECONDS", 0.1)
    path, log = tmp_path / "a.db", tmp_path / "a.db-wal"
    path.touch()
    log.write_bytes(b"pages")
    with pytest.raises(StoreBroken, match=r"a\.db is empty \(0 bytes\).*Restore it from a backup"):
        open_store(path, read_only=read_only)
    assert (path.stat().st_size, log.read_bytes()) == (0, b"pages")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreUnwritable):
            open_store(tmp_path / "sub" / "a.db")
    finally:
        tmp_path.chmod(0o700)


def close_to(monkeypatch: pytest.MonkeyPatch, *closed: Path) -> None:
    """Let this account, which may be root, be one that may not write some paths."""
    monkeypatch.setattr("db.connection.os.access", lambda path, mode: Path(path) not in closed)


def test_a_file_that_may_only_be_read_is_refused_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    open_store(path).close()
    close_to(monkeypatch, path)
    with pytest.raises(StoreUnwritable, match=r"a\.db \(it is read-only\)\. Check the permissions"):
        open_store(path)
    open_store(path, read_only=True).close()


def test_a_backup_that_nobody_writes_is_read_as_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.db"
    open_store(path).close()
    path.chmod(0o444)
    close_to(monkeypatch, path, tmp_path)
    store = open_store(path, read_only=True)
    assert store.execute("SELECT COUNT(*) FROM articles").fetchone()[0] == 0
    assert list(tmp_path.iterdir()) == [path]  # no lock file beside it, which could not have been made
    store.close()
    (tmp_path / "a.db-wal").touch()
    open_store(path, read_only=True).close()
    (tmp_path / "a.db-wal").write_bytes(b"pages")  # what is in there would be missed
    with pytest.raises(StoreUnwritable, match="read a copy"):
        open_store(path, read_only=True)


def test_a_store_that_another_account_writes_is_not_read_without_locks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    open_store(path).close()
    close_to(monkeypatch, tmp_path)
    with pytest.raises(StoreUnwritable, match="sudo -u"):
        open_store(path, read_only=True)


def test_a_backup_of_an_older_pantau_says_that_it_is_brought_up_to_date_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    store = Store(path)
    store.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    MIGRATIONS.apply(store, stop_before=STEPS[-1])
    store.close()
    close_to(monkeypatch, path)
    with pytest.raises(StoreUnwritable, match="of an older Pantau"):
        open_store(path, read_only=True)


def test_a_store_that_turns_out_to_be_closed_to_writers_is_told(tmp_path: Path) -> None:
    open_store(tmp_path / "a.db").close()
    store = open_store(tmp_path / "a.db", read_only=True)
    with pytest.raises(StoreUnwritable, match="those beside it"), writing(store):
        store.execute("DELETE FROM outlets")
    store.close()


def test_a_file_where_the_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreUnwritable, match="folder"):
        open_store(tmp_path / "file" / "a.db")


def test_a_directory_as_store_is_unwritable(tmp_path: Path) -> None:
    with pytest.raises(StoreUnwritable):
        open_store(tmp_path)


def test_a_failed_write_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError), writing(store):
        store.execute("INSERT INTO outlets (id, name) VALUES ('a', 'a')")
        raise RuntimeError
    assert store.execute("SELECT COUNT(*) FROM outlets").fetchone()[0] == 0


def test_a_nested_write_that_fails_undoes_only_itself(store: Store) -> None:
    with writing(store):
        store.execute("INSERT INTO outlets (id, name) VALUES ('a', 'a')")
        with pytest.raises(RuntimeError), writing(store):
            store.execute("INSERT INTO outlets (id, name) VALUES ('b', 'b')")
            raise RuntimeError
    assert [row[0] for row in store.execute("SELECT id FROM outlets")] == ["a"]


def test_reading_sees_one_state_while_another_writes(store: Store, tmp_path: Path) -> None:
    writer = open_store(tmp_path / "pantau.db")
    with reading(store):
        before = store.execute("SELECT COUNT(*) FROM outlets").fetchone()[0]
        writer.execute("INSERT INTO outlets (id, name) VALUES ('a', 'a')")
        assert store.execute("SELECT COUNT(*) FROM outlets").fetchone()[0] == before
    assert store.execute("SELECT COUNT(*) FROM outlets").fetchone()[0] == before + 1
    writer.close()


def test_many_first_starts_at_once_make_one_schema(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    code = "import sys; from db.connection import open_store; open_store(sys.argv[1]).close()"
    count = min(6, multiprocessing.cpu_count() * 3)
    starts = [subprocess.Popen([sys.executable, "-c", code, str(path)]) for _ in range(count)]
    assert [start.wait(60) for start in starts] == [0] * len(starts)
    store = open_store(path)
    assert store.execute("SELECT COUNT(*) FROM _sqlite_migrations").fetchone()[0] == len(STEPS)
    store.close()


def test_a_store_loads_no_numpy_and_leaves_it_to_whoever_asks() -> None:
    code = "import sys, db.connection; assert 'numpy' not in sys.modules; import numpy"
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
