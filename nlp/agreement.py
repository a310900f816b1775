"""Compares two passes of labelling over the open corpus: Cohen's kappa per label, F1 of pillars, as a table.

``python -m nlp.agreement`` reads ``nlp/data/corpus``; the labels are explained in its GUIDE. ``--sheet`` hands a second
annotator units without labels. Scores of models against labels are ``nlp.evaluate``'s business, not this module's.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "data" / "corpus"
SPLITS = ("train", "tune", "test")
SECOND_PASS = "second_pass.jsonl"
SHOWN = ("id", "type", "title", "text", "place_context")  # what an annotator may see
SINGLE = ("about", "tone", "headline_tone")
OF_ARTICLES = "headline_tone, articles"
PILLARS = ("governance", "branding", "economy", "living", "society", "environment")
Row = Mapping[str, Any]
Answer = str | bool


class CorpusError(ValueError):
    """A corpus file holds what its guide does not allow; the message names the file, the line and the remedy."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on one label over ``n`` units; ``kappa`` is NaN where both passes give one value throughout."""

    label: str
    n: int
    observed: float
    kappa: float


@dataclass(frozen=True, slots=True)
class Difference:
    """One unit on which the two passes differ."""

    id: str
    label: str
    first: str
    second: str


def load_units(path: Path) -> dict[str, Row]:
    """Return the rows of a JSON Lines file by id.

    Raises CorpusError for a line that is no object with an id, and for an id given twice.
    """
    units: dict[str, Row] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            key = row["id"]
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise CorpusError(f"{path.name}:{number}: not an object with an id; write one per line") from error
        if key in units:
            raise CorpusError(f"{path.name}:{number}: {key} stands here twice; keep one of the two lines")
        units[key] = row
    return units


def load_corpus(folder: Path = CORPUS) -> dict[str, Row]:
    """Return all units of the corpus by id, over the three splits."""
    units: dict[str, Row] = {}
    for split in SPLITS:
        found = load_units(folder / f"{split}.jsonl")
        if twice := sorted(units.keys() & found.keys()):
            raise CorpusError(f"{split}.jsonl: {twice[0]} lies in another split as well; a unit belongs to one")
        units |= found
    return units


def pair_units(first: Mapping[str, Row], second: Mapping[str, Row]) -> list[tuple[Row, Row]]:
    """Return the units that both passes labelled, by id.

    Raises CorpusError when the second pass labels a unit that does not exist.
    """
    if stray := sorted(second.keys() - first.keys()):
        raise CorpusError(f"{stray[0]} is no unit of the corpus; take ids from the three splits")
    return [(first[key], second[key]) for key in sorted(second)]


def measure_kappa(label: str, pairs: Sequence[tuple[Answer, Answer]]) -> Agreement:
    """Return observed agreement and kappa of two answers per unit.

    Source: Cohen, "A coefficient of agreement for nominal scales", 1960.
    """
    n = len(pairs)
    if not n:
        return Agreement(label, 0, math.nan, math.nan)
    observed = sum(a == b for a, b in pairs) / n
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = sum(left[value] * right[value] for value in left) / n**2
    return Agreement(label, n, observed, math.nan if expected == 1 else (observed - expected) / (1 - expected))


def measure_pillars(pairs: Sequence[tuple[Row, Row]]) -> float:
    """Return micro-F1 of the pillars, symmetric in the two passes; NaN when neither gives a pillar."""
    both = sum(len(set(a["pillars"]) & set(b["pillars"])) for a, b in pairs)
    given = sum(len(set(row["pillars"])) for pair in pairs for row in pair)
    return 2 * both / given if given else math.nan


def measure_agreement(pairs: Sequence[tuple[Row, Row]]) -> list[Agreement]:
    """Return the agreement per label and per pillar.

    Tones and pillars are compared where both passes call the unit a subject: elsewhere little is left to decide. The
    headline tone of whole articles has a row of its own: that of a bare headline is but its tone once more.
    """
    subjects = [(a, b) for a, b in pairs if a["about"] == b["about"] == "subject"]
    rows = []
    for label in SINGLE:
        chosen = pairs if label == "about" else subjects
        answers = [(a[label], b[label]) for a, b in chosen if a[label] is not None]
        rows.append(measure_kappa(label, answers))
    own = [(a, b) for a, b in subjects if a["type"] == "article" and a["headline_tone"] is not None]
    headlines = [(a["headline_tone"], b["headline_tone"]) for a, b in own]
    rows.append(measure_kappa(OF_ARTICLES, headlines))
    for pillar in PILLARS:
        rows.append(measure_kappa(pillar, [(pillar in a["pillars"], pillar in b["pillars"]) for a, b in subjects]))
    return rows


def find_differences(pairs: Sequence[tuple[Row, Row]]) -> Iterator[Difference]:
    """Yield every label on which the two passes differ, to settle the guide by."""
    for a, b in pairs:
        for label in SINGLE:
            if a[label] is not None and a[label] != b[label]:
                yield Difference(a["id"], label, str(a[label]), str(b[label]))
        left, right = (" ".join(sorted(set(row["pillars"]))) or "-" for row in (a, b))
        if left != right:
            yield Difference(a["id"], "pillars", left, right)


def build_sheet(units: Mapping[str, Row], size: int) -> list[Row]:
    """Return ``size`` units without their labels, the same ones every time, mixed over types and splits."""
    order = sorted(units, key=lambda key: hashlib.sha256(key.encode()).digest())
    return [{field: units[key][field] for field in SHOWN} for key in order[:size]]


def render_table(rows: Sequence[Agreement], micro: float) -> str:
    """Return the table that the command prints."""
    lines = [f"{'label':<24}{'n':>6}{'observed':>10}{'kappa':>8}"]
    lines += [f"{row.label:<24}{row.n:>6}{row.observed:>10.3f}{row.kappa:>8.3f}" for row in rows]
    lines.append(f"{'pillars, micro-F1':<40}{micro:>8.3f}")
    return "\n".join(lines)


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the options of the command."""
    parser = argparse.ArgumentParser("python -m nlp.agreement", description="Agreement of two passes of labelling.")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder of the corpus")
    parser.add_argument("--list", action="store_true", help="also name the units on which the passes differ")
    parser.add_argument("--sheet", type=int, metavar="N", help="print N units without labels, for a second annotator")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, or a sheet; 0 done, 2 when there is no second pass or a file breaks the guide."""
    options = parse_arguments(arguments)
    path = options.corpus / SECOND_PASS
    try:
        units = load_corpus(options.corpus)
        if options.sheet:
            sheet = build_sheet(units, options.sheet)
            sys.stdout.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in sheet)
            return 0
        pairs = pair_units(units, load_units(path))
    except FileNotFoundError as error:
        sys.stderr.write(f"{error.filename} is missing; GUIDE.md of the corpus says how it is made\n")
        return 2
    except CorpusError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    subjects = [(a, b) for a, b in pairs if a["about"] == b["about"] == "subject"]
    sys.stdout.write(render_table(measure_agreement(pairs), measure_pillars(subjects)) + "\n")
    if options.list:
        sys.stdout.writelines(f"{d.id}\t{d.label}\t{d.first}\t{d.second}\n" for d in find_differences(pairs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
