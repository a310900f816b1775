"""Who speaks where one person takes over from another, where an office answers, and where speech stands without a verb
before it. All passages are invented.
"""

from __future__ import annotations

import pytest

from tests.nlp.conftest import OURS, Tag

# passage, then the speaker of each quotation
CASES = {
    "an agent behind an adverb": (
        "Camat Batu Layar Burhan menanyakan nasib perahu dinas. Pertanyaan itu dijawab langsung oleh Bupati Suryani Bakar: “Perahunya jangan dijual.”",  # noqa: E501
        ["Suryani Bakar"],
    ),
    "who breaks in on somebody": (
        "Komisioner KPU Selasih, Hartono, menjawab bahwa kotak suara terlambat.\n\nPernyataan Hartono dipotong saksi lain, Yusmar. “Terlambat dua jam!” serunya.",  # noqa: E501
        ["Yusmar"],
    ),
    "who goes on before a colon": (
        "Lurah Hamdan mengusulkan gotong royong. “Parang sudah diasah,” katanya, lalu disambung Ridwan: “Nasi bungkus juga sudah siap.”",  # noqa: E501
        ["Hamdan", "Ridwan"],
    ),
    "a section's head is not the head": (
        "“Papan nama sudah dicat,” kata Kepala Bidang Promosi Dinas Pariwisata Selasih, Hartini.\n\nKepala Dinas Pariwisata yang dihubungi lewat telepon menambahkan, tiket tetap gratis. “Datang saja,” katanya.",  # noqa: E501
        ["Hartini", "Kepala Dinas Pariwisata"],
    ),
    "a name in commas behind a description": (
        "“Saya tersesat,” kata Doni, sopir.\n\nSekretaris dinas itu, Wan Marwan, mengimbau warga sabar. “Besok dibagikan,” pesannya.",  # noqa: E501
        ["Doni", "Wan Marwan"],
    ),
    "things are doubled, too": (
        "Hal senada disampaikan Nurhayati, bidan. Kotak-kotaknya basah. “Besok kami jemur,” tuturnya.",
        ["Nurhayati"],
    ),
    "a rank before a short name": (
        "Rahmat, 17 tahun, bertanya soal rapor. Bripka Zainal lantas menjawab: “Tanya gurumu.”",
        ["Zainal"],
    ),
    "an alias": (
        "“Kedainya saya tutup,” kata Zubaidah.\n\nSalah satu pelanggan, Herman alias Ujang, mengaku kecewa. “Saya kira libur,” aku pria 31 tahun tersebut.",  # noqa: E501
        ["Zubaidah", "Herman"],
    ),
    "the office that fits best": (
        "Ketua RT 04, Paijo, menulis surat. Ketua karang taruna, Andre, ikut meneken.\n\n“Suratnya tak dibalas,” gurau Ketua RT itu getir.",  # noqa: E501
        ["Paijo"],
    ),
    "a holder only named as company": (
        "Bupati Suryani Bakar didampingi Kadiskes Selasih Hendrawan Sikumbang meninjau gudang.\n\nKepala Dinas Kesehatan menambahkan, stok cukup. “Sampai lebaran pun cukup,” katanya.",  # noqa: E501
        ["Hendrawan Sikumbang"],
    ),
    "what people call her": (
        "Tengku Zahara, 68 tahun, dipanggil Mak Ngah, menenun sejak kecil.\n\n“Pasar sepi,” kata Rosdiana, pedagang.\n\nMak Ngah terkekeh. “Sabar dulu, Nak.”",  # noqa: E501
        ["Rosdiana", "Tengku Zahara"],
    ),
    "an official who greets is no alias": (
        "Wagimin, 70 tahun, disapa Bupati Suryani Bakar di tepi jalan.\n\n“Sehat, Pak?” tanya Bupati Suryani Bakar.",
        ["Suryani Bakar"],
    ),
    "a suspect a paragraph away": (
        "“Korban ditagih di depan orang banyak,” kata Kapolsek Kompol Hotman Siregar.\n\nNamun pelaku, MG (29), kembali ke kamar mengambil pisau.\n\n“Lukanya dua,” ujar dia.",  # noqa: E501
        ["Hotman Siregar", "Hotman Siregar"],
    ),
    "somebody seen two paragraphs away": (
        "“Truk datang dari arah kota,” kata Kanit Lantas Iptu Ilham Nasution.\n\nSopir bernama Jumadi (44) luka di pelipis.\n\nTumpahan minyak membuat jalan licin.\n\n“Kami tabur pasir dulu,” jelasnya.",  # noqa: E501
        ["Ilham Nasution", "Ilham Nasution"],
    ),
    "a body's short form before the name": (
        "Ketua Gabungan Pengusaha Kelapa Rakyat (Gapkara) Yohanes Sitorus mengatakan panen turun. “Hujan,” katanya.",
        ["Yohanes Sitorus"],
    ),
    "whose words another completes": (
        "“Kami kekurangan guru,” kata Hadijah, kepala sekolah.\n\nMelengkapi ucapan Hadijah, Deputi Sistem Informasi Guru Badan Guru Nasional (BGN) Iwan Hermanto mengungkapkan kuota ditambah. “Ada 275 orang,” tuturnya.",  # noqa: E501
        ["Hadijah", "Iwan Hermanto"],
    ),
    "a short form is nobody": (
        "Dedi, ketua tani, mempersilakan siapa saja datang. Namun PKBR siap mengalah.\n\n“Itu kewenangan mereka,” ujarnya.",  # noqa: E501
        ["Dedi"],
    ),
    "half a quotation without a comma before it": (
        "“Semua yang mati pindah ke tubuh lain,” kata Helmi “Jiwa istri saya akan datang lagi.”",
        ["Helmi", "Helmi"],
    ),
    "an office in another's company": (
        "Wakil Bupati Kampar yang hadir bersama Kepala Dinas Pertanian Kampar mengatakan usulan itu dibahas. “Tunggu tahun depan,” katanya.",  # noqa: E501
        ["Wakil Bupati Kampar"],
    ),
    "an office that writes": (
        "“Kami menunggu,” kata Rahma, mahasiswi.\n\nDinas Kesehatan Selasih lewat keterangan tertulis menyampaikan jadwal diundur. “Vaksin tiba pekan depan,” bunyi keterangan itu.",  # noqa: E501
        ["Rahma", "Dinas Kesehatan Selasih"],
    ),
    "a sentence of speech without a verb before it": (
        "Bupati Suryani Bakar menenangkan para siswa. “Jangan takut, ini hanya latihan.”\n\nLatihan ditutup sore.",
        ["Suryani Bakar"],
    ),
    "a full stop behind the mark": (
        "Camat Muara Pinang, Junaidi, menyampaikan bahwa loket dibuka malam. “Silakan datang, antreannya pendek”.",
        ["Junaidi"],
    ),
}


@pytest.mark.parametrize(("passage", "speakers"), CASES.values(), ids=CASES)
def test_speakers(tag: Tag, passage: str, speakers: list[str]) -> None:
    found = tag(f"{OURS}\n\n{passage}").quotes
    assert [(quote.speaker or "").removeprefix("Bupati ") for quote in found] == speakers


def test_a_word_spoken_of_is_no_speech(tag: Tag) -> None:
    found = tag(f"{OURS}\n\nBaginya, kata “hemat” sudah menjadi mantra.").quotes
    assert [quote.text for quote in found] == []
