"""Faults that a person can mend: a recipe, a plan or an outlet id that is wrong. Each message tells the fix."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path


class CrawlersError(ValueError):
    """Base of the faults below; the message is one line for the operator."""


class RecipeError(CrawlersError):
    """A recipe file cannot be used."""

    def __init__(self, path: Path | str, what: str) -> None:
        super().__init__(f"{path}: {what}")


class UnknownOutlet(CrawlersError, KeyError):
    """No recipe has this id. (Scrapy expects a KeyError of a spider loader.)"""

    def __init__(self, outlet: str, known: Iterable[str]) -> None:
        super().__init__(f"no outlet '{outlet}'{suggest(outlet, known)}")

    def __str__(self) -> str:
        return str(self.args[0])


class PlanError(CrawlersError):
    """The plan of a crawl cannot be read."""


class EvidenceError(CrawlersError):
    """An evidence record is missing or is not what was stored."""


def suggest(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean a, b?`` for the nearest known words, or a blank string when none is near."""
    near = get_close_matches(word, list(known), n=3, cutoff=0.5)
    return f"; did you mean {', '.join(near)}?" if near else ""
