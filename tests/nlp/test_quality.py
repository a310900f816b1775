"""The quality gate: the scores on the labelled articles of ``tests/gold`` stay above their floors."""

from __future__ import annotations

from nlp.evaluate import check_floors, load_floors, render_scores
from tests.gold.raise_floors import FLOORS, GOLD, load_gold, measure


def test_scores_are_above_their_floors() -> None:
    scores = measure(load_gold())
    found = check_floors(scores, load_floors(FLOORS, GOLD))
    assert not found, "\n".join([*found, render_scores(scores, ["tone", "pillars", "quotes_with_speaker"])])
