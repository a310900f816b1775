"""What breaks at outlets is told to whoever operates the installation, once, and to nobody else."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from db.connection import Store, open_store
from db.findings import raise_finding, resolve_finding
from db.outbox import find_messages
from monitor import refresh
from monitor.clock import find_now
from monitor.config import Config
from monitor.errors import JobError
from monitor.jobs import Run
from monitor.notify.health import queue_health
from monitor.office import Office, load_office
from tests.monitor.conftest import CONTOH

NOW = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)


def make_office(tmp_path: Path) -> Office:
    recipients = {"operator": "json://127.0.0.1:9/a", "kadis": "json://127.0.0.1:9/b"}
    groups = {
        "teknis": {"to": ["operator"], "health": True},
        "pimpinan": {"to": ["kadis"], "editions": ["pagi"], "alerts": "penting"},
    }
    return load_office(
        Config.model_validate(
            {
                "store": tmp_path / "pantau.db",
                "profile": str(CONTOH),
                "delivery": {"recipients": recipients, "groups": groups},
            }
        )
    )


def test_findings_and_mended_outlets_go_to_the_operator_once(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    broken, mended, *_ = office.chosen
    with open_store(office.config.store) as store:
        raise_finding(store, broken, "blocked", "status 403", NOW - timedelta(days=2))  # told long ago
        raise_finding(store, mended, "layout", "8 of 8 pages", NOW - timedelta(days=2))
        assert queue_health(store, office, NOW, NOW) == 0
        raise_finding(store, broken, "dns", "no such host", NOW + timedelta(seconds=20))
        raise_finding(store, "recipient:kadis", "send_failed", "it does not answer", NOW + timedelta(seconds=20))
        resolve_finding(store, mended, "layout", NOW + timedelta(seconds=30))
        later = NOW + timedelta(minutes=1)
        assert queue_health(store, office, NOW, later) == 1
        assert queue_health(store, office, NOW, later) == 0
        (message,) = find_messages(store)
        assert (message["recipient"], message["urgent"]) == ("operator", 0)
        assert f"{office.recipes[broken].name}: alamat tidak ditemukan, sejak 10 Mar 12.00" in message["body"]
        assert "no such host" in message["body"]
        assert f"{office.recipes[mended].name}: pulih (tata halaman berubah)" in message["body"]
        assert "403" not in message["body"]
        assert queue_health(store, office, later, later + timedelta(minutes=10)) == 0


def test_what_a_crawl_found_before_it_failed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office(tmp_path)

    def fail(store: Store, *_: object) -> NoReturn:
        raise_finding(store, office.chosen[0], "blocked", "status 403", find_now())
        raise JobError("the crawl ended early")

    monkeypatch.setattr(refresh, "run_gathering", fail)
    with open_store(office.config.store) as store:
        with pytest.raises(JobError):
            refresh.run_refresh(office, store, Run(1), threading.Event(), None)
        (message,) = find_messages(store)
    assert "status 403" in message["body"]
