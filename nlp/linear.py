"""A small linear classifier over words, word pairs and counted cues: plain arrays, numpy alone at run time.

Training is in ``nlp.train``; a model is one ``.npz`` without pickled objects. Scores are calibrated probabilities:
the logits are divided by a temperature fitted on texts that training did not see (Guo et al. 2017, "On Calibration of
Modern Neural Networks").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from nlp.extensions import read_text

Array = NDArray[np.float32]

_BREAKS = frozenset(".!?\n")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*|[.!?\n]")
# Affixes of Indonesian, taken off crudely: "penyaluran", "disalurkan" and "menyalurkan" share "salur", mostly.
_PREFIX = re.compile(r"^(?:meng|meny|mem|men|me|peng|peny|pem|pen|per|pe|ber|ter|di|se|ke)(?=\w{4,})")
_SUFFIX = re.compile(r"(?<=\w{4})(?:nya|kan|lah|an|i)$")
_AFFIXED = 7  # shorter words are left alone
_TERMS = "linear.terms"  # key of a Doc's user data
_REMEDY = "train again with: `pantau train` for a model of your own, python -m nlp.train for a packaged one"
STEM = "~"  # marks a stem among the terms
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

        ``terms`` is what ``count_terms`` gives; cues that are absent count as 0.
        """
        logits = self.logits(terms, cues) / self.temperature
        if self.multi:
            values = 1 / (1 + np.exp(-logits))
        else:
            values = np.exp(logits - logits.max())
            values /= values.sum()
        return {label: float(value) for label, value in zip(self.labels, values, strict=True)}

    def logits(self, terms: Mapping[str, int], cues: Mapping[str, float]) -> Array:
        """Return the raw score per label."""
        index, values = weigh_terms(terms, self.terms, self.idf)
        dense = np.array([cues.get(name, 0.0) for name in self.cues], dtype=np.float32)
        dense = (dense - self.cue_mean) / self.cue_scale
        logits: Array = self.bias + self.weights[:, index] @ values + self.cue_weights @ dense
        return logits


def count_terms(text: str) -> Counter[str]:
    """Count words, their stems and pairs of neighbours in lower case; figures are "0", pairs do not cross sentences."""
    words = ["0" if word[0].isdigit() else word for word in _WORD.findall(text.lower())]
    pairs = [f"{a} {b}" for a, b in pairwise(words) if a not in _BREAKS and b not in _BREAKS]
    plain = [word for word in words if word not in _BREAKS]
    return Counter(chain(plain, pairs, [STEM + strip_affixes(word) for word in plain]))


def count_doc_terms(doc: Doc) -> Counter[str]:
    """Count the terms of a whole article once for all components."""
    if _TERMS not in doc.user_data:
        doc.user_data[_TERMS] = count_terms(read_text(doc))
    counts: Counter[str] = doc.user_data[_TERMS]
    return counts


@lru_cache(maxsize=50_000)
def strip_affixes(word: str) -> str:
    """Return a lower-case word without up to two suffixes and one prefix; no dictionary, so some stems are none."""
    if len(word) >= _AFFIXED:
        word = _SUFFIX.sub("", _SUFFIX.sub("", word))
    return _PREFIX.sub("", word) if len(word) >= _AFFIXED else word


def weigh_terms(counts: Mapping[str, int], terms: Mapping[str, int], idf: Array) -> tuple[NDArray[np.intp], Array]:
    """Return indices and weights (1 + log tf) * idf, scaled to length 1, of the terms that are in the vocabulary."""
    known = [pair for pair in zip(map(terms.get, counts), counts.values(), strict=True) if pair[0] is not None]
    index = np.array([at for at, _ in known], dtype=np.intp)
    values = (1 + np.log(np.array([count for _, count in known], dtype=np.float32))) * idf[index]
    norm = float(np.linalg.norm(values))
    return index, values / norm if norm else values


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
                **{field: np.asarray(data[field], dtype=np.float32) for field in _FIELDS},
            )
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"{path} is no model ({error}); {_REMEDY}") from error
    if cues is not None and model.cues != tuple(cues):
        raise ModelError(f"{path} was trained on other cues than this version counts; {_REMEDY}")
    return model
