"""Names as a regency's own documents say them."""

from __future__ import annotations

from datetime import date

from monitor.names import Names, build_names
from nlp.profile import load_profile
from tests.monitor.conftest import CONTOH


def test_an_agency_of_a_long_name_has_the_acronym_that_stands_for_all_of_it() -> None:
    names = build_names(load_profile(CONTOH))
    assert names.brief("diskominfo") == "Diskominfo"
    assert names.brief("dinkes-p2kb") == "Dinkes P2KB"
    assert names.brief("dinkes") == "Dinas Kesehatan"  # two words need none
    assert names.outside == {key for key in names.opd if key == "dprd" or key.startswith("vert-")}
    assert names.no_agencies == names.outside | {key for key in names.opd if key.startswith(("bumd-", "pemkab"))} | {
        "penghulu"
    }
    assert names.brief("unknown") == "unknown"


def test_an_agency_needs_no_regency_behind_its_name_unless_something_is_lost() -> None:
    full = {
        "pemko": "Pemerintah Kabupaten Contoh",
        "kominfo": "Dinas Kominfo Kabupaten Contoh",
        "dprd": "DPRD Kabupaten Contoh",
        "polres": "Polres Contoh",
        "a": "Dinas Pasar Kabupaten Contoh",
        "b": "Dinas Pasar",
    }
    short = Names(opd=full, government="pemko").within("Kabupaten Contoh")
    assert short.opd == {**full, "kominfo": "Dinas Kominfo"}
    assert short.within("Kabupaten Lain").opd == short.opd


def test_the_work_of_an_office_is_its_successors_once_it_stands_no_more() -> None:
    names = build_names(load_profile(CONTOH))
    assert "dinkes" not in names.heirs_on(date(2025, 12, 31))
    assert names.heirs_on(date(2026, 1, 1))["dinkes"] == ("dinkes-p2kb",)
    assert all(heirs != (key,) for key, heirs in names.heirs_on(date(2026, 6, 1)).items())
