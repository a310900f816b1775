"""A fault of ours amid a source's answer is told, and never passes for an outlet that is silent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.http import Response
from scrapy.utils.test import get_crawler
from twisted.python.failure import Failure

from crawlers.items import Finding
from crawlers.loader import load_recipes
from crawlers.plan import Run
from crawlers.spider import build_spider
from tests.crawlers.conftest import Site
from tests.crawlers.crawl.conftest import build_recipe


def test_a_fault_of_ours_while_a_source_is_read_is_a_finding(site: Site, tmp_path: Path) -> None:
    build_recipe(site, tmp_path)
    records: list[Any] = []
    kind = build_spider(load_recipes([tmp_path / "recipes"])["contoh"])
    crawler = get_crawler(kind)
    spider = kind.from_crawler(crawler, run=Run(emit=records.append))
    page = Response(f"{site.home}/kanal")
    crawler.signals.send_catch_log(
        signals.spider_error, failure=Failure(ZeroDivisionError("of a parser")), response=page, spider=spider
    )
    spider.closed("finished")
    (finding,) = [record for record in records if isinstance(record, Finding)]
    assert finding.kind == "error"
    assert finding.detail.startswith(f"{page.url}: ZeroDivisionError: of a parser; ")
