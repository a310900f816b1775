"""Looks at what a site offers and drafts its recipe: two files for a person to review, never over existing ones."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawlers.draft import find_name, render_recipe
from monitor.child import Record
from monitor.config import find_config_file, own_recipes
from monitor.errors import InputError, JobError
from monitor.office import Office, list_folders
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
    outlet, parts = find_host(office, url), urlsplit(url if "://" in url else f"https://{url}")
    home = f"{parts.scheme}://{parts.netloc}/"
    trial = run_trial(office, [outlet], stop, note=note, delay=delay, home=home, probe=True)
    rows = [{key: row[key] for key in row if key != "type"} for row in trial.of("probe")]
    if not any(row["status"] == "ok" for row in rows):
        told = next((row for row in (*trial.of("finding"), *trial.of("outcome"), *rows)), None)
        raise JobError(f"{outlet} cannot be read: {told['detail'] if told else 'it does not answer'}")
    return rows


def find_folder(office: Office, wanted: Path | None) -> Path:
    """Return the folder that a new recipe goes to: the one named, else the office's own, made where there is none.

    Raises InputError for a named one that does not exist, and where the own one cannot be made.
    """
    folder = wanted or next(iter(office.config.recipes), None) or _make_folder(own_recipes())
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; make it first")
    return folder


def _make_folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder} cannot be made ({error.strerror}): name another with --folder") from None
    return folder


def write_draft(office: Office, url: str, rows: list[Row], folder: Path, pages: Path) -> Draft:
    """Write recipe and sample page. Raises InputError: one is there already, or the files cannot be written."""
    outlet = find_host(office, url)
    recipe, page = folder / f"{outlet}.toml", pages / f"{outlet}.html"
    check_free(office, outlet, folder, pages)
    sample = next((row for row in rows if row["what"] == "article" and row["status"] == "ok"), None)
    try:
        if sample:
            pages.mkdir(parents=True, exist_ok=True)
            with page.open("x", encoding="utf-8") as file:
                file.write(sample["facts"]["skeleton"])
        with recipe.open("x", encoding="utf-8") as file:
            name = find_name(rows) or outlet
            file.write(render_recipe(name, outlet, rows, page.name if sample else None, office.zone.key))
    except OSError as error:
        raise InputError(f"{error.filename} cannot be written: {error.strerror}") from None
    return Draft(recipe, page if sample else None)


def list_steps(office: Office, draft: Draft) -> list[str]:
    """Return what is left to do before a drafted outlet is watched."""
    steps, folder = [], draft.recipe.parent
    if folder.resolve() not in {path.resolve() for path in (own_recipes(), *list_folders(office.config))}:
        steps.append(f"{folder} is not read yet: name it under `recipes` in {find_config_file()}")
    if office.profile.outlets and draft.recipe.stem not in office.profile.outlets:
        file = office.profile.source / "profile.toml"
        steps.append(f"add {draft.recipe.stem} to `outlets` in {file}, which names all that is watched")
    return steps


def check_free(office: Office, outlet: str, folder: Path, pages: Path) -> None:
    """Raise InputError when a recipe or page of that name exists: a draft never replaces what a person wrote."""
    if outlet in office.recipes:
        raise InputError(f"{outlet} has a recipe already: see it at work with `pantau outlets try {outlet}`")
    for path in (folder / f"{outlet}.toml", pages / f"{outlet}.html"):
        if path.exists():
            raise InputError(f"{path} exists already and is left as it is")
