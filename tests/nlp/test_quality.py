"""The quality gate: scores on the labelled articles of ``tests/gold``, all sets together, stay above their floors."""

from __future__ import annotations

from nlp.evaluate import render_scores
from nlp.floors import check_floors, load_floors
from tests.gold.raise_floors import FLOORS, FOLDER, load_gold, measure


def test_scores_are_above_their_floors() -> None:
    scores = measure(load_gold())
    found = check_floors(scores, load_floors(FLOORS, FOLDER))
    assert not found, "\n".join([*found, render_scores(scores, ["tone", "pillars", "quotes_with_speaker"])])
