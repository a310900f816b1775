"""Names with the place that somebody writes from, in forms that several papers use; and what is none of a page's names.

Every text is invented."""
# ruff: noqa: E501 - pages of HTML read better unbroken

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawlers.extract.fragment import sort_fragment
from crawlers.extract.page import Hints, Page, extract_page
from crawlers.extract.paging import find_next_page
from tests.crawlers.extract.test_unseen import DAY, LINES, LOCAL, NOW, TITLE, URL, read

HEAD = f"<h1>{TITLE}</h1>"
TEXT = "\n\n".join(LINES)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Kontributor Hulu: Rina Amelia", "Rina Amelia"),
        ("Kontributor Hulu, Rina Amelia", "Rina Amelia"),
        ("Laporan Kontributor Hulu, Rina Amelia", "Rina Amelia"),
        ("Laporan: Rina, Hulu", "Rina"),
        ("Laporan RINA AMELIA, Hulu Raya", "RINA AMELIA"),
        ("Kontributor: Rina Amelia, S.Sos", "Rina Amelia, S.Sos"),
        ("Reporter: Rina Amelia, Budi Santoso", "Rina Amelia, Budi Santoso"),
        ("Liputan Rina Amelia", "Rina Amelia"),
        ("Naskah: Rina Amelia | Foto: Deni", "Rina Amelia"),
        ("Oleh : dr. Rina Amelia, M.Kes", "dr. Rina Amelia, M.Kes"),
        ("Diposting oleh: Admin Perpus 2025-06-03 16:45:12 508 kali dilihat", "Admin Perpus"),
    ],
)
def test_the_place_of_a_writer_is_no_part_of_the_name(line: str, name: str) -> None:
    assert read(f"{HEAD}{DAY}", foot=f"<p><b>{line}</b></p>").byline == name
    assert read(f"{HEAD}{DAY}<div>{line}</div>").byline == name


@pytest.mark.parametrize(
    "menu",
    [
        "<div>Rabu, 11 Juni 2025 | <a href=/news/index>Indeks</a> | <a href=/kontak>Kontak</a></div>",
        "<ul><li><a href=/berita>Berita</a></li><li><a href=/content/profil>Profil</a></li></ul>",
        "<div><a href=/halaman/profil-kampung>Profil Kampung</a></div>",
    ],
)
def test_what_the_frame_of_a_page_leads_to_is_no_writer(menu: str) -> None:
    assert read(f"{menu}{HEAD}<p>3 Juni 2025 16:45 WIB</p>").byline is None


def test_a_team_says_less_than_a_name_behind_the_text() -> None:
    team = f"{HEAD}<div class=byline>Tim Warta Contoh</div>{DAY}"
    assert read(team, foot="<p>Reporter: Rina Amelia</p>").byline == "Rina Amelia"
    assert read(team).byline == "Tim Warta Contoh"


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("Tue, 06/03/2025 - 16:45", 3),  # an English weekday tells which number is the month
        ("Tuesday, 03/06/2025 16:45", 3),
        (
            "Fri, 06/03/2025 - 16:45",
            None,
        ),  # it fits the usual reading: the 6th of March was no Friday, nor the 3rd of June
        ("Selasa, 06/03/2025 16:45", None),  # Indonesian ones are wrong too often
    ],
)
def test_the_weekday_tells_which_number_is_the_month(printed: str, day: int | None) -> None:
    at = read(f"{HEAD}<div>Submitted by admin on {printed}</div>").published_at
    assert at == (LOCAL if day else datetime(2025, 3, 6, 9, 45, tzinfo=UTC))


def test_the_time_that_a_content_system_marks_in_the_text_is_read() -> None:
    marked = '<span property="dc:date dc:created" content="2025-06-03T16:45:12+07:00">Tue, 06/03/2025 - 16:45</span>'
    assert read(f"{HEAD}<div>{marked}</div>").published_at == LOCAL + timedelta(seconds=12)


@pytest.mark.parametrize(
    "pulled",
    [
        f"<blockquote class=pull>{LINES[1][:70]}<cite>— Warga</cite></blockquote>",
        f"<blockquote><p>“{LINES[1]}”</p></blockquote>",
    ],
)
def test_a_quotation_in_large_print_is_read_once(pulled: str) -> None:
    lines = "".join(f"<p>{line}</p>" for line in LINES)
    html = f"<html lang=id><title>{TITLE}</title><body>{HEAD}{DAY}<div class=teks>{pulled}{lines}</div></body></html>"
    assert extract_page(Page(URL, html.encode(), "text/html; charset=utf-8", NOW)).text == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "Seluruh isi berita menjadi tanggung jawab narasumber yang dikutip.",
        "Type your email… Langganan gratis",
        "Daftar Isi",
    ],
)
def test_what_a_site_says_of_itself_is_no_text(line: str) -> None:
    assert read(f"{HEAD}{DAY}", foot=f"<p>{line}</p>").text == TEXT


def test_boxes_of_other_articles_are_left_out_of_what_a_feed_carries() -> None:
    other = "<div class=related-sec><h4>Jangan Sampai Terlewat Hari Ini</h4><a href=/lain>Pawai Perahu Hias Meriahkan Kota Lama</a></div>"
    latest = "<ul class=wp-block-latest-posts><li><a href=/x>Harga Ikan Turun di Pasar Kenanga</a><time>January 24, 2026</time></li></ul>"
    body = "".join(f"<p>{line}</p>" for line in LINES)
    lines, _ = sort_fragment(f"{body}{other}{latest}", (), TITLE, (), ())
    assert lines.text == list(LINES)
    whole = f"<div class=entry-content>{body}</div>"
    assert sort_fragment(whole, (), TITLE, (), ())[0].text == list(LINES)


@pytest.mark.parametrize(("here", "onward"), [("", "/15"), ("/15", "/30"), ("/30", None)])
def test_pages_counted_by_paragraphs_lead_on(here: str, onward: str | None) -> None:
    base = "https://kabar.example/read/665362/panen-raya"
    links = "".join(f'<a href="{base}{end}">{page}</a>' for page, end in enumerate(("", "/15", "/30"), 1))
    assert find_next_page(LexborHTMLParser(links), base + here) == (base + onward if onward else None, False)


def test_a_feed_s_hint_does_not_hide_the_reporter() -> None:
    found = read(
        f"{HEAD}{DAY}", foot="<p>Kontributor Hulu: Rina Amelia</p>", hints=Hints(byline="admin", source="feed")
    )
    assert found.byline == "Rina Amelia"


def test_a_headline_before_the_label_of_a_desk_is_no_name() -> None:
    title = "Wakil Bupati Lepas Peserta Gowes Santai"
    page = f"<html lang=id><title>{title} - Warta Contoh</title><body><h1>{title}</h1><ul><li>Tim Liputan</li><li>3 Juni 2025 16:45 WIB</li></ul>"
    html = page + "".join(f"<p>{line}</p>" for line in LINES)
    assert extract_page(Page(URL, html.encode(), "text/html; charset=utf-8", NOW)).byline == "Tim Liputan"
