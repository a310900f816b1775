"""Text of pictures: lines become paragraphs again."""

from __future__ import annotations

import pytest

from monitor.scan import join_lines


@pytest.mark.parametrize(
    ("read", "joined"),
    [
        ("Pasar dibuka.\nRamai sejak pagi.", "Pasar dibuka. Ramai sejak pagi."),
        ("Judul Berita\n\nIsi dimulai.\n\nAlinea kedua.", "Judul Berita\n\nIsi dimulai.\n\nAlinea kedua."),
        ("dua dusun yang selama ini\n\nterpisah sungai.", "dua dusun yang selama ini terpisah sungai."),
        ("pem-\nbangunan jalan", "pembangunan jalan"),
        ("pada akhir halaman pem-\x0cbangunan jalan", "pada akhir halaman pembangunan jalan"),
        ("Selesai.\n\nyang ini tidak menyambung", "Selesai.\n\nyang ini tidak menyambung"),
        (" \n\n ", ""),
    ],
)
def test_lines_become_paragraphs(read: str, joined: str) -> None:
    assert join_lines(read) == joined
