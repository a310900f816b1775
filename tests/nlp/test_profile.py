"""A profile loads whole or says which file and key is wrong; contradictions between its rows are found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nlp.offices import build_claims, find_acronyms, list_acronyms
from nlp.profile import PROFILES, Profile, ProfileError, load_profile
from nlp.profile_check import check_profile
from tests.nlp.conftest import CONTOH


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return shutil.copytree(CONTOH, tmp_path / "salinan")


def edit(folder: Path, file: str, old: str, new: str) -> Profile:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return load_profile(folder)


def append(folder: Path, file: str, rows: str) -> Profile:
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8") + rows, encoding="utf-8")
    return load_profile(folder)


@pytest.mark.parametrize("folder", sorted(p.parent for p in PROFILES.glob("*/profile.toml")), ids=lambda p: p.name)
def test_shipped_profiles_load_and_have_no_contradiction(folder: Path) -> None:
    assert check_profile(load_profile(folder.name)) == []


def test_the_invented_profile_has_no_contradiction() -> None:
    assert check_profile(load_profile(CONTOH)) == []


def test_unknown_profile_names_the_known_ones() -> None:
    with pytest.raises(ProfileError, match="siak"):
        load_profile("tidak-ada")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "opd.toml",
            'kind = "sekretariat"',
            'kind = "sekretariat"\nwarna = "biru"',
            r"opd\.toml: opd\[setda\]\.warna: unknown key",
        ),
        ("opd.toml", 'name = "Sekretariat Daerah"\n', "", r"opd\.toml: opd\[setda\]\.name: missing"),
        (
            "people.toml",
            'from = "2016-06", until = "2021-06" }',
            'from = "2016-06", until = "2011" }',
            r"people\.toml: person\[rahmadi\].*ends",
        ),
        (
            "places.toml",
            'ambiguity = "medium"',
            'ambiguity = "agak"',
            r"places\.toml: kecamatan\[kec-batu-layar\]\.ambiguity",
        ),
        ("profile.toml", "Asia/Jakarta", "Asia/Selasih", r"profile\.toml: timezone: .*no time zone"),
        ("profile.toml", 'id = "contoh"', 'id = "contoh', r"profile\.toml is no valid TOML"),
    ],
)
def test_faults_name_file_and_key(copy: Path, file: str, old: str, new: str, message: str) -> None:
    with pytest.raises(ProfileError, match=message):
        edit(copy, file, old, new)


def test_a_profile_copied_from_another_kind_of_regency_is_found_out(copy: Path) -> None:
    edit(copy, "profile.toml", 'short = "Selasih"', 'short = "Lain"')
    edit(copy, "opd.toml", 'kind = "pemerintah"', 'kind = "other"')
    profile = edit(copy, "profile.toml", 'ruler = ["Bupati", "Wakil Bupati", "Wabup"]', 'ruler = ["Wali Kota"]')
    said = [(finding.file, finding.message) for finding in check_profile(profile)]
    assert ("people.toml", "nobody ever was Wali Kota Lain: add who was, or correct `ruler` of [words]") in said
    assert ("profile.toml", "none holds 'Lain': articles about it are not gathered") in said
    assert any(message.startswith("0 offices of kind 'pemerintah'") for _, message in said)


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "people.toml").unlink()
    with pytest.raises(ProfileError, match=r"people\.toml is missing"):
        load_profile(copy)


@pytest.mark.parametrize(
    ("file", "rows", "message"),
    [
        ("opd.toml", '\n[[opd]]\nid = "dua"\nname = "X"\nkind = "dinas"\noffice = ["kominfo"]\n', "at the same time"),
        ("opd.toml", '\n[[opd]]\nid = "setda"\nname = "X"\nkind = "dinas"\n', "stands 2 times"),
        (
            "opd.toml",
            '\n[[opd]]\nid = "tiga"\nname = "X"\nkind = "dinas"\nuntil = "2020"\nsuccessors = ["hilang"]\n',
            "unknown successor 'hilang'",
        ),
        ("opd.toml", '\n[[opd]]\nid = "empat"\nname = "X"\nkind = "dinas"\nnames = ["Kemuning"]\n', "also a place"),
        (
            "opd.toml",
            '\n[[opd]]\nid = "lima"\nname = "X"\nkind = "dinas"\noffice = ["antariksa"]\n',
            "unknown office 'antariksa'; the known ones",
        ),
        (
            "opd.toml",
            '\n[[opd]]\nid = "lima"\nname = "X"\nkind = "badan"\noffice = ["bpbd"]\n',
            "unknown office 'bpbd'; did you mean bencana?",
        ),
        (
            "opd.toml",
            '\n[[opd]]\nid = "lima"\nname = "X"\nkind = "dinas"\noffice = ["perhubungan-dan"]\n',
            "unknown office 'perhubungan-dan'; the known ones",
        ),
        (
            "opd.toml",
            '\n[[opd]]\nid = "enam"\nname = "X"\nkind = "pemerintah"\n',
            "2 offices of kind 'pemerintah'",
        ),
        ("opd.toml", '\n[[opd]]\nid = "tujuh"\nname = "X"\nkind = "vertical"\n', "unknown kind 'vertical'"),
        (
            "pillars.toml",
            '\n[[pillar]]\nid = "baru"\nname = "X"\nindonesian = "X"\nterms = []\nopd = ["hilang"]\n',
            "unknown opd 'hilang'",
        ),
        (
            "pillars.toml",
            '\n[[pillar]]\nid = "x"\nname = "X"\nindonesian = "X"\nterms = [{ t = "abc", w = 1, d = "baru-z" }]\nsubdimensions = [{ id = "baru-a", label = "A", label_id = "A" }]\n',  # noqa: E501
            "unknown subdimension 'baru-z'",
        ),
        ("pillars.toml", '\n[[pillar]]\nid = "baru"\n', "pillar.6.name: Field required"),
        ("places.toml", '\n[[kampung]]\nname = "Y"\nkecamatan = "kec-hilang"\n', "unknown kecamatan 'kec-hilang'"),
        (
            "people.toml",
            '\n[[person]]\nid = "z"\nname = "Zainal Z"\ntenure = [{ office = "Bupati Selasih", opd = "pemkab", from = "2022-01", until = "2024-01" }]\n',  # noqa: E501
            "at the same time as",
        ),
        ("people.toml", '\n[[person]]\nid = "z"\nname = "Guntur Wibawa"\n', "share the name"),
        (
            "people.toml",
            '\n[[person]]\nid = "z"\nname = "Zainal Z"\ntenure = [{ office = "Ketua", opd = "hilang" }]\n',
            "unknown opd 'hilang'",
        ),
    ],
)
def test_contradictions_are_found(copy: Path, file: str, rows: str, message: str) -> None:
    findings = check_profile(append(copy, file, rows))
    assert any(message in f.message and f.file == file for f in findings), findings


def test_an_office_that_is_made_up_is_named_wherever_the_profile_is_used(copy: Path) -> None:
    profile = append(copy, "opd.toml", '\n[[opd]]\nid = "lima"\nname = "X"\nkind = "dinas"\noffice = ["antariksa"]\n')
    for used in (build_claims, find_acronyms, list_acronyms):
        with pytest.raises(ProfileError, match="unknown office 'antariksa'; `pantau profile check` says whose"):
            used(profile)


def test_a_profile_without_pillars_is_told(copy: Path) -> None:
    (copy / "pillars.toml").unlink()
    assert [finding.message for finding in check_profile(load_profile(copy))] == ["no pillar: no article will bear one"]


def test_a_common_name_that_an_office_does_not_bear_is_taken_from_it(copy: Path) -> None:
    rows = '\n[[opd]]\nid = "{}"\nname = "{}"\nkind = "dinas"\noffice = ["{}"]\n'
    two = rows.format("perkim", "Dinas Perumahan", "perkim") + rows.format("damkar", "Dinas Pemadam", "damkar")
    (finding,) = check_profile(append(copy, "opd.toml", two))
    assert finding.message.startswith("'DPKP' also means 'perkim'")
    assert "`without`" in finding.message
    profile = edit(copy, "opd.toml", 'office = ["perkim"]', 'office = ["perkim"]\nwithout = ["DPKP"]')
    assert check_profile(profile) == []
    bearers = {claim.opd for claim in build_claims(profile) if claim.name.text in {"DPKP", "Kadis DPKP"}}
    assert bearers == {"damkar"}
