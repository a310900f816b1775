"""Lists of articles in HTML and JSON, and sites that nobody described."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.addresses import address_key
from crawlers.items import Reason
from crawlers.recipe import Recipe, Source, parse_recipe
from crawlers.sources.auto import walk_auto
from crawlers.sources.links import is_article, is_section
from crawlers.sources.listing import parse_listing, walk_listing
from crawlers.sources.outlet import walk_outlet
from crawlers.sources.paging import extrapolate, shares_list
from crawlers.sources.rows import walk_rows
from crawlers.sources.walk import Ask, Offer, Reply
from tests.crawlers.conftest import NOW, RECIPE, run_walk

HOME = "https://kabar.example"
Pages = dict[str, str | bytes | Reply]


@pytest.mark.parametrize(
    ("path", "anchor", "article"),
    [
        ("/berita/12345/panen-raya-di-hulu-sungai", "Panen raya di hulu sungai", True),
        ("/2026/03/09/panen/", "Panen", True),
        ("/2026/03/09/panen-raya/", "Panen Raya Dimulai Hari Ini", True),
        ("/isi.php?arr=12345", "Panen raya di hulu sungai", True),
        ("/index.php?option=com_content&view=article&id=12:panen-raya&Itemid=2", "Panen raya di hulu sungai", True),
        ("/panen-raya-di-hulu-sungai", "", True),
        ("/2026/03/09/", "9", False),
        ("/2026/03/", "Maret 2026", False),
        ("/panen-raya-di-hulu-sungai", "Panen raya di hulu sungai", True),
        ("/tag/panen-raya-di-hulu", "panen raya di hulu", False),
        ("/pedoman-media-siber-dan-etika", "Pedoman Media Siber dan Etika", False),
        ("/kanal/desa", "Desa", False),
        ("/kategori/desa/20", "2", False),
        ("/assets/foto/2026/03/panen-raya-besar.jpg", "", False),
        ("/wp-content/uploads/2026/panen", "Panen raya di hulu sungai", False),
        ("/", "Beranda", False),
        ("/indeks", "Indeks", False),
    ],
)
def test_articles_are_told_by_address_and_words(recipe: Recipe, path: str, anchor: str, article: bool) -> None:
    assert is_article(HOME + path, anchor, recipe) is article
    assert not is_article("https://lain.example" + path, anchor, recipe)


def test_a_verified_recipe_says_what_an_article_is() -> None:
    recipe = parse_recipe(
        RECIPE + "verified = true\narticle_url = ['^/baca/\\d+$']\nnot_article = ['/13$']", "kabar.example"
    )
    assert is_article(f"{HOME}/baca/12", "", recipe)
    assert not is_article(f"{HOME}/baca/13", "", recipe)
    assert not is_article(f"{HOME}/berita/12345/panen-raya-di-hulu-sungai", "Panen raya di hulu sungai", recipe)


def test_sections_are_short_labels_on_short_addresses(recipe: Recipe) -> None:
    assert is_section(f"{HOME}/kanal/desa", "Desa", recipe)
    assert is_section(f"{HOME}/kanal.php?k=desa", "Desa", recipe)
    assert not is_section(f"{HOME}/redaksi", "Redaksi", recipe)
    assert not is_section("https://lain.example/desa", "Desa", recipe)


def card(number: int, when: str) -> str:
    title = f"Warga membangun jembatan nomor {number}"
    path = f"/b/{10000 + number}/warga-membangun-jembatan-{number}"
    return f'<div class="c"><a href="{path}"><h3>{title}</h3></a><span>{when}</span></div>'


def page(*cards: str, more: str = "") -> str:
    old = '<a href="/b/10999/banjir-besar-yang-lama-sekali">Banjir besar yang lama sekali</a> <i>12 Januari 2019</i>'
    side = f'<ul class="s"><li>{old}</li></ul>'
    return f"<html><body><nav><a href='/kanal/desa'>Desa</a></nav>{''.join(cards)}{more}{side}</body></html>"


def test_dates_stand_beside_their_own_link(ask: Ask) -> None:
    body = page(card(1, "2 jam lalu"), card(2, "Senin, 09 Maret 2026 | 10:15 WIB"), card(3, "3 bulan lalu"))
    listing = parse_listing(Reply(HOME, body=body.encode()), ask)
    dates = {offer.url[-1]: offer.published_at for offer in listing.offers}
    assert dates["1"] == NOW - timedelta(hours=2)
    assert dates["2"] == datetime(2026, 3, 9, 3, 15, tzinfo=UTC)
    late = dates["3"]
    assert late is not None
    assert NOW - timedelta(days=100) < late < NOW - timedelta(days=40), "rounded ages are read as young as they can be"
    assert listing.sections == (f"{HOME}/kanal/desa",)


def test_a_broken_second_link_of_the_same_item_is_left_out(ask: Ask) -> None:
    path, title = "berita/777/warga-membangun-jembatan", "Warga membangun jembatan baru"
    body = f'<a href="{path}"><img src="x.jpg"></a><a href="/{path}">{title}</a>'
    listing = parse_listing(Reply(f"{HOME}/kanal/desa/", body=body.encode()), ask)
    assert [offer.url for offer in listing.offers] == [f"{HOME}/berita/777/warga-membangun-jembatan"]


def numbered(pages: int, link: str, per_page: int = 4) -> Pages:
    site: Pages = {}
    for n in range(1, pages + 1):
        cards = [
            card(i, (NOW - timedelta(days=i)).strftime("%d/%m/%Y %H:%M"))
            for i in range((n - 1) * per_page, n * per_page)
        ]
        target = link.format(n=n + 1, offset=n * per_page)
        site[HOME + ("/l" if n == 1 else link.format(n=n, offset=(n - 1) * per_page))] = page(
            *cards, more=f'<div class="p"><b>{n}</b><a href="{target}">{n + 1}</a></div>' if n < pages else ""
        )
    return site


@pytest.mark.parametrize("link", ["/l/{n}", "/l?page={n}", "/l/{offset}"])
def test_lists_are_followed_to_the_date_and_no_further(ask: Ask, link: str) -> None:
    walked = run_walk(
        walk_listing(Source(kind="listing", url=f"{HOME}/l"), replace(ask, since=NOW - timedelta(days=9))),
        numbered(9, link),
    )
    assert len(walked.fetched) == 4, "pages hold 4 days; the fourth begins beyond the date and its slack"
    assert walked.reach.complete
    assert len(set(walked.paths)) == len(walked.paths)


def test_lists_end_where_pages_repeat(ask: Ask) -> None:
    site = numbered(3, "/l/{n}")
    site[f"{HOME}/l/4"] = site[f"{HOME}/l/3"]
    source = Source.model_validate({"kind": "listing", "url": HOME + "/l/{page}", "paging": {"from": 2}})
    walked = run_walk(walk_listing(source, replace(ask, since=datetime(2000, 1, 1, tzinfo=UTC))), site)
    assert walked.fetched[-1] == f"{HOME}/l/4"
    assert walked.reach.complete


def test_undated_lists_stop_by_the_dates_of_the_articles_read(ask: Ask) -> None:
    site: Pages = {f"{HOME}/l/{n}": page(*(card(i, "") for i in range(n * 4 - 4, n * 4))) for n in range(1, 30)}
    backfill = replace(ask, since=NOW - timedelta(days=9))

    def read(offer: Offer) -> None:
        backfill.dates[address_key(offer.url)] = (
            NOW - timedelta(days=int(offer.url.rpartition("-")[2]))
            if offer.url[-1].isdigit()
            else NOW - timedelta(days=3000)
        )

    walked = run_walk(walk_listing(Source(kind="listing", url=HOME + "/l/{page}"), backfill), site, read)
    assert len(walked.fetched) == 4


def test_described_lists_use_their_selectors(ask: Ask) -> None:
    item = '<article><h2 class="j"><a href="/x/7">Judul</a></h2><em d-time="1773050000">tadi</em></article>'
    body = item + '<a class="lanjut" href="/l?p=2">x</a>'
    source = Source.model_validate(
        {
            "kind": "listing",
            "url": f"{HOME}/l",
            "item": "article",
            "link": ".j a",
            "date": "em",
            "paging": {"next": "a.lanjut"},
        }
    )
    listing = parse_listing(Reply(f"{HOME}/l", body=body.encode()), ask, source)
    assert (listing.offers[0].url, listing.offers[0].title) == (f"{HOME}/x/7", "Judul")
    assert listing.offers[0].published_at == datetime.fromtimestamp(1773050000, UTC)
    assert listing.next == f"{HOME}/l?p=2"


@pytest.mark.parametrize(
    ("before", "last", "following"),
    [
        ("/t_8.html", "/t_9.html", "/t_10.html"),
        ("/l/10", "/l/20", "/l/30"),
        ("/l?p=3", "/l?p=2", None),
        ("/l", "/l/2", None),
    ],
)
def test_page_numbers_are_carried_on(before: str, last: str, following: str | None) -> None:
    assert extrapolate(HOME + before, HOME + last) == (following and HOME + following)


def test_the_next_page_of_another_list_is_no_next_page() -> None:
    assert shares_list(f"{HOME}/", f"{HOME}/page/2/")
    assert shares_list(f"{HOME}/berita.html", f"{HOME}/berita_2.html")
    assert not shares_list(f"{HOME}/", f"{HOME}/kanal/desa/2")


def test_rows_of_next_data_and_jsonp(ask: Ask) -> None:
    rows = [
        {
            "slug": "panen-raya",
            "article_id": 7,
            "category": {"slug": "desa"},
            "title": "Panen",
            "published_at": "2026-03-09T03:00:00Z",
        }
    ]
    html = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": {"rows": rows}})}</script>'
    source = Source(kind="next_data", url=f"{HOME}/", path="props.rows", address="/{category.slug}/{article_id}/{slug}")
    walked = run_walk(walk_rows(source, ask), {f"{HOME}/": html})
    assert walked.paths == ["/desa/7/panen-raya"]
    assert walked.offers[0].published_at == datetime(2026, 3, 9, 3, tzinfo=UTC)
    jsonp = Source.model_validate(
        {"kind": "jsonp", "url": HOME + "/ajax?start={page}", "path": "posts", "paging": {"from": 0, "step": 20}}
    )
    site: Pages = {f"{HOME}/ajax?start={n}": f"cb({json.dumps({'posts': jsonp_rows(n)})});" for n in (0, 20, 40, 60)}
    walked = run_walk(walk_rows(jsonp, replace(ask, since=datetime(2020, 1, 1, tzinfo=UTC))), site)
    assert walked.paths == ["/desa/90/berita-desa-kita", "/desa/920/berita-desa-kita", "/desa/940/berita-desa-kita"]
    assert walked.offers[0].published_at == datetime(2026, 3, 1, 3, tzinfo=UTC)


def jsonp_rows(start: int) -> list[dict[str, str]]:
    row = {"title": f"B {start}", "url": f"/desa/9{start}/berita-desa-kita", "date": "2026-03-01 10:00:00"}
    return [row] if start < 60 else []


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


@pytest.mark.parametrize(
    "link",
    [
        '<a title="Selanjutnya" href="/l/2"><span class="icon"></span></a>',
        '<a class="paging__link paging__link--next" href="/l/2"><img src="/n.svg"></a>',
        '<a href="/l/2"><img src="/n.svg" alt="Next"></a>',
        "<a href=/l/2>Halaman berikutnya</a>",
        '<a href="/l/2"><i class="fa fa-angle-right"></i></a>',
        "<a href=/l/2><span>&larr;</span> Older posts</a>",
    ],
)
def test_the_next_page_behind_a_link_without_words(ask: Ask, link: str) -> None:
    listing = parse_listing(Reply(f"{HOME}/l", body=f"<p>a</p>{link}<a href=/x>1</a>".encode()), ask)
    assert listing.next == f"{HOME}/l/2"


def _answer(number: int, kind: str) -> str:
    rows = [
        {"judul": f"Panen raya ke-{i}", "url": f"{HOME}/baca/{5000 + i}/panen-raya-hulu-ke-{i}"}
        for i in range(number * 4 - 4, number * 4)
    ]
    if kind == "rows":
        return json.dumps(
            {"data": {"data": rows, "next_page_url": f"{HOME}/muat?page={number + 1}" if number < 4 else None}}
        )
    if kind == "markup in data":
        return json.dumps(
            {"status": True, "html": "".join(f"<a href='{row['url']}'>{row['judul']} di hulu</a>" for row in rows)}
        )
    return "".join(f"<a href='{row['url']}'>{row['judul']} di hulu</a>" for row in rows)


@pytest.mark.parametrize("kind", ["rows", "markup in data", "markup"])
@pytest.mark.parametrize(
    "button",
    [
        '<button data-url="/muat?page=2">Muat Lainnya</button>',
        '<a href="javascript:void(0)" data-href="/muat?page=2">Lihat lebih banyak</a>',
    ],
)
def test_lists_go_on_behind_a_button(ask: Ask, kind: str, button: str) -> None:
    site: Pages = {f"{HOME}/muat?page={n}": _answer(n, kind) for n in range(2, 5)}
    site[f"{HOME}/"] = page(*(card(i, "") for i in range(4))) + button
    old = replace(ask, since=datetime(2000, 1, 1, tzinfo=UTC))
    walked = run_walk(walk_listing(Source(kind="listing", url=f"{HOME}/"), old), site)
    assert [path for path in walked.paths if "panen" in path] == [
        f"/baca/{5000 + i}/panen-raya-hulu-ke-{i}" for i in range(4, 16)
    ]
    assert walked.reach.complete
