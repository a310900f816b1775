"""How a crawl treats a site: robots.txt, gaps between requests, and how long it bears with what blocks or stalls."""

from __future__ import annotations

import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from tests.crawlers.conftest import Answer, Site
from tests.crawlers.crawl.conftest import Crawl, address, article, build_recipe, listing, outcomes


@pytest.mark.parametrize(("status", "crawled"), [(404, True), (200, True), (503, False), (429, False)])
def test_robots_txt_that_cannot_be_had_closes_the_site(site: Site, crawl: Crawl, status: int, crawled: bool) -> None:
    site.add("/robots.txt", "", status)
    site.add("/kanal", listing([1]))
    site.add(address(1), article("Panen"))
    records = crawl()
    assert bool(site.asked(address(1))) is crawled
    assert site.hits[0][0] == "/robots.txt"
    if not crawled:
        assert {hit[0] for hit in site.hits} == {"/robots.txt"}
        assert [r["reason"] for r in records if r["type"] == "outcome"] == ["robots"]
        assert "robots" in [r["kind"] for r in records if r["type"] == "finding"]


def test_a_site_without_tls_is_read_and_its_robots_txt_obeyed(site: Site, crawl: Crawl, tmp_path: Path) -> None:
    recipe = tmp_path / "recipes/contoh.toml"
    text = recipe.read_text().replace('"listing"', '"auto"')
    recipe.write_text(text.replace(f"{site.home}/kanal", site.home.replace("http:", "https:") + "/"))
    site.add("/robots.txt", f"User-agent: *\nDisallow: {address(2)}\n")
    site.add("/", listing([1, 2]))
    for n in (1, 2):
        site.add(address(n), article(f"Panen {n}"))
    ended = outcomes(crawl())
    assert (ended[address(1)[1:]], ended[address(2)[1:]]) == ("stored", "robots")


def test_delay_and_crawl_delay_are_kept_one_request_at_a_time(site: Site, crawl: Crawl) -> None:
    site.add("/robots.txt", "User-agent: Pantau\nCrawl-delay: 0.6\n")
    site.add("/kanal", listing([1, 2, 3]))
    for n in (1, 2, 3):
        site.add(address(n), article(f"Panen {n}"))
    crawl(delay=0.1)
    gaps = [b[1] - a[1] for a, b in pairwise(site.hits)]
    assert len(gaps) >= 4
    assert min(gaps[1:]) >= 0.6
    assert {hit[2]["user-agent"].partition("/")[0] for hit in site.hits} == {"Pantau"}


@pytest.mark.parametrize(("wanted", "stored"), [(0.9, 1), (30, 0)])
def test_a_site_that_wants_long_gaps_gets_its_share_of_a_run_and_the_rest_is_left(
    site: Site, crawl: Crawl, wanted: float, stored: int
) -> None:
    site.add("/robots.txt", f"User-agent: Pantau\nCrawl-delay: {wanted}\n")
    site.add("/kanal", listing([1, 2, 3, 4]))
    for n in (1, 2, 3, 4):
        site.add(address(n), article(f"Panen {n}"))
    begun = time.monotonic()
    records = crawl(max_seconds=4)
    assert time.monotonic() - begun < wanted + 25, "nobody waits for a turn that comes too late"
    ended = Counter(reason for path, reason in outcomes(records).items() if path.startswith("berita/"))
    assert (ended["stored"] >= stored, ended.total()) == (True, 4 if stored else 0)
    assert ended["over_limit"] or not stored
    assert all(r["left"] for r in records if r["type"] == "outcome" and "/berita/" in r["url"])
    (finding,) = [r for r in records if r["type"] == "finding"]
    assert finding["kind"] == "over_limit"
    assert f"minutes per run (asked every {wanted + 0.05:.0f} s) was reached" in finding["detail"]


def test_a_host_is_given_its_gap_whether_a_redirect_leads_to_it_or_a_link(
    site: Site, crawl: Crawl, tmp_path: Path
) -> None:
    build_recipe(site, tmp_path)
    recipe = tmp_path / "recipes/contoh.toml"
    recipe.write_text(recipe.read_text().replace('["127.0.0.1"]', '["127.0.0.1", "localhost"]'))
    other = f"http://localhost:{site.port}"

    def answer() -> Answer:
        if site.hits[-1][2]["host"].startswith("localhost"):
            return Answer(article(f"Panen {site.hits[-1][0]}").encode())
        return Answer(status=302, headers={"Location": other + site.hits[-1][0]})

    site.add("/robots.txt", "User-agent: Pantau\nCrawl-delay: 0.6\n")
    site.add("/kanal", listing([1], [other + address(2)]))
    site.pages |= {address(1): answer, address(2): answer}
    assert set(outcomes(crawl(delay=0.1)).values()) == {"stored"}
    asked = [hit[1] for hit in site.hits if hit[2]["host"].startswith("localhost") and hit[0] != "/robots.txt"]
    assert len(asked) == 2
    assert asked[1] - asked[0] >= 0.6


def test_a_site_that_finds_requests_too_many_is_asked_less_often(site: Site, crawl: Crawl) -> None:
    site.add("/kanal", listing([1, 2, 3, 4]))
    for n in (1, 2, 3, 4):
        site.add(address(n), article(f"Panen {n}"))

    def answer() -> Answer:
        since = site.hits[-1][1] - site.hits[-2][1]
        if since < 0.9:
            return Answer(b"", 429, {"Retry-After": "1"})
        return Answer(article("Panen 2").encode())

    site.pages[address(2)] = answer
    assert set(outcomes(crawl()).values()) == {"stored"}
    asked = [hit[1] for hit in site.hits if hit[0].startswith("/berita/")]
    assert min(b - a for a, b in pairwise(asked[1:])) > 0.95, "since the first 429 it is left a second"


def test_nothing_more_is_asked_of_a_site_that_wants_to_be_left_alone_for_long(site: Site, crawl: Crawl) -> None:
    site.add("/kanal", listing([1, 2, 3, 4]))
    for n in (1, 2, 3, 4):
        site.add(address(n), article(f"Panen {n}"))
    site.add(address(2), "", 503, Retry_After="3600")
    records = crawl()
    assert [hit[0] for hit in site.hits if hit[0].startswith("/berita/")] == [address(1), address(2)]
    assert list(outcomes(records).values()) == ["stored", "rate_limited", "over_limit", "over_limit"]
    assert all(record["left"] for record in records if record["type"] == "outcome")
    (finding,) = [r for r in records if r["type"] == "finding"]
    told = "given up for this run: 503: asks to be left alone for 3600 s"
    assert (finding["kind"], finding["detail"]) == ("rate_limited", told)


def test_an_outlet_that_blocks_is_given_up_and_named(site: Site, crawl: Crawl) -> None:
    site.add("/kanal", listing(list(range(1, 21))))
    for n in range(1, 21):
        site.add(address(n), "Just a moment...", 403)
    records = crawl()
    counts = Counter(outcomes(records).values())
    assert 5 <= counts["blocked"] <= 6, "one more may be under way"
    assert counts["blocked"] + counts["over_limit"] == 20
    (finding,) = [r for r in records if r["type"] == "finding"]
    assert (finding["kind"], finding["outlet"]) == ("blocked", "contoh")


def test_a_silent_outlet_is_a_finding_and_a_moved_source_falls_back(site: Site, crawl: Crawl) -> None:
    site.add("/kanal", "<html><body>Sedang diperbaiki</body></html>")
    assert [r["kind"] for r in crawl() if r["type"] == "finding"] == ["silent"]


def test_what_stalls_is_waited_for_as_long_as_asked_and_costs_the_rest_nothing(
    site: Site, crawl: Crawl, tmp_path: Path
) -> None:
    def wait() -> Answer:
        time.sleep(2.5)
        return Answer(article("Panen lambat").encode())

    site.add("/kanal", listing([1, 2, 3, 4, 5, 6]))
    for n in (1, 2, 3, 4, 5, 6):
        site.add(address(n), article(f"Panen {n}"))
    site.pages[address(2)] = wait
    records = crawl(timeout=1.5)
    assert outcomes(records) == {address(n)[1:]: "timeout" if n == 2 else "stored" for n in range(1, 7)}
    assert [r["left"] for r in records if r["type"] == "outcome"] == [True]
    for n in range(1, 7):
        site.pages[address(n)] = wait
    started = time.monotonic()
    counts = Counter(outcomes(crawl(timeout=1.5)).values())
    assert counts == {"timeout": 2, "over_limit": 4}, "one tried twice, one once"
    assert time.monotonic() - started < 25
    build_recipe(site, tmp_path, "[crawl]\ntimeout = 4\n")
    site.add("/kanal", listing([3]))
    assert outcomes(crawl(timeout=1.5)) == {address(3)[1:]: "stored"}, "its recipe grants it more"
