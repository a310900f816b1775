"""A digest as one HTML page that mail programs show as well: inline styles, tables, no scripts, nothing loaded."""

from __future__ import annotations

from pathlib import Path

from monitor.render.environment import load_environment
from monitor.render.sheet import Sheet

TEMPLATES = Path(__file__).with_name("templates")


def render_html(sheet: Sheet, picture: str | None = None) -> str:
    """Return the whole page; ``picture`` is the address (``cid:`` in mail) of the chart drawn by ``digest_pdf``,
    without which it is drawn by table cells.
    """
    blocks = [(type(block).__name__, block) for block in sheet.blocks]
    return load_environment(TEMPLATES).get_template("digest.html.j2").render(s=sheet, blocks=blocks, picture=picture)
