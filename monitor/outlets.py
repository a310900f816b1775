"""Which outlets are meant: named by id or domain, else those that the profile watches.

What an outlet is stands in its recipe (``crawlers.recipe``); what became of it in the store.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from urllib.parse import urlsplit

from crawlers.errors import UnknownOutlet
from crawlers.loader import find_owner, find_recipe
from monitor.errors import InputError, UnknownName
from monitor.office import Office
from nlp.profile import Profile

LISTING = "pantau outlets list"


def choose_outlets(office: Office, wanted: Sequence[str] | None) -> tuple[str, ...]:
    """Return the outlets to work on: those named (by id or domain), else those the profile watches.

    A recipe that cannot be read is left out of the latter. Raises RecipeError where one is named, UnknownName with the
    nearest ids, InputError when there is no recipe at all, or none that can be read.
    """
    names = wanted or [key for key in office.asked if key in office.recipes or key not in office.broken]
    chosen = tuple(dict.fromkeys(_find_outlet(office, name, named=bool(wanted)) for name in names))
    if not chosen and office.broken:
        told = ", ".join(f"{key}.toml" for key in sorted(office.broken))
        raise InputError(f"no outlet can be read: mend what is wrong with {told}, as told above")
    if not chosen:
        raise InputError("there is no outlet to crawl: add recipes to a folder named by `recipes` in the configuration")
    return chosen


def _find_outlet(office: Office, name: str, *, named: bool) -> str:
    if named and (fault := office.broken.get(name.strip().lower())):
        raise fault
    try:
        return find_recipe(office.recipes, name.strip().lower()).id
    except UnknownOutlet:
        raise UnknownName("outlet", name, office.recipes, LISTING) from None


def check_chosen(profile: Profile, known: Collection[str]) -> list[dict[str, str]]:
    """Return a row for each outlet that the profile chooses by an id that no recipe has; ``known`` are all ids.

    The row is such as ``nlp.profile_check.Finding`` makes, which brings spaCy.
    """
    return [
        {
            "file": "profile.toml",
            "row": f"outlets: {key}",
            "message": f"{UnknownName('outlet', key, known, LISTING)}",
        }
        for key in profile.outlets
        if key not in known
    ]


def resolve_outlets(office: Office, wanted: Sequence[str], stored: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of outlets to read articles of: those of recipes, and those that only an import named.

    Raises UnknownName with the nearest ids.
    """
    others = set(stored)
    ids = []
    for name in wanted:
        owner = None if name in others else find_owner(office.recipes, name.strip().lower())
        if owner is None and name not in {*others, *office.recipes}:
            raise UnknownName("outlet", name, {*office.recipes, *others}, LISTING)
        ids.append(owner.id if owner else name)
    return tuple(ids)


def name_outlet(office: Office, name: str) -> str:
    """Return the id of an outlet that is named by id, domain or address; an unknown one keeps its host as id."""
    word = (urlsplit(name).hostname or name).strip().lower()
    if word in office.recipes:
        return word
    owner = find_owner(office.recipes, word)
    return owner.id if owner else word.removeprefix("www.")
