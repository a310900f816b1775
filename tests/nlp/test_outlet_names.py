"""The outlet's own name: where it holds a name of ours it says nothing of what an article is about."""

from __future__ import annotations

import pytest

from nlp.annotate import Annotator
from nlp.annotation import Annotation, Source

ELSEWHERE = "Harga cabai di Pasar Induk Pekanbaru naik, kata pedagang kepada {name}, Rabu."


def read(annotator: Annotator, name: str, outlet: str, url: str = "", kind: str = "local") -> Annotation:
    text = ELSEWHERE.format(name=name)
    return annotator.annotate_one(Source("a", "Harga cabai naik", text, outlet=outlet, outlet_kind=kind, url=url))


@pytest.mark.parametrize(
    ("name", "outlet", "url"),
    [
        ("Selasih Pos", "selasihpos.example", ""),
        ("Warta Selasih", "wartaselasih", ""),
        ("Muara Pinang Kini", "media-1", "https://www.muarapinangkini.example/berita/1"),
        ("Suara Selasih", "suara-selasih.example", ""),
    ],
)
def test_an_outlet_may_bear_a_name_of_ours(annotator: Annotator, name: str, outlet: str, url: str) -> None:
    found = read(annotator, name, outlet, url)
    assert found.about == "none"
    assert [(refused.text, refused.reason) for refused in found.not_opd] == [(name, "name of the outlet")]


@pytest.mark.parametrize(
    ("name", "outlet", "kind"),
    [
        ("Selasih Pos", "lain.example", "local"),
        ("warga Selasih", "wargaselasih.example", "local"),  # no name: a word that the address has too
        ("Bupati Selasih", "selasih.example", "local"),
        ("Warta Selasih", "wartaselasih.example", "government"),
    ],
)
def test_elsewhere_the_name_means_us(annotator: Annotator, name: str, outlet: str, kind: str) -> None:
    found = read(annotator, name, outlet, kind=kind)
    assert "name of the outlet" not in {refused.reason for refused in found.not_opd}
