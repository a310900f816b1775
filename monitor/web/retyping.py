"""The page on which a clip's headline and text are put right, beside the picture they were read from."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from db.connection import open_store, writing
from db.corrections import TEXTS, find_corrections
from monitor.annotate import read_anew
from monitor.clipped import retype_clip
from monitor.web.correcting import find_clash
from monitor.web.limits import LONGEST
from monitor.web.pictures import list_pictures
from monitor.web.reading import load_article
from monitor.web.refusals import Refused, refusing
from monitor.web.visit import Editing, Visit

router = APIRouter()
Headline = Annotated[str, Form(max_length=2000)]
Typed = Annotated[str, Form(max_length=LONGEST)]


@router.get("/articles/{number}/text")
def ask_text(visit: Editing, number: int) -> HTMLResponse:
    """Show headline and text of a clip as they stand, to be typed over."""
    return show_form(visit, load_clip(visit, number))


def show_form(
    visit: Visit, row: Mapping[str, Any], typed: Mapping[str, str] | None = None, by: str = ""
) -> HTMLResponse:
    """Show the form, with what was ``typed`` where somebody else, ``by`` name, has changed it meanwhile."""
    seen = max((one["id"] for one in find_corrections(visit.store, [row["id"]])), default=0)
    return visit.render(
        "retype",
        HTTPStatus.CONFLICT if by else HTTPStatus.OK,
        row=row,
        typed=typed or row,
        by=by,
        seen=seen,
        pictures=list_pictures(visit, row["id"]),
    )


@router.post("/articles/{number}/text")
def save_text(
    visit: Editing, number: int, title: Headline, text: Typed = "", seen: Annotated[int, Form()] = 0
) -> Response:
    """Store headline and text as they were typed, have them read anew, and show the article.

    ``seen`` is the last correction that stood on the page: what somebody else has changed since is shown first.
    """
    row = load_clip(visit, number)
    typed = {"title": title, "text": text}
    if row["text"] and not text.strip():
        raise Refused(visit.wording.say("Teks kliping tidak boleh dikosongkan."))
    with (
        refusing(visit.wording.say("Judul kliping tidak boleh dikosongkan.")),
        open_store(visit.office.config.store) as store,
    ):
        with writing(store):  # so that nobody else changes it between the look and the word
            clashes = (find_clash(store, number, field, seen, visit.person.name) for field in TEXTS)
            if by := next(filter(None, clashes), None):
                return show_form(visit, row, typed, by)
            ids = retype_clip(store, row, typed, visit.person.name)
        if ids:
            read_anew(store, visit.office.config, [number])
    return RedirectResponse(f"/articles/{number}?saved={'text' if ids else ''}", 303)


def load_clip(visit: Visit, number: int) -> dict[str, Any]:
    """Return a clip in the published form. Raises NotFound; Refused for what was gathered."""
    row = load_article(visit, number)
    if row["origin"] != "clip":
        raise Refused(visit.wording.say("Teks berita yang diambil dari situsnya tetap sebagaimana diterbitkan."))
    return row
