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
