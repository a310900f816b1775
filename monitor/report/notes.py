"""What the staff writes into a month's report, kept beside the store so that it survives every re-rendering.

One TOML file per month, a table of section -> text; an edited Word report gives its notes back (``monitor.report.word``
marks them).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import tomli_w

from monitor.errors import InputError, JobError
from monitor.report.month import Month


def find_notes_file(store: Path, month: Month) -> Path:
    """Return where the notes of a month are kept."""
    return store.with_name(f"{store.stem}-notes") / f"{month}.toml"


def load_notes(path: Path) -> dict[str, str]:
    """Return section -> text; empty where nothing was written. Raises InputError for a file that is no TOML."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path} cannot be read as notes ({error}): mend or remove it") from None
    return {str(key): str(value) for key, value in data.items() if str(value).strip()}


def save_notes(path: Path, notes: Mapping[str, str]) -> None:
    """Keep notes; empty texts are removed. Raises JobError when the file cannot be written."""
    kept = {key: text for key, text in notes.items() if text.strip()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(tomli_w.dumps(kept, multiline_strings=True), encoding="utf-8")
    except OSError as error:
        raise JobError(f"{path} cannot be written: {error.strerror}") from None
