"""Trains the models of tone, headline tone and pillars from the open corpus, and installs them when they are no worse.

``python -m nlp.train --profile ID``: settings by cross-validation on the training split, calibration on the tuning
split, the gate on the frozen test split. A model that scores worse there than the one installed is not written; the
scores are printed.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nlp.components.pillars_terms import parse_pillars
from nlp.examples import Example, Row, Task, build_examples, build_tasks, find_common, load_rows
from nlp.fitting import (
    choose_settings,
    cross_validate,
    find_temperature,
    fit_model,
    measure,
    pool_crosswise,
    pool_example,
    score_model,
)
from nlp.language import IndonesianNews
from nlp.linear import LinearModel, ModelError, load_model, save_model
from nlp.parts import POOLED
from nlp.profile import load_profile
from nlp.tables import DATA

MODELS = Path(__file__).parent / "models"


@dataclass(frozen=True, slots=True)
class Training:
    """One task's outcome; scores are macro-F1 (tones) or micro-F1 (pillars), ``before`` that of the installed model."""

    task: str
    examples: int
    validated: float
    test: float
    before: float | None
    installed: bool


def train_models(
    profile: str, extra: Sequence[Row] | None = None, folder: Path = MODELS, force: bool = False
) -> list[Training]:
    """Train, compare on the frozen split and install; ``extra`` rows (corrections by people) teach but never test.

    With ``extra`` only the models that these rows teach anything are trained, and those that are missing or of other
    labels: the rest would be fitted to what they were fitted to before. Raises ProfileError, OSError.
    """
    table = parse_pillars(load_profile(profile).pillars)
    splits = {split: load_rows(split) for split in ("train", "tune", "test")}
    outcomes = []
    teaching = [*splits["train"], *splits["tune"], *(extra or ())]
    headline, *others = build_tasks(IndonesianNews(), table, find_common(teaching))
    for task in (headline, *others):
        path, test = folder / f"{task.name}.npz", build_examples(task, splits["test"])
        pooling = set(POOLED) <= set(task.cues)
        if pooling:  # by the model of headlines that is at work from now on
            reader = load_model(folder / f"{headline.name}.npz", headline.cues)
            test = [pool_example(e, reader) for e in test]
        taught, before = build_examples(task, extra or ()), score_installed(path, task, test)
        if extra is not None and not taught and before is not None:
            continue
        train, tune = (build_examples(task, splits[split]) for split in ("train", "tune"))
        if pooling:
            short = build_examples(headline, teaching)
            train, tune, taught = (
                pool_crosswise(own, headline, short, reader.temperature) for own in (train, tune, taught)
            )
        model, validated = fit_calibrated(task, train + taught, tune)
        figure = score_model(model, task, test)
        install = force or before is None or figure >= before
        if install:
            folder.mkdir(parents=True, exist_ok=True)
            save_model(model, path)
        examples = len(train) + len(taught) + len(tune)
        outcomes.append(Training(task.name, examples, validated, figure, before, install))
    return outcomes


def save_common_words(rows: Sequence[Row], path: Path = DATA / "common_words.txt") -> int:
    """Write the words that two texts of the corpus have in lower case, no names; return their number."""
    texts = Counter(word for row in rows for word in find_common([row]))
    words = sorted(word for word, count in texts.items() if count > 1 and word.isalpha())
    path.write_text("\n".join(words) + "\n", encoding="utf-8")
    return len(words)


def fit_calibrated(task: Task, train: list[Example], tune: list[Example]) -> tuple[LinearModel, float]:
    """Return the model fitted on both splits (settings from the first, temperature from the second) and its figure."""
    penalty, share, threshold = choose_settings(task, train)
    temperature = find_temperature(fit_model(task, train, penalty, share), task, tune)
    validated = measure(task, cross_validate(task, train, penalty, share), threshold)
    model = fit_model(task, train + tune, penalty, share)
    if task.multi:  # the threshold was found on scores at temperature 1
        threshold = temper(threshold, temperature)
    return replace(model, temperature=temperature, threshold=threshold), validated


def temper(score: float, temperature: float) -> float:
    """Return what a probability becomes when its logit is divided by a temperature."""
    odds = (score / (1 - score)) ** (1 / temperature)
    return float(odds / (1 + odds))


def score_installed(path: Path, task: Task, test: Sequence[Example]) -> float | None:
    """Return the figure of the model that is installed, None when there is none or it no longer fits."""
    try:
        model = load_model(path, task.cues)
    except ModelError:
        return None
    if model.labels != task.labels:
        return None
    figure: float = score_model(model, task, test)
    return figure


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; 1 when a model was refused."""
    parser = argparse.ArgumentParser(prog="python -m nlp.train", description=__doc__)
    parser.add_argument("--profile", required=True, help="profile whose pillars and terms are learned")
    parser.add_argument(
        "--force", action="store_true", help="install even what scores worse, after the test split changed"
    )
    options = parser.parse_args(arguments)
    save_common_words([*load_rows("train"), *load_rows("tune")])
    outcomes = train_models(options.profile, force=options.force)
    lines = [f"{'task':10}{'examples':>10}{'validated':>11}{'test':>8}{'before':>8}  outcome"]
    for o in outcomes:
        before = f"{o.before:8.3f}" if o.before is not None else f"{'-':>8}"
        outcome = "installed" if o.installed else "refused"
        lines.append(f"{o.task:10}{o.examples:10}{o.validated:11.3f}{o.test:8.3f}{before}  {outcome}")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if all(o.installed for o in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
