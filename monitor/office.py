"""One installation made ready to work: configuration, profile, timezone, names and the outlets it watches.

Joins ``nlp.profile`` and ``crawlers.loader`` without loading spaCy or Scrapy; the store is opened by whoever needs it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from crawlers.errors import RecipeError
from crawlers.loader import AGGREGATORS, OUTLETS, load_recipes
from crawlers.recipe import Recipe
from db.connection import Store, open_store
from db.outlets import ensure_outlet, save_outlets
from monitor.config import Config
from monitor.errors import ConfigError
from monitor.jobs import close_interrupted
from monitor.names import Names, build_names
from nlp.profile import Profile, load_profile

log = logging.getLogger("pantau")
SAMPLE = Path(__file__).parent / "demo" / "outlets"  # recipes of the sample newsroom, which its store alone watches


@dataclass(frozen=True, slots=True)
class Office:
    """What every job needs to know of this installation."""

    config: Config
    profile: Profile
    zone: ZoneInfo
    names: Names
    recipes: Mapping[str, Recipe]  # by outlet id
    broken: Mapping[str, RecipeError] = field(default_factory=dict)  # by outlet id; left out, or the packaged one used

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the outlets that the profile watches: those it lists, else all."""
        if self.profile.outlets:
            return tuple(self.profile.outlets)
        watched = [key for key, recipe in self.recipes.items() if recipe.kind != "aggregator"]
        return tuple(sorted({*watched, *self.broken}))

    @property
    def asked(self) -> tuple[str, ...]:
        """Ids of all that a crawl asks: the outlets that are watched, and the aggregators that the config names."""
        return tuple(dict.fromkeys([*self.chosen, *self.config.discovery]))

    @property
    def own_names(self) -> Names:
        """The names as documents of the regency itself say them."""
        return self.names.within(self.profile.name)


def load_office(config: Config, named: Sequence[str] | None = None) -> Office:
    """Load profile and recipes, those of aggregators only where one is asked; a broken recipe is left out and told.

    ``named`` are outlets that were asked for one by one: of these `monitor.outlets` tells.
    Raises ProfileError, RecipeError for a missing folder of recipes, ConfigError.
    """
    profile, broken = load_profile(config.profile), dict[str, RecipeError]()
    recipes = load_recipes(list_folders(config), broken=broken)
    for key in sorted(broken.keys() - {name.strip().lower() for name in named or ()}):
        log.warning("%s", broken[key])
    for name in config.discovery:
        if name in broken and name not in recipes:
            raise broken[name]
        if name not in recipes or recipes[name].kind != "aggregator":
            there = ", ".join(sorted(load_recipes([AGGREGATORS])))
            raise ConfigError(
                f"discovery: {name!r} is no aggregator: there are {there}, or write a recipe of that kind"
            )
    if mark_of(config.store).exists():
        profile = profile.model_copy(update={"outlets": tuple(sorted(load_recipes([SAMPLE])))})
    return Office(config, profile, ZoneInfo(profile.timezone), build_names(profile), recipes, broken)


def mark_of(store: Path) -> Path:
    """Return where the mark lies that tells a store as the demonstration's."""
    return store.with_name(f"{store.name}.sample.json")


def renew_recipes(office: Office) -> Office:
    """Return the office with its recipes as they lie there now; what broke meanwhile is told. Raises RecipeError."""
    broken: dict[str, RecipeError] = {}
    recipes = load_recipes(list_folders(office.config), broken=broken)
    for fault in sorted(broken.keys() - office.broken.keys()):
        log.warning("%s", broken[fault])
    return replace(office, recipes=recipes, broken=broken)


def list_folders(config: Config) -> list[Path]:
    """Return the folders of recipes of this installation; later ones win."""
    own = [SAMPLE] if mark_of(config.store).exists() else []
    return [OUTLETS, *([AGGREGATORS] if config.discovery else []), *config.recipes, *own]


def open_office_store(office: Office) -> Store:
    """Open the store to write, register the recipes' outlets and close the runs of dead processes; once per process."""
    store = open_store(office.config.store)
    close_interrupted(store)
    register_outlets(store, office)
    return store


def register_outlets(store: Store, office: Office) -> None:
    """Register the recipes' outlets, and those whose recipe cannot be read under their ids."""
    recipes = office.recipes.values()
    save_outlets(store, [{"id": recipe.id, "name": recipe.name, "kind": recipe.kind} for recipe in recipes])
    for key in office.broken:
        ensure_outlet(store, key)
