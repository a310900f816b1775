"""Pages of portals and content systems as they commonly are: their names, clocks, teasers and boxes amid the text.

Every text is invented."""
# ruff: noqa: E501 - pages of HTML read better unbroken

from __future__ import annotations

import json

import pytest

from crawlers.extract.page import Hints, Page, extract_page
from tests.crawlers.extract.test_unseen import DAY, LINES, LOCAL, NOW, TITLE, URL, read

HEAD = f"<h1>{TITLE}</h1>"
OTHER = "<a href=/lain/2>Pawai Perahu Hias Meriahkan Kota Lama</a>"
TEXT = "\n\n".join(LINES)


@pytest.mark.parametrize(
    ("top", "foot", "head", "name"),
    [
        # the account of the site in its box, and the writer behind the text
        (f"<div class=byline>oleh <span class=author><span>adminweb</span></span></div>{DAY}", "<p><b>Penulis: Rina Amelia</b></p>", "", "Rina Amelia"),
        (DAY, "<div>Redaktur &amp; Reporter : <b>Rina Amelia</b></div>", "", "Rina Amelia"),
        (f"<div>Penulis/Editor: Rina Amelia</div>{DAY}", "", "", "Rina Amelia"),
        (DAY, "<p><i>Laporan: <b>Rina Amelia</b> (Kenanga)</i></p>", "", "Rina Amelia"),
        (f"<div>Laporan Wartawan Warta Contoh, Rina Amelia</div>{DAY}", "", f"<title>{TITLE} - Warta Contoh</title>", "Rina Amelia"),
        (f"<div>Laporan Wartawan Wartacontoh.com, Rina Amelia</div>{DAY}", "", "", "Rina Amelia"),
        # cards with the name above what somebody is
        (f"<div><div>Rina Amelia</div><div>Penulis</div><div>Deni Kurnia</div><div>Editor</div></div>{DAY}", "", "", "Rina Amelia"),
        (f"<div>Rina Amelia<span>Penulis</span></div><div>Deni Kurnia<span>Editor</span></div>{DAY}", "", "", "Rina Amelia"),
        (f"<div><div>Penulis</div><div>Rina Amelia</div><div>Editor</div><div>Deni Kurnia</div></div>{DAY}", "", "", "Rina Amelia"),
        ("<div>Rina Amelia, Jurnalis<b>·</b>Selasa 3 Juni 2025 16:45 WIB</div>", "", "", "Rina Amelia"),
        ("<p>Ditulis pada 3 Juni 2025, 16.45 WIB oleh Rina Amelia di kategori <a href=/k>Desa</a></p>", "", "", "Rina Amelia"),
        # what stands between the name and the clock tells the rest of the time
        ("<table><tr><td>Selasa, 3 Juni 2025<td>Pukul<td>16:45<td>Rina Amelia</table>", "", "", "Rina Amelia"),
        ("<ul><li>Rina Amelia<li>Selasa<li>3 Juni 2025<li>16:45 WIB</ul>", "", "", "Rina Amelia"),
        ("<p>Rina Amelia • 3 Jun, 16:45 WIB</p>", "", "", "Rina Amelia"),
        ("<div>By Rina Amelia On <b>Jun 03, 2025</b> <i>04:45 PM</i></div>", "", "", "Rina Amelia"),
        ("<div>Submitted by <span>operator</span> on Sel, 03/06/2025 - 16:45</div>", "", "", "operator"),
        ("<div><span class=tanggal>3 Juni 2025</span><span>16.45 WIB</span><span>Penulis Rina Amelia</span></div>", "", "", "Rina Amelia"),
        ("<div>Oleh <span>operator</span>, <span>Sel, 03/06/2025 - 16:45</span></div>", "", "", "operator"),
        ("<dl><dd>Ditulis oleh: <span>Admin Perpus</span></dd><dd>Ditayangkan: 3 Juni 2025 16:45</dd></dl>", "", "", "Admin Perpus"),
    ],
)  # fmt: skip
def test_names_as_systems_print_them(top: str, foot: str, head: str, name: str) -> None:
    html = f"<html lang=id><head>{head or f'<title>{TITLE}</title>'}</head><body>{HEAD}{top}<div class=teks>{''.join(f'<p>{line}</p>' for line in LINES)}{foot}</div></body></html>"
    found = extract_page(Page(URL, html.encode(), "text/html; charset=utf-8", NOW))
    assert (found.byline, found.published_at, found.text) == (name, LOCAL, TEXT)


@pytest.mark.parametrize("clock", ["16:45 WIB", "16.45 WIB", "Pukul 16.45", "| 16:45 WIB"])
def test_a_clock_alone_is_that_of_the_day_in_the_address(clock: str) -> None:
    url = "https://warta-contoh.example/2025/06/03/dermaga-kampung-kenanga"
    assert read(f"{HEAD}<div><span>{clock}</span></div>", url=url).published_at == LOCAL
    film = read(f"{HEAD}<div><span>02:10</span></div>", url=url).published_at
    assert film and film.hour == 0, "how long a film runs"


def test_a_teaser_that_runs_on_into_the_second_paragraph() -> None:
    teaser = " ".join(TEXT.split()[:20])
    assert read(f"{HEAD}{DAY}<p class=lead>{teaser}</p>").text == TEXT


def test_a_caption_in_a_span_without_a_box_of_its_own() -> None:
    found = read(f"{HEAD}{DAY}", "", "")
    html = f"<h1>{TITLE}</h1>{DAY}<div><img src=a.jpg><span class='caption text-muted'>Perahu di tepi sungai.</span>{''.join(f'<p>{line}</p>' for line in LINES)}</div>"
    shown = extract_page(Page(URL, html.encode(), "text/html", NOW))
    assert (shown.text, shown.captions) == (found.text, ("Perahu di tepi sungai.",))


def test_short_paragraphs_go_on_behind_a_box_of_links() -> None:
    last = "Warga menyambutnya dengan kenduri di dermaga itu."
    box = f"<p><b>BACA JUGA:</b></p><div class=bacajuga><ul><li>{OTHER}</li></ul></div>"
    assert read(f"{HEAD}{DAY}", f"{box}<p>{last}</p>").text == f"{TEXT}\n\n{last}"
    bare = f"<p><b>Pilihan Redaksi</b></p><ul><li>{OTHER}</li></ul>"
    assert read(f"{HEAD}{DAY}", f"{bare}<p>{last}</p>").text == f"{TEXT}\n\n{last}"


@pytest.mark.parametrize(
    "keys",
    [
        {"tanggal_terbit": "2025-06-03 16:45:00", "tanggal": "2025-06-01"},
        {"tglTayang": "2025-06-03 16:45:00", "status_publish": "1", "created_at": "2025-06-02T01:00:00Z"},
        {"is_published": True, "publishDate": "2025-06-03T09:45:00Z", "updated_at": "2025-06-05T01:00:00Z"},
        {"published": True, "createdAt": "2025-06-03T09:45:00Z"},
    ],
)
def test_data_under_keys_of_whatever_system(keys: dict[str, object]) -> None:
    story = {"judul": TITLE, "isi": "".join(f"<p>{line}</p>" for line in LINES), "penulis": {"nama": "Rina Amelia"}}
    data = json.dumps({"props": {"pageProps": {"berita": {**story, **keys}}}})
    html = f"<html lang=id><div id=__next>Memuat...</div><script id=__NEXT_DATA__ type=application/json>{data}</script>"
    found = extract_page(Page(URL, html.encode(), "text/html", NOW))
    assert (found.title, found.text, found.byline) == (TITLE, TEXT, "Rina Amelia")
    assert found.published_at == LOCAL


@pytest.mark.parametrize("script", ["data-livestamp={unix}", "data-bs-original-title='Selasa, 3 Juni 2025 16:45'", "data-published='2025-06-03 16:45:00'"])  # fmt: skip
def test_a_date_that_only_scripts_show(script: str) -> None:
    stamp = script.format(unix=int(LOCAL.timestamp()))
    assert read(f"{HEAD}<p>Rina Amelia, <span {stamp}>minggu lalu</span></p>").published_at == LOCAL


def test_a_day_without_its_year_is_the_last_such() -> None:
    assert read(f"{HEAD}<p>12 Des, 10:15 WIB</p>").published_at == LOCAL.replace(2024, 12, 12, 3, 15)
    assert read(f"{HEAD}<p>12 Des 10.15 malam acara dimulai di balai kampung kami</p>").published_at is None


def test_what_the_list_prints_serves_where_the_page_tells_less() -> None:
    listed = Hints(listed_at=LOCAL)
    assert read(HEAD, hints=listed).published_at == LOCAL
    assert read(f"{HEAD}<p>3 Juni 2025</p>", hints=listed).published_at == LOCAL
    other = read(f"{HEAD}<p>2 Juni 2025</p>", hints=listed).published_at
    assert other and other.day == 2, "the date beside the link may be another article's"
    assert read(f"{HEAD}<p>2 Juni 2025 16:45 WIB</p>", hints=listed).published_at == LOCAL.replace(day=2)


@pytest.mark.parametrize("carried", ["<div data-react-props='{}'></div>", "<script>window.__STATE__={};(function(){{}}())</script>"])  # fmt: skip
def test_data_in_scripts_and_attributes_of_a_page_without_text(carried: str) -> None:
    body = "".join(f"<p>{line}</p>" for line in LINES)
    story = {"headline": TITLE, "body": body, "publishedAt": LOCAL.isoformat(), "author": {"fullName": "Rina Amelia"}}
    data = json.dumps({"page": {"article": story}}).replace("'", "&#39;")
    page = Page(URL, f"<html lang=id><title>Warta</title>{carried.format(data)}".encode(), "text/html", NOW)
    found = extract_page(page)
    assert (found.title, found.text, found.byline, found.published_at) == (TITLE, TEXT, "Rina Amelia", LOCAL)


@pytest.mark.parametrize(
    "foot",
    [
        "<p>Bagikan artikel ini kepada teman dan keluarga jika dirasa berguna.</p>",
        "<p>Dapatkan kabar terbaru setiap hari dengan mengikuti akun media sosial kami.</p>",
        "<p>Konten ini dilindungi undang-undang. Dilarang menyalin tanpa izin.</p>",
        "<p>Komentar sepenuhnya menjadi tanggung jawab pembaca sebagaimana diatur undang-undang.</p>",
        "<div class=poling><h4>Jajak Pendapat</h4><p>Apakah pembaca setuju dengan rencana itu?</p></div>",
        "<div class=video-box><p>Video: Suasana pagi di dermaga yang ramai oleh warga.</p></div>",
    ],
)
def test_what_pages_ask_of_their_readers_is_no_text(foot: str) -> None:
    assert read(f"{HEAD}{DAY}", foot).text == TEXT
    told = "<p>Komentar camat itu menjadi tanggung jawab pribadi, ujar sekretaris kampung kepada wartawan.</p>"
    assert read(f"{HEAD}{DAY}", told).text.endswith("kepada wartawan.")


def test_a_picture_s_credit_that_opens_the_text_is_its_caption() -> None:
    caption = "Warga menepuk beduk di dermaga baru itu. (Ist)"
    found = read(f"{HEAD}{DAY}<p><span>{caption}</span></p>")
    assert (found.text, found.captions) == (TEXT, (caption,))
