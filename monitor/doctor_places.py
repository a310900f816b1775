"""What doctor sees where an installation lies: the store's file, the pages, copies of the store, room on disks."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from db.connection import Store
from db.evidence import find_files
from db.findings import find_findings
from monitor.backup import DAILY, find_lack, find_last_copy
from monitor.clock import find_now
from monitor.config import Config
from monitor.service_watch import ENOUGH_BYTES, find_room, tell_bytes
from monitor.watch import SERVICE

FEW = 3  # names that a row has room for
Row = dict[str, str]


def check_file(config: Config) -> Row:
    """Tell the store's size; warn of what the service must write and this account may not, such as files left by a
    command that was given as root.
    """
    store, pages = config.store, config.evidence_folder
    told = f"{store}, {tell_bytes(store.stat().st_size)}"
    places = {store.parent, *store.parent.glob(f"{store.stem}*"), pages, *pages.glob("*"), *pages.glob("*/*")}
    closed = sorted(str(place) for place in places if place.exists() and not os.access(place, os.W_OK))
    if closed:
        return build_row(
            "store",
            "warning",
            f"{told}; this account may not write {_list_few(closed)}: give it that right, or use another",
        )
    return build_row("store", "ok", told)


def check_evidence(store: Store, folder: Path) -> Row:
    """Look whether the files that pages were archived in are there; whether they are intact takes reading them all."""
    files = find_files(store)
    lost = [name for name in files if not (folder / name).is_file()]
    if lost:
        told = f"{folder} lacks {_list_few(lost)}: restore it from a backup; what is lost: `pantau evidence verify`"
        return build_row("evidence", "error", told)
    return build_row("evidence", "ok", f"{folder}, {len(files)} files of pages; intact? `pantau evidence verify`")


def check_backup(store: Store, config: Config, zone: ZoneInfo) -> Row:
    """Look how old the last copy of the store is; where they lie on its own disk, they are lost with it."""
    folder, now = config.backup_folder, find_now()
    if not config.backup.keep:
        return build_row("backup", "ok", "none is made (`[backup] keep = 0`): make sure that somebody else does")
    last = find_last_copy(config, zone, now)
    if last is None or now - last > 2 * DAILY:
        told = f"the last copy of the store in {folder} is of {last:%Y-%m-%d}" if last else f"none in {folder} yet"
        failed = [row["detail"] for row in find_findings(store) if row["outlet"] == f"{SERVICE}backup"]
        failed += [find_lack(store, folder, ENOUGH_BYTES)]
        why = failed[0] or "`pantau run` makes one each day, `pantau backup` makes one now"
        return build_row("backup", "warning", f"{told}: {why}")
    if lack := find_lack(store, folder, ENOUGH_BYTES):
        return build_row("backup", "warning", f"the last is of {last:%Y-%m-%d %H:%M}, the next one fails: {lack}")
    same = folder.stat().st_dev == config.store.stat().st_dev
    also = "; they lie on the store's own disk: keep one elsewhere, too" if same else ""
    return build_row("backup", "ok", f"{folder}, the last of {last:%Y-%m-%d %H:%M}{also}")


def check_disk(config: Config) -> Row:
    """Look at the disk with the least room of those that store and pages lie on."""
    free, folder = find_room(config)
    status = "ok" if free >= ENOUGH_BYTES else "warning"
    advice = "" if status == "ok" else ": free some space, or move store and evidence"
    return build_row("disk", status, f"{tell_bytes(free)} free at {folder}{advice}")


def build_row(check: str, status: str, detail: str) -> Row:
    """Return one thing that was looked at."""
    return {"check": check, "status": status, "detail": detail}


def _list_few(names: Sequence[str]) -> str:
    return ", ".join(names[:FEW]) + (f" and {len(names) - FEW} more" if len(names) > FEW else "")
