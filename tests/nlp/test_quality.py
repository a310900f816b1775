"""The quality gate: the scores on the labelled articles of ``tests/gold`` stay above their floors."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.evaluate import render_scores
from nlp.floors import check_floors, load_floors
from tests.gold.raise_floors import FLOORS, SETS, load_gold, measure


@pytest.mark.parametrize("gold", SETS, ids=lambda path: path.stem)
def test_scores_are_above_their_floors(gold: Path) -> None:
    scores = measure(load_gold(gold))
    found = check_floors(scores, load_floors(FLOORS, gold))
    assert not found, "\n".join([*found, render_scores(scores, ["tone", "pillars", "quotes_with_speaker"])])
