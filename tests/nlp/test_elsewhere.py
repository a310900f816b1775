"""A place that the article puts into another regency is of that one wherever the article names it."""

from __future__ import annotations

import pytest

from nlp.annotation import Annotation
from tests.nlp.conftest import Tag

ALSO_US = "\n\nBupati Selasih ikut hadir dan Pemkab Selasih memberi bantuan."


def ours(found: Annotation) -> list[str]:
    return [m.text for group in (found.places, found.opd) for e in group if e.id != "pemkab" for m in e.mentions]


def refused(found: Annotation) -> set[tuple[str, str]]:
    return {(name.where, name.reason) for name in found.not_opd}


@pytest.mark.parametrize("also", ["", ALSO_US])
@pytest.mark.parametrize(
    "put", ["Muara Pinang, Kabupaten Kampar,", "Muara Pinang Kabupaten Kampar", "Muara Pinang (Kampar)"]
)
@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Warga Kecamatan Muara Pinang Panen Jagung", "Warga Kecamatan {put} panen jagung."),
        ("Panen Jagung di Muara Pinang", "Warga Kecamatan {put} panen jagung. Jagung Muara Pinang manis."),
        ("Camat Muara Pinang Buka Posko", "Camat {put} Budi Rahmat membuka posko. Camat Muara Pinang menunggu."),
        ("Camat Muara Pinang Buka Posko", "Banjir di Kecamatan {put} surut. Camat Muara Pinang menunggu."),
    ],
)
def test_a_place_of_another_regency_is_none_of_ours_in_headline_and_text(
    tag: Tag, title: str, sentence: str, put: str, also: str
) -> None:
    found = tag(f"KAMPAR - {sentence.format(put=put)}{also}", title)
    assert not ours(found)
    assert found.about == ("incidental" if also else "none")
    if also:
        office = title.startswith("Camat")
        assert ("title", "another region in the phrase" if office else "another region behind the name") in refused(
            found
        )


def test_a_name_that_only_its_last_word_puts_elsewhere(tag: Tag) -> None:
    found = tag(f"KAMPAR - Banjir merendam Kecamatan Muara Pinang, Kampar.{ALSO_US}", "Banjir di Muara Pinang")
    assert not ours(found)


@pytest.mark.parametrize(
    "text",
    [
        "Warga Kecamatan Muara Pinang, Kabupaten Selasih, panen jagung.",
        "Warga Muara Pinang menjual jagung ke Kecamatan Muara Pinang, Kabupaten Kampar.",
        "Di Muara Pinang, Kabupaten Kampar, hujan. Di Muara Pinang, Kabupaten Selasih, jagung dipanen.",
        "Jagung dipanen di Muara Pinang, Kampar, dan Pekanbaru.",
        "Jagung dari Muara Pinang dijual di Kabupaten Kampar.",
    ],
)
def test_a_place_that_the_article_does_not_put_elsewhere_is_ours_in_the_headline(tag: Tag, text: str) -> None:
    found = tag(f"SELASIH - {text}{ALSO_US}", "Panen Jagung di Muara Pinang")
    assert [m.where for e in found.places for m in e.mentions][:1] == ["title"]


@pytest.mark.parametrize(
    "behind", [", Kabupaten Selasih,", " Kabupaten Selasih", " (Selasih)", ", Bupati Kampar", " dan Kabupaten Kampar"]
)
def test_a_camat_of_ours_is_one(tag: Tag, behind: str) -> None:
    found = tag(f"SELASIH - Camat Muara Pinang{behind} menghadiri panen.{ALSO_US}", "Panen Jagung")
    assert [e.id for e in found.opd if e.id != "pemkab"] == ["kec-muara-pinang"]
