"""What a news search lists: the stored article it is, the one found at its outlet, or a lead that stays one."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from crawlers.loader import AGGREGATORS, load_recipes
from monitor.demo.newsroom import Newsroom, Page
from monitor.demo.run import through_proxy
from monitor.demo.sample import RECIPES, SampleArticle, load_sample, load_setting
from monitor.demo.server import serve_newsroom

Pantau = Callable[..., Any]
SEARCH = "pencari.example"
CRAWLED, SEARCHED, ADDRESSED = "gemajantan.example", "kabarlancang.example", "tepianwarta.example"
OPAQUE = "CBMiXkFVX3lxTE5hYmNkZWZnaGlqa2xtbm9wcXJzdHV2"
RECIPE = f"""
name = "Pencari"
domains = ["{SEARCH}"]
kind = "aggregator"
[[source]]
kind = "google_news"
url = "http://{SEARCH}/rss/search?q={{keyword}}"
"""


class Searched(Newsroom):
    """The sample newsroom, and a news search that lists some of its articles under addresses of its own."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.items: dict[str, tuple[SampleArticle | None, str, str]] = {}  # link -> article, headline, host
        self.asked: list[str] = []

    def answer(self, host: str, path: str, query: Mapping[str, str]) -> Page:
        if host != SEARCH:
            return super().answer(host, path, query)
        self.asked.append(f"{path}?q={query.get('q', '')}")
        if not path.startswith("/rss/search"):
            return Page(200 if path == "/robots.txt" else 404, "text/plain", "")
        rows = "".join(
            f"<item><title>{escape(title)} - Media {host}</title><link>http://{SEARCH}{link}?oc=5</link>"
            f"<pubDate>{format_datetime(article.published_at if article else self.now)}</pubDate>"
            f'<source url="https://www.{host}">Media {host}</source></item>'
            for link, (article, title, host) in self.items.items()
        )
        return Page(200, "application/rss+xml", f'<rss version="2.0"><channel>{rows}</channel></rss>')


@pytest.fixture
def newsroom() -> Searched:
    sample = load_sample(date(2026, 3, 10))
    made = Searched(sample, sample.moment("23:00"))
    day = [a for a in sample.articles if a.published_at >= sample.moment("00:00") and a.truth.ours and not a.deleted_at]
    for number, host in enumerate((CRAWLED, SEARCHED, ADDRESSED)):
        article = next(a for a in day if a.host == host and len(a.versions) == 1)
        key = f"{OPAQUE}{number}"
        if host == ADDRESSED:
            packed = b"\x08\x13\x22" + bytes([len(article.url)]) + article.url.encode() + b"\xd2\x01\x00"
            key = base64.urlsafe_b64encode(packed).decode().rstrip("=")
        made.items[f"/rss/articles/{key}"] = (article, article.version(made.now).title, host)
    made.items[f"/rss/articles/{OPAQUE}9"] = (None, "Festival Sungai Dibuka Bupati", "takdikenal.example")
    return made


@pytest.fixture
def office(pantau: Pantau, newsroom: Searched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pantau]:
    own = tmp_path / "own"
    own.mkdir()
    (own / f"{SEARCH}.toml").write_text(RECIPE, encoding="utf-8")
    folders = json.dumps([str(RECIPES), str(own)])
    (tmp_path / "config.toml").write_text(f'recipes = {folders}\ndiscovery = ["{SEARCH}"]\n', encoding="utf-8")
    monkeypatch.setenv("PANTAU_PROFILE", load_setting()[0])
    monkeypatch.setenv("PANTAU_NOW", newsroom.now.isoformat())
    with serve_newsroom(newsroom) as address, through_proxy(address):
        yield pantau


@pytest.mark.slow
def test_what_a_news_search_lists_is_found_or_stays_a_lead(office: Pantau, newsroom: Searched) -> None:
    answer = office("crawl", "--outlet", CRAWLED, "--outlet", SEARCH, "--delay", 0)
    assert answer.code in (0, 1), answer.err
    stored = {row["url"]: row["id"] for row in json.loads(office("articles", "--json").out)}
    log = {row["url"]: row for row in json.loads(office("why", "--log", "--json").out)}
    for link, (article, title, host) in newsroom.items.items():
        lead = log[f"http://{SEARCH}{link}?oc=5"]
        assert lead["cause"] == "seen_elsewhere"
        assert lead["outlet"] == host
        assert lead["detail"].endswith(title)
        assert lead["article_id"] == (stored[article.url] if article else None), host
    assert not any(path.startswith("/rss/articles") for path in newsroom.asked)  # its pages are not followed

    why = office("why", f"http://{SEARCH}/rss/articles/{OPAQUE}9?oc=5")
    assert why.code == 1
    assert "neither the outlet's search nor its feeds led to it" in why.out
    assert "Festival Sungai" in why.out
    assert "1 articles of the last 7 days were seen elsewhere" in office("doctor").out.replace("\n", " ")
    checked = office("outlets", "check", "--outlet", SEARCH, "--delay", 0, "--json")
    assert (checked.code, json.loads(checked.out)[0]["detail"]) == (
        0,
        f"{len(newsroom.items)} articles of other sites listed",
    )
    # The search's link leads to the article that it turned out to be, and nothing is stored twice by a second crawl.
    first = next(iter(newsroom.items))
    assert office("articles", "show", f"http://{SEARCH}{first}?oc=5").code == 0
    office("crawl", "--outlet", CRAWLED, "--outlet", SEARCH, "--delay", 0)
    assert len(json.loads(office("articles", "--json").out)) == len(stored)


def test_no_aggregator_is_asked_unless_the_configuration_names_it(pantau: Pantau, tmp_path: Path) -> None:
    ids = {row["id"] for row in json.loads(pantau("outlets", "list", "--json").out)}
    packaged = load_recipes([AGGREGATORS])
    assert packaged
    assert not ids & set(packaged)
    for recipe in packaged.values():
        assert (recipe.kind, recipe.verified) == ("aggregator", False)
        assert all(source.kind == "google_news" and "{keyword}" in source.url for source in recipe.source)
    (tmp_path / "config.toml").write_text('discovery = ["tidak.ada"]\n', encoding="utf-8")
    assert "is no aggregator" in pantau("outlets", "list").complaint
