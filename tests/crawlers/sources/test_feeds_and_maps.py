"""Feeds, REST and sitemaps, from canned answers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawlers.items import Reason
from crawlers.recipe import Source
from crawlers.sources.feed import parse_feed, walk_feed
from crawlers.sources.walk import Ask, Reply
from crawlers.sources.wp_json import walk_wp_json
from crawlers.sources.xml import NotXml
from tests.crawlers.conftest import NOW, run_walk

HOME = "https://kabar.example"
_NESTED = "".join(f'<!ENTITY a{n + 1} "' + f"&a{n};" * 10 + '">' for n in range(8))
BOMB = f'<!DOCTYPE x [<!ENTITY a0 "panen ">{_NESTED}]>'


def item(number: int, when: datetime, extra: str = "") -> str:
    return (
        f"<item><title><![CDATA[Berita &amp; warta ke-{number}]]></title>"
        f"<link>{HOME}/berita/{number}?utm_source=rss</link>"
        f"<pubDate>{when.strftime('%a, %d %b %Y %H:%M:%S +0000')}</pubDate><dc:creator>Rina</dc:creator>{extra}</item>"
    )


def rss(*items: str, head: str = "", generator: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{head}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Kabar</title>{generator}{"".join(items)}</channel></rss>'
    )


def test_rss_items_with_cdata_full_text_and_author() -> None:
    full = "<p>" + "Kalimat panjang tentang panen. " * 30 + "</p>"
    body = rss(
        item(1, NOW, f"<category>Desa</category><content:encoded><![CDATA[{full}]]></content:encoded>"), item(2, NOW)
    )
    (first, second), wordpress, _ = parse_feed(Reply(HOME, body=body.encode()), NOW, UTC)
    assert (first.url, first.title) == (f"{HOME}/berita/1", "Berita & warta ke-1")
    assert (first.published_at, first.byline, first.section) == (NOW, "Rina", "Desa")
    assert first.html == full
    assert second.html is None, "an excerpt is no full text"
    assert not wordpress


def json_feed(**more: object) -> dict[str, object]:
    row = {"id": "7", "url": f"{HOME}/berita/7", "title": "Panen &amp; raya", "date_published": NOW.isoformat()}
    return {"version": "https://jsonfeed.org/version/1.1", "items": [{**row, **more}, {"id": "8"}, "x"]}


def test_items_of_a_json_feed() -> None:
    full = "<p>" + "Kalimat panjang tentang panen. " * 30 + "</p>"
    told = json_feed(content_html=full, authors=[{"name": "Rina"}, {"name": "Budi"}], tags=["Desa"])
    body = b"\xef\xbb\xbf" + json.dumps({**told, "next_url": "/feed-2.json"}).encode()
    (found, *_), _, onward = parse_feed(Reply(f"{HOME}/feed.json", body=body), NOW, UTC)
    assert (found.url, found.title, found.published_at) == (f"{HOME}/berita/7", "Panen & raya", NOW)
    assert (found.byline, found.section, found.html, found.vague) == ("Rina, Budi", "Desa", full, False)
    assert onward == f"{HOME}/feed-2.json"
    (old,) = parse_feed(Reply(HOME, body=json.dumps(json_feed(author={"name": "Rina"})).encode()), NOW, UTC)[0][:1]
    assert (old.byline, old.html) == ("Rina", None), "version 1.0 knows one author"


@pytest.mark.parametrize("body", ['{"items": []}', '{"version": "https://jsonfeed.org/version/1"}', '{"items": [', "{"])
def test_json_that_is_no_feed(body: str) -> None:
    with pytest.raises(NotXml, match="JSON"):
        parse_feed(Reply(HOME, body=body.encode()), NOW, UTC)


def test_atom_takes_the_alternate_link() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">Panen &lt;b&gt;raya&lt;/b&gt;</title>'
        '<link rel="replies" href="/x/comments"/><link rel="alternate" href="/2026/03/panen.html"/>'
        "<published>2026-03-09T10:00:00+07:00</published><author><name>Budi</name></author></entry></feed>"
    )
    (offer,), _, _ = parse_feed(Reply(HOME + "/feeds/posts/default", body=body.encode()), NOW, UTC)
    assert (offer.url, offer.title, offer.byline) == (f"{HOME}/2026/03/panen.html", "Panen raya", "Budi")
    assert offer.published_at == datetime(2026, 3, 9, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "author",
    [
        "<author><name>Rina Amelia</name><uri>http://blog.example/profil/1</uri><email>a@b.example</email></author>",
        "<author>a@b.example (Rina Amelia)</author>",
        "<author>Rina Amelia</author>",
    ],
)
def test_an_author_is_a_name_alone(author: str) -> None:
    body = f"<feed><entry><title>Panen</title><link href='{HOME}/1'/>{author}</entry></feed>"
    assert parse_feed(Reply(HOME, body=body.encode()), NOW, UTC)[0][0].byline == "Rina Amelia"


def test_when_an_entry_was_changed_is_not_when_it_was_published() -> None:
    entry = f'<entry><title>Panen</title><link href="{HOME}/1"/><updated>2026-03-09T10:00:00+07:00</updated>%s</entry>'
    both = entry % "" + entry % "<published>2026-03-08T10:00:00+07:00</published>"
    changed, told = parse_feed(Reply(HOME, body=f"<feed>{both}</feed>".encode()), NOW, UTC)[0]
    assert changed.published_at and changed.vague
    made = rss(*(item(n, NOW) for n in range(3)))
    assert all(offer.vague for offer in parse_feed(Reply(HOME, body=made.encode()), NOW, UTC)[0]), "when it was made"
    assert not told.vague


def test_a_feed_that_takes_no_notice_of_a_page_number_reaches_no_further_than_it_says(ask: Ask) -> None:
    class Same(dict[str, Any]):
        def get(self, key: str, default: object = None) -> str:
            return rss(*(item(n, NOW) for n in range(10)))

    source = Source(kind="feed", url=f"{HOME}/feed")
    walked = run_walk(walk_feed(source, replace(ask, since=NOW - timedelta(days=30))), Same())
    assert len(walked.paths) == 10 and not walked.reach.complete


def test_broken_feeds_are_read_as_far_as_they_go() -> None:
    body = rss(item(1, NOW), item(2, NOW)).replace("<title><![CDATA[Berita", "<title>A & B <br> <![CDATA[Berita")[:-120]
    offers, _, _ = parse_feed(Reply(HOME, body=body.encode()), NOW, UTC)
    assert [offer.url for offer in offers][:1] == [f"{HOME}/berita/1"]
    with pytest.raises(NotXml):
        parse_feed(Reply(HOME, body=b"<!doctype html><html><body>bukan umpan</body></html>"), NOW, UTC)
    with pytest.raises(NotXml):
        parse_feed(Reply(HOME, body=b""), NOW, UTC)


def test_entity_bombs_are_not_expanded_and_reported(ask: Ask) -> None:
    body = rss("<item><title>&a8;</title><link>https://kabar.example/berita/9</link></item>", head=BOMB)
    walked = run_walk(walk_feed(Source(kind="feed", url=f"{HOME}/rss"), ask), {f"{HOME}/rss": body})
    assert [offer.url for offer in walked.offers] == [f"{HOME}/berita/9"]
    assert len(walked.offers[0].title or "") < 100
    assert [trouble.reason for trouble in walked.troubles] == [Reason.BAD_CONTENT]


def paged_feed(pages: int, per_page: int = 3) -> dict[str, str | bytes | Reply]:
    site: dict[str, str | bytes | Reply] = {}
    for page in range(1, pages + 1):
        rows = [item(n, NOW - timedelta(days=n)) for n in range((page - 1) * per_page, page * per_page)]
        site[f"{HOME}/feed/" + (f"?paged={page}" if page > 1 else "")] = rss(*rows)
    return site


def test_wordpress_feeds_are_paged_back_to_the_date(ask: Ask) -> None:
    backfill = replace(ask, since=NOW - timedelta(days=7))
    walked = run_walk(walk_feed(Source(kind="feed", url=f"{HOME}/feed/"), backfill), paged_feed(9))
    assert len(walked.fetched) == 4, "page 3 reaches day 8, which a day of slack does not exclude"
    assert walked.reach.complete


def test_without_a_date_a_feed_ends_where_the_store_begins(ask: Ask) -> None:
    steady = replace(ask, known=lambda url: url.endswith(("/4", "/5")))
    walked = run_walk(walk_feed(Source(kind="feed", url=f"{HOME}/feed/"), steady), paged_feed(9))
    assert len(walked.fetched) == 2
    assert walked.reach.complete


def test_one_feed_per_keyword(ask: Ask) -> None:
    source = Source(kind="feed", url=HOME + "/?s={keyword}&feed=rss2")
    site = {
        f"{HOME}/?s=bukit+tinggi&feed=rss2": rss(item(1, NOW)),
        f"{HOME}/?s=panen&feed=rss2": rss(item(1, NOW), item(2, NOW)),
    }
    walked = run_walk(walk_feed(source, replace(ask, queries=("bukit tinggi", "panen"))), dict(site))
    assert walked.paths == ["/berita/1", "/berita/2"]
    assert all(offer.queried for offer in walked.offers)


def posts(numbers: range) -> str:
    rows = [
        {
            "id": n,
            "link": f"{HOME}/{n}/",
            "date_gmt": (NOW - timedelta(hours=n)).strftime("%Y-%m-%dT%H:%M:%S"),
            "title": {"rendered": f"Berita &#8220;{n}&#8221;"},
            "content": {"rendered": f"<p>Isi {n}</p>"},
        }
        for n in numbers
    ]
    return json.dumps(rows)


@pytest.mark.parametrize(("per_page", "walked"), [(10, 250), (50, 250), (100, 500)])
def test_without_a_date_small_pages_of_a_feed_reach_as_far_as_large_ones(ask: Ask, per_page: int, walked: int) -> None:
    source = Source(kind="feed", url=f"{HOME}/feed/?paged={{page}}")
    pages = {
        f"{HOME}/feed/?paged={page + 1}": rss(
            *(item(n, NOW - timedelta(minutes=n)) for n in range(page * per_page, (page + 1) * per_page))
        )
        for page in range(40)
    }
    first = run_walk(walk_feed(source, replace(ask, since=None)), pages)
    assert len(first.offers) == walked
    stored = replace(ask, since=None, offered=set(), known=lambda url: int(url.rpartition("/")[2]) >= 120)
    later = run_walk(walk_feed(source, stored), pages)
    new = [offer.url for offer in later.offers if not stored.known(offer.url)]
    assert new == [f"{HOME}/berita/{n}" for n in range(120)]
    assert len(later.fetched) == 120 // per_page + 1, "the gap is closed and nothing is read beyond it"


def test_rest_walks_all_pages_between_the_dates(ask: Ask) -> None:
    url = f"{HOME}/wp-json/wp/v2/posts"
    backfill = replace(ask, since=NOW - timedelta(days=30), until=NOW)
    asked: list[str] = []

    class Site(dict[str, str]):
        def get(self, key: str, default: object = None) -> Reply:  # type: ignore[override]
            asked.append(key)
            page = int(key.partition("&page=")[2].partition("&")[0])
            body = posts(range(50 * (page - 1), min(120, 50 * page)))
            return Reply(key, 200, body.encode(), {"x-wp-totalpages": "3"})

    walked = run_walk(walk_wp_json(Source(kind="wp_json", url=url), backfill), Site())  # type: ignore[arg-type]
    assert len(asked) == 3
    assert "after=2026-02-07T05%3A00%3A00" in asked[0]
    assert "before=2026-03-11T05%3A00%3A00" in asked[0]
    assert (len(walked.offers), walked.reach.complete) == (120, True)
    assert (walked.offers[3].title, walked.offers[3].html, walked.offers[3].source) == (
        "Berita “3”",
        "<p>Isi 3</p>",
        "rest",
    )
    assert walked.offers[3].published_at == NOW - timedelta(hours=3)


@pytest.mark.parametrize("body", ["[1, null, {}]", '{"code": "rest_forbidden"}', "<html>", "", "[" * 100_000], ids=len)
def test_rest_that_is_none_is_no_fault_of_ours(ask: Ask, body: str) -> None:
    walked = run_walk(walk_wp_json(Source(kind="wp_json", url=f"{HOME}/x"), ask), dict.fromkeys([f"{HOME}/x"], body))
    assert not walked.offers


def urlset(*rows: str) -> str:
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{"".join(rows)}</urlset>'


def sitemap_index(parts: dict[str, str]) -> str:
    rows = "".join(f"<sitemap><loc>{HOME}/{name}.xml</loc>{more}</sitemap>" for name, more in parts.items())
    return f"<sitemapindex>{rows}</sitemapindex>"


def loc(path: str, more: str = "") -> str:
    return f"<url><loc>{HOME}{path}</loc>{more}</url>"


@pytest.mark.parametrize(
    "start", ['<feed xmlns="http://www.w3.org/2005/Atom">', '<rss><channel xmlns:a="http://www.w3.org/2005/Atom">']
)
def test_a_feed_says_where_it_goes_on(ask: Ask, start: str) -> None:
    def part(number: int) -> str:
        link = "link" if start.startswith("<feed") else "a:link"
        onward = f'<{link} rel="next" href="/feeds/posts?start-index={number + 1}"/>' if number < 3 else ""
        entry = f'<entry><title>Panen ke-{number}</title><link href="/2026/03/panen-{number}.html"/></entry>'
        return start + onward + entry + ("</feed>" if start.startswith("<feed") else "</channel></rss>")

    site = {f"{HOME}/feeds/posts": part(1)} | {f"{HOME}/feeds/posts?start-index={n}": part(n) for n in (2, 3)}
    old = replace(ask, since=datetime(2000, 1, 1, tzinfo=UTC))
    walked = run_walk(walk_feed(Source(kind="feed", url=f"{HOME}/feeds/posts"), old), site)
    assert [path.rpartition("-")[2] for path in walked.paths] == ["1.html", "2.html", "3.html"]
