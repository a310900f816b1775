"""Articles to measure with: those of the corpus and of ``tests/gold``, and any number of new ones put together from
them.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from nlp.annotation import Source
from nlp.marked import load_marked

ROOT = Path(__file__).resolve().parent.parent
MOMENT = datetime(2024, 5, 2, tzinfo=UTC)
SYLLABLES = [consonant + vowel for consonant in "bdgjklmnprstwy" for vowel in "aeiou"]
NAMES = 10  # new words of an article


def load_sources(path: Path | None = None) -> list[Source]:
    """Return the articles of a file (JSON Lines of title and text), or those of corpus and gold."""
    if path:
        rows = _read_lines(path)
    else:
        rows = [
            *load_marked(ROOT / "tests" / "gold" / "heldout"),
            *_read_lines(ROOT / "tests" / "gold" / "articles.jsonl"),
        ]
        for part in ("train", "tune", "test"):
            found = _read_lines(ROOT / "nlp" / "data" / "corpus" / f"{part}.jsonl")
            rows += [row for row in found if row["type"] == "article"]
    return [Source(str(n), row.get("title") or "", row["text"], MOMENT) for n, row in enumerate(rows)]


def name_regency(source: Source, name: str) -> Source:
    """Return an article with a sentence in front that names the regency, so that it reaches the tokenizer."""
    return replace(source, text=f"Pemerintah {name} menyampaikan hal yang sama, Senin.\n\n{source.text}")


def _read_lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def mix_articles(sources: list[Source], rng: random.Random) -> Iterator[Source]:
    """Yield articles without end, each made of one and parts of two others: as long as the press has them, hardly two
    alike, and with names that none had before, as every day's news has.
    """
    while True:
        first, *others = rng.sample(sources, 3)
        paragraphs = [paragraph for other in others for paragraph in other.text.split("\n\n")[1:3]]
        names = " ".join("".join(rng.choices(SYLLABLES, k=rng.choice((2, 3, 4)))).capitalize() for _ in range(NAMES))
        yield Source("", first.title, "\n\n".join([first.text, *paragraphs, f"Di antaranya {names}."]), MOMENT)
