"""Likeness of texts: copies found through twelve kinds of editing, chance and boilerplate not taken for copying."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from nlp.similarity import (
    Overlap,
    build_sketch,
    compare_texts,
    is_copy,
    is_retold,
    is_same_event,
    score_event,
    weigh_witness,
)

# An invented vocabulary: what the words mean does not matter here, only in which order they stand.
SYLLABLES = [consonant + vowel for consonant in "bdgklmnprstwy" for vowel in "aeu"]


def invent_word(rng: random.Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=rng.choice((2, 2, 3, 3, 4))))


def invent_article(seed: int, sentences: int = 24) -> list[str]:
    """Return sentences of 8 to 16 words, a third of them holding a name of three words."""
    rng = random.Random(seed)
    vocabulary = [invent_word(rng) for _ in range(400)]
    article = []
    for number in range(sentences):
        words = rng.choices(vocabulary, k=rng.randint(8, 16))
        if number % 3 == 0:
            words[3:3] = ["Kepala", "Dinas", invent_word(rng).title()]
        article.append(" ".join([words[0].title(), *words[1:]]) + ".")
    return article


def text_of(sentences: list[str]) -> str:
    return "\n\n".join(" ".join(sentences[start : start + 3]) for start in range(0, len(sentences), 3))


def rewrite(sentences: list[str], share: float, rng: random.Random) -> list[str]:
    """Put other words in the place of every fifth or so in ``share`` of the sentences."""
    changed = []
    for sentence in sentences:
        words = sentence.split()
        if rng.random() < share:
            words = [invent_word(rng) if rng.random() < 0.2 else word for word in words]
        changed.append(" ".join(words))
    return changed


def own(rng: random.Random, count: int) -> list[str]:
    return invent_article(rng.randrange(1 << 30), count)


VARIANTS: dict[str, Callable[[list[str], random.Random], list[str]]] = {
    "same": lambda s, rng: s,
    "without first sentence": lambda s, rng: s[1:],
    "without last 40 %": lambda s, rng: s[: int(len(s) * 0.6)],
    "three sentences added": lambda s, rng: [*s[:4], *own(rng, 3), *s[4:]],
    "first 30 % only": lambda s, rng: s[: int(len(s) * 0.3)],
    "other order": lambda s, rng: [*s[12:], *s[:12]],
    "a tenth rewritten": lambda s, rng: rewrite(s, 0.1, rng),
    "40 % rewritten": lambda s, rng: rewrite(s, 0.4, rng),
    "70 % rewritten": lambda s, rng: rewrite(s, 0.7, rng),
    "all rewritten": lambda s, rng: rewrite(s, 1.0, rng),
    "all at once": lambda s, rng: [*own(rng, 2), *rewrite(s[1:18], 0.3, rng)],
    "40 % kept, rewritten": lambda s, rng: rewrite(s[: int(len(s) * 0.4)], 0.4, rng),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_copies_are_found_through_editing(variant: str) -> None:
    """Recall over 40 sources, in both steps: a shared sampled shingle, then the measure."""
    found = 0
    for seed in range(40):
        source = invent_article(seed)
        copy = text_of(VARIANTS[variant](source, random.Random(seed + 1000)))
        offered = build_sketch("", text_of(source)).shingles & build_sketch("", copy).shingles
        overlap = compare_texts(copy, text_of(source))
        found += bool(offered) and is_copy(overlap.share, overlap.share_of_other, overlap.longest_run)
    assert found >= 39


def test_articles_of_the_same_words_in_other_order_are_no_copies() -> None:
    rng = random.Random(7)
    source = invent_article(1)
    words = text_of(source).split()
    rng.shuffle(words)
    overlap = compare_texts(" ".join(words), text_of(source))
    assert not is_copy(overlap.share, overlap.share_of_other, overlap.longest_run)


def test_measures_of_a_known_pair() -> None:
    text = "satu dua tiga empat lima enam tujuh"  # four shingles
    assert compare_texts(text, text) == Overlap(1.0, 1.0, 7)
    assert compare_texts(text, "nol satu dua tiga empat lima enam") == Overlap(0.75, 0.75, 6)
    assert compare_texts(text, "satu dua tiga") == Overlap(0.0, 0.0, 0)
    assert compare_texts("", "") == Overlap(0.0, 0.0, 0)


def test_case_and_punctuation_do_not_matter() -> None:
    assert compare_texts("Hasil panen, kata dia, dibagi rata", "hasil panen kata dia dibagi rata").longest_run == 6


def test_runs_of_names_and_titles_are_nobodys_words() -> None:
    office = "Kepala Dinas Pertanian dan Ketahanan Pangan Kabupaten Lubuk Dalam Ir Budi Santoso"
    overlap = compare_texts(f"{office} memantau sawah warga.", f"Hadir pula {office}, serta para camat.")
    assert overlap == Overlap(0.0, 0.0, 0)


def test_a_run_may_begin_with_a_name() -> None:
    text = "Camat Lubuk Dalam Siti Aminah mengatakan air mulai surut sejak pagi"
    assert compare_texts(f"Menurut laporan, {text}.", text).longest_run == 11


def test_paragraphs_of_boilerplate_are_left_out() -> None:
    newsletter = (
        "ikuti kanal kami setiap pagi untuk kabar terbaru dari seluruh kampung dan kota"
        " agar tidak ketinggalan informasi penting hari ini"
    )
    own_text = text_of(invent_article(3, 9))
    other_text = text_of(invent_article(4, 9))
    boilerplate = build_sketch("", newsletter).shingles
    assert boilerplate
    plain = compare_texts(f"{own_text}\n\n{newsletter}", f"{other_text}\n\n{newsletter}")
    assert plain.longest_run >= 20
    assert compare_texts(f"{own_text}\n\n{newsletter}", f"{other_text}\n\n{newsletter}", boilerplate) == Overlap(
        0.0, 0.0, 0
    )


def test_an_outlets_own_background_paragraph_is_no_copy() -> None:
    assert is_copy(0.3, 0.3, 30)
    assert not is_copy(0.3, 0.3, 30, same_outlet=True)
    assert is_copy(0.9, 0.4, 100, same_outlet=True)
    assert not is_copy(0.12, 0.12, 6)
    assert is_copy(0.12, 0.05, 14)


def test_of_a_release_less_is_enough_where_the_event_is_the_same() -> None:
    assert not is_copy(0.07, 0.05, 9)
    assert is_retold(0.07, 0.05, 9, 0.5)  # rewritten but for a quotation and a clause
    assert is_retold(0.03, 0.02, 7, 0.5)  # one sentence of the minister's
    assert not is_retold(0.02, 0.02, 11, 0.5)  # a turn of phrase
    assert not is_retold(0.06, 0.05, 6, 0.5)
    assert not is_retold(0.07, 0.05, 9, 0.2)  # another event's, on which the same law is quoted


def test_a_witness_of_both_reports_makes_them_more_alike() -> None:
    assert 0.15 < weigh_witness(0.15) < 0.3
    assert weigh_witness(0.9) == 1.0


def test_numbers_weigh_more_than_words_and_dates_nothing() -> None:
    sketch = build_sketch("1.430 petani terima bantuan", "Bantuan diserahkan pada 12 Maret 2025 kepada 1430 petani.")
    weights = sorted(sketch.lead.values())
    assert weights.count(2.0) == 1  # 1.430 and 1430 are one term; 12 and 2025 are none
    assert sketch.lead.keys() <= sketch.words


@pytest.mark.parametrize("word", ["²", "①", "½", "٣٠", "Ⅳ", "9" * 5000, "0"])
def test_no_word_is_beyond_reading(word: str) -> None:
    sketch = build_sketch(f"Lahan 120 m {word}", f"Luas lahan {word} meter dibuka.")
    assert sketch.lead.keys() <= sketch.words
    assert compare_texts(f"luas lahan {word} meter", f"luas lahan {word} meter").share == 1


def test_an_event_is_known_by_what_is_rare() -> None:
    first = build_sketch("Jembatan Pulau Tikar putus", "Jembatan gantung putus diterjang banjir.\n\nBupati datang.")
    second = build_sketch(
        "Warga menyeberang dengan rakit", "Sejak jembatan gantung di Pulau Tikar putus, warga memakai rakit."
    )
    other = build_sketch("Bupati buka lomba", "Bupati datang membuka lomba perahu.\n\nWarga menonton.")
    rarity = dict.fromkeys(first.lead.keys() | second.lead.keys() | other.lead.keys(), 1.0)
    for common in build_sketch("bupati warga datang", "").lead:
        rarity[common] = 0.1

    def score(a: object, b: object) -> float:
        return score_event(a.lead, a.words, b.lead, b.words, rarity)  # type: ignore[attr-defined]

    assert score(first, second) > 3 * score(first, other)
    assert score(first, second) == pytest.approx(score(second, first))
    assert score(first, first) == pytest.approx(1.0)
    assert score_event({}, frozenset(), {}, frozenset(), {}) == 0.0


def test_more_likeness_is_asked_of_late_reports_and_in_a_crowd() -> None:
    assert is_same_event(0.25, 1.0, 5)
    assert not is_same_event(0.25, 8.0, 5)
    assert not is_same_event(0.25, 1.0, 200)
    assert is_same_event(0.4, 9.0, 2000)
    assert not is_same_event(1.0, 11.0, 1)


def test_a_text_of_nothing_has_an_empty_sketch() -> None:
    sketch = build_sketch("", "…\n\n\n\n—")
    assert (sketch.shingles, sketch.lead, sketch.words) == (frozenset(), {}, frozenset())
