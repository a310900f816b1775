"""The quality gate: scores on the labelled articles of ``tests/gold`` and ``tests/unseen`` stay above their floors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.errors import InputError
from monitor.evaluation import load_gold
from nlp.evaluate import render_scores
from nlp.floors import check_floors, load_floors
from tests.gold.raise_floors import FLOORS, SETS, measure


@pytest.mark.parametrize("folder", SETS, ids=[folder.name for folder in SETS])
def test_scores_are_above_their_floors(folder: Path) -> None:
    scores = measure(load_gold(folder))
    found = check_floors(scores, load_floors(FLOORS, folder))
    assert not found, "\n".join([*found, render_scores(scores, ["tone", "pillars", "quotes_with_speaker"])])


def test_a_folder_counts_as_one_set_whatever_lies_below_it(tmp_path: Path) -> None:
    row = {"title": "Judul", "text": "Isi.", "published": "2026-03-02T08:00:00+07:00", "about": "none", "spans": []}
    (tmp_path / "a.jsonl").write_text(json.dumps(row | {"id": "a"}))
    below = tmp_path / "later"
    below.mkdir()
    (below / "b.jsonl").write_text(json.dumps(row | {"id": "b"}))
    assert [one["id"] for one in load_gold(tmp_path)] == ["a", "b"]
    (below / "b.jsonl").write_text(json.dumps(row | {"id": "a"}))
    with pytest.raises(InputError, match="more than one article bears the id a"):
        load_gold(tmp_path)
