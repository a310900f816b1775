"""Reads a sheet that a person filled in, as Excel and LibreOffice save it: XLSX, or CSV with commas or semicolons."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path
from typing import Any

from monitor.errors import InputError

Row = dict[str, Any]
GUARDED = re.compile(r"^'(?=[-=+@])")  # what a spreadsheet would run as a formula is written behind a stroke


def load_sheet(path: Path) -> list[Row]:
    """Return the rows of the first sheet by the names in its first row. Raises InputError when it is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    rows = _read_workbook(path, data) if data.startswith(b"PK") else _read_csv(path, data)
    if len(rows) < 2:
        raise InputError(f"{path} holds no rows")
    head = [str(name or "").strip() for name in rows[0]]
    return [dict(zip(head, row, strict=False)) for row in rows[1:] if any(value not in (None, "") for value in row)]


def _read_workbook(path: Path, data: bytes) -> list[list[Any]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise InputError(f"{path} is no workbook that can be read ({error}): save it as .xlsx or .csv anew") from None
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def _read_csv(path: Path, data: bytes) -> list[list[Any]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path} is no UTF-8 text: save it as CSV UTF-8 or as .xlsx") from None
    first = text.partition("\n")[0]
    mark = ";" if first.count(";") > first.count(",") else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    return [[GUARDED.sub("", value) for value in row] for row in rows]
