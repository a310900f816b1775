"""Error bars: how far a count may be off, by the precision and recall of the latest blind sample.

A blind sample is a number of articles coded anew by a person who does not see the tags. With ``tp`` tags that both
gave, ``fp`` only the machine and ``fn`` only the person, the true number behind ``n`` tags is about n · (tp + fn) /
(tp + fp). By the delta method Var ln of that ratio is (fp + fn) / ((tp + fn)(tp + fp)), which gives the 95 % range.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from monitor.sampling import Tally, Z


@dataclass(frozen=True, slots=True)
class Quality:
    """One blind sample: when, how many articles, and the score of each task (opd, pillar, place, tone ...)."""

    on: str  # YYYY-MM-DD
    articles: int
    tasks: Mapping[str, Tally]

    def to_json(self) -> dict[str, Any]:
        """Return the JSON-able form, with precision and recall."""
        tasks = {
            name: {**asdict(score), "precision": score.precision, "recall": score.recall}
            for name, score in self.tasks.items()
        }
        return {"on": self.on, "articles": self.articles, "tasks": tasks}


def read_quality(scores: Mapping[str, Any] | None) -> Quality | None:
    """Return the sample of which ``monitor.sampling.score_answers`` gave the scores; None without any."""
    if scores is None:
        return None
    tasks = {name: Tally(s["tp"], s["fp"], s["fn"]) for name, s in scores["tasks"].items()}
    return Quality(scores["on"], scores["articles"], tasks)


def estimate(n: int, task: str, quality: Quality | None) -> tuple[int, int] | None:
    """Return the range in which the true number behind ``n`` tags lies with 95 %, or None without a sample of it."""
    score = quality.tasks.get(task) if quality else None
    if score is None or not score.tp or not n:
        return None
    machine, person = score.tp + score.fp, score.tp + score.fn
    ratio, spread = person / machine, Z * math.sqrt((score.fp + score.fn) / (machine * person))
    return math.floor(n * ratio * math.exp(-spread)), math.ceil(n * ratio * math.exp(spread))
