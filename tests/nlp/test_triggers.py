"""The cheap test before the tokenizer."""

from __future__ import annotations

import pytest

from nlp.triggers import build_trigger_test

meets = build_trigger_test(["Selasih", "Muara Pinang", "Negeri Seribu Dermaga", "kampung tua", "TdS"])


@pytest.mark.parametrize(
    "text",
    [
        "Warga Selasih senang.",
        "SELASIH - Warga senang.",
        "“Selasih,” katanya.",
        "Rute Kampar-Selasih",
        "di Muara Pinang,",
        "BANJIR DI MUARA PINANG",
        "warga kampung tua",
        "TdS 2024",
        "TDS 2024",
        "Selasih",
        "Selasih_Maju",
    ],
)
def test_names_are_met(text: str) -> None:
    assert meets(text)


@pytest.mark.parametrize("text", ["Muara Bungo dan Pulau Pinang", "daun selasih", "Seribu Dermaga", "", "Selasihan"])
def test_other_texts_are_not(text: str) -> None:
    assert not meets(text)
