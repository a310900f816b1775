"""Refits the models with what people corrected, and installs those that are no worse than the ones at work.

How a model is fitted and scored is ``nlp.train``'s; here is where the extra examples come from and where models go: a
folder beside the store, whose models go before the packaged ones. The frozen test split decides, corrections never do.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from db.connection import Store
from monitor.config import Config
from monitor.corrections import iter_examples

if TYPE_CHECKING:
    from nlp.train import Training


@dataclass(frozen=True, slots=True)
class Trained:
    """What a training did: examples by people, one outcome per model, and where the models lie that it installed."""

    corrected: int
    outcomes: tuple[Training, ...]
    changed: frozenset[str]  # models that are installed and differ from those before
    folder: Path


def run_training(store: Store, config: Config) -> Trained:
    """Train the models that corrections teach, compare each with the one at work, install what is no worse; the others
    stay as they are.

    Raises ProfileError, OSError when the folder cannot be written.
    """
    from nlp.train import MODELS, train_models  # brings scikit-learn

    extra = list(iter_examples(store, Path(config.profile).name))
    config.models_folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=config.models_folder, prefix="training-") as name:
        trial, before = Path(name), {}
        for packaged in MODELS.glob("*.npz"):
            own = config.models_folder / packaged.name
            shutil.copyfile(own if own.is_file() else packaged, trial / packaged.name)
            before[packaged.stem] = (trial / packaged.name).read_bytes()
        outcomes = train_models(config.profile, extra, trial)
        changed = {o.task for o in outcomes if before.get(o.task) != (trial / f"{o.task}.npz").read_bytes()}
        for task in changed:
            (trial / f"{task}.npz").replace(config.models_folder / f"{task}.npz")  # whole or not at all
    return Trained(len(extra), tuple(outcomes), frozenset(changed), config.models_folder)


def render_outcomes(trained: Trained) -> list[dict[str, object]]:
    """Return one row per model, scores on the frozen test split."""
    words = {(True, True): "installed", (True, False): "the same as before"}
    return [
        {
            "model": outcome.task,
            "examples": outcome.examples,
            "old": None if outcome.before is None else round(outcome.before, 4),
            "new": round(outcome.test, 4),
            "outcome": words.get((outcome.installed, outcome.task in trained.changed), "refused: it scores worse"),
        }
        for outcome in trained.outcomes
    ]
