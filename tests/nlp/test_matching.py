"""The longest matches as tuples are those that spaCy's own filter of spans keeps."""

from __future__ import annotations

import random

import pytest
from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans

from nlp.components.spans import publish_spans
from nlp.extensions import add_tag, notes_of, register_extensions, starts_of, words_of
from nlp.language import IndonesianNews
from nlp.matching import Phrases, find_longest


@pytest.mark.parametrize("seed", range(5))
def test_overlaps_are_resolved_as_spacy_does(seed: int) -> None:
    rng = random.Random(seed)
    nlp = IndonesianNews()
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for number in range(12):
        matcher.add(f"p{number}", [nlp.make_doc(" ".join(rng.choices("abcd", k=rng.randint(1, 4))))])
    doc = nlp.make_doc(" ".join(rng.choices("abcde", k=80)))
    wanted = [(span.label, span.start, span.end) for span in filter_spans(matcher(doc, as_spans=True))]
    assert find_longest(matcher(doc)) == wanted
    assert len(wanted) > 5


def test_no_match_is_no_fault() -> None:
    nlp = IndonesianNews()
    assert find_longest(Phrases(nlp).find(nlp.make_doc("apa saja"))) == []


def test_components_share_a_pass_and_find_their_own_phrases() -> None:
    nlp = IndonesianNews()
    first, second = Phrases(nlp), Phrases(nlp)
    key = first.add(["Dinas Contoh", "satu"])
    doc = nlp.make_doc("Kata dinas contoh, itu satu.")
    assert first.find(doc) == [(key, 1, 3), (key, 5, 6)]
    other = second.add(["itu satu", "dinas contoh"])  # after the Doc was read
    assert (first.find(doc), second.find(doc)) == ([(key, 1, 3), (key, 5, 6)], [(other, 1, 3), (other, 4, 6)])


def test_tags_are_spans_with_their_marks() -> None:
    register_extensions()
    doc = IndonesianNews().make_doc("Kata Dinas Contoh, itu.")
    add_tag(doc, "opd", (1, 3), "opd", "contoh", "name", "own name")
    publish_spans(doc)
    (span,) = doc.spans["opd"]
    assert (span.text, span.id_, span.label_, span._.via, span._.rule) == (
        "Dinas Contoh",
        "contoh",
        "opd",
        "name",
        "own name",
    )
    assert doc[0:1]._.rule == ""
    (tag,) = notes_of(doc).tags["opd"]
    assert doc.text[tag.start_char : tag.end_char] == "Dinas Contoh"


def test_notes_and_attributes_are_one() -> None:
    register_extensions()
    doc = IndonesianNews().make_doc("Satu. Dua")
    doc._.title_length = 4
    assert notes_of(doc).title_length == 4
    notes_of(doc).kind = "release"
    assert doc._.kind == "release"


def test_sentences_that_another_component_set_are_read() -> None:
    doc = IndonesianNews().make_doc("Satu . Dua . Tiga")
    doc[2].is_sent_start = True
    assert starts_of(doc) == [2]
    assert words_of(doc) == (["Satu", ".", "Dua", ".", "Tiga"], [0, 5, 7, 11, 13])
