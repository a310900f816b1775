"""Scores annotations against gold articles: precision, recall, F1 per task and class, intervals, worst errors.

Definitions: labels by macro-F1 over the classes that occur; sets of ids and spans by micro-F1; spans agree when they
overlap and bear the same id, quotations when they share 80 % of their union. Pillars and tones count on articles
whose gold ``about`` is "subject". Intervals are 95 % percentile bootstrap over articles (Efron & Tibshirani 1993).
Counting is in ``evaluate_counts``, what scores must reach in ``floors``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.annotation import Annotation
from nlp.evaluate_counts import METRICS, Counted, Metric, Row

RESAMPLES = 1000
_SEED = 20240101
_TP, _FP, _FN = range(3)
Counts = NDArray[np.int64]  # (articles, classes, 3)


@dataclass(frozen=True, slots=True)
class Figure:
    """One score; ``low`` and ``high`` bound its 95 % interval (None for classes); ``n`` is the number of gold items."""

    precision: float
    recall: float
    f1: float
    n: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures by metric, classes by metric and label, errors by metric: the articles with most wrong items first."""

    figures: dict[str, Figure]
    classes: dict[str, dict[str, Figure]]
    errors: dict[str, tuple[str, ...]]
    articles: int


def evaluate(gold: Sequence[Row], annotations: Iterable[Annotation | Row], resamples: int = RESAMPLES) -> Scores:
    """Compare gold rows (compiled gold articles) with annotations, as objects or in their JSON form.

    Rows are matched by ``id``, else by ``url``; an article without annotation counts as predicted empty. Metrics that
    the predictions do not carry at all (copies, stories) are left out. Raises ValueError when there is no gold article.
    """
    if not gold:
        raise ValueError("no gold article to compare with")
    told = [row.to_json() if isinstance(row, Annotation) else row for row in annotations]
    pairs = match_rows(gold, told)
    figures, classes, errors = {}, {}, {}
    for metric in METRICS:
        own = [(g, p) for g, p in pairs if not metric.subject_only or g["about"] == "subject"]
        if not own or (metric.key and not any(metric.key in p for _, p in own)):
            continue
        counted = metric.count(own)
        figures[metric.name] = build_figure(metric, counted, resamples)
        if len({label for c in counted for label in c.counts}) > 1:
            classes[metric.name] = build_classes(counted)
        errors[metric.name] = list_errors(own, counted)
    return Scores(figures, classes, errors, len(gold))


def match_rows(gold: Sequence[Row], told: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Return each gold row with its prediction, {} where there is none."""
    by_id = {str(row["id"]): row for row in told if "id" in row}
    by_url = {row["url"]: row for row in told if row.get("url")}
    return [(g, by_id.get(str(g["id"])) or by_url.get(g.get("url")) or {}) for g in gold]


def build_figure(metric: Metric, counted: Sequence[Counted], resamples: int) -> Figure:
    """Return the score of a metric with its interval."""
    labels = sorted({label for c in counted for label in c.counts})
    rows = [c.counts.get(label, (0, 0, 0)) for c in counted for label in labels]
    counts = np.array(rows, dtype=np.int64).reshape(len(counted), len(labels), 3)
    whole = counts.sum(axis=0)
    precision, recall, f1 = score_counts(whole, metric.macro)
    low = high = None
    if resamples:
        draws = np.random.default_rng(_SEED).integers(0, len(counts), size=(resamples, len(counts)))
        samples = [score_counts(counts[draw].sum(axis=0), metric.macro)[2] for draw in draws]
        low, high = (float(value) for value in np.percentile(samples, [2.5, 97.5]))
    return Figure(precision, recall, f1, int((whole[:, _TP] + whole[:, _FN]).sum()), low, high)


def score_counts(counts: NDArray[np.int64], macro: bool) -> tuple[float, float, float]:
    """Return precision, recall, F1 of (classes, 3) counts: means over the classes that occur, or pooled."""
    if macro:
        rows = [score_one(row) for row in counts if row.any()]
        columns = [sum(column) / len(rows) for column in zip(*rows, strict=True)] if rows else [1.0, 1.0, 1.0]
        return columns[0], columns[1], columns[2]
    return score_one(counts.sum(axis=0))


def score_one(row: NDArray[np.int64]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of true positives, false positives, false negatives; 1 when there are none."""
    tp, fp, fn = (int(value) for value in row)
    precision = tp / (tp + fp) if tp + fp else 1.0
    recall = tp / (tp + fn) if tp + fn else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def build_classes(counted: Sequence[Counted]) -> dict[str, Figure]:
    """Return the score of each class that occurs."""
    totals: dict[str, Counts] = {}
    for one in counted:
        for label, row in one.counts.items():
            totals[label] = totals.get(label, np.zeros(3, dtype=np.int64)) + np.array(row)
    return {k: Figure(*score_one(row), int(row[_TP] + row[_FN])) for k, row in sorted(totals.items()) if row.any()}


def list_errors(pairs: Sequence[tuple[Row, Row]], counted: Sequence[Counted]) -> tuple[str, ...]:
    """Return one line per article that is not all right, the worst first."""
    wrong = [
        (sum(row[_FP] + row[_FN] for row in c.counts.values()), g, c) for (g, _), c in zip(pairs, counted, strict=True)
    ]
    ranked = sorted(((n, g, c) for n, g, c in wrong if n), key=lambda item: (-item[0], str(item[1]["id"])))
    return tuple(f"{g['id']}: {c.note} | {g['title']}" for _, g, c in ranked)


def render_scores(scores: Scores, errors: Sequence[str] = (), limit: int = 10) -> str:
    """Return a table of scores and, for the metrics named in ``errors``, the worst articles."""
    lines = [f"{'metric':26}{'P':>7}{'R':>7}{'F1':>7}  {'95 %':13}{'n':>6}"]
    for name, figure in scores.figures.items():
        lines.append(render_figure(name, figure))
        lines += [render_figure(f"  {label}", one) for label, one in scores.classes.get(name, {}).items()]
    for name in errors:
        lines += ["", f"worst in {name}:", *(f"  {line}" for line in scores.errors.get(name, ())[:limit])]
    return "\n".join(lines) + "\n"


def render_figure(name: str, figure: Figure) -> str:
    """Return one line of the table."""
    span = f"{figure.low:.3f}–{figure.high:.3f}" if figure.low is not None and figure.high is not None else ""
    return f"{name:26}{figure.precision:7.3f}{figure.recall:7.3f}{figure.f1:7.3f}  {span:13}{figure.n:6}"


def render_markdown(sets: Mapping[str, Scores]) -> str:
    """Return a Markdown table: of one set precision, recall, F1 with its interval and number of gold items; of several
    sets F1 with interval and number, a column per set.
    """
    if len(sets) == 1:
        lines = ["| task | P | R | F1 (95 %) | n |", "|---|---|---|---|---|"]
        for metric, figure in next(iter(sets.values())).figures.items():
            cells = (f"{figure.precision:.3f}", f"{figure.recall:.3f}", _with_interval(figure), str(figure.n))
            lines.append(f"| {metric} | {' | '.join(cells)} |")
        return "\n".join(lines) + "\n"
    heads = [f"{name}, {scores.articles} articles: F1 (95 %), n" for name, scores in sets.items()]
    lines = [f"| task | {' | '.join(heads)} |", "|---" * (len(sets) + 1) + "|"]
    for metric in dict.fromkeys(metric for scores in sets.values() for metric in scores.figures):
        found = [scores.figures.get(metric) for scores in sets.values()]
        told = [f"{_with_interval(figure)}, {figure.n}" if figure else "" for figure in found]
        lines.append(f"| {metric} | {' | '.join(told)} |")
    return "\n".join(lines) + "\n"


def _with_interval(figure: Figure) -> str:
    bounds = "" if figure.low is None else f" ({figure.low:.3f}–{figure.high:.3f})"
    return f"{figure.f1:.3f}{bounds}"
