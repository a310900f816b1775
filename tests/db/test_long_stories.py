"""What is reported again and again becomes no story without end: a month holds each."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

import pytest

from db.connection import Store
from db.rows import fetch_rows, parse_time
from db.stories import link_article
from nlp import similarity
from tests.db.test_events import BRIDGE, fill, story_of
from tests.db.test_stories import add, invent, link_all

BULLETIN = invent(7000, 80)
WEEKS = range(12)
MONTH = timedelta(days=30)


def add_bulletin(store: Store, week: int, outlet: str = "warta.example") -> int:
    """Store what an outlet publishes each week: most of it the same words."""
    name = f"{outlet.partition('.')[0]}-{week}"
    text = f"{BULLETIN}\n\n{invent(7100 + week, 40)}"
    return add(store, name, text, week * 7 * 24, title=f"harga pekan ke-{week}", outlet=outlet)


def add_report(store: Store, number: int) -> int:
    """Store a report in other words on what happens again every week."""
    turned = [*BRIDGE[number % 3 :], *BRIDGE[: number % 3]]
    text = invent(8000 + number, 20, turned[:8])
    return add(store, f"lapor{number}", text, number * 6 * 24, title=" ".join(turned))


def measure_stories(store: Store) -> list[tuple[int, timedelta]]:
    """Return articles and span of each story."""
    rows = fetch_rows(
        store, "SELECT story_id, published_at FROM articles WHERE story_id IS NOT NULL ORDER BY story_id, published_at"
    )
    times = [
        [parse_time(row["published_at"]) for row in some] for _, some in groupby(rows, lambda row: row["story_id"])
    ]
    return [(len(some), some[-1] - some[0]) for some in times]


@pytest.mark.parametrize("turn", [1, -1], ids=["as they came", "the last first"])
def test_a_bulletin_of_each_week_is_no_endless_story_nor_a_copy_of_the_first(store: Store, turn: int) -> None:
    fill(store)
    link_all(store)
    for week in WEEKS[::turn]:
        link_article(store, add_bulletin(store, week), similarity)
    found = measure_stories(store)
    assert sum(n for n, _ in found) == len(WEEKS)
    assert max(span for _, span in found) <= MONTH
    assert 3 <= len(found) <= 4
    (longest,) = store.execute("SELECT MAX(latency_minutes) FROM copies").fetchone()
    assert timedelta(minutes=longest) <= MONTH


@pytest.mark.parametrize("turn", [1, -1], ids=["as they came", "the last first"])
def test_reports_of_what_happens_again_are_no_endless_story(store: Store, turn: int) -> None:
    fill(store)
    link_all(store)
    for number in range(8)[::turn]:
        link_article(store, add_report(store, number), similarity)
    found = measure_stories(store)
    assert max(span for _, span in found) <= MONTH
    assert max(n for n, _ in found) >= 3, "what lies near each other belongs together all the same"


def test_a_story_that_is_too_large_to_be_compared_whole_ends_as_well(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.stories.MOST_REGROUPED", 3)
    monkeypatch.setattr("db.stories.MEMBERS_COMPARED", 2)
    test_reports_of_what_happens_again_are_no_endless_story(store, 1)


def test_within_a_month_all_stand_in_one(store: Store) -> None:
    fill(store)
    link_all(store)
    ids = [add_bulletin(store, week, outlet) for week in range(4) for outlet in ("warta.example", "kabar.example")]
    link_all(store)
    assert len({story_of(store, number) for number in ids}) == 1
