"""The draft of a new profile: whole enough to load, free of what is only the model's, and never over existing files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import InputError
from monitor.profile_draft import build_profile, without_own, write_profile
from nlp.annotate import load_annotator
from nlp.profile import PROFILES, Profile, load_profile
from nlp.profile_check import check_profile
from nlp.tables import load_table
from tests.monitor.conftest import CONTOH

SHIPPED = sorted(path.parent.name for path in PROFILES.glob("*/profile.toml"))


@pytest.fixture
def model() -> Profile:
    return load_profile(CONTOH)


@pytest.mark.parametrize(
    ("name", "ruler", "government", "missing"),
    [
        ("Kota Sukamulya", "Wali Kota", "pemko", "nobody ever was Wali Kota Sukamulya"),
        ("kabupaten  Teluk Sukamulya", "Bupati", "pemkab", "nobody ever was Bupati Teluk Sukamulya"),
    ],
)
def test_a_draft_loads_and_the_check_says_what_is_missing(
    tmp_path: Path, model: Profile, name: str, ruler: str, government: str, missing: str
) -> None:
    folder = tmp_path / "baru"
    files = write_profile(folder, name, "Sulawesi Selatan", None, model)
    drafted = load_profile(folder)
    assert {path.parent for path in files} == {folder}
    assert (drafted.government, drafted.words.ruler[0], drafted.timezone) == (government, ruler, "Asia/Makassar")
    assert {"Gowa", "Makassar"} <= {row.name for row in drafted.neighbour}
    findings = {finding.file: finding.message for finding in check_profile(drafted)}
    assert set(findings) == {"people.toml", "places.toml"}
    assert findings["people.toml"].startswith(missing)
    load_annotator(folder)  # the pillars too are such as the components take


@pytest.mark.parametrize("name", ["Kota Sukamulya", "Kabupaten Sukamulya"])
def test_a_draft_whose_examples_are_taken_has_no_finding(tmp_path: Path, model: Profile, name: str) -> None:
    write_profile(tmp_path, name, "Riau", "Asia/Jakarta", model)
    for path in tmp_path.glob("*.toml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join(uncomment(lines)), encoding="utf-8")
    profile = load_profile(tmp_path)
    assert check_profile(profile) == []
    assert {"dinas", "kecamatan"} < {row.kind for row in profile.opd}
    assert len(profile.not_ours) == len(profile.kampung) == 1
    load_annotator(tmp_path)


def uncomment(lines: list[str]) -> Iterator[str]:
    """Yield the lines with the examples that stand in comments, each from its `[[` on, as rows."""
    within = False
    for line in lines:
        within = line.startswith("#") and (within or line.startswith("# [["))
        yield line[1:] if within else line


def test_every_office_that_the_table_names_is_listed_in_a_draft(model: Profile) -> None:
    text = build_profile("Kabupaten Sukamulya", "Riau", None, model)["opd.toml"]
    rows = [row["id"] for row in load_table("offices")["office"] if row["kind"] not in {"anaphor", "unit"}]
    assert [row for row in rows if f"#   {row}: " not in text] == []


def test_a_clock_that_is_not_the_provinces_is_found(tmp_path: Path, model: Profile) -> None:
    write_profile(tmp_path, "Kota Sukamulya", "Maluku", "Asia/Jakarta", model)
    found = [finding.message for finding in check_profile(load_profile(tmp_path)) if finding.row == "timezone"]
    assert found == ["Asia/Jakarta is not the clock of its province: Asia/Jayapura"]


@pytest.mark.parametrize("profile", SHIPPED)
def test_pillars_keep_nothing_that_names_the_model(profile: str) -> None:
    model = load_profile(profile)
    before, kept = model.pillars, without_own(model)
    told = [term["t"] for pillar in kept["pillar"] for term in pillar["terms"]]
    assert not [text for text in told if model.short.lower() in text.lower().split()]
    refused = {name.lower() for row in model.not_ours for name in row.names}
    assert not refused & {text for pillar in kept["pillar"] for text in pillar["exclusions"]}
    assert not any("opd" in pillar for pillar in kept["pillar"])
    assert not any(term.get("own") for pillar in kept["pillar"] for term in pillar["terms"])
    assert len(told) > 0.8 * sum(len(pillar["terms"]) for pillar in before["pillar"])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "Sukamulya"}, "begin it with Kabupaten or Kota"),
        ({"province": "Sumbar"}, "Sumatera Barat"),
        ({"province": "Sumatera Bara"}, "did you mean"),
        ({"timezone": "Asia/Makasar"}, "Asia/Makassar"),
    ],
)
def test_what_cannot_be_used_is_named(model: Profile, wrong: dict[str, Any], said: str) -> None:
    given = {"name": "Kota Sukamulya", "province": "Sumatera Barat", "timezone": "Asia/Jakarta", "model": model}
    with pytest.raises(InputError, match=said):
        build_profile(**(given | wrong))


def test_what_exists_is_left_as_it_is(tmp_path: Path, model: Profile) -> None:
    (tmp_path / "people.toml").write_text("# mine\n", encoding="utf-8")
    with pytest.raises(InputError, match="left as it is"):
        write_profile(tmp_path, "Kota Sukamulya", "Riau", "Asia/Jakarta", model)
    assert [path.name for path in tmp_path.iterdir()] == ["people.toml"]


def test_every_drafted_file_is_toml(model: Profile) -> None:
    texts = build_profile("Kota Sukamulya", "Riau", "Asia/Jakarta", model)
    assert len(texts) == 6
    assert all(isinstance(tomllib.loads(text), dict) for text in texts.values())
