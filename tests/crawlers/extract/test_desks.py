"""Pages as larger desks and blogs print them: labels, cards and credits around a text, and inserts amid it.

Every text is invented."""
# ruff: noqa: E501 - pages of HTML read better unbroken

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawlers.extract.page import Extraction, Hints, Page, extract_page
from crawlers.parts import Parts, build_whole

NOW = datetime(2025, 6, 11, 8, 0, tzinfo=UTC)  # 15.00 in Jakarta
LOCAL = datetime(2025, 6, 3, 9, 45, tzinfo=UTC)
TITLE = "Dermaga Kampung Kenanga Dibuka Kembali untuk Perahu Nelayan"
LINES = (
    "Dermaga kayu di Kampung Kenanga dibuka kembali setelah tiga bulan diperbaiki warga.",
    "Papan yang lapuk diganti satu per satu oleh kelompok nelayan dan pemuda setiap akhir pekan.",
    "Pemerintah kampung menanggung biaya kayu, sedangkan tukang bekerja tanpa upah sampai selesai.",
)
TEXT = "\n\n".join(LINES)
DAY = "<p>Selasa, 3 Juni 2025 16:45 WIB</p>"
OTHER = "<a href=/lain/1>Pawai Perahu Hias Meriahkan Tepian Kota</a>"
URL = "https://warta-contoh.example/baca/4711"


def read(body: str, head: str = f"<title>{TITLE}</title>", url: str = URL, place: str = "") -> Extraction:
    page = f"<html lang=id><head>{head}</head><body>{body}</body></html>"
    return extract_page(Page(url, page.encode(), "text/html; charset=utf-8", NOW, Hints(place=place)))


def text(*between: str, tag: str = "p") -> str:
    """Paragraphs in a box, each followed by what is given for it."""
    rows = zip(LINES, [*between, *[""] * len(LINES)], strict=False)
    return "<div class=teks>" + "".join(f"<{tag}>{line}</{tag}>{more}" for line, more in rows) + "</div>"


@pytest.mark.parametrize("label", ["FOTO", "Video", "Infografis", "LIVE"])
def test_a_label_in_an_element_of_its_own_is_no_part_of_the_headline(label: str) -> None:
    body = f"<h1><span class=lbl>{label}</span> {TITLE}</h1>{DAY}{text()}"
    assert read(body, f"<title>{label}: {TITLE}</title>").title == TITLE
    assert read(body, f"<title>{TITLE}</title>").title == TITLE


def test_a_headline_whose_first_word_is_in_print_of_its_own_stays_whole() -> None:
    body = f"<h1><em>Dermaga</em> {TITLE.removeprefix('Dermaga ')}</h1>{DAY}{text()}"
    assert read(body).title == TITLE


def test_paragraphs_in_small_headings() -> None:
    found = read(f"<font size=5><b>{TITLE}</b></font>{DAY}{text(tag='h5')}")
    assert (found.text, found.problem) == (TEXT, None)


def test_a_dateline_before_the_box_of_the_text_is_its_beginning() -> None:
    found = read(f"<h1>{TITLE}</h1>{DAY}<div class=x><strong>Hulu, Kabar Kenanga</strong> -- {text()}</div>")
    assert found.text == f"Hulu, Kabar Kenanga -- {TEXT}"
    assert read(f"<h1>{TITLE}</h1>{DAY}<div class=x><strong>Bagikan</strong> {text()}</div>").text == TEXT


@pytest.mark.parametrize(
    "mark",
    [
        "<p>[adinserter block=&#8221;2&#8243;]</p>",
        "<p>[embedyt] https://video.example/watch?v=abc[/embedyt]</p>",
        "<p>[the_ad_group]</p>",
        "<p><i>*Ringkasan ini dibantu dengan menggunakan AI</i></p>",
        "<p>Ikuti terus berita terkini dari Warta Contoh melalui aplikasi Telegram dan pastikan notifikasi menyala.</p>",
        "<blockquote class=twitter-tweet><p>Suasana di lokasi pagi ini, warga sudah berkumpul sejak subuh.</p>&mdash; Info (@info) <a href=/x>June 3, 2025</a></blockquote>",
        "<blockquote class=tiktok-embed><section><a href=/w>@warga</a><p>Begini keadaan terkini di kampung kami.</p></section></blockquote>",
        "<div class=pullquote>Papan yang lapuk diganti satu per satu oleh kelompok nelayan dan pemuda.</div>",
        "<div class=donasi-kotak><p>Media ini hidup dari pembaca. Traktir kami kopi agar liputan terus berjalan.</p></div>",
        "<p>Komentar dinonaktifkan pada Dermaga Kampung Kenanga Dibuka Kembali</p>",
        "<ul><li>Penulis : Rina Amelia</li><li>Sumber foto : Warga</li></ul>",
        "<div><h5>Pilihan lain</h5><div><div class=k><a href=/a><b>Pawai perahu hias di tepian kota</b></a><p>Puluhan perahu hias lewat.</p></div></div></div>",
        "<section class=diskusi><h4>Diskusi (2)</h4><p>Saya tinggal tak jauh dari sana, memang benar begitu keadaannya.</p></section>",
    ],
)
def test_what_is_none_of_the_text(mark: str) -> None:
    assert read(f"<h1>{TITLE}</h1>{DAY}{text(mark, mark)}").text == TEXT
    assert read(f"<h1>{TITLE}</h1>{DAY}{text()}{mark}").text == TEXT


def test_a_short_line_between_what_leads_away_and_where_the_text_goes_on() -> None:
    short = "“Papannya sudah aman,” pintanya."
    insert = f"<div class=petik><div>BACA JUGA</div>{OTHER}</div><p>{short}</p><div>Loading...</div>"
    assert read(f"<h1>{TITLE}</h1>{DAY}{text('', insert)}").text == "\n\n".join([*LINES[:2], short, LINES[2]])


def test_the_next_page_has_its_text_where_the_first_one_had_it_though_that_has_no_name() -> None:
    top = f"<h1>{TITLE}</h1>{DAY}<div class=isi><article>"
    first = read(f"{top}{''.join(f'<p>{line}</p>' for line in LINES)}</article></div>")
    rows = "<p>Tiga hal diminta warga.</p><ul><li>Papan nama di ujung dermaga</li><li>Lampu di tangga</li></ul>"
    second = read(
        f"{top}{rows}</article><div>Silakan masuk untuk berkomentar</div></div>", url=f"{URL}/2", place=first.place
    )
    whole = build_whole(Parts([], [first, second]))
    assert whole.text.endswith("Tiga hal diminta warga.\n\nPapan nama di ujung dermaga\n\nLampu di tangga")


@pytest.mark.parametrize(
    ("before", "behind", "name"),
    [
        # a desk behind the name, cells of a table behind the text
        (DAY, "<b>Laporan : Rina Amelia (Biro Hulu)</b>", "Rina Amelia"),
        (DAY, "<table><tr><td>Penulis</td><td>:</td><td>Rina Amelia</td></tr><tr><td>Editor</td><td>:</td><td>Deni</td></tr></table>", "Rina Amelia"),
        # who put it online is not who wrote it, where both are told
        ("<div>Dikirim oleh <span>humas_hulu</span> pada Sel, 03/06/2025 - 16:45</div>", "<div><div>Penulis:</div><div>Rina Amelia</div></div>", "Rina Amelia"),
        ("<div>oleh <a href=/author/hulu rel=author>wartahulu</a></div>" + DAY, "<p><b>Penulis : Rina Amelia</b></p>", "Rina Amelia"),
        ("<div>oleh <a href=/author/hulu rel=author>wartahulu</a></div>" + DAY, "", "wartahulu"),
        # no names: a month in a box of its own, a phrase beside the date, what the time is of
        ("<div><span>3</span> <span>Jun</span> <span>2025</span></div>", "", None),
        (f"<div>Catatan dari lapangan</div>{DAY}", "", None),
        ("<p>Dikabarkan Rina Amelia, 03-06-2025 16:45</p>", "", "Rina Amelia"),
        ("<p>Dilaporkan Rina Amelia</p>" + DAY, "", "Rina Amelia"),
        ("<p>Selasa, 3 Juni 2025 16:45 (GMT+7) · Rina Amelia</p>", "", "Rina Amelia"),
        ("<div>by <a href=/p>Rina Amelia</a> / in <a href=/s>Hulu</a> / 3rd June 2025, 04:45 PM</div>", "", "Rina Amelia"),
        ("<p>Pub. 3 Jun 2025, 16.45 · Upd. 4 Jun 2025, 08.00 · <a href=/p/a>Rina Amelia</a>, Jurnalis</p>", "", "Rina Amelia"),
    ],
)  # fmt: skip
def test_names(before: str, behind: str, name: str | None) -> None:
    head = f'<title>{TITLE}</title><script type="application/ld+json">{{"@type":"NewsArticle","author":{{"name":"Admin"}}}}</script>'
    found = read(f"<h1>{TITLE}</h1>{before}{text()}{behind}", head if "table" in behind else f"<title>{TITLE}</title>")
    assert found.byline == name
    assert found.text == TEXT


def test_the_name_of_the_outlet_and_the_day_above_a_page_tell_of_no_writer() -> None:
    above = "<ul><li><a href=/>Warta Hulu</a></li><li>Rabu, 11 Juni 2025</li></ul>"
    found = read(f"{above}<h1>{TITLE}</h1>{DAY}<div><span>Ditulis oleh</span> <a href=/r>Redaksi</a></div>{text()}")
    assert found.byline == "Redaksi"
    assert read(f"{above}<h1>{TITLE}</h1>{DAY}{text()}").byline is None


def test_the_clock_in_the_line_behind_the_text_that_says_who_wrote() -> None:
    day = "<div class=kotak><span>3</span> <span>Jun</span> <span>2025</span></div>"
    found = read(f"{day}<h2>{TITLE}</h2>{text()}<div>Ditulis Rina pukul 16:45 &middot; <a href=#>0 komentar</a></div>")
    assert (found.published_at, found.byline) == (LOCAL, "Rina")
    told = read(f"{day}<h2>{TITLE}</h2>{text()}<p>Rapat warga berikutnya dimulai pukul 16:45 di balai kampung.</p>")
    assert told.published_at == LOCAL - timedelta(hours=16, minutes=45), "an hour in a sentence is none of publication"


def test_the_rest_of_a_text_that_a_button_opens() -> None:
    rest = "<button>Baca Selengkapnya</button><div id=selengkapnya style='display: none'><p>Peresmian digelar pekan depan.</p><p>Semua warga diundang ke dermaga.</p></div>"
    found = read(f"<h1>{TITLE}</h1>{DAY}<div class=lembar>{text()}{rest}</div>")
    assert found.text == f"{TEXT}\n\nPeresmian digelar pekan depan.\n\nSemua warga diundang ke dermaga."
    other = rest.replace("id=selengkapnya", "class=terjemahan")
    assert read(f"<h1>{TITLE}</h1>{DAY}<div class=lembar>{text()}{other}</div>").text == TEXT


@pytest.mark.parametrize("word", ["Dimutakhirkan", "Revisi terakhir:", "Disunting"])
def test_when_it_was_brought_up_to_date_is_not_when_it_was_published(word: str) -> None:
    line = f"<p>{word} 4 Jun 2025 08.00 WIB &mdash; Rilis 3 Jun 2025 16.45 WIB</p>"
    assert read(f"<h1>{TITLE}</h1>{line}{text()}").published_at == LOCAL


@pytest.mark.parametrize("line", ["Selasa, 3/6 - 16:45 WIB oleh Rina", "3/6 | 16.45", "3/6, pukul 16.45 WIB"])
def test_a_day_and_month_in_numbers_without_the_year(line: str) -> None:
    assert read(f"<h1>{TITLE}</h1><p>{line}</p>{text()}").published_at == LOCAL
    later = line.replace("3/6", "3/12")  # of the year before
    found = read(f"<h1>{TITLE}</h1><p>{later}</p>{text()}").published_at
    assert found == datetime(2024, 12, 3, 9, 45, tzinfo=UTC)


def test_when_a_film_was_put_up_that_is_called_as_the_page_is() -> None:
    data = '<script type="application/ld+json">{"@type":"VideoObject","name":"%s","uploadDate":"2025-06-03T16:45:00+07:00"}</script>'
    body = f"<h1>{TITLE}</h1><div>412 x ditonton · 8 hari lalu</div>{text()}"
    assert read(body, f"<title>{TITLE} - Layar</title>{data % TITLE}").published_at == LOCAL
    assert read(body, f"<title>{TITLE} - Layar</title>{data % 'Cuplikan Pawai Perahu'}").published_at != LOCAL
