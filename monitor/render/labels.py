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
ERAS = {
    "kept": "dihitung atas nama pada masanya",
    "merged": "dihitung atas nama penerusnya sekarang; yang terbagi, atas nama penerus yang pertama disebut",
}
COUNT_COLUMNS = {
    "opd": "Perangkat daerah", "pillar": "Pilar", "outlet": "Media", "outlet_kind": "Jenis media",
    "kind": "Jenis artikel", "channel": "Kanal",
    "tone": "Nada", "headline_tone": "Nada judul", "place": "Kecamatan", "person": "Tokoh disebut",
    "speaker": "Tokoh dikutip", "story": "Peristiwa", "day": "Hari", "week": "Pekan", "month": "Bulan", "year": "Tahun",
    "articles": "Artikel", "stories": "Peristiwa", "quotes": "Kutipan", "earned": "Media", "owned": "Pemda",
    "paid": "Berbayar", "as_actor": "Pelaku", "as_mentioned": "Disebut", "as_attendee": "Hadir",
}  # fmt: skip
COUNT_MEANINGS = {
    "articles": "artikel tentang daerah; satu artikel dihitung sekali pada tiap baris yang memuatnya",
    "as_actor": "artikel yang di dalamnya perangkat daerah itu bertindak",
    "as_mentioned": "artikel yang menyebut perangkat daerah itu",
    "as_attendee": "artikel yang menyebut perangkat daerah itu hadir",
    "in_headline": "artikel yang memuatnya dalam judul",
    "quotes": "kutipan langsung",
    "stories": "peristiwa; artikel yang berdiri sendiri dihitung satu peristiwa",
    "paid": "artikel bertanda advertorial",
    "owned": "artikel di kanal pemerintah",
    "earned": "artikel media, termasuk salinan rilis",
    "positif": "artikel bernada positif terhadap pemerintah daerah, ditentukan otomatis",
    "netral": "artikel bernada netral",
    "negatif": "artikel bernada negatif terhadap pemerintah daerah",
}
