"""Answers as odd as servers send them, and connections that are given up."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.crawlers.test_certificates import FEED, PAGE, crawl

HEAD = b"HTTP/1.1 200 OK\r\n"


def lay_out(body: bytes, *lines: str, head: bytes = HEAD) -> bytes:
    """Write an answer with these lines in its head, a length where it is asked for by `{}`."""
    return head + "".join(f"{line.format(len(body))}\r\n" for line in lines).encode("latin-1") + b"\r\n" + body


@contextmanager
def listen(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """Answer each connection in a thread of its own; yield the address."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    with listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


@contextmanager
def serve(*lines: str, head: bytes = HEAD) -> Iterator[tuple[str, list[str]]]:
    """Serve a feed and its article so; yield the address and what is asked for."""
    asked: list[str] = []

    def answer(connection: socket.socket) -> None:
        with connection:
            request = b""
            while b"\r\n\r\n" not in request:
                if not (more := connection.recv(65536)):
                    return
                request += more
            path = request.split()[1].decode()
            asked.append(path)
            body = {"/feed": FEED, "/1234/padi": PAGE}.get(path.partition("?")[0])
            if body is None:
                connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            else:
                connection.sendall(lay_out(body, *lines, head=head))

    with listen(answer) as site:
        yield site, asked


def read(folder: Path, site: str) -> list[dict[str, Any]]:
    return crawl(folder, {"127.0.0.1": f"{site}/feed"})


@pytest.mark.parametrize(
    "lines",
    [
        ("Content-Length: {}", "X-Kota: S\xe9l\xe1t"),
        ("Content-Length: {}", f"Content-Security-Policy: {'a' * 12_000}"),
        ("Content-Length: {}", *(f"X-{n}: 1" for n in range(200))),
        ("Connection: close",),
        ("Content-Length: {}", "Set-Cookie: a=\x7fb;;; =x; Expires=never"),
    ],
    ids=["bytes", "long", "many", "no length", "cookie"],
)
def test_odd_heads_are_read_at_once(tmp_path: Path, lines: tuple[str, ...]) -> None:
    with serve(*lines) as (site, asked):
        records = read(tmp_path, site)
    assert [row["title"] for row in records if row["type"] == "article"] == ["Warga menanam padi"]
    assert asked[:3] == ["/robots.txt", "/feed", "/1234/padi"]


@pytest.mark.parametrize(
    "lines",
    [("Content-Length: {}", "Content-Length: {}"), ("Content-Length: {}", "Rusak sekali"), ("Content-Length: {}, {}",)],
    ids=["twice", "no colon", "list"],
)
def test_heads_that_contradict_each_other_are_read_at_the_second_attempt(
    tmp_path: Path, lines: tuple[str, ...]
) -> None:
    lines = tuple(line.replace("{}, {}", "{0}, {0}") for line in lines)
    with serve(*lines) as (site, asked):
        records = read(tmp_path, site)
    assert [row["title"] for row in records if row["type"] == "article"] == ["Warga menanam padi"]
    assert asked[:4] == ["/robots.txt", "/feed", "/feed", "/1234/padi"]


def test_no_http_at_all_is_told_in_words(tmp_path: Path) -> None:
    with serve(head=b"SSH-2.0-OpenSSH_9\r\n") as (site, _):
        records = read(tmp_path, site)
    findings = [row for row in records if row["type"] == "finding"]
    assert [row["kind"] for row in findings] == ["connection"]
    assert "Failure" not in json.dumps(findings)


def test_addresses_are_asked_for_as_they_are(tmp_path: Path) -> None:
    wanted = "/feed?x=%20+%2B&y=%c3%a9&z=a:b@c%7e"
    with serve("Content-Length: {}") as (site, asked):
        crawl(tmp_path, {"127.0.0.1": site + wanted})
    assert wanted in asked


def test_a_proxy_that_opens_no_tunnel_is_hung_up_on_before_it_is_asked_again(tmp_path: Path) -> None:
    calls: list[list[float]] = []  # when each began and ended

    def hold(connection: socket.socket) -> None:
        call = [time.monotonic()]
        calls.append(call)
        with connection:
            while connection.recv(65536):
                pass
            call.append(time.monotonic())

    with listen(hold) as proxy:
        records = crawl(tmp_path, {"kabar.example": "https://kabar.example/feed"}, timeout=1, https_proxy=proxy)
    assert {row["kind"] for row in records if row["type"] == "finding"} == {"timeout"}
    assert len(calls) > 1
    assert all(before[1] <= after[0] for before, after in pairwise(calls))


def test_a_proxy_that_refuses_is_named(tmp_path: Path) -> None:
    def refuse(connection: socket.socket) -> None:
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

    with listen(refuse) as proxy:
        records = crawl(tmp_path, {"kabar.example": "https://kabar.example/feed"}, https_proxy=proxy)
    findings = [(row["kind"], row["detail"]) for row in records if row["type"] == "finding"]
    assert [kind for kind, _ in findings] == ["connection"]
    assert "the proxy answers 403 Forbidden" in findings[0][1]
