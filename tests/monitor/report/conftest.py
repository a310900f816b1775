"""Reports of invented months."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.connection import Store
from db.runs import finish_run, start_run
from monitor.clock import find_now
from monitor.config import Config
from monitor.office import load_office
from monitor.render.wording import load_wording
from monitor.report import page, paper, word
from monitor.report.build import build_report
from monitor.report.dataset import Report
from monitor.report.document import Document, Link, Table
from monitor.report.gather import load_facts
from monitor.report.month import Month
from tests.monitor.conftest import CONTOH, Answer
from tests.monitor.reporting import PNG, fill_store

Pantau = Callable[..., Answer]
OFFICE = load_office(Config(profile=str(CONTOH)))
MARCH = Month(2025, 3)
WORDING = load_wording("id")


@pytest.fixture
def no_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the drawing, which takes longer than all else; one test draws."""
    for module in (word, paper):
        monkeypatch.setattr(module, "render_png", lambda chart: PNG)
    monkeypatch.setattr(page, "render_svg", lambda chart: "<svg></svg>")


def report_of(store: Store, **changes: Any) -> Report:
    facts = load_facts(store, OFFICE, MARCH, changes.pop("now", find_now()))
    return build_report(facts, OFFICE.profile, OFFICE.zone, OFFICE.names, OFFICE.chosen, {}, **changes)


def make(articles: list[dict[str, Any]], **changes: Any) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        store = fill_store(Path(folder) / "p.db", articles)
        data = report_of(store, **changes)
        store.close()
    return data


def gather(store: Store, first: date, last: date) -> None:
    """Record a refresh of every day."""
    for number in range((last - first).days + 1):
        at = datetime.combine(first + timedelta(days=number), time(1), UTC)
        finish_run(store, start_run(store, "refresh", 1, now=at), "done", now=at)


def table_under(document: Document, section: str, place: int = 0) -> Table:
    [found] = [part for part in document.sections if part.id == section]
    return [block for block in found.blocks if isinstance(block, Table)][place]


def cells(table: Table) -> list[list[str]]:
    return [[cell.text if isinstance(cell, Link) else cell for cell in row] for row in table.rows]
