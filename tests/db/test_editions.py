"""A sent edition is frozen."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from db.connection import Store
from db.editions import find_edition, save_edition

DAY = date(2025, 3, 1)


def test_an_edition_is_found_as_it_was_frozen(store: Store) -> None:
    dataset = {"articles": [1, 2], "title": "Harian – édisi"}
    saved = save_edition(store, "pagi", DAY, dataset)
    assert saved["id"] == "2025-03-01-pagi"
    assert find_edition(store, saved["id"]) == saved
    assert saved["dataset"] == dataset
    assert save_edition(store, "pagi", DAY, dict(reversed(dataset.items())))["id"] == saved["id"]


def test_a_changed_dataset_is_another_edition(store: Store) -> None:
    first = save_edition(store, "pagi", DAY, {"n": 1})
    second = save_edition(store, "pagi", DAY, {"n": 2})
    assert second["id"] == "2025-03-01-pagi-2"
    assert first["sha256"] != second["sha256"]
    assert find_edition(store, kind="pagi", on=DAY) == second
    assert find_edition(store, first["id"]) == first
    assert find_edition(store, "2020-01-01-pagi") is None
    with pytest.raises(ValueError, match="by its id"):
        find_edition(store, kind="pagi")


def test_an_edition_cannot_be_changed_or_deleted(store: Store) -> None:
    save_edition(store, "pagi", DAY, {"n": 1})
    for sql in ("UPDATE editions SET dataset = '{}'", "DELETE FROM editions"):
        with pytest.raises(sqlite3.IntegrityError, match="frozen"):
            store.execute(sql)
