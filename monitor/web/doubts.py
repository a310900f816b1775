"""Names in an article of which the machine could not say whose they are, as a page shows them to be settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from monitor.names import Names
from monitor.render.wording import flatten

Row = Mapping[str, Any]
Field = Literal["opd", "places"]
AROUND = 140  # characters shown on each side of a name
OFFERED = 3  # names of the registry to choose with one tap
UNSETTLED = "undecided"  # how the reasons of such names begin
OF_A_PLACE = "undecided: the name needs its kecamatan"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that may name something of ours, with what stands around them and what they may mean."""

    field: Field
    words: str
    before: str
    after: str
    reason: str
    offered: Mapping[str, str]


def list_doubts(row: Row, names: Names) -> Iterator[Doubt]:
    """Yield the unsettled names of an article, each once."""
    seen = set()
    for span in row["not_opd"]:
        if not span["reason"].startswith(UNSETTLED) or span["text"] in seen:
            continue
        seen.add(span["text"])
        field: Field = "places" if span["reason"].startswith(OF_A_PLACE) else "opd"
        text, start, end = row[span["in"]], span["start"], span["end"]
        before, after = flatten(text[max(0, start - AROUND) : start]), flatten(text[end : end + AROUND])
        offered = offer_names(names.by_field[field], span["text"])
        yield Doubt(field, span["text"], before, after, span["reason"], offered)


def offer_names(registry: Mapping[str, str], words: str) -> dict[str, str]:
    """Return the entries whose names hold the words, or are held by them; none where there are too many."""
    said = words.casefold()
    found = {key: name for key, name in registry.items() if said in name.casefold() or name.casefold() in said}
    return found if len(found) <= OFFERED else {}
