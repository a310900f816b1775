"""Who speaks where somebody else is only mentioned, where the name comes late, and where nobody is named. All passages
are invented; the speakers were written down before the rules saw them.
"""

from __future__ import annotations

import pytest

from tests.nlp.conftest import OURS, Tag

# passage, then the speaker of each quotation
CASES = {
    "the next paragraph names who said it": (
        "“Kami hanya ingin air bersih.”\n\nKalimat itu keluar dari mulut Sumiati, ibu tiga anak, di depan kantor camat.",  # noqa: E501
        ["Sumiati"],
    ),
    "two in turn": (
        "Hamdan, ketua kelompok tani, berdebat dengan Ridwan, pengurus koperasi.\n\n“Mana pupuknya?” tanya Hamdan.\n\n“Masih di gudang,” jawab Ridwan.\n\n“Dari bulan lalu juga di gudang,” balas Hamdan.",  # noqa: E501
        ["Hamdan", "Ridwan", "Hamdan"],
    ),
    "an official only mentioned behind 'ia'": (
        "Camat Batu Layar Burhan mengeluhkan jalan. Menurutnya, sudah tiga kali ia menyurati Bupati Suryani Bakar.\n\n“Belum ada balasan,” katanya.",  # noqa: E501
        ["Burhan"],
    ),
    "an official only quoted from": (
        "Kepala Dinas Kesehatan Selasih Hendrawan Sikumbang mengatakan vaksin aman. Ia mengutip pesan Bupati Suryani Bakar agar petugas ramah.\n\n“Kalau petugas galak, laporkan,” ujarnya.",  # noqa: E501
        ["Hendrawan Sikumbang"],
    ),
    "behind adalah": (
        "Petugas yang pertama kali tiba di lokasi adalah Joko Santoso, anggota regu malam. “Api sudah di atap,” kenangnya.",  # noqa: E501
        ["Joko Santoso"],
    ),
    "a trade that points back over a paragraph": (
        "Di lapak paling ujung, Yusnidar menata cabai. Harganya turun separuh.\n\n“Balik modal saja susah,” keluh pedagang sayur tersebut.",  # noqa: E501
        ["Yusnidar"],
    ),
    "a company's statement": (
        "Manajemen PT Rimba Lestari dalam keterangan tertulis menyampaikan permintaan maaf kepada warga.\n\n“Kami bertanggung jawab penuh atas kejadian ini,” demikian keterangan perusahaan.",  # noqa: E501
        ["Manajemen PT Rimba Lestari"],
    ),
    "somebody who keeps the name secret": (
        "Bupati Suryani Bakar meninjau sekolah.\n\nSeorang guru honorer yang minta namanya dirahasiakan mengaku belum digaji.\n\n“Sudah empat bulan,” bisiknya.",  # noqa: E501
        ["Seorang guru honorer"],
    ),
    "an office with -nya": (
        "SDN 05 Batu Layar kekurangan kursi. “Anak-anak duduk bertiga,” kata kepala sekolahnya, Marlina.",
        ["Marlina"],
    ),
    "two rulers": (
        "Gubernur Riau Rahmadi Lubuk tiba pukul delapan. Bupati Suryani Bakar menyambutnya di dermaga.\n\n“Pak Gubernur sudah tahu jalan kita rusak,” kata Bupati.\n\n“Nanti kita anggarkan,” sahut Gubernur.",  # noqa: E501
        ["Suryani Bakar", "Rahmadi Lubuk"],
    ),
    "the second of two office holders": (
        "Kepala Dinas Kesehatan Selasih Hendrawan Sikumbang dan Camat Batu Layar Burhan meninjau posko. “Obat cukup,” kata Kadis. “Tendanya yang kurang,” ujar Camat.",  # noqa: E501
        ["Hendrawan Sikumbang", "Burhan"],
    ),
    "a description that means a nameless subject": (
        "Sopir bus, yang belakangan diketahui bernama Sahat Manalu, melarikan diri. Kernetnya tertangkap.\n\n“Rem blong, Pak,” ujar kernet itu.",  # noqa: E501
        ["Kernetnya"],
    ),
    "lain halnya dengan": (
        "Kasman senang panennya naik. Lain halnya dengan Mardi, tetangga sawahnya. “Padi saya habis dimakan tikus,” keluhnya.",  # noqa: E501
        ["Mardi"],
    ),
    "a fronted adverb": (
        "Tak jauh dari situ, Sudirman memperbaiki jaring. “Ikan makin jauh,” katanya tanpa menoleh.",
        ["Sudirman"],
    ),
    "berbeda dengan": (
        "Berbeda dengan Kadir, Sapto memilih bertahan. “Rumah ini peninggalan,” ujarnya.",
        ["Sapto"],
    ),
    "the second of a couple": (
        "Kakek Sarwono dan istrinya, Tukinem, tinggal di gubuk. “Kalau hujan, kami pindah ke dapur,” tutur perempuan 70 tahun itu.",  # noqa: E501
        ["Tukinem"],
    ),
    "who attends does not speak": (
        "Bupati Suryani Bakar membuka pasar murah. Turut hadir Kapolres Selasih AKBP Bimo Aryo dan Camat Batu Layar Burhan.\n\n“Beli secukupnya,” pesannya.",  # noqa: E501
        ["Suryani Bakar"],
    ),
    "a victim with an age does not speak": (
        "Kapolsek Batu Layar Iptu Marwan menyebut korban Rudi (34) dirawat. Pelaku kabur ke kebun.\n\n“Identitasnya sudah kami kantongi,” tegasnya.",  # noqa: E501
        ["Marwan"],
    ),
    "agent of any passive": (
        "Usulan itu disambut Wakil Ketua DPRD Selasih, Syafrizal. “Kami dukung penuh,” ujarnya.",
        ["Syafrizal"],
    ),
    "a participle before the subject": (
        "Ditanya apakah akan maju lagi, Ketua DPRD Selasih Guntur Wibawa tertawa: “Belum, belum.”",
        ["Guntur Wibawa"],
    ),
    "a subject by its description in the next sentence": (
        "Pagi itu Tarmuji memikul cangkul ke pematang. Petani 52 tahun asal Muara Pinang tersebut sudah dua kali gagal panen.\n\n“Air asin naik lagi,” ujarnya.",  # noqa: E501
        ["Tarmuji"],
    ),
    "named in a trial": (
        "Nama Bupati Suryani Bakar disebut dalam sidang. Saksi Ahmad Yani mengaku tak pernah bertemu dengannya. “Saya cuma lihat di baliho,” ujarnya.",  # noqa: E501
        ["Ahmad Yani"],
    ),
    "a deputy is not whom he deputises for": (
        "Bupati Suryani Bakar meninjau sawah. Wakil Bupati Rahmadi Lubuk ikut turun.\n\n“Tanam serentak,” kata Bupati.",
        ["Suryani Bakar"],
    ),
    "an office that speaks stands for its head": (
        "Kepala Dinas Kesehatan Selasih Hendrawan Sikumbang menjamin obat cukup. Camat Batu Layar Burhan mengingatkan jadwal.\n\nDinas Kesehatan berharap warga datang. “Jangan tunggu sakit,” tambahnya.",  # noqa: E501
        ["Hendrawan Sikumbang"],
    ),
    "whose something is the subject": (
        "Nadia Humaira, siswi kelas tiga, menang lomba. Camat Batu Layar Burhan menyebut warga bangga.\n\nPerjalanan Nadia tidak mulus.\n\n“Saya hampir menyerah,” tutur gadis 17 tahun tersebut.",  # noqa: E501
        ["Nadia Humaira"],
    ),
    "begitu, then any verb": (
        "“Kalau tidak sekarang, kapan lagi?” begitu Nurhayati membuka percakapan. Guru ngaji itu mengajar tanpa bayaran.\n\n“Rezeki sudah diatur,” lanjutnya.",  # noqa: E501
        ["Nurhayati", "Nurhayati"],
    ),
    "behind meski": (
        "Meski hujan, Parlindungan tetap membuka bengkelnya. Ia menambal ban sejak usia 15 tahun.\n\n“Anak saya jangan ikut,” katanya.",  # noqa: E501
        ["Parlindungan"],
    ),
    "a company's spokesman by -nya": (
        "Direktur PT Rimba Lestari Johan Tan tidak menjawab pesan. Humasnya, Dian Puspita, hanya menulis pendek.\n\n“Nanti kami kabari,” tulisnya.",  # noqa: E501
        ["Dian Puspita"],
    ),
    "a deputy who answers for a school": (
        "Pihak sekolah, lewat wakil kepala bidang kesiswaan, Endang, membantah. “Tidak ada pungutan,” katanya.",
        ["Endang"],
    ),
    "named amid the first sentence": (
        "Di rumah panggung itulah Siti Aminah membesarkan enam anak. Suaminya meninggal ketika si bungsu berumur dua tahun.\n\n“Saya jual lontong dari subuh,” kenangnya.",  # noqa: E501
        ["Siti Aminah"],
    ),
    "an office after a beneficiary spoke": (
        "Camat Batu Layar Burhan menyerahkan kunci rumah kepada Ponirah, janda 63 tahun.\n\n“Saya tak menyangka,” ucap Ponirah.\n\n“Rumah lamanya nyaris roboh,” kata Camat.",  # noqa: E501
        ["Ponirah", "Burhan"],
    ),
    "a cry, then a witness": (
        "“Tolong!” teriak seorang perempuan dari lantai dua. Warga berlarian. Ketua RT 03, Mahmud, mendobrak pintu.\n\n“Asap sudah pekat,” ceritanya.",  # noqa: E501
        ["seorang perempuan", "Mahmud"],
    ),
    "who differs": (
        "Wakil Ketua DPRD Selasih Syafrizal menilai anggaran itu janggal. Pandangan berbeda disampaikan Ketua Fraksi Amanat, Lisna.\n\n“Semua sudah sesuai aturan,” katanya.",  # noqa: E501
        ["Lisna"],
    ),
    "back to an earlier speaker": (
        "Ketua panitia Hengki menyebut 40 perahu ikut. Juara pertama diraih tim Naga Sakti yang dinakhodai Amrin.\n\n“Kami latihan tiap sore,” kata Amrin.\n\nHengki berjanji hadiahnya naik. “Tahun depan dua kali lipat,” janjinya.",  # noqa: E501
        ["Amrin", "Hengki"],
    ),
    "a suspect with an age does not speak": (
        "Tersangka berinisial BS (41) ditangkap di kontrakannya. Kasat Narkoba AKP Hotman Siregar mengatakan barang bukti disita.\n\n“BS mengaku disuruh seseorang,” ungkapnya.",  # noqa: E501
        ["Hotman Siregar"],
    ),
    "a description of the one named before": (
        "Yang paling bahagia tentu Arman. Pemuda itu lulus tanpa membayar sepeser pun.\n\n“Ibu saya sujud syukur,” ujarnya.",  # noqa: E501
        ["Arman"],
    ),
    "kata staf without a comma": (
        "Camat tak berada di kantor, kata staf “sedang rapat di kabupaten”.",
        ["staf"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_who_speaks_and_who_is_only_mentioned(tag: Tag, case: str) -> None:
    text, expected = CASES[case]
    said = [quote.speaker for quote in tag(f"{OURS}\n\n{text}").quotes]
    assert [name.lower() if name else name for name in said] == [name.lower() for name in expected]
