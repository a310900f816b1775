"""Shared pieces of the crawl's tests: a recipe, canned replies for sources, and a small site over real HTTP."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic

import pytest

from crawlers.items import Reason
from crawlers.recipe import Recipe, parse_recipe
from crawlers.sources.walk import Ask, Fetch, Offer, Pause, Reach, Reply, Trouble, Walk

NOW = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)
RECIPE = """
name = "Kabar Contoh"
domains = ["kabar.example"]
kind = "local"
"""


@pytest.fixture
def recipe() -> Recipe:
    return parse_recipe(RECIPE, "kabar.example")


@pytest.fixture
def ask(recipe: Recipe) -> Ask:
    return Ask(recipe, NOW)


@dataclass
class Walked:
    """What a walk did with a site made of canned bodies."""

    fetched: list[str] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    reach: Reach = field(default_factory=Reach)

    @property
    def paths(self) -> list[str]:
        return [offer.url.partition("example")[2] for offer in self.offers]


def run_walk(
    walk: Walk, site: dict[str, str | bytes | Reply], dates: Callable[[Offer], None] = lambda offer: None
) -> Walked:
    """Drive a walk; an address that the site lacks answers 404. `dates` is called for every offer, as reading it
    would be.
    """
    walked, reply = Walked(), None
    while True:
        try:
            step = walk.send(reply)
        except StopIteration as stop:
            walked.reach = stop.value
            return walked
        reply = None
        if isinstance(step, Offer):
            walked.offers.append(step)
            dates(step)
        elif isinstance(step, Trouble):
            walked.troubles.append(step)
        elif isinstance(step, Fetch):
            walked.fetched.append(step.url)
            found = site.get(step.url, Reply(step.url, 404, problem=Reason.GONE))
            body = found.encode() if isinstance(found, str) else found
            reply = body if isinstance(body, Reply) else Reply(step.url, 200, body)
        else:
            assert isinstance(step, Pause) or step.source


@dataclass
class Answer:
    """One page of the small site; `headers` replaces the content type only when it names one."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """A site on a loopback port; what it was asked stands in `hits` as (path, seconds, headers)."""

    port: int = 0
    pages: dict[str, Answer | Callable[[], Answer]] = field(default_factory=dict)
    hits: list[tuple[str, float, dict[str, str]]] = field(default_factory=list)

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def add(self, path: str, body: str | bytes, status: int = 200, **headers: str) -> None:
        raw = body.encode() if isinstance(body, str) else body
        self.pages[path] = Answer(raw, status, {name.replace("_", "-"): value for name, value in headers.items()})

    def asked(self, path: str) -> int:
        return sum(hit[0] == path for hit in self.hits)


@pytest.fixture
def site() -> Iterator[Site]:
    state = Site()
    state.add("/robots.txt", "User-agent: *\nAllow: /\n")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            state.hits.append((self.path, monotonic(), {k.lower(): v for k, v in self.headers.items()}))
            found = state.pages.get(self.path, Answer(b"tidak ada", 404))
            answer = found() if callable(found) else found
            self.send_response(answer.status)
            headers = {
                "Content-Type": "text/html; charset=utf-8",
                "Content-Length": str(len(answer.body)),
                **answer.headers,
            }
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield state
    server.shutdown()
    thread.join()
    server.server_close()
