"""Keeps ``import spacy`` from loading spaCy's command line: a third of its time, for what nothing here calls.

The package imports ``info`` of ``spacy.cli.info``, and with it what downloads models and sets up projects. Stand-ins
take the place of these two modules until something else is asked of them; then the true ones do.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _StandIn(ModuleType):
    def __getattr__(self, wanted: str) -> Any:
        if wanted.startswith("__") and self.__name__ == "spacy.cli.info":  # asked by the import itself
            raise AttributeError(wanted)
        return getattr(_load(self.__name__), wanted)


def spare_command_line() -> None:
    """Set the stand-ins, unless spaCy is loaded."""
    if "spacy" not in sys.modules:
        for name in ("spacy.cli", "spacy.cli.info"):
            sys.modules[name] = _StandIn(name)
        vars(sys.modules["spacy.cli.info"])["info"] = _show_info


def _load(name: str) -> ModuleType:
    """Return the true module."""
    for known in [known for known, module in sys.modules.items() if isinstance(module, _StandIn)]:
        del sys.modules[known]
    return import_module(name)


def _show_info(*args: Any, **settings: Any) -> Any:
    """Do what ``spacy.info`` does."""
    return _load("spacy.cli.info").info(*args, **settings)
