"""The quality gate: scores on the labelled articles of ``tests/gold`` and ``tests/unseen`` stay above their floors."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.evaluation import load_gold
from nlp.evaluate import render_scores
from nlp.floors import check_floors, load_floors
from tests.gold.raise_floors import FLOORS, SETS, measure


@pytest.mark.parametrize("folder", SETS, ids=[folder.name for folder in SETS])
def test_scores_are_above_their_floors(folder: Path) -> None:
    scores = measure(load_gold(folder))
    found = check_floors(scores, load_floors(FLOORS, folder))
    assert not found, "\n".join([*found, render_scores(scores, ["tone", "pillars", "quotes_with_speaker"])])
