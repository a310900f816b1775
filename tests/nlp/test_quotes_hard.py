"""Direct speech where newsrooms make it hard: marks mixed and forgotten, apostrophes inside, speakers far away or
handed over. Each case is one invented passage with its quotations and speakers.
"""

from __future__ import annotations

import pytest

from tests.nlp.conftest import OURS, Tag

MARKS = {
    "single within double": (
        "“Kami bilang ‘tunggu air surut’ sejak pagi,” kata Murni.",
        ["Kami bilang ‘tunggu air surut’ sejak pagi,"],
    ),
    "double within double, curly": (
        "“Anak saya bilang “Mak, atapnya bocor” waktu hujan,” kata Murni.",
        ["Anak saya bilang “Mak, atapnya bocor” waktu hujan,"],
    ),
    "single within straight": (
        "\"Kata guru 'libur dulu', ya kami libur,\" kata Murni.",
        ["Kata guru 'libur dulu', ya kami libur,"],
    ),
    "guillemets": ("«Perahunya karam di muara,» tutur Wagimin.", ["Perahunya karam di muara,"]),
    "guillemets with spaces": ("« Perahunya karam di muara, » tutur Wagimin.", ["Perahunya karam di muara,"]),
    "single marks": ("'Perahunya karam di muara,' tutur Wagimin.", ["Perahunya karam di muara,"]),
    "single curly marks": ("‘Perahunya karam di muara,’ tutur Wagimin.", ["Perahunya karam di muara,"]),
    "apostrophe inside straight double": (
        "\"Jum'at kami kerja bakti di Ma'arif,\" kata Murni.",
        ["Jum'at kami kerja bakti di Ma'arif,"],
    ),
    "apostrophe inside single marks": (
        "'Jum'at kami kerja bakti, bawa parang,' kata Murni.",
        ["Jum'at kami kerja bakti, bawa parang,"],
    ),
    "curly apostrophe inside curly single": (
        "‘Jum’at kami kerja bakti, bawa parang,’ kata Murni.",
        ["Jum’at kami kerja bakti, bawa parang,"],
    ),
    "apostrophes as double": ("''Air pasang sampai ke tangga,'' kata Murni.", ["Air pasang sampai ke tangga,"]),
    "backticks": ("``Air pasang sampai ke tangga,'' kata Murni.", ["Air pasang sampai ke tangga,"]),
    "low opening mark": ("„Air pasang sampai ke tangga,“ kata Murni.", ["Air pasang sampai ke tangga,"]),
    "both marks opening": ("“Air pasang sampai ke tangga,“ kata Murni.", ["Air pasang sampai ke tangga,"]),
    "both marks closing": ("”Air pasang sampai ke tangga,” kata Murni.", ["Air pasang sampai ke tangga,"]),
    "comma behind the mark": ("“Air pasang sampai ke tangga”, kata Murni.", ["Air pasang sampai ke tangga"]),
    "question": ("“Kapan jembatan ini disambung?” tanya Murni.", ["Kapan jembatan ini disambung?"]),
    "exclamation and verb without comma": ("“Jangan bakar lahan lagi!” seru Wagimin.", ["Jangan bakar lahan lagi!"]),
    "three dots": ("“Kalau begini terus…” keluh Wagimin.", ["Kalau begini terus…"]),
    "brackets inside": (
        "“Dana itu (Rp3 juta) sudah kami terima,” kata Murni.",
        ["Dana itu (Rp3 juta) sudah kami terima,"],
    ),
    "figures and inches inside": (
        '“Pipa 6" kami ganti 8" bulan ini,” kata Murni.',
        ['Pipa 6" kami ganti 8" bulan ini,'],
    ),
    "colon before": ("Murni berkata: “Air pasang sampai ke tangga.”", ["Air pasang sampai ke tangga."]),
    "colon and line break before": (
        "Berikut pesan Murni:\n\n“Air pasang sampai ke tangga.”",
        ["Air pasang sampai ke tangga."],
    ),
    "no space behind the verb": ("Murni mengatakan,“Air pasang sampai ke tangga.”", ["Air pasang sampai ke tangga."]),
    "no space before the verb": ("“Air pasang sampai ke tangga,”kata Murni.", ["Air pasang sampai ke tangga,"]),
    "space before the closing mark": ('"Air pasang sampai ke tangga, " kata Murni.', ["Air pasang sampai ke tangga,"]),
    "unclosed before the next paragraph": (
        "“Air pasang sampai ke tangga.\n\nMurni lalu pulang ke rumahnya.",
        ["Air pasang sampai ke tangga."],
    ),
    "unclosed, then another": (
        "“Air pasang sampai ke tangga.\n\nKeesokan harinya air surut. “Sudah surut,” kata Murni.",
        ["Air pasang sampai ke tangga.", "Sudah surut,"],
    ),
    "three paragraphs continued": (
        "“Air pasang.\n\n“Kami mengungsi.\n\n“Besok kami pulang,” kata Murni.",
        ["Air pasang.", "Kami mengungsi.", "Besok kami pulang,"],
    ),
    "split by the speaker": ("“Air pasang,” kata Murni, “lalu surut lagi.”", ["Air pasang,", "lalu surut lagi."]),
    "split by verb alone": ("“Air pasang,” ujarnya, “lalu surut lagi.”", ["Air pasang,", "lalu surut lagi."]),
    "two in one paragraph": (
        "“Air pasang,” kata Murni. Ia mengungsi. “Besok kami pulang.”",
        ["Air pasang,", "Besok kami pulang."],
    ),
    "fragment within a sentence": (
        "Murni menyebut warga “sudah lelah menunggu janji perbaikan” sejak tahun lalu.",
        ["sudah lelah menunggu janji perbaikan"],
    ),
}

NOT_SPEECH = [
    "Murid membawa poster “Sungai Bukan Tempat Sampah” keliling kampung.",
    "Program “Satu Rumah Satu Sumur” berjalan sejak Mei.",
    "Kapal “Laksamana” bersandar di dermaga.",
    "Warga menyebutnya 'jalan kerbau'.",
    "Lomba bertajuk “Dayung Sampai ke Hilir” diikuti 12 regu.",
    "Pesan berantai berjudul “Awas Banjir Besar Malam Ini” tidak benar.",
    "Jum'at dan Rabu, jama'ah Masjid Al-Ma'ruf bekerja bakti.",
    "Papan nama bertuliskan “Tanah Ini Milik Negara” dicabut.",
    'Pipa 6" dan 8" dipasang di Ma\'rifat.',
    "Mereka menyanyikan lagu “Lancang Kuning” bersama-sama.",
]

HEAD = "Kepala Dinas Kesehatan Selasih, dr Hendrawan Sikumbang, M.Kes, meninjau posyandu."
SPEAKERS = {
    "kata dia": (f"{HEAD} “Gizi anak membaik,” kata dia.", ["Hendrawan Sikumbang"]),
    "menurutnya": (f"{HEAD} “Gizi anak membaik,” menurutnya.", ["Hendrawan Sikumbang"]),
    "beliau": (f"{HEAD} “Gizi anak membaik,” ungkap beliau.", ["Hendrawan Sikumbang"]),
    "two paragraphs between": (
        f"{HEAD}\n\nPosyandu itu dibangun tahun lalu.\n\nAda 40 balita yang ditimbang.\n\n“Gizi anak membaik,” jelasnya.",  # noqa: E501
        ["Hendrawan Sikumbang"],
    ),
    "another office between": (
        f"{HEAD}\n\nTimbangan dibeli Dinas Pendidikan dengan uang sendiri.\n\n“Gizi anak membaik,” jelasnya.",
        ["Hendrawan Sikumbang"],
    ),
    "melalui": (
        "Bupati Suryani Bakar melalui Kepala Dinas Kesehatan Hendrawan Sikumbang menyampaikan selamat. “Gizi anak membaik,” katanya.",  # noqa: E501
        ["Hendrawan Sikumbang"],
    ),
    "diwakili": (
        "Bupati Selasih Suryani Bakar diwakili Asisten I, Zainal Lubis, membuka lomba. “Dayunglah dengan jujur,” pesannya.",  # noqa: E501
        ["Zainal Lubis"],
    ),
    "yang diwakili oleh": (
        "Bupati Selasih yang diwakili oleh Asisten I Zainal Lubis membuka lomba. “Dayunglah dengan jujur,” pesannya.",
        ["Zainal Lubis"],
    ),
    "didampingi": (
        "Bupati Suryani Bakar didampingi Ketua DPRD Selasih Guntur Wibawa membuka lomba. “Dayunglah dengan jujur,” pesannya.",  # noqa: E501
        ["Suryani Bakar"],
    ),
    "didampingi by several": (
        "Bupati Suryani Bakar, didampingi Ketua DPRD Selasih Guntur Wibawa dan Zainal Lubis, membuka lomba. “Dayunglah dengan jujur,” pesannya.",  # noqa: E501
        ["Suryani Bakar"],
    ),
    "bersama": (
        "Bupati Suryani Bakar bersama Hendrawan Sikumbang meninjau posyandu. “Gizi anak membaik,” ujar Bupati.",
        ["Suryani Bakar"],
    ),
    "senada": (
        "“Gizi anak membaik,” kata Hendrawan Sikumbang.\n\nSenada, Ketua PKK Selasih Rosmiati Siregar mengajak ibu menimbang. “Sebulan sekali saja,” ajaknya.",  # noqa: E501
        ["Hendrawan Sikumbang", "Rosmiati Siregar"],
    ),
    "hal senada disampaikan": (
        "“Gizi anak membaik,” kata Hendrawan Sikumbang.\n\nHal senada disampaikan Ketua PKK Selasih Rosmiati Siregar. “Sebulan sekali saja,” ajaknya.",  # noqa: E501
        ["Hendrawan Sikumbang", "Rosmiati Siregar"],
    ),
    "sementara itu": (
        "“Gizi anak membaik,” kata Hendrawan Sikumbang.\n\nSementara itu, kader posyandu, Tukiyem (52), berharap timbangan baru. “Yang lama berkarat,” keluhnya.",  # noqa: E501
        ["Hendrawan Sikumbang", "Tukiyem"],
    ),
    "dihubungi terpisah": (
        "“Gizi anak membaik,” kata Hendrawan Sikumbang.\n\nDihubungi terpisah, pengamat gizi Yulisman Arbi menilai data itu kurang. “Hitung juga yang tidak datang,” katanya.",  # noqa: E501
        ["Hendrawan Sikumbang", "Yulisman Arbi"],
    ),
    "office with pointer": (f"{HEAD} Ada 40 balita.\n\n“Gizi anak membaik,” kata dokter itu.", ["Hendrawan Sikumbang"]),
    "title in short": (f"{HEAD}\n\n“Gizi anak membaik,” kata Kadiskes.", ["Hendrawan Sikumbang"]),
    "short with degree": (f"{HEAD}\n\n“Gizi anak membaik,” kata dr Hendrawan.", ["Hendrawan Sikumbang"]),
    "Pak": (f"{HEAD}\n\nPedagang, Sukardi, menunggu.\n\n“Laris,” kata Pak Sukardi.", ["Pak Sukardi"]),
    "a namesake in the article": (
        "Bupati Suryani Bakar hadir.\n\nPedagang, Suryani Putri, senang. “Laris,” kata Suryani.",
        ["Suryani Putri"],
    ),
    "someone unnamed": ("“Kami menunggu sejak subuh,” kata seorang warga.", ["seorang warga"]),
    "bin and rank": (
        "“Pelaku kami tangkap di kebun,” terang Kasat Reskrim AKP Doni bin Sabar SH MH, Selasa (4/5).",
        ["Doni bin Sabar"],
    ),
    "verb before the quotation": (
        "Rosmiati Siregar, guru SD, menuturkan, “Atap bocor sejak Maret.” Murid pindah ke teras.",
        ["Rosmiati Siregar"],
    ),
    "tambahnya goes on": (
        "“Atap bocor,” kata Rosmiati Siregar, guru SD. Hujan turun tiap sore. “Murid pindah ke teras,” tambahnya.",
        ["Rosmiati Siregar", "Rosmiati Siregar"],
    ),
}


@pytest.mark.parametrize("case", MARKS)
def test_quotations(tag: Tag, case: str) -> None:
    text, expected = MARKS[case]
    assert [q.text for q in tag(f"{OURS}\n\n{text}").quotes] == expected


@pytest.mark.parametrize("text", NOT_SPEECH)
def test_no_speech(tag: Tag, text: str) -> None:
    assert tag(f"{OURS}\n\n{text}").quotes == ()


@pytest.mark.parametrize("case", SPEAKERS)
def test_speakers(tag: Tag, case: str) -> None:
    text, expected = SPEAKERS[case]
    assert [q.speaker for q in tag(f"{OURS}\n\n{text}").quotes] == expected
