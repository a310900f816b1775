"""The report as PDF, set by typst; words reach it as JSON, so that no title can be markup.

Fonts are those of the machine with typst's own behind them: a machine without fonts still gives a complete document.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typst

from monitor.charts import render_png
from monitor.errors import Busy, JobError
from monitor.report.document import Block, Cell, Document, Figure, Link, Note, Points, Table, Text

MAIN, MADE = "main.typ", "made.pdf"
SETTER = f"""
import sys, typst
try:
    typst.compile(sys.argv[1] + "/{MAIN}", sys.argv[1] + "/{MADE}", root=sys.argv[1], format="pdf")
except typst.TypstError as error:
    sys.exit(str(error))
"""
SETTING = threading.Lock()
LIMIT = 600.0  # seconds that one document may take; a book of 1,500 articles takes a hundredth of it
PATIENCE = 60.0  # seconds to wait for the document before; a browser would give up soon after
TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


def render_pdf(document: Document) -> bytes:
    """Return the report as PDF. Raises JobError when typst refuses."""
    pictures: dict[str, bytes] = {}
    data = {
        name: getattr(document, name)
        for name in ("title", "period", "status", "regency", "office", "number", "lang", "note_head")
    }
    data["sections"] = [
        {"title": section.title, "blocks": [_plain(block, pictures) for block in section.blocks]}
        for section in document.sections
    ]
    return compile_typst("report.typ", data, pictures)


def compile_typst(template: str, data: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """Set a template of ``monitor/templates`` with ``data`` as data.json and other files beside it.

    In a process of its own, one at a time: typst keeps what it needed for the last documents, and a month takes
    hundreds of megabytes. Raises Busy where the one before is not done in time, JobError.
    """
    with laid_out(template, data, files) as root, taking_turn():
        command = [sys.executable, "-c", SETTER, str(root)]
        try:
            done = subprocess.run(command, capture_output=True, check=False, timeout=LIMIT)
        except subprocess.TimeoutExpired:
            told = f"typst took longer than {LIMIT:.0f} s over {template} and was stopped"
            raise JobError(f"{told}: narrow the period or the filter, or ask when the machine has less to do") from None
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip() or f"it ended with {done.returncode} (memory?)"
            raise JobError(f"typst could not set {template}: {said}")
        return (root / MADE).read_bytes()


@contextmanager
def taking_turn() -> Iterator[None]:
    """Wait until no other document is being set here. Raises Busy."""
    if not SETTING.acquire(timeout=PATIENCE):
        raise Busy(f"another document is still being set after {PATIENCE:.0f} s: ask again in a few minutes")
    try:
        yield
    finally:
        SETTING.release()


def can_set(template: str, data: Mapping[str, Any], files: Mapping[str, bytes]) -> bool:
    """Say whether typst takes something small."""
    with laid_out(template, data, files) as root:
        try:
            typst.compile(root / MAIN, root=root, format="pdf")
        except typst.TypstError:
            return False
    return True


@contextmanager
def laid_out(template: str, data: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[Path]:
    """Give a folder with a template and what it asks for."""
    with tempfile.TemporaryDirectory(prefix="pantau-") as folder:
        root = Path(folder)
        (root / MAIN).write_bytes((TEMPLATES / template).read_bytes())
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for name, content in files.items():
            (root / name).write_bytes(content)
        yield root


def _plain(block: Block, pictures: dict[str, bytes]) -> dict[str, Any]:
    match block:
        case Text(text, style):
            return {"kind": "text", "text": text, "style": style}
        case Points(items):
            return {"kind": "points", "items": items}
        case Table(head, rows, numeric, widths):
            cells = [[_cell(cell) for cell in row] for row in rows]
            return {"kind": "table", "head": head, "rows": cells, "numeric": numeric, "widths": widths}
        case Figure(chart, alt, caption):
            name = f"chart-{len(pictures)}.png"
            pictures[name] = render_png(chart)
            return {"kind": "figure", "file": name, "alt": alt, "caption": caption}
        case Note(_, text):
            return {"kind": "note", "text": text}


def _cell(cell: Cell) -> str | dict[str, str]:
    if isinstance(cell, Link):
        return {"text": cell.text, "url": cell.target} if cell.target else cell.text
    return cell
