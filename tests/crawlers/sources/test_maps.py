"""Sitemaps of every kind."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime

from crawlers.recipe import Source
from crawlers.sources.sitemap import walk_sitemap
from crawlers.sources.walk import Ask, Reply
from tests.crawlers.conftest import run_walk
from tests.crawlers.sources.test_feeds_and_maps import HOME, loc, sitemap_index, urlset


def test_core_sitemap_without_dates_is_read_newest_first(ask: Ask) -> None:
    index = sitemap_index({"posts-1": "", "posts-2": "", "wp-sitemap-taxonomies-category-1": ""})
    site: dict[str, str | bytes | Reply] = {
        f"{HOME}/wp-sitemap.xml": index,
        f"{HOME}/posts-1.xml": urlset(loc("/2024/01/01/kabar-lama-sekali-lagi/")),
        f"{HOME}/posts-2.xml": gzip.compress(
            urlset(
                loc("/2026/01/01/kabar-agak-baru/"), loc("/2026/03/01/kabar-paling-baru/"), loc("/tentang-kami/")
            ).encode()
        ),
    }
    backfill = replace(ask, since=datetime(2020, 1, 1, tzinfo=UTC))
    walked = run_walk(walk_sitemap(Source(kind="sitemap", url=f"{HOME}/wp-sitemap.xml"), backfill), site)
    assert walked.fetched == [f"{HOME}/wp-sitemap.xml", f"{HOME}/posts-2.xml", f"{HOME}/posts-1.xml"]
    assert walked.paths == [
        "/2026/03/01/kabar-paling-baru/",
        "/2026/01/01/kabar-agak-baru/",
        "/2024/01/01/kabar-lama-sekali-lagi/",
    ]
    assert walked.reach.complete


def test_news_sitemap_gives_titles_and_times_but_never_the_past(ask: Ask) -> None:
    stamp = "<news:publication_date>2026-03-09T10:00:00+07:00</news:publication_date>"
    news = f"<news:news>{stamp}<news:title>Panen &amp; raya</news:title></news:news>"
    site = {f"{HOME}/news.xml": urlset(loc("/berita/panen", news))}
    backfill = replace(ask, since=datetime(2026, 1, 1, tzinfo=UTC))
    walked = run_walk(walk_sitemap(Source(kind="sitemap", url=f"{HOME}/news.xml"), backfill), dict(site))
    assert (walked.offers[0].title, walked.offers[0].source) == ("Panen & raya", "feed")
    assert walked.offers[0].published_at == datetime(2026, 3, 9, 3, tzinfo=UTC)
    assert not walked.reach.complete


def test_parts_that_did_not_change_since_the_date_are_left_out(ask: Ask) -> None:
    index = sitemap_index({"a": "<lastmod>2025-01-01</lastmod>", "b": "<lastmod>2026-03-01</lastmod>"})
    site = {
        f"{HOME}/s.xml": index,
        f"{HOME}/b.xml": urlset(
            loc("/berita/12345/x-y-z", "<lastmod>2024-01-01</lastmod>"),
            loc("/berita/12346/x-y-z", "<lastmod>2026-03-01</lastmod>"),
        ),
    }
    walked = run_walk(
        walk_sitemap(Source(kind="sitemap", url=f"{HOME}/s.xml"), replace(ask, since=datetime(2026, 2, 1, tzinfo=UTC))),
        dict(site),
    )
    assert walked.fetched == [f"{HOME}/s.xml", f"{HOME}/b.xml"]
    assert walked.paths == ["/berita/12346/x-y-z"]


def test_an_index_that_names_itself_ends(ask: Ask) -> None:
    url = f"{HOME}/s.xml"
    walked = run_walk(
        walk_sitemap(Source(kind="sitemap", url=url), ask),
        {url: f"<sitemapindex><sitemap><loc>{url}</loc></sitemap></sitemapindex>"},
    )
    assert walked.fetched == [url]
