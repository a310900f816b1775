"""A city instead of a regency: titles of its own, its government in lower case, offices as the profile names them."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nlp.annotate import Annotator, load_annotator
from nlp.annotation import Annotation, Source
from tests.nlp.conftest import CONTOH

EDITS = (
    ("profile.toml", 'kind = "kabupaten"', 'kind = "kota"'),
    ("profile.toml", '"Kabupaten Selasih"', '"Kota Selasih"'),
    ("profile.toml", 'ruler = ["Bupati", "Wakil Bupati", "Wabup"]', 'ruler = ["Wali Kota", "Wakil Wali Kota"]'),
    ("opd.toml", '"Pemerintah Kabupaten Selasih"', '"Pemerintah Kota Selasih"'),
    ("opd.toml", '"pemerintah-kabupaten"', '"pemerintah-kota"'),
    ("opd.toml", 'office = ["setda"]', 'office = ["setda", "setdako"]'),
    ("opd.toml", 'name = "Dinas Pendidikan"', 'name = "Dinas Pendidikan, Adat dan Surau Kota Selasih"'),
    ("people.toml", "Bupati", "Wali Kota"),
    ("people.toml", 'short = ["Rahmadi"]', 'short = ["Rahmadi", "Bakar"]'),  # a name that both go by
    ("people.toml", 'short = ["Suryani"]', 'short = ["Suryani", "Bakar"]'),
)
WHERE = "SELASIH – Warga Kota Selasih ramai di Kelurahan Teluk Ketapang Indah, Kecamatan Muara Pinang, Kota Selasih."


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Annotator:
    folder = shutil.copytree(CONTOH, tmp_path_factory.mktemp("kota") / "selasih")
    for file, old, new in EDITS:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return load_annotator(folder)


def read(city: Annotator, sentence: str, day: date = date(2025, 3, 12)) -> Annotation:
    moment = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    (found,) = city.annotate([Source("1", "Selasih berbenah", f"{WHERE}\n\n{sentence}", moment)])
    return found


@pytest.mark.parametrize("title", ["Wali Kota", "Walikota", "Wako", "Walkot", "Pj Wali Kota", "Wali Kota Selasih"])
def test_a_mayor_goes_by_the_short_name_behind_any_title(city: Annotator, title: str) -> None:
    found = read(city, f"“Kita siap,” kata {title} Suryani. {title} Suryani lalu pulang.")
    assert [(e.id, len(e.mentions)) for e in found.officials] == [("suryani", 2)]
    assert [(quote.speaker_id, quote.opd) for quote in found.quotes] == [("suryani", "pemkab")]


@pytest.mark.parametrize("title", ["Wakil Wali Kota", "Wawako", "Wawali", "Wakil Walikota"])
def test_a_deputy_is_none_of_the_mayors(city: Annotator, title: str) -> None:
    found = read(city, f"“Kita siap,” kata {title} Bakar.", date(2018, 3, 12))
    assert [quote.speaker_id for quote in found.quotes] == ["suryani"]
    mayor = title.removeprefix("Wakil ").replace("Wawako", "Wako").replace("Wawali", "Walkot")
    found = read(city, f"“Kita siap,” kata {mayor} Bakar.", date(2018, 3, 12))
    assert [quote.speaker_id for quote in found.quotes] == ["rahmadi"]


def test_the_government_of_a_city_is_named_in_lower_case_too(city: Annotator) -> None:
    found = read(city, "Warga meminta pemko bertindak. Pemerintah kota belum menjawab; begitu pula pemkot lama.")
    assert [m.text for e in found.opd if e.id == "pemkab" for m in e.mentions] == ["pemko", "Pemerintah kota", "pemkot"]


@pytest.mark.parametrize(
    "text",
    ["Dinas Pendidikan, Adat dan Surau", "Dinas Pendidikan Adat dan Surau", "Kadis Pendidikan, Adat dan Surau"],
)
def test_an_office_is_known_by_the_name_the_profile_gives_it(city: Annotator, text: str) -> None:
    found = read(city, f"{text} Kota Selasih menata sekolah.")
    assert [m.text for e in found.opd if e.id == "disdik" for m in e.mentions] == [f"{text} Kota Selasih"]


def test_the_secretary_of_a_city_is_known_by_the_citys_words(city: Annotator) -> None:
    found = read(city, "Sekdako Selasih, Wirman Hasan, memimpin rapat. “Harga harus stabil,” ujar Sekko.")
    assert [(quote.speaker, quote.opd) for quote in found.quotes] == [("Wirman Hasan", "setda")]


@pytest.mark.parametrize("kind", ["kampung", "desa", "nagari", "kelurahan"])
def test_a_village_is_known_whatever_it_is_called_there(tmp_path: Path, kind: str) -> None:
    folder = shutil.copytree(CONTOH, tmp_path / "selasih")
    with (folder / "places.toml").open("a", encoding="utf-8") as places:
        places.write(f'[[kampung]]\nname = "Rimbo Balam"\nkecamatan = "kec-muara-pinang"\nkind = "{kind}"\n')
    found = read(load_annotator(folder), f"Posko dibuka di {kind.title()} Rimbo Balam, kata Lurah Rimbo Balam.")
    assert [m.text for e in found.places for m in e.mentions if m.start > len(WHERE)] == ["Rimbo Balam"]
