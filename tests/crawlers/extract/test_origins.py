"""One article from feed, REST and page; accounts, marks of paid content and captions."""
# ruff: noqa: E501 - pages of HTML read better unbroken

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.extract.page import Hints, Page, extract_page
from tests.crawlers.extract.invented import FIRST, JSON_LD, NOW, PARAGRAPHS, TITLE, paragraphs, read


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
