"""Answers for the invented outlets: robots, listings, articles, feeds, REST and sitemaps, as of the newsroom's clock.

Pure: a request's host, path and query in, a ``Page`` out. HTTP itself (validators, compression, proxying) is
``monitor.demo.server``; feeds, REST and sitemaps are written by ``monitor.demo.syndication``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from math import ceil
from pathlib import Path
from zlib import crc32

from babel.dates import format_datetime
from jinja2 import Environment

from monitor.demo.sample import Sample, SampleArticle, Site, Version
from monitor.demo.syndication import render_feed, render_news_sitemap, render_posts, render_sitemap
from monitor.render.environment import load_environment

HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"
JSON = "application/json; charset=utf-8"
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Page:
    """An answer before HTTP: status, type, text and when its content last changed."""

    status: int
    content_type: str
    text: str
    modified_at: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()


class Newsroom:
    """All outlets of a sample at one moment; set ``now`` to move on: articles appear, are revised, disappear."""

    def __init__(self, sample: Sample, now: datetime) -> None:
        self.sample = sample
        self.now = now

    def answer(self, host: str, path: str, query: Mapping[str, str]) -> Page:
        """Answer one GET. A host that is no outlet of the sample gets 502, as from a proxy."""
        site = self.sample.sites.get(host.removeprefix("www."))
        if site is None:
            return Page(502, TEXT, f"{host} is not part of the sample newsroom\n")
        articles = [a for a in self.sample.articles if a.host == site.host and a.is_up(self.now)]
        return self._offer(site, articles, path, query) or self._article(site, articles, path, query)

    def _offer(self, site: Site, articles: list[SampleArticle], path: str, query: Mapping[str, str]) -> Page | None:
        """What a site offers besides articles, or None for another path."""
        newest = max((self._changed_at(a) for a in articles), default=None)
        if path == "/robots.txt":
            return Page(200, TEXT, _robots(site))
        if path == site.feed:
            first = (_number(query.get("paged")) - 1) * site.feed_size
            chosen = articles[first : first + site.feed_size]
            if chosen:
                return Page(200, XML, render_feed(site, chosen, self.now), newest)
        elif path == site.sitemap:
            return Page(200, XML, render_sitemap(articles, self.now), newest)
        elif path == site.news_sitemap:
            return Page(200, XML, render_news_sitemap(site, articles, self.now), newest)
        elif path.startswith("/wp-json/") and site.feed and site.theme in {"wordpress", "newskit"}:
            return self._rest(site, articles, path, query)
        return self._listing(site, articles, path)

    def _rest(self, site: Site, articles: list[SampleArticle], path: str, query: Mapping[str, str]) -> Page:
        if not site.rest:
            return Page(401, JSON, '{"code":"rest_forbidden","message":"REST API ditutup.","data":{"status":401}}')
        status, text, headers = render_posts(path, query, articles, self.now)
        return Page(status, JSON, text, None, headers)

    def _listing(self, site: Site, articles: list[SampleArticle], path: str) -> Page | None:
        page = _page_of_listing(site, path)
        if page is None:
            return None
        pages = max(1, ceil(len(articles) / site.page_size))
        if page > pages:
            return self._missing(site)
        shown = articles[(page - 1) * site.page_size : page * site.page_size]
        pattern = site.lists[-1] if "{page}" in site.lists[-1] else ""
        more = {"page": page, "pages": pages, "pattern": pattern, "items": [self._card(a) for a in shown]}
        return Page(200, HTML, self._render(site, "list", articles, more))

    def _article(self, site: Site, articles: list[SampleArticle], path: str, query: Mapping[str, str]) -> Page:
        article = next((a for a in articles if a.path == path), None)
        if article is None:
            gone = any(a.path == path and a.deleted_at for a in self.sample.articles if a.host == site.host)
            return self._missing(site, 410 if gone else 404)
        version = article.version(self.now)
        everything = site.all_pages is not None and site.all_pages in {f"{k}={v}" for k, v in query.items()}
        page = min(_number(query.get("page")), len(version.pages))
        paragraphs = [p for part in version.pages for p in part] if everything else version.pages[page - 1]
        others = [a for a in articles if a is not article]
        more = {
            "a": self._card(article),
            "paragraphs": paragraphs,
            "page": page,
            "pages": 1 if everything else len(version.pages),
            "all_pages": site.all_pages,
            "related": [self._card(a) for a in _spread(others, article.number, 3)],
            "see_also": self._card(_spread(others, article.number + 7, 1)[0]) if others else None,
        }
        return Page(200, HTML, self._render(site, "article", articles, more), self._changed_at(article))

    def _missing(self, site: Site, status: int = 404) -> Page:
        return Page(status, HTML, _templates().get_template("missing.html").render(site=site))

    def _render(self, site: Site, kind: str, articles: list[SampleArticle], more: Mapping[str, object]) -> str:
        side = {
            "popular": [self._card(a) for a in _spread(articles, self.now.day, 4)],
            "latest": [self._card(a) for a in articles[:4]],
        }
        return _templates().get_template(f"{site.theme}_{kind}.html").render(site=site, now=self.now, **side, **more)

    def _card(self, article: SampleArticle) -> dict[str, object]:
        """What templates know of an article, as of now; the counter moves with the clock, as counters do."""
        version: Version = article.version(self.now)
        minutes = int((self.now - article.published_at).total_seconds() // 60)
        seed = crc32(article.id.encode())
        return {
            "title": version.title,
            "url": article.url,
            "path": article.path,
            "number": article.number,
            "section": article.section,
            "byline": article.byline,
            "caption": article.caption,
            "published_at": article.published_at,
            "modified_at": version.since,
            "excerpt": version.pages[0][0][:110].rsplit(" ", 1)[0] + "...",
            "views": seed % 90 + minutes // 7,
            "seed": seed,
        }

    def _changed_at(self, article: SampleArticle) -> datetime:
        return article.version(self.now).since


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and value != "0" else 1


def _page_of_listing(site: Site, path: str) -> int | None:
    for pattern in site.lists:
        match = re.fullmatch(re.escape(pattern).replace(r"\{page\}", r"(\d+)"), path)
        if match:
            return _number(match[1]) if match.groups() else 1
    return None


def _spread(articles: list[SampleArticle], seed: int, count: int) -> list[SampleArticle]:
    """``count`` articles scattered over the list, the same ones for the same seed."""
    return sorted(articles, key=lambda a: crc32(f"{seed}/{a.id}".encode()))[:count]


def _robots(site: Site) -> str:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in site.disallow or ("",))]
    maps = [path for path in (site.news_sitemap, site.sitemap) if path]
    return "\n".join([*lines, *(f"Sitemap: http://{site.host}{path}" for path in maps), ""])


def render_moment(moment: datetime, pattern: str) -> str:
    """Template filter ``moment``: a CLDR pattern in Indonesian, e.g. ``EEEE, d MMMM y | HH:mm 'WIB'``."""
    return format_datetime(moment, pattern, tzinfo=moment.tzinfo, locale="id")


def render_ago(moment: datetime, now: datetime) -> str:
    """Template filter ``ago``: "3 jam yang lalu"; whole units, rounded down, as such sites do."""
    minutes = int((now - moment).total_seconds() // 60)
    for unit, size in (("minggu", 10080), ("hari", 1440), ("jam", 60)):
        if minutes >= size:
            return f"{minutes // size} {unit} yang lalu"
    return f"{max(minutes, 1)} menit yang lalu"


@cache
def _templates() -> Environment:
    environment = load_environment(Path(__file__).with_name("themes"))
    environment.filters |= {"moment": render_moment, "ago": render_ago}
    return environment
