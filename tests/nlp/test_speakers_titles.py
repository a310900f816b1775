"""Who speaks behind English titles, under an office as people address its holder, and under an epithet of the ruler.
All passages are invented.
"""

from __future__ import annotations

import pytest

from tests.nlp.conftest import OURS, Tag

# passage, then the speaker of each quotation
CASES = {
    "an English title": ("“Tiga titik tinggi,” kata Forecaster on Duty Kirana Lestari.", ["Kirana Lestari"]),
    "a title and a company": (
        "“Kami bayar,” ujar Head of Corporate Communications PT Angin Ribut, Teddy Halim.",
        ["Teddy Halim"],
    ),
    "a long title": ("“Kami bayar,” jelas Senior Specialist Government Relations Bayu Segara, Senin.", ["Bayu Segara"]),
    "a title as subject": (
        "Officer in Charge Rina Amalia mengatakan bandara dibuka. “Mulai pukul enam,” ujarnya.",
        ["Rina Amalia"],
    ),
    "a title of a station's": ("“Hujan ringan,” kata Forecaster Stasiun Meteorologi Putri Santika.", ["Putri Santika"]),
    "a name like a title": ("“Saya pulang dulu,” kata Marketa Duta, Senin.", ["Marketa Duta"]),
    "the head, politely": (
        "Kepala Dinas Perikanan Bahari Sutopo turun ke kolam. “Bibitnya menyusul,” kata dia.\n\nPak Kadis juga membagikan nomor teleponnya. “Kirim foto, jangan sungkan!” serunya.",  # noqa: E501
        ["Bahari Sutopo", "Bahari Sutopo"],
    ),
    "an office behind an honorific": (
        "“Posko kami buka,” kata Camat Muara Pinang, Nurhasanah.\n\nIbu Camat lalu menyalami pengungsi. “Sabar, ya,” pintanya.",  # noqa: E501
        ["Nurhasanah", "Nurhasanah"],
    ),
    "an office of two words": (
        "“Kelas baru Senin,” kata Kepala Sekolah Hardiman.\n\n“Boleh daring,” sambung Pak Kepala Sekolah.",
        ["Hardiman", "Hardiman"],
    ),
    "nobody held it before": ("Genangan setinggi lutut. “Sebentar lagi surut,” kata Pak Lurah.", ["Pak Lurah"]),
    "another office": (
        "“Stok aman,” kata Camat Muara Pinang, Marwan.\n\nPak Lurah menggeleng. “Belum tentu,” ujarnya.",
        ["Marwan", "Pak Lurah"],
    ),
    "a title that goes with a name": (
        "“Anak-anak sudah pulang,” kata Pak Guru Zulhamdi.\n\nPak Long Jamil tertawa. “Seumur-umur baru ini,” katanya.",
        ["Pak Guru Zulhamdi", "Pak Long Jamil"],
    ),
    "number one of something else": (
        "“Stok aman,” kata direktur PT Angin Ribut, Marwan.\n\nOrang nomor satu di perusahaan itu lalu pamit. “Terima kasih,” katanya.",  # noqa: E501
        ["Marwan", "Marwan"],
    ),
    "a quotation that ends with one": (
        "“Sajaknya pendek,” kenang sejawatnya, Fahmi. “Ia menelepon pukul dua hanya untuk bertanya, 'lebih sedih mana, surut atau susut?'”",  # noqa: E501
        ["Fahmi", "Fahmi"],
    ),
    "a title within a title": (
        "“Sajaknya pendek,” kenang sejawatnya, Fahmi. “Nyanyian Kampung 'Tua'” masih dicetak.",
        ["Fahmi"],
    ),
}


@pytest.mark.parametrize(("passage", "speakers"), CASES.values(), ids=CASES.keys())
def test_who_speaks(tag: Tag, passage: str, speakers: list[str | None]) -> None:
    found = tag(f"{passage}\n\n{OURS}")
    assert [quote.speaker for quote in found.quotes] == speakers


@pytest.mark.parametrize(
    "passage",
    [
        "Sore itu orang nomor satu di Selasih tersebut datang. “Doakan kami,” pintanya.",
        "Sore itu orang nomor satu di Negeri Seribu Dermaga itu pamit. “Doakan kami,” pintanya.",
        "Warga berkumpul. “Doakan kami,” kata orang nomor satu di Selasih itu.",
    ],
)
def test_an_epithet_is_who_ruled_that_day(tag: Tag, passage: str) -> None:
    for day, ruler in (("2024-05-02", "suryani"), ("2018-05-02", "rahmadi")):
        (quote,) = tag(f"{passage}\n\n{OURS}", on=day).quotes
        assert (quote.speaker_id, quote.opd) == (ruler, "pemkab")
