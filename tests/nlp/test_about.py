"""Subject, incidental or none: by what acts, where it stands and what else is named; homonyms are nobody's evidence."""

from __future__ import annotations

import pytest

from tests.nlp.conftest import Tag


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Dua Rumah Terbakar di Muara Pinang",
            "SELASIH - Dua rumah di Kecamatan Muara Pinang, Kabupaten Selasih, terbakar, Senin malam.",
        ),
        ("Bupati Suryani Lantik 30 Pejabat", "Bupati Selasih Suryani Bakar melantik 30 pejabat di kantornya, Senin."),
        (
            "Selasih Raih Adipura",
            "JAKARTA - Pemerintah Kabupaten Selasih menerima Adipura dari Kementerian Lingkungan Hidup di Jakarta.",
        ),
        (
            "Polisi Tangkap Pengedar Sabu",
            "SELASIH - Satresnarkoba Polres Selasih menangkap dua pengedar di Kampung Teluk Ketapang Indah.",
        ),
        (
            "Jalan Rusak, Warga Tanam Pisang",
            'Warga Muara Pinang, Selasih, menanam pisang di jalan. "Kami bosan," kata Ujang. Mereka menunggu Pemkab Selasih.',  # noqa: E501
        ),
        (
            "Gubernur Riau Buka MTQ",
            "Gubernur Riau membuka MTQ tingkat provinsi di Selasih. Bupati Selasih menyambut rombongan di Balai Seribu Tiang.",  # noqa: E501
        ),
        (
            "Diskominfo Dumai Gelar Studi Tiru Pengelolaan Media",
            (
                "Selasih, InfoKita - Rombongan Diskominfo Kota Dumai bersama belasan wartawan mengunjungi Pemerintah Kabupaten Selasih, Rabu.\n\n"  # noqa: E501
                "Rombongan diterima Bupati Selasih melalui Sekda di balai pertemuan.\n\n"
                "Kepala Diskominfo Dumai, Barliana, menyebut kedatangan itu untuk menimba ilmu. Kabupaten Selasih tahun lalu meraih penghargaan keterbukaan informasi.\n\n"  # noqa: E501
                "“Di Dumai wartawannya banyak, di Selasih aturannya jelas. Itu yang ingin kami bawa ke Dumai,” kata Barliana.\n\n"  # noqa: E501
                "Kepala Diskominfo Dumai itu juga memuji kebersihan Kabupaten Selasih.\n\n"
                "Sekda Selasih menambahkan, Pemkab Selasih membuka data belanja media setiap triwulan.\n\n"
                "“Pemkab Selasih tidak memilih-milih wartawan,” jelasnya."
            ),
        ),
    ],
)
def test_subject(tag: Tag, title: str, text: str) -> None:
    assert tag(text, title).about == "subject"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "80 Titik Panas di Riau",
            "PEKANBARU - Rinciannya, Pelalawan 18 titik, Kampar 3, Selasih 2 dan Dumai 1 titik, kata BPBD Riau.",
        ),
        (
            "UMK Riau Naik",
            "PEKANBARU - Daftarnya:\n\n1. Dumai Rp3.867.295\n2. Bengkalis Rp3.680.000\n3. Selasih Rp3.428.000\n4. Kampar Rp3.427.000",  # noqa: E501
        ),
        (
            "Atlet Riau Raih Emas di PON",
            "MEDAN - Dinda, atlet Riau kelahiran Selasih, meraih emas gulat di Medan, Sumatera Utara. Riau kini di urutan ketiga.",  # noqa: E501
        ),
        (
            "Mahasiswi Asal Muara Pinang Juara Debat di Bandung",
            "BANDUNG - Tim debat sebuah kampus di Bandung menjuarai lomba nasional. Salah seorang anggotanya, Dinda, lahir di Kampung Teluk Ketapang, Muara Pinang, Riau.\n\nDinda merantau ke Bandung sejak SMA.",  # noqa: E501
        ),
        (
            "Pemkab Kampar Bangun MPP",
            "BANGKINANG - Pemkab Kampar membangun mal pelayanan publik. Kampar mencontoh Selasih, kata Bupati Kampar. Dinas PUPR Kampar menyiapkan lahan.",  # noqa: E501
        ),
        (
            "Rahmadi Tinjau Vaksinasi di Dumai",
            "DUMAI - Gubernur Riau Rahmadi Lubuk meninjau vaksinasi di Dumai. Mantan Bupati Selasih itu didampingi Wali Kota Dumai.",  # noqa: E501
        ),
    ],
)
def test_incidental(tag: Tag, title: str, text: str) -> None:
    assert tag(text, title).about == "incidental"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Banjir di Selasih Hulu",
            "KAMPAR - Tiga desa di Kecamatan Selasih Hulu, Kabupaten Kampar, terendam. Camat Selasih Hulu membuka posko.",  # noqa: E501
        ),
        (
            "Lampu Jembatan Padam",
            "PEKANBARU - Lampu Jembatan Selasih II padam, kata Dishub Pekanbaru. Jalan Selasih ikut gelap.",
        ),
        (
            "Ikan Mati di Sungai Selasih",
            "PEKANBARU - Ikan mengapung di Sungai Selasih, Senapelan. DLHK Pekanbaru mengambil sampel.",
        ),
        ("Server SELASIH Tumbang", "Aplikasi SELASIH tidak bisa diakses sejak pagi. Operator menunggu SELASIH pulih."),
        ("Harga Daun Selasih Naik", "MEDAN - Harga daun selasih di Medan naik dua kali lipat."),
        (
            "PDAM Tirta Selasih Mati Tiga Hari",
            "PEKANBARU - Pelanggan PDAM Tirta Selasih di Senapelan mengeluh. Kabag Teknik PDAM Tirta Selasih Pekanbaru Fulan meminta maaf.",  # noqa: E501
        ),
        ("Kecelakaan di Tapung", "Sebuah truk terbalik di Tapung, Kabupaten Kampar."),
    ],
)
def test_none(tag: Tag, title: str, text: str) -> None:
    found = tag(text, title)
    assert found.about == "none"
    assert not found.opd
    assert not found.places


def test_reasons_name_what_counted_and_what_was_refused(tag: Tag) -> None:
    found = tag("KAMPAR - Camat Selasih Hulu hadir. Bupati Selasih juga hadir.", "Rapat Batas Selasih dan Kampar")
    assert any(reason.startswith("ours: ") for reason in found.about_reasons)
    assert any(r.text == "Selasih Hulu" and r.reason == "kecamatan in Kampar" for r in found.not_opd)


def test_score_grows_with_what_speaks_for_us(tag: Tag) -> None:
    weak = tag("PEKANBARU - Rapat itu dihadiri utusan Kampar dan Selasih.", "Rapat di Pekanbaru")
    strong = tag("SELASIH - Pemkab Selasih menggelar rapat di Muara Pinang.", "Pemkab Selasih Gelar Rapat")
    assert 0 <= weak.about_score < 0.5 < strong.about_score <= 1


def test_an_article_without_any_trigger_never_reaches_the_tokenizer(annotator, monkeypatch) -> None:
    from nlp.annotation import Source

    monkeypatch.setattr(type(annotator.nlp), "make_doc", lambda *_: pytest.fail("tokenized"))
    (found,) = annotator.annotate([Source("x", "Harga emas naik", "Harga emas di Jakarta naik.")])
    assert (found.id, found.about, found.about_score, found.opd) == ("x", "none", 0.0, ())


def test_a_village_that_bears_the_name_is_not_the_regency(tag: Tag) -> None:
    text = "KARUBAGA - Warga Kampung Selasih membangun jembatan. Kepala Kampung Selasih, Yotam Wenda, bersyukur."
    found = tag(text, "Warga Kampung Selasih Bangun Jembatan")
    assert found.about == "none"
    assert not found.opd


def test_an_electoral_district_names_us_in_passing(tag: Tag) -> None:
    text = "Pekanbaru - Anggota DPRD Riau dari Dapil Selasih, Karmila Wati, meminta jalan di Pelalawan diperbaiki."
    assert tag(text, "Jalan Pelalawan Diminta Diperbaiki").about == "incidental"


def test_where_a_companys_branch_sits_is_not_what_an_article_is_about(tag: Tag) -> None:
    title = "PLN UP3 Selasih Jadwalkan Pemadaman di Dumai"
    text = "DUMAI - PLN UP3 Selasih menjadwalkan pemeliharaan jaringan di Dumai, Senin."
    assert tag(text, title).about == "none"
    assert tag(f"{text} Warga Kabupaten Selasih ikut padam.", title).about == "incidental"


def test_a_camat_whose_kecamatan_lies_elsewhere(tag: Tag) -> None:
    title = "Camat Batu Layar Ajak Petani Tanam Jagung"
    text = "BANGKINANG - Lahan di Kecamatan Batu Layar, Kabupaten Kampar, kosong. Camat Batu Layar Fulan datang."
    assert tag(text, title).about == "none"
    assert tag("Camat Batu Layar Fulan datang ke ladang di Muara Pinang.", title).about == "subject"


def test_who_serves_is_not_said_to_have_done_so_once(tag: Tag) -> None:
    found = tag("SELASIH - Warga menunggu Suryani Bakar di Kecamatan Muara Pinang.", "Warga Menunggu")
    assert [reason for reason in found.about_reasons if "person" in reason] == ["ours: person in lead (+0.4)"]
