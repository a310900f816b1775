"""Where the demonstration keeps its store, and whether one of today can be used again.

A store made here carries a mark beside it (``<store>.sample.json``); only a store with that mark is ever cleared.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from monitor.config import Config, default_store
from monitor.demo.sample import RECIPES
from monitor.errors import InputError
from monitor.office import mark_of


@dataclass(frozen=True, slots=True)
class Workspace:
    """The demonstration's files; ``fresh`` when its store is empty and the sample is to be read from the start."""

    store: Path
    evidence: Path
    fresh: bool

    @property
    def digest(self) -> Path:
        """Where the digest is written as a page."""
        return self.store.with_name(f"{self.store.stem}-ringkasan.html")


def build_config(config: Config, profile: str) -> Config:
    """Return the configuration to work with: the store named in ``config``, or one in the folder ``demo`` beside the
    usual one; the sample's recipes and profile, and evidence beside the store.
    """
    store = default_store().parent / "demo" / "pantau.db" if config.store == default_store() else config.store
    return config.model_copy(update={"store": store, "profile": profile, "evidence": None, "recipes": (RECIPES,)})


def prepare_workspace(config: Config, last_day: date) -> Workspace:
    """Make the place ready; the caller holds the lock of the store.

    A store of another day, or one that was not finished, is cleared and made anew: the sample's dates have moved.
    Raises InputError for a store that is not the demonstration's.
    """
    store, mark = config.store, mark_of(config.store)
    if store.exists() and not mark.exists():
        raise InputError(f"{store} is not a store of the demonstration: name another one with --store, or none")
    fresh = _read_mark(mark) != _build_mark(last_day, complete=True) or not store.exists()
    if fresh:
        write_mark(store, last_day, complete=False)
        for path in (store.with_name(store.name + tail) for tail in ("", "-wal", "-shm")):
            path.unlink(missing_ok=True)
        shutil.rmtree(config.evidence_folder, ignore_errors=True)
    return Workspace(store, config.evidence_folder, fresh)


def write_mark(store: Path, last_day: date, complete: bool) -> None:
    """Note for which day a store was filled, and whether to the end."""
    mark_of(store).write_text(json.dumps(_build_mark(last_day, complete)), encoding="utf-8")


def _build_mark(last_day: date, complete: bool) -> dict[str, object]:
    return {"last_day": last_day.isoformat(), "complete": complete}


def _read_mark(mark: Path) -> object:
    try:
        return json.loads(mark.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
