"""Names as a regency's own documents say them."""

from __future__ import annotations

from monitor.names import Names


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
