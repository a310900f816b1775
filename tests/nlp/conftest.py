"""The annotator of the invented regency, and a short way to run it on a title and a text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nlp.annotate import Annotator, load_annotator
from nlp.annotation import Annotation, Source

CONTOH = Path(__file__).resolve().parents[1] / "profiles" / "contoh"
Tag = Callable[..., Annotation]
# Enough of ours to make an article about the regency without naming any office of it.
OURS = "Kabupaten Selasih menggelar kegiatan itu di Muara Pinang, Kabupaten Selasih, Selasa."


@pytest.fixture(scope="session")
def annotator() -> Annotator:
    return load_annotator(CONTOH)


@pytest.fixture(scope="session")
def tag(annotator: Annotator) -> Tag:
    def run(text: str, title: str = "Kabar dari Kabupaten Selasih", on: str = "2024-05-02") -> Annotation:
        moment = datetime.fromisoformat(on).replace(hour=3, tzinfo=UTC)
        (annotation,) = annotator.annotate([Source("a", title, text, moment)])
        return annotation

    return run
