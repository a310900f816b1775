"""Datelines and credits are told from the story, whatever their dashes."""

from __future__ import annotations

import pytest

from nlp.furniture import find_credits, find_dateline

STORY = "Pemerintah menggelar rapat tentang banjir di kantor bupati."


@pytest.mark.parametrize(
    "dateline",
    [
        "SELASIH - ",
        "SELASIH – ",
        "SELASIH-",
        "Selasih (ANTARA) - ",
        "SELASIH (KABARKITA.CO) -- ",
        "SELASIH, KABARKITA.COM - ",
        "KABARKITA.COM, SELASIH-",
        "KABAR24.COM - SELASIH - ",
        "Kabarkita-SELASIH- ",
        "Selasih, Kabar.id - ",
        "SELASIH:Kabarnet.com~ ",
        "Selasih | Kabarkita.co.id | ",
        "Muara Pinang, InfoKita – ",
        "Jakarta, CNN Indonesia -- ",
        "KABARKITA.COM - ",
        "Selasih, — ",
        "SELASIH.– ",
    ],
)
def test_dateline(dateline: str) -> None:
    assert dateline.strip() == (dateline + STORY)[: find_dateline(dateline + STORY)].strip()


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "Bupati - yang baru dilantik - hadir.",
        "Jalan Medan-Pekanbaru rusak parah di tiga titik.",
        "Warga mengeluh: jalan rusak - lampu padam.",
        "Medan-Pekanbaru kini terhubung jalan tol.",
    ],
)
def test_no_dateline(text: str) -> None:
    assert find_dateline(text) == 0


@pytest.mark.parametrize(
    "credit",
    [
        " (rls)",
        "***(adv)",
        " (MC Kab Selasih/rdp)",
        "\n\nReporter: Fulan\nEditor: Fulana",
        "\n(Diskominfo Selasih)",
        "\n\n(abc/def)",
        "\n***",
    ],
)
def test_credits(credit: str) -> None:
    text = STORY + "\n\nWarga senang." + credit
    assert text[find_credits(text) :].strip() in {credit.strip(), ""}
    assert find_credits(text) <= len(text) - (0 if credit.strip() == "***" else len(credit.strip()))


def test_a_bracket_that_belongs_to_the_sentence_is_no_credit() -> None:
    text = "Rapat dipimpin Kejaksaan Negeri (Kejari)"
    assert find_credits(text) == len(text)
