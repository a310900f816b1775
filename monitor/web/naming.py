"""Finds the id that is meant by what people type: a name, part of one, an acronym or the id itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monitor.errors import find_nearest
from monitor.render.wording import Wording
from monitor.web.refusals import Refused

Acronyms = Mapping[str, Sequence[str]]  # in lower case -> the ids that it may mean


def find_key(
    wording: Wording, what: str, registry: Mapping[str, str], said: str, acronyms: Acronyms | None = None
) -> str:
    """Return the id that is meant. Raises Refused, with the nearest names, where none or several may be."""
    found, clear = find_keys(registry, said, acronyms)
    if clear:
        return found[0]
    if not found:
        raise Refused(wording.say("{what} tidak dikenal: {name}.", what=what, name=said))
    meant = "; ".join(registry[key] for key in found[:3])
    raise Refused(
        wording.say("{what} tidak dikenal: {name}. Apakah yang dimaksud {meant}?", what=what, name=said, meant=meant)
    )


def find_keys(registry: Mapping[str, str], said: str, acronyms: Acronyms | None = None) -> tuple[list[str], bool]:
    """Return the ids that may be meant, and whether exactly one is.

    Where no name fits, the ids are those of the names spelt most alike, and none of them counts as meant.
    """
    word = " ".join(said.split()).casefold()
    names = {key: name.casefold() for key, name in registry.items()}
    found = [key for key, name in names.items() if name == word]
    found = found or [key for key in (acronyms or {}).get(word, ()) if key in registry]
    found = found or [key for key in registry if key == word]
    found = found or [key for key, name in names.items() if word in name]
    if found:
        return found, len(found) == 1
    return [key for name in find_nearest(word, names.values()) for key in names if names[key] == name], False
