"""Who speaks behind titles that run over commas, brackets and ranks written out. All passages are invented."""

from __future__ import annotations

import pytest

from tests.nlp.conftest import OURS, Tag

# passage, then the speaker of each quotation
CASES = {
    "a bureau of three things": (
        "“Jemaah tidak perlu cemas,” ujar Kepala Biro Hubungan Masyarakat, Data, dan Informasi Kemenag, Sutarjo, Kamis.",  # noqa: E501
        ["Sutarjo"],
    ),
    "a committee of four fields": (
        "Hal itu disampaikan Anggota Komisi IX bidang Tenaga Kerja, Transmigrasi, Kependudukan, dan Kesehatan DPR RI Oktavia Ramli. “Kami menolak,” ujarnya.",  # noqa: E501
        ["Oktavia Ramli"],
    ),
    "a section for the pilgrimage": (
        "“Jemaah tertua 91 tahun,” ujar Kepala Bidang Haji Kanwil Kementerian Agama Provinsi Riau, Sutarjo, Kamis.",
        ["Sutarjo"],
    ),
    "a town's chief of police speaks": (
        "“Tidak ada perlawanan,” kata Kasat Reskrim Sutarjo. Kapolresta Pekanbaru mengimbau warga waspada. “Pasang kamera,” ujarnya.",  # noqa: E501
        ["Sutarjo", "Kapolresta Pekanbaru"],
    ),
    "a section of a short office, and a namesake of a regency": (
        "“Semua dilarutkan,” ujar Kepala Seksi Barang Bukti Kejari, Bima Prakoso.",
        ["Bima Prakoso"],
    ),
    "three persons are no bureau": (
        "“Kami sepakat,” ujar Sutarjo, Lestari, dan Paimin.",
        ["Sutarjo"],
    ),
    "a short name in brackets before a comma": (
        "“Kami kawal,” kata Koordinator Masyarakat Anti Tambang Nusantara (MATA), Bonar Saragih, secara terpisah.",
        ["Bonar Saragih"],
    ),
    "two fields that are not in the lists": (
        "“Armada ditambah,” terang Direktur Angkutan dan Niaga Pelnas Hari Budiarto.",
        ["Hari Budiarto"],
    ),
    "a rank with its force": (
        "“Satgas dibentuk,” terang Kapolda Riau Irjen Polisi Condro Wibowo. “Besok mulai,” ujar Kabid Humas Ajun Komisaris Besar Polisi Yudistira.",  # noqa: E501
        ["Condro Wibowo", "Yudistira"],
    ),
    "the police speak": ("Polisi mengatakan jalan ditutup. “Memutar dulu,” kata polisi.", ["polisi"]),
    "an ambassador": (
        "“Ia sehat,” ujar Duta Besar Republik Indonesia di Kota Lama, Abdul Kadir Jaelani, kepada wartawan.",
        ["Abdul Kadir Jaelani"],
    ),
    "a managing director": (
        "“Izin sedang diurus,” terang Managing Director Bayarin Indonesia Ongky Kurnia.",
        ["Ongky Kurnia"],
    ),
    "a group's head": ("“Penjualan naik,” kata CEO RMB Group Kelvin Wijaya dalam siaran pers.", ["Kelvin Wijaya"]),
    "a club's officer": (
        "“Pelatih pulang sebentar,” ujar Media Officer Persela, Irfan Suryadi. “Besok latihan lagi,” katanya.",
        ["Irfan Suryadi", "Irfan Suryadi"],
    ),
    "a ministry of the interior": (
        "“Langsung kami coret,” ujar Pelaksana Tugas Dirjen Bina Keuangan Daerah Kementerian Dalam Negeri Syarifudin.",
        ["Syarifudin"],
    ),
}


@pytest.mark.parametrize(("passage", "speakers"), CASES.values(), ids=CASES.keys())
def test_who_speaks(tag: Tag, passage: str, speakers: list[str]) -> None:
    found = tag(f"{passage}\n\n{OURS}")
    assert [quote.speaker for quote in found.quotes] == speakers
