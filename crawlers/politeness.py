"""How hosts are treated: robots.txt and its delay, pauses after 429 and faults, nothing outside the outlet's own hosts.

The gap between requests is Scrapy's DOWNLOAD_DELAY with AutoThrottle above it; this module adds what these leave out.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.httpobj import urlparse_cached

from crawlers.addresses import address_key
from crawlers.agent import AGENT
from crawlers.faults import UNREADABLE_RULES, Refused, reason_of_exception
from crawlers.inside import is_inside
from crawlers.items import Reason
from crawlers.ledger import Ledger

log = logging.getLogger(__name__)
MAX_PAUSE = 120.0  # seconds; a host that wants to be left alone longer, all in all, is left alone for this run
PATIENCE = 2  # stalls of late (`Ledger.stalls`) from which on none is tried again: each costs as much as many pages
LEAST_GAP = 1.0  # seconds between requests to a host that said that they were too many; twice as many each time
MARGIN = 0.05  # seconds added to every gap: the far end's clock counts, not ours


class Guard:
    """Downloader middleware: refuses other sites' hosts and whatever exceeds the outlet's bound on requests."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.sent = 0
        crawler.signals.connect(self.on_left, signal=signals.request_left_downloader)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build for one crawler, which is one outlet."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise Refused for a request that must not be sent."""
        spider: Any = self.crawler.spider
        host = urlparse_cached(request).hostname or ""
        request.meta["download_slot"] = host  # a redirect brings along that of the host it came from, and its delay
        if not spider.ask.recipe.owns(host) and not follows_home(request, host, spider.ask):
            advice = "which is not the outlet's; if it is, add it to the recipe's domains"
            where = request.url if request.meta.get("redirect_urls") else host
            raise Refused(Reason.REDIRECTED_AWAY, f"leads to {where}, {advice}")
        if spider.run.public_only and await is_inside(host, urlparse_cached(request).scheme):
            raise Refused(Reason.REDIRECTED_AWAY, f"{host} is this machine, or of its own network")
        if request.meta.get("dont_obey_robotstxt"):
            return
        async with spider.turn:  # what the page at hand turns out to be may make this request needless
            refusal = spider.refuses()
        if refusal:
            raise refusal
        if spider.ledger.bound:
            raise Refused(Reason.OVER_LIMIT, f"the bound of {spider.ledger.bound} is reached")
        self.sent += 1
        if self.sent > spider.max_requests:
            if spider.run.max_requests is None:  # whoever asks for fewer knows
                spider.ledger.bound = f"{spider.max_requests} requests per run (max_requests of its recipe)"
            raise Refused(Reason.OVER_LIMIT, f"the bound of {spider.max_requests} requests per run is reached")

    def on_left(self, request: Request) -> None:
        """Count a host's delay from the end of the last answer.

        Scrapy counts from when it sent the request. Where that was slow to arrive and the next one is not, the host
        would see a shorter gap than it asked for.
        """
        slots = self.crawler.engine.downloader.slots if self.crawler.engine else {}
        slot = slots.get(request.meta.get("download_slot", ""))
        if slot is not None:
            slot.lastseen = time.monotonic()


def follows_home(request: Request, host: str, ask: Any) -> bool:
    """Say whether an outlet's front page leads to a host below its own domain; then all that lies below is its."""
    asked: list[str] = request.meta.get("redirect_urls") or []
    wider = ask.recipe.widened()
    if not (asked and wider.owns(host) and address_key(asked[0]) == address_key(ask.recipe.home)):
        return False
    ask.recipe = wider
    return True


class Robots(RobotsTxtMiddleware):
    """robots.txt as RFC 9309 has it: 4xx means no rules, 5xx and silence mean do not crawl; obeys Crawl-delay."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.closed: dict[str, Refused] = {}
        self.plain: set[str] = set()  # hosts asked once more, without TLS
        self.sitemaps: dict[str, tuple[str, ...]] = {}
        self.begun = time.monotonic()

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Raise Refused for what robots.txt forbids, or when it cannot be had."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        netloc = urlparse_cached(request).netloc
        self._forget(netloc, urlparse_cached(request).scheme)
        parser = await self.robot_parser(request)
        if netloc in self.closed:
            raise self.closed[netloc]
        if parser is not None and not parser.allowed(request.url, AGENT):
            raise Refused(Reason.ROBOTS, "forbidden by robots.txt")
        self._refuse_late(urlparse_cached(request).hostname or "")

    def _refuse_late(self, host: str) -> None:
        """Raise Refused where a request's turn would come after the time that a run has for one outlet."""
        spider: Any = self.crawler.spider
        downloader, longest = self.crawler.engine.downloader if self.crawler.engine else None, spider.run.max_seconds
        if longest is None or downloader is None:
            return
        own = self.crawler.settings.getfloat("DOWNLOAD_DELAY")
        gap = downloader.per_slot_settings.get(host, {}).get("delay", own)
        if time.monotonic() - self.begun + gap > longest:
            spider.ledger.bound = f"{longest / 60:.0f} minutes per run (asked every {gap:.0f} s)"
            raise Refused(Reason.OVER_LIMIT, f"the bound of {spider.ledger.bound} is reached")

    def _forget(self, netloc: str, scheme: str) -> None:
        """Have robots.txt asked for once more where it could not be had over TLS, and the site is now asked without."""
        refused = self.closed.get(netloc)
        if scheme == "http" and refused and refused.reason is Reason.CONNECTION and netloc not in self.plain:
            self.plain.add(netloc)
            del self.closed[netloc], self._parsers[netloc]

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        status = response.status
        if status >= 500 or status == 429:
            self.closed[netloc] = Refused(Reason.ROBOTS, f"robots.txt answers {status}: {UNREADABLE_RULES}")
        if status != 200:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)
        parser = self._parsers[netloc]
        rules = getattr(parser, "rp", None)
        if rules is not None:
            self.sitemaps[netloc] = tuple(rules.sitemaps)
            if delay := rules.crawl_delay(AGENT):
                slow_down(self.crawler, netloc.rpartition("@")[2].partition(":")[0], float(delay) + MARGIN)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        reason, line = reason_of_exception(exc)
        self.closed[netloc] = Refused(reason, f"robots.txt cannot be had: {line}")
        super()._robots_error(exc, netloc)


def slow_down(crawler: Crawler, host: str, delay: float) -> None:
    """Leave at least so many seconds between requests to a host from now on."""
    downloader = crawler.engine.downloader if crawler.engine else None
    if downloader is None:
        return
    gap = max(delay, crawler.settings.getfloat("DOWNLOAD_DELAY"))
    downloader.per_slot_settings[host] = {"concurrency": 1, "delay": gap, "jitter": 0.0}
    if host in downloader.slots:
        downloader.slots[host].delay = max(downloader.slots[host].delay, gap)
    throttle = crawler.get_extension(AutoThrottle)
    if throttle is not None:
        throttle.mindelay = max(throttle.mindelay, gap)
        throttle.maxdelay = max(throttle.maxdelay, gap)


class Retries(RetryMiddleware):
    """Retries with growing pauses that hold the whole host back, as long as Retry-After asks for it."""

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self.base = max(settings.getfloat("DOWNLOAD_DELAY"), settings.getfloat("PANTAU_BACKOFF"))
        self.gaps: dict[str, float] = {}  # host -> seconds between requests since it said that they were too many
        self.asked: defaultdict[str, float] = defaultdict(float)  # host -> seconds that it asked for, all in all
        self.until: dict[str, float] = {}  # host -> monotonic time before which it is left alone

    async def process_request(self, request: Request) -> None:
        """Wait until the host may be asked again."""
        wait = self.until.get(urlparse_cached(request).hostname or "", 0.0) - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Retry 429 and temporary 5xx after a pause. Raises Refused when the host asks for too long a one."""
        if response.status not in self.retry_http_codes:
            return response
        asked = parse_retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        if asked is not None:
            self._obey(request, response.status, asked)
        if self._is_last(request):
            return response
        if asked is None:
            self._pause(request, self._backoff(request))
        if response.status == 429 and not request.meta.get("retry_times"):  # again after a pause: not for the gap
            host = urlparse_cached(request).hostname or ""
            self.gaps[host] = min(max(2 * self.gaps.get(host, self.base), LEAST_GAP), MAX_PAUSE)
            slow_down(self.crawler, host, self.gaps[host] + MARGIN)
        return self._retry(request, f"status {response.status}") or response

    def process_exception(  # type: ignore[override]
        self, request: Request, exception: Exception
    ) -> Request | Response | None:
        """Retry connection faults after a pause; of answers that do not come, only the first few."""
        if isinstance(exception, DownloadTimeoutError):
            self.ledger.note_stall(reason_of_exception(exception)[1])
        if isinstance(exception, DownloadTimeoutError | DownloadCancelledError):
            self._pause(request, self.base)  # we hung up: the far end takes a moment to see that it need not go on
        if not isinstance(exception, self.exceptions_to_retry) or self._is_last(request, exception):
            return None
        self._pause(request, self._backoff(request))
        return self._retry(request, exception)

    def _is_last(self, request: Request, exception: Exception | None = None) -> bool:
        # A page that stalls mostly stalls again; a site whose robots.txt fails is asked again in the next run.
        stalled = isinstance(exception, DownloadTimeoutError)
        most = 1 if stalled or request.meta.get("dont_obey_robotstxt") else self.max_retry_times
        if stalled and (self.ledger.silent or self.ledger.stalls >= PATIENCE):
            most = 0
        return bool(request.meta.get("dont_retry")) or request.meta.get("retry_times", 0) >= most

    @property
    def ledger(self) -> Ledger:
        """The books of the outlet."""
        spider: Any = self.crawler.spider
        ledger: Ledger = spider.ledger
        return ledger

    def _obey(self, request: Request, status: int, asked: float) -> None:
        """Leave the host alone as long as it asks, whether or not this request is tried again. Raises Refused."""
        host = urlparse_cached(request).hostname or ""
        self.asked[host] += asked
        if self.asked[host] > MAX_PAUSE:
            again = " again" if asked < self.asked[host] else ""
            detail = f"{status}: asks to be left alone for {asked:.0f} s{again}"
            self.ledger.leave_alone(asked, detail)  # here already: the next request waits for its turn
            raise Refused(Reason.RATE_LIMITED, detail)
        self._pause(request, asked + MARGIN)

    def _backoff(self, request: Request) -> float:
        """Return the seconds until a request is tried again where nobody says how long to wait."""
        tries: int = request.meta.get("retry_times", 0)
        return min(self.base * 2.0**tries, MAX_PAUSE)

    def _pause(self, request: Request, seconds: float) -> None:
        host = urlparse_cached(request).hostname or ""
        self.until[host] = max(self.until.get(host, 0.0), time.monotonic() + seconds)
        log.info("%s: pausing %.1f s", host, seconds)


def parse_retry_after(value: bytes | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for (RFC 9110, 10.2.3: seconds or a date); None without one."""
    text = (value or b"").decode("latin-1").strip()
    if text.isdecimal():
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError):
        return None
    return max(0.0, ((when if when.tzinfo else when.replace(tzinfo=UTC)) - now).total_seconds())
