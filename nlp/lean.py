"""Keeps ``import spacy`` from loading spaCy's command line, which nothing here calls.

The package imports ``info`` of ``spacy.cli.info``, and with it what downloads models and sets up projects: a quarter of
the time that ``nlp`` takes to import, and 19 MB in every process that annotates. A stand-in takes the place of that
module until ``spacy.info`` is called.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_SPARED = "spacy.cli.info"


def spare_command_line() -> None:
    """Set the stand-in, unless spaCy is loaded."""
    if "spacy" not in sys.modules:
        stand_in = sys.modules[_SPARED] = ModuleType(_SPARED)
        vars(stand_in)["info"] = _show_info


def _show_info(*args: Any, **settings: Any) -> Any:
    """Do what ``spacy.info`` does."""
    if sys.modules[_SPARED].__spec__ is None:  # the stand-in's
        del sys.modules[_SPARED]
    return import_module(_SPARED).info(*args, **settings)
