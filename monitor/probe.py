"""Looks at what a site offers and drafts its recipe: two files for a person to review, never over existing ones."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawlers.draft import render_recipe
from monitor.errors import InputError, JobError
from monitor.ingest import Record
from monitor.office import Office
from monitor.trial import find_host, run_trial

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """Where a drafted recipe and its sample page were written; no page where no article could be read."""

    recipe: Path
    page: Path | None


def probe_site(
    office: Office,
    url: str,
    stop: threading.Event,
    note: Callable[[Record], None] = lambda record: None,
    delay: float | None = None,
) -> list[Row]:
    """Return one row per place of the site that was looked at. Raises InputError, JobError (nothing answers)."""
    outlet, parts = find_host(office, url).id, urlsplit(url if "://" in url else f"https://{url}")
    home = f"{parts.scheme}://{parts.netloc}/"
    trial = run_trial(office, [outlet], stop, note=note, delay=delay, home=home, probe=True)
    rows = [{key: row[key] for key in row if key != "type"} for row in trial.of("probe")]
    if not any(row["status"] == "ok" for row in rows):
        told = next((row for row in (*trial.of("finding"), *trial.of("outcome"), *rows)), None)
        raise JobError(f"{outlet} cannot be read: {told['detail'] if told else 'it does not answer'}")
    return rows


def find_folder(office: Office, wanted: Path | None) -> Path:
    """Return the folder that a new recipe goes to. Raises InputError when there is none to choose."""
    if wanted is None and not office.config.recipes:
        raise InputError(
            "where to? name a folder with --folder, or a folder of recipes in the configuration (`recipes`)"
        )
    folder = wanted or office.config.recipes[0]
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; make it first")
    return folder


def write_draft(office: Office, url: str, rows: list[Row], folder: Path, pages: Path) -> Draft:
    """Write recipe and sample page. Raises InputError: one is there already, or the files cannot be written."""
    host = find_host(office, url)
    recipe, page = folder / f"{host.id}.toml", pages / f"{host.id}.html"
    check_free(office, host.id, folder, pages)
    sample = next((row for row in rows if row["what"] == "article" and row["status"] == "ok"), None)
    try:
        if sample:
            pages.mkdir(parents=True, exist_ok=True)
            with page.open("x", encoding="utf-8") as file:
                file.write(sample["facts"]["skeleton"])
        with recipe.open("x", encoding="utf-8") as file:
            file.write(render_recipe(host.id, host.id, rows, page.name if sample else None))
    except OSError as error:
        raise InputError(f"{error.filename} cannot be written: {error.strerror}") from None
    return Draft(recipe, page if sample else None)


def check_free(office: Office, outlet: str, folder: Path, pages: Path) -> None:
    """Raise InputError when a recipe or page of that name exists: a draft never replaces what a person wrote."""
    if outlet in office.recipes:
        raise InputError(f"{outlet} has a recipe already: see it at work with `pantau outlets try {outlet}`")
    for path in (folder / f"{outlet}.toml", pages / f"{outlet}.html"):
        if path.exists():
            raise InputError(f"{path} exists already and is left as it is")
