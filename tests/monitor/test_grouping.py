"""Grouping into stories ends, whatever becomes of the linking."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from db.connection import open_store
from monitor.stories import AGAIN, BATCH, run_grouping


def test_a_run_is_not_held_up_by_linking_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("monitor.stories.link_pending", lambda *given: BATCH)
    with open_store(tmp_path / "p.db") as store:
        assert run_grouping(store, threading.Event()) == (AGAIN + 1) * BATCH
    assert "grouping does not come to an end" in caplog.text
