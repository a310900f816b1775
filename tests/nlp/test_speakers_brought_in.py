"""Who speaks where somebody is brought in amid others' words: asked in an opening, introduced by name, head of a body,
named at the end of a clause. All passages are invented.
"""

from __future__ import annotations

import pytest

from tests.nlp.conftest import OURS, Tag

# passage, then the speaker of each quotation
CASES = {
    "a full name before the official it meets": (
        "Kinanti Putri tidak gugup ketika bicara di depan Bupati Rahmawati Hidayat. Ia membawa keluhan kawannya.\n\n“Antrenya panjang,” ucapnya.",  # noqa: E501
        ["Kinanti Putri"],
    ),
    "who reads out for a body, in commas": (
        "Fraksi Pagi melalui juru bicara Anton Marbun memuji laporan itu.\n\nFraksi Petang, dibacakan Maryati, mempertanyakan sisanya. “Paket mana yang gagal,” ujarnya.",  # noqa: E501
        ["Maryati"],
    ),
    "a title before a name within a sentence": (
        "Lima bulan sudah Ustaz Jumari mengajar tanpa honor. Ia satu dari ratusan.\n\n“Janji tetap utang,” ujarnya.",
        ["Jumari"],
    ),
    "a sum is nobody": (
        "Perahu itu diperbaiki dengan biaya Rp186 juta. Ia dicat biru.\n\n“Dulu orang lari,” katanya.",
        [None],
    ),
    "who is asked in an opening": (
        "Wagiman menganyam sejak remaja.\n\nSeorang pelancong, Robert, menonton dua jam. “Tangannya cepat sekali,” ujarnya.\n\nSaat Wagiman ditanya kapan akan berhenti, dia tertawa. Ia merapikan rotannya.\n\n“Kalau tangan ini sudah gemetar,” katanya.",  # noqa: E501
        ["Robert", "Wagiman"],
    ),
    "an office that would rather not": (
        "“Sudah tiga kali kami lapor,” keluh Sariati.\n\nLurah Muara Pinang enggan bicara panjang. “Nanti saya cek dulu,” ucapnya.",  # noqa: E501
        ["Sariati", "Lurah Muara Pinang"],
    ),
    "a former trade, named at the end of a clause": (
        "“Sudah tiga kali kami lapor,” keluh Sariati.\n\nBekas juru masak kapal, yang biasa disapa Wak Leman, punya cerita lain. “Kami masak pakai air laut,” tutur dia.\n\nBekas kernet, yang minta dipanggil Bonar, mengiyakan. “Asin memang,” katanya.",  # noqa: E501
        ["Sariati", "Wak Leman", "Bonar"],
    ),
    "some mother": (
        "“Razia akan diperluas,” sahut Marwan.\n\nOrang tua mendukung. Kata seorang bapak, “Anak saya pulang subuh terus.”",  # noqa: E501
        ["Marwan", "seorang bapak"],
    ),
    "behind what somebody hears": (
        "“Anggarannya belum ada,” dalih Marwan.\n\nMendengar itu, seorang nelayan di bangku belakang berseru, “Tahun lalu juga begitu!”",  # noqa: E501
        ["Marwan", "seorang nelayan"],
    ),
    "a measure of time in front": (
        "Seumur hidupnya, Nek Saodah belum pernah naik kapal besar. Petugas menjemputnya pagi-pagi.\n\n“Mabuk pun tak apa,” selorohnya.",  # noqa: E501
        ["Nek Saodah"],
    ),
    "one of a group, with the name in commas": (
        "Rapat itu gaduh. “Kami sudah sepakat,” ucap salah satu dari mereka, Tarmizi Yatim, kepada wartawan.",
        ["Tarmizi Yatim"],
    ),
    "a day and its date before who is sent off": (
        "Koran-KOTA-Dua tahun Dimas Saputra bergelantungan di pintu truk. Senin (15/9/2025) ia mengenakan jas pinjaman dan dilepas Bupati Fulan.\n\n“Saya janji rajin,” katanya.",  # noqa: E501
        ["Dimas Saputra"],
    ),
    "a day before a pronoun": (
        "Dimas Saputra bergelantungan di pintu truk. Senin pagi ia dilepas Bupati Fulan.\n\n“Saya janji,” katanya.",
        ["Dimas Saputra"],
    ),
    "brought in by name": (
        "“Masih kami dalami,” jawab Marwan.\n\nDi antara penonton ada seorang perawat, Yustina. Ia mengaku datang sendiri. “Habis dinas malam langsung ke sini,” katanya.",  # noqa: E501
        ["Marwan", "Yustina"],
    ),
    "one of them, from somewhere": (
        "“Pesertanya dua ratus,” ujar Marwan.\n\nSalah satunya Kasmini dari Teluk Rimba. Ia berlatih tiap subuh. “Lutut saya sampai bengkak,” candanya.",  # noqa: E501
        ["Marwan", "Kasmini"],
    ),
    "no name but two places": (
        "“Pesertanya dua ratus,” ujar Marwan.\n\nDi sana ada seorang warga yang tinggal di Dumai, Riau. Ia diam saja.\n\n“Besok finalnya,” lanjut Marwan.",  # noqa: E501
        ["Marwan", "Marwan"],
    ),
    "a head whose body was named before": (
        "Pemilik kios, Amiruddin, selamat. “Anak saya yang teriak,” katanya.\n\nDinas pemadam mengirim lima mobil. Kepala dinas menduga api dari kompor.\n\n“Periksa selang gas,” ujarnya.",  # noqa: E501
        ["Amiruddin", "Kepala dinas"],
    ),
    "a deputy is not the head": (
        "Antrean memendek, kata Wakil Direktur Pelayanan, Ratna Juwita. Pasien senang.\n\n“Dulu sampai tiga jam,” ujarnya.\n\nDirektur rumah sakit, yang ditemui terpisah, tidak mau cepat puas. Ia meminta laporan tiap pekan.\n\n“Ini baru mulai,” katanya.",  # noqa: E501
        ["Ratna Juwita", "Direktur rumah sakit"],
    ),
    "behind a comma that is not closed": (
        "Buah cepat layu. Seorang ahli gizi dari Lembaga Boga, Farida Hanum mengatakan, suhu harus tetap. Penyimpanan dinilai penting.\n\n“Jangan dicuci dulu,” ujarnya.",  # noqa: E501
        ["Farida Hanum"],
    ),
    "only named so far": (
        "Hasil panen jagung Zulfahri lolos uji, tetapi ditolak gudang. “Tiga malam truk saya parkir di situ,” keluhnya.",  # noqa: E501
        ["Zulfahri"],
    ),
    "who does something, then a quotation without a word of saying": (
        "“Yang belum terdata harap mundur,” seru Marwan lewat pengeras suara.\n\nSolihin malah maju. “Saya sudah tiga tahun menunggu, Pak!”\n\nHakim menatapnya. “Saudara dari mana?”",  # noqa: E501
        ["Marwan", "Solihin", "Hakim"],
    ),
    "somebody without a name who regrets": (
        "“Kerugian enam ratus juta,” kata Marwan.\n\nPenasihat hukum tersangka menyesalkan penahanan itu. “Klien kami kooperatif,” tukasnya.",  # noqa: E501
        ["Marwan", "Penasihat hukum tersangka"],
    ),
    "told right behind the quotation": (
        "“Tidak ada pungutan di sekolah.” Penegasan itu disampaikan Hasan Basri di ruang kerjanya.",
        ["Hasan Basri"],
    ),
    "named in a sentence of its own": (
        "Seorang polisi wanita menjadi guru mengaji. Namanya Bripda Melati Putih. “Awalnya cuma tiga anak,” ujarnya.",
        ["Melati Putih"],
    ),
    "standing in front": (
        "“Satu dusun dua tangki,” kata Marwan.\n\nDi urutan paling depan berdiri Sumarni, membawa bak mandi. “Ember saya bocor,” ucapnya.",  # noqa: E501
        ["Marwan", "Sumarni"],
    ),
    "named within what points back": (
        "“Kami kalah,” ujar pelatih, Bayu Segara.\n\nManajer tim tak mau bicara soal itu. Lelaki yang karib disapa Pakde Mansyur itu menjanjikan pemain baru. “Satu penyerang,” katanya.",  # noqa: E501
        ["Bayu Segara", "Pakde Mansyur"],
    ),
    "behind a dateline without spaces": (
        "PURWAJAYA—Di bengkel sempit itu, Agus Priyanto merakit kincir dari drum bekas. “Saya tidak sekolah teknik,” ungkapnya.",  # noqa: E501
        ["Agus Priyanto"],
    ),
}


@pytest.mark.parametrize(("passage", "speakers"), CASES.values(), ids=CASES.keys())
def test_who_speaks(tag: Tag, passage: str, speakers: list[str]) -> None:
    found = tag(f"{passage}\n\n{OURS}")
    assert [quote.speaker for quote in found.quotes] == speakers
