"""Who speaks where somebody asks and the other answers, by what trade "menurut" names, and what points back to whom.

All passages are invented.
"""

from __future__ import annotations

import pytest

from tests.nlp.conftest import OURS, Tag

# passage, then the speaker of each quotation
CASES = {
    "who was asked by somebody answers": (
        "“Obatnya gratis,” kata Kepala Puskesmas Suryani. Seorang ibu lantas bertanya apakah kartu keluarga wajib dibawa. “Tidak wajib,” jawabnya, “cukup KTP.”",  # noqa: E501
        ["Suryani", "Suryani", "Suryani"],
    ),
    "who was asked by name answers": (
        "Kepala Bidang Jalan Hendra Gultom memaparkan rencana pengaspalan. Rosmini, seorang pedagang, bertanya kapan lorong pasar mendapat giliran. “Habis Lebaran,” jawabnya.",  # noqa: E501
        ["Hendra Gultom"],
    ),
    "who asks in return": (
        "Lurah Paimin hanya tersenyum. Ia balik bertanya. “Memangnya sudah ada yang mau pindah?” jawabnya.",
        ["Paimin"],
    ),
    "who is asked asks nobody": (
        "Rosmini bertanya kapan lorong pasar mendapat giliran. “Kami sudah menunggu dua tahun,” katanya.",
        ["Rosmini"],
    ),
    "a trade that is told from": (
        "Pasar itu, menurut sejarawan Universitas Lancang Rimba, Fadhil Rahman, berdiri sebelum masjid. “Tapi naskahnya hilang,” ia mengingatkan.",  # noqa: E501
        ["Fadhil Rahman"],
    ),
    "a trade alone that is told from": (
        "Kepala Desa Amat Yani menutup rapat. Jalan itu, menurut warga, sudah dua kali ambles. “Tahun ini kita perbaiki,” janjinya.",  # noqa: E501
        ["Amat Yani"],
    ),
    "tears are somebody's": (
        "Air mata Lestari Wulandari jatuh begitu namanya dipanggil. “Ini untuk Ibu,” kata dara kelahiran Muara Rimba, 21 tahun lalu itu.",  # noqa: E501
        ["Lestari Wulandari"],
    ),
    "whom an office offers something": (
        "“Guru itu bukan pangkat,” kata Buya Marzuki. Dinas Pendidikan pernah menawari Marzuki honor. Ia menolak. “Nanti mengajar jadi dagang,” ujarnya.",  # noqa: E501
        ["Marzuki", "Marzuki"],
    ),
    "whom an office offers something behind another's words": (
        "“Guru itu bukan pangkat,” kata Buya Marzuki.\n\n“Istilahnya tua,” kata peneliti Gustian Ramli. Dinas Pendidikan pernah menawari Marzuki honor. Ia menolak. “Nanti mengajar jadi dagang,” ujarnya.",  # noqa: E501
        ["Marzuki", "Gustian Ramli", "Marzuki"],
    ),
    "a man of some age": (
        "Tekad Wagino tidak surut. “Saya tanam lagi,” kata petani asal Sungai Raya, 54 tahun, itu.",
        ["Wagino"],
    ),
    "a colleague is of the same trade": (
        "Anggota Komisi IV Nelson Manalu geram. “Panggil kepala dinasnya,” tegas dia.\n\nRekannya, Fitri Handayani, lebih lunak. “Kita dengar dulu,” kata politikus perempuan itu.",  # noqa: E501
        ["Nelson Manalu", "Fitri Handayani"],
    ),
}


@pytest.mark.parametrize(("passage", "speakers"), CASES.values(), ids=CASES.keys())
def test_who_speaks(tag: Tag, passage: str, speakers: list[str]) -> None:
    found = tag(f"{passage}\n\n{OURS}")
    assert [quote.speaker for quote in found.quotes] == speakers
