"""Measures the annotator on labelled articles: annotates without looking at the labels, has ``nlp.evaluate`` count."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from monitor.config import Config
from monitor.errors import InputError
from monitor.importing import parse_line
from monitor.worker import annotate_stream, build_source
from nlp.evaluate import FloorsError, Scores, check_floors, evaluate, load_floors

READ = ("id", "url", "outlet", "title", "text", "byline", "published", "published_at")  # the rest are labels


def evaluate_file(config: Config, gold: Path) -> Scores:
    """Return the scores on a JSON Lines file of labelled articles. Raises InputError naming file and line."""
    rows = load_gold(gold)
    visible = [{key: row[key] for key in READ if key in row} for row in rows]
    return evaluate(rows, list(annotate_stream(config.profile, visible)))


def load_gold(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a gold file. Raises InputError."""
    try:
        lines = path.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    rows = []
    for number, line in enumerate(lines, 1):
        row = parse_line(line) if line.strip() else None
        if row is None:
            continue
        try:
            if isinstance(row, str):
                raise ValueError(row)
            if "about" not in row or "spans" not in row:
                raise ValueError("the labels `about` and `spans` are missing: this is no labelled article")
            build_source(row)
        except ValueError as error:
            raise InputError(f"{path}, line {number}: {error}") from None
        rows.append(row)
    if not rows:
        raise InputError(f"{path} holds no labelled article")
    return rows


def find_shortfalls(scores: Scores, floors: Path, gold: Path) -> list[str]:
    """Return one line per score below its floor. Raises InputError, nlp.evaluate.FloorsError."""
    try:
        return check_floors(scores, load_floors(floors, gold))
    except FloorsError:
        raise
    except (OSError, KeyError, ValueError) as error:
        raise InputError(f"{floors} is no file of floors: {error}") from None
