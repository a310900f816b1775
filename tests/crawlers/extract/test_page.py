"""Extraction of a page: the whole text, who wrote it, when, and nothing else."""
# ruff: noqa: E501 - pages of HTML read better unbroken

from __future__ import annotations

import pytest

from tests.crawlers.extract.invented import AROUND, BODIES, FIRST, JSON_LD, PARAGRAPHS, TITLE, paragraphs, read


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("body", BODIES)
def test_any_layout_gives_the_whole_text_and_nothing_else(body: str, around: str) -> None:
    head = f"<h1>{TITLE}</h1><div><span>Oleh Deni Saputra</span> | <span>Selasa, 03 Juni 2025 16:45 WIB</span></div>"
    inner = AROUND[around].format(head + BODIES[body])
    found = read(f"<html lang=id><head><title>{TITLE} - Warta</title></head><body>{inner}</body></html>")
    assert found.problem is None, found.detail
    assert found.title == TITLE
    assert found.text.split() == " ".join(PARAGRAPHS).split()
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2025-06-03T16:45:00+07:00"
    assert found.byline == "Deni Saputra"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        # the date of the visit on top, another place's credit above the headline, the true line below it
        (
            (
                "<div>Rabu, 11 Juni 2025 | 15:00 WIB</div><ul><li><a href=/>Beranda</a></li></ul>"
                "<ul><li>- Oleh MC KOTA LAIN</li><li>- Rabu, 11 Juni 2025 | 15:00 WIB</li></ul>"
                f"<h2>{TITLE}</h2><p>Oleh MC MELATI, Selasa, 3 Juni 2025 | 16:45 WIB - Redaktur: Budi - 120</p>"
            ),
            ("2025-06-03T16:45:00+07:00", "MC MELATI", "Budi"),
        ),
        (
            f"<font size=1>Selasa, 3 Juni 2025 16:45</font><br><font size=4><b>{TITLE}</b></font><br>",
            ("2025-06-03T16:45:00+07:00", None, None),
        ),
        (
            f"<h1>{TITLE}</h1><ul><li>Deni Saputra</li><li>3 Juni 2025</li><li>16:45</li></ul>",
            ("2025-06-03T16:45:00+07:00", "Deni Saputra", None),
        ),
        (
            f"<h1>{TITLE}</h1><div>Penulis: Deni Saputra | Editor: Sari | 03/06/2025, 16:45 WIB Diperbarui 04/06/2025, 09:00 WIB</div>",
            ("2025-06-03T16:45:00+07:00", "Deni Saputra", "Sari"),
        ),
        (
            f"<h1>{TITLE}</h1><time datetime='2025-06-03T09:45:00Z'>3 Juni</time><a rel=author class=author>Deni</a>",
            ("2025-06-03T09:45:00+00:00", None, None),
        ),
        (f"<h1>{TITLE}</h1><div>2 hari lalu</div>", ("2025-06-09T00:00:00+07:00", None, None)),
    ],
)
def test_the_line_of_publication(head: str, expected: tuple[str, str | None, str | None]) -> None:
    found = read(
        f"<html lang=id><head><title>{TITLE}</title></head><body>{head}<div>{paragraphs()}</div></body></html>"
    )
    assert found.title == TITLE
    assert found.published_at is not None
    assert (found.published_at.isoformat(), found.byline, found.editor) == expected
    assert found.text.startswith("MELATI, Warta Contoh")


@pytest.mark.parametrize(
    ("stated", "url", "printed", "expected", "source"),
    [
        ("2025-06-03T09:45:00Z", "/berita/1/a", "", "2025-06-03T09:45:00+00:00", "json-ld"),
        ("2025-06-03 16:45:00", "/berita/1/a", "", "2025-06-03T16:45:00+07:00", "json-ld"),
        ("2025-06-03", "/berita/1/a", "Selasa, 3 Juni 2025 16:45 WIB", "2025-06-03T16:45:00+07:00", "text"),
        # the day in the address beats what contradicts it
        (
            "2025-06-09T09:45:00Z",
            "/2025/06/03/a/",
            "Selasa, 3 Juni 2025 16:45 WIB",
            "2025-06-03T16:45:00+07:00",
            "text",
        ),
        ("2025-06-09T09:45:00Z", "/2025/06/03/a/", "", "2025-06-03T00:00:00+07:00", "url"),
        # a server that states its clock
        ("2025-06-11T08:00:00Z", "/berita/1/a", "Selasa, 3 Juni 2025 16:45 WIB", "2025-06-03T16:45:00+07:00", "text"),
    ],
)
def test_dates_that_disagree(stated: str, url: str, printed: str, expected: str, source: str) -> None:
    html = f"<html lang=id><head><title>{TITLE}</title>{JSON_LD % (TITLE, stated, 'Deni')}</head><body><h1>{TITLE}</h1><p>{printed}</p><div>{paragraphs()}</div>"
    found = read(html, f"https://warta.example{url}")
    assert found.published_at is not None
    assert (found.published_at.isoformat(), found.fields["published_at"]) == (expected, source)


def test_the_day_of_an_event_is_no_date_of_publication() -> None:
    event = '<script type="application/ld+json">{"@type":"Event","startDate":"2025-06-20T09:00:00+07:00"}</script>'
    found = read(f"<html lang=id><title>{TITLE}</title>{event}<body><h1>{TITLE}</h1><div>{paragraphs()}</div>")
    assert found.published_at is not None
    assert (found.published_at.isoformat(), found.fields["published_at"]) == ("2025-06-03T00:00:00+07:00", "text")


def test_a_bold_opening_behind_an_image_is_text() -> None:
    html = f"<html lang=id><title>{TITLE}</title><body><h1>{TITLE}</h1><p>3 Juni 2025 16:45 WIB</p><img src=1.jpg><div><p><b>{FIRST}</b></p>{paragraphs()[len(FIRST) + 7 :]}</div>"
    assert read(html).text.startswith(FIRST)


@pytest.mark.parametrize(
    "sentence",
    [
        "Tagihan listrik pelanggan rumah tangga di kampung itu naik dua kali lipat bulan lalu.",
        "Cookies buatan siswa kejuruan laku keras di bazar sekolah akhir pekan kemarin.",
        "Ikuti lomba menulis itu, pelajar diminta mengirim naskah lewat media sosial panitia.",
        "Berita sebelumnya menyebut jembatan itu akan selesai pada akhir tahun anggaran.",
        "Hak cipta lagu daerah itu kini didaftarkan oleh sanggar seni kampung.",
    ],
)
def test_sentences_that_begin_like_furniture_stay(sentence: str) -> None:
    html = f"<html lang=id><title>{TITLE}</title><body><h1>{TITLE}</h1><p>3 Juni 2025 16:45 WIB</p><div>{paragraphs(extra=f'<p>{sentence}</p>')}</div>"
    assert sentence in read(html).text
