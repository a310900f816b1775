"""Rows to files and screens: table, CSV that an Indonesian Excel opens by double click, XLSX, JSON, JSON Lines.

Cells that a spreadsheet would run as a formula are written so that it does not (https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from monitor.render.wording import flatten

Rows = Iterable[Mapping[str, Any]]
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # what ends or garbles a cell; tabs and lines stay
CELL_CHARS = 32767  # what one spreadsheet cell can hold
EXCEL_ROWS = 1_048_575
SHOWN = 60  # characters of a cell on a screen; the last column has room for all


def write_jsonl(rows: Rows, stream: TextIO) -> None:
    """Write one JSON object per line."""
    for row in rows:
        stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_json(value: object, stream: TextIO) -> None:
    """Write one JSON value, such as a list of rows."""
    json.dump(value, stream, ensure_ascii=False, indent=1)
    stream.write("\n")


def write_csv(rows: Rows, columns: Sequence[str], stream: TextIO) -> None:
    """Write CSV with byte order mark, semicolons and CRLF: what Excel expects where the decimal mark is a comma."""
    stream.write("\ufeff")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_csv_cell(row.get(column)) for column in columns])


def render_xlsx(rows: Rows, columns: Sequence[str], sheet: str) -> bytes:
    """Return a workbook with one sheet: frozen head, filter, widths by content; text is never formula or link."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(sheet[:31])
    page.write_row(0, 0, columns, book.add_format({"bold": True, "bottom": 1}))
    widths, last = [len(column) + 2 for column in columns], 0
    for number, row in enumerate(rows, 1):
        if number > EXCEL_ROWS:
            page.write_string(last, 0, "…")  # says that more rows exist; CSV and JSON Lines have no end
            break
        last = number
        for place, column in enumerate(columns):
            value = _flat(row.get(column))
            page.write(number, place, value[:CELL_CHARS] if isinstance(value, str) else value)
            widths[place] = min(60, max(widths[place], len(str(value if value is not None else ""))))
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(last, 1), len(columns) - 1)
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    book.close()
    return buffer.getvalue()


def write_table(rows: Rows, columns: Sequence[str], stream: TextIO) -> None:
    """Write aligned columns for a person."""
    table = [dict(row) for row in rows]
    cells = [[_shown(row.get(column), None if column == columns[-1] else SHOWN) for column in columns] for row in table]
    widths = [max([len(column), *(len(line[i]) for line in cells)]) for i, column in enumerate(columns)]
    numeric = [
        bool(table) and all(isinstance(row.get(column), int | float | None) for row in table) for column in columns
    ]
    for line in (columns, *cells):
        stream.write(_table_line(line, widths, numeric) + "\n")


def _table_line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    return "  ".join(c.rjust(w) if n else c.ljust(w) for c, w, n in zip(cells, widths, numeric, strict=True)).rstrip()


def _shown(value: Any, most: int | None) -> str:
    value = _flat(value)
    text = "" if value is None else f"{value:.2f}" if isinstance(value, float) else flatten(str(value))
    return text if most is None or len(text) <= most else text[: most - 1] + "…"


def _flat(value: Any) -> Any:
    """Return a value that fits one cell: lists are joined, objects written as JSON."""
    if isinstance(value, bool):
        return "ya" if value else ""
    if isinstance(value, list | tuple):
        return ", ".join(str(_flat(part)) for part in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) else value


def _csv_cell(value: Any) -> Any:
    value = _flat(value)
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".").replace(".", ",")
    if isinstance(value, str):
        value = CONTROLS.sub(" ", value.replace("\r\n", "\n").replace("\r", "\n"))
        return "'" + value if value.startswith(FORMULA_STARTS) else value
    return value
