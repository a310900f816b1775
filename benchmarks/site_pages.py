"""Sixty invented outlets on this machine, for the crawl's benchmark: their pages, and a server that stands for all."""

from __future__ import annotations

import gzip
import random
import re
import statistics
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection

from invented_pages import JOINTS, build_page, build_portal_page, build_sentence

# How to draw a page: dense with links and elements but of few bytes, or in the proportions of a real one.
SIZES = {"small": partial(build_page, padding=60), "portal": build_portal_page}
ADDRESS = "http://address.example/"  # in an article's page, for the address that it is served under


def host_of(outlet: int) -> str:
    """Return an outlet's host name."""
    return f"warta{outlet}.example"


def draw_articles(count: int, word: str, size: str, *, foreign: bool = False) -> Iterator[tuple[str, str]]:
    """Yield title and page of invented articles that all name `word`, so that every one is kept.

    Articles of a `foreign` language need the slow, generic extractor.
    """
    rng = random.Random(7)
    for number in range(count):
        html, text = SIZES[size](rng, number % 4)
        opening = text.partition(".")[0]
        html = html.replace(opening, f"{opening} {word}", 1)
        yield build_sentence(rng).rstrip(".").title(), _translate(html) if foreign else html


def lay_out(articles: Iterable[tuple[str, str]], outlets: int) -> dict[str, bytes]:
    """Give each article an outlet, an address and a time, and each outlet its list; return the pages by address."""
    pages, lists = {}, [""] * outlets
    for number, (title, html) in enumerate(articles):
        host = host_of(number % outlets)
        path = f"/berita/{10_000 + number}/{'-'.join(re.findall(r'[a-z0-9]+', title.lower())[:8])}"
        stamp = f"2025-06-{1 + number % 9:02}T09:{number % 60:02}:00+07:00"
        meta = f'<meta property="article:published_time" content="{stamp}">'
        html = re.sub(r"(?i)<head\b[^>]*>", lambda tag: tag[0] + meta, html, count=1)  # noqa: B023
        pages[f"http://{host}{path}"] = html.replace(ADDRESS, f"http://{host}{path}").encode()
        lists[number % outlets] += f'<h3><a href="{path}">{escape(title)}</a></h3>'
    for outlet, links in enumerate(lists):
        pages[f"http://{host_of(outlet)}/kanal"] = f"<html><body>{links}</body></html>".encode()
        pages[f"http://{host_of(outlet)}/robots.txt"] = b"User-agent: *\nAllow: /\n"
    return pages


def _translate(html: str) -> str:
    """Swap the words that give an Indonesian text away for those of another language."""
    theirs = ["which", "and", "at", "for", "with", "of", "upon", "shall", "not", "that", "this", "by", "the", "has"]
    swaps = dict(zip(JOINTS.split(), theirs, strict=True))
    for word, other in swaps.items():
        html = html.replace(f" {word} ", f" {other} ")
    return html.replace('lang="id"', 'lang="en"')


def serve(draw: Callable[[], Iterable[tuple[str, str]]], outlets: int, ready: Connection) -> None:
    """Answer as a forward proxy for all hosts, packed for whoever takes it.

    Sends port, addresses of articles and their mean size through `ready`: the pages stay in this process.
    """
    pages = lay_out(draw(), outlets)
    packed = {url: gzip.compress(body, 6) for url, body in pages.items()}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def do_GET(self) -> None:
            body = pages.get(self.path)
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if body and "gzip" in self.headers.get("Accept-Encoding", ""):
                body = packed[self.path]
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign] # a client may leave as it likes
    addresses = [url for url in pages if "/berita/" in url]
    ready.send((server.server_port, addresses, statistics.mean(len(pages[url]) for url in addresses)))
    server.serve_forever()
