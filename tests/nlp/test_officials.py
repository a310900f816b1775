"""Officials: full and short names, slips of the pen, namesakes refused, epithets by date."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.components.officials_support import Office
from nlp.components.officials_tenures import fits
from nlp.profile import Tenure
from tests.nlp.conftest import OURS, Tag


def named(found, ident: str) -> list[str]:
    return [m.text for e in found.officials if e.id == ident for m in e.mentions]


@pytest.mark.parametrize(
    ("sentence", "ident", "texts"),
    [
        (
            "Bupati Selasih Suryani Bakar membuka acara. “Kita siap,” kata Suryani.",
            "suryani",
            ["Suryani Bakar", "Suryani"],
        ),
        ("Bupati Dra. Hj. Suryani Bakar, M.Si., membuka acara.", "suryani", ["Suryani Bakar"]),
        ("Bupati Suryani membuka acara.", "suryani", ["Suryani"]),
        ("Bupati Selasih Suriani Bakar membuka acara.", "suryani", ["Suriani Bakar"]),
        (
            "Kepala Dinas Kesehatan dr H Hendrawan Sikumbang hadir. Menurut Hendrawan, obat cukup.",
            "hendrawan",
            ["Hendrawan Sikumbang", "Hendrawan"],
        ),
        ("Kadiskes Hendrawan Sikumbamg hadir.", "hendrawan", ["Hendrawan Sikumbamg"]),
        ("Hadir Ketua DPRD Selasih Guntur, camat, dan warga.", "guntur", ["Guntur"]),
        ("Hadir Ketua DPRD Selasih Guntur Prakoso dan warga.", "guntur", []),
        ("Ketua DPRD Selasih, Guntur Wibawa SE, hadir.", "guntur", ["Guntur Wibawa"]),
        ("Camat Muara Pinang, Junaidi, hadir. Kata Junaidi, warga senang.", "junaidi", ["Junaidi", "Junaidi"]),
        ("Perahu membawa Junaidi ke pulau. “Saya mabuk laut,” ujar Camat Muara Pinang itu.", "junaidi", ["Junaidi"]),
        ("Junaidi dari Kantor Camat Muara Pinang menghitung hasil.", "junaidi", ["Junaidi"]),
        ("Junaidi, yang memimpin Kantor Camat Muara Pinang, senang.", "junaidi", ["Junaidi"]),
        ("Kata H Junaidi, cukup. Pria yang memimpin Kantor Camat Muara Pinang itu senang.", "junaidi", ["Junaidi"]),
        ("Rapat dipimpin Guntur Wibawa SE dan H Marlis.", "marlis", ["Marlis"]),
        ("Orang nomor satu di Selasih itu membuka acara.", "suryani", ["Orang nomor satu di Selasih"]),
    ],
)
def test_persons_are_linked(tag: Tag, sentence: str, ident: str, texts: list[str]) -> None:
    assert named(tag(f"{OURS}\n\n{sentence}"), ident) == texts


@pytest.mark.parametrize(
    "sentence",
    [
        "Junaidi, petani setempat, senang.",
        "Junaidi Pratama hadir.",
        "Hadir Junaidi dan Marlis.",
        "Junaidi menerima undangan Dinas Kesehatan.",
        "Wakil Bupati Kampar Guntur Wibawa hadir.",
        "Guntur Wibawa, Ketua DPRD Kampar, hadir.",
        "Budi Suryani berdagang di pasar.",
        "Kadiskes Hendarman Sitorus hadir.",
    ],
)
def test_namesakes_and_longer_names_are_not(tag: Tag, sentence: str) -> None:
    assert not tag(f"{OURS}\n\n{sentence}").officials


def test_one_man_two_offices_by_date(tag: Tag) -> None:
    found = tag(
        "DUMAI - Gubernur Riau Rahmadi Lubuk meninjau Dumai. Mantan Bupati Selasih itu senang.",
        "Gubernur ke Dumai",
        on="2023-05-02",
    )
    assert named(found, "rahmadi") == ["Rahmadi Lubuk"]


def test_a_ruler_is_known_while_acting() -> None:
    tenure = Tenure(office="Pj Gubernur Riau", region="Riau")
    assert fits(tenure, Office(ruler="Gubernur", region="riau"), date(2024, 5, 2))
    assert not fits(tenure, Office(ruler="Wakil Gubernur", region="riau"), date(2024, 5, 2))


def test_an_epithet_means_who_held_the_office_then(tag: Tag) -> None:
    text = f"{OURS}\n\nOrang nomor satu di Selasih itu membuka acara."
    assert named(tag(text, on="2019-05-02"), "rahmadi")
    assert named(tag(text, on="2022-05-02"), "suryani")


def test_another_bearer_of_the_name_takes_it_over(tag: Tag) -> None:
    found = tag(f"{OURS}\n\nBupati Suryani Bakar hadir.\n\nPedagang, Suryani Putri, senang. “Laris,” kata Suryani.")
    assert named(found, "suryani") == ["Suryani Bakar"]


def test_who_rose_to_the_province_is_still_ours(tag: Tag) -> None:
    text = f"{OURS}\n\nSekretaris Daerah Provinsi Riau Guntur Wibawa hadir. Wali Kota Dumai Hendrawan Sikumbang pulang."
    found = tag(text)
    assert named(found, "guntur") == ["Guntur Wibawa"]
    assert not named(found, "hendrawan")


def test_a_section_stands_between_an_office_and_its_holder(tag: Tag) -> None:
    found = tag(f"{OURS}\n\nMenurut Sekcam Muara Pinang Bidang Ekonomi, Junaidi, pasar ramai.")
    assert named(found, "junaidi") == ["Junaidi"]
    assert not named(tag(f"{OURS}\n\nMenurut Sekcam Muara Pinang, pasar milik Junaidi ramai."), "junaidi")
