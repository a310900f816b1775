"""Finds the outlet's own name where it holds a name of ours: "kepada X Pos", of xpos.example.

It says nothing of what the article is about; ``gazetteer`` makes a guard of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from nlp.annotation import Source
from nlp.profile import NotOurs

BESIDE = 2  # words of the outlet's name before or behind ours
SHORTEST = 6  # letters of a part of an address that is taken for a name


def find_outlet_name(words: Sequence[str], start: int, end: int, source: Source) -> tuple[int, int] | None:
    """Return the tokens [start, end) of the outlet's name that holds those given; None where there is none.

    A government's own site bears the name of the government, which is meant.
    """
    if source.outlet_kind == "government":
        return None
    names = name_outlet(source.outlet or "", source.url or "")
    own = "".join(words[start:end]).lower()
    if not any(own in name and own != name for name in names):
        return None
    for count in range(1, BESIDE + 1):
        for first, last in ((start - count, end), (start, end + count)):
            beside = words[max(first, 0) : start] or words[end:last]
            if "".join(words[max(first, 0) : last]).lower() in names and all(word[:1].isupper() for word in beside):
                return max(first, 0), last
    return None


@lru_cache(maxsize=1_000)  # of hosts, which are few, not of addresses
def _name_host(host: str) -> frozenset[str]:
    return frozenset(part.replace("-", "") for part in host.split(".") if len(part) >= SHORTEST)


def name_outlet(outlet: str, url: str) -> frozenset[str]:
    """Return the names that an outlet's id or domain and an address may hold, written together in lower case."""
    return _name_host(outlet.lower()) | _name_host((urlsplit(url).hostname or "").lower())


@lru_cache(maxsize=1_000)
def build_guard(printed: str) -> NotOurs:
    """Return the guard that an outlet's name is."""
    return NotOurs(names=(printed,), reason="name of the outlet")
