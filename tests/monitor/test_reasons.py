"""Rules and reasons of the pipeline are told in words, and everything that it says has such words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from monitor.render.reasons import CUES, MANNERS, REFUSALS, SIGNS, TURNED_CUES, say_about, say_cue, say_refusal
from monitor.render.wording import load_wording
from nlp.components import about, officials, opd, opd_jurisdiction, places, tone

INDONESIAN, ENGLISH = load_wording("id"), load_wording("en")


@pytest.mark.parametrize(
    ("rule", "indonesian", "english"),
    [
        ("complaint", "kata keluhan, tuntutan, atau kritik", "words of complaint, demand or criticism"),
        ("turned:complaint", "keluhan atau kritik yang disangkal atau diatasi", "complaint or criticism, denied or"),
        ("baru", "baru", "baru"),
    ],
)
def test_a_rule_of_tone_is_told_in_words(rule: str, indonesian: str, english: str) -> None:
    assert say_cue(rule, INDONESIAN) == indonesian
    assert say_cue(rule, ENGLISH).startswith(english)


def test_every_rule_that_speaks_for_a_tone_has_words() -> None:
    assert {*tone._FOR, *tone._AGAINST} <= CUES.keys()
    assert {*tone._FOR, *tone._AGAINST} <= TURNED_CUES.keys() | {"denial"}


def test_every_sign_and_manner_has_words() -> None:
    weights = about.load_table("about")
    assert set(weights["kind"]) <= SIGNS.keys()
    assert set(weights["manner"]) - {"medium", "province"} <= MANNERS.keys()


def test_every_refusal_of_the_pipeline_has_words() -> None:
    sources = "".join(
        Path(str(module.__file__)).read_text("utf-8") for module in (opd, opd_jurisdiction, places, officials)
    )
    told = [reason for reason in REFUSALS if f'"{reason}"' in sources]
    assert len(told) >= 17
    said = set(re.findall(r'"(undecided: [^"]+)"', sources)) | set(
        re.findall(r'Jurisdiction\(False, "([^"]+)"', sources)
    )
    assert said <= REFUSALS.keys()


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("ours: office in title (+4.8)", "Kabupaten Contoh: kantor atau pejabat dalam judul (+4,8)"),
        (
            "rokan hulu: past office in lead (+0.6)",
            "Rokan Hulu: kantor atau pejabat dalam paragraf pertama, jabatan dahulu (+0,6)",
        ),
        ("set by rina", "ditetapkan oleh rina"),
        ("something else", "something else"),
    ],
)
def test_why_an_article_is_ours_is_told_in_words(reason: str, told: str) -> None:
    assert say_about(reason, INDONESIAN, "Kabupaten Contoh") == told


def test_a_reason_of_a_profile_is_told_as_it_stands() -> None:
    assert say_refusal("nama kapal", INDONESIAN) == "nama kapal"
    assert say_refusal("set by rina", INDONESIAN) == "ditetapkan oleh rina"
    assert say_refusal("software", INDONESIAN) == "nama aplikasi"
    assert say_refusal("software", ENGLISH) == "name of an app"
