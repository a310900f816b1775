"""The service: its rhythm, what it does with faults, and that two never work on one store."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from unittest.mock import MagicMock

import pytest

from db.connection import Store, open_store
from db.editions import find_edition
from db.faults import FULL, StoreFull
from db.runs import find_runs, save_outcomes
from monitor import service
from monitor.clock import find_now, find_today
from monitor.config import Config, Retention
from monitor.errors import Busy
from monitor.gather import find_due
from monitor.jobs import Run, recorded
from monitor.lock import lock_store
from monitor.logs import LOG_FILES, start_log
from monitor.office import Office, load_office, open_office_store
from monitor.service import build_scheduler, forget_old, freeze_now, is_put_back, run_job, run_service
from monitor.service_watch import Closed, list_closed
from tests.monitor.conftest import CONTOH


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return load_office(Config(store=tmp_path / "pantau.db", profile=str(CONTOH)))


def test_one_instance_per_store(tmp_path: Path) -> None:
    store = tmp_path / "pantau.db"
    with (
        lock_store(store),
        pytest.raises(Busy, match=f"process {os.getpid()}: wait for it or stop it"),
        lock_store(store),
    ):
        pass
    with lock_store(store):  # free again
        pass


def test_a_lock_does_not_outlive_its_process(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from monitor.lock import lock_store\n"
        "with lock_store(Path(sys.argv[1])): os._exit(7)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path / "pantau.db")], check=False).returncode == 7
    with lock_store(tmp_path / "pantau.db"):
        pass


def test_a_fault_of_a_job_is_recorded_and_survived(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    def fail(store: Store, run: Run, stop: threading.Event) -> None:
        run.summary, run.status = {"before": 1}, "findings"  # of what was done before
        raise ZeroDivisionError

    run_job(office, "refresh", fail, threading.Event())
    with open_store(office.config.store) as store:
        (run,) = find_runs(store)
    told = {"before": 1, "error": "ZeroDivisionError"}
    assert (run["job"], run["status"], run["summary"]) == ("refresh", "failed", told)
    assert "ZeroDivisionError" in caplog.text


def test_a_disk_that_is_full_is_told_in_one_line_by_each_job(
    office: Office, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> Store:
        raise StoreFull(FULL)

    monkeypatch.setattr(service, "open_store", fail)
    for job in build_scheduler(office, threading.Event(), threading.Lock()).get_jobs():
        caplog.clear()
        job.func()
        (line,) = caplog.messages
        assert line.startswith(f"{job.name} failed")
        assert line.endswith(FULL)
        assert "Traceback" not in caplog.text


def test_the_store_stays_open_so_that_it_can_be_read_when_no_room_is_left(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "is_put_back", lambda stop: False)
    monkeypatch.setattr(service, "build_scheduler", lambda *_: MagicMock())
    seen = []

    @contextmanager
    def serve(office: Office, gate: threading.Lock) -> Iterator[None]:
        open_store(office.config.store).close()
        seen.append(office.config.store.with_name("pantau.db-shm").exists())
        yield

    monkeypatch.setattr(service, "serve_pages", serve)
    run_service(office, threading.Event())
    assert seen == [True]


def test_a_job_does_not_start_once_the_service_stops(office: Office) -> None:
    stop = threading.Event()
    stop.set()
    run_job(office, "refresh", lambda store, run, stop: pytest.fail("it was started"), stop)
    assert not office.config.store.exists()


def test_jobs_are_scheduled_in_the_profiles_timezone(office: Office) -> None:
    scheduler = build_scheduler(office, threading.Event(), threading.Lock())
    jobs = {job.id: job for job in scheduler.get_jobs()}
    assert set(jobs) == {"refresh", "retention", "delivery", "editions", "report", "backup"}
    assert list_closed(office, datetime(2025, 3, 12, 1, tzinfo=UTC)) == [
        Closed(name, date(2025, 3, day), datetime(2025, 3, day, hour, tzinfo=office.zone))
        for name, day, hour in (("pagi", 12, 7), ("siang", 11, 12), ("sore", 11, 17))
    ]
    assert jobs["editions"].next_run_time
    assert jobs["refresh"].trigger.interval == timedelta(minutes=10)
    assert jobs["retention"].trigger.interval == timedelta(days=1)
    assert jobs["retention"].next_run_time


def test_an_edition_is_frozen_once_and_stays(office: Office) -> None:
    today = find_today(office.zone)
    with open_office_store(office) as store:
        for _ in range(2):
            with recorded(store, "edition pagi") as run:
                freeze_now(office, "pagi", today, store, run, threading.Event())
        kept = find_edition(store, kind="pagi", on=today)
    assert kept is not None
    assert kept["number"] == 1
    assert kept["dataset"]["id"] == run.summary["dataset"]
    assert kept["dataset"]["totals"]["articles"] == 0


def test_only_outlets_whose_turn_has_come_are_due(office: Office) -> None:
    now = datetime(2025, 3, 12, 12, tzinfo=UTC)
    first, second, *others = office.chosen
    assert find_due(office, [], now) == office.chosen
    states = [
        {"outlet": first, "checked_at": (now - timedelta(minutes=10)).isoformat()},
        {"outlet": second, "checked_at": (now - timedelta(days=2)).isoformat()},
    ]
    assert find_due(office, states, now) == (second, *others)


def test_an_outlet_looked_at_by_a_clock_that_was_ahead_is_due(office: Office) -> None:
    now = datetime(2025, 3, 12, 12, tzinfo=UTC)
    key = office.chosen[0]
    assert key in find_due(office, [{"outlet": key, "checked_at": (now + timedelta(hours=7)).isoformat()}], now)


@pytest.mark.parametrize(("clock", "found"), [((0, 1, 2, -25_200), True), ((0, 1, 30_000, 30_001), False)])
def test_a_clock_put_back_is_noticed_and_one_put_forward_is_none(
    monkeypatch: pytest.MonkeyPatch, clock: tuple[int, ...], found: bool
) -> None:
    stop, told = threading.Event(), iter(clock)

    def tell() -> float:
        at = next(told)
        if at == clock[-1]:
            threading.Timer(0.02, stop.set).start()
        return float(at)

    monkeypatch.setattr("monitor.service.time.time", tell)
    monkeypatch.setattr(stop, "wait", lambda seconds: threading.Event.wait(stop, 0.05))
    assert is_put_back(stop) is found


def test_a_source_of_much_news_has_its_turn_at_every_refresh(office: Office) -> None:
    start = datetime(2025, 3, 12, 12, tzinfo=UTC)
    step = timedelta(minutes=office.config.schedule.refresh_minutes)
    key = office.chosen[0]
    busy = {"outlet": key, "interval_s": 600, "checked_at": (start + timedelta(minutes=3)).isoformat()}
    calm = busy | {"interval_s": 3600}
    assert key in find_due(office, [busy], start + step)
    assert key not in find_due(office, [calm], start + step)


def test_a_source_that_is_asked_no_more_does_not_have_its_outlet_asked_at_every_refresh(office: Office) -> None:
    now = datetime(2025, 3, 12, 12, tzinfo=UTC)
    key = office.chosen[0]  # of the tier that waits two hours at most
    lately, long_ago = ((now - timedelta(minutes=minutes)).isoformat() for minutes in (50, 10_000))
    gone = {"outlet": key, "interval_s": None, "error": "gone", "checked_at": long_ago}
    spared = {"outlet": key, "interval_s": 600, "error": None, "checked_at": long_ago}
    calm = {"outlet": key, "interval_s": 86_400, "error": None, "checked_at": lately}
    assert key not in find_due(office, [gone, spared, calm], now)
    assert key in find_due(office, [gone, spared, calm | {"interval_s": 3000}], now)
    assert key in find_due(office, [gone, spared, calm], now + timedelta(minutes=70)), "no outlet waits for a day"


@pytest.mark.parametrize(("days", "deleted"), [(90, 1), (30, 2)])
def test_what_is_of_passing_use_goes_after_its_days(office: Office, days: int, deleted: int) -> None:
    kept = replace(office, config=office.config.model_copy(update={"retention": Retention(not_ours=days)}))
    run_job(kept, "before", _meet_others, threading.Event())
    run_job(kept, "retention", partial(forget_old, kept), threading.Event())
    with open_store(office.config.store) as store:
        run, before = find_runs(store)
    assert run["summary"] == {"not_ours_deleted": deleted, "texts_dropped": 0, "outcomes_compacted": 1}
    assert before["outcomes"] == {"not_ours": 2}


def _meet_others(store: Store, run: Run, stop: threading.Event) -> None:
    outcome = {"outlet": "kabar.example", "reason": "not_ours", "title": "Panen di kabupaten lain"}
    for days in (100, 50):
        at = (find_now() - timedelta(days=days)).isoformat()
        save_outcomes(store, run.id, [{**outcome, "url": f"https://kabar.example/{days}", "at": at}])


def test_runs_that_a_dead_process_left_are_closed(office: Office, tmp_path: Path) -> None:
    code = (
        "import os, sys; from db.connection import open_store; from db.runs import start_run\n"
        "start_run(open_store(sys.argv[1]), 'crawl', os.getpid())"
    )
    subprocess.run([sys.executable, "-c", code, str(office.config.store)], check=True)
    with open_office_store(office) as store:
        assert [run["status"] for run in find_runs(store)] == ["interrupted"]


def test_the_log_of_a_service_that_runs_for_years_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.logs.LOG_BYTES", 2_000)
    file = tmp_path / "pantau.log"
    before = logging.getLogger().handlers[:]
    try:
        start_log(0, file)
        for number in range(500):
            logging.getLogger("pantau").info("refresh: done, number %d", number)
        assert "number 499" in file.read_text(encoding="utf-8")
    finally:
        for handler in logging.getLogger().handlers:
            handler.close()
        logging.getLogger().handlers[:] = before
    files = sorted(tmp_path.iterdir())
    assert [kept.name for kept in files] == ["pantau.log", *(f"pantau.log.{n}" for n in range(1, LOG_FILES + 1))]
    assert all(kept.stat().st_size <= 2_000 for kept in files)
