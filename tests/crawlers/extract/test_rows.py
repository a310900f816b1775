"""Rows of lists and tables in the midst of a text, and lines of several parts around it.

Every text is invented."""
# ruff: noqa: E501 - pages of HTML read better unbroken

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers.extract.page import Extraction, Page, extract_page

NOW = datetime(2025, 6, 11, 8, 0, tzinfo=UTC)
TITLE = "Perahu Penyeberangan ke Kampung Kenanga Berlayar Lagi"
LINES = (
    "KENANGA - Perahu penyeberangan ke Kampung Kenanga berlayar lagi setelah tiga bulan diperbaiki warga.",
    "Pemerintah kampung menanggung biaya solar, sedangkan tukang bekerja tanpa upah sampai selesai.",
    "Penumpang diminta datang lebih awal karena perahu hanya memuat dua puluh orang sekali jalan.",
)
DAY = "<p>Selasa, 3 Juni 2025 16:45 WIB</p>"


def read(top: str = DAY, between: str = "", foot: str = "", head: str = "") -> Extraction:
    first, *rest = (f"<p>{line}</p>" for line in LINES)
    page = f"<html lang=id><head><title>{TITLE}</title>{head}</head><body><h1>{TITLE}</h1>{top}<div class=teks>{first}{between}{''.join(rest)}{foot}</div></body></html>"
    return extract_page(Page("https://warta-contoh.example/baca/4711", page.encode(), "text/html", NOW))


@pytest.mark.parametrize(
    "row",
    [
        "Dermaga hulu, pukul 06.00 dan 16.00",
        "Dermaga hilir, 06.30 atau 17.15",
        "Loket, Senin sampai Kamis 08.00 - 15.30 WIB",
        "Gudang, buka 07.00 hingga 11.00",
    ],
)
def test_hours_in_a_row_are_no_date(row: str) -> None:
    assert row in read(between=f"<ul><li>{row}</li><li>Simpang masjid, pukul 17.00</li></ul>").text


def test_day_and_month_before_a_clock_are_a_date() -> None:
    line = "<div>Selasa, 03/06 - 16:45 WIB oleh Rina A</div>"
    assert read(top=f"<div>{LINES[0]}</div>{line}").text.split("\n\n") == list(LINES)


def test_figures_in_the_cells_of_a_table_are_text() -> None:
    cells = ("Tujuan", "Berangkat", "Tarif", "Kenanga", "09.00", "12.500", "Melati", "06.30 dan 13.00", "8.000")
    rows = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in cells[at : at + 3])}</tr>" for at in (0, 3, 6))
    assert read(between=f"<table>{rows}</table>").text.split("\n\n")[1:-2] == list(cells)


@pytest.mark.parametrize(
    "box",
    [
        "<div class=x1><b>Lihat juga</b><ul><li><a href=/b/2>Pawai Perahu Hias Meriahkan Tepian Kota</a><span class=d>3 minggu lalu</span></li></ul></div>",
        "<div class=x1><b>Simak berita lainnya</b><ul><li><a href=/b/2>Pawai Perahu Hias Meriahkan Tepian Kota</a></li></ul></div>",
        "<div class=x1><a href=/b/2>Pawai Perahu Hias Meriahkan Tepian Kota</a><div>2 jam yang lalu</div></div>",
    ],
)
def test_a_box_of_another_article_leaves_nothing_behind(box: str) -> None:
    assert read(between=box).text.split("\n\n") == list(LINES)


def test_a_line_with_day_and_name_below_the_lead_is_none_of_the_text() -> None:
    row = "<div>3 Juni 2025&nbsp;·&nbsp;2 menit&nbsp;·&nbsp;Rina Amelia&nbsp;|&nbsp;<a href=/ubah>Sarankan perubahan</a></div>"
    for head in ("", "<meta name=author content='Rina Amelia'>"):
        found = read(top=f"<div>{LINES[0]}</div>{row}", head=head)
        assert (found.byline, found.text.split("\n\n")) == ("Rina Amelia", list(LINES))


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("<font>Pasar | 03-06-2025 16:45:33 | Rina Amelia | dibaca: 827 kali</font>", "Rina Amelia"),
        ("<font>Rina Amelia | 03-06-2025 16:45:33 | Pasar | dibaca: 827 kali</font>", "Rina Amelia"),
        ("<font>rina | 03-06-2025 16:45:33 | Kabar Hulu</font>", "rina"),
        ("<font>Rina | 03-06-2025 16:45:33 | dibaca: 827 kali</font>", "Rina"),
    ],
)
def test_a_name_on_either_side_of_the_date(line: str, name: str) -> None:
    assert read(line).byline == name


def test_two_writers_that_machines_are_told_one_by_one() -> None:
    people = '<script type="application/ld+json">{"@type":"BlogPosting","author":[{"name":"Rina Amelia"},{"name":"Deni Saputra"}]}</script>'
    meta = "<meta property=article:author content='Rina Amelia'>"
    found = read(f"<div>Rina Amelia &amp; Deni Saputra</div>{DAY}", head=people + meta)
    assert found.byline == "Rina Amelia, Deni Saputra"


def test_an_outlet_that_is_told_as_the_writer_gives_way_however_its_name_is_spelt() -> None:
    told = '<meta property=og:site_name content="KabarKenanga.net"><script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Organization","name":"Kabar Kenanga"}}</script>'
    top = f"<div><a href=/>Kabar Kenanga</a></div>{DAY}"
    assert read(top, foot="<p>Reporter : Rina Amelia<br>Redaktur : Hadi</p>", head=told).byline == "Rina Amelia"
    assert read(top, head=told).byline == "Kabar Kenanga"


def test_a_body_that_is_told_as_the_writer_gives_way_to_a_person_named_behind_the_text() -> None:
    told = '<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Organization","name":"Grup Warta Tepian"}}</script>'
    top = f"<div><a href=/grup>Grup Warta Tepian</a></div>{DAY}"
    assert read(top, foot="<p>Penulis: Rina Amelia</p>", head=told).byline == "Rina Amelia"
    found = read(top, foot="<p>Editor: Hadi</p>", head=told)
    assert (found.byline, found.editor) == ("Grup Warta Tepian", "Hadi")
    assert read(top, head=told).byline == "Grup Warta Tepian"
    person = told.replace("Organization", "Person").replace("Grup Warta Tepian", "Deni Saputra")
    assert (
        read(f"<div>Deni Saputra</div>{DAY}", foot="<p>Penulis: Rina Amelia</p>", head=person).byline == "Deni Saputra"
    )
