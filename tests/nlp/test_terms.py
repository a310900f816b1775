"""Terms of texts for linear models: as training counts them, and in numbers."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from nlp.annotation import Source
from nlp.components.tone_cues import CUES
from nlp.extensions import join_source, prepare_doc
from nlp.language import IndonesianNews
from nlp.linear import LinearModel, count_doc_terms
from nlp.terms import TABLE, count_terms, strip_affixes

TONES = ("positif", "netral", "negatif")


@pytest.fixture(scope="module")
def nlp() -> IndonesianNews:
    return IndonesianNews()


def test_terms_are_words_stems_and_pairs_within_a_sentence() -> None:
    counted = count_terms("Air naik 40 senti. Warga siaga")
    assert {term: count for term, count in counted.items() if not term.startswith("~")} == {
        "air": 1,
        "naik": 1,
        "0": 1,
        "senti": 1,
        "warga": 1,
        "siaga": 1,
        "air naik": 1,
        "naik 0": 1,
        "0 senti": 1,
        "warga siaga": 1,
    }


@pytest.mark.parametrize("word", ["salur", "salurkan", "menyalurkan", "disalurkan", "penyaluran"])
def test_forms_of_one_word_share_a_stem(word: str) -> None:
    assert strip_affixes(word) in {"salur", "alur"}  # "meny-" swallows an s; a dictionary would know


def test_short_words_keep_their_form() -> None:
    assert [strip_affixes(word) for word in ("jalan", "makan", "di", "kebun", "pasien")] == [
        "jalan",
        "makan",
        "di",
        "kebun",
        "pasien",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Warga waspada.Kami PUPR-PKPP dan/atau (UMKM) se-Kabupaten",
        "Dua  spasi, \n\n  baris \tlain: 2.400 orang… Ya",
        "İzmir-Ünye\n\nX.\n",
    ],
)
def test_numbers_of_tokens_are_the_terms_of_the_text(nlp: IndonesianNews, text: str) -> None:
    counted = count_terms(text)
    ordered = sorted(counted)
    numbers = dict(zip(TABLE.add(ordered).tolist(), ordered, strict=True))
    source = Source("1", "", text)
    found = count_doc_terms(prepare_doc(nlp.make_doc(join_source(source)), source, date(2024, 5, 2)))
    known = {numbers[n]: w for n, w in zip(found.numbers.tolist(), found.damped.tolist(), strict=True) if n in numbers}
    assert known == pytest.approx({term: 1 + np.log(count) for term, count in counted.items()})


def test_terms_in_numbers_weigh_the_same_as_terms_in_words() -> None:
    text = "Warga\nmengeluh: jalan-jalan rusak, 40 rumah_ TERENDAM. Warga mengeluh lagi (warga RT 3)"
    counted = count_terms(text)
    known = {term: at for at, term in enumerate(term for term in sorted(counted) if "e" in term)}
    one = LinearModel(
        TONES,
        known,
        CUES,
        np.linspace(1, 2, len(known), dtype=np.float32),
        np.arange(3 * len(known), dtype=np.float32).reshape(3, -1) / 50,
        np.linspace(0, 1, len(CUES), dtype=np.float32),
        np.linspace(1, 2, len(CUES), dtype=np.float32),
        np.linspace(-1, 1, 3 * len(CUES), dtype=np.float32).reshape(3, -1),
        np.arange(3, dtype=np.float32),
        1.0,
    )
    numbered = one.numbered()
    TABLE.add(["kata yang datang kemudian"])
    assert known
    for cues in ({}, {CUES[5]: 0.5, CUES[7]: 2.0, "unknown": 1.0}):
        assert numbered.scores(TABLE.count(text), cues) == pytest.approx(one.scores(counted, cues), rel=1e-4)
    assert numbered.scores(TABLE.count("-"), {}) == pytest.approx(one.scores({}, {}), rel=1e-4)
    texts = ["Warga warga mengeluh. ", "- ", "jalan-jalan rusak. Jalan-jalan rusak"]
    listed = TABLE.list_terms(TABLE.read("".join(texts), [0, 6, 12, 22, 24, 36, 43, 55]), [3, 4])
    assert numbered.scores(listed.count(), {}) == pytest.approx(one.scores(count_terms("".join(texts)), {}), rel=1e-4)
    assert numbered.scores(listed.count_some([1, 2]), {}) == pytest.approx(
        one.scores(count_terms("".join(texts[1:])), {}), rel=1e-4
    )
    parts = listed.count_each()
    first = one.scores(count_terms(texts[0]), {})
    assert numbered.scores(parts.first(), {}) == pytest.approx(first, rel=1e-4)
    found = numbered.part_scores(parts, ("negatif", "positif"))
    for row, part in zip(zip(*found, strict=True), texts, strict=True):
        alone = one.term_scores(count_terms(part))
        assert list(row) == pytest.approx([alone["negatif"], alone["positif"]], rel=1e-4)
