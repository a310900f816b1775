"""Who speaks where the attribution does not name them: descriptions that point back, subjects that only later turn out
to be persons, former offices, crowds, attributions inside marks that were never closed. All passages are invented.
"""

from __future__ import annotations

import pytest

from tests.nlp.conftest import OURS, Tag

HEAD = "Kepala Dinas Kesehatan Selasih, dr Hendrawan Sikumbang, meninjau posyandu."
# passage, then the speaker of each quotation
CASES = {
    "a description with a nickname": (
        f"{HEAD} “Gizi membaik,” ujar pria yang akrab disapa Bang Hen itu.",
        ["Hendrawan Sikumbang"],
    ),
    "a description by age": (f"{HEAD} “Gizi membaik,” ujar pria 46 tahun tersebut.", ["Hendrawan Sikumbang"]),
    "a description by looks": (
        "Tukiyem, kader posyandu, menimbang bayi. “Naik semua,” kata perempuan berjilbab itu.",
        ["Tukiyem"],
    ),
    "an office with its merits": (
        "Bupati Suryani Bakar meninjau pasar.\n\nPasar itu baru. “Laris,” kata bupati perempuan pertama di Selasih itu.",  # noqa: E501
        ["Suryani Bakar"],
    ),
    "the village in the phrase is no pointer": (
        "Bupati Suryani Bakar meninjau pasar.\n\n“Becek,” kata seorang warga di kampung itu.",
        ["seorang warga"],
    ),
    "the evening in the phrase is no pointer": (
        "Tukiyem, kader posyandu, menimbang bayi. “Naik semua,” kata Camat Batu Layar yang hadir malam itu.",
        ["Camat Batu Layar"],
    ),
    "a subject known as a person by the next sentence": (
        f"{HEAD}\n\nDi depan tembok, Sulastri menunggu suaminya. Perempuan dari Muara Pinang itu membawa rantang.\n\n“Namanya tidak ada,” keluhnya.",  # noqa: E501
        ["Sulastri"],
    ),
    "a name in the first sentence, a description in the second": (
        "Padi di sawah Sugito menguning. Petani kelahiran Medan, Sumatera Utara, itu belum memupuk.\n\n“Mahal,” sesalnya.",  # noqa: E501
        ["Sugito"],
    ),
    "a subject right before the quotation": (
        f"{HEAD}\n\nSalah satunya Muhammad Taufik sebagai kader. “Berat,” katanya.",
        ["Muhammad Taufik"],
    ),
    "bagi, and an age between commas": (
        f"{HEAD}\n\nBagi Rokiah, 54 tahun, urusannya sederhana. “Saya datang saja,” tuturnya.",
        ["Rokiah"],
    ),
    "a body's servant in commas": (
        f"{HEAD}\n\nMediator hubungan industrial Dinas Kesehatan Selasih, Suhardi, hadir. “Itu hak,” tegasnya.",
        ["Suhardi"],
    ),
    "spokesman of a pair": (
        "Sebaliknya, juru bicara kubu Suryani Bakar-Guntur Wibawa, Zulhendra, menuding panitia. “Ada videonya,” tudingnya.",  # noqa: E501
        ["Zulhendra"],
    ),
    "menurut keterangan": (
        "Menurut keterangan Kasat Lantas Polres Selasih AKP Dedi Irawan, bus melaju. “Sopir ditahan,” kata Kasat.",
        ["Dedi Irawan"],
    ),
    "a pseudonym": (
        f"{HEAD}\n\nSeorang penyintas, sebut saja Mawar (29), mengaku pasrah. “Habis,” lirihnya.",
        ["Mawar"],
    ),
    "a rank in brackets": (
        f"{HEAD}\n\nVeteran Sersan (Purn) Mukhtar Lubis hadir. “Merdeka,” katanya.",
        ["Mukhtar Lubis"],
    ),
    "datang dari": (
        f"{HEAD}\n\nSanggahan datang dari tokoh masyarakat, H. Ibrahim bin Lebai. “Bohong,” sergahnya.",
        ["Ibrahim bin Lebai"],
    ),
    "a crowd": (f"{HEAD}\n\nBeberapa petani memilih pulang. “Rugi terus,” keluh mereka.", ["Beberapa petani"]),
    "an account": (f"{HEAD}\n\n“Mantap, Pak,” tulis akun @anak_muara di kolom komentar.", ["@anak_muara"]),
    "a weekday before the subject": (
        "Kepada wartawan, Rabu, Kepala Bidang Aset Dinas Kesehatan Selasih, Ferry, berujar singkat. “Sesuai aturan,” ujarnya.",  # noqa: E501
        ["Ferry"],
    ),
    "the place behind is no name": (
        "“Tunggu saja,” ujar Ketua Komisi III Agus Rahardi di Gedung Juang, Medan, Selasa (3/5).",
        ["Agus Rahardi"],
    ),
    "a numbered body": ("“Aman,” kata Manajer Humas Daop 2, Joni Martinus, Rabu.", ["Joni Martinus"]),
    "salah seorang without comma": (
        f"{HEAD}\n\nSementara itu Sulaeman salah seorang warga di hulu mengatakan takut. “Kuat sekali,” katanya.",
        ["Sulaeman"],
    ),
    "attribution within an unclosed mark": (
        f"{HEAD}\n\n“Kami yang busuk. Tapi bagaimana lagi, kata Wagirin, petani plasma dari hulu.\n\nTruk antre.",
        ["Wagirin"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_who_speaks_from_afar(tag: Tag, case: str) -> None:
    text, expected = CASES[case]
    assert [quote.speaker for quote in tag(f"{OURS}\n\n{text}").quotes] == expected


def test_verses_are_one_quotation(tag: Tag) -> None:
    verses = "Buah kelapa tumbuh di tepi,\nJatuh sebiji dibawa arus,\nSiapa pun yang terpilih lagi,\nJangan putus"
    (quote,) = tag(f"{OURS}\n\nMurni menutup acara dengan pantun.\n\n“{verses},” ucapnya.\n\nWarga pulang.").quotes
    assert quote.text == f"{verses},"
