"""What is no article, and pages that are hostile or broken, end in a problem with a name."""
# ruff: noqa: E501 - pages of HTML read better unbroken

from __future__ import annotations

import pytest

from crawlers.extract.page import Page, extract_page
from crawlers.items import Reason
from crawlers.recipe import Recipe
from tests.crawlers.extract.invented import FIRST, LINKS, NOW, PARAGRAPHS, TEASER, TITLE, paragraphs, read

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
    "part",
    [
        '<link rel="canonical" href="https://[situs]/berita">',
        '<link rel="amphtml" href="http://[x">',
        '<p><a href="http://[x">Warta Contoh</a></p><p><a href="http://[x?page=2">2</a></p>',
        '<font size="²">Foto</font>',
        """<script type="application/ld+json">[{"@type": "NewsArticle", "url": "http://[x", "headline": "Lain"},
        {"@type": "NewsArticle", "mainEntityOfPage": "http://[x"}]</script>""",
    ],
    ids=["canonical", "amp", "links", "size", "json-ld"],
)
def test_addresses_and_numbers_that_are_none_cost_no_article(part: str) -> None:
    html = f"<html lang=id><title>{TITLE}</title><body>{part}<h1>{TITLE}</h1><p>3 Juni 2025 16:45 WIB</p>"
    found = read(f"{html}<div>{paragraphs()}</div>")
    assert (found.problem, found.text) == (None, "\n\n".join(PARAGRAPHS))
