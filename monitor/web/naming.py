"""What people type for a name: an id, the name, or enough of it; a list of a hundred is too long for a phone."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.errors import find_nearest
from monitor.render.wording import Wording
from monitor.web.refusals import Refused


def find_key(wording: Wording, what: str, registry: Mapping[str, str], said: str) -> str:
    """Return the id that is meant. Raises Refused, with the nearest names, where none or several may be."""
    word = " ".join(said.split()).casefold()
    if word in registry:
        return word
    names = {key: name.casefold() for key, name in registry.items()}
    found = [key for key, name in names.items() if name == word] or [key for key, name in names.items() if word in name]
    if len(found) == 1:
        return found[0]
    near = found[:3] or [key for name in find_nearest(word, names.values()) for key in names if names[key] == name][:3]
    if not near:
        raise Refused(wording.say("{what} tidak dikenal: {name}.", what=what, name=said))
    meant = "; ".join(registry[key] for key in near)
    raise Refused(
        wording.say("{what} tidak dikenal: {name}. Apakah yang dimaksud {meant}?", what=what, name=said, meant=meant)
    )
