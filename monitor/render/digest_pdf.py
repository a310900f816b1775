"""A digest as PDF, and its chart as PNG for mail, both drawn by typst (https://typst.app/docs) from one template.

The words travel as JSON and are never read as markup, so that no title can be anything but a title.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from datetime import UTC, datetime
from importlib.resources import files
from itertools import groupby
from typing import Any

from monitor.render.sheet import Block, Columns, Entry, Listing, Sheet
from monitor.render.wording import soften

TEMPLATE = files("monitor.render") / "templates" / "digest.typ"
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # time of making in the file: the same edition is the same PDF
PIXELS_PER_INCH = 192.0  # sharp on a phone
SHORT = 12  # notes of an entry that is kept on one page; a longer one may be cut
# letters and marks that the fonts which typst brings along may lack
FOREIGN = re.compile(r"[^\0-\u017f\u200b\u2010-\u2027\u202f\u2190-\u2193\u2212]")


def render_pdf(sheet: Sheet) -> bytes:
    """Return the digest on A4 pages."""
    return _compile(_to_json(sheet), format="pdf", timestamp=EPOCH)


def render_chart(sheet: Sheet) -> bytes | None:
    """Return the column chart of the sheet as PNG, None when it has none."""
    charts = tuple(block for block in sheet.blocks if isinstance(block, Columns))
    if not charts:
        return None
    return _compile(_to_json(replace(sheet, blocks=charts)), chart="1", format="png", ppi=PIXELS_PER_INCH)


def _compile(facts: str, chart: str = "", **options: Any) -> bytes:
    """Return what typst makes of the template; a document of several pages of pictures is its first.

    Looking through the fonts of the machine takes it a sixth of a mail: they are asked only for what its own lack.
    """
    import typst

    inputs = {"sheet": facts, **({"chart": chart} if chart else {})}
    own = not FOREIGN.search(facts)
    made = typst.compile(TEMPLATE.read_bytes(), sys_inputs=inputs, ignore_system_fonts=own, **options)
    return made if isinstance(made, bytes) else bytes(made[0])


def _to_json(sheet: Sheet) -> str:
    blocks = [{"kind": type(block).__name__, **list_facts(block)} for block in sheet.blocks]
    return json.dumps({**_list_fields(sheet), "blocks": blocks}, default=_list_fields, ensure_ascii=False)


def _list_fields(part: Sheet | Block) -> dict[str, Any]:
    """Return the fields of a part as they are; parts within it are left to the writer of JSON, who asks for them."""
    return {field.name: getattr(part, field.name) for field in fields(part)}


def list_facts(block: Block) -> dict[str, Any]:
    """Return what a block holds, as the template takes it.

    The notes of an entry that look alike come as one piece, and so does all of a line of a listing but its title: of
    these there are thousands, which typst would take longer to put together.
    """
    if isinstance(block, Entry):
        alike = groupby(block.notes, lambda note: (note.style, note.url))
        notes = [(style, url, "\n".join(note.text for note in group)) for (style, url), group in alike]
        return {**_list_fields(block), "notes": notes, "short": len(block.notes) <= SHORT, "address": soften(block.url)}
    if not isinstance(block, Listing):
        return _list_fields(block)
    lines = []
    for row, url in zip(block.rows, block.urls, strict=True):
        rest = [cell for number, cell in enumerate(row) if cell and number != block.title_column]
        lines.append((url, row[block.title_column], " · ".join(rest)))
    return {"lines": lines}
