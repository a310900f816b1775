"""Measures the annotator on labelled articles: annotates without looking at the labels, has ``nlp.evaluate`` count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from monitor.config import Config
from monitor.errors import InputError
from monitor.importing import parse_line
from monitor.worker import annotate_stream, build_source
from nlp.evaluate import Scores, evaluate
from nlp.floors import FloorsError, check_floors, load_floors
from nlp.marked import load_marked

READ = ("id", "url", "outlet", "title", "text", "byline", "published", "published_at")  # the rest are labels


def evaluate_sets(config: Config, sets: Mapping[str, Path]) -> dict[str, Scores]:
    """Return the scores on named sets of labelled articles. Raises InputError naming file and line, MarkupError."""
    rows = {name: load_gold(path) for name, path in sets.items()}
    hidden = [
        {key: row[key] for key in READ if key in row} | {"id": f"{name}/{row['id']}"}
        for name, own in rows.items()
        for row in own
    ]
    told = list(annotate_stream(config.profile, hidden, config.models_folder))
    return {
        name: evaluate(
            own, [row | {"id": row["id"].removeprefix(f"{name}/")} for row in told if row["id"].startswith(f"{name}/")]
        )
        for name, own in rows.items()
    }


def name_sets(arguments: Sequence[str]) -> dict[str, Path]:
    """Return the sets that arguments name: ``PATH``, known by its name without ending, or ``NAME=PATH``.

    Raises InputError for a name given twice.
    """
    sets: dict[str, Path] = {}
    for argument in arguments:
        name, equals, path = argument.partition("=")
        if not equals:
            name, path = Path(argument).stem, argument
        if name in sets:
            raise InputError(f"two sets are called {name}: name them apart, as in other={path}")
        sets[name] = Path(path)
    return sets


def load_gold(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a JSON Lines file, or of all such files and marked texts (``nlp.marked``) below a folder.

    Raises InputError, MarkupError.
    """
    if path.is_dir():
        rows = [row for file in sorted(path.rglob("*.jsonl")) for row in _load_lines(file)] + load_marked(path)
        twice = [one for one, count in Counter(row["id"] for row in rows).items() if count > 1]
        if twice:
            raise InputError(f"{path}: more than one article bears the id {twice[0]}")
    else:
        rows = _load_lines(path)
    if not rows:
        raise InputError(f"{path} holds no labelled article")
    return rows


def _load_lines(path: Path) -> list[dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    rows = []
    for number, line in enumerate(text.split("\n"), 1):  # not where U+2028 stands within a text
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
    return rows


def find_shortfalls(scores: Scores, floors: Path, gold: Path) -> list[str]:
    """Return one line per score below its floor. Raises InputError, nlp.floors.FloorsError."""
    try:
        return check_floors(scores, load_floors(floors, gold))
    except FloorsError:
        raise
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"{floors} is no file of floors: {error}") from None
