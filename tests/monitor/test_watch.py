"""What an outlet's own past says: days of silence, too few, too many, pages built in another way, and all as before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crawlers.recipe import Expect
from db.articles import save_article
from db.connection import Store, open_store
from db.findings import find_findings, find_mended, raise_finding
from db.outlets import save_outlets
from db.runs import start_run
from monitor.digest.gather import load_facts
from monitor.digest.window import DAILY, build_window
from monitor.watch import check_layout, watch_outlets

NOW = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)
OUTLET = "kabar.example"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "pantau.db") as opened:
        yield opened


def add(store: Store, run: int, days_ago: float, n: int, fields: dict[str, str] | None = None) -> None:
    when = NOW - timedelta(days=days_ago, minutes=30)
    for number in range(n):
        record: dict[str, Any] = {
            "url": f"https://{OUTLET}/{days_ago}/{number}",
            "outlet": OUTLET,
            "title": f"Kabar {days_ago} {number}",
            "text": "Warga menanam padi.",
            "published_at": when - timedelta(minutes=number),
            "fields": fields or {"title": "json-ld", "published_at": "json-ld", "byline": "text"},
        }
        save_article(store, record, run, now=when)


def open_kinds(store: Store) -> list[str]:
    return [row["kind"] for row in find_findings(store)]


def test_an_outlet_without_a_past_is_held_against_what_its_recipe_expects(store: Store) -> None:
    first, second = start_run(store, "crawl", 1), start_run(store, "crawl", 1)
    add(store, first, 0.2, 2, {"title": "json-ld"})
    expected = {OUTLET: Expect(per_day=(3, 5), fill={"byline": 0.9})}
    assert watch_outlets(store, [OUTLET], first, NOW, expected) == [(OUTLET, "low"), (OUTLET, "layout_changed")]
    told = {row["kind"]: row["detail"] for row in find_findings(store)}
    assert told["low"] == "2 articles in the last 24 hours; its recipe expects 3 to 5"
    assert told["layout_changed"] == "byline in 0 of 2 new pages, its recipe expects 90%"
    add(store, second, 0.1, 2)
    assert watch_outlets(store, [OUTLET], second, NOW, expected) == []
    assert open_kinds(store) == []


def test_counts_are_held_against_the_outlets_own_days(store: Store) -> None:
    run = start_run(store, "crawl", 1)
    for day in range(1, 21):
        add(store, run, day, 8)
    add(store, run, 0.5, 1)
    assert watch_outlets(store, [OUTLET], run, NOW) == [(OUTLET, "low")]
    assert watch_outlets(store, [OUTLET], run, NOW + timedelta(days=2)) == [(OUTLET, "silent_days")]
    assert open_kinds(store) == ["silent_days"]
    add(store, run, -2, 8)
    assert watch_outlets(store, [OUTLET], run, NOW + timedelta(days=2)) == []
    assert {row["kind"] for row in find_mended(store, NOW)} == {"low", "silent_days"}
    add(store, run, -1.9, 40)
    assert watch_outlets(store, [OUTLET], run, NOW + timedelta(days=2)) == [(OUTLET, "high")]


@pytest.mark.parametrize("days", [2, 20, 27, 28, 29, 30, 45, 400])
def test_an_outlet_that_stays_silent_is_not_told_as_mended(store: Store, days: int) -> None:
    run = start_run(store, "crawl", 1)
    for day in range(1, 21):
        add(store, run, day, 8)
    for later in range(1, days + 1):
        watch_outlets(store, [OUTLET], run, NOW + timedelta(days=later))
    (finding,) = find_findings(store)
    assert finding["kind"] == "silent_days"
    assert datetime.fromisoformat(finding["since"]) <= NOW + timedelta(days=2)
    add(store, run, -days - 1, 8)
    watch_outlets(store, [OUTLET], run, NOW + timedelta(days=days + 1))
    assert find_findings(store) == []


def test_an_outlet_without_a_past_and_a_rare_one_raise_nothing(store: Store) -> None:
    run = start_run(store, "crawl", 1)
    add(store, run, 3, 8)
    assert watch_outlets(store, [OUTLET], run, NOW) == []
    for day in (9, 16, 23):
        add(store, run, day, 1)
    assert watch_outlets(store, [OUTLET], run, NOW) == []


def test_pages_built_in_another_way_are_found_in_the_first_run_and_closed_when_as_before(store: Store) -> None:
    first, second, third = (start_run(store, "crawl", 1) for _ in range(3))
    add(store, first, 2, 9)
    add(store, second, 1, 2, {"title": "generic", "published_at": "text"})
    assert watch_outlets(store, [OUTLET], second, NOW) == [(OUTLET, "layout_changed")]
    (finding,) = find_findings(store)
    assert "byline: text before, now missing" in finding["detail"]
    assert watch_outlets(store, [OUTLET], third, NOW) == []  # no article, nothing said
    assert open_kinds(store) == ["layout_changed"]
    add(store, third, 0, 2)
    assert watch_outlets(store, [OUTLET], third, NOW) == []
    assert open_kinds(store) == []


@pytest.mark.parametrize(
    ("past", "fresh"),
    [
        ([{"byline": "text"}] * 5 + [{}] * 5, [{}] * 3),  # half of them had none before either
        ([{"byline": "text"}] * 10, [{}]),  # one page is no layout
        ([{"byline": "text"}] * 4, [{}] * 3),
    ],
)
def test_no_layout_is_told_from_too_little(past: list[dict[str, str]], fresh: list[dict[str, str]]) -> None:
    assert check_layout(past, fresh) == ""


def test_an_outlet_is_watched_in_part_while_its_articles_come_in_spite_of_a_finding(store: Store) -> None:
    kinds = {"beda": "layout_changed", "tutup": "blocked", "ramai": "high", "basi": "certificate"}
    save_outlets(store, [{"id": key, "name": key} for key in kinds])
    for key, kind in kinds.items():
        raise_finding(store, key, kind, "x", NOW - timedelta(hours=30))
        read = NOW - timedelta(hours=31 if key == "tutup" else 2)
        record = {
            "url": f"https://{key}.example/1",
            "outlet": key,
            "title": "Judul",
            "text": "Isi.",
            "published_at": read,
        }
        save_article(store, record, now=read)
        raise_finding(store, key, kind, "x", NOW - timedelta(hours=2))
    save_outlets(store, [{"id": "cari", "name": "Pencari", "kind": "aggregator"}])
    raise_finding(store, "cari", "blocked", "x", NOW - timedelta(hours=30))  # no outlet: no reader misses it
    window = build_window(NOW.date(), DAILY, {}, ZoneInfo("Asia/Jakarta"))
    facts = load_facts(store, window, tuple(kinds), NOW)
    assert {gap.outlet: gap.partly for gap in facts.gaps} == {"beda": True, "tutup": False}


def test_what_a_feed_told_and_now_the_page_tells_is_no_other_layout() -> None:
    past, fresh = (
        [{"published_at": "feed", "title": "generic"}] * 20,
        [{"published_at": "meta", "title": "generic"}] * 5,
    )
    assert check_layout(past, fresh) == ""
    assert check_layout(fresh * 4, past[:5]) == ""
    assert "title" in check_layout(past, [{"published_at": "meta", "title": "meta"}] * 5)
