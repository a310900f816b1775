"""Names with the place that somebody writes from, in forms that several papers use; and what is none of a page's names.

Every text is invented."""
# ruff: noqa: E501 - pages of HTML read better unbroken

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawlers.extract.fragment import sort_fragment
from crawlers.extract.page import Hints, Page, extract_page
from crawlers.extract.paging import find_next_page
from tests.crawlers.extract.test_unseen import DAY, LINES, LOCAL, NOW, TITLE, URL, read

HEAD = f"<h1>{TITLE}</h1>"
TEXT = "\n\n".join(LINES)
MORE = (
    "Kepala kampung berharap kapal barang dapat bersandar lagi sebelum musim angin utara tiba.",
    "Selama ini warga menurunkan muatan di tepi sungai dan memikulnya sampai ke pasar.",
    "Pengurus dermaga akan memungut iuran kecil untuk merawat papan dan tangga.",
)


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
        ("Reporter: Via Amelia", "Via Amelia"),
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


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Laporan Rina Amelia dari Hulu Raya", "Rina Amelia"),
        ("Laporan Rina Amelia dari Hulu (tim/ed)", "Rina Amelia"),
        ("Reporter Rina Amelia | Editor Hadi | Foto: Dok. Warta", "Rina Amelia"),
        ("Rina Amelia / Jurnalis", "Rina Amelia"),
    ],
)
def test_who_closes_a_text_is_no_part_of_it(line: str, name: str) -> None:
    found = read(f"{HEAD}{DAY}", foot=f"<p align=right><b>{line}</b></p>")
    assert (found.byline, found.text) == (name, TEXT)


@pytest.mark.parametrize(
    ("top", "name"),
    [
        ("<div class=k>(Rina Amelia, Wartawan Utama)</div><div>3 Juni 2025 16:45 WIB &middot; Hukum</div>", "Rina Amelia"),
        ("<div>3 Juni 2025 16:45 WIB &middot; Agama</div>", None),
        (f"<div><div><b>Rina Amelia</b> <i>Reporter</i></div><div><b>Rio</b> <i>Fotografer</i></div></div>{DAY}", "Rina Amelia"),
        (f"<div><div><b>Rio Febrian</b> <i>Fotografer</i></div></div>{DAY}", None),
        ("<div>Tim Warta, Jurnalis<b>·</b>3 Juni 2025 16:45 WIB</div><div><span>Sebar lewat Line</span></div>", "Tim Warta"),
        ("<div><b>Rina Amelia</b> , Warta Contoh TV<b>·</b>3 Juni 2025 16:45 WIB</div>", "Rina Amelia"),
    ],
)  # fmt: skip
def test_what_stands_beside_a_name_in_cards_and_lines(top: str, name: str | None) -> None:
    assert read(f"{HEAD}{top}", head='<meta property="og:site_name" content="Warta Contoh">').byline == name


def test_a_press_office_gives_way_to_who_signs() -> None:
    office = f"{HEAD}<div class=byline>by <a href=/author/h>Humas Polres Hulu</a></div>{DAY}"
    assert read(office, foot="<p><strong>Penulis: Bripda Rina Amelia</strong></p>").byline == "Bripda Rina Amelia"
    assert read(office, foot="<p>(Aiptu Rina Amelia, Sihumas)</p>").byline == "Aiptu Rina Amelia"
    assert read(office).byline == "Humas Polres Hulu"
    assert read(office, foot="<p>(Humas)</p>").byline == "Humas Polres Hulu"
    parts = office.replace("Humas Polres", "Parmas KPU")
    assert read(parts, foot="<p>(Parmas)</p>").byline == "Parmas KPU Hulu"


def test_an_author_that_a_graph_tells_by_its_address() -> None:
    graph = [
        {"@type": "NewsArticle", "headline": TITLE, "author": {"@id": "#rina"}},
        {"@type": "Person", "@id": "#rina", "name": "Rina Amelia"},
    ]
    told = f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'
    assert read(f"{HEAD}{DAY}", head=told).byline == "Rina Amelia"


@pytest.mark.parametrize(
    "box",
    [
        "<div class=ts-live-updates><h4>Pantauan Langsung</h4><ul><li><b>15.02</b> Rombongan tiba di posko liputan.</li></ul></div>",
        "<div><strong>Bacaan Sejalan:</strong><ul><li><a href=/lain/2>Pawai Perahu Hias Meriahkan Kota Lama</a></li></ul></div>",
        "<div><p>Baca Tulisan Lain:<br><a href=/lain/2>Pawai Perahu Hias Meriahkan Kota Lama</a></p></div>",
        "<div class=kuis-wc><p>Kuis: Apa nama sungai terdalam di negeri ini?</p><button>A</button></div>",
        "<details><summary>Transkrip rekaman</summary><p>Halo, malam ini kita bahas hal lain sama sekali ya.</p></details>",
        "<p align=center><small>-- ruang promosi, hubungi pengelola --</small></p>",
        "<div class=simak-video><p><b>Simak Video Pilihan di Bawah Ini:</b></p><div>Resep Asam Pedas, Gurihnya Meresap</div></div>",
        "<div class=detads><small>geser layar ke atas untuk lanjut</small></div>",
        "<section class=vc_cta3-container><h2>Kopi untuk Redaksi</h2><p>Satu gelas dari Anda menyalakan satu liputan lagi.</p></section>",
    ],
)
def test_boxes_amid_the_text_are_no_part_of_it(box: str) -> None:
    lines = "".join(f"<p>{line}</p>{box if at == 1 else ''}" for at, line in enumerate((*LINES, *MORE)))
    html = f"<html lang=id><title>{TITLE}</title><body>{HEAD}{DAY}<div class=teks>{lines}</div></body></html>"
    found = extract_page(Page(URL, html.encode(), "text/html; charset=utf-8", NOW))
    assert found.text == "\n\n".join((*LINES, *MORE))


def test_a_headline_below_the_site_s_name_in_large_print() -> None:
    lines = "".join(f"<p>{line}</p>" for line in LINES)
    top = f"<div><h1>Warta Hulu Kita</h1></div><h4><a href=/baca/4711>{TITLE}</a></h4>{DAY}"
    html = f"<html><title>Warta Hulu Kita - {TITLE}</title><body>{top}<div class=border>{lines}</div></body></html>"
    answers = "<h4>Tanggapan Saudara</h4><div><b>Ujang</b> pada Jun 4, 2025 - 23:03<br>Mantap, moga jangan cuma hangat di awal saja.</div>"
    found = extract_page(
        Page(URL, html.replace("</body>", f"{answers}</body>").encode(), "text/html; charset=utf-8", NOW)
    )
    assert (found.title, found.text) == (TITLE, TEXT)
