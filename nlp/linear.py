"""A small linear classifier over words, word pairs and counted cues: plain arrays, numpy alone at run time.

Training is in ``nlp.train``; a model is one ``.npz`` without pickled objects. Scores are calibrated probabilities:
the logits are divided by a temperature fitted on texts that training did not see (Guo et al. 2017, "On Calibration of
Modern Neural Networks").
"""

from __future__ import annotations

import math
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from nlp.extensions import notes_of, read_text, words_of
from nlp.parts import find_parts
from nlp.terms import TABLE, Counted, Numbers, Parts, locate_terms

Array = NDArray[np.float32]

_REMEDY = "train again with: `pantau train` for a model of your own, python -m nlp.train for a packaged one"
_FIELDS = ("idf", "weights", "cue_mean", "cue_scale", "cue_weights", "bias")


class ModelError(ValueError):
    """A model file that cannot be read, or belongs to other features than the program computes."""


@dataclass(frozen=True, slots=True)
class LinearModel:
    """``weights`` is (labels, terms), ``cue_weights`` (labels, cues), ``bias`` (labels); ``multi`` parts the labels."""

    labels: tuple[str, ...]
    terms: dict[str, int]
    cues: tuple[str, ...]
    idf: Array
    weights: Array
    cue_mean: Array
    cue_scale: Array
    cue_weights: Array
    bias: Array
    temperature: float
    threshold: float = 0.5  # multi models: a label holds from this score on
    multi: bool = False

    def scores(self, terms: Mapping[str, int], cues: Mapping[str, float]) -> dict[str, float]:
        """Return a probability per label; for ``multi`` models they are independent and need not add up to 1.

        ``terms`` is what ``count_terms`` gives; absent cues count as 0.
        """
        return self.weigh_logits(self.logits(terms, cues).tolist())

    def logits(self, terms: Mapping[str, int], cues: Mapping[str, float]) -> Array:
        """Return the raw score per label."""
        index, values = weigh_terms(terms, self.terms, self.idf)
        dense = np.array([cues.get(name, 0.0) for name in self.cues], np.float32)
        dense = (dense - self.cue_mean) / self.cue_scale
        logits: Array = self.bias + self.weights[:, index] @ values + self.cue_weights @ dense
        return logits

    def term_scores(self, terms: Iterable[str]) -> dict[str, float]:
        """Return the scores of a piece of a text by its terms alone: each counts once, cues are as they usually are."""
        index, values = weigh_terms(dict.fromkeys(terms, 1), self.terms, self.idf)
        return self.weigh_logits((self.bias + self.weights[:, index] @ values).tolist())

    def weigh_logits(self, logits: Sequence[float]) -> dict[str, float]:
        """Return the calibrated probability per label."""
        tempered = [logit / self.temperature for logit in logits]
        if self.multi:
            return {label: 1 / (1 + math.exp(-logit)) for label, logit in zip(self.labels, tempered, strict=True)}
        highest = max(tempered)
        powers = [math.exp(logit - highest) for logit in tempered]
        total = sum(powers)
        return {label: power / total for label, power in zip(self.labels, powers, strict=True)}

    def find_telling(self, text: str, label: str, most: int) -> list[tuple[int, int]]:
        """Return where the words stand, each once, that speak most for a label, in order of the text; none may."""
        vocabulary, weighed = self.terms, self.weights[self.labels.index(label)] * self.idf
        weights: dict[tuple[str, ...], float] = {}
        places: dict[tuple[str, ...], tuple[int, int]] = {}
        for start, end, terms in locate_terms(text):
            if terms not in places:
                known = [weighed[vocabulary[term]] for term in terms if term in vocabulary]
                weights[terms], places[terms] = float(sum(known)), (start, end)
        told: list[tuple[int, int]] = []
        for terms in sorted(weights, key=weights.__getitem__, reverse=True):
            start, end = places[terms]
            if weights[terms] <= 0 or len(told) == most:
                break
            if all(end <= a or b <= start for a, b in told):
                told.append((start, end))
        return sorted(told)

    def numbered(self) -> NumberedModel:
        """Return the model ready for texts that ``TABLE`` counts."""
        numbers = TABLE.add(self.terms)
        columns = list(self.terms.values())
        rows = np.zeros((TABLE.count_numbers() + 1, len(self.labels) + 2), np.float32)
        rows[numbers, :-2] = (self.weights * self.idf).T[columns]
        rows[numbers, -2] = self.idf[columns]
        rows[numbers, -1] = rows[numbers, -2] ** 2
        cue_rows = np.zeros((len(self.cues) + 1, len(self.labels)), np.float32)
        cue_rows[:-1] = (self.cue_weights / self.cue_scale).T
        cue_numbers = {name: at for at, name in enumerate(self.cues)}
        return NumberedModel(self, rows, cue_numbers, cue_rows, (self.bias - self.cue_mean @ cue_rows[:-1]).tolist())


@dataclass(frozen=True, slots=True)
class NumberedModel:
    """A model with all that can be multiplied beforehand, and what belongs to one term or cue side by side in memory.

    A text has some hundred of the terms and a few of the cues: only their rows are read.
    """

    model: LinearModel
    rows: Array  # by number in ``terms.TABLE``: idf * weight per label, idf, its square; nothing in those of others
    cue_numbers: dict[str, int]
    cue_rows: Array  # by number of the cue: weight / scale per label; then one without weight, of unknown cues
    bias: list[float]  # when no cue was found

    def scores(self, counted: Counted, cues: Mapping[str, float]) -> dict[str, float]:
        """Return what ``LinearModel.scores`` does."""
        # A number beyond the last row, of a model that was loaded later, is read as the last, which is empty.
        rows = self.rows.take(counted.numbers, axis=0, mode="clip")
        values = counted.damped * rows[:, -2]
        length = math.sqrt(values.dot(values)) or 1.0
        weighed = (counted.damped @ rows).tolist()
        logits = [base + weight / length for base, weight in zip(self.bias, weighed, strict=False)]
        if cues:
            number_of, unknown = self.cue_numbers.get, len(self.cue_numbers)
            numbers = [number_of(name, unknown) for name in cues]
            told = np.array(list(cues.values()), np.float32) @ self.cue_rows.take(numbers, axis=0)
            logits = [logit + weight for logit, weight in zip(logits, told.tolist(), strict=True)]
        return self.model.weigh_logits(logits)

    def part_scores(self, parts: Parts, labels: Sequence[str]) -> list[list[float]]:
        """Return a row per label of what ``LinearModel.term_scores`` says of each part."""
        sums = np.add.reduceat(self.rows.take(parts.numbers, axis=0, mode="clip"), parts.starts)
        lengths = np.sqrt(sums[:, -1:])
        lengths[lengths == 0] = 1
        logits = (sums[:, :-2] / lengths + self.model.bias) / self.model.temperature
        powers = np.exp(logits - np.maximum.reduce(logits, axis=1, keepdims=True))
        scores = (powers / np.add.reduce(powers, axis=1, keepdims=True)).T
        return [scores[self.model.labels.index(label)].tolist() for label in labels]


def count_doc_terms(doc: Doc) -> Counted:
    """Count the terms of a whole article once for all components; those of its title and sentences are listed too."""
    notes = notes_of(doc)
    if notes.terms is None:
        notes.parts = find_parts(doc)
        _, offsets = words_of(doc)
        numbers = notes.numbers if notes.numbers is not None else TABLE.read(read_text(doc), offsets)
        notes.listed = TABLE.list_terms(numbers, [bisect_left(offsets, part.start) for part in notes.parts[1:]])
        notes.terms = notes.listed.count()
    counted: Counted = notes.terms
    return counted


def weigh_terms(counts: Mapping[str, int], terms: Mapping[str, int], idf: Array) -> tuple[Numbers, Array]:
    """Return indices and weights (1 + log tf) * idf, scaled to length 1, of the terms that are in the vocabulary."""
    known = [pair for pair in zip(map(terms.get, counts), counts.values(), strict=True) if pair[0] is not None]
    index = np.array([at for at, _ in known], dtype=np.intp)
    return index, _scale((1 + np.log(np.array([count for _, count in known], dtype=np.float32))) * idf[index])


def _scale(values: Array) -> Array:
    norm = float(np.sqrt(values.dot(values)))
    return values / norm if norm else values


def save_model(model: LinearModel, path: Path) -> None:
    """Write a model as a compressed ``.npz``."""
    np.savez_compressed(
        path,
        allow_pickle=False,
        labels=np.array("\n".join(model.labels)),
        terms=np.array("\n".join(sorted(model.terms, key=model.terms.__getitem__))),
        cues=np.array("\n".join(model.cues)),
        temperature=np.array(model.temperature, dtype=np.float32),
        threshold=np.array(model.threshold, dtype=np.float32),
        multi=np.array(model.multi),
        **{field: getattr(model, field).astype(np.float32) for field in _FIELDS},
    )


def load_model(path: Path, cues: Sequence[str] | None = None) -> LinearModel:
    """Read a model; ``cues`` are the names that the program counts, None when they are not fixed.

    Raises ModelError when the file is missing or broken, or was trained on other cues.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
            lists = {
                key: tuple(str(data[key]).split("\n")) if str(data[key]) else () for key in ("labels", "terms", "cues")
            }
            model = LinearModel(
                labels=lists["labels"],
                terms={term: at for at, term in enumerate(lists["terms"])},
                cues=lists["cues"],
                temperature=float(data["temperature"]),
                threshold=float(data["threshold"]),
                multi=bool(data["multi"]),
                **{field: np.asarray(data[field], dtype=np.float32) for field in _FIELDS},
            )
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise ModelError(f"{path} is no model ({error}); {_REMEDY}") from error
    if cues is not None and model.cues != tuple(cues):
        raise ModelError(f"{path} was trained on other cues than this version counts; {_REMEDY}")
    return model
