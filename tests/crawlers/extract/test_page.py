"""Whole pages in many shapes; every text is invented."""
# ruff: noqa: E501 - pages of HTML read better unbroken

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.extract.page import Extraction, Hints, Page, extract_page
from crawlers.items import Reason
from crawlers.recipe import Recipe

NOW = datetime(2025, 6, 11, 8, 0, tzinfo=UTC)
TITLE = "Warga Kampung Melati Panen Nanas di Lahan Bekas Terbakar"
FIRST = "MELATI, Warta Contoh - Warga Kampung Melati memanen nanas pertama mereka pada Selasa (3/6/2025) di lahan yang dulu terbakar."
PARAGRAPHS = (
    FIRST,
    "Kebun seluas dua hektare itu dikerjakan bersama oleh empat puluh keluarga sejak awal tahun lalu.",
    "“Kami mulai dengan seribu bibit dan cangkul pinjaman,” ujar Ketua Kelompok Tani Melati, Rusdi Anwar.",
    "Menurut dia, hasil panen dijual ke pasar kecamatan dan sebagian diolah menjadi selai oleh ibu-ibu kampung.",
    "Pemerintah kampung berencana menambah saluran air agar lahan tidak lagi kering pada musim kemarau mendatang.",
)
TEASER = "Puluhan perahu hias meramaikan pawai sungai yang digelar panitia pada akhir pekan ini di tepian kota."
LINKS = "".join(f'<li><a href="/b/{n}">Judul berita lain nomor {n} yang panjang sekali</a></li>' for n in range(8))


def read(
    page: str, url: str = "https://warta.example/berita/1/warga-panen", recipe: Recipe | None = None, **hints: object
) -> Extraction:
    return extract_page(Page(url, page.encode(), "text/html; charset=utf-8", NOW, Hints(**hints)), recipe)  # type: ignore[arg-type]


def paragraphs(tag: str = "p", extra: str = "") -> str:
    rows = [f"<{tag}>{p}</{tag}>" for p in PARAGRAPHS]
    return "".join([*rows[:2], extra, *rows[2:]])


BODIES = {
    "paragraphs": f"<article>{paragraphs()}</article>",
    "divs": f"<div class=x1>{paragraphs('div')}</div>",
    "breaks": f"<div>{'<br><br>'.join(PARAGRAPHS)}</div>",
    "bare first paragraph": f"<div>{FIRST}<br><br>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS[1:])}</div>",
    "unclosed": "<table><tr><td>" + "".join(f"<p>{p}" for p in PARAGRAPHS),
    "parts between advertisements": "<div class=ad>ADVERTISEMENT</div>".join(
        f"<div class=part><p>{p}</p></div>" for p in PARAGRAPHS
    ),
    "own dateline": f"<div><strong>MELATI, Warta Contoh</strong> - <p>{FIRST.partition(' - ')[2]}</p>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS[1:])}</div>",
    "read also": f"<div>{paragraphs(extra='<p><b>Baca Juga: <a href=/z>Pawai Perahu Hias Meriahkan Kota</a></b></p>')}</div>",
    "read also in a span": f"<div>{paragraphs(extra='<span class=baca-juga>Baca juga: <a href=/z>Pawai Perahu Hias Meriahkan Kota</a></span>')}</div>",
    "wrapped each": "".join(f"<div class=w><div class=c><p>{p}</p></div></div>" for p in PARAGRAPHS),
    "form around all": f"<form>{paragraphs()}</form>",
    "lead apart": f"<div class=lead><p>{FIRST}</p></div><div class=body>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS[1:])}</div>",
    "excerpt before": f"<p class=sum>{FIRST[:70]}...</p><div>{paragraphs()}</div>",
}
AROUND = {
    "plain": "{}",
    "lists on both sides": f"<ul class=m>{LINKS}</ul>{{}}<div><h3>Berita Terkait</h3><ul>{LINKS}</ul></div>",
    "teasers ahead": "".join(
        f"<div class=t><h4><a href=/{n}>Judul teras nomor {n} yang panjang</a></h4><p>{TEASER}</p></div>"
        for n in range(5)
    )
    + "{}",
    "teasers behind": "{}<section><h3>Related Posts</h3>"
    + "".join(
        f"<div class=t><h4><a href=/{n}>Judul teras nomor {n} yang panjang</a></h4><p>{TEASER}</p></div>"
        for n in range(4)
    )
    + "</section>",
    "comments": "{}<div class=k><h3>Komentar (6)</h3>"
    + "".join(
        f"<div><b>Warga {n}</b><div>Semoga program ini berlanjut dan sampai juga ke kampung kami yang jauh, nomor {n}.</div></div>"
        for n in range(6)
    )
    + "</div>",
    "furniture": "<div>Sebarkan artikel ini<a href=f>Facebook</a> <a href=w>WhatsApp</a></div>{}<p>Ikuti kami di Google News</p>"
    "<div id=respond><p>Alamat email Anda tidak akan dipublikasikan. Ruas yang wajib ditandai *</p></div><div>Copyright © 2025 Warta. All Rights Reserved.</div>",
}


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("body", BODIES)
def test_any_layout_gives_the_whole_text_and_nothing_else(body: str, around: str) -> None:
    head = f"<h1>{TITLE}</h1><div><span>Oleh Deni Saputra</span> | <span>Selasa, 03 Juni 2025 16:45 WIB</span></div>"
    inner = AROUND[around].format(head + BODIES[body])
    found = read(f"<html lang=id><head><title>{TITLE} - Warta</title></head><body>{inner}</body></html>")
    assert found.problem is None, found.detail
    assert found.title == TITLE
    assert found.text.split() == " ".join(PARAGRAPHS).split()
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2025-06-03T16:45:00+07:00"
    assert found.byline == "Deni Saputra"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        # the date of the visit on top, another place's credit above the headline, the true line below it
        (
            (
                "<div>Rabu, 11 Juni 2025 | 15:00 WIB</div><ul><li><a href=/>Beranda</a></li></ul>"
                "<ul><li>- Oleh MC KOTA LAIN</li><li>- Rabu, 11 Juni 2025 | 15:00 WIB</li></ul>"
                f"<h2>{TITLE}</h2><p>Oleh MC MELATI, Selasa, 3 Juni 2025 | 16:45 WIB - Redaktur: Budi - 120</p>"
            ),
            ("2025-06-03T16:45:00+07:00", "MC MELATI", "Budi"),
        ),
        (
            f"<font size=1>Selasa, 3 Juni 2025 16:45</font><br><font size=4><b>{TITLE}</b></font><br>",
            ("2025-06-03T16:45:00+07:00", None, None),
        ),
        (
            f"<h1>{TITLE}</h1><ul><li>Deni Saputra</li><li>3 Juni 2025</li><li>16:45</li></ul>",
            ("2025-06-03T16:45:00+07:00", "Deni Saputra", None),
        ),
        (
            f"<h1>{TITLE}</h1><div>Penulis: Deni Saputra | Editor: Sari | 03/06/2025, 16:45 WIB Diperbarui 04/06/2025, 09:00 WIB</div>",
            ("2025-06-03T16:45:00+07:00", "Deni Saputra", "Sari"),
        ),
        (
            f"<h1>{TITLE}</h1><time datetime='2025-06-03T09:45:00Z'>3 Juni</time><a rel=author class=author>Deni</a>",
            ("2025-06-03T09:45:00+00:00", None, None),
        ),
        (f"<h1>{TITLE}</h1><div>2 hari lalu</div>", ("2025-06-09T00:00:00+07:00", None, None)),
    ],
)
def test_the_line_of_publication(head: str, expected: tuple[str, str | None, str | None]) -> None:
    found = read(
        f"<html lang=id><head><title>{TITLE}</title></head><body>{head}<div>{paragraphs()}</div></body></html>"
    )
    assert found.title == TITLE
    assert found.published_at is not None
    assert (found.published_at.isoformat(), found.byline, found.editor) == expected
    assert found.text.startswith("MELATI, Warta Contoh")


JSON_LD = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"%s","datePublished":"%s","author":{"name":"%s"}}</script>'


@pytest.mark.parametrize(
    ("stated", "url", "printed", "expected", "source"),
    [
        ("2025-06-03T09:45:00Z", "/berita/1/a", "", "2025-06-03T09:45:00+00:00", "json-ld"),
        ("2025-06-03 16:45:00", "/berita/1/a", "", "2025-06-03T16:45:00+07:00", "json-ld"),
        ("2025-06-03", "/berita/1/a", "Selasa, 3 Juni 2025 16:45 WIB", "2025-06-03T16:45:00+07:00", "text"),
        # the day in the address beats what contradicts it
        (
            "2025-06-09T09:45:00Z",
            "/2025/06/03/a/",
            "Selasa, 3 Juni 2025 16:45 WIB",
            "2025-06-03T16:45:00+07:00",
            "text",
        ),
        ("2025-06-09T09:45:00Z", "/2025/06/03/a/", "", "2025-06-03T00:00:00+07:00", "url"),
        # a server that states its clock
        ("2025-06-11T08:00:00Z", "/berita/1/a", "Selasa, 3 Juni 2025 16:45 WIB", "2025-06-03T16:45:00+07:00", "text"),
    ],
)
def test_dates_that_disagree(stated: str, url: str, printed: str, expected: str, source: str) -> None:
    html = f"<html lang=id><head><title>{TITLE}</title>{JSON_LD % (TITLE, stated, 'Deni')}</head><body><h1>{TITLE}</h1><p>{printed}</p><div>{paragraphs()}</div>"
    found = read(html, f"https://warta.example{url}")
    assert found.published_at is not None
    assert (found.published_at.isoformat(), found.fields["published_at"]) == (expected, source)


def test_an_event_date_is_no_date_of_publication() -> None:
    found = read(f"<html lang=id><title>{TITLE}</title><body><h1>{TITLE}</h1><div>{paragraphs()}</div>")
    assert found.published_at is None or found.fields["published_at"] != "json-ld"


@pytest.mark.parametrize(
    ("stated", "tail", "expected"),
    [
        ("admin", "(Yusnidar)", "Yusnidar"),
        ("Redaksi", "Laporan: Effendi Lubis", "Effendi Lubis"),
        ("Deni Saputra", "(Yusnidar)", "Deni Saputra"),
        ("admin", "(adv)", "admin"),
        ("Warta Contoh", "Pewarta: Rina Yulita", "Rina Yulita"),
    ],
)
def test_accounts_that_are_nobody_give_way_to_names(stated: str, tail: str, expected: str) -> None:
    html = (
        f'<html lang=id><head><title>{TITLE}</title><meta property="og:site_name" content="Warta Contoh">'
        f"{JSON_LD % (TITLE, '2025-06-03T09:45:00Z', stated)}</head><body><h1>{TITLE}</h1><div>{paragraphs()}<p>{tail}</p></div>"
    )
    assert read(html).byline == expected


WORDPRESS = (
    f"<html lang=id><head><title>{TITLE} - Warta Contoh</title></head><body><div id=page>"
    '<div class=ticker><a href="/kategori/olahraga" rel="category tag">Olahraga</a></div>'
    f"<main><article class=hentry><header><h1 class=entry-title>{TITLE}</h1></header>"
    "<div class=entry-content>%s</div><footer class=entry-footer><div class=posted-by>"
    '<span class=posted-on>Published <time datetime="2025-06-03T16:45:00+07:00">June 3, 2025</time></span>'
    '<span class=byline>By <a href="/author/x" rel=author>%s</a></span></div><div class=post-taxonomies>Categorized as'
    ' <a href="/kategori/advertorial" rel="category tag">Advertorial</a></div></footer></article></main></div>'
)


@pytest.mark.parametrize(
    ("account", "line", "expected"),
    [
        ("Siti Aminah, S.Kom", "", "Siti Aminah, S.Kom"),
        ("Siti Aminah, S.Kom", "<p>Penulis: Rina Yulita</p>", "Rina Yulita"),
        ("Redaksi", "", "Redaksi"),
        ("Redaksi", "<p>Penulis: Rina Yulita</p>", "Rina Yulita"),
    ],
)
def test_rest_feed_and_page_of_one_post_give_the_same_article(account: str, line: str, expected: str) -> None:
    content = paragraphs() + line
    html = WORDPRESS % (content, account)
    hints: dict[str, dict[str, object]] = {
        "sitemap": {},
        "rest": {"title": TITLE, "html": content, "source": "rest"},
        "feed": {"title": TITLE, "html": content, "byline": account, "section": "Advertorial", "source": "feed"},
    }
    for given in hints.values():
        found = read(html, **given)
        assert (found.title, found.text) == (TITLE, "\n\n".join(PARAGRAPHS))
        assert found.published_at == datetime(2025, 6, 3, 9, 45, tzinfo=UTC)
        assert (found.byline, found.section, found.markers) == (expected, "Advertorial", ("paid:advertorial",))


@pytest.mark.parametrize(
    ("tail", "url", "title", "expected"),
    [
        ("(adv)", "/berita/1/a", TITLE, "paid:(adv)"),
        ("(Advertorial/DPRD)", "/berita/1/a", TITLE, "paid:(advertorial/dprd)"),
        ("", "/advertorial/1/a", TITLE, "paid:/advertorial"),
        ("", "/berita/1/a", "[Pariwara] " + TITLE, "paid:[pariwara]"),
        ("(rls)", "/berita/1/a", TITLE, "release:(rls)"),
        ("(MC-Melati/dp)", "/berita/1/a", TITLE, "release:(mc-melati/dp)"),
    ],
)
def test_marks_of_paid_and_released_content(tail: str, url: str, title: str, expected: str) -> None:
    html = f"<html lang=id><title>{title}</title><body><h1>{title}</h1><p>3 Juni 2025 16:45 WIB</p><div>{paragraphs()}<p>{tail}</p></div>"
    assert read(html, f"https://warta.example{url}").markers == (expected,)
    assert read(html.replace(tail or "zz", ""), "https://warta.example/berita/1/a").markers in ((), (expected,))


def test_captions_stand_apart() -> None:
    html = (
        f"<html lang=id><title>{TITLE}</title><body><h1>{TITLE}</h1><p>3 Juni 2025 16:45 WIB</p><figure><img src=1.jpg><figcaption>Warga memetik nanas."
        f" (Foto: Deni)</figcaption></figure><div class=pic><img src=2.jpg><small>Selai nanas dalam botol kaca.</small></div><div>{paragraphs()}</div>"
    )
    found = read(html)
    assert found.captions == ("Warga memetik nanas. (Foto: Deni)", "Selai nanas dalam botol kaca.")
    assert found.text.startswith(FIRST)


def test_a_bold_opening_behind_an_image_is_text() -> None:
    html = f"<html lang=id><title>{TITLE}</title><body><h1>{TITLE}</h1><p>3 Juni 2025 16:45 WIB</p><img src=1.jpg><div><p><b>{FIRST}</b></p>{paragraphs()[len(FIRST) + 7 :]}</div>"
    assert read(html).text.startswith(FIRST)


@pytest.mark.parametrize(
    "sentence",
    [
        "Tagihan listrik pelanggan rumah tangga di kampung itu naik dua kali lipat bulan lalu.",
        "Cookies buatan siswa kejuruan laku keras di bazar sekolah akhir pekan kemarin.",
        "Ikuti lomba menulis itu, pelajar diminta mengirim naskah lewat media sosial panitia.",
        "Berita sebelumnya menyebut jembatan itu akan selesai pada akhir tahun anggaran.",
        "Hak cipta lagu daerah itu kini didaftarkan oleh sanggar seni kampung.",
    ],
)
def test_sentences_that_begin_like_furniture_stay(sentence: str) -> None:
    html = f"<html lang=id><title>{TITLE}</title><body><h1>{TITLE}</h1><p>3 Juni 2025 16:45 WIB</p><div>{paragraphs(extra=f'<p>{sentence}</p>')}</div>"
    assert sentence in read(html).text


def test_a_page_whose_text_lies_in_its_data() -> None:
    article = {
        "title": TITLE,
        "content": paragraphs(),
        "published_at": "2025-06-03T09:45:00Z",
        "authors": [{"name": "Deni Saputra"}],
        "category": {"name": "Kampung"},
    }
    data = json.dumps({"props": {"pageProps": {"article": article, "popular": [{"title": "Lain"}]}}})
    html = f'<html lang=id><head><title>Warta</title></head><body><div>Memuat...</div><script id="__NEXT_DATA__" type="application/json">{data}</script>'
    found = read(html)
    assert (found.title, found.byline, found.section) == (TITLE, "Deni Saputra", "Kampung")
    assert found.extractor == "next_data"
    assert found.text == "\n\n".join(PARAGRAPHS)


def test_full_text_of_feed_and_rest_stands_before_the_page_and_teasers_do_not() -> None:
    short = f"<html lang=id><title>{TITLE}</title><body><h1>{TITLE}</h1><p>3 Juni 2025 16:45 WIB</p><div><p>{FIRST}</p><p>{PARAGRAPHS[1]}</p></div>"
    whole = paragraphs(extra='<p><strong>Baca Juga: <a href="/x">Pawai Perahu Hias</a></strong></p>')
    assert read(short, html=whole, source="rest").text == "\n\n".join(PARAGRAPHS)
    full = read(
        f"<html lang=id><title>{TITLE}</title><body><h1>{TITLE}</h1><p>3 Juni 2025 16:45 WIB</p><div>{paragraphs()}</div>",
        html=f"<p>{FIRST} [&hellip;]</p>",
        source="feed",
    )
    assert (full.extractor, full.text) == ("generic", "\n\n".join(PARAGRAPHS))


def test_hints_alone_make_an_article() -> None:
    found = extract_page(
        Page(
            "https://warta.example/1",
            b"",
            None,
            NOW,
            Hints(TITLE, NOW - timedelta(days=1), "Deni", paragraphs(), "Kampung", "rest"),
        )
    )
    assert (found.title, found.byline, found.section, found.problem) == (TITLE, "Deni", "Kampung", None)


RECIPE = Recipe.model_validate(
    {
        "id": "warta.example",
        "name": "Warta",
        "domains": ["warta.example"],
        "kind": "local",
        "timezone": "Asia/Makassar",
        "select": {"title": ".judul", "text": ".isi", "byline": ".nama", "published_at": ".waktu", "section": ".kanal"},
        "clean": {"drop": [".sisipan"], "drop_lines": ["^Pasang loker"]},
        "markers": {"paid": [r"\(kerja sama\)"]},
    }
)


def test_a_recipe_comes_first_and_says_when_it_fails() -> None:
    page = (
        f"<html lang=id><title>x</title><body><div class=judul>{TITLE}</div><i class=nama>Oleh: Deni Saputra</i><b class=waktu>3/6/2025 16:45</b><u class=kanal>Kampung</u>"
        f"<div class=isi>{paragraphs(extra='<p class=sisipan>Sisipan yang tidak ada hubungannya dengan berita ini.</p><p>Pasang loker di sini, hubungi kami.</p>')}<p>(kerja sama)</p></div>"
    )
    found = read(page, recipe=RECIPE)
    assert (found.title, found.byline, found.section, found.markers) == (
        TITLE,
        "Deni Saputra",
        "Kampung",
        ("paid:(kerja sama)",),
    )
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2025-06-03T16:45:00+08:00"
    assert found.text == "\n\n".join([*PARAGRAPHS, "(kerja sama)"])
    assert set(found.fields.values()) == {"selector"}
    assert not found.fallback
    changed = read(page.replace("class=isi", "class=baru"), recipe=RECIPE)
    assert changed.fallback
    assert changed.text.startswith(FIRST)
    assert changed.extractor == "generic"


@pytest.mark.parametrize(
    ("html", "url", "problem"),
    [
        ("<title>Just a moment...</title><h1>Checking your browser</h1>", "/1/a", Reason.BLOCKED),
        (
            "<title>Halaman tidak ditemukan - Warta</title><h1>Oops!</h1><p>Maaf, halaman yang Anda cari tidak tersedia.</p>",
            "/1/a",
            Reason.SOFT_404,
        ),
        (
            f"<title>Kategori: Kampung - Warta</title><h1>Kampung</h1><ul>{LINKS * 2}</ul>",
            "/kategori/kampung",
            Reason.NOT_ARTICLE,
        ),
        (
            "<title>Warta</title><h1>Kampung</h1>"
            + "".join(
                f"<div class=c><h3><a href=/{n}>Judul teras nomor {n} panjang</a></h3><p>{TEASER}</p></div>"
                for n in range(9)
            ),
            "/kampung",
            Reason.NOT_ARTICLE,
        ),
        (
            f"<title>Warta</title><h1>{TITLE}</h1><p>3 Juni 2025 10:00 WIB</p><div>{paragraphs()}</div>",
            "/",
            Reason.NOT_ARTICLE,
        ),
        (
            f"<title>{TITLE}</title><h1>{TITLE}</h1><p>3 Juni 2025 10:00 WIB</p><div></div><ul>{LINKS}</ul>",
            "/1/a",
            Reason.NO_BODY,
        ),
        (
            f"<title>{TITLE}</title><h1>{TITLE}</h1><div>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS[1:])}</div>",
            "/1/a",
            Reason.NO_DATE,
        ),
        (
            f"<title>{TITLE}</title><h1>{TITLE}</h1><p>3 Juli 2026 10:00 WIB</p><div>{paragraphs()}</div>",
            "/1/a",
            Reason.FUTURE_DATE,
        ),
        ("", "/1/a", Reason.NO_TITLE),
    ],
)
def test_what_is_no_article_says_why(html: str, url: str, problem: Reason) -> None:
    found = read(f"<html lang=id><body>{html}", f"https://warta.example{url}")
    assert found.problem is problem, found.detail
    assert found.detail


@pytest.mark.parametrize("body", [b"%PDF-1.7 rest", b"\x89PNG\r\n", b"PK\x03\x04zip"])
def test_bytes_that_are_no_page(body: bytes) -> None:
    assert extract_page(Page("https://warta.example/1", body, "text/html", NOW)).problem is Reason.BAD_CONTENT


@pytest.mark.parametrize(
    ("encoding", "content_type"),
    [
        ("utf-8", "text/html; charset=iso-8859-1"),
        ("cp1252", "text/html; charset=utf-8"),
        ("cp1252", None),
        ("utf-16", "text/html"),
        ("utf-8-sig", "text/html; charset=windows-1252"),
    ],
)
def test_a_wrong_charset_spoils_nothing(encoding: str, content_type: str | None) -> None:
    html = f"<html lang=id><title>{TITLE}</title><body><h1>{TITLE}</h1><p>3 Juni 2025 16:45 WIB</p><div>{paragraphs()}</div>"
    found = extract_page(Page("https://warta.example/1", html.encode(encoding), content_type, NOW))
    assert found.text == "\n\n".join(PARAGRAPHS)


def test_nul_bytes_vanish() -> None:
    html = f"<html lang=id><title>{TITLE}</title><body><h1>{TITLE}</h1><p>3 Juni 2025 16:45 WIB</p><div>{paragraphs()}</div>".replace(
        "nanas", "na\x00nas"
    )
    found = read(html)
    assert found.text == "\n\n".join(PARAGRAPHS)
    assert found.title == TITLE


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 5000 + "x",
        "<b><i><font>" * 5000 + "x",
        '<script type="application/ld+json">' + "[" * 50_000 + "</script>",
        '<script id="__NEXT_DATA__">' + '{"a":' * 50_000 + "</script>",
        "<p>" + "( " * 50_000,
        "<title>" + " - " * 20_000 + "</title>",
        "<h1>" + "12/" * 50_000,
    ],
    ids=["boxes", "inline", "json-ld", "next", "brackets", "dashes", "digits"],
)
def test_hostile_pages_end_in_a_problem(html: str) -> None:
    assert read(html).problem is not None


@pytest.mark.parametrize(
    ("url", "link", "expected"),
    [
        ("https://warta.example/b/judul", "?page=2", ("https://warta.example/b/judul?page=2", False)),
        ("https://warta.example/b/judul", "?page=all", ("https://warta.example/b/judul?page=all", True)),
        ("https://warta.example/b/judul", "?single=1", ("https://warta.example/b/judul?single=1", True)),
        ("https://warta.example/b/judul/", "/b/judul/2/", ("https://warta.example/b/judul/2/", False)),
        ("https://warta.example/b/judul?page=2", "?page=3", ("https://warta.example/b/judul?page=3", False)),
        ("https://warta.example/b/judul?page=all", "?page=2", (None, False)),
        ("https://warta.example/b/judul", "/b/lain?page=2", (None, False)),
        ("https://warta.example/b/judul", "https://lain.example/b/judul?page=2", (None, False)),
    ],
)
def test_the_link_to_an_articles_next_page(url: str, link: str, expected: tuple[str | None, bool]) -> None:
    html = f"<html lang=id><title>{TITLE}</title><body><h1>{TITLE}</h1><p>3 Juni 2025 16:45 WIB</p><div>{paragraphs()}</div><a href='{link}'>Lanjut</a>"
    found = read(html, url)
    assert (found.next_page, found.next_is_whole) == expected


def test_other_addresses_of_the_page() -> None:
    html = (
        f"<html lang=id><head><title>{TITLE}</title><link rel=canonical href='https://warta.example/b/judul'><link rel=amphtml href='/amp/b/judul'>"
        f"<link rel=shortlink href='https://warta.example/?p=7'></head><body><h1>{TITLE}</h1><p>3 Juni 2025 16:45 WIB</p><div>{paragraphs()}</div>"
    )
    found = read(html)
    assert found.canonical_url == "https://warta.example/b/judul"
    assert found.aliases == ("https://warta.example/amp/b/judul", "https://warta.example/?p=7")


def test_pages_of_other_languages() -> None:
    sentences = [
        "The council voted on Tuesday night to reopen the old ferry terminal after eleven years of debate over its cost.",
        "Engineers who examined the pier in March found that the timber piles were sounder than anybody had expected.",
        "“We are not buying nostalgia, we are buying a shorter way to work,” said Margaret Hollis, who chairs the harbour board.",
        "Opponents argued that the money would be better spent on buses, which carry four times as many passengers every day.",
        "A first boat is planned for the spring of next year, with fares that match those of the city's trams.",
    ]
    html = (
        '<html lang=en><head><title>Ferry returns | The Harbour Post</title><meta property="article:published_time" content="2025-06-03T09:45:00-04:00"></head>'
        f"<body><nav><a href=/>Home</a></nav><article><h1>Ferry returns</h1><p>By Jane Miller</p>{''.join(f'<p>{s}</p>' for s in sentences)}</article><footer>© 2025</footer>"
    )
    found = read(html)
    assert found.published_at is not None
    assert (found.title, found.published_at.isoformat()) == ("Ferry returns", "2025-06-03T09:45:00-04:00")
    assert " ".join(sentences).split() == found.text.split()
    assert found.byline == "Jane Miller"


ABROAD = (
    "Der Rat stimmte am Dienstagabend dafür, den alten Anleger nach elf Jahren des Streits über die Kosten wieder zu öffnen.",
    "Wer die Brücke im März untersucht hatte, fand die Pfähle in besserem Zustand, als irgendjemand in der Stadt erwartet hatte.",
    "Das Geld sei bei den Bussen besser angelegt, meinten die Gegner, denn diese beförderten jeden Tag viermal so viele Menschen.",
)


@pytest.mark.parametrize(
    ("head", "behind", "day"),
    [
        ('<p><time datetime="2019-07-03T10:18:46Z">Am 29. Juni 2019</time></p>', "", "2019-06-29"),  # changed later
        ('<p><time datetime="2019-03-04T10:18:46Z">04/03/2019</time></p>', "", "2019-03-04"),
        ("<p>von Klaus Muster, 8.5.12</p>", "", "2012-05-08"),
        ("<p>04/03/2019 von Klaus Muster</p>", "", "2019-03-04"),  # nobody there writes the month first
        ('<p><a href="/2017/08/08/">08.08.2017</a> <a href="/k">Klaus Muster</a> <a href="/s">Stadt und Hafen</a> <a href="/v">Verkehr und Wege</a></p>', "", "2017-08-08"),
        ("", "<dl><dt>Datum</dt><dd>12.01.2017</dd></dl>", "2017-01-12"),
        ("<p>Heute noch anmelden: join us today</p>", f"<p>{ABROAD[2]}</p><p>Stand: 2. Mai 2020</p>", "2020-05-02"),
    ],
)  # fmt: skip
def test_days_that_pages_of_other_languages_print(head: str, behind: str, day: str) -> None:
    title = "Der alte Anleger kehrt zurück"
    text = f"<p>{ABROAD[0]}</p>{behind}<p>{ABROAD[1]}</p><p>{ABROAD[2]}</p>"
    found = read(
        f"<html lang=de><title>{title}</title><body><article><h1>{title}</h1>{head}<div>{text}</div></article>"
    )
    assert found.published_at is not None
    assert found.published_at.date().isoformat() == day
