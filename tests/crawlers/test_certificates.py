"""Sites whose certificate ran out or is another's, whose name is unknown, or that refuse: read or counted, and told."""

from __future__ import annotations

import json
import os
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from scrapy import Request
from scrapy.http import Response

from crawlers.certificates import Certificates, check_certificate, check_chain, covers, load_authorities
from crawlers.faults import finding_of, reason_of_exception
from crawlers.items import Reason
from crawlers.ledger import Ledger
from crawlers.plan import Run

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime.now(UTC)
SOON = NOW + timedelta(days=9)
FEED = (
    b'<rss version="2.0"><channel><item><title>Warga menanam padi</title><link>/1234/padi</link></item></channel></rss>'
)
SENTENCE = "Warga Sukamaju berkumpul bersama di balai kampung pada pagi hari itu untuk menanam padi. "
PAGE = (
    '<html><head><meta property="article:published_time" content="2026-03-09T09:30:00+07:00"></head><body><article>'
    f"<h1>Warga menanam padi</h1><p>{SENTENCE * 8}</p></article></body></html>"
).encode()


@dataclass(frozen=True)
class Pair:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def secret(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )


def build_pair(names: list[str], ends: datetime, signer: Pair | None = None, authority: bool = False) -> Pair:
    """Make a certificate of some names and addresses, by default signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    hosts = [x509.IPAddress(ip_address(one)) if one[:1].isdigit() else x509.DNSName(one) for one in names]
    shown = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(signer.certificate.subject if signer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(ends - timedelta(days=90))
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .sign(signer.key if signer else key, hashes.SHA256())
    )
    return Pair(shown, key)


def test_a_certificate_is_held_against_the_day_and_the_host() -> None:
    good = build_pair(["kabar.example", "*.kabar.example"], SOON).certificate
    late = build_pair(["kabar.example"], NOW - timedelta(days=9)).certificate
    early = build_pair(["kabar.example"], NOW + timedelta(days=99)).certificate
    assert check_certificate(good, "kabar.example", NOW) == check_certificate(good, "www.kabar.example", NOW) == ""
    assert "is that of kabar.example" in check_certificate(good, "a.b.kabar.example", NOW)
    assert f"ran out on {(NOW - timedelta(days=9)).date()}" in check_certificate(late, "kabar.example", NOW)
    assert "not valid before" in check_certificate(early, "kabar.example", NOW)
    assert not covers([], "kabar.example")


def test_a_chain_is_followed_to_whom_the_machine_trusts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = build_pair(["root.example"], SOON, authority=True)
    between = build_pair(["between.example"], SOON, root, authority=True)
    late = build_pair(["late.example"], NOW - timedelta(days=1), root, authority=True)
    stranger = build_pair(["stranger.example"], SOON, authority=True)
    (tmp_path / "trusted.pem").write_bytes(root.pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    load_authorities.cache_clear()
    try:
        assert judge(build_pair(["a.example"], SOON, root), root) == ""
        assert judge(build_pair(["a.example"], SOON, between), between) == ""
        assert "not sent along" in judge(build_pair(["a.example"], SOON, between))
        assert "nobody whom" in judge(build_pair(["a.example"], SOON, stranger))
        assert "but itself" in judge(build_pair(["a.example"], SOON))
        assert "expired" in judge(build_pair(["a.example"], SOON, late), late)
    finally:
        load_authorities.cache_clear()
    assert load_authorities() is load_authorities()


def judge(shown: Pair, *others: Pair) -> str:
    return check_chain(shown.certificate, [other.certificate for other in others])


def test_a_certificate_that_cannot_be_read_costs_no_page_and_explains_no_silence() -> None:
    told: list[Any] = []
    ledger = Ledger("kabar.example", Run(emit=told.append))
    looks = Certificates(cast(Any, SimpleNamespace(spider=SimpleNamespace(ledger=ledger))))
    page = Response("https://kabar.example/", certificate=cast(Any, [b"no certificate"]))
    assert looks.process_response(Request(page.url), page) is page
    ledger.finish(stopped=False)
    assert [(finding.kind, "cannot be read" in finding.detail) for finding in told] == [
        ("certificate", True),
        ("silent", False),
    ]


def test_faults_of_a_connection_are_told_apart() -> None:
    from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError, DownloadFailedError

    key = cast(Any, SimpleNamespace(host="kabar.example", port=443, ssl=True))

    def wrap(kind: type[Exception], fault: Exception) -> Exception:
        wrapped = kind(str(fault))
        wrapped.__cause__ = fault
        return wrapped

    nowhere = aiohttp.ClientConnectorDNSError(key, OSError(-2, "Name or service not known"))
    bad = aiohttp.ClientConnectorSSLError(key, ssl.SSLError(1, "bad handshake"))
    unknown = reason_of_exception(wrap(CannotResolveHostError, nowhere))
    cut = reason_of_exception(
        DownloadFailedError("[<twisted.python.failure.Failure twisted.internet.error.ConnectionLost: It was lost.>]")
    )
    tls = reason_of_exception(wrap(DownloadConnectionRefusedError, bad))
    assert {reason for reason, _ in (unknown, cut, tls)} == {Reason.CONNECTION}
    assert [said for _, said in (unknown, cut, tls)] == [
        "no such host: kabar.example: Name or service not known", "It was lost.",
        "no secure connection: kabar.example: bad handshake",
    ]  # fmt: skip
    assert [finding_of(*fault) for fault in (unknown, cut, tls)] == ["dns", "connection", "certificate"]
    assert finding_of(Reason.TIMEOUT, "") == "timeout"


class Handler(BaseHTTPRequestHandler):
    pages: Mapping[str, bytes] = {"/feed": FEED, "/1234/padi": PAGE}

    def do_GET(self) -> None:
        body = self.pages.get(self.path, b"")
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serve(folder: Path, address: str, pem: bytes, handler: type[Handler] = Handler, port: int = 0) -> Iterator[int]:
    """Serve the small site over TLS with a chain and its key."""
    (folder / f"{address}.pem").write_bytes(pem)
    server = ThreadingHTTPServer((address, port), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / f"{address}.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_crawl_reads_every_site_and_tells_whose_certificate_is_wrong_and_whom_it_did_not_reach(
    tmp_path: Path,
) -> None:
    root = build_pair(["root.example"], SOON, authority=True)
    between = build_pair(["between.example"], SOON, root, authority=True)
    (tmp_path / "trusted.pem").write_bytes(root.pem)
    shown = {
        "localhost": build_pair(["localhost"], NOW - timedelta(days=3)),
        "127.0.0.2": build_pair(["127.0.0.2"], SOON),
        "127.0.0.3": build_pair(["kabar.example"], SOON, root),
        "127.0.0.4": build_pair(["127.0.0.4"], SOON, between),
        "127.0.0.5": build_pair(["127.0.0.5"], SOON, between),
    }
    with ExitStack() as stack, socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        sources = {
            "127.0.0.1": f"http://127.0.0.1:{unused.getsockname()[1]}/feed",
            "kabar.invalid": "http://kabar.invalid/feed",
        }
        for host, pair in shown.items():
            sent = pair.pem + (between.pem if host == "127.0.0.5" else b"") + pair.secret
            address = "127.0.0.1" if host == "localhost" else host
            sources[host] = f"https://{host}:{stack.enter_context(serve(tmp_path, address, sent))}/feed"
        records = crawl(tmp_path, sources)
    assert sorted(row["outlet"] for row in records if row["type"] == "article") == sorted(shown)
    findings = {row["outlet"]: (row["kind"], row["detail"]) for row in records if row["type"] == "finding"}
    assert {outlet: kind for outlet, (kind, _) in findings.items()} == {
        **dict.fromkeys(list(shown)[:4], "certificate"), "127.0.0.1": "connection", "kabar.invalid": "dns",
    }  # fmt: skip
    for host, said in {
        "localhost": "ran out", "127.0.0.2": "nobody but itself", "127.0.0.3": "that of kabar.example",
        "127.0.0.4": "was not sent along",
    }.items():  # fmt: skip
        assert said in findings[host][1]
        assert findings[host][1].endswith("read all the same")
    assert "Failure" not in str(findings)


def crawl(folder: Path, sources: dict[str, str], timeout: int | None = None, **proxies: str) -> list[dict[str, Any]]:
    """Crawl one feed per host, trusting what lies in the folder."""
    for host, url in sources.items():
        recipe = f'name = "{host}"\ndomains = ["{host}"]\nkind = "local"\n[[source]]\nkind = "feed"\nurl = "{url}"\n'
        (folder / f"{host}.toml").write_text(recipe)
    plan: dict[str, Any] = {"outlets": list(sources), "recipe_dirs": [str(folder)], "delay": 0}
    plan |= {"now": "2026-03-10T12:00:00+07:00", **({"timeout": timeout} if timeout else {})}
    environment = {key: value for key, value in os.environ.items() if "proxy" not in key.lower()}
    done = subprocess.run(
        [sys.executable, "-m", "crawlers"], input=json.dumps(plan), capture_output=True, text=True, timeout=90,
        cwd=ROOT, env={**environment, **proxies, "SSL_CERT_FILE": str(folder / "trusted.pem")}, check=True,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]
