"""Shapes of pages met on sites without a recipe, one small page per fault that such a site once brought to light.

Every text is invented; furniture is what these systems print around an article."""
# ruff: noqa: E501 - pages of HTML read better unbroken

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers.extract.page import Extraction, Hints, Page, extract_page

NOW = datetime(2025, 6, 11, 8, 0, tzinfo=UTC)
TITLE = "Dermaga Kampung Kenanga Dibuka Kembali untuk Perahu Nelayan"
LINES = (
    "KENANGA, Warta Contoh - Dermaga kayu di Kampung Kenanga dibuka kembali setelah tiga bulan diperbaiki warga.",
    "Papan yang lapuk diganti satu per satu oleh kelompok nelayan dan pemuda setiap akhir pekan.",
    "“Sekarang perahu bisa merapat walau air surut,” kata Ketua Kelompok Nelayan, Wahid Ansari.",
    "Pemerintah kampung menanggung biaya kayu, sedangkan tukang bekerja tanpa upah sampai selesai.",
)
TEXT = "\n\n".join(LINES)
TEASER = "Puluhan perahu hias meramaikan pawai sungai yang digelar panitia pada akhir pekan ini di tepian kota."
OTHER = "Pawai Perahu Hias Meriahkan Tepian Kota"
FOOT = (
    "<div class=c><h4>Warta Contoh</h4><p>Warta Contoh adalah media daring yang menyajikan kabar secara lugas dan berimbang.</p></div>"
    "<div class=c><p>Kirimkan informasi menarik dari sekitar Anda ke nomor meja kami setiap hari kerja.</p></div>"
)
URL = "https://warta.example/baca/4711"


def read(body: str, head: str = "", url: str = URL) -> Extraction:
    page = f"<html lang=id><head>{head or f'<title>{TITLE} - Warta</title>'}</head><body>{body}</body></html>"
    return extract_page(Page(url, page.encode(), "text/html; charset=utf-8", NOW))


def paragraphs(between: str = "", tag: str = "p") -> str:
    rows = [f"<{tag}>{line}</{tag}>" for line in LINES]
    return "".join([*rows[:2], between, *rows[2:]])


CARDS = (
    "<ul class=posts>"
    + f"<li><a href=/a>{OTHER}</a><div class=e>{TEASER} <a href=/a>Lanjut</a></div></li>" * 3
    + "</ul>"
)
TOP = f"<h1>{TITLE}</h1><div>Oleh Deni Saputra | Selasa, 3 Juni 2025 16:45 WIB</div>"


@pytest.mark.parametrize(
    "body",
    [
        # a builder's box names around the text, much else beside it
        (f"<div class=builder-widget-wrap>{TOP}<div class='builder-widget builder-widget-theme-post-content'><div class=builder-widget-container>{paragraphs()}</div></div></div>"
         f"<div class=k>{f'<div class=c><a href=/a>{OTHER}</a><p>{TEASER}</p></div>' * 10}</div>"),
        # a short article and a long foot: no box holds nearly all sentences
        (f"<div class=main><div class=head>{TOP}</div><div class=teks>{paragraphs()}</div><div class=note>Tulis komentar dalam formulir berikut dengan bahasa yang santun</div></div>"
        f"<div class=x><h2>Agenda</h2><p>Belum ada agenda terdata untuk bulan ini, silakan periksa kembali.</p></div><ul>{f'<li><a href=/a>{OTHER}</a></li>' * 6}</ul>{FOOT}"),
        # headline and teaser of a card in one line, no class name that tells anything
        f"<div class=s1>{TOP}<div class=s1 id=a>{paragraphs(tag='div')}</div></div>"
         "<div class=s1>"
        + "".join(f"<div class=s1><a href=/{n}>{OTHER} {n}</a><span>{TEASER}</span></div>" for n in range(6))
        + "</div>",
        # cards amid the paragraphs
        f"{TOP}<div>{paragraphs(CARDS)}</div>",
        # a card that is one link, with the other article's first sentence
        f"{TOP}<div>{paragraphs(f'<figure><a href=/a><div>{OTHER}</div><div>{TEASER}</div></a></figure>')}</div>",
        # a line of the site's own above the text, which is no first paragraph
        f"{TOP}<div class=tts><p>Dengarkan berita ini dengan suara mesin.</p></div><div class=o><span>Tulisan ini tidak mewakili pandangan dari redaksi</span></div><div class=t>{paragraphs()}</div>",
        f"<header>{TOP}<p class=post-excerpt>Ringkasan singkat bagi pembaca surat pagi kami setiap hari.</p></header><section>{paragraphs()}</section>",
        # entries of a live page
        TOP
        + "".join(f"<div class=en><div class=h>16:4{n} WIB</div><div class=i><p>{p}</p></div></div>" for n, p in enumerate(LINES)),
        *(
            f"{TOP}<div>{paragraphs(f'<p>{line}</p>')}</div>"
            for line in (
                "Gulir ke bawah untuk lanjut membaca",
                "Ikuti kabar lain di saluran kami, <a href=#>klik di sini</a>",
                "Artikel ini merupakan tanggung jawab penulis dan bukan sikap pengelola.",
                "Situs ini memakai kuki untuk meningkatkan pengalaman Anda.",
                "Bersambung ke halaman berikutnya",
                "Langganan kabar kami tanpa biaya, klik tombol di pojok kanan bawah.",
                "Dukung jurnalisme warga dengan berdonasi melalui rekening meja kami",
            )
        ),
        # headlines without links below a heading, the article a second time for small screens
        f"{TOP}<div>{paragraphs(f'<p>BACA JUGA</p><p>- {OTHER}</p><p>- {OTHER} Lagi Tahun Ini</p>')}</div>",
        f"<div class=lebar>{TOP}<div>{paragraphs('<p>Harapan Warga</p>')}</div></div><div class=sempit><h2>{TITLE}</h2><div>{paragraphs('<p>Harapan Warga</p>')}</div></div>".replace("<p>Harapan Warga</p>", ""),
    ],
)  # fmt: skip
def test_nothing_but_the_article(body: str) -> None:
    found = read(body)
    assert found.problem is None, found.detail
    assert found.title == TITLE
    assert found.text == TEXT


@pytest.mark.parametrize(
    ("head", "body"),
    [
        # machines and the foot print the site's name; a label stands where the headline is looked for
        (
            "<title>Dinas Contoh Kabupaten Kenanga</title><meta property=og:title content='Dinas Contoh Kabupaten Kenanga'>",
            (f"<h2>Detail Berita</h2><div><img src=a.jpg><h3>{TITLE}</h3><ul><li>Selasa, 3 Juni 2025 | 16:45</li></ul>{paragraphs()}</div>"
             "<div class=f><h4>Dinas Contoh Kabupaten Kenanga</h4><p>Melayani warga dengan senyum sejak tahun dua ribu.</p></div>"),
        ),
        # a headline in a span, known by its id alone
        (
            "<title>Dinas Contoh - Detail Berita</title>",
            f"<div><span id=ctl00_lblJudul>{TITLE}</span><br><span id=ctl00_lblTanggal>3 Juni 2025 16:45</span><br><span>{'<br><br>'.join(LINES)}</span></div>",
        ),
        # made for search engines: what readers see is the headline
        (
            "<title>Kabar Terbaru yang Wajib Disimak</title><meta property=og:title content='Kabar Terbaru yang Wajib Disimak'>",
            f"<h1><span class=kicker>Kabar Kampung</span> {TITLE}</h1><p>3 Juni 2025 16:45</p>{paragraphs()}",
        ),
    ],
)  # fmt: skip
def test_the_headline_that_machines_are_not_told(head: str, body: str) -> None:
    found = read(body, head)
    assert (found.title, found.text) == (TITLE, TEXT)
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2025-06-03T16:45:00+07:00"


@pytest.mark.parametrize(
    ("head", "line", "expected"),
    [
        # local time written as if it were UTC; true UTC stays
        (
            "<meta property=article:published_time content='2025-06-03T16:45:00+00:00'>",
            "Selasa, 3 Juni 2025 16:45 WIB",
            "2025-06-03T16:45:00+07:00",
        ),
        (
            "<meta property=article:published_time content='2025-06-03T09:45:00+00:00'>",
            "Selasa, 3 Juni 2025 16:45 WIB",
            "2025-06-03T09:45:00+00:00",
        ),
        # what an element states for machines beats its print, whose order of day and month is another country's
        (
            "",
            "<span property=schema:dateCreated content='2025-06-03T09:45:00+00:00'>Tue, 06/03/2025 - 16:45</span>",
            "2025-06-03T09:45:00+00:00",
        ),
        (
            "",
            "<time itemprop=dateCreated datetime='2025-06-03T09:45:00+00:00'>3 Juni 2025</time> <time itemprop=dateModified datetime='2025-06-09T09:45:00+00:00'>9 Juni 2025</time>",
            "2025-06-03T09:45:00+00:00",
        ),
        ("", "Selasa/03 Juni 2025 jam 16:45 wib", "2025-06-03T16:45:00+07:00"),
        ("", "16:45 WIB, Selasa 3 Juni 2025 | Deni", "2025-06-03T16:45:00+07:00"),
    ],
)
def test_when_it_was_published(head: str, line: str, expected: str) -> None:
    found = read(f"<h1>{TITLE}</h1><p>{line}</p><div>{paragraphs()}</div>", f"<title>{TITLE}</title>{head}")
    assert found.published_at is not None
    assert found.published_at.isoformat() == expected
    assert found.text == TEXT


def test_a_number_at_the_head_of_the_headline_is_no_day_in_the_address() -> None:
    found = read(f"{TOP}{paragraphs()}", url="https://warta.example/2025/06/12-perahu-merapat-di-dermaga-kenanga/")
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2025-06-03T16:45:00+07:00"


def test_an_article_with_many_links_to_others_is_no_list() -> None:
    rows = "".join(
        f"<p>{line}</p>{f'<p><a href=/{n}>{OTHER} {n}</a></p>' if n % 2 else ''}" for n, line in enumerate(LINES * 2)
    )
    found = read(f"<h2>{TITLE}</h2><p>3 Juni 2025 16:45</p><div>{rows}</div>", "<title>Warta Contoh</title>")
    assert found.problem is None, found.detail


def test_the_last_page_of_an_article_is_read_where_the_first_had_its_text() -> None:
    def part(text: str) -> str:
        cards = f"<div class=card><h5><a href=/a>{OTHER}</a></h5><p>{TEASER}</p></div>" * 6
        return f"<div class=post>{TOP}<div class=desc>{text}</div></div><div class=row>{cards}</div>{FOOT}"

    first = read(part(paragraphs()))
    assert first.text == TEXT
    page = (
        f"<html lang=id><head><title>{TITLE}</title></head><body>{part('<p>Panitia menutup acara.</p>')}</body></html>"
    )
    last = extract_page(Page(f"{URL}/2", page.encode(), "text/html", NOW, Hints(place=first.place)))
    assert last.text == "Panitia menutup acara."


def test_a_portrait_with_a_word_on_the_writer_below_a_very_short_text() -> None:
    word = "<p>Menulis tentang sungai, perahu, dan kehidupan orang-orang di tepian sejak belasan tahun yang lalu.</p>"
    box = f"<div class=blog-author><img src=a.png><div class=media-body><h4>Deni Saputra</h4>{word}</div></div>"
    assert read(f"{TOP}<div class=tx><p>{LINES[0]}</p><p>{LINES[1]}</p></div>{box}").text == "\n\n".join(LINES[:2])


def test_an_endless_page_ends_with_its_own_article() -> None:
    own = f"<div class=art>{TOP}<div class=cnt>{paragraphs()}</div></div>"
    following = f"<div class=art><h1><a href=/a>{OTHER} Tahun Ini</a></h1><div>3 Jun 2025, 09:12</div><div class=cnt>{f'<p>{TEASER}</p>' * 3}</div></div>"
    assert read(own + following).text == TEXT


def test_an_endless_page_whose_next_articles_have_smaller_headlines() -> None:
    own = f"<div class='art first'>{TOP}<div class=cnt>{paragraphs()}</div></div>"
    following = f"<div class='art more'><h2>{OTHER} Tahun Ini</h2><div><span>Rina</span>, 3 Jun 2025 - 09:12</div><div class=cnt>{f'<p>{TEASER}</p>' * 6}</div></div>"
    assert read(own + following * 2).text == TEXT


def test_a_heading_amid_the_text_with_a_time_below_it_goes_on() -> None:
    schedule = "<h2>Jadwal Kegiatan Warga Kampung Kenanga</h2><p>Selasa, 3 Juni 2025 pukul 09.12 WIB di dermaga</p>"
    assert read(f"<div class=art>{TOP}<div class=cnt>{paragraphs(schedule)}</div></div>").text.endswith(LINES[3])


def test_the_clock_in_the_title_of_a_link() -> None:
    line = '<span>Posted on</span> <a href="/p" title="4:45 pm"><span class="entry-date">June 03, 2025</span></a>'
    found = read(f"<h1>{TITLE}</h1><div>{line}</div>{paragraphs()}")
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2025-06-03T16:45:00+07:00"


@pytest.mark.parametrize(
    "line",
    [
        "<p>3 Juni 2025 16:45 WIB | Deni Saputra</p>",
        "<p>Deni Saputra, Sel, 03 Jun 2025 16:45 WIB</p>",
        "<p class=info-baris><span>Deni Saputra</span> <time>3 Juni 2025 16:45</time></p>",
        "<address>Deni Saputra</address><time>3 Juni 2025 16:45</time>",
    ],
)
def test_a_name_without_a_label_beside_the_date(line: str) -> None:
    found = read(f"<h1>{TITLE}</h1>{line}<div>{paragraphs()}</div>")
    assert found.byline == "Deni Saputra"


def test_the_account_of_a_system_is_no_name() -> None:
    head = f"<title>{TITLE}</title><meta name=author content='Super User'>"
    body = f"<h1>{TITLE}</h1><p>3 Juni 2025 16:45</p><div>{paragraphs()}<p>(Deni Saputra)</p></div>"
    assert read(body, head).byline == "Deni Saputra"


def test_the_day_on_a_page_whose_months_are_of_another_language() -> None:
    rows = "".join(
        f"<p>Der Steg im Dorf wurde nach drei Monaten wieder für die Boote der Fischer geöffnet, Teil {n}.</p>"
        for n in range(6)
    )
    page = f"<html lang=de><head><title>Steg wieder offen für die Boote</title></head><body><article><h1>Steg wieder offen für die Boote</h1><p class=date>3. März 2025</p>{rows}</article></body></html>"
    found = extract_page(Page("https://zeitung.example/steg", page.encode(), "text/html", NOW))
    assert found.published_at is not None
    assert found.published_at.date().isoformat() == "2025-03-03"


def test_a_headline_with_a_colon_in_it_is_printed_whole() -> None:
    title = "Camat Kenanga : Perahu Kenanga Harus Merapat di Kenanga Dulu"
    head = f"<title>{title} – Kabar Uji Daerah</title>"
    url = "https://warta.example/camat-kenanga-perahu-kenanga-harus-merapat-di-kenanga-dulu/"
    page = read(f"<header><h1>{title}</h1></header><div class=entry>{paragraphs()}</div>", head, url)
    assert page.title == title
    assert page.text == TEXT


def test_a_past_hour_told_in_a_sentence_does_not_hide_the_date_below_the_text() -> None:
    told = "<p>Jembatan itu rusak diterjang kapal pada Rabu, 10 Maret 2021 pukul 06.00 WIB dan sejak itu ditutup bagi semua kendaraan.</p>"
    foot = '<footer><span>Published <time datetime="2025-03-21T09:16:53+07:00">March 21, 2025</time></span></footer>'
    page = read(
        f"<h1>{TITLE}</h1><div class=entry>{told}{paragraphs()}</div>{foot}",
        url="https://warta.example/2025/03/21/kapal/",
    )
    assert page.published_at == datetime(2025, 3, 21, 2, 16, 53, tzinfo=UTC)


def test_an_account_that_only_the_feed_names_is_no_author() -> None:
    body = f"<html lang=id><body><h1>{TITLE}</h1><div class=entry>{paragraphs()}</div></body></html>".encode()
    found = [
        extract_page(Page(URL, body, "text/html", NOW, Hints(TITLE, NOW, name, source="feed"))).byline
        for name in ("admin", "Rina Marlina")
    ]
    assert found == [None, "Rina Marlina"]
