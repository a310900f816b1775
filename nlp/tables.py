"""Reads the language tables of ``nlp/data``: facts common to all of Indonesia, as TOML. What a regency calls its own
is a profile.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def load_table(name: str) -> dict[str, Any]:
    """Return ``nlp/data/<name>.toml``; the answer is shared, do not change it."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
