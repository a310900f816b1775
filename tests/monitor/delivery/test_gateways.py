"""Delivery to chats, against stand-ins on this machine that speak as Telegram and WhatsApp gateways do."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from apprise.plugins.telegram import NotifyTelegram
from apprise.plugins.whatsapp import NotifyWhatsApp

from db.connection import Store
from db.findings import find_findings
from db.outbox import find_messages
from monitor.clock import find_now
from monitor.digest.dataset import Gap
from monitor.notify.addresses import open_address, send_message, tag_marks
from monitor.notify.deliver import find_asked_wait, run_delivery
from monitor.notify.groups import Delivery, Group
from monitor.notify.messages import Message, build_edition_messages
from monitor.notify.queue import plan_test, queue_planned
from monitor.render.digest_whatsapp import count_chars
from monitor.render.wording import load_wording
from tests.monitor.conftest import stored_row
from tests.monitor.delivery.conftest import GO, Mailbox, make_office, serving
from tests.monitor.digest.conftest import NAMES, NEGATIVE, build

HARD = "Jalan <b>rusak</b> & banjir_besar [x](y) 1.5% #siaga `x` | \\frac{1}{2} $x^2$ 😀 الأخبار"
TELEGRAM = "tgram://123456789:abcdefg_hijklmnop/-100123456"
TELEGRAM_FLOOD = {
    "ok": False,
    "error_code": 429,
    "description": "Too Many Requests: retry after 120",
    "parameters": {"retry_after": 120},
}


class Gateway(ThreadingHTTPServer):
    """Keeps what it is asked, answers as it is told."""

    def __init__(self) -> None:
        self.status, self.answer = 200, {"ok": True}  # type: tuple[int, Any]
        self.paths: list[str] = []
        self.seen: list[dict[str, Any]] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Gateway)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = "form-urlencoded" in self.headers["Content-Type"]
        self.server.paths.append(self.path)
        self.server.seen.append({key: value[0] for key, value in parse_qs(body).items()} if form else json.loads(body))
        self.send_response(self.server.status)
        self.end_headers()
        answer = self.server.answer
        self.wfile.write(answer.encode() if isinstance(answer, str) else json.dumps(answer).encode())

    def log_message(self, *parts: Any) -> None:
        pass


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    server = Gateway()
    monkeypatch.setattr(NotifyTelegram, "notify_url", f"http://{server.host}/bot")
    monkeypatch.setattr(NotifyWhatsApp, "notify_url", f"http://{server.host}/{{fb_ver}}/{{phone_id}}/messages")
    with serving(server):
        yield server


def address_of(gateway: Gateway, kind: str) -> str:
    return {
        "telegram": TELEGRAM,
        "whatsapp": "whatsapp://EAAtoken@12345678901234/+6281234567890",
        "evolution": f"evolution://kunci@{gateway.host}/kantor/+6281234567890",
        "form": f"form://{gateway.host}/send?+Authorization=TOKEN&:title=&:type=&:version=&:target=120363@g.us",
    }[kind]


def send_digest(
    gateway: Gateway, kind: str, articles: int, gaps: Sequence[Gap] = ()
) -> tuple[list[Message], list[str]]:
    """Send a digest with hard titles; return the messages and what the service was given as text."""
    rows = [
        stored_row(n, title=f"Nomor {n} {HARD}", tone=NEGATIVE, url=f"https://warta.example/a_{n}_b?x=1&y=*")
        for n in range(1, articles + 1)
    ]
    address = open_address(Delivery(recipients={"x": address_of(gateway, kind)}), "x")
    data = build(*rows, gaps=list(gaps))
    messages = build_edition_messages(data, Group(to=("x",)), NAMES, address, load_wording("id"))
    for message in messages:
        assert send_message(address, message.subject, message.body, message.form) is None
    field = {
        "telegram": lambda s: s["text"],
        "whatsapp": lambda s: s["text"]["body"],
        "evolution": lambda s: s["text"],
        "form": lambda s: s["message"],
    }[kind]
    return messages, [field(seen) for seen in gateway.seen]


def test_telegram_shows_bold_by_tags_with_every_title_and_address_whole(gateway: Gateway) -> None:
    messages, texts = send_digest(gateway, "telegram", 25)
    assert len(texts) == len(messages) > 1
    assert set(gateway.paths) == {"/bot123456789:abcdefg_hijklmnop/sendMessage"}
    assert {seen["parse_mode"] for seen in gateway.seen} == {"HTML"}
    shown = [html.unescape(re.sub(r"</?[bi]>", "", text)) for text in texts]
    assert all(count_chars(text.replace("\r", "")) <= 4096 for text in shown)
    for text in texts:
        assert set(re.findall(r"<[^>]*>", text)) <= {"<b>", "</b>", "<i>", "</i>"}
        assert text.count("<b>") == text.count("</b>") > 0
        assert "\n\n" in text.replace("\r", "")  # blank lines between entries
        assert not re.search(r"^\*|\*$", html.unescape(text).replace("y=*", ""), re.MULTILINE)
    together = "\n".join(shown).replace("\r", "")
    for number in range(1, 26):
        assert f"https://warta.example/a_{number}_b?x=1&y=*" in together.splitlines()
        assert f"Nomor {number} Jalan <b>rusak</b> & banjirbesar [x](y) 1.5% #siaga x" in together
    assert [text.splitlines()[0] for text in shown] == [f"({n}/{len(shown)})" for n in range(1, len(shown) + 1)]


@pytest.mark.parametrize(("kind", "most"), [("whatsapp", 1024), ("evolution", 4096), ("form", 4096)])
def test_whatsapp_gateways_get_its_marks_in_parts_they_hold(gateway: Gateway, kind: str, most: int) -> None:
    gaps = [
        Gap(f"{cause}{n}.example", f"Warta Nomor {n} 😀😀", cause, f"2025-03-0{day}T00:00:00Z")
        for day, cause in enumerate(("blocked", "dns", "layout", "timeout", "robots", "gone"), 1)
        for n in range(20)
    ]
    messages, texts = send_digest(gateway, kind, 12, gaps)
    assert len(texts) == len(messages) > 1
    assert all(count_chars(text) <= most for text in texts)
    together = "\n".join(texts)
    for number in range(1, 13):
        assert f"https://warta.example/a_{number}_b?x=1&y=*" in together.splitlines()
        assert re.search(rf"^\d+\. \*Nomor {number} Jalan <b>rusak</b> & banjirbesar", together, re.MULTILINE)
    numbers = [re.findall(r"^\((\d+)/(\d+)\)$", text, re.MULTILINE) for text in texts]
    assert numbers == [[(str(n), str(len(texts)))] for n in range(1, len(texts) + 1)]  # one numbering, not two


def test_marks_become_tags_and_what_only_looks_like_marks_stays() -> None:
    text = "1. *Judul & a*b*\n_sebab_ nama_file_x 2*3*4\nhttps://a.example/_x_/*y*"
    assert tag_marks(text, "\n") == ("1. *Judul &amp; a*b*\n<i>sebab</i> nama_file_x 2*3*4\nhttps://a.example/_x_/*y*")
    assert tag_marks("*17* artikel\n*x*", "<br>") == "<b>17</b> artikel<br><b>x</b>"


def test_a_service_asked_too_often_is_left_alone_as_long_as_it_says(
    tmp_path: Path, store: Store, gateway: Gateway
) -> None:
    office = make_office(tmp_path, {"grup": TELEGRAM})
    start = find_now()
    queue_planned(store, plan_test(office, ["pimpinan"], start), "test", start)
    gateway.status, gateway.answer = 429, TELEGRAM_FLOOD
    assert run_delivery(store, office, GO, clock=lambda: start).failed == 1
    (finding,) = find_findings(store)
    assert "retry after 120" in finding["detail"]
    gateway.status, gateway.answer = 200, {"ok": True}
    moments = [start + timedelta(seconds=seconds) for seconds in (70, 119, 130, 140)]
    assert [run_delivery(store, office, GO, clock=lambda now=now: now).sent for now in moments] == [0, 0, 1, 0]
    assert len(gateway.seen) == 2  # the refused try and the one that got through
    assert find_findings(store) == []


@pytest.mark.parametrize("kind", ["telegram", "whatsapp", "evolution", "form"])
def test_a_refusal_is_a_failed_try_that_names_no_secret(
    tmp_path: Path, store: Store, gateway: Gateway, kind: str
) -> None:
    office = make_office(tmp_path, {"grup": address_of(gateway, kind)})
    start = find_now()
    queue_planned(store, plan_test(office, ["pimpinan"], start), "test", start)
    gateway.status, gateway.answer = 401, {"error": {"message": "token expired", "code": 190}}
    waits = []
    now = start
    for _ in range(6):
        run_delivery(store, office, GO, clock=lambda now=now: now)
        (row,) = find_messages(store)
        waits.append(row["due_at"])
        now += timedelta(hours=4)
    assert row["state"] == "failed"
    assert len(gateway.seen) == 6
    assert all(earlier <= later for earlier, later in pairwise(waits))
    (finding,) = find_findings(store)
    assert not re.search(r"abcdefg|EAAtoken|kunci|TOKEN", finding["detail"])


STATUS = {"field": "status", "reason": "reason"}


@pytest.mark.parametrize(
    ("rule", "answer", "fault"),
    [
        (None, {"status": False}, None),  # nobody said what to look for: the status of the answer is all there is
        (STATUS, {"status": True, "id": ["8"]}, None),
        (STATUS, {"status": "True"}, None),
        (STATUS, {"status": False, "reason": "token\ninvalid"}, "the gateway answered status=false: token invalid"),
        (STATUS, {"status": False, "reason": "no such token: TOKEN-77"}, "status=false: no such token: …"),
        (STATUS, {"reason": None}, "the gateway answered status=null"),
        (STATUS, ["status"], "the gateway answered status=null"),
        (STATUS, "<html>login</html>", "the gateway's answer is no JSON"),
        ({"field": "data.sent", "value": 1}, {"data": {"sent": 1}}, None),
        ({"field": "data.sent", "value": 1}, {"data": {"sent": 0}}, "the gateway answered data.sent=0"),
        ({"value": "Success"}, "SUCCESS 1 message", None),
        ({"value": "Success"}, "quota exceeded", "the gateway's answer does not say Success"),
    ],
)
@pytest.mark.parametrize("scheme", ["form", "json"])
def test_a_refusal_within_an_answer_of_200_is_a_failed_try(
    gateway: Gateway, scheme: str, rule: dict[str, Any] | None, answer: Any, fault: str | None
) -> None:
    url = f"{scheme}://{gateway.host}/send?+Authorization=TOKEN-77&:target=120363@g.us"
    delivery = Delivery.model_validate({"recipients": {"wa": url}, "accepted": {"wa": rule} if rule else {}})
    gateway.answer = answer
    said = send_message(open_address(delivery, "wa"), "Judul", "Isi", "marked")
    assert said == fault or (fault and said and said.endswith(fault) and "TOKEN" not in said)
    assert len(gateway.seen) == 1


def test_a_refused_message_is_tried_again_and_then_told_once(tmp_path: Path, store: Store, gateway: Gateway) -> None:
    office = make_office(tmp_path, {"grup": address_of(gateway, "form")}, accepted={"grup": STATUS})
    start = find_now()
    queue_planned(store, plan_test(office, ["pimpinan"], start), "test", start)
    gateway.answer = {"status": False, "reason": "device disconnected"}
    assert run_delivery(store, office, GO, clock=lambda: start).failed == 1
    (finding,) = find_findings(store)
    assert finding["detail"].endswith("the gateway answered status=false: device disconnected")
    gateway.answer = {"status": True}
    assert run_delivery(store, office, GO, clock=lambda: start + timedelta(minutes=2)).sent == 1
    assert (len(gateway.seen), find_findings(store)) == (2, [])


def test_a_refusal_by_status_and_a_silent_gateway_stay_what_they_were(gateway: Gateway) -> None:
    delivery = Delivery.model_validate({"recipients": {"wa": address_of(gateway, "form")}, "accepted": {"wa": STATUS}})
    address = open_address(delivery, "wa")
    gateway.status, gateway.answer = 500, {"status": True}
    assert "error=500" in (send_message(address, "Judul", "Isi", "text") or "")
    gateway.server_close()
    assert "Connection error" in (send_message(address, "Judul", "Isi", "text") or "")


@pytest.mark.parametrize(
    ("accepted", "said"),
    [
        ({"lain": STATUS}, "accepted names recipient 'lain'"),
        ({"wa": {}}, "name the field"),
        ({"wa": {"feld": "x"}}, "feld"),
    ],
)
def test_rules_for_answers_are_checked(accepted: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Delivery.model_validate({"recipients": {"wa": "json://gateway.example"}, "accepted": accepted})


def test_only_what_asks_to_wait_makes_wait() -> None:
    assert find_asked_wait("Too Many Requests: retry after 35, error=429") == timedelta(seconds=36)
    assert find_asked_wait("connection refused") == timedelta()


def test_marked_text_by_mail_shows_bold_not_asterisks(
    tmp_path: Path,
    store: Store,
    smtp: tuple[Mailbox, str],
) -> None:
    mailbox, address = smtp
    office = make_office(tmp_path, {"kadis": address})
    queue_planned(store, plan_test(office, ["pimpinan"], find_now()), "test", find_now())
    assert run_delivery(store, office, GO).sent == 1
    page = mailbox.mails[0].get_body(("html",))
    assert page is not None
    assert "<b>Uji kirim: Kabupaten Selasih</b>" in page.get_content()
    plain = mailbox.mails[0].get_body(("plain",))
    assert plain is not None
    assert "Uji kirim" in plain.get_content()
