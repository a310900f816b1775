"""What is wrong with the service itself is told to whoever operates it: nobody looks at a machine for years."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import pytest

from db.connection import Store, open_store
from db.editions import find_edition
from db.findings import find_findings, raise_finding
from db.outbox import find_messages
from db.runs import finish_run, start_run
from monitor.config import Config
from monitor.gather import drop_unwatched
from monitor.jobs import Run
from monitor.notify.deliver import Delivered
from monitor.notify.health import queue_troubles
from monitor.office import Office, load_office
from monitor.service import freeze_due, run_job
from monitor.service_watch import find_due_editions, note_missed
from tests.monitor.conftest import CONTOH

GO = threading.Event()
SEVEN = datetime(2028, 2, 29, 0, 0, tzinfo=UTC)  # 07:00 in the profile's timezone, when the morning's edition closes


@pytest.fixture
def office(tmp_path: Path) -> Office:
    delivery = {
        "recipients": {"operator": "json://127.0.0.1:9/a", "kadis": "json://127.0.0.1:9/b"},
        "groups": {"teknis": {"to": ["operator"], "health": True}, "pimpinan": {"to": ["kadis"]}},
    }
    given = {"store": tmp_path / "pantau.db", "profile": str(CONTOH), "delivery": delivery}
    return load_office(Config.model_validate(given))


@pytest.fixture
def store(office: Office) -> Iterator[Store]:
    with open_store(office.config.store) as store:
        yield store


def do(store: Store, job: str, at: datetime, status: str = "done") -> None:
    finish_run(store, start_run(store, job, 1, now=at), status, now=at)


def list_told(store: Store) -> list[str]:
    return [row["body"] for row in reversed(find_messages(store))]


def list_due(store: Store, office: Office, now: datetime) -> list[tuple[str, str]]:
    return [(one.name, one.day.isoformat()) for one in find_due_editions(store, office, now)]


def test_an_edition_is_made_at_its_hour_and_when_the_machine_starts_a_little_late(office: Office, store: Store) -> None:
    do(store, "refresh", SEVEN - timedelta(minutes=50))
    do(store, "edition pagi", SEVEN - timedelta(days=1))
    assert list_due(store, office, SEVEN - timedelta(seconds=1)) == []
    for late in (0, 59, 60):
        assert list_due(store, office, SEVEN + timedelta(minutes=late)) == [("pagi", "2028-02-29")]
    assert list_due(store, office, SEVEN + timedelta(minutes=61)) == []
    do(store, "edition pagi", SEVEN + timedelta(minutes=3))
    assert list_due(store, office, SEVEN + timedelta(minutes=4)) == []


def test_an_edition_that_failed_is_tried_again_after_some_minutes_and_one_cut_off_at_once(
    office: Office, store: Store
) -> None:
    do(store, "refresh", SEVEN - timedelta(minutes=50))
    do(store, "edition pagi", SEVEN, "failed")
    assert list_due(store, office, SEVEN + timedelta(minutes=9)) == []
    assert list_due(store, office, SEVEN + timedelta(minutes=10)) == [("pagi", "2028-02-29")]
    do(store, "edition pagi", SEVEN + timedelta(minutes=10), "interrupted")
    assert list_due(store, office, SEVEN + timedelta(minutes=11)) == [("pagi", "2028-02-29")]


def test_what_a_clock_that_stood_ahead_made_stands_in_for_nothing(office: Office, store: Store) -> None:
    do(store, "refresh", SEVEN - timedelta(minutes=50))
    do(store, "edition pagi", SEVEN + timedelta(days=1))
    assert list_due(store, office, SEVEN) == [("pagi", "2028-02-29")]


@pytest.mark.parametrize("before", [True, False])
def test_an_edition_waits_for_a_refresh_after_a_night_in_which_the_machine_was_off(
    office: Office, store: Store, before: bool
) -> None:
    if before:
        do(store, "refresh", SEVEN - timedelta(days=3))
    do(store, "refresh", SEVEN - timedelta(days=2), "stopped")
    do(store, "refresh", SEVEN + timedelta(minutes=10), "interrupted")  # as what a dead process left open is closed
    due = [("pagi", "2028-02-29")]
    assert list_due(store, office, SEVEN + timedelta(minutes=20)) == []
    assert list_due(store, office, SEVEN + timedelta(minutes=56)) == due, "its time of grace is nearly over"
    do(store, "refresh", SEVEN + timedelta(minutes=25), "failed")  # which may have brought something
    assert list_due(store, office, SEVEN + timedelta(minutes=26)) == due


def test_nobody_waits_for_editions_of_the_time_before_pantau_was_there(office: Office, store: Store) -> None:
    now = SEVEN + timedelta(minutes=20)
    do(store, "refresh", now)
    assert list_due(store, office, now) == []
    note_missed(store, office, now + timedelta(hours=2))
    assert find_findings(store) == []


def test_missed_editions_are_told_once_until_the_next_one_is_made(
    office: Office, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(store, "edition pagi", SEVEN - timedelta(days=10))
    do(store, "refresh", SEVEN - timedelta(minutes=4))
    back = SEVEN - timedelta(hours=3)
    for minutes in range(3):
        note_missed(store, office, back + timedelta(minutes=minutes))
    assert [(row["outlet"], row["times"]) for row in find_findings(store)] == [("service:edition pagi", 1)]
    (told,) = list_told(store)
    assert "Pantau, Edisi pagi: edisi terlewat, sejak 29 Feb 04.00" in told
    assert "pantau digest --date 2028-02-28 --edition pagi" in told
    monkeypatch.setattr("monitor.service.find_now", lambda: SEVEN)
    monkeypatch.setattr("monitor.service.run_delivery", lambda *_, **__: Delivered())  # nobody answers here
    freeze_due(office, GO)
    assert find_findings(store) == []
    made = find_edition(store, "2028-02-29-pagi")
    assert made
    assert made["dataset"]["end"] == "2028-02-29T07:00:00+07:00"


def test_a_job_that_fails_twice_in_a_row_is_told_and_once_is_not(office: Office, store: Store) -> None:
    def fail(store: Store, run: Run, stop: threading.Event) -> NoReturn:
        raise ZeroDivisionError("nothing\nworks")

    run_job(office, "refresh", fail, GO)
    assert find_findings(store) == []
    for _ in range(2):
        run_job(office, "refresh", fail, GO)
    (finding,) = find_findings(store)
    assert (finding["outlet"], finding["kind"], finding["detail"]) == ("service:refresh", "job_failed", "nothing works")
    (told,) = list_told(store)
    assert "Pantau, pengambilan dan analisis: gagal berulang kali" in told
    assert "pantau doctor" in told
    run_job(office, "refresh", lambda store, run, stop: None, GO)
    assert find_findings(store) == []


def test_a_disk_that_fills_up_is_told_before_nothing_can_be_written(
    office: Office, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = SimpleNamespace(free=1 << 29)
    monkeypatch.setattr("monitor.service_watch.shutil.disk_usage", lambda folder: room)
    work = partial(run_job, office, "retention", lambda store, run, stop: None, GO)
    work()
    work()
    (told,) = list_told(store)
    assert "ruang simpan hampir habis" in told
    assert "0.5 GB free" in told
    for free in (90 << 20, 150 << 20, 90 << 20):
        room.free = free
        work()
    (_, told) = list_told(store)
    assert "ruang simpan habis sebentar lagi" in told, "once more, while messages can still be written"
    assert "94.4 MB free" in told
    room.free = 1 << 31
    work()
    assert find_findings(store) == []


def test_a_recipient_whom_nothing_reaches_is_told_to_the_operator(office: Office, store: Store) -> None:
    raise_finding(store, "recipient:kadis", "send_failed", "2028-02-29-pagi: refused", SEVEN)
    assert queue_troubles(store, office, SEVEN) == 0, "it is tried again"
    raise_finding(store, "recipient:kadis", "send_failed", "2028-02-29-pagi: refused; given up", SEVEN)
    assert [queue_troubles(store, office, SEVEN) for _ in range(2)] == [1, 0]
    assert "Penerima kadis: kiriman tidak sampai, sejak 29 Feb 07.00" in list_told(store)[0]


def test_findings_on_an_outlet_that_is_watched_no_more_are_closed(office: Office, store: Store) -> None:
    for outlet in (office.chosen[0], "lama.example", "service:refresh", "recipient:kadis"):
        raise_finding(store, outlet, "connection", "refused", SEVEN)
    drop_unwatched(store, office)
    assert {row["outlet"] for row in find_findings(store)} == {office.chosen[0], "service:refresh", "recipient:kadis"}
