"""What tests of the job share: a command line that runs in this process, an invented profile, stored rows."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from monitor.cli import run
from monitor.clock import find_shift

CONTOH = Path(__file__).resolve().parents[1] / "profiles" / "contoh"
ARTICLE = {
    "url": "https://warta.example/1",
    "outlet": "warta.example",
    "title": "Pasar baru dibuka",
    "text": "Pasar itu dibuka pagi ini.",
    "published_at": "2025-03-12T09:00+07:00",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one command line gave."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The last line on standard error: the one that an error gets."""
        return self.err.strip().splitlines()[-1] if self.err.strip() else ""


@pytest.fixture(autouse=True)
def clock_of_its_own() -> None:
    """Let a moved clock start anew with each test, however long ago another one moved it to the same time."""
    find_shift.cache_clear()


@pytest.fixture
def pantau(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., Answer]]:
    """Run ``pantau`` with a store, configuration and profile of the test's own."""
    for name in ("PANTAU_PROFILE", "PANTAU_LANG", "PANTAU_EVIDENCE", "PANTAU_CONTACT", "PANTAU_WORKERS", "PANTAU_NOW"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    monkeypatch.setenv("PANTAU_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("PANTAU_STORE", str(tmp_path / "data" / "pantau.db"))
    monkeypatch.setenv("PANTAU_PROFILE", str(CONTOH))

    def call(*arguments: object) -> Answer:
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Answer(code, out, err)

    before = logging.getLogger().handlers[:]
    yield call
    for handler in logging.getLogger().handlers[:]:
        if handler not in before:
            logging.getLogger().removeHandler(handler)
            handler.close()


def stored_row(number: int, **changes: Any) -> dict[str, Any]:
    """Return an invented article in the published form, about the regency, with what a test wants changed."""
    row: dict[str, Any] = {
        "id": number,
        "url": f"https://warta.example/{number}",
        "outlet": "warta.example",
        "outlet_name": "Warta Contoh",
        "outlet_kind": "local",
        "title": f"Berita nomor {number}",
        "published_at": "2025-03-12T09:00:00+07:00",
        "first_seen_at": "2025-03-12T02:10:00Z",
        "text": "Isi berita.",
        "kind": "reporting",
        "about": "subject",
        "opd": [],
        "pillars": [],
        "places": [],
        "quotes": [],
        "tone": {"label": "netral", "score": 0.9, "evidence": []},
        "headline_tone": {"label": "netral", "score": 0.9, "evidence": []},
        "opd_tone": {},
        "story": None,
        "copy_of": None,
        "annotator": "v1",
    }
    return row | changes


@pytest.fixture
def row() -> Callable[..., dict[str, Any]]:
    """Give the maker of invented stored articles."""
    return stored_row


@pytest.fixture
def filled(pantau: Callable[..., Answer], tmp_path: Path) -> Callable[..., Answer]:
    """Give a command line whose store holds one article."""
    (tmp_path / "one.jsonl").write_text(json.dumps(ARTICLE) + "\n", encoding="utf-8")
    assert pantau("import", tmp_path / "one.jsonl").code == 0
    return pantau
