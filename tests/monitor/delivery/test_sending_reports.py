"""Last month's report goes out by itself: on its day or when the machine is on again, once, in a form that arrives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest

from db.connection import Store
from db.editions import find_edition
from db.findings import find_findings
from db.runs import find_runs, finish_run, start_run
from monitor.errors import JobError
from monitor.office import Office
from monitor.report.month import Month
from monitor.service import report_due
from monitor.service_watch import find_due_report
from tests.monitor.delivery.conftest import GO, Mailbox, Webhook, fill, make_office

SECOND = datetime(2025, 4, 2, 1, 0, tzinfo=UTC)  # 08:00 in the profile's timezone, on the day of the report of March
MARCH = Month(2025, 3)


def do(store: Store, job: str, at: datetime, status: str = "done") -> None:
    finish_run(store, start_run(store, job, 1, now=at), status, now=at)


def set_clock(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    for module in ("service", "service_watch", "jobs"):
        monkeypatch.setattr(f"monitor.{module}.find_now", lambda: now)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return make_office(tmp_path, {"kadis": "json://127.0.0.1:9/a"}, report=["docx"])


def test_it_is_made_from_its_day_on_while_the_month_lasts(office: Office, store: Store) -> None:
    do(store, "refresh", SECOND - timedelta(days=40))
    assert find_due_report(store, office, SECOND - timedelta(seconds=1)) is None
    for days in (0, 3, 28):  # the machine may be off for weeks
        assert find_due_report(store, office, SECOND + timedelta(days=days)) == MARCH
    do(store, "report", SECOND + timedelta(minutes=1), "failed")
    assert find_due_report(store, office, SECOND + timedelta(minutes=5)) is None
    assert find_due_report(store, office, SECOND + timedelta(minutes=11)) == MARCH
    do(store, "report", SECOND + timedelta(minutes=12))
    assert find_due_report(store, office, SECOND + timedelta(days=20)) is None
    assert find_due_report(store, office, SECOND + timedelta(days=30)) == Month(2025, 4)


def test_nobody_waits_for_it_where_none_is_wanted_or_pantau_is_new(
    office: Office, store: Store, tmp_path: Path
) -> None:
    do(store, "refresh", SECOND + timedelta(days=3))
    assert find_due_report(store, office, SECOND + timedelta(days=4)) is None
    do(store, "refresh", SECOND - timedelta(days=3))
    assert find_due_report(store, make_office(tmp_path, {"kadis": "json://127.0.0.1:9/a"}), SECOND) is None


def test_it_arrives_by_mail_with_its_files_and_once(
    tmp_path: Path, store: Store, smtp: tuple[Mailbox, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox, address = smtp
    fill(store)
    do(store, "refresh", SECOND - timedelta(days=3))
    office = make_office(tmp_path, {"kadis": address, "sekda": f"{address}&name=x"}, report=["docx", "xlsx"])
    set_clock(monkeypatch, SECOND)
    for _ in range(2):
        report_due(office, GO)
    first, second = mailbox.mails
    assert "Laporan Bulanan Pemberitaan Media, Maret 2025" in str(first["Subject"])
    plain = first.get_body(("plain", "html"))
    assert plain is not None
    assert "tercatat 3 artikel" in plain.get_content()
    files = {part.get_filename(): part.get_content() for part in first.walk() if part.get_filename()}
    assert {name: content[:2] for name, content in files.items()} == {
        "laporan-contoh-2025-03.docx": b"PK",
        "laporan-contoh-2025-03.xlsx": b"PK",
    }
    assert [part.get_filename() for part in second.walk() if part.get_filename()] == list(files)
    assert store.conn.execute("SELECT COUNT(*) FROM messages").fetchone() == (1,)
    assert find_edition(store, "2025-03-01-laporan")
    assert [(run["job"], run["status"], run["summary"]["sent"]) for run in find_runs(store, 1)] == [
        ("report", "done", 2)
    ]


def test_who_takes_no_files_gets_its_summary_and_where_it_is(
    tmp_path: Path, store: Store, webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    do(store, "refresh", SECOND - timedelta(days=3))
    office = make_office(tmp_path, {"gerbang": webhook.address}, report=["docx", "pdf"], lang="en")
    set_clock(monkeypatch, SECOND + timedelta(days=5))
    report_due(office, GO)
    (seen,) = webhook.seen
    assert "recorded in March 2025: 3" in seen["message"]
    assert "(DOCX and PDF) cannot be sent this way" in seen["message"]
    assert "on the page Editions, month March 2025" in seen["message"]


def test_a_mail_service_asked_over_http_gets_the_files(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted: list[dict[str, Any]] = []

    def post(_url: str, **sent: Any) -> SimpleNamespace:
        names = [part[0] for part in (sent["files"] or {}).values()]
        posted.append({"html": sent["data"]["html"], "files": names})
        return SimpleNamespace(status_code=200, content=b"", text="")

    monkeypatch.setattr("apprise.plugins.mailgun.requests.post", post)
    fill(store)
    do(store, "refresh", SECOND - timedelta(days=3))
    mailgun = f"mailgun://pantau@selasih.example/{'a' * 32}-{'b' * 8}-{'c' * 8}/kadis@selasih.example"
    office = make_office(tmp_path, {"kadis": mailgun}, report=["docx", "xlsx"])
    set_clock(monkeypatch, SECOND)
    report_due(office, GO)
    (mail,) = posted
    assert "Laporan lengkap terlampir" in mail["html"]
    assert mail["files"] == ["laporan-contoh-2025-03.docx", "laporan-contoh-2025-03.xlsx"]


def test_a_report_that_cannot_be_made_is_tried_again_and_told(
    office: Office, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> NoReturn:
        raise JobError("typst could not set it")

    do(store, "refresh", SECOND - timedelta(days=3))
    monkeypatch.setattr("monitor.service.queue_report", fail)
    for minutes in (0, 5, 10):
        set_clock(monkeypatch, SECOND + timedelta(minutes=minutes))
        report_due(office, GO)
    assert [run["status"] for run in find_runs(store) if run["job"] == "report"] == ["failed", "failed"]
    assert [row["outlet"] for row in find_findings(store)] == ["service:report"]
