"""The newsroom over real HTTP on loopback: proxy form, validators, compression, each way in, the moving clock."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

import httpx2
import pytest

from monitor.demo.newsroom import Newsroom, render_ago
from monitor.demo.sample import load_sample
from monitor.demo.server import serve_newsroom

SAMPLE = load_sample(date(2026, 11, 20))
BY_ID = {article.id: article for article in SAMPLE.articles}


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom(SAMPLE, SAMPLE.moment("21:00"))


@pytest.fixture
def client(newsroom: Newsroom) -> Iterator[httpx2.Client]:
    with serve_newsroom(newsroom) as address, httpx2.Client(proxy=address, trust_env=False) as client:
        yield client


def test_every_article_is_served_under_its_address(client: httpx2.Client) -> None:
    for article in SAMPLE.articles:
        answer = client.get(article.url)
        if article.deleted_at:
            assert answer.status_code == 410
        else:
            assert answer.status_code == 200
            first = article.version(SAMPLE.moment("21:00")).pages[0][0]
            assert first.partition("“")[0][:40].replace('"', "&#34;") in answer.text


def test_validators_spare_the_body(client: httpx2.Client) -> None:
    address = "http://harianselat.example/rss"
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert client.get(address, headers={"If-Modified-Since": first.headers["Last-Modified"]}).status_code == 304
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(address, headers={"If-Modified-Since": "no date"}).status_code == 200


def test_feed_changes_when_the_clock_brings_an_article(client: httpx2.Client, newsroom: Newsroom) -> None:
    address = "http://gemajantan.example/feed/"
    newsroom.now = SAMPLE.moment("12:00")
    before = client.get(address)
    newsroom.now = SAMPLE.moment("21:00")
    after = client.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert BY_ID["gj-02"].url in after.text
    assert BY_ID["gj-02"].url not in before.text


def test_pages_are_compressed_on_request(client: httpx2.Client) -> None:
    address = BY_ID["hs-03"].url
    with client.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        packed = len(b"".join(answer.iter_raw()))
    plain = client.get(address, headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    assert packed < len(plain.content)


def test_unknown_hosts_and_addresses_are_refused(client: httpx2.Client) -> None:
    assert client.get("http://lain.example/").status_code == 502
    assert client.get("http://harianselat.example/tidak-ada").status_code == 404
    assert client.get("http://tepianwarta.example/semua-berita/99").status_code == 404
    assert client.get("http://gemajantan.example/feed/?paged=99").status_code == 404


def test_robots_name_sitemaps_and_closed_paths(client: httpx2.Client) -> None:
    text = client.get("http://portalmelayu.example/robots.txt").text
    assert "Disallow: /search" in text
    assert "Sitemap: http://portalmelayu.example/sitemap-news.xml" in text


def test_rest_pages_fields_and_bounds(client: httpx2.Client) -> None:
    address = "http://kabarlancang.example/wp-json/wp/v2/posts"
    ours = [article for article in SAMPLE.articles if article.host == "kabarlancang.example"]
    first = client.get(address, params={"per_page": 4, "_fields": "id,link,title.rendered"})
    assert first.headers["X-WP-Total"] == str(len(ours))
    assert [set(row) for row in first.json()] == [{"id", "link", "title"}] * 4
    second = client.get(address, params={"per_page": 4, "page": 2})
    assert not {row["id"] for row in first.json()} & {row["id"] for row in second.json()}
    assert client.get(address, params={"page": 99}).status_code == 400
    after = client.get(address, params={"after": SAMPLE.moment("00:00").isoformat(), "per_page": 100}).json()
    assert {row["link"] for row in after} == {a.url for a in ours if a.published_at > SAMPLE.moment("00:00")}


def test_closed_rest_says_so(client: httpx2.Client) -> None:
    answer = client.get("http://gemajantan.example/wp-json/wp/v2/posts")
    assert answer.status_code == 401
    assert answer.json()["code"] == "rest_forbidden"


def test_feeds_and_sitemaps_are_well_formed(client: httpx2.Client, newsroom: Newsroom) -> None:
    for site in SAMPLE.sites.values():
        for path in filter(None, (site.feed, site.sitemap, site.news_sitemap)):
            tree = ElementTree.fromstring(client.get(f"http://{site.host}{path}").content)
            assert len(list(tree.iter("item")) or list(tree)) > 2, path


def test_long_article_comes_in_pages_or_whole(client: httpx2.Client) -> None:
    article = BY_ID["hs-03"]
    last = article.versions[0].pages[-1][-1]
    assert last not in client.get(article.url).text
    assert last in client.get(article.url, params={"page": 3}).text
    whole = client.get(article.url, params={"page": "all"}).text
    assert all(p.partition("“")[0] in whole for page in article.versions[0].pages for p in page)


def test_listing_pages_lead_to_every_article(client: httpx2.Client) -> None:
    site = SAMPLE.sites["tepianwarta.example"]
    pages = [client.get(f"http://{site.host}/semua-berita/{n}").text for n in (1, 2, 3)]
    for article in SAMPLE.articles:
        assert article.host != site.host or any(f'href="{article.path}"' in page for page in pages)
    assert "yang lalu" in pages[0]


def test_revised_and_deleted_articles_follow_the_clock(newsroom: Newsroom) -> None:
    revised, deleted = BY_ID["kl-02"], BY_ID["gj-03"]
    newsroom.now = SAMPLE.moment("12:00")
    assert revised.versions[0].title in newsroom.answer(revised.host, revised.path, {}).text
    assert newsroom.answer(deleted.host, deleted.path, {}).status == 200
    newsroom.now = SAMPLE.moment("21:00")
    assert revised.versions[1].title in newsroom.answer(revised.host, revised.path, {}).text
    assert newsroom.answer(deleted.host, deleted.path, {}).status == 410


def test_portal_prints_another_offices_byline_first(newsroom: Newsroom) -> None:
    article = BY_ID["wp-01"]
    text = newsroom.answer(article.host, article.path, {}).text
    decoys = SAMPLE.sites[article.host].decoy_bylines
    assert min(text.find(decoy) for decoy in decoys if decoy in text) < text.find(f"Oleh {article.byline}")


def test_server_leaves_no_thread_behind(newsroom: Newsroom) -> None:
    before = set(threading.enumerate())
    with serve_newsroom(newsroom) as address, httpx2.Client(proxy=address, trust_env=False) as client:
        assert client.get("http://harianselat.example/").status_code == 200
    assert set(threading.enumerate()) <= before


def test_port_in_use_is_an_error(newsroom: Newsroom) -> None:
    with serve_newsroom(newsroom) as address:
        second = serve_newsroom(newsroom, int(address.rpartition(":")[2]))
        with pytest.raises(OSError, match="in use"):
            second.__enter__()


@pytest.mark.parametrize(
    ("clock", "expected"),
    [("20:59", "1 menit yang lalu"), ("18:30", "2 jam yang lalu"), ("20:30", "30 menit yang lalu")],
)
def test_relative_dates(clock: str, expected: str) -> None:
    assert render_ago(SAMPLE.moment(clock), SAMPLE.moment("21:00")) == expected


def test_older_relative_dates() -> None:
    assert render_ago(SAMPLE.moment("21:00", 3), SAMPLE.moment("21:00")) == "3 hari yang lalu"
    assert render_ago(SAMPLE.moment("21:00", 15), SAMPLE.moment("21:00")) == "2 minggu yang lalu"


def test_rest_titles_carry_entities(client: httpx2.Client) -> None:
    rows = client.get("http://kabarlancang.example/wp-json/wp/v2/posts", params={"per_page": 100}).json()
    title = next(row["title"]["rendered"] for row in rows if row["link"] == BY_ID["kl-12"].url)
    assert "&#8220;" in title
    assert "“" in BY_ID["kl-12"].versions[0].title
