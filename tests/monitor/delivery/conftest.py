"""A mailbox and a webhook of the test's own, and editions to send to them."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from db.annotations import save_annotations
from db.articles import save_article
from db.connection import Store, open_store
from monitor.clock import find_now
from monitor.config import Config
from monitor.editions import build_edition, freeze_edition
from monitor.notify.queue import plan_edition, queue_planned
from monitor.office import Office, load_office
from tests.monitor.conftest import CONTOH

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


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[None]:
    """Answer in a thread until the test is over."""
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    server = Webhook()
    with serving(server):
        yield server


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
    with open_store(tmp_path / "pantau.db") as opened:
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
