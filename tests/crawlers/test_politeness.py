"""How hosts are treated where a whole crawl would take too long to show it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from scrapy import Request, Spider
from scrapy.exceptions import DownloadCancelledError, DownloadConnectionRefusedError, DownloadTimeoutError
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from crawlers import settings as defaults
from crawlers.faults import Refused
from crawlers.items import Reason, SourceState
from crawlers.ledger import Ledger
from crawlers.plan import Run
from crawlers.politeness import Retries, follows_home
from crawlers.recipe import Recipe


@pytest.fixture
def retries() -> Retries:
    settings = Settings()
    settings.setmodule(defaults, priority="project")
    crawler = get_crawler(Spider)
    crawler.spider = Spider.from_crawler(crawler, name="contoh")
    crawler.spider.ledger = Ledger("contoh", Run())  # type: ignore[attr-defined]
    made = Retries(settings)
    made.crawler = crawler
    return made


def stall(retries: Retries, number: int) -> Request | None:
    again = retries.process_exception(Request(f"https://kabar.example/{number}"), DownloadTimeoutError("no answer"))
    assert again is None or isinstance(again, Request)
    return again


def test_an_outlet_that_answers_nothing_is_given_up_after_three_waits(retries: Retries) -> None:
    ledger = retries.ledger
    again = stall(retries, 1)
    assert again
    assert retries.process_exception(again, DownloadTimeoutError("no answer")) is None
    assert not ledger.given_up
    assert stall(retries, 2) is None
    assert ledger.given_up == "timeout: no answer"
    assert ledger.findings["timeout"].detail == "given up for this run: no answer"


def test_a_slow_outlet_that_lives_is_read_on(retries: Retries) -> None:
    ledger = retries.ledger
    for page in range(100):  # one answer in eleven does not come
        assert stall(retries, page)
        assert not ledger.given_up
        for _ in range(10):
            ledger.note_answer()
    tried = [bool(stall(retries, page)) for page in range(3)]
    assert tried == [True, False, False], "while answers stay away none is tried again"
    assert ledger.given_up


def test_a_host_that_is_hung_up_on_is_given_a_moment_to_see_it(retries: Retries) -> None:
    """Also where the request is not tried again: else the far end would see two at once."""
    retries.ledger.silent = True
    for number, fault in enumerate((DownloadTimeoutError("no answer"), DownloadCancelledError("too large"))):
        started = time.monotonic()
        assert retries.process_exception(Request(f"https://kabar{number}.example/1"), fault) is None
        assert retries.until[f"kabar{number}.example"] >= started + retries.base


def answer(retries: Retries, status: int, wait: int, number: int = 1, **meta: int) -> Request | Response:
    request = Request(f"https://kabar.example/{number}", meta=dict(meta))
    return retries.process_response(request, Response(request.url, status, headers={"Retry-After": str(wait)}))


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_is_left_alone_as_it_asks_also_after_the_last_try(retries: Retries, status: int) -> None:
    started = time.monotonic()
    assert isinstance(answer(retries, status, 30, retry_times=3), Response)
    assert retries.until["kabar.example"] >= started + 30


def test_a_host_that_asks_for_too_much_patience_is_given_up_before_the_next_request(retries: Retries) -> None:
    for number in range(4):
        assert isinstance(answer(retries, 503, 30, number), Request)
    assert not retries.ledger.given_up
    with pytest.raises(Refused, match="503: asks to be left alone for 30 s again"):
        answer(retries, 503, 30)
    assert retries.ledger.given_up, "120 s of one run are spent on it"
    said: list[dict[str, str]] = []
    run = Run(emit=said.append, now=lambda: datetime(2026, 3, 9, 8, tzinfo=UTC))
    retries.crawler.spider.ledger = Ledger("contoh", run)  # type: ignore[union-attr]
    with pytest.raises(Refused, match="429: asks to be left alone for 3600 s"):
        answer(retries, 429, 3600, retry_times=3)
    assert said == [{"type": "left_alone", "outlet": "contoh", "until": "2026-03-09T09:00:00+00:00"}]
    assert retries.ledger.given_up == "rate_limited: 429: asks to be left alone for 3600 s again"


def remember(*rows: tuple[str, str | None, int]) -> Run:
    """Return a run that remembers sources: how each ended, and at which minute."""
    made = [
        SourceState("contoh", source, error=error, checked_at=datetime(2026, 3, 9, 8, minute, tzinfo=UTC))
        for source, error, minute in rows
    ]
    return Run(states={state.source: state for state in made})


def test_an_outlet_that_was_silent_last_time_is_not_tried_twice_until_it_answers(retries: Retries) -> None:
    retries.crawler.spider.ledger = Ledger(  # type: ignore[union-attr]
        "contoh", remember(("/sitemap.xml", "gone", 1), ("/feed", "timeout", 20), ("/kanal", "over_limit", 21))
    )
    assert stall(retries, 1) is None
    assert not retries.ledger.given_up, "another place of it may live"
    retries.ledger.note_answer()
    assert stall(retries, 2), "one that answers is given time again"
    retries.crawler.spider.ledger = Ledger(  # type: ignore[union-attr]
        "contoh", remember(("/feed", "timeout", 20), ("/kanal", "over_limit", 21))
    )
    assert [stall(retries, 1), stall(retries, 2)] == [None, None]
    assert retries.ledger.given_up == "timeout: no answer"


@pytest.mark.parametrize(
    ("rows", "silent"),
    [
        ([], False),
        ([("/feed", None, 20)], False),
        ([("/feed", "timeout", 20), ("/kanal", None, 21)], False),  # one place of it stalls, the outlet lives
        ([("/feed", "over_limit", 20), ("/kanal", None, 3)], False),  # a bound of ours says nothing of it
        ([("/feed", "timeout", 20), ("/kanal", None, 3)], True),  # since it was heard of, it was waited for in vain
        ([("/feed", "timeout", 20), ("/kanal", "connection", 21)], True),
    ],
)  # fmt: skip
def test_silence_is_what_came_after_the_last_answer(rows: list[tuple[str, str | None, int]], silent: bool) -> None:
    assert Ledger("contoh", remember(*rows)).silent is silent


def test_stalls_take_nothing_from_the_patience_with_other_faults(retries: Retries) -> None:
    stall(retries, 1)
    stall(retries, 2)
    refused = Request("https://kabar.example/refused")
    assert retries.process_exception(refused, DownloadConnectionRefusedError("refused"))
    retries.ledger.note_fault(Reason.CONNECTION, "refused")
    assert not retries.ledger.given_up


@pytest.mark.parametrize(
    ("asked", "host", "kind", "ours"),
    [
        ("https://kabar.example/", "hulu.kabar.example", "local", True),
        ("http://www.kabar.example", "hulu.kabar.example", "local", True),
        ("https://kabar.example/baca/1", "hulu.kabar.example", "local", False),
        ("https://kabar.example/", "parkir.example", "local", False),
        ("https://kabar.example/", "dinas.kabar.example", "government", False),  # an office of its own
    ],
)
def test_a_front_page_may_lead_below_the_domain(asked: str, host: str, kind: str, ours: bool) -> None:
    recipe = Recipe.model_validate({"id": "kabar.example", "name": "K", "domains": ["kabar.example"], "kind": kind})
    ask = SimpleNamespace(recipe=recipe)
    request = Request(f"https://{host}/", meta={"redirect_urls": [asked]})
    assert follows_home(request, host, ask) is ours
    assert ask.recipe.owns(host) is ours
    assert not follows_home(Request(f"https://{host}/"), host, ask), "only where a redirect led there"
