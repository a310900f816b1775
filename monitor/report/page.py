"""The report as one HTML page: pictures inside, nothing loaded, readable on a phone and printable."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from monitor.charts import render_svg
from monitor.render.environment import load_environment
from monitor.report.document import Block, Document, Section

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


def render_html(document: Document) -> str:
    """Return the whole page."""

    def blocks(section: Section) -> list[tuple[str, Block]]:
        return [(type(block).__name__, block) for block in section.blocks]

    template = load_environment(TEMPLATES).get_template("report.html.j2")
    # a chart comes from vl-convert, which escapes the names in it
    return template.render(d=document, blocks=blocks, svg=lambda chart: Markup(render_svg(chart)))
