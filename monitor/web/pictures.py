"""What a clip shows: its photo as it was given, the pages of a PDF drawn, so that a browser has something to show."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from crawlers.errors import EvidenceError
from db.queries.articles import find_article
from monitor.errors import InputError
from monitor.evidence import read_page
from monitor.scan import PAGES, PDF, PICTURES, count_pages, draw_page, tell_kind
from monitor.web.refusals import NotFound
from monitor.web.visit import Reading, Visit

router = APIRouter()
SHOWN = (PICTURES[".jpg"], PICTURES[".png"], PICTURES[".webp"])  # by every browser


@router.get("/articles/{number}/picture")
def give_picture(visit: Reading, number: int, page: Annotated[int, Query(ge=1, le=PAGES)] = 1) -> Response:
    """Give the photo of a clip, or a page of its PDF as a picture."""
    body, kind = read_clip(visit, number)
    drawn = body if kind in SHOWN and page == 1 else draw_page(body, page) if kind == PDF else b""
    if not drawn:
        raise NotFound(visit.wording.say("Kliping ini tidak memiliki gambar itu."))
    return Response(drawn, media_type=kind if kind in SHOWN else PICTURES[".jpg"])


def list_pictures(visit: Visit, number: int) -> list[str]:
    """Return the addresses of what a clip shows; none for a text, or where its file is lost."""
    try:
        body, kind = read_clip(visit, number)
    except NotFound:
        return []
    pages = 1 if kind in SHOWN else min(count_pages(body), PAGES) if kind == PDF else 0
    return [f"/articles/{number}/picture?page={page}" for page in range(1, pages + 1)]


def read_clip(visit: Visit, number: int) -> tuple[bytes, str]:
    """Return a clip's file and of which kind it is. Raises NotFound."""
    row = find_article(visit.store, number)
    try:
        if row is None or row["origin"] != "clip":
            raise InputError(f"article {number} is no clip")
        _, body = read_page(visit.store, visit.office.config.evidence_folder, number, None)
    except (InputError, EvidenceError) as fault:
        raise NotFound(visit.wording.say("Kliping ini tidak memiliki gambar itu."), str(fault)) from fault
    return body, tell_kind(body[:1024])
