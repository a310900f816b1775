"""Backups of the store: one a day by the service, or whenever somebody asks; the last few are kept.

The pages' files beside the store only grow by new ones, so that any program that copies folders keeps up with them.
How the store is copied is ``db.backup``'s.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from db.backup import copy_store, measure_store
from db.connection import Store
from monitor.clock import find_now
from monitor.config import Config
from monitor.errors import InputError, JobError
from monitor.lock import lock_store
from monitor.service_watch import ENOUGH_BYTES, tell_bytes

DAILY = timedelta(days=1)
STAMP, STAMPED = "%Y-%m-%d-%H%M", r"-(\d{4}-\d\d-\d\d-\d{4})\.db"  # in the names of copies: the office's clock


def list_copies(config: Config, zone: ZoneInfo) -> list[tuple[datetime, Path]]:
    """Return the copies in the folder of backups with the moment of each, the latest first."""
    name = re.compile(re.escape(config.store.stem) + STAMPED)
    named = [(match, path) for path in config.backup_folder.glob("*.db") if (match := name.fullmatch(path.name))]
    dated = [(datetime.strptime(match[1], STAMP).replace(tzinfo=zone), path) for match, path in named]
    return sorted(dated, reverse=True)


def find_last_copy(config: Config, zone: ZoneInfo, now: datetime) -> datetime | None:
    """Return when the last copy was made; none that a clock which stood ahead dated later than ``now``."""
    return next((made for made, _ in list_copies(config, zone) if made <= now), None)


def is_backup_due(config: Config, zone: ZoneInfo, now: datetime) -> bool:
    """Say whether the service is to make a copy now."""
    last = find_last_copy(config, zone, now)
    return config.backup.keep > 0 and (last is None or now - last >= DAILY)


def run_backup(store: Store, config: Config, zone: ZoneInfo, is_stopped: Callable[[], bool]) -> Path | None:
    """Make a copy in the folder of backups and delete the oldest of those that are too many; return it, None when it
    was stopped. Raises InputError, JobError, CopyFailed, Busy; then the earlier copies stay.
    """
    folder = config.backup_folder
    if config.backup.keep < 1:
        raise InputError("`[backup] keep = 0` in the configuration keeps no copy: name a FILE for this one")
    if config.backup.folder is None:
        folder.mkdir(parents=True, exist_ok=True)
    if not folder.is_dir():
        raise JobError(f"there is no folder {folder} for copies of the store: make it, or mount the disk that it is on")
    with lock_store(config.store.with_name(f"{config.store.name}.backup")):
        for left in folder.glob(f"{config.store.stem}-*.db.part*"):  # by one that was killed
            left.unlink()
        made = folder / f"{config.store.stem}-{find_now().astimezone(zone).strftime(STAMP)}.db"
        if not write_copy(store, config, made, is_stopped, ENOUGH_BYTES):
            return None
        others = [path for _, path in list_copies(config, zone) if path != made]
        for path in others[config.backup.keep - 1 :]:
            path.unlink()
    return made


def find_lack(store: Store, folder: Path, spare: int = 0) -> str:
    """Return what is to be done when a copy of the store has no room in a folder, or would leave less than ``spare``
    bytes on its disk; nothing when it has.
    """
    size = measure_store(store)
    there = next(place for place in (folder, *folder.absolute().parents) if place.is_dir())  # it may be yet to be made
    free = shutil.disk_usage(there).free
    if free >= size + spare:
        return ""
    leaving = f" and is to leave {tell_bytes(spare)}," if spare else ","
    fewer = "another folder or a smaller number to keep under [backup] in the configuration"
    return (
        f"no room for a copy of the store in {folder}: it takes {tell_bytes(size)}{leaving} {tell_bytes(free)} are"
        f" free. Free some, or name {fewer if spare else 'a file on another disk'}"
    )


def write_copy(store: Store, config: Config, path: Path, is_stopped: Callable[[], bool], spare: int = 0) -> bool:
    """Copy the store to a file, there whole or not at all, with as many bytes left free on its disk; False when it was
    stopped. Raises InputError, JobError, CopyFailed.
    """
    if not path.parent.is_dir():
        raise InputError(f"{path.parent} is no folder: name a file in one that exists")
    if path.is_dir():
        raise InputError(f"{path} is a folder: name a file in it")
    if lack := find_lack(store, path.parent, spare):
        raise JobError(lack)
    draft = path.with_name(f"{path.name}.part")
    draft.unlink(missing_ok=True)
    try:
        if not copy_store(store, draft, is_stopped):
            return False
        shutil.copymode(config.store, draft)  # nobody may read of it what they may not read of the store
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    return True
