"""Codes of the data as readers see them: tones, channels, editions, reasons, faults. Values are for ``Wording.say``."""

from __future__ import annotations

EDITIONS = {"pagi": "Edisi pagi", "siang": "Edisi siang", "sore": "Edisi sore", "harian": "Edisi harian"}
SHORT_EDITIONS = {"pagi": "Pagi", "siang": "Siang", "sore": "Sore", "harian": "Sehari"}
TONES = {"positif": "positif", "netral": "netral", "negatif": "negatif"}
CHANNELS = {"earned": "pemberitaan media", "owned": "kanal pemerintah", "paid": "berbayar"}
ATTENTION = {
    "complaint": "keluhan atau tudingan terhadap pemerintah daerah",
    "negative": "bernada negatif terhadap pemerintah daerah",
    "harsh_headline": "judul lebih keras daripada isinya",
}
WHY = {
    "complaint": "memuat keluhan atau tudingan",
    "negative": "bernada negatif",
    "harsh_headline": "judul lebih keras daripada isi",
    "spread": "diberitakan sekurang-kurangnya tiga redaksi dengan liputan mandiri",
    "leader": "memuat kutipan pimpinan daerah",
    "release": "bersumber dari rilis",
    "paid": "muatan berbayar",
}
GAPS = {
    "blocked": "akses ditolak situs",
    "robots": "dilarang robots.txt",
    "silent": "tidak ada artikel baru",
    "silent_days": "tidak ada artikel baru",
    "low": "jauh lebih sedikit daripada biasanya",
    "high": "jauh lebih banyak daripada biasanya",
    "layout": "tata halaman berubah",
    "layout_changed": "tata halaman berubah",
    "soft_404": "halaman hanya berisi pesan tidak ditemukan",
    "redirected_away": "situs beralih ke alamat lain",
    "redirect_loop": "alamat berputar tanpa henti",
    "too_large": "halaman terlalu besar",
    "future_date": "tanggal terbit di masa depan",
    "error": "galat pada Pantau",
    "certificate": "sertifikat bermasalah",
    "recipe": "resepnya tidak dapat dibaca",
    "hung": "pengambilan macet sebelum selesai",
    "hung_list": "pembacaan daftar beritanya macet",
    "dns": "alamat tidak ditemukan",
    "source_failed": "sumber berita gagal dibaca",
    "rate_limited": "situs membatasi permintaan",
    "http_4xx": "situs menjawab dengan galat",
    "http_5xx": "situs mengalami gangguan",
    "timeout": "situs tidak menjawab",
    "connection": "situs tidak dapat dihubungi",
    "gone": "halaman dihapus",
    "stood_still": "Pantau tidak berjalan",
    "job_failed": "gagal berulang kali",
    "edition_missed": "edisi terlewat",
    "disk": "ruang simpan hampir habis",
    "disk_last": "ruang simpan habis sebentar lagi, setelah itu tidak ada yang dapat disimpan",
    "send_failed": "kiriman tidak sampai",
    "no_address": "alamat kiriman tidak dapat dipakai",
    "bad_content": "isi halaman rusak",
    "over_limit": "permintaan dibatasi, sebagian artikel menyusul",
    "backfill": "permintaan dibatasi, arsip belum seluruhnya dibaca",
    "unread": "tidak terbaca pada periode ini",
}
CHANGES = {
    "total": "Angka utama", "tone": "Nada menurut jenis", "added": "Artikel yang akan masuk",
    "removed": "Artikel yang akan keluar", "article": "Artikel yang akan berbeda", "attention": "Perlu perhatian",
    "opd": "Perangkat daerah", "pillar": "Pilar Smart City",
}  # fmt: skip
CHANGED_FIELDS = {
    "articles": "artikel", "earned": "pemberitaan media", "owned": "kanal pemerintah", "paid": "berbayar",
    "release_copies": "rilis atau salinan", "outlets": "media", "independent_newsrooms": "redaksi meliput mandiri",
    "stories": "peristiwa", "incidental": "disebut sepintas", "title": "judul", "kind": "jenis", "channel": "kanal",
    "tone": "nada", "headline_tone": "nada judul", "opd": "perangkat daerah", "pillars": "pilar", "places": "tempat",
    "speakers": "dikutip", "story": "nomor peristiwa", "copy_of": "salinan dari", "article": "media",
    **TONES, **ATTENTION,
}  # fmt: skip
TONE_DEFINITION = (
    "Nada isi berita terhadap pemerintah daerah, ditentukan secara otomatis kecuali yang dikoreksi petugas;"
    " n = jumlah berita media, tidak termasuk kanal pemerintah dan muatan berbayar."
)
METHOD = (
    "Pemantauan media mengukur keluaran, bukan hasil atau dampak; nilai setara iklan (AVE) tidak dihitung."
    " Persentase dibulatkan sehingga jumlahnya dapat 99% atau 101%."
)
OVERLAP = "Satu artikel dapat masuk ke beberapa baris, sehingga jumlah baris tidak sama dengan total."
WITHDRAWN = "ditarik media"  # still counted, as it was published
REST_ATTACHED = "dan {n} lainnya; selengkapnya dalam lampiran"
REST_IN_MAIL = "dan {n} lainnya; selengkapnya dalam surel atau PDF"
REST_WAITING = "dan {n} lainnya; semuanya pada halaman Hari ini di ruang kerja"
ERAS = {
    "kept": "dihitung atas nama pada masanya",
    "merged": "dihitung atas nama penerusnya sekarang; yang terbagi, atas nama penerus yang pertama disebut",
}
COUNT_COLUMNS = {
    "opd": "Perangkat daerah", "pillar": "Pilar", "outlet": "Media", "outlet_kind": "Jenis media",
    "kind": "Jenis artikel", "channel": "Kanal",
    "tone": "Nada", "headline_tone": "Nada judul", "place": "Kecamatan", "person": "Tokoh disebut",
    "speaker": "Tokoh dikutip", "story": "Peristiwa", "day": "Hari", "week": "Pekan", "month": "Bulan", "year": "Tahun",
    "articles": "Artikel", "stories": "Peristiwa", "quotes": "Kutipan", "earned": "Pers", "owned": "Pemda",
    "paid": "Berbayar", "as_actor": "Pelaku", "as_mentioned": "Disebut", "as_attendee": "Hadir",
    "in_headline": "Dalam judul", "positif": "Positif", "netral": "Netral", "negatif": "Negatif", "id": "Nomor artikel",
    "published_at": "Terbit", "title": "Judul", "url": "Alamat",
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
    "positif": "berita media bernada positif terhadap pemerintah daerah; otomatis kecuali yang dikoreksi petugas",
    "netral": "berita media bernada netral",
    "negatif": "berita media bernada negatif terhadap pemerintah daerah",
}
ROLES = {"actor": "pelaku", "mentioned": "disebut", "attendee": "hadir"}
TASKS = {
    "about": "kaitan dengan daerah",
    "opd": "perangkat daerah",
    "pillar": "pilar",
    "place": "kecamatan",
    "official": "tokoh",
    "tone": "nada",
    "headline_tone": "nada judul",
    "kind": "jenis artikel",
}
MENU = {
    "/": "Hari ini", "/articles": "Berita", "/review": "Periksa", "/counts": "Jumlah", "/editions": "Edisi",
    "/alerts": "Peringatan", "/outlets": "Media", "/clip": "Tambah",
}  # fmt: skip
QUEUES = {"/review": "Nada", "/review/names": "Nama yang belum pasti"}
ABOUT = {"subject": "tentang daerah", "incidental": "disebut sepintas", "none": "bukan tentang daerah"}
SILENT_TITLES = {
    "ended": "Media yang bulan ini tidak menerbitkan artikel",
    "running": "Media yang bulan ini belum menerbitkan artikel",
}
SILENT_OUTLETS = {
    "ended": "{name}: {n} artikel bulan sebelumnya (termasuk yang bukan tentang daerah), tidak ada bulan ini",
    "running": "{name}: {n} artikel bulan sebelumnya (termasuk yang bukan tentang daerah), belum ada bulan ini",
}
ALONE = "artikel yang berdiri sendiri"  # each is a story of its own
OUTLET_KINDS = {
    "local": "media lokal", "provincial": "media provinsi", "national": "media nasional", "agency": "kantor berita",
    "government": "kanal pemerintah", "aggregator": "agregator",
}  # fmt: skip
KINDS = {"reporting": "pemberitaan", "release": "rilis", "advertorial": "advertorial"}
FIELDS = {
    "about": "Kaitan dengan daerah", "kind": "Jenis artikel", "tone": "Nada isi", "headline_tone": "Nada judul",
    "opd": "Perangkat daerah", "officials": "Tokoh", "places": "Kecamatan", "pillars": "Pilar Smart City",
    "speaker": "Pembicara kutipan", "undecided": "Nama yang belum pasti",
    "story": "Peristiwa", "copy_of": "Salinan dari", "answered": "Tindak lanjut", "title": "Judul", "text": "Teks",
}  # fmt: skip
ACTIONS = {
    "set": "menetapkan", "clear": "mengosongkan", "add": "menambahkan", "remove": "menghapus",
    "revert": "mengembalikan kepada mesin",
}  # fmt: skip
MARKS = {
    "opd": "perangkat daerah", "official": "tokoh", "place": "tempat", "pillar": "pilar", "tone": "nada",
    "quote": "kutipan", "refused": "ditolak",
}  # fmt: skip
STATUS = {
    "ok": "baik", "never": "belum pernah terbaca", "fixed": "baru pulih", "finding": "perlu diperiksa",
    "failing": "sumber gagal dibaca",
}  # fmt: skip
ADVICE = {  # what to do about an outlet that fares so
    "never": "Tunggu pengambilan berikutnya; bila tetap kosong, periksa apakah situsnya dapat dibuka.",
    "blocked": "Minta media itu mengizinkan Pantau; sementara itu simpan beritanya dari menu Tambah.",
    "robots": "Pantau mematuhi larangan situs ini. Minta izin medianya, atau simpan klipingnya dari menu Tambah.",
    "silent": "Buka situsnya: bila ada berita baru, alamat umpannya berubah; mintalah pengelola memeriksa resepnya.",
    "silent_days": "Buka situsnya: bila ada berita baru, resepnya perlu diperbaiki; bila tidak, medianya memang diam.",
    "low": "Bandingkan dengan situsnya; yang terlewat dapat disimpan dari menu Tambah.",
    "high": "Tidak ada yang hilang. Periksa apakah ada berita ganda atau arsip yang diterbitkan ulang.",
    "layout": "Mintalah pengelola memperbaiki resepnya; artikel tetap dibaca dengan cara umum.",
    "layout_changed": "Mintalah pengelola memperbaiki resepnya; artikel tetap dibaca dengan cara umum.",
    "redirected_away": "Buka situsnya: bila pindah alamat, mintalah pengelola mengubah resepnya.",
    "dns": "Buka situsnya di peramban: bila tidak terbuka juga, medianya mungkin tutup atau pindah alamat.",
    "recipe": "Mintalah pengelola memperbaiki berkas resepnya.",
    "hung": "Dicoba lagi pada pengambilan berikutnya; bila terulang, beri tahu pengelola.",
    "hung_list": "Dilewati beberapa jam, lalu dicoba lagi; bila menetap, beri tahu pengelola.",
    "certificate": "Tidak ada yang hilang bila beritanya tetap terbaca; beri tahu medianya.",
    "rate_limited": "Pantau sudah memperlambat permintaannya; bila menetap, mintalah pengelola menaikkan jedanya.",
    "timeout": "Biasanya pulih sendiri. Bila lebih dari sehari, buka situsnya dan beri tahu medianya.",
    "connection": "Biasanya pulih sendiri. Bila lebih dari sehari, buka situsnya dan beri tahu medianya.",
    "http_5xx": "Biasanya pulih sendiri. Bila lebih dari sehari, beri tahu medianya.",
    "http_4xx": "Buka situsnya: bila terbuka, alamat umpannya berubah; mintalah pengelola memeriksa resepnya.",
    "gone": "Umpannya sudah tidak ada; mintalah pengelola mencari penggantinya.",
    "over_limit": "Tidak perlu apa-apa: sisanya diambil pada giliran berikutnya.",
    "backfill": "Tidak perlu apa-apa untuk berita hari ini; arsipnya dilanjutkan oleh pengelola.",
    "error": "Beri tahu pengelola, beserta catatan pengambilannya.",
    "other": "Buka situsnya, lalu beri tahu pengelola apa yang tampak.",
}
RESULTS = {
    "done": "selesai", "findings": "selesai, ada catatan", "failed": "gagal", "stopped": "dihentikan",
    "running": "sedang berjalan", "refused": "ditolak", "interrupted": "terputus",
}  # fmt: skip
JOBS = {
    "refresh": "pengambilan dan analisis", "crawl": "pengambilan berita", "annotate": "analisis",
    "clip": "penambahan berita", "import": "impor", "send": "pengiriman", "delivery": "pengiriman",
    "train": "pelatihan model", "reextract": "pembacaan ulang", "demo": "peragaan", "retention": "pembersihan",
    "backup": "pencadangan", "report": "laporan bulanan", "disk": "tempat penyimpanan",
    "edition pagi": "Edisi pagi", "edition siang": "Edisi siang", "edition sore": "Edisi sore",
}  # fmt: skip
UNREAD = {  # what kept the text of a clip's file from being read
    "no_reader": "Pembaca foto atau PDF belum terpasang di komputer ini. Minta pengelola memasang tesseract-ocr-ind dan"
    " poppler-utils, lalu simpan klipingnya sekali lagi.",
    "no_language": "Pembaca foto belum mengenal bahasa Indonesia. Minta pengelola memasang tesseract-ocr-ind, lalu"
    " simpan klipingnya sekali lagi.",
    "locked": "PDF itu dikunci dengan kata sandi. Simpan salinan tanpa kata sandi, lalu simpan klipingnya sekali lagi.",
    "broken": "Berkas itu rusak atau terlalu berat untuk dibaca. Coba foto atau pindai ulang.",
    "too_long": "Hanya 12 halaman pertama yang dibaca. Simpan halaman lainnya sebagai kliping tersendiri.",
}
CAUSES = {
    "not_ours": "halamannya tidak menyebut daerah ini",
    "robots": "situsnya melarang pengambilan otomatis (robots.txt)",
    "blocked": "situsnya menolak akses",
    "gone": "sudah dihapus media, atau alamatnya tidak pernah ada",
    "soft_404": "alamatnya hanya menampilkan pesan tidak ditemukan",
    "no_body": "isi beritanya tidak ditemukan di halamannya",
    "no_title": "judulnya tidak ditemukan di halamannya",
    "no_date": "tanggalnya tidak ditemukan di halamannya",
    "not_article": "halamannya daftar atau pengumuman, bukan berita",
    "future_date": "tanggal terbitnya di masa depan",
    "out_of_range": "terbit di luar hari yang diambil",
    "over_limit": "menunggu giliran pengambilan berikutnya",
    "redirected_away": "alamatnya menuju situs lain, atau jaringan sendiri yang tidak boleh diambil",
    "redirect_loop": "alamatnya berputar tanpa henti",
    "too_large": "halamannya terlalu besar",
    "bad_content": "isi halamannya rusak",
    "rate_limited": "situsnya membatasi permintaan",
    "http_4xx": "situsnya menolak alamat ini",
    "http_5xx": "situsnya sedang mengalami gangguan",
    "timeout": "situsnya tidak menjawab",
    "connection": "situsnya tidak dapat dihubungi",
    "hung": "pembacaan halamannya tidak selesai dan menahan pengambilan",
    "error": "galat pada Pantau",
    "seen_elsewhere": "hanya terlihat di layanan pencari berita",
    "no_recipe": "medianya belum dikenal Pantau",
    "not_watched": "medianya tidak termasuk yang dipantau",
    "never_crawled": "medianya belum pernah diambil",
    "no_article_address": "alamatnya tidak dikenali sebagai alamat berita",
    "not_offered": "belum muncul di umpan, peta situs, atau pencarian medianya",
}
VIA = {
    "name": "nama", "acronym": "singkatan", "short": "nama pendek", "former": "nama lama",
    "head": "jabatan pimpinannya", "person": "nama pejabatnya",
}  # fmt: skip
MESSAGE_STATES = {
    "waiting": "menunggu", "sending": "sedang dikirim", "failed": "gagal", "unknown": "mungkin sudah terkirim",
}  # fmt: skip
ASKED = {  # what a page was asked with
    "about": "Kaitan", "action": "Tindakan", "by": "Menurut", "channel": "Kanal", "date": "Tanggal", "day": "Hari",
    "edition": "Edisi", "field": "Bagian", "form": "Bentuk", "kind": "Jenis artikel", "month": "Bulan",
    "note": "Catatan", "number": "Nomor artikel", "opd": "Perangkat daerah", "outlet": "Media", "page": "Halaman",
    "password": "Kata sandi", "pillar": "Pilar Smart City", "query": "Cari kata", "since": "Dari",
    "story": "Peristiwa", "text": "Teks", "title": "Judul", "tone": "Nada", "until": "Sampai", "url": "Alamat berita",
    "value": "Isi", "view": "Tampilan",
}  # fmt: skip
INVALID = {  # beginning of a kind of fault -> what is wrong; the last is for all others
    "missing": "belum diisi",
    "int_": "harus berupa bilangan",
    "greater_than": "angkanya terlalu kecil",
    "less_than": "angkanya terlalu besar",
    "literal_": "bukan salah satu pilihannya",
    "enum": "bukan salah satu pilihannya",
    "string_too_long": "terlalu panjang",
    "too_long": "terlalu banyak",
    "": "bentuknya tidak sesuai",
}
FILINGS = {
    "docx": "Laporan Word", "pdf": "Laporan PDF", "xlsx": "Laporan Excel", "clipping": "Kliping PDF",
}  # fmt: skip
REPORT_DEFINITIONS = {
    "article": "Artikel dihitung apabila isinya mengenai daerah; artikel yang hanya menyebut sepintas tidak dihitung.",
    "withdrawn": "Artikel yang kemudian ditarik medianya tetap dihitung dan ditandai dalam lampiran.",
    "channels": (
        "Pemberitaan media, kanal pemerintah, dan muatan berbayar dihitung terpisah; nada hanya"
        " dihitung dari pemberitaan media."
    ),
    "story": (
        "Peristiwa mengelompokkan artikel tentang kejadian yang sama; salinan rilis tidak "
        "dihitung sebagai liputan mandiri."
    ),
    "newsroom": (
        "Redaksi mandiri: media yang menulis sendiri beritanya, tidak menyalin rilis, bukan kanal"
        " pemerintah, dan tidak dibayar."
    ),
    "opd": (
        "Perangkat daerah dicatat dengan nama yang berlaku pada tanggal artikel. Pelaku: yang"
        " bertindak; hadir: yang hanya disebut di antara hadirin; disebut: selebihnya."
    ),
    "tags": (
        "Label ditentukan secara otomatis oleh aturan dan model, kecuali yang dikoreksi petugas; jangkauan pembaca"
        " tidak diukur dan tidak diperkirakan."
    ),
}
