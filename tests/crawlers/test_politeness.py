"""How hosts are treated where a whole crawl would take too long to show it."""

from __future__ import annotations

import pytest
from scrapy import Request, Spider
from scrapy.exceptions import DownloadConnectionRefusedError, DownloadTimeoutError
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from crawlers import settings as defaults
from crawlers.politeness import PATIENCE, Retries


@pytest.fixture
def retries() -> Retries:
    settings = Settings()
    settings.setmodule(defaults, priority="project")
    crawler = get_crawler(Spider)
    crawler.spider = Spider.from_crawler(crawler, name="contoh")
    made = Retries(settings)
    made.crawler = crawler
    return made


def test_of_pages_that_stall_only_the_first_are_tried_again(retries: Retries) -> None:
    fault = DownloadTimeoutError("no answer")
    pages = [Request(f"https://kabar.example/{n}") for n in range(PATIENCE + 3)]
    again = [retries.process_exception(page, fault) for page in pages]
    assert [bool(request) for request in again] == [True] * PATIENCE + [False] * 3


def test_a_page_that_stalls_twice_is_given_up(retries: Retries) -> None:
    fault = DownloadTimeoutError("no answer")
    again = retries.process_exception(Request("https://kabar.example/1"), fault)
    assert isinstance(again, Request)
    assert retries.process_exception(again, fault) is None


def test_stalls_take_nothing_from_the_patience_with_other_faults(retries: Retries) -> None:
    for n in range(5):
        retries.process_exception(Request(f"https://kabar.example/{n}"), DownloadTimeoutError("no answer"))
    refused = Request("https://kabar.example/refused")
    assert retries.process_exception(refused, DownloadConnectionRefusedError("refused"))
