"""The one spider: drives an outlet's sources, fetches what they offer, and hands each page to extraction and verdict.

Recipes make it an outlet's spider (`build_spider`). What an address ends in is booked in `ledger`; what a page is, is
decided in `extract` and `verdict`; how hosts are treated, in `politeness`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any, Self
from uuid import uuid4

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers.addresses import address_key, is_variant, parse_link, slug_of
from crawlers.arguments import build_run_from, delay_settings, parse_delay
from crawlers.evidence import Exchange
from crawlers.extract.page import Extraction
from crawlers.faults import Refused, reason_of_exception, reason_of_status
from crawlers.items import Article, Outcome, Reason, whole_text
from crawlers.ledger import Ledger
from crawlers.parts import Parts, build_page, build_whole, whole_address
from crawlers.plan import Revisit, Run
from crawlers.politeness import Robots
from crawlers.recipe import Recipe
from crawlers.second import read_page
from crawlers.sources.walk import Ask, Fetch, Offer, Reply
from crawlers.survey import Survey
from crawlers.verdict import Fetched, judge_article, surely_out_of_range, text_hash

log = logging.getLogger(__name__)
_ARTICLE, _SOURCE = 10, 0  # priorities: a page's articles come before the next page


class OutletSpider(Spider):
    """Spider of one outlet. Arguments of ``scrapy crawl -a``: since, until, limit, delay."""

    recipe: Recipe

    def __init__(self, run: Run | None = None, **arguments: Any) -> None:
        super().__init__(self.recipe.id)
        self.run = run or build_run_from(arguments, self.recipe)
        self.ledger = Ledger(self.recipe.id, self.run)
        self.max_requests = min(self.run.max_requests or self.recipe.crawl.max_requests, self.recipe.crawl.max_requests)
        self.turn = asyncio.Lock()  # held while a page is read; no request is sent meanwhile
        self.seen: set[str] = set()  # address keys met in this crawl
        self.slugs: dict[str, str] = {}  # path of an article -> its address; some outlets answer on several hosts
        self.ask = Ask(
            self.run.widen(self.recipe), self.run.now(), self.run.since, self.run.until, self.run.queries,
            known=self.run.known.__contains__, sitemaps=self._sitemaps,
            cut=self.run.is_cut,
            dead=frozenset(source for source, state in self.run.states.items() if state.error == Reason.GONE),
        )  # fmt: skip
        self.survey = Survey(self.run.walk(self.ask), self.ledger, self.run)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build for a crawler and listen to its idling."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        if "delay" in kwargs:
            crawler.settings.setdict(delay_settings(cls.recipe, parse_delay(kwargs["delay"])), priority="spider")
        crawler.signals.connect(spider.on_idle, signal=signals.spider_idle)
        crawler.signals.connect(spider.survey.on_fault, signal=signals.spider_error)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Yield the first requests: articles to look at again, then the sources."""
        for row in self.run.revisit:
            yield self._request(Offer(row.url), revisit=row)
        for request in self._advance(None):
            yield request

    def refuses(self) -> Refused | None:
        """Say why no further request must be sent, nor article kept (asked by `politeness.Guard`)."""
        if self.ledger.given_up:
            return Refused(Reason.OVER_LIMIT, f"given up for this run, {self.ledger.given_up}")
        if self.run.limit is not None and self.ledger.counts[Reason.STORED] >= self.run.limit:
            return Refused(Reason.OVER_LIMIT, f"the limit of {self.run.limit} articles is reached")
        return None

    def closed(self, reason: str) -> None:
        """Close the books."""
        self.ledger.finish(stopped=reason == "shutdown")

    # Sources -----------------------------------------------------------------------------------------------------

    def _advance(self, reply: Reply | None) -> Iterator[Request]:
        """Go on with the sources until the next thing to fetch."""
        for step in self.survey.advance(reply):
            if isinstance(step, Offer):
                if request := self._consider(step):
                    yield request
            else:
                yield self._source_request(step)

    def _source_request(self, step: Fetch) -> Request:
        return Request(
            step.url, self.on_source, errback=self.on_source_failed, priority=_SOURCE, dont_filter=True,
            headers=self.survey.headers(step), cb_kwargs={"step": step},
        )  # fmt: skip

    def on_source(self, response: Response, step: Fetch) -> Iterator[Request]:
        """Hand a source its page."""
        self.ledger.note_answer()
        headers = {
            name.decode("latin-1").lower(): values[-1].decode("latin-1") for name, values in response.headers.items()
        }
        reply = Reply(response.url, response.status, response.body, headers, reason_of_status(response.status))
        yield from self._advance(self.survey.receive(step, reply))

    def on_source_failed(self, failure: Failure) -> Iterator[Request]:
        """Tell a source that its page cannot be had."""
        request: Request = failure.request  # type: ignore[attr-defined]
        reason, detail = reason_of_exception(failure.value)
        step = request.cb_kwargs["step"]
        yield from self._advance(self.survey.receive(step, Reply(request.url, 0, problem=reason), detail))

    def _sitemaps(self, netloc: str) -> tuple[str, ...]:
        robots = self.crawler.get_downloader_middleware(Robots)
        return robots.sitemaps.get(netloc, ()) if robots else ()

    def on_idle(self) -> None:
        """Go on with a source that waited for its articles."""
        if not self.survey.paused or self.crawler.engine is None:
            return
        requests = list(self._advance(None))
        for request in requests:
            self.crawler.engine.crawl(request)
        if requests or self.survey.paused:
            raise DontCloseSpider

    # Articles ----------------------------------------------------------------------------------------------------

    def _consider(self, offer: Offer) -> Request | None:
        """Return the request for an offered article, or close its address at once."""
        key = address_key(offer.url)
        if key in self.seen:
            return None
        self.seen.add(key)
        twin = self.slugs.setdefault(slug_of(offer.url), offer.url)
        outcome = Outcome(offer.url, self.recipe.id, Reason.KNOWN, title=None)
        day = self.ask.date_of(offer)
        if offer.url in self.run.known:
            pass
        elif twin != offer.url:
            outcome = replace(outcome, detail=f"the same path as {twin}")
        elif day and surely_out_of_range(day.date(), self.run):
            outcome = replace(outcome, reason=Reason.OUT_OF_RANGE, detail=f"dated {day.date()} by its source")
        elif self._names_nothing_of_ours(offer):
            outcome = replace(outcome, reason=Reason.NOT_OURS, title=offer.title, published_at=offer.published_at)
        else:
            self.ledger.pending[key] = offer.url
            return self._request(offer)
        self.ledger.close_with(outcome)
        return None

    def _names_nothing_of_ours(self, offer: Offer) -> bool:
        """Of an outlet read for keywords only, leave out what none has found, nor earlier, and no title names."""
        if self.recipe.scope != "keyword" or not offer.title or self.run.ours is None:
            return False
        if offer.queried or offer.url in self.run.left:
            return False
        return not self.run.ours.search(f"{offer.title} {offer.html or ''}")

    def _request(
        self, offer: Offer, revisit: Revisit | None = None, parts: Parts | None = None, url: str = ""
    ) -> Request:
        return Request(
            url or whole_address(offer.url, self.recipe), self.on_article, errback=self.on_article_failed,
            priority=_ARTICLE + (parts is not None), dont_filter=True,
            cb_kwargs={"offer": offer, "revisit": revisit, "parts": parts},
        )  # fmt: skip

    def on_article_failed(self, failure: Failure) -> Iterator[Any]:
        """Book an article whose page cannot be had; of a paged one, keep what there is."""
        request: Request = failure.request  # type: ignore[attr-defined]
        reason, detail = reason_of_exception(failure.value)
        self.ledger.note_fault(reason, detail)
        offer, parts = request.cb_kwargs["offer"], request.cb_kwargs["parts"]
        if parts:
            log.warning("%s: part %s cannot be had (%s): kept without it", offer.url, request.url, reason.value)
            yield from self._settle(parts, offer, request.cb_kwargs["revisit"])
            return
        self.ledger.close_with(Outcome(offer.url, self.recipe.id, reason, detail))

    async def on_article(
        self, response: Response, offer: Offer, revisit: Revisit | None, parts: Parts | None
    ) -> AsyncIterator[Any]:
        """Read one article page; pages are settled one by one, in the order in which they came."""
        async with self.turn:
            steps = await self._try_reading(response, offer, revisit, parts)
        for step in steps:
            yield step

    async def _try_reading(
        self, response: Response, offer: Offer, revisit: Revisit | None, parts: Parts | None
    ) -> list[Any]:
        try:
            reason = reason_of_status(response.status)
            place = parts.found[0].place if parts else ""
            self.ledger.note_reading(offer.url)
            page = build_page(response, Offer(offer.url) if parts else offer, self.run.now(), place)
            found = await read_page(page, self.recipe, self.run.read) if reason is None else None
            return list(self._read(response, found, offer, revisit, parts))
        except Exception as fault:
            log.exception("fault while reading %s", offer.url)
            self.ledger.close_with(Outcome(offer.url, self.recipe.id, Reason.ERROR, f"{type(fault).__name__}: {fault}"))
            return []

    def _read(
        self, response: Response, found: Extraction | None, offer: Offer, revisit: Revisit | None, parts: Parts | None
    ) -> Iterator[Any]:
        reason = reason_of_status(response.status)
        if reason is not None and parts is None:
            self.ledger.note_fault(reason, f"status {response.status}")
            self.ledger.close_with(
                Outcome(offer.url, self.recipe.id, reason, f"status {response.status}", response.status)
            )
            return
        if found is not None:
            if found.problem is Reason.BLOCKED:
                self.ledger.note_fault(Reason.BLOCKED, found.detail)
            else:
                self.ledger.note_answer()
            proper = self._proper_page(response, found, offer)
            if proper is not None:
                yield from proper
                return
            parts = parts or Parts()
            parts.add(response, found)
            if target := parts.following(self.ask.recipe):
                yield self._request(offer, revisit, parts, target)
                return
        if parts:
            yield from self._settle(parts, offer, revisit)

    def _proper_page(self, response: Response, found: Extraction, offer: Offer) -> list[Request] | None:
        """Of an AMP view, return the request for the article's proper page (none when that is met anyway)."""
        if not is_variant(response.url) or not found.canonical_url:
            return None
        proper = parse_link(found.canonical_url, response.url)
        if not proper or is_variant(proper) or address_key(proper) == address_key(response.url):
            return None
        request = self._consider(replace(offer, url=proper))
        self.ledger.close_with(Outcome(offer.url, self.recipe.id, Reason.KNOWN, f"AMP view of {proper}"))
        return [request] if request else []

    def _settle(self, parts: Parts, offer: Offer, revisit: Revisit | None) -> Iterator[Any]:
        """Judge a read article, keep its evidence, and hand it on."""
        found, first = build_whole(parts), parts.first
        if found.published_at:
            self.ask.dates[address_key(offer.url)] = found.published_at
        verdict = judge_article(found, Fetched(offer.url, first.url), self.ask.recipe, self.run)
        if isinstance(verdict, Outcome):
            self.ledger.close_with(verdict)
            return
        key = address_key(verdict.url)
        self.seen.add(key)
        if revisit is None and (key in self.ledger.stored or verdict.url in self.run.known):
            self.ledger.close_with(Outcome(offer.url, self.recipe.id, Reason.KNOWN, f"is {verdict.url}"))
            return
        if revisit and revisit.text_hash == text_hash(verdict.title, verdict.text):
            self.ledger.close_with(Outcome(offer.url, self.recipe.id, Reason.UNCHANGED))
            return
        if refusal := self.refuses():
            # The page was under way when the limit was reached.
            self.ledger.close_with(Outcome(offer.url, self.recipe.id, refusal.reason, refusal.detail))
            return
        if self.run.evidence_dir:
            verdict = self._keep_evidence(verdict, parts)
        self.ledger.close_with_article(verdict, offer.url)
        if self.run.yields:
            yield verdict.to_record()

    def _keep_evidence(self, article: Article, parts: Parts) -> Article:
        assert self.run.evidence_dir is not None
        about = {"outlet": article.outlet, "canonical-address": article.url, "title": whole_text(article.title)}
        kept, reading = [], uuid4().hex
        for number, response in enumerate(parts.responses, 1):
            received: Exchange = response.meta["received"]
            exchange = replace(received, fetched_at=self.run.now())  # by the run's clock, which a sample sets
            part = {"reading": reading, "page": f"{number} of {len(parts.responses)}"}
            kept.append(self.run.keep(self.run.evidence_dir, exchange, response.body, {**about, **part}))
        return replace(article, evidence=kept[0])


def build_spider(recipe: Recipe, delay: float | None = None) -> type[OutletSpider]:
    """Return the spider class of a recipe. `delay` replaces the recipe's, within `choose_delay`'s rules."""
    name = "".join(part.capitalize() for part in recipe.id.replace("-", ".").split(".")) + "Spider"
    return type(
        name, (OutletSpider,), {"name": recipe.id, "recipe": recipe, "custom_settings": delay_settings(recipe, delay)}
    )
