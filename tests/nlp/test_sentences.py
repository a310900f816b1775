"""Sentences end where they end, not at abbreviations, initials, list numbers or closing marks."""

from __future__ import annotations

import pytest

from nlp.components import sentences  # noqa: F401 - registers the factory
from nlp.language import IndonesianNews

NLP = IndonesianNews()
NLP.add_pipe("id_sentences")


def split(text: str) -> list[str]:
    return [s.text.strip() for s in NLP(text).sents]


@pytest.mark.parametrize(
    "text",
    [
        "Rapat digelar di Kec. Muara Pinang, Kab. Selasih, kemarin.",
        "Bupati Dr. Sari Z. mengajak warga menanam pohon.",
        "Ia hadir bersama Drs. H. Fulan, M.Si., dan istri.",
        "“Kita siap.” ujarnya pelan.",
        '"Kita siap!" kata Fulan.',
        "Anggarannya Rp2.400.000 atau 1.5 kali lipat.",
        "1. Jenjang sarjana lima juta",
    ],
)
def test_one_sentence(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ["Jalan rusak.", "Warga mengeluh."],
        ["“Kita siap.”", "Ia lalu pergi."],
        ['Kata dia, "Tidak apa-apa."', "Warga pulang."],
        ["Pesertanya guru, bidan, dll.", "Acara selesai sore."],
        ["Apa sebabnya?", "Belum jelas."],
        ["Bantuan disalurkan (12/3/2024).", "Warga senang."],
    ],
)
def test_several_sentences(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


def test_a_line_break_ends_a_sentence_also_without_a_stop() -> None:
    assert split("Kepala Dinas Fulan Z\n\nBupati hadir") == ["Kepala Dinas Fulan Z", "Bupati hadir"]


def test_a_straight_mark_that_opens_goes_with_the_next_sentence() -> None:
    assert split('Ia berkata. "Kita siap," ujarnya.') == ["Ia berkata.", '"Kita siap," ujarnya.']
