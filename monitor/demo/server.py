"""Serves a ``Newsroom`` over HTTP on loopback, as a forward proxy for its invented hosts.

A crawl reaches it through ``http_proxy``; requests name the host in the address (proxy form, RFC 9112 section 3.2.2) or
in the Host header. Knows HTTP only: validators and 304 (RFC 9110 section 13), gzip, HEAD. Never contacts another
machine.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

from monitor.demo.newsroom import Newsroom, Page

IDLE_S = 5.0  # an idle connection is closed after this, so that closing the server never waits longer
SMALL = 400  # bytes below which compression is not worth its header


@contextmanager
def serve_newsroom(newsroom: Newsroom, port: int = 0) -> Iterator[str]:
    """Serve on ``127.0.0.1`` (a free port for 0) until the block ends; yields the address for ``http_proxy``.

    Raises ``OSError`` when the port is taken.
    """
    server = _Server(("127.0.0.1", port), _Handler)
    server.newsroom = newsroom
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="newsroom")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()  # waits for the connections' threads


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    newsroom: Newsroom


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Newsroom"
    sys_version = ""
    timeout = IDLE_S
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        target = urlsplit(self.path)
        host = target.hostname or self.headers.get("Host", "").partition(":")[0]
        page = self.server.newsroom.answer(host, target.path or "/", dict(parse_qsl(target.query)))
        self._send(page)

    do_HEAD = do_GET

    def _send(self, page: Page) -> None:
        body = page.text.encode("utf-8")
        etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        if page.status == HTTPStatus.OK and self._is_unchanged(page, etag):
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.send_header("ETag", etag)
            self.end_headers()
            return
        self.send_response(page.status)
        self.send_header("Content-Type", page.content_type)
        for name, value in page.headers:
            self.send_header(name, value)
        if page.status == HTTPStatus.OK:
            self.send_header("ETag", etag)
            if page.modified_at:
                self.send_header("Last-Modified", format_datetime(page.modified_at.astimezone(UTC), usegmt=True))
        if "gzip" in self.headers.get("Accept-Encoding", "") and len(body) > SMALL:
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _is_unchanged(self, page: Page, etag: str) -> bool:
        """RFC 9110 13.2.2: If-None-Match decides when present, else If-Modified-Since."""
        if wanted := self.headers.get("If-None-Match"):
            return etag in wanted or wanted.strip() == "*"
        since = _parse_http_date(self.headers.get("If-Modified-Since"))
        return bool(since and page.modified_at and page.modified_at.replace(microsecond=0) <= since)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the crawl keeps count of every address itself."""


def _parse_http_date(value: str | None) -> datetime | None:
    """Parse an HTTP date; None when absent or broken, as RFC 9110 section 13.1.3 asks to ignore such a header."""
    if not value:
        return None
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
