"""Who speaks where the subject is only something of theirs, a group around them, or what a paragraph before began with.
All passages are invented.
"""

from __future__ import annotations

import pytest

from tests.nlp.conftest import OURS, Tag

# passage, then the speaker of each quotation
CASES = {
    "a party of travellers": (
        "Rombongan Wahyuni tiba dari Bukittinggi dengan tiga bus. Yang paling diingatnya justru antrean.\n\n“Pintunya tiga, yang dibuka satu,” keluh perempuan 39 tahun itu kepada Kabar Contoh.",  # noqa: E501
        ["Wahyuni"],
    ),
    "a family": (
        "Keluarga Sutarno mengungsi dari Dumai sejak Kamis. Rumahnya terendam.\n\n“Kasur kami hanyut,” tutur lelaki 52 tahun itu.",  # noqa: E501
        ["Sutarno"],
    ),
    "a team": ("Regu Marlina pulang dari Padang tanpa piala. “Kami kurang latihan,” ujarnya.", ["Marlina"]),
    "a group while somebody speaks": (
        "“Pupuk belum datang,” kata Harun.\n\nRombongan Mekar tiba dari Januari. “Kami tunggu saja,” ujarnya.",
        ["Harun", "Harun"],
    ),
    "a group with a body's name": (
        "“Pupuk belum datang,” kata Harun.\n\nKelompok Tani Mekar Jaya menanam sejak Januari. “Kami tunggu saja,” ujarnya.",  # noqa: E501
        ["Harun", "Harun"],
    ),
    "where a thing comes from": (
        "Bantuan datang dari Padang dengan dua truk. “Alhamdulillah sekali,” ujarnya.",
        [None],
    ),
    "whom a word comes from": (
        "Kritik paling keras datang dari Marlina. “Jalannya itu-itu saja,” katanya.",
        ["Marlina"],
    ),
    "whose trade a word comes from": (
        "Kabar itu datang dari bos pemasaran Angin Ribut Teddy Halim. “Pasar kami tumbuh,” kata dia.",
        ["Teddy Halim"],
    ),
    "patience": (
        "“Stok aman,” kata Marwan.\n\nKesabaran Darmanto habis. Pria 47 tahun itu menggebrak meja.\n\n“Mana obatnya?” teriaknya.",  # noqa: E501
        ["Marwan", "Darmanto"],
    ),
    "joy": (
        "Kegembiraan Nurlela tak terbendung. Ia memeluk anaknya.\n\n“Akhirnya sekolah juga,” ucapnya.",
        ["Nurlela"],
    ),
    "fate": (
        "Nasib Zulkifli Umar berubah sejak banjir. Sawahnya tertimbun pasir. “Saya mulai dari nol,” kenangnya.",
        ["Zulkifli Umar"],
    ),
    "a thing with a name": (
        "“Stok aman,” kata Marwan.\n\nGunung Talang terlihat tenang. “Jalur masih ditutup,” ujarnya.",
        ["Marwan", "Marwan"],
    ),
    "the price of something": (
        "“Stok aman,” kata Marwan.\n\nHarga Pertalite naik lagi. Ia meminta warga tenang. “Jangan borong,” ujarnya.",
        ["Marwan", "Marwan"],
    ),
    "the full name behind a by-name": (
        "Orang memanggilnya Opung Gas, lengkapnya dr. Hotman Tambun. Lelaki itu sudah tua. “Kaki saya masih kuat,” katanya.",  # noqa: E501
        ["Hotman Tambun"],
    ),
    "a feature's opening": (
        "Lestari Ningsih masih menyimpan sepatu yang dulu ia jahit sendiri. Sepatu itu kini tergantung di Depok.\n\nAnak pemulung dari Muara Pinang itu satu dari sepuluh penerima beasiswa.\n\n“Ibu sampai sujud,” kenangnya.\n\n“Saya janji pulang membawa ijazah,” lanjut dia lirih.",  # noqa: E501
        ["Lestari Ningsih", "Lestari Ningsih"],
    ),
    "a trade that points back to it": (
        "Samsul Arifin belum pernah naik pesawat. Tiketnya dikirim panitia.\n\nPenjual cendol asal Teluk Rimba itu diundang ke Jakarta.\n\n“Saya kira penipuan,” ujarnya.",  # noqa: E501
        ["Samsul Arifin"],
    ),
    "a trade read before": (
        "Samsul Arifin belum pernah naik pesawat. Penjual tiket menunggunya.\n\nPenjual dari Jakarta itu mengirim pesan. “Sudah dibayar,” tulisnya.",  # noqa: E501
        [None],
    ),
    "an opening on a thing": (
        "Turap sudah retak sejak Maret.\n\nBangunan sepanjang 40 meter itu dibangun tahun lalu. “Kami ukur lagi,” ujarnya.",  # noqa: E501
        [None],
    ),
    "an opening on somebody else": (
        "Samsul Arifin belum pernah naik pesawat.\n\nHamidah, istrinya, lebih tenang. Perempuan 40 tahun itu tertawa. “Berangkat saja,” ujarnya.",  # noqa: E501
        ["Hamidah"],
    ),
}


@pytest.mark.parametrize(("passage", "speakers"), CASES.values(), ids=CASES.keys())
def test_who_speaks(tag: Tag, passage: str, speakers: list[str | None]) -> None:
    found = tag(f"{passage}\n\n{OURS}")
    assert [quote.speaker for quote in found.quotes] == speakers
