"""Proves the recipes of the office's own folders by their examples, offline; each sample page lies in ``pages`` beside
them, where ``pantau outlets new`` puts it. Recipes that come with Pantau are proved by its tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crawlers.examples import check_example
from crawlers.recipe import Example, Recipe
from db.rows import Row
from monitor.errors import InputError
from monitor.office import Office

PAGES = "pages"  # folder of sample pages, below that of the recipes


def check_examples(office: Office, wanted: Sequence[str]) -> list[Row]:
    """Return a row per example of the recipes wanted, of all of the office's own when none is named: ``status`` is ok,
    finding, or none for a recipe without any.

    Raises InputError for a recipe that is not the office's own, and where it has none.
    """
    folders = {path.stem: folder for folder in office.config.recipes for path in folder.glob("*.toml")}
    if not folders:
        raise InputError("there is no recipe of your own yet: `pantau outlets new URL` drafts one")
    if foreign := [key for key in wanted if key not in folders]:
        raise InputError(f"{foreign[0]}: its recipe comes with Pantau; only those of your own folders are checked here")
    rows = []
    for key in wanted or sorted(folders):
        if fault := office.broken.get(key):
            rows.append({"outlet": key, "status": "finding", "page": "", "detail": str(fault)})
        else:
            rows += _check_recipe(office.recipes[key], folders[key])
    return rows


def _check_recipe(recipe: Recipe, folder: Path) -> list[Row]:
    if not recipe.example:
        return [_row(recipe, "none", "", "no [[example]]: nothing proves this recipe")]
    return [_check_page(recipe, example, folder / PAGES) for example in recipe.example]


def _check_page(recipe: Recipe, example: Example, pages: Path) -> Row:
    try:
        faults = list(check_example(recipe, example, pages))
    except OSError as error:
        faults = [f"{pages / example.page} cannot be read: {error.strerror}"]
    return _row(recipe, "finding" if faults else "ok", example.page, "; ".join(faults))


def _row(recipe: Recipe, status: str, page: str, detail: str) -> Row:
    return {"outlet": recipe.id, "status": status, "page": page, "detail": detail}
