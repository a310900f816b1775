"""Partial dates mean the longest time they can mean."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.periods import parse_period


def test_bounds_are_the_widest() -> None:
    period = parse_period("2017", "2024-02")
    assert (period.start, period.end) == (date(2017, 1, 1), date(2024, 2, 29))
    assert period.covers(date(2024, 2, 29))
    assert not period.covers(date(2024, 3, 1))


def test_a_sighting_is_a_loose_side() -> None:
    period = parse_period("<=2016-05", ">=2016-05")
    assert period.loose_start
    assert period.loose_end
    assert 0 < period.days_off(date(2018, 5, 1)) < 400  # half of two years


def test_open_sides_cover_everything() -> None:
    assert parse_period(None, None).covers(date(1990, 1, 1))


def test_two_stretches_that_meet_do_not_overlap() -> None:
    assert not parse_period("2017", "2025").overlaps(parse_period("2026", None))
    assert parse_period("2017", "2025").overlaps(parse_period("2025-06", None))


@pytest.mark.parametrize(
    ("start", "end"), [("2017-13", None), ("kemarin", None), ("2020", "2019"), ("17-01-2020", None)]
)
def test_what_is_no_date_is_refused(start: str, end: str | None) -> None:
    with pytest.raises(ValueError, match=r"is no date|no such month|ends"):
        parse_period(start, end)


@pytest.mark.parametrize(
    ("start", "end", "day", "may"),
    [
        ("2021-06", ">=2026-02", date(2026, 11, 21), True),  # still in office when last seen
        ("2021-06", ">=2026-02", date(2033, 1, 1), False),  # longer than a term ago
        ("2021-06", "2026-02", date(2026, 11, 21), False),  # a known end
        ("<=2021-06", "2026-02", date(2020, 1, 1), True),
        ("2021-06", ">=2026-02", date(2020, 1, 1), False),  # the loose side is the other one
    ],
)
def test_a_sighting_reaches_beyond_its_day(start: str, end: str, day: date, may: bool) -> None:
    assert parse_period(start, end).may_cover(day) is may
