"""What the crawl is held against: each a small program of its own, run in whatever interpreter has the tool.

A program gets a file of addresses, the proxy and the language of the pages where all have one; it fetches and extracts
them all, and prints how many articles it has and the CPU time that took with its own children, the start of the
interpreter and imports left out. The two tools that fetch pictures while parsing are told not to.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

_HEAD = """
import os, resource, sys, warnings
warnings.simplefilter("ignore")
addresses, proxy, language = open(sys.argv[1]).read().split(), *sys.argv[2:]
os.environ.update(http_proxy=proxy, https_proxy=proxy, no_proxy="")
def used():
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)
"""
_TAIL = """
print(__import__("json").dumps([found, used() - before]))
"""
_SCRAPY = """
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
found = 0
class Bare(Spider):
    name = "bare"
    async def start(self):
        for address in addresses:
            yield Request(address, meta={"proxy": proxy})
    def parse(self, response):
        global found
        found += bool(read(response))
        yield {"url": response.url, "bytes": len(response.body)}
process = CrawlerProcess({"LOG_LEVEL": "ERROR", "CONCURRENT_REQUESTS": 60, "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
                          "DOWNLOAD_DELAY": 0, "TELNETCONSOLE_ENABLED": False})
before = used()
process.crawl(Bare)
process.start()
"""
BARE = "bare Scrapy"
PROGRAMS = {
    BARE: f"{_HEAD}def read(response):\n    return response.body\n{_SCRAPY}{_TAIL}",
    "Scrapy + trafilatura inline": (
        f"{_HEAD}import trafilatura\ndef read(response):\n    return trafilatura.extract(response.text)\n"
        f"{_SCRAPY}{_TAIL}"
    ),
    "newspaper4k": _HEAD
    + """
import newspaper
from concurrent.futures import ThreadPoolExecutor
before = used()
config = newspaper.Config()
config.fetch_images, config.request_timeout = False, 30
if language:
    config.language = language
def read(address):
    try:  # its own fetch_news gives up on all pages when one has a control character
        return bool(newspaper.Article(address, config=config).download().parse().text)
    except Exception:
        return False
with ThreadPoolExecutor(8) as pool:
    found = sum(pool.map(read, addresses))
"""
    + _TAIL,
    "news-please": _HEAD
    + """
import logging
from newsplease import NewsPlease
logging.disable(logging.CRITICAL)
before = used()
found = 0
for start in range(0, len(addresses), 50):  # it starts a thread for each address
    got = NewsPlease.from_urls(addresses[start:start + 50], request_args={"timeout": 30}, fetch_images=False)
    found += sum(bool(article and article.maintext) for article in got.values())
"""
    + _TAIL,
}


def run_peer(name: str, interpreter: str, arguments: list[str]) -> tuple[int, float] | str:
    """Return how many articles a tool found and the CPU seconds it took, or why it could not run."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [interpreter, "-c", PROGRAMS[name], *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
        return "not installed there" if last[0].startswith("ModuleNotFoundError") else f"failed: {last[0]}"
    found, seconds = json.loads(done.stdout.strip().splitlines()[-1])
    return found, seconds


def find_interpreter(asked: str) -> str:
    """Return the interpreter that has the peers: the one asked for, the environment's, or this one."""
    return asked or os.environ.get("PANTAU_BENCH_PEERS", "") or sys.executable
