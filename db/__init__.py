"""Knows SQLite: rows in, rows out. The only package that speaks SQL; knows nothing of the web or of language."""

import sys

# sqlite-utils looks for numpy to name column types by it, which no migration needs; loading it takes an eighth of the
# start of a command. Modules of ours that reckon with it import it themselves, later.
if "numpy" not in sys.modules:
    sys.modules["numpy"] = None  # type: ignore[assignment]  # as good as not installed
    import sqlite_utils  # noqa: F401

    del sys.modules["numpy"]
