"""Who speaks where somebody answers, agrees or is answered for: agents of passives, fronted clauses, attendance,
offices named by what they do, namesakes of officials. All passages are invented.
"""

from __future__ import annotations

import pytest

from tests.nlp.conftest import OURS, Tag

# passage, then the speaker of each quotation
CASES = {
    "behind a passive clause without subject": (
        "Diberondong pertanyaan soal mobil dinas, Hendri Gultom hanya tersenyum. “Mobil itu sudah saya kembalikan,” ujarnya.",  # noqa: E501
        ["Hendri Gultom"],
    ),
    "who regrets": (
        "Keputusan itu disayangkan pengamat transportasi dari Universitas Lancang Rimba, Dr. Fadhil Rahman. Ia menilai halte tanpa bus hanya pajangan.\n\n“Yang dibutuhkan orang itu busnya,” kritiknya.",  # noqa: E501
        ["Fadhil Rahman"],
    ),
    "who welcomes": (
        "Langkah pemerintah disambut baik Ketua Kelompok Tani Maju Bersama, Paiman. “Pupuk sekarang sampai ke rumah,” katanya girang.",  # noqa: E501
        ["Paiman"],
    ),
    "a crowd that answers together": (
        "Bupati Suryani Bakar bertanya siapa yang belum sarapan. Anak-anak serempak berseru, “Saya, Bu!”",
        ["Anak-anak"],
    ),
    "a crowd that says nothing": (
        "Rosmaini, kader posyandu, membagikan susu. Anak-anak berebut. “Sabar, semua dapat,” ujarnya.",
        ["Rosmaini"],
    ),
    "an unknown who protests": (
        "Penertiban itu sempat diprotes seorang pedagang, Linda Marlina. “Kami bayar retribusi tiap hari, Pak,” teriaknya.\n\nKomandan regu Satpol PP, Hasan Basri, menenangkan. “Ibu tetap jualan, tempatnya saja pindah,” bujuknya.",  # noqa: E501
        ["Linda Marlina", "Hasan Basri"],
    ),
    "who attends alone, then speaks": (
        "Turut hadir Kepala Desa Sungai Raya, Amat Yani. Ia mengucapkan terima kasih kepada perusahaan. “Ambulans ini sangat kami tunggu,” katanya.",  # noqa: E501
        ["Amat Yani"],
    ),
    "who attends and speaks": (
        "Hadir dalam acara itu, Ketua Baznas, Ustaz Khairul Amri, mengajak warga berzakat. “Zakat itu membersihkan,” ujarnya.",  # noqa: E501
        ["Khairul Amri"],
    ),
    "an attendance that is no list": (
        "Tampak hadir mendampingi Bupati, Kepala Dinas Sosial Wan Idris mengatakan bantuan disalurkan bertahap. “Minggu ini 200 keluarga dulu,” jelasnya.",  # noqa: E501
        ["Wan Idris"],
    ),
    "a section named by what it does": (
        "Kepala Seksi Pengawasan dan Penindakan Satpol PP Rudi Hartono mengatakan pihaknya sudah memberi tiga kali peringatan. “Surat ketiga kemarin sore,” kata dia.",  # noqa: E501
        ["Rudi Hartono"],
    ),
    "a body of small and medium firms": (
        "Ketua Umum Himpunan Pengusaha Kecil dan Menengah Riau Tegar Prasetya menilai bunga bank terlalu tinggi. “Pedagang kecil lari ke rentenir,” nilainya.",  # noqa: E501
        ["Tegar Prasetya"],
    ),
    "where a speaker comes from": (
        "Mewakili orang tua siswa, Ramlah dari Desa Beringin menyampaikan terima kasih. “Anak saya akhirnya bisa sekolah,” ucapnya haru.",  # noqa: E501
        ["Ramlah"],
    ),
    "who was asked answers": (
        "“Kami butuh Rp12 miliar,” kata Direktur Perumdam Tirta Jaya Ahmad Rifai kepada anggota Komisi III.\n\n“Tahun lalu minta segitu juga, Pak,” potong anggota komisi, Suhaimi.\n\n“Itu untuk kecamatan lain,” jawab yang ditanya.",  # noqa: E501
        ["Ahmad Rifai", "Suhaimi", "Ahmad Rifai"],
    ),
    "not far from it": (
        "Tak jauh berbeda, Ketua Karang Taruna, Fikri, mengaku pemuda siap membantu. “Kasih kami cangkul, kami kerja,” tantangnya.",  # noqa: E501
        ["Fikri"],
    ),
    "in line with somebody": (
        "Sejalan dengan Fikri, Kepala Dusun Suka Maju, Legiman, mengatakan dana sudah terkumpul. “Tinggal beli semen,” katanya.",  # noqa: E501
        ["Legiman"],
    ),
    "contrary to that": (
        "Bertolak belakang dengan itu, petani bernama Wagino justru rugi. “Harga di pengepul tetap murah,” sesalnya.",
        ["Wagino"],
    ),
    "whose name is well known": (
        "Nama Syafrizal tak asing bagi pecinta burung. Sejak 2010 ia menangkar murai. “Awalnya cuma sepasang,” kenangnya.\n\nSang istri semula tak setuju. “Rumah jadi bau,” kata sang istri sambil tertawa.",  # noqa: E501
        ["Syafrizal", "sang istri"],
    ),
    "the head of the office": (
        "Pertanyaan serupa dilontarkan mahasiswa semester akhir, Gilang. “Beasiswa itu untuk siapa sebenarnya?” tanya Gilang. Sang kepala dinas, Herman, menghela napas. “Untuk yang nilainya cukup dan memang tak mampu,” jawabnya.",  # noqa: E501
        ["Gilang", "Herman"],
    ),
    "in the name of the regent": (
        "Mewakili Bupati, Kepala Bappeda Nurman Saleh membuka musrenbang. “Usulan yang tak masuk tahun ini jangan dibuang,” ujarnya.",  # noqa: E501
        ["Nurman Saleh"],
    ),
    "whose answer is laughed at": (
        "“Namanya juga lama,” kata Bakhtiar, sekretaris dinas.\n\nJawaban Bakhtiar ditertawakan peneliti anggaran, Gusrizal. “Lama itu berapa tahun?” ujarnya.",  # noqa: E501
        ["Bakhtiar", "Gusrizal"],
    ),
    "a witness named behind a pointer": (
        "“Putusan dibacakan,” kata hakim ketua Dahlia.\n\n“Saya belum pernah ke sana, Pak Hakim,” ucap saksi itu, Suryani, seperti tertulis dalam berkas.",  # noqa: E501
        ["Dahlia", "Suryani"],
    ),
    "who hears that": (
        "“Penawarnya tidak ada,” kata Yuswandi, kepala bidang.\n\nMendengar itu Zulham hanya tertawa. “Lubangnya saja tiap hari bertambah,” ujarnya.",  # noqa: E501
        ["Yuswandi", "Zulham"],
    ),
    "an officer who hides the name": (
        "“Kami bayar angin,” kata Dolah.\n\nSeorang petugas lapangan yang minta namanya tidak ditulis membenarkan pompa terbakar. “Saya cuma disuruh bilang sabar,” katanya.",  # noqa: E501
        ["Dolah", "Seorang petugas lapangan"],
    ),
    "who stands for an office": (
        "“Upah kami mana?” kata Ramlah, penyapu.\n\nPerwakilan dinas, Kasubbag Umum Ernawati, menemui massa. Dia menerangkan berkas belum diteken. “Kami juga menunggu, Bu,” katanya.",  # noqa: E501
        ["Ramlah", "Ernawati"],
    ),
    "a captain and where she comes from": (
        "“Anak-anak gugup,” ujar pelatih Edo.\n\nKapten tim Nabila asal Muara Pinang menyumbang 22 poin. “Tangan saya biru semua,” ujarnya.",  # noqa: E501
        ["Edo", "Nabila"],
    ),
    "whom somebody spoke to": (
        "“Rumahnya dulu roboh,” kata Wagimin.\n\n“Tahun depan jangan tujuh lagi,” seloroh Hartono kepada Wagimin.\n\n“Siap, Ketua,” sahut yang disapa.",  # noqa: E501
        ["Wagimin", "Hartono", "Wagimin"],
    ),
    "a short form of the office in brackets": (
        "“Ia adik pelaku,” kata Kepala Bagian Penerangan Umum (Kabag Penum) Mabes, Kombes Martono, Jumat.",
        ["Martono"],
    ),
    "a rider and where he comes from": (
        "Pebalap motor asal Bukit Seri, Jaka Miharja, beruntung hari itu. “Ban depan terkunci,” kata Jaka.",
        ["Jaka Miharja"],
    ),
    "an official's namesake": (
        "“Ongkosnya mahal,” kata Ramlah.\n\nJunaidi tak asing bagi pecinta burung. Sejak 2010 ia menangkar murai. “Awalnya sepasang,” kenangnya.",  # noqa: E501
        ["Ramlah", "Junaidi"],
    ),
    "who scolds somebody who is named in commas": (
        "Bupati menegur Kepala Dinas PUPR, Ardiansyah, di depan peserta rapat. “Sudah Oktober, serapan baru 40 persen,” katanya dengan nada tinggi.\n\nArdiansyah berdalih lelang terlambat. “Pokja kami cuma lima orang, Pak,” jawabnya.\n\n“Itu bukan alasan,” potong Bupati.",  # noqa: E501
        ["Bupati", "Ardiansyah", "Bupati"],
    ),
    "say that she is called so": (
        "Dinas Sosial memulangkan 14 pengemis ke kampung asal. Kepala Dinas Sosial, Dra Hj Wardah, menyebut mereka dikoordinir. “Pagi diantar, sore dijemput,” bebernya.\n\nSalah seorang pengemis yang dipulangkan, sebut saja Upik, mengaku menyetor Rp50 ribu sehari. “Kalau kurang, dimarahi,” akunya.",  # noqa: E501
        ["Wardah", "Upik"],
    ),
    "since five o'clock": (
        "Pasien mengeluhkan antrean di RSUD. Sejak pukul 05.00 Rusdi sudah duduk di lantai. “Dapat nomor 87,” katanya. Dokter datang pukul 10.00.",  # noqa: E501
        ["Rusdi"],
    ),
    "where the head of the prison is named": (
        "Peringatan Hari Ibu di Lapas berlangsung haru. Kalapas, Ibu Desi Andriyani, memberi izin warga binaan memeluk anaknya.\n\n“Hari ini tak ada sekat,” katanya.",  # noqa: E501
        ["Desi Andriyani"],
    ),
    "a brother of the victim": (
        "Tim SAR menemukan jasad nelayan yang hilang. Kepala Kantor SAR, Budi Cahyadi, mengatakan korban ditemukan empat mil dari lokasi. “Operasi kami tutup,” katanya.\n\nJenazah dijemput keluarga. Kakak korban, Safrizal, ikhlas. “Laut memberi, laut mengambil,” katanya.",  # noqa: E501
        ["Budi Cahyadi", "Safrizal"],
    ),
    "who speaks for a faction": (
        "Sidang paripurna diwarnai interupsi. Kusnadi dari Fraksi Sawit Bersatu menanyakan utang rumah sakit. “Rp18 miliar itu untuk apa?” tanyanya.",  # noqa: E501
        ["Kusnadi"],
    ),
    "a given name that means daughter": (
        "Sang juara, Putri Ayu, mempersembahkan medali untuk ibunya. “Mamak jual gorengan,” tuturnya.",
        ["Putri Ayu"],
    ),
    "who is said to have been the busiest": (
        "Yang paling sibuk hari itu adalah juru masak, Bik Ijah. “Nasi tiga kuali besar,” katanya.",
        ["Bik Ijah"],
    ),
    "who cuts in with a verb of no saying": (
        "“Utang kami Rp4 miliar,” kata Hotmaida, manajer.\n\n“Kenapa baru sekarang bicara?” Syafii Harahap memotong.",
        ["Hotmaida", "Syafii Harahap"],
    ),
    "a bare noun behind a verb that no list has": (
        "“Saudara sudah disumpah,” kata hakim ketua Nurul Hidayah.\n\n“Lupa atau tidak pernah ada?” bidik jaksa.",
        ["Nurul Hidayah", "jaksa"],
    ),
    "a candidate who calms the crowd": (
        "“Silakan,” jawab Ahmad Rizal, ketua panitia.\n\nMassa bersorak. Calon wakil bupati Marlis menenangkan mereka. “Sudah malam,” serunya.",  # noqa: E501
        ["Ahmad Rizal", "Calon wakil bupati Marlis"],
    ),
}


@pytest.mark.parametrize(("passage", "speakers"), CASES.values(), ids=CASES.keys())
def test_who_speaks(tag: Tag, passage: str, speakers: list[str]) -> None:
    found = tag(f"{passage}\n\n{OURS}")
    assert [quote.speaker for quote in found.quotes] == speakers
