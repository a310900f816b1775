"""Backups: the service makes one a day and keeps a few, a command makes one more, doctor tells when there is none."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from db.backup import CopyFailed
from db.connection import Store, open_store
from db.findings import find_findings, raise_finding
from db.queries.articles import find_ids
from db.queries.filters import ArticleFilter
from db.runs import find_runs
from monitor.backup import list_copies, run_backup
from monitor.config import Backup, Config, load_config
from monitor.errors import ConfigError
from monitor.office import Office, load_office
from monitor.service import back_up_due
from tests.monitor.conftest import CONTOH

Pantau = Callable[..., Any]
NOON = datetime(2025, 3, 12, 5, 0, tzinfo=UTC)  # 12:00 in the profile's timezone


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return load_office(Config(store=tmp_path / "pantau.db", profile=str(CONTOH)))


@pytest.fixture
def store(office: Office) -> Iterator[Store]:
    with open_store(office.config.store) as store:
        yield store


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Give what sets the clock."""

    def set_clock(now: datetime) -> None:
        for module in ("backup", "service", "service_watch", "jobs"):
            monkeypatch.setattr(f"monitor.{module}.find_now", lambda: now)

    return set_clock


def list_names(office: Office) -> list[str]:
    return sorted(path.name for path in office.config.backup_folder.iterdir())


def tell_backup(pantau: Pantau) -> tuple[str, str]:
    row = next(row for row in json.loads(pantau("doctor", "--json").out) if row["check"] == "backup")
    return row["status"], row["detail"]


def test_the_service_makes_one_a_day_and_keeps_the_last_few(
    office: Office, store: Store, at: Callable[[datetime], None]
) -> None:
    for hours in range(0, 24 * 6, 5):
        at(NOON + timedelta(hours=hours))
        back_up_due(office, threading.Event())
    assert list_names(office) == [f"pantau-2025-03-{day}.db" for day in ("15-1500", "16-1600", "17-1700")]
    runs = find_runs(store)
    assert {(run["job"], run["status"]) for run in runs} == {("backup", "done")}
    assert len(runs) == 6


def test_none_is_made_where_none_is_wanted(office: Office, store: Store, tmp_path: Path) -> None:
    config = office.config.model_copy(update={"backup": Backup(keep=0)})
    back_up_due(load_office(config), threading.Event())
    assert find_runs(store) == []
    assert not config.backup_folder.exists()


def test_a_copy_that_a_wrong_clock_dated_ahead_puts_none_off(
    office: Office, store: Store, at: Callable[[datetime], None]
) -> None:
    for days in (500, 0, 1, 2):
        at(NOON + timedelta(days=days))
        back_up_due(office, threading.Event())
    assert [made.day for made, _ in list_copies(office.config, office.zone)] == [25, 14, 13]


def test_only_copies_of_this_store_are_counted_and_deleted(office: Office, store: Store) -> None:
    office.config.backup_folder.mkdir()
    others = ["other-2025-03-01-0700.db", "pantau-2024.db", "pantau-old-2025-03-01-0700.db", "note.txt"]
    for name in others:
        (office.config.backup_folder / name).touch()
    for left in ("part", "part-journal"):
        (office.config.backup_folder / f"pantau-2025-03-01-0700.db.{left}").touch()  # by one that was killed
    config = office.config.model_copy(update={"backup": Backup(keep=1)})
    made = [run_backup(store, config, office.zone, lambda: False) for _ in range(2)]
    assert list_names(office) == sorted([*others, made[-1].name if made[-1] else ""])


def test_no_room_is_a_finding_and_the_earlier_copies_stay(
    office: Office, store: Store, at: Callable[[datetime], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    at(NOON)
    back_up_due(office, threading.Event())
    monkeypatch.setattr("monitor.backup.shutil.disk_usage", lambda folder: SimpleNamespace(free=1 << 30))
    for hours in (24, 25):
        at(NOON + timedelta(hours=hours))
        back_up_due(office, threading.Event())
    assert list_names(office) == ["pantau-2025-03-12-1200.db"]
    (finding,) = find_findings(store)
    assert finding["outlet"] == "service:backup"
    assert "no room for a copy of the store" in finding["detail"]


def test_a_copy_that_fails_leaves_nothing_behind(office: Office, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(store: Store, path: Path, is_stopped: Callable[[], bool]) -> bool:
        path.write_bytes(b"half")
        raise CopyFailed("it breaks")

    monkeypatch.setattr("monitor.backup.copy_store", fail)
    with pytest.raises(CopyFailed):
        run_backup(store, office.config, office.zone, lambda: False)
    assert list_names(office) == []


def test_a_folder_on_a_disk_that_is_not_there_is_not_made_on_another(
    office: Office, store: Store, tmp_path: Path
) -> None:
    config = office.config.model_copy(update={"backup": Backup(folder=tmp_path / "mounted" / "pantau")})
    for _ in range(2):
        back_up_due(load_office(config), threading.Event())
    (finding,) = find_findings(store)
    assert "make it, or mount the disk" in finding["detail"]
    assert not (tmp_path / "mounted").exists()


def test_a_folder_is_a_path(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[backup]\nfolder = ""\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="keep = 0"):
        load_config({}, {"PANTAU_CONFIG": str(tmp_path / "config.toml")})


def test_the_command_copies_to_the_folder_or_to_a_new_file(filled: Pantau, tmp_path: Path) -> None:
    made = filled("backup")
    assert (made.code, Path(made.out.strip()).parent) == (0, tmp_path / "data" / "pantau-backups")
    file = tmp_path / "copy.db"
    assert filled("backup", file).out.strip() == str(file)
    for copy in (made.out.strip(), file):
        with open_store(copy, read_only=True) as store:
            assert find_ids(store, ArticleFilter()) == [1]
    for again, said in ((file, "exists already"), (tmp_path, "is a folder"), (tmp_path / "no" / "x.db", "no folder")):
        answer = filled("backup", again)
        assert (answer.code, said in answer.complaint) == (2, True)


def test_doctor_tells_when_the_last_copy_is_old_or_failed(
    filled: Pantau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, told = tell_backup(filled)
    assert (status, "`pantau backup` makes one now" in told) == ("warning", True)
    filled("backup")
    status, told = tell_backup(filled)
    assert (status, "on the store's own disk" in told) == ("ok", True)
    with monkeypatch.context() as full:
        full.setattr("monitor.backup.shutil.disk_usage", lambda folder: SimpleNamespace(free=1 << 30))
        status, told = tell_backup(filled)
    assert (status, "the next one fails: no room for a copy of the store" in told) == ("warning", True)
    later = (datetime.now(UTC) + timedelta(days=3)).isoformat()
    monkeypatch.setenv("PANTAU_NOW", later)
    assert tell_backup(filled)[0] == "warning"
    with open_store(tmp_path / "data" / "pantau.db") as store:
        raise_finding(store, "service:backup", "job_failed", "no room", later)
    assert tell_backup(filled)[1].endswith("no room")
    (tmp_path / "config.toml").write_text("[backup]\nkeep = 0\n", encoding="utf-8")
    assert tell_backup(filled)[0] == "ok"
