"""Every tag of every article of the corpus and the labelled sets stands on characters of it: none empty, none amiss."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from monitor.evaluation import load_gold
from nlp.agreement import SPLITS
from nlp.annotate import load_annotator
from nlp.annotation import Annotation, Evidence, Source
from nlp.examples import load_rows
from tests.gold.raise_floors import PROFILE, SETS, read_sources
from tests.nlp.conftest import OURS, Tag


def read_everything() -> Iterator[Source]:
    for split in SPLITS:
        for row in load_rows(split):
            yield Source(row["id"], row["title"] or "", row["text"] or "")
    for folder in SETS:
        yield from read_sources(load_gold(folder))


def list_evidence(found: Annotation) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    yield from ((f"pillar {tag.id}", tag.evidence) for tag in found.pillars)
    tones = [("tone", found.tone), ("headline_tone", found.headline_tone), *found.opd_tone]
    yield from ((name, tone.evidence) for name, tone in tones if tone.label != "netral")


def test_every_pillar_and_tone_has_characters_that_justify_it() -> None:
    sources = list(read_everything())
    told = 0
    for source, found in zip(sources, load_annotator(PROFILE).annotate(sources), strict=True):
        for name, evidence in list_evidence(found):
            assert evidence, (source.id, name)
            told += 1
            for where, start, end, text, _ in evidence:
                part = source.title if where == "title" else source.text
                assert start < end, (source.id, name)
                assert part[start:end] == text, (source.id, name)
            assert name != "headline_tone" or {span.where for span in evidence} == {"title"}, source.id
    assert told > 1000


@pytest.mark.parametrize(
    ("title", "label", "word"),
    [
        ("Anak Sekolah Muara Pinang Menyeberang Pakai Tali", "negatif", "Menyeberang"),
        ("Lampu Jalan Muara Pinang Menyala Lagi", "positif", "Menyala"),
    ],
)
def test_a_headline_without_cues_shows_the_words_by_which_the_model_knows_its_tone(
    tag: Tag, title: str, label: str, word: str
) -> None:
    found = tag(OURS, title=title).headline_tone
    assert found.label == label
    assert {span.rule for span in found.evidence} == {"word"}
    assert word in {span.text for span in found.evidence}
