"""Blind samples: the sheet that a person fills in without seeing the machine's labels, and what the answers say.

Tags are measured on the articles that the machine calls subjects, for only these are counted; a person who finds such
an article to be none has no tags for it. What the machine overlooked comes from the other stratum and is scaled to the
size of the first. Intervals are Wilson's (1927), 95 %.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from db.corrections import LABELS, SETS
from db.rows import Row
from monitor.errors import InputError, UnknownName
from monitor.names import Names

GIVEN = ("sample", "article", "number", "outlet", "published_at", "url", "title", "text")
ASKED = ("about", "kind", "tone", "headline_tone", "opd", "officials", "places", "pillars")
TASKS = {"officials": "official", "places": "place", "pillars": "pillar"}  # as reports call them
EMPTY = frozenset({"-", "–", "none", "tidak ada", "kosong"})
Z = 1.96  # 95 %


@dataclass(frozen=True, slots=True)
class Tally:
    """Tags that both gave, that only the machine gave, that only the person gave."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float | None:
        """Share of the machine's tags that the person gave too; None where it gave none."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else None

    @property
    def recall(self) -> float | None:
        """Share of the person's tags that the machine gave too; None where they gave none."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None

    def to_row(self) -> Row:
        """Return precision and recall, each with the bounds of its interval; None where there is nothing to divide."""
        return {
            **asdict(self),
            "precision": self.precision,
            "precision_range": wilson(self.tp, self.tp + self.fp),
            "recall": self.recall,
            "recall_range": wilson(self.tp, self.tp + self.fn),
        }


def build_sheet(sample: Row) -> list[Row]:
    """Return the rows of the sheet: what is given is filled in, what is asked is empty."""
    return [
        {"sample": sample["id"], "article": article["article_id"], **article, **dict.fromkeys(ASKED, "")}
        for article in sample["articles"]
    ]


def parse_answers(rows: Sequence[Mapping[str, Any]], names: Names) -> tuple[int, dict[int, Row]]:
    """Return the sample's number and the answers by article; rows without ``about`` are not coded yet.

    Raises InputError naming the line and what is wrong with it.
    """
    registries = names.by_field
    samples: set[int] = set()
    answers: dict[int, Row] = {}
    for line, row in enumerate(rows, 2):
        try:
            samples.add(int(row["sample"]))
            article = int(row["article"])
        except (KeyError, TypeError, ValueError):
            raise InputError(f"line {line}: the columns `sample` and `article` must stay as they were drawn") from None
        if not _words(row.get("about")):
            continue
        answer: Row = {}
        for name, labels in LABELS.items():
            answer[name] = _words(row.get(name))
            if answer[name] and answer[name] not in labels:
                raise InputError(f"line {line}: {name} is one of {', '.join(labels)}, not {answer[name]!r}")
        for name in SETS:
            answer[name] = _parse_set(row.get(name))
            for ident in answer[name]:
                if ident not in registries[name]:
                    wrong = UnknownName(name, ident, registries[name], "pantau profile show")
                    raise InputError(f"line {line}: {wrong}")
        answers[article] = answer
    if len(samples) != 1:
        raise InputError("the sheet holds no sample, or several; score one at a time")
    if not answers:
        raise InputError("nothing is coded yet: fill in `about` and, for subjects, the columns after it")
    return samples.pop(), answers


def score_answers(sample: Row, answers: Mapping[int, Row], on: str) -> Row:
    """Return ``{on, month, articles, tasks, tags}``: per task, and per tag of each, what ``Tally.to_row`` gives.

    ``on`` is the day of the coding, YYYY-MM-DD. Raises InputError for an article that is not of the sample.
    """
    drawn = {article["article_id"]: article for article in sample["articles"]}
    if stray := sorted(answers.keys() - drawn.keys()):
        raise InputError(f"article {stray[0]} is not of sample {sample['id']}")
    tags: dict[str, dict[str, Tally]] = defaultdict(dict)
    for article_id, answer in answers.items():
        if drawn[article_id]["stratum"] == "subject":
            for task, tag, tally in _compare(drawn[article_id]["told"], answer):
                tags[task][tag] = tags[task].get(tag, Tally()) + tally
    tasks = {task: sum(found.values(), Tally()) for task, found in tags.items()}
    tasks["about"] = _measure_about(sample, answers, drawn)
    return {
        "on": on,
        "month": sample["month"],
        "articles": len(answers),
        "tasks": {task: tally.to_row() for task, tally in sorted(tasks.items())},
        "tags": {task: {tag: t.to_row() for tag, t in sorted(found.items())} for task, found in sorted(tags.items())},
    }


def _compare(told: Row, answer: Row) -> Iterable[tuple[str, str, Tally]]:
    subject = answer["about"] == "subject"
    for name in LABELS:
        if name == "about" or not answer[name] or not subject:
            continue
        if told[name] == answer[name]:
            yield name, answer[name], Tally(tp=1)
        else:
            yield name, answer[name], Tally(fn=1)
            yield name, told[name], Tally(fp=1)
    for name in SETS:
        own = set(answer[name]) if subject else set()
        for tag in own | set(told[name]):
            both = tag in own and tag in told[name]
            yield TASKS.get(name, name), tag, Tally(int(both), int(tag not in own), int(tag not in told[name]))


def _measure_about(sample: Row, answers: Mapping[int, Row], drawn: Mapping[int, Row]) -> Tally:
    """Return how far "subject" holds; subjects overlooked in the rest are scaled to the part drawn of the subjects."""
    coded: dict[str, list[bool]] = {"subject": [], "rest": []}
    for article_id, answer in answers.items():
        coded[drawn[article_id]["stratum"]].append(answer["about"] == "subject")
    right, overlooked = sum(coded["subject"]), 0.0
    if coded["rest"] and coded["subject"] and sample["strata"]["subject"]:
        scale = (sample["strata"]["rest"] / len(coded["rest"])) / (sample["strata"]["subject"] / len(coded["subject"]))
        overlooked = sum(coded["rest"]) * scale
    return Tally(right, len(coded["subject"]) - right, round(overlooked))


def wilson(part: int, whole: int) -> tuple[float, float] | None:
    """Return the 95 % interval of a share, None of nothing."""
    if not whole:
        return None
    p, z2 = part / whole, Z * Z
    middle, reach = p + z2 / (2 * whole), Z * math.sqrt(p * (1 - p) / whole + z2 / (4 * whole * whole))
    return max(0.0, (middle - reach) / (1 + z2 / whole)), min(1.0, (middle + reach) / (1 + z2 / whole))


def flatten_scores(scores: Row) -> list[Row]:
    """Return a row per task and tag for a table: tasks first, their tags below."""
    rows = []
    for task, whole in scores["tasks"].items():
        rows.append({"task": task, "tag": "", **_shown(whole)})
        rows += [{"task": task, "tag": tag, **_shown(one)} for tag, one in scores["tags"].get(task, {}).items()]
    return rows


def _shown(row: Row) -> Row:
    shown: Row = {"n": row["tp"] + row["fn"]}
    for name in ("precision", "recall"):
        bounds = row[f"{name}_range"]
        shown[name] = f"{row[name]:.2f} ({bounds[0]:.2f}–{bounds[1]:.2f})" if bounds else "–"
    return shown


def _words(value: Any) -> str:
    return " ".join(str(value if value is not None else "").lower().split())


def _parse_set(value: Any) -> list[str]:
    text = _words(value)
    return [] if text in EMPTY else [part for part in text.replace(",", " ").replace(";", " ").split() if part]
