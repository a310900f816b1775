"""Delivery against a mail server and a webhook on this machine: what arrives, once, when, and what is said."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time as clocks
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from db.annotations import save_annotations
from db.articles import save_article
from db.connection import Store, open_store
from db.findings import find_findings
from db.outbox import find_messages
from db.runs import find_runs
from monitor.clock import find_now
from monitor.config import Config, load_config
from monitor.editions import build_edition, freeze_edition
from monitor.errors import ConfigError
from monitor.notify.addresses import open_address
from monitor.notify.deliver import run_delivery
from monitor.notify.groups import Delivery, QuietHours
from monitor.notify.messages import split_messages
from monitor.notify.queue import plan_edition, queue_planned, queue_scheduled
from monitor.office import Office, load_office, open_office_store
from monitor.service import deliver_due, freeze_now, run_job
from tests.monitor.conftest import Answer

CONTOH = Path(__file__).resolve().parents[1] / "profiles" / "contoh"
DAY = datetime(2025, 3, 12, tzinfo=UTC).date()
GO = threading.Event()  # never set: nothing stops


class Mailbox:
    """Keeps what a mail server is given."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        self.mails.append(message_from_bytes(content, EmailMessage, policy=default))
        return "250 OK"


class Webhook(ThreadingHTTPServer):
    """Keeps what it is given; answers ``status`` once ``answers`` is set."""

    def __init__(self) -> None:
        self.status = 200
        self.seen: list[dict[str, Any]] = []
        self.answers = threading.Event()
        self.answers.set()
        super().__init__(("127.0.0.1", 0), _Answer)

    @property
    def address(self) -> str:
        return f"json://127.0.0.1:{self.server_address[1]}/kirim"


class _Answer(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Webhook)
        self.server.seen.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.server.answers.wait(20)
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *parts: Any) -> None:
        pass


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    server = Webhook()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def smtp() -> Iterator[tuple[Mailbox, str]]:
    mailbox = Mailbox()
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield mailbox, f"mailto://127.0.0.1:{port}/?from=pantau@selasih.example&to=kadis@selasih.example&mode=insecure"
    controller.stop()


def make_office(
    path: Path, recipients: dict[str, str], accepted: dict[str, dict[str, Any]] | None = None, **group: Any
) -> Office:
    groups = {"pimpinan": {"to": list(recipients), **group}}
    delivery = {"recipients": recipients, "accepted": accepted or {}, "groups": groups}
    config = {"store": path / "pantau.db", "profile": str(CONTOH), "delivery": delivery}
    return load_office(Config.model_validate(config))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path / "pantau.db")) as opened:
        yield opened


def fill(store: Store, articles: int = 3) -> None:
    for number in range(articles):
        record = {
            "url": f"https://warta.example/{number}",
            "outlet": "warta.example",
            "title": f"Berita nomor {number}",
            "text": "Isi berita.",
            "published_at": "2025-03-12T09:00:00+07:00",
        }
        saved = save_article(store, record, now=datetime(2025, 3, 12, 3, tzinfo=UTC))
        row = {"id": saved.id, "annotator": "v1", "kind": "reporting", "about": "subject"}
        save_annotations(store, [row])


def queue(store: Store, office: Office, edition: str = "harian", now: datetime | None = None, **options: Any) -> int:
    data = build_edition(store, office, DAY, edition)
    planned = plan_edition(office, ["pimpinan"], data, **options)
    return queue_planned(store, planned, freeze_edition(store, data), now or find_now())


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
    assert "503" in finding["detail"] or "Service" in finding["detail"]
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
        run_job(office, f"edition {name}", lambda *given, name=name: freeze_now(office, name, *given), GO)
    assert [("Edisi pagi" in seen["title"], "Tidak ada berita" in seen["message"]) for seen in webhook.seen] == [
        (True, True)
    ]
    with closing(open_store(office.config.store)) as store:
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


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nonsense", "no address that Apprise knows"),
        ("$PANTAU_NOT_SET", "environment variable PANTAU_NOT_SET is not set"),
        ("mailto://u:secret@x.example?to=a@x.example,b@x.example", "stands for 2 addresses"),
    ],
)
def test_addresses_that_cannot_be_used_are_named_without_secrets(address: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        open_address(Delivery(recipients={"kadis": address}), "kadis", {})
    assert said in str(caught.value)
    assert "secret" not in str(caught.value)


def test_secrets_come_from_the_environment_and_show_nowhere() -> None:
    delivery = Delivery(recipients={"kadis": "$MAIL"})
    address = open_address(delivery, "kadis", {"MAIL": "mailto://u:secret@x.example?to=a@x.example"})
    assert "secret" not in repr(address) + address.label


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[delivery.groups.a]\nto = ["b"]', "group a names recipient 'b', which is not among them (none)"),
        ('[delivery.recipients]\nx = "json://u:secret@h"\n[delivery.groups.a]\nto = ["b"]', "not among them (x)"),
        ("[delivery.groups.a]\nto = []", "to"),
        ('[delivery]\nrecipients = {b = "json://h"}\ngroups = {a = {to = ["b"], vew = "staf"}}', "did you mean view?"),
        ('[delivery]\nrecipients = {b = "json://h"}\ngroups = {a = {to = ["b"], view = "semua"}}', "view"),
        ("[delivery]\nretry_minuts = [1]", "did you mean retry_minutes?"),
    ],
)
def test_faults_of_the_configuration_are_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"config\.toml: (?:unknown key )?delivery") as caught:
        load_config({}, {"PANTAU_CONFIG": str(path)})
    assert said in str(caught.value)
    assert "secret" not in str(caught.value)


def configure(path: Path, webhook: Webhook) -> None:
    text = f'[delivery]\nrecipients = {{gerbang = "{webhook.address}"}}\n[delivery.groups.pimpinan]\nto = ["gerbang"]\n'
    (path / "config.toml").write_text(text, encoding="utf-8")


def test_the_command_previews_tests_sends_once_and_lists(
    pantau: Callable[..., Answer], tmp_path: Path, webhook: Webhook
) -> None:
    configure(tmp_path, webhook)
    send = ("send", "--edition", "harian", "--date", "2025-03-12", "--to", "pimpinan")
    shown = pantau(*send, "--preview")
    assert (shown.code, webhook.seen) == (0, [])
    assert "Tidak ada berita" in shown.out
    assert pantau("outbox", "list", "--json").out.strip() == "[]"
    assert pantau("send", "--test", "--to", "pimpinan").code == 0
    assert "pesan uji" in webhook.seen[0]["message"]
    first, second = pantau(*send), pantau(*send)
    assert (first.code, second.code, len(webhook.seen)) == (0, 0, 2)
    rows = json.loads(pantau("outbox", "list", "--json").out)
    assert [(row["what"], row["state"], row["tries"]) for row in rows] == [
        ("2025-03-12-harian", "sent", 1),
        ("test", "sent", 1),
    ]
    assert webhook.seen[1]["message"] in pantau("outbox", "show", rows[0]["id"]).out
    assert pantau(*send, "--again").code == 0
    assert len(webhook.seen) == 3


def test_the_command_says_what_failed_and_tries_again(
    pantau: Callable[..., Answer], tmp_path: Path, webhook: Webhook
) -> None:
    configure(tmp_path, webhook)
    webhook.status = 500
    failed = pantau("send", "--edition", "harian", "--date", "2025-03-12", "--to", "pimpinan")
    assert failed.code == 1
    assert "waiting" in failed.out
    webhook.status = 200
    assert pantau("outbox", "deliver").code == 0  # not due yet
    assert len(webhook.seen) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("send", "--to", "pimpinan"), "name either --edition or --test"),
        (("send", "--test", "--to", "pimpnan"), "unknown group 'pimpnan': did you mean pimpinan?"),
        (("send", "--edition", "2025-01-01-pagi", "--to", "pimpinan"), "unknown edition"),
        (("outbox", "show", "7"), "no message 7"),
        (("alerts", "check", "--at", "kemarin"), "--at 'kemarin' is no ISO 8601 time"),
    ],
)
def test_wrong_use_is_explained(
    pantau: Callable[..., Answer], tmp_path: Path, webhook: Webhook, arguments: tuple[str, ...], said: str
) -> None:
    configure(tmp_path, webhook)
    pantau("send", "--test", "--to", "pimpinan")  # there is a store
    answer = pantau(*arguments)
    assert answer.code == 2
    assert said in answer.complaint
