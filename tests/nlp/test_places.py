"""Places: what lies in which kecamatan, how much a name needs around it, and namesakes elsewhere."""

from __future__ import annotations

import pytest

from tests.nlp.conftest import OURS, Tag


def placed(found) -> list[tuple[str, str]]:
    return [(e.id, m.text) for e in found.places for m in e.mentions if m.where == "text" and m.start > len(OURS)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Warga Muara Pinang senang.", [("kec-muara-pinang", "Muara Pinang")]),
        ("Warga Muarapinang senang.", [("kec-muara-pinang", "Muarapinang")]),
        ("Warga Kampung Teluk Ketapang Indah senang.", [("kec-muara-pinang", "Teluk Ketapang Indah")]),
        ("Warga Desa Sidomulyo senang.", [("kec-batu-layar", "Sidomulyo")]),
        (
            "Warga Sidomulyo, Kecamatan Batu Layar, senang.",
            [("kec-batu-layar", "Sidomulyo"), ("kec-batu-layar", "Batu Layar")],
        ),
        ("Pencoblosan di TPS 3 Sidomulyo lancar.", [("kec-batu-layar", "Sidomulyo")]),
        ("Acara di Kecamatan Selasih.", [("kec-selasih", "Kecamatan Selasih")]),
        ("Warga Kota Selasih senang.", [("kec-selasih", "Kota Selasih")]),
        (
            "Acara di Balai Seribu Tiang. Balai itu penuh.",
            [("kec-selasih", "Balai Seribu Tiang"), ("kec-selasih", "Balai")],
        ),
    ],
)
def test_places_are_linked(tag: Tag, sentence: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(placed(tag(f"{OURS}\n\n{sentence}"))) == sorted(expected)


@pytest.mark.parametrize(
    "sentence",
    [
        "Camat Muara Pinang hadir.",
        "Humas PT Muara Pinang Makmur membantah.",
        "Puskesmas Muara Pinang siaga.",
        "Kapolsek Muara Pinang hadir.",
        "Warga Sidomulyo, Kabupaten Kampar, ikut hadir.",
        "Wisatawan dari Pulau Kemuning ikut hadir.",
        "Sidomulyo adalah nama yang umum.",
        "Rombongan Selasih Hulu ikut hadir.",
        "Parit itu mengalir ke Teluk Ketapang Indah Kecil.",
        "Pengunjung Festival Balai Seribu Tiang ramai.",
    ],
)
def test_names_in_titles_and_namesakes_are_not(tag: Tag, sentence: str) -> None:
    assert not placed(tag(f"{OURS}\n\n{sentence}"))


@pytest.mark.parametrize(
    ("title", "ours"),
    [
        ("Ikan Muara Pinang Tembus Pasar Pekanbaru", True),
        ("Warga Muara Pinang Jual Madu Kampar", True),
        ("Lahan di Muara Pinang Kampar Terbakar", False),
        ("Lahan di Muara Pinang Kecamatan Rimba Jaya Kampar Terbakar", False),
    ],
)
def test_only_names_stand_between_a_place_of_a_headline_and_its_region(tag: Tag, title: str, ours: bool) -> None:
    found = tag("Ikan itu dikirim kemarin.", title)
    assert ([m.text for e in found.places for m in e.mentions] == ["Muara Pinang"]) is ours


def test_a_namesake_elsewhere_is_refused_throughout_the_article(tag: Tag) -> None:
    text = "KAMPAR - Lahan di Batu Layar, Kabupaten Kampar, terbakar. Warga Batu Layar mengungsi. Camat Batu Layar membuka posko."  # noqa: E501
    found = tag(text, "Lahan di Batu Layar Kampar Terbakar")
    assert found.about == "none"
    assert not found.places
    assert not found.opd


def test_places_listed_with_their_prepositions(tag: Tag) -> None:
    found = tag(f"{OURS}\n\nItu dirasakan di Sidomulyo, di Teluk Ketapang Indah dan di pasar.")
    assert ("kec-batu-layar", "Sidomulyo") in placed(found)


def test_a_place_said_to_lie_in_the_regency(tag: Tag) -> None:
    text = "BATAM - Kapal tujuan Dumai maupun Sidomulyo di Kabupaten Selasih wajib diperiksa. Wali Kota Batam memantau."
    assert [place.id for place in tag(text, "Kapal Batam Diperiksa").places] == ["kec-batu-layar"]


def test_a_place_and_the_town_behind_it_are_one_mention(tag: Tag) -> None:
    found = tag(f"{OURS}\n\nPasar di Teluk Ketapang Indah Muara Pinang terbakar.")
    assert placed(found) == [("kec-muara-pinang", "Teluk Ketapang Indah")]


def test_a_list_of_villages_behind_a_colon(tag: Tag) -> None:
    found = tag(f"{OURS}\n\nLaporan itu memotret dua desa: Sidomulyo dan Kemuning.")
    assert {name for _, name in placed(found)} == {"Sidomulyo", "Kemuning"}
    assert not placed(tag(f"{OURS}\n\nLaporan itu memotret dua hal: Sidomulyo dan harga cabai."))


def test_in_a_list_of_kecamatan_the_regencys_name_is_one(tag: Tag) -> None:
    found = tag(f"{OURS}\n\nPasar murah digelar di Selasih, Muara Pinang dan Batu Layar.")
    mixed = tag(f"{OURS}\n\nPasar murah digelar di Selasih, Teluk Ketapang Indah, Muara Pinang dan Batu Layar.")
    assert ("kec-selasih", "Selasih") in placed(mixed)
    assert ("kec-selasih", "Selasih") in placed(found)
    for sentence in ("Rapat di Selasih, Muara Pinang.", "Truk dari Dumai, Selasih, Muara Pinang dan Batu Layar."):
        assert ("kec-selasih", "Selasih") not in placed(tag(f"{OURS}\n\n{sentence}"))
