"""A digest as PDF, and its chart as PNG for mail, both drawn by typst (https://typst.app/docs) from one template.

The words travel as JSON and are never read as markup, so that no title can be anything but a title.
"""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from monitor.render.sheet import Block, Columns, Entry, Listing, Sheet
from monitor.render.wording import soften

TEMPLATE = files("monitor.render") / "templates" / "digest.typ"
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # time of making in the file: the same edition is the same PDF
PIXELS_PER_INCH = 192.0  # sharp on a phone
ALWAYS = "Libertinus Serif"


def render_pdf(sheet: Sheet) -> bytes:
    """Return the digest on A4 pages."""
    import typst

    return _whole(
        typst.compile(TEMPLATE.read_bytes(), format="pdf", sys_inputs={"sheet": _to_json(sheet)}, timestamp=EPOCH)
    )


def render_chart(sheet: Sheet) -> bytes | None:
    """Return the column chart of the sheet as PNG, None when it has none."""
    charts = tuple(block for block in sheet.blocks if isinstance(block, Columns))
    if not charts:
        return None
    import typst

    inputs = {"sheet": _to_json(replace(sheet, blocks=charts)), "chart": "1"}
    return _whole(typst.compile(TEMPLATE.read_bytes(), format="png", ppi=PIXELS_PER_INCH, sys_inputs=inputs))


def _to_json(sheet: Sheet) -> str:
    blocks = [{"kind": type(block).__name__, **list_facts(block)} for block in sheet.blocks]
    return json.dumps({**_list_fields(sheet), "blocks": blocks}, default=_list_fields)


def _list_fields(part: Sheet | Block) -> dict[str, Any]:
    """Return the fields of a part as they are; parts within it are left to the writer of JSON, who asks for them."""
    return {field.name: getattr(part, field.name) for field in fields(part)}


def list_facts(block: Block) -> dict[str, Any]:
    """Return what a block holds, as the template takes it.

    Each line of a listing comes as address, title and the rest in one piece, for which typst takes a quarter less than
    for putting the cells of 500 articles together itself.
    """
    if isinstance(block, Entry):
        return {**_list_fields(block), "address": soften(block.url)}
    if not isinstance(block, Listing):
        return _list_fields(block)
    lines = []
    for row, url in zip(block.rows, block.urls, strict=True):
        rest = [cell for number, cell in enumerate(row) if cell and number != block.title_column]
        lines.append((url, row[block.title_column], " · ".join(rest)))
    return {"lines": lines}


def _whole(made: object) -> bytes:
    """Return the file; typst gives a list where a document has several pages of pictures."""
    return made if isinstance(made, bytes) else bytes(made[0])  # type: ignore[index]
