"""Offices: every form of a name, the one that stood on that day, and other governments' offices refused with the
reason.
"""

from __future__ import annotations

import pytest

from nlp.annotation import Annotation
from tests.nlp.conftest import OURS, Tag


def ids(found: Annotation) -> set[str]:
    return {entity.id for entity in found.opd}


def mentions(found: Annotation, ident: str) -> list[tuple[str, str]]:
    return [(m.text, m.via) for entity in found.opd if entity.id == ident for m in entity.mentions]


@pytest.mark.parametrize(
    ("phrase", "ident", "via"),
    [
        ("Dinas Kesehatan", "dinkes", "name"),
        ("Dinkes", "dinkes", "acronym"),
        ("Diskes Selasih", "dinkes", "acronym"),
        ("Kadiskes", "dinkes", "head"),
        ("Kadinkes Selasih", "dinkes", "head"),
        ("Kadis Kesehatan", "dinkes", "head"),
        ("Kepala Dinas Kesehatan Kabupaten Selasih", "dinkes", "head"),
        ("Plt Kepala Dinas Kesehatan (Diskes) Kab. Selasih", "dinkes", "head"),
        ("Plt. Kadiskes", "dinkes", "head"),
        ("Kepala Diskominfo Selasih", "diskominfo", "head"),
        ("Dinas Kominfo", "diskominfo", "short"),
        ("Kadis Kominfo Selasih", "diskominfo", "head"),
        ("Dinas Komunikasi dan Informatika (Diskominfo) Kabupaten Selasih", "diskominfo", "name"),
        ("Sekretaris Daerah (Sekda) Kabupaten Selasih", "setda", "head"),
        ("Sekda", "setda", "head"),
        ("Setdakab Selasih", "setda", "acronym"),
        ("Kepala Bagian Kesejahteraan Rakyat (Kabag Kesra) Setdakab Selasih", "bag-kesra", "head"),
        ("Bagian Kesra", "bag-kesra", "name"),
        ("Kalaksa BPBD Selasih", "bpbd", "head"),
        ("Kepala Pelaksana BPBD Selasih", "bpbd", "head"),
        ("Badan Penanggulangan Bencana Daerah (BPBD) Selasih", "bpbd", "name"),
        ("Pemerintah Kabupaten (Pemkab) Selasih", "pemkab", "name"),
        ("pemerintah daerah", "pemkab", "name"),
        ("Pemkab", "pemkab", "acronym"),
        ("Wakil Ketua II DPRD Selasih", "dprd", "head"),
        ("Anggota DPRD Kabupaten Selasih", "dprd", "head"),
        ("Camat Muara Pinang", "kec-muara-pinang", "head"),
        ("Kantor Camat Muara Pinang", "kec-muara-pinang", "name"),
        ("Camat Selasih", "kec-selasih", "head"),
        ("Plt Camat Kecamatan Muara Pinang", "kec-muara-pinang", "head"),
        ("Puskesmas Muara Pinang", "puskesmas", "acronym"),
        ("puskesmas", "puskesmas", "name"),
        ("RSUD Datuk Lembah", "rsud", "name"),
        ("Penghulu Kampung Teluk Ketapang Indah", "penghulu", "head"),
        ("penghulu", "penghulu", "name"),
        ("Kapolsek Muara Pinang", "vert-polsek", "head"),
        ("Kasat Reskrim Polres Selasih", "vert-polres", "head"),
        ("PT Dermaga Selasih Makmur", "bumd-dermaga", "name"),
    ],
)
def test_one_phrase_is_one_mention(tag: Tag, phrase: str, ident: str, via: str) -> None:
    found = tag(f"{OURS}\n\nMenurut rencana, {phrase} ikut menyiapkan acara tersebut.")
    assert mentions(found, ident) == [(phrase, via)]
    assert ids(found) == {ident}


@pytest.mark.parametrize(
    "phrase",
    [
        "Dinas Kesehatan Provinsi Riau",
        "Dinas Kesehatan Riau",
        "Diskes Pekanbaru",
        "Dinas Kesehatan Kota Pekanbaru",
        "Kadiskes Kampar",
        "Kepala Dinas Kesehatan Kabupaten Kampar",
        "Diskominfo Inhil",
        "Diskominfotik Riau",
        "BPBD Damkar Riau",
        "DPRD Kampar",
        "DPRD Provinsi Riau",
        "Pemkab Rokan Hulu",
        "Pemprov Riau",
        "Pemerintah Kota Pekanbaru",
        "Polres Kampar",
        "Polda Riau",
        "Polsek Tapung",
        "Camat Selasih Hulu",
        "Kapolsek Selasih Hulu",
        "Puskesmas Senapelan",
        "RSUD Arifin Achmad",
        "Kementerian Kominfo",
        "Ditjen Dukcapil",
        "KPU RI",
        "Sekdaprov Riau",
        "Dinas Kelautan dan Perikanan (DKP) Riau",
        "Camat Bangkinang",
        "Dinas Pendidikan Kabupaten Bandung",
    ],
)
def test_offices_of_others_are_refused_with_the_reason(tag: Tag, phrase: str) -> None:
    found = tag(f"{OURS}\n\nUtusan {phrase} ikut hadir dalam acara tersebut.")
    assert not ids(found)
    assert any(refused.reason and refused.text in phrase for refused in found.not_opd)


@pytest.mark.parametrize(
    ("on", "phrase", "ident"),
    [
        ("2024-05-02", "Dinas Kesehatan", "dinkes"),
        ("2026-03-02", "Dinas Kesehatan", "dinkes-p2kb"),
        ("2026-03-02", "Kadiskes", "dinkes-p2kb"),
        ("2016-05-02", "BKD", "bkpsdm"),
        ("2016-05-02", "Badan Kepegawaian Daerah (BKD)", "bkpsdm"),
        ("2020-05-02", "BKD", "bkd"),
        ("2016-05-02", "Dishubkominfo", "diskominfo"),
        ("2026-03-02", "DKP", "dkp"),
    ],
)
def test_the_date_decides_between_offices_of_one_name(tag: Tag, on: str, phrase: str, ident: str) -> None:
    assert ids(tag(f"{OURS}\n\nMenurut rencana, {phrase} ikut menyiapkannya.", on=on)) == {ident}


def test_the_days_of_a_reform_speak_of_what_was(tag: Tag) -> None:
    found = tag(
        f"{OURS}\n\nDinas Kesehatan kini menjadi Dinas Kesehatan, Pengendalian Penduduk dan Keluarga Berencana.",
        on="2026-01-14",
    )
    assert ids(found) == {"dinkes", "dinkes-p2kb"}


def test_a_bare_office_goes_with_its_fuller_mention(tag: Tag) -> None:
    text = f"{OURS}\n\nKepala Dinas Kesehatan Riau Fulan memuji acara itu.\n\nMenurut Fulan, Dinas Kesehatan menyiapkan dokter."  # noqa: E501
    found = tag(text)
    assert not ids(found)
    assert {r.reason for r in found.not_opd if r.text == "Dinas Kesehatan"} == {"same office with another region"}


def test_a_government_acts_through_its_own_offices(tag: Tag) -> None:
    found = tag(f"{OURS}\n\nPemkab Kampar melalui Dinas Kesehatan dan BPBD mengirim bantuan.")
    assert not ids(found)
    assert ids(tag(f"{OURS}\n\nPemkab Selasih melalui Dinas Kesehatan mengirim bantuan.")) == {"pemkab", "dinkes"}


def test_the_region_may_follow_the_heads_name(tag: Tag) -> None:
    assert not ids(tag(f"{OURS}\n\nKepala Dinas Kesehatan, dr Fulan Adi, Kota Pekanbaru, ikut hadir."))


def test_in_an_article_about_others_a_bare_office_stays_undecided(tag: Tag) -> None:
    text = "PEKANBARU - Sebanyak 200 warga Pekanbaru mengungsi. Dinas Kesehatan menyiapkan dokter. Rombongan Selasih dan Kampar ikut membantu."  # noqa: E501
    found = tag(text, "Banjir di Pekanbaru")
    assert not ids(found)
    assert any(r.text == "Dinas Kesehatan" and r.reason.startswith("undecided") for r in found.not_opd)


def test_a_particle_is_no_part_of_an_acronym(tag: Tag) -> None:
    assert mentions(tag(f"{OURS}\n\nPetugas DPRD-lah yang datang, bukan DPRD-nya Kampar."), "dprd")[0][0] == "DPRD"


def test_datelines_and_credits_are_no_mentions(tag: Tag) -> None:
    found = tag(f"Muara Pinang, InfoKita - {OURS} Warga senang. (Diskominfo Selasih)")
    assert not ids(found)
    (place,) = [m for e in found.places for m in e.mentions]
    assert place.start > len("Muara Pinang, InfoKita")


def test_a_bare_head_goes_back_to_the_office_spoken_of(tag: Tag) -> None:
    found = tag(f"{OURS}\n\nKadis Kominfo Selasih Fulan hadir.\n\n“Kita siap,” kata Kadis.")
    assert [text for text, _ in mentions(found, "diskominfo")] == ["Kadis Kominfo Selasih", "Kadis"]


def test_a_camat_without_place_needs_one_candidate(tag: Tag) -> None:
    one = tag(f"{OURS}\n\nCamat Muara Pinang hadir. Camat berharap hujan segera turun.")
    assert len(mentions(one, "kec-muara-pinang")) == 2
    assert not ids(tag(f"{OURS}\n\nPara camat se-Kabupaten Selasih hadir, termasuk 14 Camat lainnya."))
    only = tag(f"{OURS}\n\nSudah tiga kali warga ke kantor camat.")
    assert mentions(only, "kec-muara-pinang") == [("kantor camat", "name")]
    assert not ids(tag(f"{OURS}\n\nKecamatan Selasih ikut hadir.\n\nSudah tiga kali warga ke kantor camat."))


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Dinas Kesehatan membagikan vitamin kepada warga.", "actor"),
        ("“Kita siap,” kata Kadiskes.", "actor"),
        ("Turut hadir dalam acara itu Kepala Dinas Kesehatan dan tokoh masyarakat.", "attendee"),
        ("Warga mengantar surat ke Dinas Kesehatan.", "mentioned"),
    ],
)
def test_roles(tag: Tag, sentence: str, role: str) -> None:
    (entity,) = [e for e in tag(f"{OURS}\n\n{sentence}").opd if e.id == "dinkes"]
    assert entity.role == role


@pytest.mark.parametrize(
    ("phrase", "ident"),
    [
        ("Dinas Komunkasi dan Informatika", "diskominfo"),
        ("Kepala Dinas Komunikasi dan Infomatika", "diskominfo"),
        ("Dinas Perhubungan dan Inforkom", "diskominfo"),
        ("Badan Penangulangan Bencana Daerah", "bpbd"),
        ("Badan Kepegawaian dan Pengembangan Sumber Daya Manusai", "bkpsdm"),
        ("Dinas Ketahanan Pangam", "dkp"),
        ("DINAS KETAHANAN PANGAM", "dkp"),
    ],
)
def test_a_long_name_is_known_with_a_slip(tag: Tag, phrase: str, ident: str) -> None:
    assert ids(tag(f"{OURS}\n\nMenurut rencana, {phrase} ikut menyiapkannya.")) == {ident}


@pytest.mark.parametrize(
    "phrase", ["Dinas Pertanahan", "Badan Kesehatan Hewan", "Dinas Pendidikan Kabupaten Kampar", "Kepala Bagian Utama"]
)
def test_another_name_is_no_slip(tag: Tag, phrase: str) -> None:
    assert not ids(tag(f"{OURS}\n\nMenurut rencana, {phrase} ikut menyiapkannya."))


def test_an_office_belongs_to_the_government_of_whom_tells_of_it(tag: Tag) -> None:
    guests = "Kepala Diskominfo Dumai Fulan memuji sambutan itu."
    found = tag(f"{OURS}\n\n{guests}\n\nSekda Selasih Fulani mengatakan, Diskominfo baru berdiri 2017.")
    assert ids(found) == {"setda", "diskominfo"}
    found = tag(f"{OURS}\n\nSekda Dumai Fulani mengatakan, Dinas Kesehatan sudah membayar iuran.")
    assert not ids(found)
    assert "told by another government's official" in {r.reason for r in found.not_opd}


def test_becoming_something_is_no_reform(tag: Tag) -> None:
    found = tag(f"{OURS}\n\nDinas Kesehatan menjadi penampung usulan terbanyak.", on="2026-01-14")
    assert ids(found) == {"dinkes-p2kb"}


@pytest.mark.parametrize(
    ("sentence", "ident", "printed"),
    [
        ("“Itu ranahnya Kesehatan,” kata Murni.", "dinkes", "Kesehatan"),
        ("Kadis Kominfo hadir.", "diskominfo", "Kadis Kominfo"),
    ],
)
def test_an_office_as_people_speak_of_it(tag: Tag, sentence: str, ident: str, printed: str) -> None:
    assert [text for text, _ in mentions(tag(f"{OURS} {sentence}"), ident)] == [printed]


@pytest.mark.parametrize("sentence", ["Biaya Kesehatan naik.", "Warga bicara soal Kesehatan.", "Orang Kesehatan Jiwa."])
def test_the_bare_word_alone_is_no_office(tag: Tag, sentence: str) -> None:
    assert ids(tag(f"{OURS} {sentence}")) == set()


@pytest.mark.parametrize("phrase", ["BPBD provinsi", "Dinas Kesehatan tingkat provinsi", "Anggota DPRD Provinsi"])
def test_an_office_of_the_province_without_its_name_leaves_our_own_alone(tag: Tag, phrase: str) -> None:
    found = tag(f"{OURS}\n\n{phrase} datang kemarin.\n\nBPBD menyambut bersama Dinas Kesehatan dan Anggota DPRD.")
    assert [refused.reason for refused in found.not_opd] == ["office of the province"]
    assert {"bpbd", "dinkes", "dprd"} <= ids(found)


def test_an_assistant_of_the_provinces_secretary_is_not_ours(tag: Tag) -> None:
    found = tag(f"{OURS}\n\nGubernur diwakili Kabag Kesra Setdaprov Riau, lalu Kabag Kesra Setdaprov.")
    assert not ids(found)
    assert [text for text, _ in mentions(tag(f"{OURS}\n\nHadir Kabag Kesra Setdakab."), "bag-kesra")]


def test_the_councils_secretary_is_one_mention(tag: Tag) -> None:
    found = tag(f"{OURS}\n\nSekwan DPRD Selasih membuka rapat. Sekwan (Sekretaris DPRD) Selasih pulang.")
    assert ids(found) == {"setwan"}


def test_who_works_for_an_office(tag: Tag) -> None:
    assert mentions(tag(f"{OURS}\n\nSeorang staf Kesra membenarkan."), "bag-kesra") == [("Kesra", "short")]


def test_a_camat_in_lower_case_is_one_who_speaks(tag: Tag) -> None:
    start = f"{OURS}\n\nCamat Muara Pinang datang."
    assert len(mentions(tag(f"{start} “Sabar dulu,” kata camat."), "kec-muara-pinang")) == 2
    for phrase in ("Mereka mengadu ke camat.", "“Lama betul, pak camat.”"):
        assert len(mentions(tag(f"{start} {phrase}"), "kec-muara-pinang")) == 2
    for phrase in ("Rapat camat ditunda.", "Menurut camat itu, air surut.", "Para camat hadir."):
        assert len(mentions(tag(f"{start} {phrase}"), "kec-muara-pinang")) == 1
