"""Reporting, release or advertorial by the marks of the article."""

from __future__ import annotations

import pytest

from nlp.annotation import Source
from nlp.components.kind import find_kind
from nlp.tables import load_table

BODY = "Selasih Jaya - Pemkab membuka layanan di balai kampung, Selasa. Warga datang sejak pagi."


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("reporting", {}),
        ("advertorial", {"text": BODY + "(adv)"}),
        ("advertorial", {"text": BODY + " (Infotorial/Diskominfo)"}),
        ("advertorial", {"text": BODY + "***(adv/Setwan)"}),
        ("advertorial", {"text": BODY + "\n\nAdvertorial"}),
        ("advertorial", {"text": "ADVERTORIAL - " + BODY}),
        ("advertorial", {"url": "https://kabar.example/advertorial/layanan-dibuka"}),
        ("advertorial", {"url": "https://kabar.example/isi.php?arg=1&com=adv"}),
        ("advertorial", {"markers": ("paid:(adv)",), "outlet_kind": "government"}),
        ("advertorial", {"byline": "Advertorial"}),
        ("release", {"text": BODY + " (rls)"}),
        ("release", {"text": BODY + "(Rls/Inf)"}),
        ("release", {"text": BODY + " (MC Kab Selasih/rdp)"}),
        ("release", {"text": BODY + "\n\n(Diskominfo Selasih)"}),
        ("release", {"text": BODY.replace("Selasih Jaya -", "SELASIH (Humas) –")}),
        ("release", {"byline": "MC KAB SELASIH"}),
        ("release", {"outlet_kind": "government"}),
        ("release", {"url": "https://mediacenter.selasihkab.go.id/berita/1"}),
        ("release", {"outlet": "infopublik.id"}),
        ("release", {"markers": ("release:(rilis)",)}),
        # What looks like a mark and is none.
        ("reporting", {"text": BODY + " (mng)"}),
        ("reporting", {"text": BODY + " ***"}),
        (
            "reporting",
            {"text": "Kementerian Kominfo (Kominfo) dan Bagian Humas (Humas) membuka layanan, Selasa. " + BODY},
        ),
        ("reporting", {"url": "https://kabar.example/adverbia-dalam-berita", "byline": "Advent Simanjuntak"}),
        ("reporting", {"byline": "Humaira"}),
        ("reporting", {"text": BODY + " Mereka menolak iklan rokok."}),
    ],
)
def test_kind(kind: str, fields: dict[str, object]) -> None:
    source = Source(**({"id": "a", "title": "Layanan Dibuka", "text": BODY} | fields))  # type: ignore[arg-type]
    assert find_kind(source, load_table("kind")) == kind


def test_what_is_handed_out_without_any_office_in_it_is_no_governments() -> None:
    table = load_table("kind")
    source = Source("a", "Perusahaan Bagikan Tas", "Pabrik itu membagikan tas sekolah. (rls)")
    assert find_kind(source, table, offices=False) == "reporting"
    assert find_kind(source, table) == "release"
