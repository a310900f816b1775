"""Raises the floors of the quality gate to the scores, never lowers one: ``python -m tests.gold.raise_floors``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from monitor.evaluation import load_gold
from nlp.annotate import load_annotator
from nlp.annotation import Source
from nlp.evaluate import Scores, evaluate, render_scores
from nlp.floors import FloorsError, load_floors, raise_floors, save_floors

SETS = (Path(__file__).parent, Path(__file__).parents[1] / "unseen")
FLOORS = Path(__file__).parent / "floors.json"
PROFILE = "siak"


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
    for folder in SETS:
        scores = measure(load_gold(folder))
        sys.stdout.write(f"{folder.name}: {scores.articles} articles\n{render_scores(scores)}\n")
        try:
            floors = load_floors(FLOORS, folder)
        except (FileNotFoundError, FloorsError):
            floors = {}
        save_floors(FLOORS, folder, raise_floors(scores, floors))


if __name__ == "__main__":
    main()
