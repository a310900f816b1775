"""A digest as one HTML page that mail programs show as well: inline styles, tables, no scripts, nothing loaded."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from monitor.render.sheet import Sheet


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("monitor.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render_html(sheet: Sheet, picture: str | None = None) -> str:
    """Return the whole page; ``picture`` is the address (``cid:`` in mail) of the chart drawn by ``digest_pdf``,
    without which it is drawn by table cells.
    """
    blocks = [(type(block).__name__, block) for block in sheet.blocks]
    return _environment().get_template("digest.html.j2").render(s=sheet, blocks=blocks, picture=picture)
