"""Runs the crawl of a plan: one crawler per outlet in one process, records out, a clean end at any moment."""

from __future__ import annotations

import asyncio
import copy
import faulthandler
import gc
import json
import logging
import os
import select
import signal
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings, SettingsAttribute

from crawlers import settings as defaults
from crawlers.addresses import Known
from crawlers.agent import build_user_agent
from crawlers.errors import RecipeError
from crawlers.evidence import Exchange, append_exchange
from crawlers.items import Article, Evidence, Finding, Reason
from crawlers.loader import OUTLETS, find_recipe, list_broken, load_recipes
from crawlers.plan import Plan, build_run, load_states
from crawlers.recipe import Recipe
from crawlers.second import SecondReader
from crawlers.spider import OutletSpider, build_spider

log = logging.getLogger(__name__)
GRACE = 3.0  # seconds that open requests are waited for after SIGTERM
_WATCH = 1.0  # seconds between looks at whether anybody still reads
_BEAT = 60.0  # seconds between signs of life, which go on ...
_STILL = 300.0  # ... while in so many, and in the longest gap that a host asks for, anything was asked or told


class Records:
    """Standard output as the place where records go, one flushed line each."""

    def __init__(self, descriptor: int, *, tell_requests: bool = False) -> None:
        self.descriptor, self.tell_requests = descriptor, tell_requests
        self.moved = self.beaten = time.monotonic()
        self.counts: Counter[str] = Counter()
        self._poll = select.poll()
        self._poll.register(descriptor, select.POLLERR | select.POLLHUP | select.POLLNVAL)

    def write(self, record: Any) -> None:
        """Write one record of `crawlers.items`; the process ends when nobody reads."""
        row = record if isinstance(record, dict) else record.to_record()
        if row["type"] != "alive":
            self.moved = time.monotonic()
        if row["type"] == "outcome":
            self.counts[row["reason"]] += 1
        elif isinstance(record, Article):
            self.counts[Reason.STORED] += 1
        line = memoryview(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        try:
            while line:
                line = line[os.write(self.descriptor, line) :]
        except BrokenPipeError:
            leave(f"nobody reads the records: {self.counts.total()} addresses done")

    def note_request(self, request: Request, spider: Spider) -> None:
        """A host's turn has come: work goes on. Whoever watches, and waits, is told which address is asked."""
        self.moved = time.monotonic()
        if self.tell_requests:
            self.write({"type": "request", "outlet": spider.name, "url": request.url})

    def note_closed(self, spider: Spider, reason: str) -> None:
        """Write that an outlet came to its end."""
        if reason == "finished":
            self.write({"type": "closed", "outlet": spider.name})

    def beat(self, gap: float) -> None:
        """Write a sign of life now and then, while work goes on or waits for a host that wants such gaps."""
        now = time.monotonic()
        if now > self.beaten + _BEAT and now < self.moved + _STILL + gap:
            self.beaten = now
            self.write({"type": "alive"})

    def is_closed(self) -> bool:
        """Say whether the reading end is gone."""
        return bool(self._poll.poll(0))


def leave(why: str) -> NoReturn:
    """End the process without waiting for anything: every record and every piece of evidence is written already."""
    log.warning("crawl ends: %s", why)
    logging.shutdown()
    os._exit(1)


def keep_page(folder: Path, exchange: Exchange, plain: bytes, about: dict[str, str]) -> Evidence:
    """Archive a page; where that fails the crawl ends, as of no outlet could a page be kept that is asked for."""
    try:
        return append_exchange(folder, exchange, plain, about)
    except OSError as fault:
        leave(f"pages cannot be archived in {folder} ({fault.strerror}): make room there, or check its permissions")


def run_plan(plan: Plan) -> None:
    """Crawl what a plan asks for. Raises RecipeError, UnknownOutlet, PlanError before anything is fetched.

    A recipe that cannot be used is a finding of its outlet and costs no other one anything.
    """
    recipes, broken = _find_recipes(plan)
    states = load_states(plan)
    chosen = list(recipes)
    with closing(Known(plan.known)) as known, closing(SecondReader()) as second:
        records = Records(sys.stdout.fileno(), tell_requests=plan.tell_requests)
        for finding in broken:
            records.write(finding)
        process = AsyncCrawlerProcess(_build_settings(plan))
        crawlers = []
        for outlet in chosen:
            crawler = process.create_crawler(build_spider(recipes[outlet], plan.delay))
            crawlers.append(crawler)
            crawler.signals.connect(records.note_request, signal=signals.request_reached_downloader)
            crawler.signals.connect(records.note_closed, signal=signals.spider_closed)
            run = build_run(plan, outlet, known, states, records.write)
            run.read, run.keep = second.read, keep_page
            process.crawl(crawler, run=run)
        ending = _Ending(process, crawlers, records)
        loop = asyncio.get_event_loop()
        loop.call_later(_WATCH, ending.watch)
        signal.signal(signal.SIGTERM, lambda *_: loop.call_soon_threadsafe(ending.begin))
        faulthandler.register(signal.SIGUSR1)  # tells the log where it stands, wherever that is
        signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(ending.begin))
        _calm_collector()
        process.start(install_signal_handlers=False)
        records.write({"type": "end", "counts": dict(records.counts), "stopped": ending.begun})


def _find_recipes(plan: Plan) -> tuple[dict[str, Recipe], list[Finding]]:
    """Return the recipes of the outlets asked for, by id, and a finding for each that cannot be used.

    Raises RecipeError where none can, UnknownOutlet.
    """
    faults: dict[str, RecipeError] = {}
    recipes = load_recipes([OUTLETS, *plan.recipe_dirs], plan.outlets, faults)
    asked = [name for name in plan.outlets if name in recipes or name not in faults]
    chosen = {recipe.id: recipe for recipe in (find_recipe(recipes, name) for name in asked)}
    if not chosen:
        raise next(iter(faults.values()))
    return chosen, list_broken({name: fault for name, fault in faults.items() if name in plan.outlets}, recipes)


def _calm_collector() -> None:
    """Have the collector leave alone what lives as long as the process, and come by once in a hundred pages.

    A page makes thousands of objects and hardly a cycle among them; neither did what was loaded.
    """
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
    gc.enable()


class _Ending:
    """What happens when the crawl is told to stop, or nobody listens any more."""

    def __init__(self, process: AsyncCrawlerProcess, crawlers: list[Any], records: Records) -> None:
        self.process, self.crawlers, self.records = process, crawlers, records
        self.begun = False

    def watch(self) -> None:
        """Leave when the reading end is gone, else give a sign of life; look again later."""
        if self.records.is_closed():
            leave("nobody reads the records")
        engines = [crawler.engine for crawler in self.crawlers if crawler.engine]
        slots = [slot for engine in engines for slot in engine.downloader.slots.values()]
        self.records.beat(max((slot.delay for slot in slots), default=0.0))
        asyncio.get_event_loop().call_later(_WATCH, self.watch)

    def begin(self) -> None:
        """Stop asking, wait a little for what is under way."""
        if self.begun:
            return
        self.begun = True
        log.info("asked to stop")
        self._stopping = asyncio.ensure_future(self.process.stop())
        asyncio.get_event_loop().call_later(GRACE, self._force)

    def _force(self) -> None:
        """Close the books of what did not end by itself, and leave."""
        for crawler in self.crawlers:
            spider = getattr(crawler, "spider", None)
            if isinstance(spider, OutletSpider):
                spider.ledger.finish(stopped=True)
        self.records.write({"type": "end", "counts": dict(self.records.counts), "stopped": True})
        logging.shutdown()
        os._exit(0)


class _Settings(Settings):
    """Settings of which every crawler gets a copy that shares the values: a deep one takes as long as ten pages."""

    def copy(self) -> Self:
        """Return a copy whose own names can be set anew."""
        other = copy.copy(self)
        other.attributes = {name: SettingsAttribute(at.value, at.priority) for name, at in self.attributes.items()}
        return other


def _build_settings(plan: Plan) -> Settings:
    settings = _Settings()
    settings.setmodule(defaults, priority="project")
    # The spiders are made here, from the recipes that were asked for.
    settings.set("SPIDER_LOADER_CLASS", "scrapy.spiderloader.DummySpiderLoader", priority="cmdline")
    settings.set("LOG_LEVEL", os.environ.get("PANTAU_CRAWL_LOG", "WARNING"), priority="cmdline")
    if plan.timeout:
        settings.set("DOWNLOAD_TIMEOUT", plan.timeout, priority="project")
    if plan.contact:
        settings.set("USER_AGENT", build_user_agent(plan.contact), priority="cmdline")
    return settings
