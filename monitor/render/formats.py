"""Picks the renderer of a digest by the name of its format."""

from __future__ import annotations

import json
from typing import Literal

from monitor.digest.dataset import Dataset
from monitor.render.digest_html import render_html
from monitor.render.digest_text import render_text
from monitor.render.digest_whatsapp import render_parts
from monitor.render.wording import Wording

Format = Literal["text", "whatsapp", "html", "json"]
PARTING = "\n\n" + "-" * 8 + "\n\n"  # between two messages; never part of one


def render_digest(data: Dataset, form: Format, wording: Wording) -> str:
    """Return the digest in a format; JSON holds the dataset itself and does not depend on the language."""
    match form:
        case "json":
            return json.dumps(data.to_json(), ensure_ascii=False, indent=1) + "\n"
        case "html":
            return render_html(data, wording)
        case "whatsapp":
            return PARTING.join(render_parts(data, wording)) + "\n"
        case "text":
            return render_text(data, wording)
