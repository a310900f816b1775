"""Credits and furniture behind the text, as portals with several writers and many boxes print them.

Every text is invented."""
# ruff: noqa: E501 - pages of HTML read better unbroken

from __future__ import annotations

import json

import pytest

from tests.crawlers.extract.test_places import MORE
from tests.crawlers.extract.test_unseen import DAY, LINES, TITLE, read

HEAD = f"<h1>{TITLE}</h1>{DAY}"
TEXT = "\n\n".join(LINES)


def card(role: str, name: str) -> str:
    return f"<div class=sc-1><span class=sc-2>{role}</span><strong class=sc-3>{name}</strong></div>"


@pytest.mark.parametrize(
    ("cards", "byline", "editor"),
    [
        ([("Editor", "Hadi Wijaya"), ("Reporter", "Rina Amelia")], "Rina Amelia", "Hadi Wijaya"),
        ([("Editor", "Hadi Wijaya")], None, "Hadi Wijaya"),
        ([("Reporter", "Rina Amelia"), ("Reporter", "Budi Santoso")], "Rina Amelia, Budi Santoso", None),
        (
            [("Reporter", "Rina Amelia"), ("Fotografer", "Deni"), ("Reporter", "Budi Santoso")],
            "Rina Amelia, Budi Santoso",
            None,
        ),
    ],
)
def test_cards_behind_the_text_say_who_wrote(
    cards: list[tuple[str, str]], byline: str | None, editor: str | None
) -> None:
    rest = "".join(f"<p>{line}</p>" for line in MORE)
    found = read(HEAD, foot=f"{rest}</div><div class=sc-0>{''.join(card(*one) for one in cards)}")
    assert (found.byline, found.editor, found.text) == (byline, editor, "\n\n".join([TEXT, *MORE]))


def test_buttons_and_numbers_of_pages_do_not_hide_the_credits_behind_them() -> None:
    pages = "<div>ADVERTISEMENT</div><div><span>Halaman</span><ul><li>1</li><li>2</li><li>Next</li></ul></div>"
    more = (
        "<p>Silakan baca konten menarik lainnya dari Warta Contoh di <a href=https://news.example/>Google News</a></p>"
    )
    found = read(HEAD, foot=f"</div>{pages}{more}<div>Redaktur : Hadi Wijaya</div><div>Reporter : Rina Amelia</div>")
    assert (found.byline, found.editor, found.text) == ("Rina Amelia", "Hadi Wijaya", TEXT)


@pytest.mark.parametrize(
    "line",
    [
        "Simak berita lainnya di Warta Contoh lewat Google Berita.",
        "Silakan baca konten menarik lainnya dari Warta Contoh di Google News",
        "Gabung jadi anggota Warta dan baca tanpa gangguan",
        "Dibaca 1030 kali | <a href=#>Cetak</a> | Kirim ke teman",
    ],
)
def test_what_readers_may_do_next_is_no_part_of_the_text(line: str) -> None:
    assert read(HEAD, foot=f"<p>{line}</p>").text == TEXT


@pytest.mark.parametrize(
    ("authors", "byline"),
    [
        ([("Rina Amelia", "Penulis"), ("Hadi Wijaya", "Editor")], "Rina Amelia"),
        ([("Hadi Wijaya", "Editor")], "Hadi Wijaya"),  # who else should have written?
    ],
)
def test_an_editor_among_authors_by_his_trade_did_not_write(authors: list[tuple[str, str]], byline: str) -> None:
    people = [{"@type": "Person", "name": name, "jobTitle": job} for name, job in authors]
    data = {"@type": "NewsArticle", "headline": TITLE, "author": people}
    assert read(HEAD, head=f"<script type=application/ld+json>{json.dumps(data)}</script>").byline == byline


@pytest.mark.parametrize(
    "top",
    [
        f"<h1>{TITLE}</h1><div>Selasa, 3 Juni 2025 | 16:45 WIB | <a href=/amp/4711>Versi AMP</a></div>",
        f"<table><tr><td><b>Jadwal Kapal</b><br>Bahari Hulu 08.00<br></td><td>Selasa, 3 Juni 2025 16:45<br><b>{TITLE}</b></td></tr></table>",
    ],
)
def test_a_view_for_phones_and_a_timetable_beside_the_date_name_nobody(top: str) -> None:
    assert read(top).byline is None


ROWS = "<table><tr><th>Tanggal Kegiatan</th><td>Senin, 2 Juni 2025</td></tr><tr><th>Fotografer</th><td>Hadi Wijaya</td></tr>{}</table>"


@pytest.mark.parametrize(
    ("row", "byline"),
    [
        ("<tr><th>Penulis</th><td>Rina Amelia</td></tr>", "Rina Amelia"),
        ("<tr><th>Penulis</th><td>admin</td></tr>", None),
    ],
)
def test_a_table_behind_the_text_tells_when_it_was_published_and_who_wrote(row: str, byline: str | None) -> None:
    row += (
        "<tr><th>Diterbitkan</th><td>03-06-2025 16:45:12</td></tr><tr><th>Diubah</th><td>04-06-2025 08:00:00</td></tr>"
    )
    found = read(f"<h3>{TITLE}</h3>", foot=f"</div><div>{ROWS.format(row)}")
    assert (found.byline, found.text) == (byline, TEXT)
    assert found.published_at and found.published_at.isoformat() == "2025-06-03T16:45:12+07:00"


def test_a_teaser_behind_the_text_names_its_own_writer() -> None:
    other = "<h4><a href=/baca/4712>Pawai Perahu Hias Meriahkan Tepian Kota Kenanga</a></h4>"
    found = read(
        HEAD, foot=f"</div><div>{other}<p>Oleh Hadi Wijaya, Senin, 2 Juni 2025 | 16:45 WIB - Redaktur: Deni</p>"
    )
    assert (found.byline, found.editor) == (None, None)


@pytest.mark.parametrize(
    ("credits", "byline"),
    [
        ("<div><span>Oleh: <a href=#>Redaksi Warta</a></span> - <span>Editor: <a href=#>Hadi Wijaya</a></span> - <span>3 Jun 2025 - 16:45 WIB</span></div>", "Redaksi Warta"),
        ("<h4 class=post-author-name><a href=/author/rina>Rina Amelia</a>, <a href=/author/budi>Budi Santoso</a></h4>" + DAY, "Rina Amelia, Budi Santoso"),
        ("<a href=/penulis/rina><div><span>Rina Amelia</span><span>Reporter</span></div></a><a href=/penulis/budi><div><span>Budi Santoso</span><span>Reporter</span></div></a><a href=/penulis/hadi><div><span>Hadi Wijaya</span><span>Editor</span></div></a>" + DAY, "Rina Amelia, Budi Santoso"),
    ],
)  # fmt: skip
def test_all_writers_are_named_and_no_editor_among_them(credits: str, byline: str) -> None:
    assert read(f"<h1>{TITLE}</h1>{credits}").byline == byline


def test_the_channel_of_a_publisher_on_a_platform_gives_way_to_who_signs() -> None:
    head = "<link rel=canonical href=https://warta-contoh.example/wartahulu/dermaga-dibuka-292a97f2>"
    top = f"<h1>{TITLE}</h1><div><a href=/wartahulu><span class=author-name>Warta Hulu</span></a></div>{DAY}"
    assert read(top, head=head).byline == "Warta Hulu"
    assert read(top, head=head, foot="<p>(Rina Amelia)</p>").byline == "Rina Amelia"


@pytest.mark.parametrize(
    "box",
    [
        "<div class=cek-fakta><span>CEK FAKTA</span><p>Kabar dermaga ditutup setahun dipastikan keliru.</p></div>",
        "<div class=moduletable><h3>Berita Terhangat</h3><ul><li><a href=/1>Pawai Perahu Hias Meriahkan Tepian</a></li></ul></div>",
        "<div class=note><div>Tulisan ini gratis dibaca berkat dukungan pelanggan.</div></div>",
        "<b>Lihat video: Detik-detik Perahu Hias Dilepas</b>",
    ],
)
def test_a_box_of_something_else_is_no_part_of_the_text(box: str) -> None:
    more = "".join(f"<p>{line}</p>" for line in MORE)
    assert read(HEAD, foot=box + more).text == "\n\n".join([TEXT, *MORE])
