"""Articles to measure with: those of the corpus and of ``tests/gold``, and any number of new ones put together from
them.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from nlp.annotation import Source
from nlp.marked import load_marked

ROOT = Path(__file__).resolve().parent.parent
MOMENT = datetime(2024, 5, 2, tzinfo=UTC)


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


def _read_lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def mix_articles(sources: list[Source], rng: random.Random) -> Iterator[Source]:
    """Yield articles without end, each the beginning of one and paragraphs of two others: as long as the press has
    them, and hardly two alike.
    """
    while True:
        first, *others = rng.sample(sources, 3)
        paragraphs = [p for other in others for p in other.text.split("\n\n")[1:3]]
        yield Source("", first.title, "\n\n".join([first.text, *paragraphs]), MOMENT)
