"""The tokenizer keeps what the press writes as one word and parts what it glues together."""

from __future__ import annotations

import json

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from nlp.extensions import lows_of, words_of
from nlp.language import IndonesianNews

NLP = IndonesianNews()


def words(text: str) -> list[str]:
    return [token.text for token in NLP.make_doc(text)]


@pytest.mark.parametrize(
    "word",
    [
        "Kec.",
        "Kab.",
        "Jl.",
        "Plt.",
        "Drs.",
        "H.",
        "M.Si.",
        "P3AP2KB",
        "DP2KB",
        "Rp11,2",
        "Rafi'an",
        "Jum'at",
        "2.400",
        "RIAU24.COM",
    ],
)
def test_one_word_stays_one(word: str) -> None:
    assert word in words(f"di {word} itu")


@pytest.mark.parametrize(
    "word", ["anak-anak", "undang-undang", "Undang-Undang", "orang-orangnya", "masing-masing", "Covid-19"]
)
def test_reduplications_stay_whole(word: str) -> None:
    assert words(f"bagi {word} saja") == ["bagi", word, "saja"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('mengatakan,"Kita siap', ["mengatakan", ",", '"', "Kita", "siap"]),
        ("waspada.(Rls/Inf)", ["waspada", ".", "(", "Rls", "/", "Inf", ")"]),
        ("Medan-Pekanbaru", ["Medan", "-", "Pekanbaru"]),
        ("se-Kabupaten", ["se", "-", "Kabupaten"]),
        ("Kodim 0322/Selasih", ["Kodim", "0322", "/", "Selasih"]),
        ("PT.BSP", ["PT.", "BSP"]),
        ("selesai.***(adv/hms)", ["selesai", ".***", "(", "adv", "/", "hms", ")"]),
        ("“Siap,” ujarnya.", ["“", "Siap", ",", "”", "ujarnya", "."]),
        ("Kec. Tapung, Kab. Kampar.", ["Kec.", "Tapung", ",", "Kab.", "Kampar", "."]),
    ],
)
def test_glued_words_part(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text())
def test_no_character_is_lost(text: str) -> None:
    assert NLP.make_doc(text).text == text


@pytest.mark.parametrize("mark", ["-", "–", "(", "/", "%", ":"])
def test_a_line_of_marks_does_not_hold_up_the_pattern_of_common_pieces(mark: str) -> None:
    assert NLP.make_doc(mark * 200 + "+").text == mark * 200 + "+"


MARKS = [*" \n\t.,:;!?\"“”'’()[]*-–/%…", "  ", "\n\n", " \n", "..."]
PRESSED = st.sampled_from([*MARKS, "Kec", "Kec.", "kata", "SIAP", "Afni", "Z", "PT", "é", "24"])


@given(st.one_of(st.text(), st.lists(PRESSED).map("".join)))
def test_pieces_have_the_tokens_of_the_rules(text: str) -> None:
    rules = NLP.tokenizer.rules
    doc, wanted = NLP.make_doc(text), rules(text)
    assert [(t.text, t.idx, t.whitespace_, t.lower_) for t in doc] == [
        (t.text, t.idx, t.whitespace_, t.lower_) for t in wanted
    ]
    found, offsets = words_of(doc)
    assert (found, offsets) == ([t.text for t in wanted], [t.idx for t in wanted])
    assert lows_of(doc) == [t.text.lower() for t in wanted]


def test_what_is_learned_in_a_memory_zone_outlasts_it() -> None:
    nlp = IndonesianNews()
    known = nlp.make_doc("Warga di sana")
    for _ in range(2):
        with nlp.memory_zone():
            words = nlp.tokenizer.vocab.strings
            assert "Tebingtinggi" not in words
            doc = nlp.make_doc("Warga Tebingtinggi, di sana")
            assert [t.lower_ for t in doc] == ["warga", "tebingtinggi", ",", "di", "sana"]
            assert "Tebingtinggi" in words
            assert "Warga" in words
    assert "Tebingtinggi" not in nlp.vocab.strings
    assert [t.text for t in known] == ["Warga", "di", "sana"]


def test_language_is_registered_and_survives_the_disk(tmp_path) -> None:
    nlp = spacy.util.get_lang_class("id_news")()
    nlp.to_disk(tmp_path)
    assert json.loads((tmp_path / "meta.json").read_text())["lang"] == "id_news"
    again = spacy.load(tmp_path)
    doc = nlp("di Kec. X, kata-kata P3AP2KB")
    assert [t.text for t in again("di Kec. X, kata-kata P3AP2KB")] == [t.text for t in doc]
    assert Doc(nlp.vocab).from_bytes(doc.to_bytes(exclude=["user_hooks"])).text == doc.text
