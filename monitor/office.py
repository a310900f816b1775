"""One installation made ready to work: configuration, profile, timezone, names and the outlets it watches.

Joins ``nlp.profile`` and ``crawlers.loader`` without loading spaCy or Scrapy; the store is opened by whoever needs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from crawlers.loader import OUTLETS, load_recipes
from crawlers.recipe import Recipe
from db.connection import Store, open_store
from db.outlets import save_outlets
from monitor.config import Config
from monitor.jobs import close_interrupted
from monitor.names import Names, build_names
from nlp.profile import Profile, load_profile


@dataclass(frozen=True, slots=True)
class Office:
    """What every job needs to know of this installation."""

    config: Config
    profile: Profile
    zone: ZoneInfo
    names: Names
    recipes: Mapping[str, Recipe]  # by outlet id

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the outlets that the profile watches: those it lists, else all."""
        return tuple(self.profile.outlets) or tuple(self.recipes)


def load_office(config: Config) -> Office:
    """Load profile and recipes. Raises ProfileError, RecipeError."""
    profile = load_profile(config.profile)
    recipes = load_recipes([OUTLETS, *config.recipes])
    return Office(config, profile, ZoneInfo(profile.timezone), build_names(profile), recipes)


def open_office_store(office: Office) -> Store:
    """Open the store to write: outlets of recipes registered, runs of dead processes closed. Once per process."""
    store = open_store(office.config.store)
    close_interrupted(store)
    save_outlets(store, [_outlet_row(recipe) for recipe in office.recipes.values()])
    return store


def _outlet_row(recipe: Recipe) -> dict[str, Any]:
    return {
        "id": recipe.id,
        "name": recipe.name,
        "kind": recipe.kind,
        "domains": list(recipe.domains),
        "verified": recipe.verified,
        "tier": recipe.tier,
    }
