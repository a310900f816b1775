"""Lists of articles: which links are articles, how far lists are followed, and where they end."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.addresses import address_key
from crawlers.recipe import Recipe, Source, parse_recipe
from crawlers.sources.links import is_article, is_section
from crawlers.sources.listing import parse_listing, walk_listing
from crawlers.sources.paging import extrapolate, shares_list
from crawlers.sources.rows import walk_rows
from crawlers.sources.walk import Ask, Offer, Reply
from tests.crawlers.conftest import NOW, RECIPE, run_walk
from tests.crawlers.sources.listing import HOME, Pages, answer, card, jsonp_rows, numbered, page


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
        ("/arsip/2026-03-09", "9 Maret", False),
        ("/arsip/2026-03-09", "Panen Raya Dimulai Hari Ini", True),
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


def test_a_second_page_whose_articles_stand_beside_the_first_as_popular_does_not_end_a_list(ask: Ask) -> None:
    site = numbered(3, "/l?hal={n}")
    popular = "".join(card(n, "") for n in range(8))  # so that both pages hold the same, in another order
    for address in site:
        site[address] = str(site[address]).replace("</body>", f"{popular}</body>")
    source = Source(kind="listing", url=f"{HOME}/l")
    walked = run_walk(walk_listing(source, replace(ask, since=NOW - timedelta(days=20))), site)
    assert "/b/10011/warga-membangun-jembatan-11" in walked.paths


def test_sections_are_short_labels_on_short_addresses(recipe: Recipe) -> None:
    assert is_section(f"{HOME}/kanal/desa", "Desa", recipe)
    assert is_section(f"{HOME}/kanal.php?k=desa", "Desa", recipe)
    assert not is_section(f"{HOME}/redaksi", "Redaksi", recipe)
    assert not is_section("https://lain.example/desa", "Desa", recipe)


def test_of_relative_links_too_no_date_is_read_beside_a_neighbour(ask: Ask) -> None:
    titles = ("panen-raya-di-hulu-sungai", "jembatan-lama-dibangun-lagi")
    bare, dated = (f"<div><a href='{title}'>{title.replace('-', ' ')}</a>" for title in titles)
    body = f"<html><body><section>{bare}</div>{dated}<i>12 Januari 2019</i></div></section></body></html>"
    listing = parse_listing(Reply(f"{HOME}/kanal/desa/", body=body.encode()), ask)
    assert [offer.published_at and offer.published_at.year for offer in listing.offers] == [None, 2019]


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
        ("/l", "/l/2", "/l/3"),
        ("/", "/?page=2", "/?page=3"),
        ("/l", "/l/5", None),
        ("/", "/kanal/desa/2", None),
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


@pytest.mark.parametrize(
    "link",
    [
        '<a title="Selanjutnya" href="/l/2"><span class="icon"></span></a>',
        '<a class="paging__link paging__link--next" href="/l/2"><img src="/n.svg"></a>',
        '<a href="/l/2"><img src="/n.svg" alt="Next"></a>',
        "<a href=/l/2>Halaman berikutnya</a>",
        '<a href="/l/2"><i class="fa fa-angle-right"></i></a>',
        "<a href=/l/2><span>&larr;</span> Older posts</a>",
        "<a href=/baca/2>Dermaga</a><a href=/l/2/>Yang lain</a>",  # by its address alone
    ],
)
def test_the_next_page_behind_a_link_without_words(ask: Ask, link: str) -> None:
    listing = parse_listing(Reply(f"{HOME}/l", body=f"<p>a</p>{link}<a href=/x>1</a>".encode()), ask)
    assert listing.next and listing.next.rstrip("/") == f"{HOME}/l/2"


@pytest.mark.parametrize("kind", ["rows", "markup in data", "markup"])
@pytest.mark.parametrize(
    "button",
    [
        '<button data-url="/muat?page=2">Muat Lainnya</button>',
        '<div class=infinite data-next-url="/muat?page=2"><span>Memuat berita lain…</span></div>',
        '<a href="javascript:void(0)" data-href="/muat?page=2">Lihat lebih banyak</a>',
    ],
)
def test_lists_go_on_behind_a_button(ask: Ask, kind: str, button: str) -> None:
    site: Pages = {f"{HOME}/muat?page={n}": answer(n, kind) for n in range(2, 5)}
    site[f"{HOME}/"] = page(*(card(i, "") for i in range(4))) + button
    old = replace(ask, since=datetime(2000, 1, 1, tzinfo=UTC))
    walked = run_walk(walk_listing(Source(kind="listing", url=f"{HOME}/"), old), site)
    assert [path for path in walked.paths if "panen" in path] == [
        f"/baca/{5000 + i}/panen-raya-hulu-ke-{i}" for i in range(4, 16)
    ]
    assert walked.reach.complete


@pytest.mark.parametrize(
    "script",
    [
        '<script src="/muat?callback=tampil&amp;start=0"></script>',
        '<script>$.getJSON("/muat?callback=?&start=" + mulai, tampil)</script>',
        '<ul data-url="/muat?callback=tampil&amp;start=0"></ul>',
    ],
)
def test_lists_that_a_script_alone_fetches(ask: Ask, script: str) -> None:
    name = "cb" if "?&" in script else "tampil"
    rows = {0: 3, 3: 3, 6: 2, 8: 0}
    site: Pages = {
        f"{HOME}/muat?callback={name}&start={at}": f"{name}({json.dumps({'posts': _rows(at, count)})});"
        for at, count in rows.items()
    }
    site[f"{HOME}/"] = page() + script  # what the page itself shows is years old
    walked = run_walk(walk_listing(Source(kind="listing", url=f"{HOME}/"), ask), site)
    assert [path for path in walked.paths if "panen" in path] == [row["url"] for row in _rows(0, 8)]


def test_a_script_s_list_that_cannot_be_counted_on_is_left_to_the_usual_pages(ask: Ask) -> None:
    listing = parse_listing(Reply(f"{HOME}/", body=b'<script src="/hitung?callback=tampil"></script>'), ask)
    assert listing.more is None


def _rows(start: int, count: int) -> list[dict[str, str]]:
    day = NOW.strftime("%Y-%m-%d 10:00:00")
    return [{"title": "Panen raya", "url": f"/baca/{5000 + n}/panen", "date": day} for n in range(start, start + count)]


def test_cards_whose_picture_alone_leads_to_the_article(ask: Ask) -> None:
    heading = "<h3>Warga membangun jembatan nomor {n}</h3>"
    box = f"<div class=c><a href=/berita/400{{n}}><img src=a.jpg></a>{heading}</div>"
    cards = "".join(box.format(n=n) for n in range(4))
    listing = parse_listing(Reply(f"{HOME}/", 200, page(cards).encode()), ask)
    found = {offer.url: offer.title for offer in listing.offers}
    assert found[f"{HOME}/berita/4002"] == "Warga membangun jembatan nomor 2"


def test_a_score_in_a_headline_is_no_part_of_the_date_behind_it(ask: Ask) -> None:
    told = "<a href=/b/9001/tim-kampung-menang-tipis>Tim kampung menang tipis 3-1</a><i>2 minggu lalu</i>"
    listing = parse_listing(Reply(f"{HOME}/", 200, f"<div><div class=post-meta>{told}</div></div>".encode()), ask)
    assert listing.offers[0].published_at
    assert NOW - listing.offers[0].published_at < timedelta(days=15)
