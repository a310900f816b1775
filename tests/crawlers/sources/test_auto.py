"""What is found on a site of which nothing is known: lists, REST, searches, channels."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from crawlers.addresses import address_key
from crawlers.items import Reason
from crawlers.recipe import Recipe, Source, parse_recipe
from crawlers.sources.auto import walk_auto
from crawlers.sources.links import is_article
from crawlers.sources.outlet import walk_outlet
from crawlers.sources.walk import Ask, Offer, Reply
from tests.crawlers.conftest import NOW, RECIPE, run_walk
from tests.crawlers.sources.listing import HOME, Pages, card, numbered, page


def test_auto_on_a_site_with_nothing_but_lists(ask: Ask) -> None:
    site = numbered(6, "/l/{n}")
    site[f"{HOME}/"] = site.pop(f"{HOME}/l")
    for n in range(2, 7):
        site[f"{HOME}/page/{n}"] = str(site.pop(f"{HOME}/l/{n}")).replace("/l/", "/page/")
    site[f"{HOME}/"] = str(site[f"{HOME}/"]).replace("/l/", "/page/")
    walked = run_walk(walk_auto(Source(kind="auto"), replace(ask, since=NOW - timedelta(days=9))), site)
    assert {f"/b/{10000 + n}/warga-membangun-jembatan-{n}" for n in range(10)} <= set(walked.paths)
    assert walked.reach.complete
    assert not walked.troubles, "a guess that fails is no fault of the outlet"


def test_links_that_are_none_do_not_end_the_walk(ask: Ask) -> None:
    broken = (
        '<a href="http://[situs]/">X</a><link rel="alternate" type="application/rss+xml" href="http://[situs]/feed">'
        '<link rel="https://api.w.org/" href="http://[situs]/wp-json/">'
    )
    site = numbered(1, "/l/{n}")
    site[f"{HOME}/"] = str(site.pop(f"{HOME}/l")).replace("</body>", f"{broken}</body>") + broken
    walked = run_walk(walk_auto(Source(kind="auto"), ask), site)
    assert "/b/10000/warga-membangun-jembatan-0" in walked.paths


def test_auto_takes_rest_for_complete_only_if_it_knows_the_home_page(ask: Ask) -> None:
    rest = json.dumps(
        [
            {
                "link": f"{HOME}/b/{10000 + n}/warga-membangun-jembatan-{n}",
                "date_gmt": "2026-03-09T00:00:00",
                "title": {"rendered": "x"},
                "content": {"rendered": ""},
            }
            for n in range(4)
        ]
    )

    class Site(dict[str, str | bytes | Reply]):
        def get(self, key: str, default: object = None) -> str | bytes | Reply:  # type: ignore[override]
            return rest if "/wp-json/" in key else super().get(key, Reply(key, 404, problem=Reason.GONE))

    head = '<link rel="https://api.w.org/" href="https://kabar.example/wp-json/">'
    backfill = replace(ask, since=NOW - timedelta(days=9))

    def read(offer: Offer) -> None:
        backfill.dates[address_key(offer.url)] = NOW - timedelta(days=3000 if "lama" in offer.url else 1)

    covered = Site({f"{HOME}/": head + page(*(card(n, "1 hari lalu") for n in range(4)))})
    walked = run_walk(walk_auto(Source(kind="auto"), backfill), covered, read)
    assert len(walked.fetched) == 2, "the popular article of years ago, unknown to REST, is read once and found old"
    stale = Site({f"{HOME}/": head + page(*(card(n, "1 hari lalu") for n in range(40, 44)))})
    walked = run_walk(walk_auto(Source(kind="auto"), replace(backfill, offered=set())), stale, read)
    assert len(walked.fetched) > 5
    assert "/b/10043/warga-membangun-jembatan-43" in walked.paths


def test_keyword_outlets_are_searched_and_never_walked_through(ask: Ask) -> None:
    recipe = parse_recipe(RECIPE + 'scope = "keyword"', "kabar.example")
    site: Pages = {
        f"{HOME}/": page(card(1, ""), card(2, "")),
        f"{HOME}/tag/panen": page(card(50, "")),
        f"{HOME}/search?q=panen": page(card(1, ""), card(2, "")),  # takes no notice of the question
        f"{HOME}/kanal/desa": page(card(70, "")),
    }
    walked = run_walk(
        walk_auto(Source(kind="auto"), replace(ask, recipe=recipe, queries=("panen",), since=NOW - timedelta(days=5))),
        site,
    )
    found = {offer.url.rpartition("-")[2]: offer.queried for offer in walked.offers}
    assert found["50"] is True
    assert found["1"] is False
    assert "70" not in found


def test_a_recipe_whose_sources_all_fail_falls_back_to_the_site(ask: Ask) -> None:
    recipe = parse_recipe(RECIPE + f'[[source]]\nkind = "feed"\nurl = "{HOME}/moved.xml"', "kabar.example")
    walked = run_walk(walk_outlet(replace(ask, recipe=recipe)), {f"{HOME}/": page(card(1, ""))})
    assert "/b/10001/warga-membangun-jembatan-1" in walked.paths
    assert [trouble.detail for trouble in walked.troubles] == [
        "none of the recipe's sources offers anything; the site was asked"
    ]


def test_a_past_that_nothing_finds_by_keyword_is_read_whole(ask: Ask) -> None:
    recipe = parse_recipe(RECIPE + 'scope = "keyword"', "kabar.example")
    site: Pages = {f"{HOME}/": page(card(1, ""), card(2, ""))}
    asked = replace(ask, recipe=recipe, queries=("panen",), since=NOW - timedelta(days=5))
    walked = run_walk(walk_auto(Source(kind="auto"), asked), site)
    assert {offer.url.rpartition("-")[2] for offer in walked.offers} >= {"1", "2"}
    assert {offer.queried for offer in walked.offers} == {True}
    latest = run_walk(walk_auto(Source(kind="auto"), replace(asked, since=None, offered=set(), every=False)), site)
    assert {offer.queried for offer in latest.offers} == {False}


def test_channels_on_hosts_of_their_own_are_walked(ask: Ask) -> None:
    recipe = parse_recipe(
        RECIPE.replace('["kabar.example"]', '["kabar.example", "*.kabar.example"]')
        + 'channels = ["arsip.kabar.example", "mati.kabar.example"]',
        "kabar.example",
    )
    desa, arsip = "https://desa.kabar.example/", "https://arsip.kabar.example/"
    site: Pages = {
        f"{HOME}/": page(card(1, "")) + f'<a href="{desa}">Desa</a><a href="https://www.kabar.example/">Beranda</a>',
        desa: page(card(2, "")),
        arsip: page(card(3, "")),
    }
    walked = run_walk(walk_auto(Source(kind="auto"), replace(ask, recipe=recipe)), site)
    assert {offer.url.rpartition("-")[2] for offer in walked.offers} >= {"1", "2", "3"}
    assert "https://mati.kabar.example/" in walked.fetched
    assert "https://www.kabar.example/" not in walked.fetched


def test_articles_below_a_front_controller_and_of_live_pages_are_articles(recipe: Recipe) -> None:
    assert is_article(f"{HOME}/index.php/berita/12345-panen-raya-di-hulu", "", recipe)
    assert is_article(f"{HOME}/live/12345/panen-raya-di-hulu-sungai", "", recipe)
    assert not is_article(f"{HOME}/index.php", "Beranda warga hulu sungai", recipe)


def test_a_declared_feed_tells_times_before_a_sitemap_tells_addresses(ask: Ask) -> None:
    link, day = f"{HOME}/b/10000/warga-membangun-jembatan-0", "Mon, 09 Mar 2026 02:00:00 GMT"
    head = '<link rel="alternate" type="application/rss+xml" href="/feed/">'
    site = {
        f"{HOME}/": head + page(card(0, "1 hari lalu")),
        f"{HOME}/feed/": f"<rss><channel><item><link>{link}</link><pubDate>{day}</pubDate></item></channel></rss>",
        f"{HOME}/sitemap.xml": f"<urlset><url><loc>{link}</loc></url></urlset>",
    }
    walked = run_walk(walk_auto(Source(kind="auto"), replace(ask, since=NOW - timedelta(days=9))), site)
    assert [(offer.url, offer.source) for offer in walked.offers] == [(link, "feed")]


def test_articles_on_hosts_below_the_domain_are_the_outlets(ask: Ask) -> None:
    cards = [card(n, "09/03/2026 08:00") for n in range(4)]
    home = page(*cards).replace('href="/b', 'href="https://desa.kabar.example/b')
    walked = run_walk(walk_auto(Source(kind="auto"), ask), {f"{HOME}/": home})
    assert "https://desa.kabar.example/b/10000/warga-membangun-jembatan-0" in {offer.url for offer in walked.offers}
    assert ask.recipe.owns("kota.kabar.example")


def test_a_few_links_to_hosts_below_the_domain_make_them_no_part_of_the_outlet(ask: Ask) -> None:
    cards = [card(n, "09/03/2026 08:00") for n in range(8)]
    few = [text.replace('href="/', 'href="https://desa.kabar.example/') for text in cards[:3]]
    run_walk(walk_auto(Source(kind="auto"), ask), {f"{HOME}/": page(*cards[3:], *few)})
    assert not ask.recipe.owns("desa.kabar.example")
    office = replace(ask, recipe=ask.recipe.model_copy(update={"kind": "government"}))
    run_walk(walk_auto(Source(kind="auto"), office), {f"{HOME}/": page(*few)})
    assert not office.recipe.owns("desa.kabar.example"), "each office of a government has a host of its own"


def test_a_feed_that_only_a_badge_leads_to_is_read_before_the_lists(ask: Ask) -> None:
    link = f"{HOME}/b/10001/warga-membangun-jembatan-1"
    day = "2026-03-09T10:07:00+07:00"
    item = f"<item><link>{link}</link><dc:date>{day}</dc:date></item>"
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    site: Pages = {
        f"{HOME}/": page(card(1, "9 Mar 2026"))
        + '<a href="/rss">Umpan kami</a> <a href="/rss10.php"><img src="/r.gif"></a>',
        f"{HOME}/rss": "<!doctype html><html><body>daftar umpan</body></html>",
        f"{HOME}/rss10.php": f'<rdf:RDF xmlns:rdf="{rdf}" xmlns:dc="http://purl.org/dc/elements/1.1/">{item}</rdf:RDF>',
    }
    walked = run_walk(walk_auto(Source(kind="auto"), ask), site)
    assert (walked.offers[0].url, walked.offers[0].source) == (link, "feed")
    assert str(walked.offers[0].published_at) == "2026-03-09 10:07:00+07:00"


def test_auto_reads_a_declared_json_feed_where_there_is_no_other(ask: Ask) -> None:
    row = {"url": f"{HOME}/b/4711/warga-menanam-bakau-di-pesisir", "title": "Warga Menanam Bakau"}
    told = {"version": "https://jsonfeed.org/version/1.1", "items": [{**row, "date_published": NOW.isoformat()}]}
    site = numbered(1, "/l/{n}")
    head = '<link rel="alternate" type="application/feed+json" href="/warta.json">'
    site[f"{HOME}/"] = str(site.pop(f"{HOME}/l")).replace("</body>", f"{head}</body>") + head
    walked = run_walk(walk_auto(Source(kind="auto"), ask), {**site, f"{HOME}/warta.json": json.dumps(told)})
    assert "/b/4711/warga-menanam-bakau-di-pesisir" in walked.paths
