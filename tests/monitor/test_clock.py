"""Days as people type them, and windows of editions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.clock import MOVED_BY, day_end, day_start, find_now, is_moved, parse_day, parse_period
from monitor.digest.window import DAILY, build_window
from monitor.errors import ConfigError, InputError

JAKARTA = ZoneInfo("Asia/Jakarta")
NOW = datetime(2025, 3, 12, 18, 30, tzinfo=UTC)  # already the 13th in Jakarta
CLOCKS = {"pagi": time(7), "siang": time(12), "sore": time(17)}


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025-03-12", date(2025, 3, 12)),
        ("today", date(2025, 3, 13)),
        ("Kemarin", date(2025, 3, 12)),
        ("hari-ini", date(2025, 3, 13)),
    ],
)
def test_days_are_read_in_the_profiles_timezone(typed: str, day: date) -> None:
    assert parse_day(typed, "--date", JAKARTA, NOW) == day


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2025-02-30", "is no day: write YYYY-MM-DD"),
        ("12/03/2025", "is no day"),
        ("20250312", "is no day"),
        ("2025-03-14", "has not come yet: today is 2025-03-13"),
        ("1975-01-01", "too far back"),
        ("", "is no day"),
    ],
)
def test_impossible_days_are_refused_with_the_fix(typed: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        parse_day(typed, "--date", JAKARTA, NOW)


def test_a_period_cannot_end_before_it_starts() -> None:
    names, day = ("--from", "--to"), date(2025, 1, 1)
    assert parse_period("2025-01-01", "2025-01-01", names, JAKARTA) == (day, day)
    assert parse_period(None, "2025-01-01", names, JAKARTA) == (None, day)
    with pytest.raises(InputError, match="--to 2025-01-01 lies before --from 2025-01-02"):
        parse_period("2025-01-02", "2025-01-01", names, JAKARTA)


def test_a_day_has_the_bounds_of_its_timezone() -> None:
    assert day_start(date(2025, 3, 12), JAKARTA) == datetime(2025, 3, 11, 17, tzinfo=UTC)
    assert day_end(date(2025, 3, 12), JAKARTA) == datetime(2025, 3, 12, 17, tzinfo=UTC)


def test_editions_follow_each_other_without_gap_or_overlap() -> None:
    windows = [
        build_window(date(2025, 3, 11) + timedelta(days=days), edition, CLOCKS, JAKARTA)
        for days in range(3)
        for edition in ("pagi", "siang", "sore")
    ]
    assert [window.end for window in windows[:-1]] == [window.start for window in windows[1:]]


def test_an_edition_that_is_not_scheduled_is_refused() -> None:
    with pytest.raises(InputError, match="choose siang, harian"):
        build_window(date(2025, 3, 12), "pagi", {"siang": time(12)}, JAKARTA)


@given(
    published=st.datetimes(datetime(2025, 3, 1), datetime(2025, 3, 20), timezones=st.just(UTC)),
    delay=st.timedeltas(timedelta(days=-1), timedelta(days=5)),
)
def test_every_article_is_told_by_exactly_one_edition(published: datetime, delay: timedelta) -> None:
    seen = published + delay
    windows = [
        build_window(date(2025, 2, 27) + timedelta(days=days), edition, CLOCKS, JAKARTA)
        for days in range(30)
        for edition in CLOCKS
    ]
    assert sum(window.holds(published, seen) for window in windows) == 1
    assert sum(window.found_late(published, seen) for window in windows) <= 1


def test_the_whole_day_goes_by_publication() -> None:
    window = build_window(date(2025, 3, 12), DAILY, CLOCKS, JAKARTA)
    noon = datetime(2025, 3, 12, 5, tzinfo=UTC)
    assert window.holds(noon, noon + timedelta(days=300))
    assert not window.holds(noon + timedelta(days=1), noon + timedelta(days=1))


def test_what_is_stored_bears_the_moved_clock(
    pantau: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = {"url": "https://warta.example/1", "title": "Pasar", "text": "Dibuka.", "published_at": "2025-03-11"}
    (tmp_path / "one.jsonl").write_text(json.dumps(article), encoding="utf-8")
    monkeypatch.setenv(MOVED_BY, "2025-03-12T08:00+07:00")
    assert pantau("import", tmp_path / "one.jsonl").code == 0
    assert pantau("annotate").code == 0
    assert pantau("correct", "1", "about", "subject").code == 0
    assert pantau("edition", "freeze").code == 0
    assert pantau("sample", "--month", "2025-03", "-o", tmp_path / "sheet.csv").code == 0
    with closing(sqlite3.connect(tmp_path / "data" / "pantau.db")) as connection, connection:
        moments = {
            column: connection.execute(f"SELECT {column} FROM {table} LIMIT 1").fetchone()[0][:10]
            for table, column in (
                ("annotations", "annotated_at"), ("corrections", "at"), ("editions", "created_at"),
                ("samples", "drawn_at"), ("runs", "started_at"),
            )
        }  # fmt: skip
    connection.close()
    assert set(moments.values()) == {"2025-03-12"}, moments


def test_the_clock_can_be_moved_and_goes_on_from_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_moved()
    monkeypatch.setenv(MOVED_BY, "2025-03-12T08:00+07:00")
    assert is_moved()
    assert timedelta() <= find_now() - datetime(2025, 3, 12, 1, tzinfo=UTC) < timedelta(seconds=30)
    monkeypatch.setenv(MOVED_BY, "2025-03-12T08:00")
    with pytest.raises(ConfigError, match="no time with offset"):
        find_now()
