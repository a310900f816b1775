"""The library that the store is built on, loaded alone.

Where pandas and numpy are installed it loads them too, for kinds of columns that no table of ours has: a fifth of the
time in which any command begins.
"""

from __future__ import annotations

import sys

_NEEDLESS = {"numpy", "pandas"} - sys.modules.keys()
sys.modules.update(dict.fromkeys(_NEEDLESS))  # type: ignore[arg-type] # to an import, None says that there is none

from sqlite_utils import Database, Migrations  # noqa: E402

for _name in _NEEDLESS:
    del sys.modules[_name]

__all__ = ["Database", "Migrations"]
