"""Printed lines become paragraphs again."""

from __future__ import annotations

import pytest

from monitor.paragraphs import drop_headline, join_lines


@pytest.mark.parametrize(
    ("read", "joined"),
    [
        ("Pasar dibuka.\nRamai sejak pagi.", "Pasar dibuka. Ramai sejak pagi."),
        ("Judul Berita\n\nIsi dimulai.\n\nAlinea kedua.", "Judul Berita\n\nIsi dimulai.\n\nAlinea kedua."),
        ("dua dusun yang selama ini\n\nterpisah sungai.", "dua dusun yang selama ini terpisah sungai."),
        ("pem-\nbangunan jalan", "pembangunan jalan"),
        ("pem\u00ad\u2010\nba\u00adngunan jalan", "pembangunan jalan"),  # as browsers write PDF
        ("pada akhir halaman pem-\x0cbangunan jalan", "pada akhir halaman pembangunan jalan"),
        ("Dinas rata-\nrata menjawab", "Dinas rata-rata menjawab"),
        ("ibu-\n\nibunya datang", "ibu-ibunya datang"),
        ("warga berlari-\nlari", "warga berlari-lari"),
        ("air pasang ter-\ntera jelas", "air pasang tertera jelas"),
        ("Olak -\nwarga mengeluh", "Olak - warga mengeluh"),
        ("Selesai.\n\nyang ini tidak menyambung", "Selesai.\n\nyang ini tidak menyambung"),
        (
            "Jalan itu rusak sejak lama sekali\nkata warga.\nMenurut camat perbaikannya sudah\ndiusulkan.",
            "Jalan itu rusak sejak lama sekali kata warga.\n\nMenurut camat perbaikannya sudah diusulkan.",
        ),
        (" \n\n ", ""),
    ],
)
def test_lines_become_paragraphs(read: str, joined: str) -> None:
    assert join_lines(read) == joined


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Jembatan Olak Dibuka\n\nWarga senang.", "Warga senang."),
        ("WARTA, Senin\n\nJembatan 0lak\n\nDibuka\n\nWarga senang.", "WARTA, Senin\n\n\n\nWarga senang."),
        ("Jembatan\nOlak Dibuka\nLaporan Rina\n\nWarga senang.", "Laporan Rina\n\nWarga senang."),
        ("Jembatan Olak dibuka kemarin oleh camat.\n\nWarga senang.", None),
        ("Jembatan Olak Dibuka", None),
    ],
)
def test_the_headline_stands_apart_from_the_text(text: str, rest: str | None) -> None:
    assert drop_headline(text, "Jembatan Olak Dibuka") == (text if rest is None else rest)


def test_a_headline_goes_with_its_last_short_line() -> None:
    headline = "Jembatan Kampung Olak Putus, Warga Minta Camat Turun Tangan"
    read = "Jembatan Kampung Olak Putus,\nWarga Minta Camat Turun\nTangan\n\nOLAK - Jembatan itu putus."
    assert drop_headline(read, headline) == "OLAK - Jembatan itu putus."
