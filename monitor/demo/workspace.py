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


@dataclass(frozen=True, slots=True)
class Workspace:
    """The demonstration's configuration; ``fresh`` when its store is empty and the sample is to be read anew."""

    config: Config
    mark: Path
    fresh: bool

    @property
    def digest_file(self) -> Path:
        """Where the digest is written as a page."""
        return self.config.store.with_name(f"{self.config.store.stem}-ringkasan.html")


def prepare_workspace(config: Config, profile: str, last_day: date) -> Workspace:
    """Return the place to work in: the store named in ``config``, or the folder ``demo`` beside the usual one.

    A store of another day, or one that was not finished, is cleared and made anew: the sample's dates have moved.
    Raises InputError for a store that is not the demonstration's.
    """
    store = default_store().parent / "demo" / "pantau.db" if config.store == default_store() else config.store
    config = config.model_copy(update={"store": store, "profile": profile, "evidence": None, "recipes": (RECIPES,)})
    mark = store.with_name(f"{store.name}.sample.json")
    if store.exists() and not mark.exists():
        raise InputError(f"{store} is not a store of the demonstration: name another one with --store, or none")
    fresh = _read_mark(mark) != {"last_day": last_day.isoformat(), "complete": True} or not store.exists()
    if fresh:
        write_mark(mark, last_day, complete=False)
        for path in (store.with_name(store.name + tail) for tail in ("", "-wal", "-shm")):
            path.unlink(missing_ok=True)
        shutil.rmtree(config.evidence_folder, ignore_errors=True)
    return Workspace(config, mark, fresh)


def write_mark(mark: Path, last_day: date, complete: bool) -> None:
    """Note for which day the store beside ``mark`` was filled, and whether to the end. Raises InputError."""
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(json.dumps({"last_day": last_day.isoformat(), "complete": complete}), encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"{mark.parent} cannot be written ({error.strerror}): name another store with --store"
        ) from None


def _read_mark(mark: Path) -> object:
    try:
        return json.loads(mark.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
