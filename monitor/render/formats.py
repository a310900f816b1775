"""Picks the renderer of a digest by the name of its format, and loads no other."""

from __future__ import annotations

import json
from typing import Literal

from monitor.digest.dataset import Dataset
from monitor.digest.views import STAFF, View, apply_view
from monitor.render.digest_words import build_sheet
from monitor.render.wording import Wording

TextFormat = Literal["text", "whatsapp", "html", "json"]
Format = Literal["text", "whatsapp", "html", "eml", "pdf", "json"]
PARTING = "\n\n" + "-" * 8 + "\n\n"  # between two messages; never part of one


def render_digest(data: Dataset, form: TextFormat, wording: Wording, view: View = STAFF) -> str:
    """Return the digest as text; JSON holds the facts themselves and does not depend on the language."""
    match form:
        case "json":
            return (
                json.dumps({**apply_view(data, view).to_json(), "view": str(view)}, ensure_ascii=False, indent=1) + "\n"
            )
        case "html":
            from monitor.render.digest_html import render_html

            return render_html(build_sheet(data, wording, view))
        case "whatsapp":
            from monitor.render.digest_whatsapp import render_parts

            return PARTING.join(render_parts(data, wording, view)) + "\n"
        case "text":
            from monitor.render.digest_text import render_text

            return render_text(build_sheet(data, wording, view))


def render_file(data: Dataset, form: Format, wording: Wording, view: View = STAFF) -> bytes:
    """Return the digest as the bytes of a file, in any format."""
    match form:
        case "eml":
            from monitor.render.digest_mail import build_mail

            return build_mail(data, wording, view).as_bytes()
        case "pdf":
            from monitor.render.digest_pdf import render_pdf

            return render_pdf(build_sheet(data, wording, view))
        case _:
            return render_digest(data, form, wording, view).encode()
