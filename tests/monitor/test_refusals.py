"""What the command line refuses: stores, profiles and recipes that cannot be used; each line names the fix."""

from __future__ import annotations

import errno
import logging
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from monitor.cli import run
from monitor.lock import lock_store

Pantau = Callable[..., Any]


@pytest.mark.parametrize(
    "command", [["articles"], ["digest"], ["counts", "--by", "tone"], ["search", "pasar"], ["runs"]]
)
def test_reading_without_a_store_says_how_to_make_one(pantau: Pantau, command: list[str]) -> None:
    answer = pantau(*command)
    assert answer.code == 2
    assert "pantau crawl" in answer.complaint


def test_an_unwritable_store_is_refused(pantau: Pantau, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for command in (["annotate"], ["crawl"], ["refresh"]):
        answer = pantau(*command, "--store", tmp_path / "file" / "pantau.db")
        assert answer.code == 2
        assert "--store" in answer.complaint


def test_a_store_of_a_later_version_is_refused(filled: Pantau, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "data" / "pantau.db")) as connection, connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('pantau', '9999_later', '')"
        )
    connection.close()
    for command in (["articles"], ["annotate"]):
        answer = filled(*command)
        assert answer.code == 2
        assert "Update Pantau" in answer.complaint


def damage(path: Path) -> None:
    """Overwrite the first page of what a store knows of articles and runs; its schema stays legible."""
    with closing(sqlite3.connect(path)) as connection, connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        roots = connection.execute("SELECT rootpage FROM sqlite_master WHERE name IN ('articles', 'runs')").fetchall()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with path.open("r+b") as file:
        for (page,) in roots:
            file.seek((page - 1) * size)
            file.write(b"\xff" * size)


def test_a_damaged_store_is_told_with_the_remedy(filled: Pantau, tmp_path: Path) -> None:
    damage(tmp_path / "data" / "pantau.db")
    for command in (["articles"], ["runs"], ["doctor"]):
        answer = filled(*command)
        assert "restore the store from a backup" in answer.out + answer.complaint
        assert "fault of the program" not in answer.complaint


def test_a_broken_profile_is_named_with_file_and_key(pantau: Pantau, tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text('id = "x"\nnme = "y"\n', encoding="utf-8")
    for name in ("opd.toml", "places.toml", "people.toml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    answer = pantau("digest", "--profile", tmp_path)
    assert answer.code == 2
    assert "profile.toml" in answer.complaint
    assert "nme" in answer.complaint


def test_a_broken_recipe_is_named_with_file_and_key(pantau: Pantau, tmp_path: Path) -> None:
    folder = tmp_path / "recipes"
    folder.mkdir()
    (folder / "warta.example.toml").write_text('name = "Warta"\ndomain = ["warta.example"]\n', encoding="utf-8")
    (tmp_path / "config.toml").write_text(f'recipes = ["{folder}"]\n', encoding="utf-8")
    for command in (["outlets", "try", "warta.example"], ["crawl", "--outlet", "warta.example"]):
        answer = pantau(*command)
        assert answer.code == 2
        assert "warta.example.toml" in answer.complaint
        assert "domain: unknown key; did you mean domains? (at line 2)" in answer.complaint


def test_a_delay_below_the_recipes_needs_loopback(pantau: Pantau, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    answer = pantau("crawl", "--outlet", "infopublik.id", "--delay", "0.1")
    assert answer.code == 2
    assert "on this machine" in answer.complaint


def test_a_fault_of_ours_is_one_line_with_code_3(
    filled: Pantau, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("db.runs.find_runs", fail)
    assert run(["runs"]) == 3
    captured = capsys.readouterr()
    assert captured.err.strip() == "pantau: fault of the program (ZeroDivisionError: division by zero); -vv shows where"
    assert run(["runs", "-vv"]) == 3
    assert "Traceback" in capsys.readouterr().err
    logging.getLogger("pantau").setLevel(logging.INFO)


@pytest.mark.parametrize(("code", "fix"), [(errno.ENOSPC, "make room"), (errno.EACCES, "check its permissions")])
def test_what_the_system_refuses_names_the_fix(
    pantau: Pantau, monkeypatch: pytest.MonkeyPatch, code: int, fix: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code), "/data/pantau.log")

    monkeypatch.setattr("monitor.doctor.check_installation", refuse)
    answer = pantau("doctor")
    assert answer.code == 3
    assert answer.complaint.startswith(f"pantau: /data/pantau.log: {os.strerror(code)}: {fix}")


def test_an_address_is_not_clipped_beside_the_service_which_can_do_it_itself(filled: Pantau, tmp_path: Path) -> None:
    with lock_store(tmp_path / "data" / "pantau.db"):
        answer = filled("clip", "https://warta.example/9")
        assert (answer.code, "add the address in its workspace" in answer.complaint) == (3, True)
        answer = filled("crawl")
        assert (answer.code, "name another store with --store" in answer.complaint) == (3, True)
