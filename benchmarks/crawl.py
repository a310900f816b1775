"""CPU time per page of a whole crawl, against bare Scrapy on the same pages: ``python benchmarks/crawl.py``.

A server on this machine stands for sixty outlets with invented articles. ``pantau crawl`` downloads, extracts, archives
and stores them without a delay; bare Scrapy downloads the same addresses and throws them away. Both run as processes of
their own in turns; user and system time come from the kernel, with the start of the interpreter, and the median counts.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path

from extract import build_page, build_sentence

from nlp.profile import load_profile

SPIDER = """
import sys
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
class Bare(Spider):
    name = "bare"
    async def start(self):
        for line in open(sys.argv[1]):
            yield Request(line.strip(), meta={"proxy": sys.argv[2]})
    def parse(self, response):
        yield {"url": response.url, "bytes": len(response.body)}
process = CrawlerProcess({"LOG_LEVEL": "ERROR", "CONCURRENT_REQUESTS": 60, "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
                          "DOWNLOAD_DELAY": 0, "TELNETCONSOLE_ENABLED": False})
process.crawl(Bare)
process.start()
"""


def host_of(outlet: int) -> str:
    """Return an outlet's host name."""
    return f"warta{outlet}.example"


def build_site(articles: int, outlets: int, word: str, padding: int) -> dict[str, bytes]:
    """Return the pages by address: lists and articles that all name `word`, so that every one is kept."""
    rng, pages = random.Random(7), {}
    for outlet in range(outlets):
        links = []
        for number in range(outlet, articles, outlets):
            html, _ = build_page(rng, number % 4, padding)
            title = build_sentence(rng).rstrip(".").title()
            path = f"/berita/{10_000 + number}/{'-'.join(title.lower().split()[:8])}"
            stamp = f"2025-06-{1 + number % 9:02}T09:{number % 60:02}:00+07:00"
            head = f'<head><meta property="article:published_time" content="{stamp}">'
            html = html.replace("<head>", head, 1).replace("warga", f"warga {word}")
            pages[f"http://{host_of(outlet)}{path}"] = html.encode()
            links.append(f'<h3><a href="{path}">{title}</a></h3>')
        pages[f"http://{host_of(outlet)}/kanal"] = f"<html><body>{''.join(links)}</body></html>".encode()
        pages[f"http://{host_of(outlet)}/robots.txt"] = b"User-agent: *\nAllow: /\n"
    return pages


def serve(pages: dict[str, bytes], ready: Connection) -> None:
    """Answer as a forward proxy for all hosts; send the port through `ready`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            body = pages.get(self.path)
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    ready.send(server.server_port)
    server.serve_forever()


def run(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Run a command; return CPU seconds of it and its children, and seconds by the clock."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command[:4]} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, time.perf_counter() - start


def run_pantau(folder: Path, proxy: str, outlets: int, turn: int) -> tuple[float, float]:
    """Crawl all outlets into a new store."""
    recipes = folder / "recipes"
    recipes.mkdir(exist_ok=True)
    for outlet in range(outlets):
        host = host_of(outlet)
        (recipes / f"{host}.toml").write_text(
            f'name = "{host}"\ndomains = ["{host}"]\nkind = "local"\n'
            f'[[source]]\nkind = "listing"\nurl = "http://{host}/kanal"\n'
        )
    config = folder / "config.toml"
    config.write_text(f'recipes = ["{recipes}"]\n')
    named = [part for outlet in range(outlets) for part in ("--outlet", host_of(outlet))]
    environment = {
        "PANTAU_CONFIG": str(config), "PANTAU_STORE": str(folder / f"{turn}.db"), "http_proxy": proxy,
        "https_proxy": proxy, "no_proxy": "",
    }  # fmt: skip
    return run([sys.executable, "-m", "monitor", "crawl", "-q", "--delay", "0", *named], environment)


def count_stored(folder: Path, turn: int) -> int:
    """Return how many articles a turn stored."""
    from db.connection import open_store

    store = open_store(folder / f"{turn}.db", read_only=True)
    found = int(store.conn.execute("SELECT COUNT(*) FROM articles").fetchone()[0])
    store.close()
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outlets", type=int, default=60)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--padding", type=int, default=60, help="list items around an article; 60 make 20 KB")
    parser.add_argument("--turns", type=int, default=3)
    asked = parser.parse_args()
    pages = build_site(asked.articles, asked.outlets, load_profile("siak").keywords[0], asked.padding)
    here, there = Pipe()
    server = Process(target=serve, args=(pages, there), daemon=True)
    server.start()
    proxy = f"http://127.0.0.1:{here.recv()}"
    rows: dict[str, list[tuple[float, float]]] = {"pantau crawl": [], "bare Scrapy": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bare.py").write_text(SPIDER)
        (folder / "addresses").write_text("\n".join(url for url in pages if "/berita/" in url))
        stored = 0
        for turn in range(asked.turns):
            rows["pantau crawl"].append(run_pantau(folder, proxy, asked.outlets, turn))
            stored = count_stored(folder, turn)
            bare = [sys.executable, str(folder / "bare.py"), str(folder / "addresses"), proxy]
            rows["bare Scrapy"].append(run(bare, {}))
    server.terminate()
    size = statistics.mean(len(body) for url, body in pages.items() if "/berita/" in url) / 1024
    print(f"{asked.outlets} outlets, {asked.articles} articles of {size:.0f} KiB, {stored} stored, {asked.turns} turns")
    print(f"{'':14}{'CPU ms/page':>12}{'s by clock':>12}")
    cost = {}
    for label, runs in rows.items():
        cost[label] = statistics.median(cpu for cpu, _ in runs) / asked.articles * 1000
        print(f"{label:14}{cost[label]:12.2f}{statistics.median(clock for _, clock in runs):12.1f}")
    ratio = statistics.median(a / b for (a, _), (b, _) in zip(*rows.values(), strict=True))
    print(f"{'ratio':14}{ratio:12.2f}")


if __name__ == "__main__":
    main()
