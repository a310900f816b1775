"""How templates are read wherever pages are made of them: everything escaped, an unknown name a fault, no blank lines
left by tags. What is put in is the caller's.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


@cache
def load_environment(folder: Path) -> Environment:
    """Return the templates of a folder, which are compiled once per process."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
