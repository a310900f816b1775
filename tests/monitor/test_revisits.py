"""Articles are looked at again at 1 h, 6 h, 1 d, 3 d, 7 d: what the outlet changed, took down, or left as it was."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.demo.newsroom import Newsroom
from monitor.demo.run import through_proxy
from monitor.demo.sample import RECIPES, Sample, load_sample, load_setting
from monitor.demo.server import serve_newsroom

Pantau = Callable[..., Any]
LAST_DAY = date(2026, 3, 10)
CHANGES, REMOVES = "kabarlancang.example", "gemajantan.example"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    sample = load_sample(LAST_DAY)
    return Newsroom(sample, sample.moment("12:00"))


@pytest.fixture
def look(
    newsroom: Newsroom, pantau: Pantau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., dict[str, int]]]:
    """Run a command with the newsroom's clock and Pantau's own so long after noon; return its counted outcomes."""
    (tmp_path / "config.toml").write_text(f"recipes = [{json.dumps(str(RECIPES))}]\n", encoding="utf-8")
    monkeypatch.setenv("PANTAU_PROFILE", load_setting()[0])
    with serve_newsroom(newsroom) as address, through_proxy(address):

        def run(after: timedelta, *command: object) -> dict[str, int]:
            newsroom.now = newsroom.sample.moment("12:00") + after
            monkeypatch.setenv("PANTAU_NOW", newsroom.now.isoformat())
            answer = pantau(*command)
            assert answer.code in (0, 1), answer.err
            (latest, *_) = json.loads(pantau("runs", "--json").out)
            return dict(latest["outcomes"])

        yield run


def chosen(sample: Sample, host: str) -> Any:
    changed = (article for article in sample.articles if article.host == host)
    return next(article for article in changed if len(article.versions) > 1 or article.deleted_at)


def test_the_schedule_finds_each_change_once(
    look: Callable[..., dict[str, int]], pantau: Pantau, newsroom: Newsroom, tmp_path: Path
) -> None:
    crawl = ("crawl", "--outlet", CHANGES, "--outlet", REMOVES, "--delay", 0)
    assert look(timedelta(), *crawl)["stored"] > 5
    assert "unchanged" not in look(timedelta(minutes=30), *crawl)
    due = count_due(tmp_path, newsroom.sample.moment("13:05"))
    # Views were counted meanwhile, and other articles are popular now: no revision.
    seen = look(timedelta(hours=1, minutes=5), *crawl)
    assert (seen["unchanged"], seen.get("revised")) == (due, None)
    assert "unchanged" not in look(timedelta(hours=1, minutes=20), *crawl)
    seen = look(timedelta(hours=6, minutes=5), *crawl)
    assert (seen["revised"], seen["gone"]) == (1, 1)
    for days in (1, 3, 7):
        assert look(timedelta(days=days, hours=2), *crawl)["unchanged"] >= due - 1
        assert "unchanged" not in look(timedelta(days=days, hours=3), *crawl)
    look(timedelta(days=9), *crawl)  # the last look at what was first seen in the evening
    assert count_due(tmp_path, newsroom.sample.moment("12:00") + timedelta(days=30)) == 0

    changed, removed = chosen(newsroom.sample, CHANGES), chosen(newsroom.sample, REMOVES)
    told = pantau("articles", "show", changed.url, "--diff").out
    assert " WIB" in told, "on the clock of the office"
    assert told.count("SHA-256") == 2
    assert f"judul: {changed.versions[0].title}\n" in told
    both = json.loads(pantau("articles", "show", changed.url, "--diff", "--json").out)
    assert [row["title"] for row in both] == [version.title for version in changed.versions]
    assert both[0]["sha256"] != both[1]["sha256"]
    gone = json.loads(pantau("articles", "show", removed.url).out)
    assert gone["withdrawn_at"] == "2026-03-10T11:05:00Z"
    assert gone["text"]
    assert "ditarik media" in pantau("articles", "show", removed.url, "--diff").out
    assert pantau("evidence", "verify").code == 0


def test_a_refresh_looks_again_before_the_turn_of_the_sources(
    look: Callable[..., dict[str, int]], newsroom: Newsroom, tmp_path: Path
) -> None:
    look(timedelta(), "refresh", "--outlet", REMOVES)
    due = count_due(tmp_path, newsroom.sample.moment("13:05"))
    with closing(sqlite3.connect(tmp_path / "data/pantau.db")) as store, store:
        store.execute("UPDATE source_states SET interval_s = 86400")
    seen = look(timedelta(hours=1, minutes=5), "refresh")
    assert seen.get("unchanged") == due > 0


def count_due(folder: Path, at: datetime) -> int:
    due = "SELECT COUNT(*) FROM articles WHERE next_look_at <= ?"
    with closing(sqlite3.connect(folder / "data/pantau.db")) as store, store:
        return int(store.execute(due, (at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),)).fetchone()[0])
