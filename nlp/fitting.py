"""Fits, calibrates and scores the linear models with scikit-learn; nothing of it is needed to annotate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from nlp.examples import Example, Task
from nlp.linear import Array, LinearModel, weigh_terms
from nlp.parts import SIDES, pool_scores
from nlp.terms import STEM

FOLDS = 5
GRID = [(c, share) for c in (3.0, 10.0) for share in (0.03, 0.05, 0.1)]  # inverse penalty, weight of the cues
PART_SETTINGS = (10.0, 0.05)  # of the models that score sentences for training
LEAST_DOCUMENTS = 2
WHOLE_WEIGHT = 2.0  # an article teaches twice what a headline or paragraph does
TIE = 0.01  # figures closer than this are equal under cross-validation
_EVEN = (0.5, 0.5)  # a pillar holds or does not
_NEVER = -10.0  # logit
_TEMPERATURES = np.geomspace(0.3, 3.0, 40)
_THRESHOLDS = np.arange(0.25, 0.76, 0.025)


def fit_model(task: Task, examples: Sequence[Example], penalty: float, share: float) -> LinearModel:
    """Return a model fitted on the examples, not yet calibrated."""
    terms, idf = build_vocabulary(examples, task.common)
    weighed = [weigh_terms(example.terms, terms, idf) for example in examples]
    bounds = np.cumsum([0, *(len(index) for index, _ in weighed)])
    columns = np.concatenate([index for index, _ in weighed])
    words = csr_matrix((np.concatenate([v for _, v in weighed]), columns, bounds), shape=(len(examples), len(terms)))
    cues = np.array([[e.cues.get(name, 0.0) for name in task.cues] for e in examples], dtype=np.float32)
    mean, scale = cues.mean(axis=0), cues.std(axis=0)
    scale[scale == 0] = 1
    matrix = hstack([words, csr_matrix((cues - mean) / scale * share)]).tocsr()
    weights, bias = _solve(task, matrix, examples, penalty)
    return LinearModel(
        labels=task.labels,
        terms=terms,
        cues=task.cues,
        idf=idf,
        weights=weights[:, : len(terms)],
        cue_mean=mean,
        cue_scale=scale,
        cue_weights=weights[:, len(terms) :] * share,
        bias=bias,
        temperature=1.0,
        multi=task.multi,
    )


def _solve(task: Task, matrix: csr_matrix, examples: Sequence[Example], penalty: float) -> tuple[Array, Array]:
    """Return (labels, features) weights and biases of logistic regressions whose classes weigh as they are expected."""

    counted = np.array([WHOLE_WEIGHT if e.whole else 1.0 for e in examples])

    def solve(target: list[bool] | list[int], expected: Sequence[float]) -> LogisticRegression:
        classes = np.asarray(target, dtype=np.int64)
        occurring = np.bincount(classes, minlength=len(expected))
        weights = counted * (np.array(expected) * len(classes))[classes] / occurring[classes]
        # Ten times as fast as the default on so few texts with so many terms, to the same end.
        model = LogisticRegression(C=penalty, solver="newton-cg", max_iter=500)
        return model.fit(matrix, classes, sample_weight=weights)

    if task.multi:
        rows = []
        for label in task.labels:
            target = [label in e.labels for e in examples]
            if not any(target):  # nothing to learn from: never told
                rows.append((np.zeros(matrix.shape[1]), _NEVER))
                continue
            found = solve(target, _EVEN)
            rows.append((found.coef_[0], found.intercept_[0]))
        return np.array([r[0] for r in rows], dtype=np.float32), np.array([r[1] for r in rows], dtype=np.float32)
    found = solve([task.labels.index(next(iter(e.labels))) for e in examples], task.expected)
    return found.coef_.astype(np.float32), found.intercept_.astype(np.float32)


def build_vocabulary(examples: Sequence[Example], common: frozenset[str]) -> tuple[dict[str, int], Array]:
    """Return terms and idf; only of common words, so that a model learns no regency by heart."""
    documents = Counter(term for e in examples for term in e.terms)
    kept = [t for t, n in sorted(documents.items()) if n >= LEAST_DOCUMENTS and is_common(t, common)]
    idf = np.array([np.log((1 + len(examples)) / (1 + documents[t])) + 1 for t in kept], dtype=np.float32)
    return {term: at for at, term in enumerate(kept)}, idf


def is_common(term: str, common: frozenset[str]) -> bool:
    """Tell whether a term is made of common words; a stem is when it is itself one or belongs to one."""
    if term.startswith(STEM):
        return term in common
    return all(word in common for word in term.split(" "))


def cross_validate(
    task: Task, examples: Sequence[Example], penalty: float, share: float
) -> list[tuple[Example, dict[str, float]]]:
    """Return every example of the kind that is judged, with its scores by a model that saw neither it nor its group."""
    folds = GroupKFold(FOLDS).split(examples, groups=[e.group for e in examples])
    scored = []
    for train, held in folds:
        model = fit_model(task, [examples[i] for i in train], penalty, share)
        scored += [(examples[i], model.scores(examples[i].terms, examples[i].cues)) for i in held if examples[i].judged]
    return scored


def pool_example(example: Example, headline: LinearModel) -> Example:
    """Return an example with the scores of its sentences among its cues."""
    scores = [headline.term_scores(terms) for _, terms in example.parts]
    pooled = pool_scores([place for place, _ in example.parts], [[one[side] for one in scores] for side in SIDES])
    return replace(example, cues={**example.cues, **pooled})


def pool_crosswise(
    examples: Sequence[Example], headline: Task, teaching: Sequence[Example], temperature: float
) -> list[Example]:
    """Return examples with the scores of their sentences by models of headlines that saw nothing of their group.

    Scores of sentences that a model was taught would be better than those of any article to come.
    """
    models: list[LinearModel] = []
    fold_of: dict[str, int] = {}
    for train, held in GroupKFold(FOLDS).split(teaching, groups=[e.group for e in teaching]):
        fold_of |= {teaching[at].group: len(models) for at in held}
        model = fit_model(headline, [teaching[at] for at in train], *PART_SETTINGS)
        models.append(replace(model, temperature=temperature))
    return [pool_example(e, models[fold_of.get(e.group, 0)]) for e in examples]


def choose_settings(task: Task, examples: Sequence[Example]) -> tuple[float, float, float]:
    """Return penalty, share of cues and threshold that score best under cross-validation.

    The threshold is the middle of those that score as well as the best: a single best one is chance.
    """
    best = (-1.0, 1.0, 0.1, 0.5)
    for penalty, share in GRID:
        scored = cross_validate(task, examples, penalty, share)
        figures = {float(t): measure(task, scored, float(t)) for t in (_THRESHOLDS if task.multi else [0.5])}
        top = max(figures.values())
        middle = float(np.median([t for t, figure in figures.items() if figure >= top - TIE]))
        best = max(best, (top, penalty, share, middle))
    return best[1], best[2], best[3]


def score_model(model: LinearModel, task: Task, examples: Sequence[Example]) -> float:
    """Return the model's figure on examples of its kind: macro-F1 of a tone, micro-F1 of pillars."""
    scored = [(e, model.scores(e.terms, e.cues)) for e in examples if e.judged]
    return measure(task, scored, model.threshold)


def measure(task: Task, scored: Sequence[tuple[Example, dict[str, float]]], threshold: float) -> float:
    """Return macro-F1 over the labels that occur, or micro-F1 when any number of labels holds."""
    pairs = [(e.labels, _decide(task, scores, threshold)) for e, scores in scored]
    if task.multi:
        return _f1(pairs)
    present = [label for label in task.labels if any(label in gold or label in told for gold, told in pairs)]
    one = [_f1([(gold & {label}, told & {label}) for gold, told in pairs]) for label in present]
    return sum(one) / len(one)


def _decide(task: Task, scores: dict[str, float], threshold: float) -> frozenset[str]:
    if task.multi:
        return frozenset(label for label, score in scores.items() if score >= threshold)
    return frozenset({max(scores, key=scores.__getitem__)})


def _f1(pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> float:
    right = sum(len(gold & told) for gold, told in pairs)
    total = sum(len(gold) + len(told) for gold, told in pairs)
    return 2 * right / total if total else 1.0


def find_temperature(model: LinearModel, task: Task, examples: Sequence[Example]) -> float:
    """Return the temperature that makes the scores of unseen examples likeliest (Guo et al. 2017)."""
    own = [e for e in examples if e.judged]
    logits = np.array([model.logits(e.terms, e.cues) for e in own], dtype=np.float64)
    gold = np.array([[label in e.labels for label in task.labels] for e in own])
    losses = [_loss(task, logits / temperature, gold) for temperature in _TEMPERATURES]
    return float(_TEMPERATURES[int(np.argmin(losses))])


def _loss(task: Task, logits: NDArray[np.float64], gold: NDArray[np.bool_]) -> float:
    if task.multi:
        return float(np.where(gold, np.logaddexp(0, -logits), np.logaddexp(0, logits)).mean())
    return float((np.logaddexp.reduce(logits, axis=1) - logits[gold]).mean())
