"""Joint offices of two names, either secretariat, full names with an acronym, places within offices of others."""

from __future__ import annotations

import pytest

from tests.nlp.conftest import OURS, Tag


@pytest.mark.parametrize(
    "passage",
    [
        "Dilantik pula Sukirman dan Guntur Wibawa sebagai Bupati dan Wakil Bupati Kampar.",
        "Dilantik pula Guntur Wibawa dan Sukirman sebagai Bupati dan Wakil Bupati Kampar.",
        "Dilantik pula Bupati dan Wakil Bupati Kampar, Sukirman dan Guntur Wibawa.",
        "Ia melantik H. Sukirman dan Drs. Guntur Wibawa, M.Si selaku Wali Kota dan Wakil Wali Kota Pekanbaru.",
    ],
)
def test_joint_offices_of_others_tell_a_namesake(tag: Tag, passage: str) -> None:
    found = tag(f"{passage}\n\nGuntur Wibawa mengaku siap. “Kami langsung bekerja,” ucapnya.\n\n{OURS}")
    assert [quote.speaker_id for quote in found.quotes] == [None]
    assert not found.officials


@pytest.mark.parametrize(
    "passage",
    [
        "Ia melantik Suryani Bakar dan Guntur Wibawa sebagai Bupati dan Wakil Bupati Selasih.",
        "Ketua DPRD Selasih Guntur Wibawa menyambut Sukirman dan Rahmat sebagai Bupati dan Wakil Bupati Kampar.",
        "Guntur Wibawa dan Sukirman menanam pohon, lalu Bupati dan Wakil Bupati Kampar pulang.",
    ],
)
def test_joint_offices_of_ours_or_of_others_beside(tag: Tag, passage: str) -> None:
    found = tag(f"{passage}\n\n“Kami langsung bekerja,” ucap Guntur Wibawa.\n\n{OURS}")
    assert [quote.speaker_id for quote in found.quotes] == ["guntur"]


@pytest.mark.parametrize(
    ("passage", "offices"),
    [
        ("Balai Karantina Hewan (BKH) Riau memeriksa sapi.", ["Balai Karantina Hewan (BKH) Riau"]),
        ("Kepala BKH Riau, Hartanto, datang.", ["Kepala BKH Riau"]),
        ("Balai Karantina Hewan (BKH) Jambi memeriksa sapi.", []),
    ],
)
def test_full_name_with_its_acronym(tag: Tag, passage: str, offices: list[str]) -> None:
    found = tag(f"{passage}\n\n{OURS}").opd
    assert [m.text for opd in found if opd.id == "vert-karantina" for m in opd.mentions] == offices


@pytest.mark.parametrize(
    ("passage", "offices"),
    [
        ("Hadir Wakil Bupati, para staf ahli serta undangan.", ["staf ahli"]),
        ("Sebaliknya Staf Ahli hanya diminati dua pelamar.", ["Staf Ahli"]),
        ("Ia pernah menjadi staf ahli Menteri Sosial dan staf ahli fraksi.", []),
        ("Staf ahli Gubernur Riau dan Staf Ahli Khusus Kapolri datang, saksi ahli tidak.", []),
        ("Staf Ahli Bupati Kampar, Rustam, datang.", []),
    ],
)
def test_bare_advisers(tag: Tag, passage: str, offices: list[str]) -> None:
    found = tag(f"{passage}\n\n{OURS}").opd
    assert [m.text for opd in found if opd.id == "staf-ahli" for m in opd.mentions] == offices


@pytest.mark.parametrize(
    ("passage", "office"),
    [
        ("Rustam pindah menjadi Kabag Umum Setwan.", "setwan"),
        ("Kepala Bagian Umum Sekretariat DPRD Selasih, Rustam, datang.", "setwan"),
        ("Kabag Umum Setda Selasih, Rustam, datang.", "bag-umum"),
        ("Kabag Umum, Rustam, datang.", "bag-umum"),
    ],
)
def test_sections_of_either_secretariat(tag: Tag, passage: str, office: str) -> None:
    assert [opd.id for opd in tag(f"{passage}\n\n{OURS}").opd] == [office]


@pytest.mark.parametrize(
    ("passage", "mentions"),
    [
        ("Sidang digelar di aula KUA Kecamatan Muara Pinang.", 0),
        ("Ketua Panwascam Muara Pinang datang.", 0),
        ("Sidang digelar di Kecamatan Muara Pinang.", 1),
        ("KUA pindah ke Muara Pinang.", 1),
    ],
)
def test_places_within_an_office(tag: Tag, passage: str, mentions: int) -> None:
    places = tag(f"{passage}\n\n{OURS}").places
    assert sum(len(place.mentions) for place in places) == mentions + 1  # and that of the last sentence
