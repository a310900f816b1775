"""Raises the floors of the quality gate to the scores, never lowers one: ``python -m tests.gold.raise_floors``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from nlp.annotate import load_annotator
from nlp.annotation import Source
from nlp.evaluate import Scores, evaluate, render_scores
from nlp.floors import FloorsError, load_floors, raise_floors, save_floors
from nlp.marked import load_marked

FOLDER = Path(__file__).parent
FLOORS = FOLDER / "floors.json"
PROFILE = "siak"


def load_gold(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """Return the labelled articles of all sets: rows of ``.jsonl`` files, and folders of marked texts."""
    files = sorted(folder.glob("*.jsonl"))
    rows = [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    return rows + [row for path in sorted(folder.iterdir()) if path.is_dir() for row in load_marked(path)]


def read_sources(rows: list[dict[str, Any]]) -> Iterator[Source]:
    """Yield what an annotator may read of them."""
    for row in rows:
        moment = datetime.fromisoformat(row["published"])
        yield Source(
            row["id"], row["title"], row["text"], moment, row["outlet"], url=row["url"], byline=row["byline"] or None
        )


def measure(rows: list[dict[str, Any]]) -> Scores:
    """Annotate and score them."""
    return evaluate(rows, load_annotator(PROFILE).annotate(read_sources(rows), thorough=True))


def main() -> None:
    """Print the scores and write the floors; those of articles that changed are set anew."""
    scores = measure(load_gold())
    sys.stdout.write(render_scores(scores))
    try:
        floors = load_floors(FLOORS, FOLDER)
    except (FileNotFoundError, FloorsError):
        floors = {}
    save_floors(FLOORS, FOLDER, raise_floors(scores, floors))


if __name__ == "__main__":
    main()
