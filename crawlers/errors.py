"""Faults that a person can mend: a recipe, a plan or an outlet id that is wrong. Each message tells the fix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

if TYPE_CHECKING:
    from pydantic import BaseModel


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


def list_keys(model: type[BaseModel], place: Sequence[int | str]) -> list[str]:
    """Return the keys that may stand where the last one of ``place`` does, which is the ``loc`` of pydantic's fault."""
    for key in place[:-1]:
        if key in model.model_fields:  # not the number of a list's item, nor the name of a mapping's
            model = _find_model(model.model_fields[str(key)].annotation) or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _find_model(kind: Any) -> type[BaseModel] | None:
    """Return the model that a type is or holds: ``tuple[Source, ...]``, ``Mapping[str, Group]``, ``Quiet | None``."""
    return kind if hasattr(kind, "model_fields") else next(filter(None, map(_find_model, get_args(kind))), None)
