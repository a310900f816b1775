"""Floors under scores, kept in one JSON file for several sets of labelled articles; they rise and never fall.

A set is known by the name of its file or folder; its floors hold for the very version on which they were reached.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nlp.evaluate import Scores

_LABELLED = {".txt", ".jsonl"}
SLACK = 0.005  # half a hundredth below what was reached


class FloorsError(ValueError):
    """A floors file that cannot be used; the message says what to do."""


def load_floors(path: Path, gold: Path) -> dict[str, float]:
    """Return the floors of a set of labelled articles.

    Raises FloorsError when there are none for it, or they were set on another version of it.
    """
    sets = _load_sets(path)
    if gold.name not in sets:
        raise FloorsError(f"{path} has no floors for {gold.name}; it has some for {', '.join(sets) or 'nothing'}")
    if sets[gold.name]["sha256"] != hash_gold(gold):
        raise FloorsError(
            f"{path} was set on another version of {gold.name}; look at the scores and set the floors anew"
        )
    return {str(name): float(value) for name, value in sets[gold.name]["floors"].items()}


def check_floors(scores: Scores, floors: Mapping[str, float]) -> list[str]:
    """Return one line per metric that is below its floor or was not measured."""
    found = []
    for name, floor in floors.items():
        figure = scores.figures.get(name)
        if figure is None:
            found.append(f"{name}: not measured, floor {floor:.3f}")
        elif figure.f1 < floor:
            found.append(f"{name}: {figure.f1:.3f}, floor {floor:.3f}")
    return found


def raise_floors(scores: Scores, floors: Mapping[str, float], slack: float = SLACK) -> dict[str, float]:
    """Return floors that follow the scores upwards, ``slack`` below them; none ever falls."""
    names = [*floors, *(name for name in scores.figures if name not in floors)]
    reached = {name: figure.f1 - slack for name, figure in scores.figures.items()}
    return {name: round(max(floors.get(name, 0.0), reached.get(name, 0.0)), 3) for name in names}


def save_floors(path: Path, gold: Path, floors: Mapping[str, float]) -> None:
    """Write the floors of a set with the digest of the articles on which they were reached; other sets stay."""
    sets = _load_sets(path) if path.is_file() else {}
    sets[gold.name] = {"sha256": hash_gold(gold), "floors": dict(sorted(floors.items()))}
    path.write_text(json.dumps(dict(sorted(sets.items())), indent=2) + "\n", encoding="utf-8")


def hash_gold(path: Path) -> str:
    """Return the SHA-256 of a file, or of the labelled articles below a folder in the order of their names."""
    files = sorted(p for p in path.rglob("*") if p.suffix in _LABELLED) if path.is_dir() else [path]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _load_sets(path: Path) -> dict[str, dict[str, Any]]:
    sets = json.loads(path.read_text(encoding="utf-8"))
    for one in sets.values() if isinstance(sets, dict) else [None]:
        if not isinstance(one, dict) or not {"sha256", "floors"} <= one.keys():
            raise FloorsError(f"{path} is no file of floors: a set of articles has the keys sha256 and floors")
    return dict(sets)
