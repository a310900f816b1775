"""A small linear classifier over words, word pairs and counted cues: plain arrays, numpy alone at run time.

Training is in ``nlp.train``; a model is one ``.npz`` without pickled objects. Scores are calibrated probabilities:
the logits are divided by a temperature fitted on texts that training did not see (Guo et al. 2017, "On Calibration of
Modern Neural Networks").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from nlp.extensions import notes_of, read_text
from nlp.terms import TABLE, Counted, Numbers

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
    columns: Numbers | None = None  # own index by number in ``terms.TABLE``, -1 for terms of others; see ``numbered``

    def numbered(self) -> LinearModel:
        """Return the model ready for texts that ``TABLE`` counts."""
        numbers = TABLE.add(self.terms)
        columns = np.full(len(TABLE.numbers), -1, np.intp)
        columns[numbers] = np.fromiter(self.terms.values(), np.intp, len(self.terms))
        return replace(self, columns=columns)

    def scores(self, terms: Mapping[str, int] | Counted, cues: Mapping[str, float]) -> dict[str, float]:
        """Return a probability per label; for ``multi`` models they are independent and need not add up to 1.

        ``terms`` is what ``count_terms`` gives or, when the model is ``numbered``, ``TABLE.count``; absent cues
        count as 0.
        """
        logits = self.logits(terms, cues) / self.temperature
        if self.multi:
            values = 1 / (1 + np.exp(-logits))
        else:
            values = np.exp(logits - logits.max())
            values /= values.sum()
        return {label: float(value) for label, value in zip(self.labels, values, strict=True)}

    def logits(self, terms: Mapping[str, int] | Counted, cues: Mapping[str, float]) -> Array:
        """Return the raw score per label."""
        if isinstance(terms, Counted):
            assert self.columns is not None
            index, values = weigh_counted(terms, self.columns, self.idf)
        else:
            index, values = weigh_terms(terms, self.terms, self.idf)
        dense = np.fromiter(map(cues.get, self.cues, repeat(0.0)), np.float32, len(self.cues))
        dense = (dense - self.cue_mean) / self.cue_scale
        logits: Array = self.bias + self.weights.take(index, axis=1) @ values + self.cue_weights @ dense
        return logits


def count_doc_terms(doc: Doc) -> Counted:
    """Count the terms of a whole article once for all components."""
    notes = notes_of(doc)
    if notes.terms is None:
        notes.terms = TABLE.count(read_text(doc))
    counted: Counted = notes.terms
    return counted


def weigh_terms(counts: Mapping[str, int], terms: Mapping[str, int], idf: Array) -> tuple[Numbers, Array]:
    """Return indices and weights (1 + log tf) * idf, scaled to length 1, of the terms that are in the vocabulary."""
    known = [pair for pair in zip(map(terms.get, counts), counts.values(), strict=True) if pair[0] is not None]
    index = np.array([at for at, _ in known], dtype=np.intp)
    return index, _scale((1 + np.log(np.array([count for _, count in known], dtype=np.float32))) * idf[index])


def weigh_counted(counted: Counted, columns: Numbers, idf: Array) -> tuple[Numbers, Array]:
    """Do what ``weigh_terms`` does with terms in numbers."""
    numbers, damped = counted.numbers, counted.damped
    if len(columns) < len(TABLE.numbers):  # some terms came with models that were loaded after this one
        old = numbers < len(columns)
        numbers, damped = numbers[old], damped[old]
    index = columns[numbers]
    known = index >= 0
    index = index[known]
    return index, _scale(damped[known] * idf[index])


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
        with np.load(path, allow_pickle=False) as data:
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
                columns=None,
                **{field: np.asarray(data[field], dtype=np.float32) for field in _FIELDS},
            )
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"{path} is no model ({error}); {_REMEDY}") from error
    if cues is not None and model.cues != tuple(cues):
        raise ModelError(f"{path} was trained on other cues than this version counts; {_REMEDY}")
    return model
