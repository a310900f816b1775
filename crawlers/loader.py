"""Folders of recipes -> recipes -> spider classes. There is no registry: a new outlet is a new TOML file.

Reading recipes loads no Scrapy; `RecipeLoader` is Scrapy's SPIDER_LOADER_CLASS, so that ``scrapy list`` and ``scrapy
crawl <outlet>`` know every recipe.
"""

from __future__ import annotations

import builtins
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from crawlers.errors import RecipeError, UnknownOutlet
from crawlers.items import Finding
from crawlers.recipe import Recipe, load_recipe

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.settings import BaseSettings

    from crawlers.spider import OutletSpider

OUTLETS = Path(__file__).parent / "outlets"
AGGREGATORS = Path(__file__).parent / "aggregators"  # no outlets: read only by whoever asks for them


def load_recipes(
    folders: Iterable[Path] = (OUTLETS,),
    wanted: Collection[str] = (),
    broken: dict[str, RecipeError] | None = None,
) -> dict[str, Recipe]:
    """Return the recipes of some folders by id, sorted; a later folder's recipe replaces an earlier one's.

    Where ids are `wanted` and each has a file of its name, the others are not even opened. Raises RecipeError for a
    missing folder, a broken recipe, and a domain that two recipes claim; the last two are put into `broken` instead,
    by id, where that is given: the recipe is left out, or the one that it was to replace stays.
    """
    paths: list[Path] = []
    for folder in folders:
        if not folder.is_dir():
            raise RecipeError(folder, "no such folder of recipes")
        paths += sorted(folder.glob("*.toml"))
    if wanted and {path.stem for path in paths}.issuperset(wanted):
        paths = [path for path in paths if path.stem in wanted]
    recipes: dict[str, Recipe] = {}
    faults: dict[str, RecipeError] = {}
    for path in paths:
        try:
            recipes[path.stem] = load_recipe(path)
        except RecipeError as fault:
            faults[path.stem] = fault
    owners: dict[str, str] = {}
    for recipe in list(recipes.values()):
        if clash := _claim_domains(owners, recipe):
            faults[recipe.id] = clash
            del recipes[recipe.id]
    recipes = {key: recipe.beside(owners) for key, recipe in recipes.items()}
    if broken is None and faults:
        raise next(iter(faults.values()))
    if broken is not None:
        broken |= faults
    return dict(sorted(recipes.items()))


def list_broken(broken: Mapping[str, RecipeError], recipes: Mapping[str, Recipe]) -> list[Finding]:
    """Return a finding for each recipe that cannot be used, saying what becomes of its outlet meanwhile."""
    fate = ("the outlet is not crawled", "the packaged recipe is used")
    return [
        Finding(outlet, "recipe", f"{fault}; until that is mended {fate[outlet in recipes]}")
        for outlet, fault in broken.items()
    ]


def _claim_domains(owners: dict[str, str], recipe: Recipe) -> RecipeError | None:
    """Note whose the recipe's domains are; return what is wrong when one of them is another's."""
    for domain in recipe.domains:
        owner = owners.setdefault(domain.removeprefix("www."), recipe.id)
        if owner != recipe.id:
            told = f"domains: {domain} belongs to {owner}.toml already; to replace that, name yours {owner}.toml"
            return RecipeError(f"{recipe.id}.toml", told)
    return None


def find_recipe(recipes: Mapping[str, Recipe], outlet: str) -> Recipe:
    """Return the recipe of an id or of a domain. Raises UnknownOutlet, which names the nearest ids."""
    if outlet in recipes:
        return recipes[outlet]
    host = outlet.lower().removeprefix("https://").removeprefix("http://").partition("/")[0]
    if owner := find_owner(recipes, host):
        return owner
    raise UnknownOutlet(outlet, recipes)


def find_owner(recipes: Mapping[str, Recipe], host: str) -> Recipe | None:
    """Return the recipe that owns a host; a plain domain goes before a ``*.`` pattern."""
    owners = [recipe for recipe in recipes.values() if recipe.owns(host)]
    bare = host.lower().removeprefix("www.")
    return next((recipe for recipe in owners if bare in recipe.domains), owners[0] if owners else None)


class RecipeLoader:
    """Scrapy's spider loader over the recipes; setting PANTAU_RECIPE_DIRS names further folders."""

    def __init__(self, recipes: Mapping[str, Recipe]) -> None:
        self.recipes = recipes

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Load the recipes of the project and of the folders in the settings."""
        return cls(load_recipes([OUTLETS, *map(Path, settings.getlist("PANTAU_RECIPE_DIRS"))]))

    def load(self, spider_name: str) -> type[OutletSpider]:
        """Return the spider class of an outlet. Raises UnknownOutlet, a KeyError."""
        from crawlers.spider import build_spider

        return build_spider(find_recipe(self.recipes, spider_name))

    def list(self) -> list[str]:
        """Return the ids of all outlets."""
        return list(self.recipes)

    def find_by_request(self, request: Request) -> builtins.list[str]:
        """Return the outlets that own the request's host."""
        owner: Any = find_owner(self.recipes, urlsplit(request.url).hostname or "")
        return [owner.id] if owner else []
