"""What pages of home-made systems print of names, times and headlines, in forms that no recipe describes.

Every text is invented."""
# ruff: noqa: E501 - pages of HTML read better unbroken

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawlers.extract.page import Extraction, Hints, Page, extract_page
from crawlers.parts import Parts, build_whole

NOW = datetime(2025, 6, 11, 8, 0, tzinfo=UTC)  # 15.00 in Jakarta
TITLE = "Dermaga Kampung Kenanga Dibuka Kembali untuk Perahu Nelayan"
LINES = (
    "KENANGA - Dermaga kayu di Kampung Kenanga dibuka kembali setelah tiga bulan diperbaiki warga.",
    "Papan yang lapuk diganti satu per satu oleh kelompok nelayan dan pemuda setiap akhir pekan.",
    "Pemerintah kampung menanggung biaya kayu, sedangkan tukang bekerja tanpa upah sampai selesai.",
)
DAY = "<p>Selasa, 3 Juni 2025 16:45 WIB</p>"
NONE = Hints()
URL = "https://warta-contoh.example/baca/4711"


def read(top: str, foot: str = "", head: str = "", hints: Hints = NONE, url: str = URL) -> Extraction:
    text = "".join(f"<p>{line}</p>" for line in LINES)
    html = f"<html lang=id><head><title>{TITLE}</title>{head}</head><body>{top}<div class=teks>{text}{foot}</div></body></html>"
    return extract_page(Page(url, html.encode(), "text/html; charset=utf-8", NOW, hints))


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("<h5>Oleh : Rina Amelia <small>16:45 WIB, 3 Juni 2025</small></h5>", "Rina Amelia"),
        ("<div>Rina Amelia , Reporter</div>" + DAY, "Rina Amelia"),
        ("<div>Submitted by <b>rina</b> on Sel, 06/03/2025 - 16:45</div>" + DAY, "rina"),
        ("<address>Laporan Rina Amelia, Kenanga</address>" + DAY, "Rina Amelia"),
        (f"<div>Penulis: <b>Rina A.</b></div>{DAY}", "Rina A."),
        (f"<div>Oleh Rina Amelia, S.Sos.</div>{DAY}", "Rina Amelia, S.Sos."),
        ("<div><b>Rina Amelia, S.Sos</b><br>3-6-2025, 16:45</div>", "Rina Amelia, S.Sos"),
        (
            "<div>Rina Amelia - Warta</div><div><time title='Selasa, 3 Jun 2025 16:45 WIB'>8 hari lalu</time></div>",
            "Rina Amelia",
        ),
        # what stands behind a name: the day in English, how long ago, a counter, another label
        ("<div class=byline><h4 class=author-name>Rina Amelia</h4><div><time class=byline-date>Jun 03, 2025</time><span>— 3 min read</span></div></div>", "Rina Amelia"),
        ("<p><span>Rina Amelia</span> <span>1 minggu lalu</span> <span>Selasa, 3 Juni 2025 | 16:45 WIB</span></p>", "Rina Amelia"),
        ("<font>3 Jun 2025 16:45:12 WIB &nbsp; Oleh: <b>rina</b> &nbsp; Dibaca: 1016 kali</font>", "rina"),
        ("<p>03.06.2025, pukul 16.45 &mdash; teks: Rina Amelia, foto: Deni</p>", "Rina Amelia"),
        # glued to the next label, parted by a dot of another make; the place before a day, the name of a section
        ("<p><span>Tim Liputan: Rina dan Deni</span><span>Editor: Hadi</span></p><p>Kenanga, 03/06/25 16.45</p>", "Rina dan Deni"),
        ("<div><span>Rina Amelia</span> ● <span>Kenanga</span> <div>Tue, June 3, 2025 / 04:45 pm</div></div>", "Rina Amelia"),
        ("<p>Perigi, 03/06/25 16.45</p>", None),
        (f"<p>LAPORAN UTAMA</p>{DAY}", None),
        (f"<div><p class=writer-name>Rina Amelia</p><p class=writer-role>Wartawan Daerah</p></div>{DAY}", "Rina Amelia"),
        (f"<h4>Laporan RINA AMELIA, Kenanga <a href=mailto:r@a.example>r@a.example</a></h4>{DAY}", "RINA AMELIA"),
        (f"<p>Penulis: Kontributor</p>{DAY}", "Kontributor"),
        # a trade, a button, a date before the label, a card that leads to the writer's page
        (f"<div class=author-box><h4 class=author-box-name>Rina Amelia</h4><p>Penulis lepas.</p></div>{DAY}", "Rina Amelia"),
        (f"<div class=meta-author><a href=/author/rina>Rina Amelia</a></div><div class=author-mail><a href='mailto:a@b.example'>Surati kami</a></div>{DAY}", "Rina Amelia"),
        ("<p>Diterbitkan 3 Juni 2025 16:45 WIB oleh Rina Amelia</p>", "Rina Amelia"),
        (f"<div><a href=/user/711>Rina Amelia</a> <span>Penjelajah</span></div>{DAY}", "Rina Amelia"),
        (f"<div><a href=https://www.youtube.com/user/warta>Warta Contoh</a></div>{DAY}", None),
        (f"<div>Oleh <a href=/x>Rina Amelia</a><span>, Kelana Muda</span></div>{DAY}", "Rina Amelia, Kelana Muda"),
        (f"<p class=meta><span class=meta-a>Last updated: 3 Juni 2025 18:00</span> <span class=meta-b>By <a href=/x>Tim Redaksi</a></span></p>{DAY}", "Tim Redaksi"),
        (f"<div><p>Ilustrasi. Foto: Istimewa/Warta</p></div>{DAY}", None),
        # a row of a table, a term and its meaning
        (f"<table><tr><td>Reporter</td><td>:</td><td>Rina Amelia</td></tr><tr><td>Editor</td><td>:</td><td>Hadi</td></tr></table>{DAY}", "Rina Amelia"),
        (f"<dl><dt>Penulis</dt><dd>Rina Amelia</dd></dl>{DAY}", "Rina Amelia"),
        ("<p>Diposting pada: 3 Juni 2025 jam 16:45</p>", None),
        ("<p><span>KENANGA</span> <span>Selasa, 3 Juni 2025 16:45 WIB</span></p>", None),  # where the text was written
    ],
)  # fmt: skip
def test_names_as_home_made_systems_print_them(line: str, name: str | None) -> None:
    assert read(f"<h1>{TITLE}</h1>{line}").byline == name


def test_an_account_in_its_own_box_behind_the_text_is_the_name_that_a_feed_tells_too() -> None:
    foot = '</div><footer><span class="byline">{line}</span></footer><div>'
    page = f"<h1>{TITLE}</h1>{DAY}"
    assert read(page, foot=foot.format(line="By <a href=/author/rina rel=author>rina</a>")).byline == "rina"
    assert read(page, foot=foot.format(line="By rina"), hints=Hints(byline="rina", source="feed")).byline == "rina"
    assert read(page, foot=foot.format(line="By admin")).byline == "admin"


def test_what_a_menu_leads_to_is_no_name() -> None:
    menu = "<div><a href=/desa>Desa Kita</a> <a href=/pasar>Pasar</a></div>"
    row = "<p><span>Desa Kita</span> <span>Selasa, 3 Juni 2025 16:45 WIB</span></p>"
    assert read(f"{menu}<h1>{TITLE}</h1>{row}").byline is None


def test_a_name_that_readers_see_wins_over_an_account_that_only_machines_are_told() -> None:
    row = "<ul><li><a href=#>Rian Saputra</a></li><li>03/06/2025 16:45</li></ul>"
    meta = '<meta name="author" content="Kenanga">'
    assert read(f"<h1>{TITLE}</h1>{row}", head=meta).byline == "Rian Saputra"
    assert read(f"<h1>{TITLE}</h1>{DAY}", head=meta).byline == "Kenanga"


@pytest.mark.parametrize(
    ("end", "top", "name"),
    [
        ("<p>(adi)</p>", DAY, "adi"),
        ("<p>(mad/laras)</p>", DAY, "mad/laras"),
        ("<p>***(Zul)</p>", DAY, "Zul"),
        ("<p>(rls/inf)</p>", DAY, None),
        ("<p>(adi)</p>", f"<div>Penulis: Redaksi</div>{DAY}", "Redaksi"),
        ("<p>Laporan: Rina Amelia | Editor: Hadi</p>", f"<div class=byline><span>Redaksi Warta</span></div>{DAY}", "Rina Amelia"),
        ("<p>(Warta.com)</p>", DAY, None),
        ("<p>Rep: Rina</p><p>Red: Hadi</p>", DAY, "Rina"),
        ("<p>Kegiatan berakhir menjelang petang. (Penulis: Rn/Ed: hs)</p>", DAY, "Rn"),
        ("<p>Diposting oleh Rina A.</p>", DAY, "Rina A."),
    ],
)  # fmt: skip
def test_who_signs_behind_the_text(end: str, top: str, name: str | None) -> None:
    assert read(f"<h1>{TITLE}</h1>{top}", end).byline == name


@pytest.mark.parametrize("account", ["Redaksi Warta", "wartacontoh"])
def test_the_last_of_several_pages_says_who_wrote(account: str) -> None:
    parts = Parts()
    for foot in ("", "<p>Laporan: Rina Amelia</p>"):
        parts.found.append(read(f"<h1>{TITLE}</h1><div class=byline><span>{account}</span></div>{DAY}", foot))
    assert build_whole(parts).byline == "Rina Amelia"


CLOCK = "<header><a href=/>Warta</a><span>Rabu, 11 Jun 2025 15:00 WIB</span></header>"
LOCAL = datetime(2025, 6, 3, 9, 45, tzinfo=UTC)


@pytest.mark.parametrize(
    ("top", "head", "said", "url"),
    [
        # the server's clock above, and a line that names no zone
        (f"{CLOCK}<main><h1>{TITLE}</h1><div>3 Jun 2025, 16:45</div></main>", "", None, URL),
        # the same of a server whose clock is not ours
        (f"{CLOCK.replace('15:00', '11:00')}<main><h1>{TITLE}</h1><div>3 Jun 2025, 16:45</div></main>", "", None, URL),
        # the clock behind a label of its own
        (f"<h1>{TITLE}</h1><dl><dt>Tanggal</dt><dd>3 Juni 2025</dd><dt>Waktu</dt><dd>16.45 WIB</dd></dl>", "", None, URL),
        # the clock in the next line's first part
        (f"<h1>{TITLE}</h1><div><span class=tanggal>3 Juni 2025</span><span>16.45 WIB</span><span>Penulis Rina</span></div>", "", None, URL),
        # an element that states in UTC, without saying so, what it shows its readers
        (f"<h1>{TITLE}</h1><time datetime=2025-06-03T09:45:00>Selasa, 3 Jun 2025, 16:45 WIB</time>", "", None, URL),
        # the exact time in a title or for scripts, under words that readers see
        (f"<h1>{TITLE}</h1><time title='Selasa, 3 Jun 2025 16:45 WIB'>8 hari lalu</time>", "", None, URL),
        (f"<h1>{TITLE}</h1><p><span d-time=1748943900>8 hari lalu</span></p>", "", None, URL),
        # a feed that says the time of the visit
        (f"<h1>{TITLE}</h1><p>Terbit: 03-Jun-2025 16:45 WIB<br>Diperbarui: 11-Jun-2025 14:58 WIB</p>", "", NOW, URL),
        (f"<h1>{TITLE}</h1><p>7 hari lalu</p>", "", NOW, "https://warta.example/desa/20250603164500-711/dermaga"),
        # a feed that tells the local time as if it were UTC
        (f"<h1>{TITLE}</h1>{DAY}", "", LOCAL + timedelta(hours=7), URL),
        # a feed that knows no more than the day
        (f"<h1>{TITLE}</h1>{DAY}", "", datetime(2025, 6, 2, 17, 0, tzinfo=UTC), URL),
        # a machine's claim of a minute ago, and a printed time of this morning
        (f"<h1>{TITLE}</h1><p>Selasa, 3 Juni 2025 16.45 WIB</p>", f'<meta property="article:published_time" content="{NOW.isoformat()}">', None, URL),
    ],
)  # fmt: skip
def test_the_time_of_the_visit_is_not_when_it_was_published(
    top: str, head: str, said: datetime | None, url: str
) -> None:
    hints = Hints(published_at=said, source="feed") if said else NONE
    found = read(top, head=head, hints=hints, url=url)
    assert found.published_at == LOCAL, found.fields


def test_the_date_in_a_sentence_on_the_text_behind_it() -> None:
    told = "<p><small>Tulisan ini dipublikasikan pada Selasa, 3 Juni 2025 pada 16:45 dan disimpan pada kategori <a href=/k>Desa</a>. Anda dapat mengikuti semua tanggapan lewat <a href=/f>umpan</a>.</small></p>"
    found = read(f"<h1>{TITLE}</h1>", told)
    assert (found.published_at, found.text) == (LOCAL, "\n\n".join(LINES))
    short = "<p>Ulang bait</p>" * 7 + "<p>3 Juni 2025 pada 16:45</p>"  # behind lines that are no sentences
    assert read(f"<h1>{TITLE}</h1>", short).published_at == LOCAL


def test_when_it_was_changed_is_better_than_nothing() -> None:
    hints = Hints(published_at=NOW - timedelta(hours=3), source="feed", vague=True)
    assert read(f"<h1>{TITLE}</h1>{DAY}", hints=hints).published_at == LOCAL
    assert read(f"<h1>{TITLE}</h1>", hints=hints).published_at == NOW - timedelta(hours=3)


def test_a_headline_broken_in_two_lines() -> None:
    first, second = TITLE[:23], TITLE[24:]
    head = f"<title>{TITLE} | Warta</title>"
    html = f"{head}<h1>{first}<br>{second}</h1>{DAY}" + "".join(f"<p>{line}" for line in LINES)
    found = extract_page(Page(URL, html.encode(), "text/html", NOW))
    assert (found.title, found.text) == (TITLE, "\n\n".join(LINES))
    html = f"{head}<h1>{TITLE}<br><small>Catatan dari lapangan</small></h1>{DAY}" + "".join(
        f"<p>{line}" for line in LINES
    )
    assert extract_page(Page(URL, html.encode(), "text/html", NOW)).title == TITLE


def test_a_kicker_in_the_heading_is_no_part_of_a_headline_that_stands_alone() -> None:
    head = f"<title>Sorotan {TITLE}</title><meta property=og:title content='{TITLE}'>"
    html = f"{head}<h1>Sorotan<br>{TITLE}</h1>{DAY}" + "".join(f"<p>{line}" for line in LINES)
    assert extract_page(Page(URL, html.encode(), "text/html", NOW)).title == TITLE


def test_the_name_of_the_site_in_large_print_is_no_headline() -> None:
    html = f"<title>Warta Contoh - Portal Kabar</title><h1>Warta Contoh</h1><h3>{TITLE}</h3>{DAY}" + "".join(
        f"<p>{line}" for line in LINES
    )
    assert extract_page(Page(URL, html.encode(), "text/html", NOW)).title == TITLE


def test_a_heading_with_the_name_of_the_host_is_no_headline() -> None:
    html = f"<title>Warta Contoh</title><h1>Warta Contoh</h1><h2>{TITLE}</h2>{DAY}" + "".join(
        f"<p>{line}" for line in LINES
    )
    assert extract_page(Page(URL, html.encode(), "text/html", NOW)).title == TITLE
