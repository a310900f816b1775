"""A label that nobody gave teaches nothing."""

from __future__ import annotations

from typing import Any

from nlp.components.pillars_terms import parse_pillars
from nlp.examples import build_examples, build_tasks, find_common
from nlp.language import IndonesianNews
from nlp.profile import load_profile
from tests.nlp.conftest import CONTOH


def test_a_task_learns_only_from_rows_that_bear_its_label() -> None:
    bare: dict[str, Any] = {
        "id": "cor-1",
        "type": "article",
        "title": "Jalan rusak dikeluhkan",
        "text": "Warga mengeluh karena jalan rusak dibiarkan.",
        "about": "subject",
        "pillars": None,
        "tone": None,
        "headline_tone": None,
        "group": "cor-1",
    }
    table = parse_pillars(load_profile(CONTOH).pillars)
    tasks = {task.name: task for task in build_tasks(IndonesianNews(), table, find_common([bare]))}
    given = {"tone": {"tone": "negatif"}, "headline": {"headline_tone": "negatif"}, "pillars": {"pillars": []}}
    for label in given.values():
        taught = {name for name, task in tasks.items() if build_examples(task, [bare | label])}
        assert taught == {name for name, own in given.items() if own == label}
