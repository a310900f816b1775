"""The demonstration from end to end: the real crawl process over real HTTP, annotation, digest, comparison; twice."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx2
import pytest

from crawlers.extract.page import Page, extract_page
from crawlers.recipe import load_recipe
from db.connection import open_store
from db.queries.articles import iter_articles
from monitor.clock import find_now, find_today
from monitor.config import Config
from monitor.demo.check import check_store
from monitor.demo.newsroom import Newsroom
from monitor.demo.run import run_demo, through_proxy
from monitor.demo.sample import RECIPES, load_sample, load_setting
from monitor.errors import DONE

SAMPLE = load_sample(find_today(ZoneInfo(load_setting()[1])) - timedelta(days=1))
NOW = SAMPLE.moment("21:00")


@pytest.mark.parametrize("host", SAMPLE.sites)
def test_pages_of_each_outlet_are_extracted_exactly(host: str) -> None:
    newsroom, recipe = Newsroom(SAMPLE, NOW), load_recipe(RECIPES / f"{host}.toml")
    for article in SAMPLE.articles:
        if article.host != host or article.deleted_at:
            continue
        version = article.version(NOW)
        page = newsroom.answer(host, article.path, {"page": "all"} if len(version.pages) > 1 else {})
        got = extract_page(Page(article.url, page.text.encode(), page.content_type, NOW), recipe)
        assert got.problem is None, article.id
        assert (got.title, got.byline, got.published_at) == (version.title, article.byline, article.published_at)
        assert got.text == version.text, article.id


@pytest.mark.slow
def test_demo_gathers_everything_and_again_nothing_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = Config(store=tmp_path / "demo.db", workers=1)
    assert run_demo(config) == DONE
    shown = capsys.readouterr().out
    assert "Perlu perhatian" in shown
    assert str(config.store) in shown
    first = read_rows(config.store)
    verdict = check_store(SAMPLE, first.values(), find_now())
    assert verdict.complete, verdict
    assert all(row["annotator"] for row in first.values())
    assert verdict.about.right >= 0.9 * verdict.about.n
    assert verdict.opd.right >= 0.8 * verdict.opd.n
    assert verdict.copies.right >= 0.8 * verdict.copies.n
    assert list((tmp_path / "demo-evidence").rglob("*.warc.gz"))
    assert (tmp_path / "demo-ringkasan.html").stat().st_size > 5000

    assert serve_until_stopped(config.store) == DONE
    again = read_rows(config.store)
    assert {url: row["id"] for url, row in again.items()} == {url: row["id"] for url, row in first.items()}
    assert {url: row["revisions"] for url, row in again.items()} == {
        url: row["revisions"] for url, row in first.items()
    }


def serve_until_stopped(store: Path) -> int:
    """Run ``pantau demo --serve`` as a user does, look at its newsroom, stop it; return the exit code."""
    command = [Path(sys.executable).with_name("pantau"), "demo", "--serve", "--store", store]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        line = next(line for line in process.stderr if "stays up" in line)
        address = re.search(r"http_proxy=(\S+)", line)
        assert address
        with httpx2.Client(proxy=address[1], trust_env=False) as client:
            assert client.get(SAMPLE.articles[0].url).status_code == 200
        process.send_signal(signal.SIGTERM)
        return process.wait(timeout=10)


def read_rows(store: Path) -> dict[str, dict[str, object]]:
    with open_store(store, read_only=True) as opened:
        rows = list(iter_articles(opened))
    assert len({row["url"] for row in rows}) == len(rows)
    return {row["url"]: row for row in rows}


def test_proxy_is_set_for_children_only_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://kantor.invalid:3128")
    monkeypatch.setenv("NO_PROXY", "*")
    with through_proxy("http://127.0.0.1:1"):
        assert os.environ["http_proxy"] == os.environ["https_proxy"] == "http://127.0.0.1:1"
        assert "NO_PROXY" not in os.environ
    assert os.environ["http_proxy"] == "http://kantor.invalid:3128"
    assert os.environ["NO_PROXY"] == "*"
