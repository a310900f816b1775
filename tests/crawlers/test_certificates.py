"""Sites whose certificate ran out or is another's, whose name is unknown, or that refuse: read or counted, and told."""

from __future__ import annotations

import json
import os
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from scrapy import Request
from scrapy.http import Response

from crawlers.certificates import Certificates, check_certificate, covers
from crawlers.faults import finding_of, reason_of_exception
from crawlers.items import Reason
from crawlers.ledger import Ledger
from crawlers.plan import Run

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime.now(UTC)
FEED = (
    b'<rss version="2.0"><channel><item><title>Warga menanam padi</title><link>/1234/padi</link></item></channel></rss>'
)
SENTENCE = "Warga Sukamaju berkumpul bersama di balai kampung pada pagi hari itu untuk menanam padi. "
PAGE = (
    '<html><head><meta property="article:published_time" content="2026-03-09T09:30:00+07:00"></head><body><article>'
    f"<h1>Warga menanam padi</h1><p>{SENTENCE * 8}</p></article></body></html>"
).encode()


def build_certificate(names: list[str], ends: datetime) -> tuple[x509.Certificate, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    shown = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(ends - timedelta(days=90))
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return shown, shown.public_bytes(serialization.Encoding.PEM) + secret


def test_a_certificate_is_held_against_the_day_and_the_host() -> None:
    good, _ = build_certificate(["kabar.example", "*.kabar.example"], NOW + timedelta(days=9))
    late, _ = build_certificate(["kabar.example"], NOW - timedelta(days=9))
    assert check_certificate(good, "kabar.example", NOW) == check_certificate(good, "www.kabar.example", NOW) == ""
    assert "is that of kabar.example" in check_certificate(good, "a.b.kabar.example", NOW)
    assert f"ran out on {(NOW - timedelta(days=9)).date()}" in check_certificate(late, "kabar.example", NOW)
    assert not covers([], "kabar.example")


def test_a_certificate_that_cannot_be_read_costs_no_page_and_explains_no_silence() -> None:
    def fail() -> x509.Certificate:
        raise ValueError("bad DER")

    told: list[Any] = []
    ledger = Ledger("kabar.example", Run(emit=told.append))
    looks = Certificates(cast(Any, SimpleNamespace(spider=SimpleNamespace(ledger=ledger))))
    shown = SimpleNamespace(original=SimpleNamespace(to_cryptography=fail))
    page = Response("https://kabar.example/", certificate=cast(Any, shown))
    assert looks.process_response(Request(page.url), page) is page
    ledger.finish(stopped=False)
    assert [(finding.kind, "bad DER" in finding.detail) for finding in told] == [
        ("certificate", True),
        ("silent", False),
    ]


def test_faults_of_a_connection_are_told_apart() -> None:
    from scrapy.exceptions import CannotResolveHostError, DownloadFailedError

    unknown = reason_of_exception(CannotResolveHostError("DNS lookup failed: kabar.invalid"))
    cut = reason_of_exception(
        DownloadFailedError("[<twisted.python.failure.Failure twisted.internet.error.ConnectionLost: It was lost.>]")
    )
    tls = reason_of_exception(
        DownloadFailedError("[<twisted.python.failure.Failure OpenSSL.SSL.Error: [('SSL routines', '', 'bad')]>]")
    )
    assert {reason for reason, _ in (unknown, cut, tls)} == {Reason.CONNECTION}
    assert cut[1] == "It was lost."
    assert [finding_of(*fault) for fault in (unknown, cut, tls)] == ["dns", "connection", "certificate"]
    assert finding_of(Reason.TIMEOUT, "") == "timeout"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = {"/feed": FEED, "/1234/padi": PAGE}.get(self.path, b"")
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def expired(tmp_path: Path) -> Iterator[int]:
    (tmp_path / "pair.pem").write_bytes(build_certificate(["localhost"], NOW - timedelta(days=3))[1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "pair.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_crawl_reads_an_expired_site_and_tells_what_cannot_be_reached(expired: int, tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        sources = {
            "expired": f"https://localhost:{expired}/feed",
            "refused": f"http://127.0.0.1:{unused.getsockname()[1]}/feed",
            "unknown": "http://kabar.invalid/feed",
        }
        for name, url in sources.items():
            domain = url.split("/")[2].partition(":")[0]
            recipe = (
                f'name = "{name}"\ndomains = ["{domain}"]\nkind = "local"\n[[source]]\nkind = "feed"\nurl = "{url}"\n'
            )
            (tmp_path / f"{name}.toml").write_text(recipe)
        plan: dict[str, Any] = {"outlets": list(sources), "recipe_dirs": [str(tmp_path)], "delay": 0}
        plan["now"] = "2026-03-10T12:00:00+07:00"
        done = subprocess.run(
            [sys.executable, "-m", "crawlers"], input=json.dumps(plan), capture_output=True, text=True, timeout=90,
            cwd=ROOT, env={k: v for k, v in os.environ.items() if "proxy" not in k.lower()}, check=True,
        )  # fmt: skip
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["title"] for row in records if row["type"] == "article"] == ["Warga menanam padi"]
    findings = {row["outlet"]: row for row in records if row["type"] == "finding"}
    assert {outlet: row["kind"] for outlet, row in findings.items()} == {
        "expired": "certificate", "refused": "connection", "unknown": "dns",
    }  # fmt: skip
    assert "Failure" not in str(findings)
