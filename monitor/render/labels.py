"""Codes of the data as readers see them: tones, channels, editions, reasons, faults. Values are for ``Wording.say``."""

from __future__ import annotations

EDITIONS = {"pagi": "Edisi pagi", "siang": "Edisi siang", "sore": "Edisi sore", "harian": "Edisi harian"}
TONES = {"positif": "positif", "netral": "netral", "negatif": "negatif"}
CHANNELS = {"earned": "pemberitaan media", "owned": "kanal pemerintah", "paid": "berbayar"}
ATTENTION = {
    "negative": "bernada negatif terhadap pemerintah daerah",
    "harsh_headline": "judul lebih keras daripada isinya",
}
WHY = {
    "negative": "bernada negatif",
    "harsh_headline": "judul lebih keras daripada isi",
    "spread": "diberitakan sedikitnya tiga redaksi secara mandiri",
    "leader": "memuat kutipan pimpinan daerah",
    "release": "bersumber dari rilis",
    "paid": "muatan berbayar",
}
GAPS = {
    "blocked": "akses ditolak situs",
    "robots": "dilarang robots.txt",
    "silent": "tidak ada artikel baru",
    "layout": "tata halaman berubah",
    "certificate": "sertifikat bermasalah",
    "dns": "alamat tidak ditemukan",
    "source_failed": "sumber berita gagal dibaca",
}
TONE_DEFINITION = (
    "Nada isi berita terhadap pemerintah daerah, ditentukan otomatis; "
    "n = berita media, tanpa kanal pemerintah dan muatan berbayar."
)
METHOD = "Pemantauan media mengukur keluaran, bukan dampak; nilai iklan setara (AVE) tidak dihitung."
