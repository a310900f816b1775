"""What stays in memory does not grow with the articles, whatever new names they bring."""

from __future__ import annotations

import gc
import sys
from itertools import count

import pytest

from nlp import annotate
from nlp.annotate import Annotator, load_annotator
from nlp.annotation import Source
from nlp.memo import Memo
from nlp.terms import _CACHE, strip_affixes
from tests.nlp.conftest import CONTOH

NAMES = 400  # new ones of an article
NUMBERS = count()
LETTERS = str.maketrans("0123456789", "bdglmnrsty")


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Annotator:
    monkeypatch.setattr(annotate, "WARM_UP", 2)
    monkeypatch.setattr(annotate, "ZONE", 3)
    return load_annotator(CONTOH)


def read_articles(own: Annotator, articles: int) -> None:
    """Annotate articles with names that none had before."""
    for _ in range(articles):
        names = [f"Na{next(NUMBERS):07}".translate(LETTERS) for _ in range(NAMES)]
        names[10::2] = [f"{name}/Ba-{name[2:].upper()}" for name in names[10::2]]  # parted by the rules
        text = f"Hadir {', '.join(names)}.\n\n“Kita siap,” kata {names[0]} {names[1]} di Selasih, {names[2]}.\n"
        own.annotate_one(Source("a", "Kabar Selasih", text))


def test_words_of_past_articles_go_whatever_way_they_came(own: Annotator) -> None:
    sizes = []
    for number in range(12):
        own.annotate_one(Source("a", "Kabar", f"Selasih kata{number:03}"))
        sizes.append(len(own.nlp.tokenizer.vocab.strings))
    words = own.nlp.tokenizer.vocab.strings
    assert "kata001" in words
    assert "kata011" in words
    assert "kata004" not in words
    assert sizes[10] == sizes[4]


def test_tables_of_words_keep_their_size(own: Annotator) -> None:
    def measure() -> list[tuple[int, int]]:
        # Lexemes ever made, and places for strings: spaCy never makes either fewer.
        return [(len(v), v.strings._map.capacity) for v in (own.nlp.vocab, own.nlp.tokenizer.vocab)]

    read_articles(own, 8)
    before = measure()
    read_articles(own, 30)
    assert measure() == before


def test_a_name_leaves_nothing(own: Annotator, monkeypatch: pytest.MonkeyPatch) -> None:
    gc.unfreeze()  # commands that ran before in this process freeze, and what is frozen is not listed
    for memo in (found for found in gc.get_objects() if isinstance(found, Memo)):
        monkeypatch.setattr(memo, "size", 100)  # full from the first article on
    for number in range(_CACHE):
        strip_affixes(f"kata{number}")
    read_articles(own, 11)
    gc.collect()
    before = sys.getallocatedblocks()
    read_articles(own, 15)
    gc.collect()
    assert sys.getallocatedblocks() - before < NAMES  # of 6,000 new names
