"""What doctor says of an installation, and what to do about it."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from db.connection import open_store
from db.findings import raise_finding, resolve_finding
from db.outlets import save_source_state
from monitor.ahead import mend_times
from monitor.clock import find_now

Pantau = Callable[..., Any]


def test_doctor_says_what_to_do(pantau: Pantau) -> None:
    answer = pantau("doctor", "--json")
    rows = {row["check"]: row for row in json.loads(answer.out)}
    assert answer.code == 1
    assert rows["profile"]["status"] == "ok"
    assert rows["contact"]["status"] == "warning"
    assert rows["store"]["status"] == "warning"
    assert "pantau crawl" in rows["store"]["detail"]


def test_doctor_tells_since_when_on_the_clock_of_the_office(filled: Pantau, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "data" / "pantau.db")) as connection, connection:
        connection.execute(
            "INSERT INTO findings (outlet, kind, detail, since, last_at) VALUES"
            " ('warta.example', 'blocked', '', '2025-03-19T20:00:00Z', '2025-03-19T20:00:00Z')"
        )
    connection.close()
    rows = {row["check"]: row for row in json.loads(filled("doctor", "--json").out)}
    assert "warta.example, blocked since 2025-03-20" in rows["outlets"]["detail"]


@pytest.mark.parametrize(("now", "status"), [("2026-06-01", "ok"), ("2027-07-01", "ok"), ("2029-12-01", "warning")])
def test_doctor_tells_when_the_profile_no_longer_knows_who_holds_office(
    pantau: Pantau, monkeypatch: pytest.MonkeyPatch, now: str, status: str
) -> None:
    monkeypatch.setenv("PANTAU_NOW", f"{now}T00:00+07:00")
    row = next(row for row in json.loads(pantau("doctor", "--json").out) if row["check"] == "people")
    assert (row["status"], "2026-02" in row["detail"]) == (status, True)


def test_a_contact_that_is_set_is_no_matter_for_the_doctor(pantau: Pantau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_CONTACT", "humas@selasih.example")
    assert "contact" not in {row["check"] for row in json.loads(pantau("doctor", "--json").out)}


def test_doctor_warns_of_what_this_account_may_not_write(
    filled: Pantau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "data" / "pantau.db"
    page = tmp_path / "data" / "pantau-evidence" / "2025-03" / "pantau-2025-03-0001.warc.gz"
    page.parent.mkdir(parents=True)
    page.touch()
    monkeypatch.setattr("monitor.doctor_places.os.access", lambda path, mode: path not in {store, page})
    rows = {row["check"]: row for row in json.loads(filled("doctor", "--json").out)}
    assert rows["store"]["status"] == "warning"
    assert rows["store"]["detail"].endswith(f"may not write {page}, {store}: give it that right, or use another")


def test_doctor_misses_the_files_of_pages_that_are_gone(filled: Pantau, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "data" / "pantau.db")) as connection, connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(evidence)")]
        values = {"article_id": 1, "revision": 1, "warc": "2025-03/pantau-2025-03-0001.warc.gz"}
        connection.execute(
            f"INSERT INTO evidence VALUES ({', '.join('?' * len(columns))})", [values.get(name, 0) for name in columns]
        )
    connection.close()
    row = next(row for row in json.loads(filled("doctor", "--json").out) if row["check"] == "evidence")
    assert row["status"] == "error"
    assert "lacks 2025-03/pantau-2025-03-0001.warc.gz: restore it from a backup" in row["detail"]
    page = tmp_path / "data" / "pantau-evidence" / "2025-03" / "pantau-2025-03-0001.warc.gz"
    page.parent.mkdir(parents=True)
    page.touch()
    row = next(row for row in json.loads(filled("doctor", "--json").out) if row["check"] == "evidence")
    assert row["status"] == "ok"


def test_doctor_sees_a_clock_put_back_by_what_was_stored_and_by_what_outlets_date_later(
    filled: Pantau, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask() -> dict[str, str]:
        return next(row for row in json.loads(filled("doctor", "--json").out) if row["check"] == "dates")

    assert ask()["status"] == "ok"
    monkeypatch.setenv("PANTAU_NOW", "2025-03-12T10:30+07:00")
    assert ask()["status"] == "error"  # the article was stored today
    with closing(sqlite3.connect(os.environ["PANTAU_STORE"])) as connection, connection:
        connection.execute("UPDATE articles SET first_seen_at = '2025-03-12T03:00:00Z'")
        connection.execute(
            "INSERT INTO runs (id, job, started_at, status, pid) VALUES (7, 'crawl', '2025-03-12T02:00:00Z', 'done', 1)"
        )
        connection.executemany(
            "INSERT INTO outcomes (run_id, url, outlet, reason, at) VALUES (7, ?, ?, 'future_date', '')",
            [(f"https://{name}.example/{n}", f"{name}.example") for name in "ab" for n in range(3)],
        )
    assert ask()["detail"] == "it is 2025-03-12 10:30 (Asia/Jakarta); no article says otherwise"
    with closing(sqlite3.connect(os.environ["PANTAU_STORE"])) as connection, connection:
        connection.execute(
            "INSERT INTO outcomes (run_id, url, outlet, reason, at) VALUES (7, '', 'c.example', 'future_date', '')"
        )
    assert ask()["status"] == "error"
    assert "3 outlets have later articles (a.example, b.example, c.example): set the clock" in ask()["detail"]


def test_doctor_tells_a_clock_that_was_ahead_from_one_that_is_behind(
    filled: Pantau, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask() -> dict[str, str]:
        return next(row for row in json.loads(filled("doctor", "--json").out) if row["check"] == "dates")

    monkeypatch.setenv("PANTAU_NOW", "2025-03-12T10:30+07:00")
    with closing(sqlite3.connect(os.environ["PANTAU_STORE"])) as connection, connection:
        connection.execute("UPDATE articles SET first_seen_at = '2025-04-12T03:00:00Z', origin = 'crawl'")
    assert ask()["status"] == "warning"
    assert "the clock stood ahead then: the next `pantau refresh` puts back" in ask()["detail"]
    with closing(sqlite3.connect(os.environ["PANTAU_STORE"])) as connection, connection:
        connection.execute("UPDATE articles SET published_at = '2025-04-12T02:00:00Z'")
    assert ask()["status"] == "error"
    assert ask()["detail"].endswith("articles were read at 2025-04-12T10:00+07:00: set the clock")
    with open_store(os.environ["PANTAU_STORE"]) as store:
        assert mend_times(store, find_now()) == 0, "times that a right clock wrote stay"
        store.execute("UPDATE articles SET published_at = '2025-03-12T02:00:00Z'")
        store.conn.commit()
        assert mend_times(store, find_now()) > 0
    connection.close()
    assert ask()["status"] == "ok"


def test_doctor_sees_a_clock_that_stands_behind_what_was_done(filled: Pantau, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask() -> dict[str, str]:
        return next(row for row in json.loads(filled("doctor", "--json").out) if row["check"] == "last refresh")

    with closing(sqlite3.connect(os.environ["PANTAU_STORE"])) as connection, connection:
        connection.execute(
            "INSERT INTO runs (job, started_at, finished_at, status, pid) VALUES"
            " ('refresh', '2025-03-12T02:00:00Z', '2025-03-12T03:00:00Z', 'done', 1)"
        )
    connection.close()
    monkeypatch.setenv("PANTAU_NOW", "2025-03-12T10:30+07:00")
    assert (ask()["status"], ask()["detail"]) == ("ok", "finished 30 minutes ago")
    monkeypatch.setenv("PANTAU_NOW", "2025-03-12T07:00+07:00")
    assert ask()["status"] == "error"
    assert "ends in 3.0 hours: set it" in ask()["detail"]


def test_doctor_looks_at_the_network_first_when_nearly_all_outlets_are_out_of_reach(filled: Pantau) -> None:
    def ask() -> list[str]:
        rows = json.loads(filled("doctor", "--json").out)
        return [row["detail"] for row in rows if row["check"] == "network"]

    names = [f"{letter}.example" for letter in "abcde"]
    with open_store(os.environ["PANTAU_STORE"]) as store:
        for name in names:
            save_source_state(store, {"outlet": name, "source": f"https://{name}/", "checked_at": "2025-03-12T03:00Z"})
        for name in names[:3]:
            raise_finding(store, name, "dns", f"https://{name}/: no such host", "2025-03-12T03:00Z")
        assert not ask(), "three of five may fail by themselves"
        raise_finding(store, "d.example", "connection", "refused", "2025-03-12T03:00Z")
        assert "4 of 5 outlets are out of reach" in ask()[0]
        resolve_finding(store, "a.example", "dns", "2025-03-12T04:00Z")
        assert not ask()


def test_doctor_looks_at_the_disk_of_the_pages_too(
    filled: Pantau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    monkeypatch.setenv("PANTAU_EVIDENCE", str(pages))
    room = {pages: 1000}
    monkeypatch.setattr(
        "monitor.service_watch.shutil.disk_usage", lambda folder: SimpleNamespace(free=room.get(folder, 10**12))
    )
    row = next(row for row in json.loads(filled("doctor", "--json").out) if row["check"] == "disk")
    assert (row["status"], row["detail"].partition(":")[0]) == ("warning", f"0.0 MB free at {pages}")


def test_doctor_and_annotate_tell_of_tags_by_other_rules_than_those_of_today(filled: Pantau, tmp_path: Path) -> None:
    def ask() -> tuple[str, str]:
        row = next(row for row in json.loads(filled("doctor", "--json").out) if row["check"] == "tags")
        return row["status"], row["detail"]

    assert filled("annotate").code == 0
    assert ask()[0] == "ok"
    with closing(sqlite3.connect(tmp_path / "data" / "pantau.db")) as connection, connection:
        connection.execute("UPDATE annotations SET annotator = 'earlier'")
    connection.close()
    assert ask()[0] == "warning"
    assert "1 of 1 articles were tagged by other rules" in ask()[1]
    answer = filled("annotate")
    assert "1 articles stay tagged by other rules" in answer.err
    filled("annotate", "--all")
    assert ask()[0] == "ok"
