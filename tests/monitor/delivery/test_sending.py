"""Sending: each message arrives once, in a form that its address takes, and what fails is a finding."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time as clocks
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from db.connection import Store, open_store
from db.findings import find_findings
from db.outbox import find_messages
from db.runs import find_runs
from monitor.clock import find_now
from monitor.editions import build_edition
from monitor.notify.addresses import open_address
from monitor.notify.deliver import run_delivery
from monitor.notify.groups import Delivery, QuietHours
from monitor.notify.messages import split_messages
from monitor.notify.queue import plan_edition, queue_scheduled
from monitor.office import load_office, open_office_store
from monitor.service import deliver_due, freeze_now, run_job
from tests.monitor.delivery.conftest import CONTOH, DAY, GO, Mailbox, Webhook, fill, make_office, queue


def test_a_mail_arrives_with_html_text_and_number_of_the_dataset(
    tmp_path: Path, store: Store, smtp: tuple[Mailbox, str]
) -> None:
    mailbox, address = smtp
    fill(store)
    office = make_office(tmp_path, {"kadis": address})
    queue(store, office)
    assert run_delivery(store, office, GO).sent == 1
    (mail,) = mailbox.mails
    assert mail["To"] == "kadis@selasih.example"
    assert "Kabupaten Selasih" in str(mail["Subject"])
    assert "3 artikel" in str(mail["Subject"])
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert page is not None
    number = build_edition(store, office, DAY, "harian").id
    assert number in plain.get_content()
    assert number in page.get_content()
    pictures = {str(part["Content-ID"]).strip("<>") for part in mail.walk() if part.get_content_maintype() == "image"}
    assert set(re.findall(r"cid:([^\"]+)", page.get_content())) == pictures  # none missing, none loose
    assert not re.search(r"<script|https?://[^\"]*\.(?:png|css|js)", page.get_content())


def test_a_webhook_gets_whatsapp_text(tmp_path: Path, store: Store, webhook: Webhook) -> None:
    fill(store)
    office = make_office(tmp_path, {"gerbang": webhook.address})
    queue(store, office)
    assert run_delivery(store, office, GO).to_summary() == {"sent": 1}
    (seen,) = webhook.seen
    assert "*Berita nomor 0*" in seen["message"]
    assert "https://warta.example/0" in seen["message"].splitlines()


def test_nothing_is_sent_twice_unless_asked_for(tmp_path: Path, store: Store, webhook: Webhook) -> None:
    fill(store)
    office = make_office(tmp_path, {"gerbang": webhook.address})
    assert queue(store, office) == 1
    fill(store, 5)  # what came later changes the numbers, not what was sent
    assert queue(store, office) == 0
    for _ in range(2):
        run_delivery(store, office, GO)
    assert len(webhook.seen) == 1
    assert queue(store, office, again="again 1") == 1
    run_delivery(store, office, GO)
    assert len(webhook.seen) == 2


def test_a_recipient_of_two_groups_gets_one_view_once(tmp_path: Path, store: Store, webhook: Webhook) -> None:
    fill(store)
    office = make_office(tmp_path, {"gerbang": webhook.address})
    group = office.config.delivery.groups["pimpinan"]
    data = build_edition(store, office, DAY, "harian")
    groups = {"a": group, "b": group, "c": group.model_copy(update={"view": "pimpinan"})}
    config = office.config.model_copy(update={"delivery": office.config.delivery.model_copy(update={"groups": groups})})
    both = load_office(config)
    assert [(entry.group, entry.recipient) for entry in plan_edition(both, groups, data)] == [
        ("a", "gerbang"),
        ("c", "gerbang"),
    ]


def test_a_failed_send_is_a_finding_tried_again_later_and_given_up(
    tmp_path: Path, store: Store, webhook: Webhook
) -> None:
    fill(store)
    office = make_office(tmp_path, {"gerbang": webhook.address})
    webhook.status = 503
    start = find_now()
    queue(store, office, now=start)
    moments = [start]
    for _ in range(6):
        assert run_delivery(store, office, GO, clock=lambda: moments[-1]).failed == 1
        assert run_delivery(store, office, GO, clock=lambda: moments[-1]).failed == 0  # not before its time
        moments.append(datetime.fromisoformat(find_messages(store)[0]["due_at"]))
    waits = [later - earlier for earlier, later in pairwise(moments)]
    assert waits[:5] == [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180)]
    (row,) = find_messages(store)
    assert (row["state"], row["tries"]) == ("failed", 6)
    (finding,) = find_findings(store)
    assert (finding["outlet"], finding["kind"], finding["times"]) == ("recipient:gerbang", "send_failed", 6)
    assert "503" in finding["detail"]
    assert finding["detail"].endswith("given up")
    webhook.status = 200
    queue(store, office, again="again 1")
    run_delivery(store, office, GO)
    assert find_findings(store) == []


def test_a_process_killed_while_sending_leaves_no_second_message(
    tmp_path: Path, store: Store, webhook: Webhook
) -> None:
    office = make_office(tmp_path, {"gerbang": webhook.address + "?rto=20"})
    queue(store, office)
    webhook.answers.clear()
    (tmp_path / "config.toml").write_text(
        f'store = "{office.config.store}"\nprofile = "{CONTOH}"\n[delivery]\n'
        f'recipients = {{gerbang = "{webhook.address}?rto=20"}}\ngroups = {{pimpinan = {{to = ["gerbang"]}}}}\n',
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "monitor", "outbox", "deliver"]
    environ = {**os.environ, "PANTAU_CONFIG": str(tmp_path / "config.toml")}
    with subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL) as process:
        while not webhook.seen and process.poll() is None:
            clocks.sleep(0.05)
        process.kill()
    webhook.answers.set()
    assert len(webhook.seen) == 1
    assert run_delivery(store, office, GO).to_summary() == {"send_unknown": 1}
    assert len(webhook.seen) == 1
    assert [row["state"] for row in find_messages(store)] == ["unknown"]
    (finding,) = find_findings(store)
    assert "it may have arrived" in finding["detail"]


def test_quiet_hours_hold_at_the_moment_of_sending(tmp_path: Path, store: Store, webhook: Webhook) -> None:
    fill(store)
    quiet = {"start": "21:00", "end": "06:00"}
    office = make_office(tmp_path, {"gerbang": webhook.address}, quiet=quiet)
    night = datetime(2025, 3, 12, 22, tzinfo=office.zone)
    queue(store, office, now=night)
    for hours in (0, 5, 7.9):
        assert run_delivery(store, office, GO, clock=lambda: night + timedelta(hours=hours)).sent == 0  # noqa: B023
    assert run_delivery(store, office, GO, clock=lambda: night + timedelta(hours=8)).sent == 1
    queue(store, office, now=night, again="again", urgent=True)
    assert run_delivery(store, office, GO, clock=lambda: night).sent == 1


@pytest.mark.parametrize(
    ("start", "end", "clock", "held"),
    [
        ("21:00", "06:00", time(23), True),
        ("21:00", "06:00", time(5, 59), True),
        ("21:00", "06:00", time(6), False),
        ("12:00", "13:00", time(12), True),
        ("12:00", "13:00", time(13), False),
    ],
)
def test_quiet_hours_may_pass_midnight(start: str, end: str, clock: time, held: bool) -> None:
    zone = ZoneInfo("Asia/Jakarta")
    hours = QuietHours(start=time.fromisoformat(start), end=time.fromisoformat(end))
    assert hours.holds(datetime.combine(DAY, clock, zone).astimezone(UTC), zone) is held


def test_the_service_sends_scheduled_editions_to_the_groups_that_want_them(tmp_path: Path, webhook: Webhook) -> None:
    office = make_office(tmp_path, {"gerbang": webhook.address, "salah": "$PANTAU_NOT_SET"}, editions=["pagi"])
    open_office_store(office).close()
    for name in ("pagi", "pagi", "siang"):
        run_job(office, f"edition {name}", lambda *given, name=name: freeze_now(office, name, DAY, *given), GO)
    assert [("Edisi pagi" in seen["title"], "Belum ada berita" in seen["message"]) for seen in webhook.seen] == [
        (True, True)
    ]
    with open_store(office.config.store) as store:
        findings = {finding["outlet"]: finding["detail"] for finding in find_findings(store)}
        assert [run["status"] for run in find_runs(store)] == ["done"] * 3
    assert findings == {"recipient:salah": "recipient salah: the environment variable PANTAU_NOT_SET is not set"}


def test_what_waits_is_delivered_by_the_service_and_an_idle_minute_leaves_no_run(
    tmp_path: Path, store: Store, webhook: Webhook
) -> None:
    office = make_office(tmp_path, {"gerbang": webhook.address}, editions=["sore"])
    deliver_due(office, GO)
    assert find_runs(store) == []
    queue_scheduled(store, office, "x", build_edition(store, office, DAY, "sore"), find_now())
    deliver_due(office, GO)
    deliver_due(office, GO)
    assert [(run["job"], run["summary"]) for run in find_runs(store)] == [("delivery", {"sent": 1})]


def test_a_message_too_long_for_its_address_is_split_and_whole() -> None:
    address = open_address(Delivery(recipients={"wa": "whatsapp://token@12345678901/62812345678901"}), "wa")
    assert address.chars == 1024
    text = "\n".join(f"{number}. https://warta.example/{number}" for number in range(200)) + "\n" + "x" * 3000
    messages = split_messages("", [text], address)
    assert all(len(message.body) <= address.chars for message in messages)
    bodies = [message.body.split("\n", 1)[1] for message in messages]
    assert "".join(bodies).replace("\n", "") == text.replace("\n", "")
    assert all(f"https://warta.example/{number}" in "\n".join(bodies).splitlines()[number] for number in range(200))
