"""The pages of editions: what went out, as it went out, and freezing one by hand."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from db.connection import open_store
from db.queries.editions import list_editions
from monitor.clock import find_today, parse_day
from monitor.digest.views import STAFF, parse_view
from monitor.digest.window import EDITIONS
from monitor.editions import build_edition, freeze_edition, load_edition
from monitor.render.digest_whatsapp import render_parts
from monitor.render.formats import Format, render_file
from monitor.report.month import Month
from monitor.web.reading import Edition, give_file
from monitor.web.visit import Editing, Reading

router = APIRouter()
LATEST = 60  # editions on the page
MONTHS = 13  # to choose a report of


@router.get("/editions")
def show_editions(visit: Reading) -> HTMLResponse:
    """List the editions as they went out, the latest first."""
    today = find_today(visit.office.zone, visit.now)
    months = [str(Month(today.year, today.month).shift(-back)) for back in range(MONTHS)]
    return visit.render("editions", rows=list_editions(visit.store, EDITIONS, LATEST), months=months)


@router.post("/editions")
def freeze_now(
    visit: Editing, day: Annotated[str, Form(max_length=20)], edition: Annotated[Edition, Form()]
) -> Response:
    """Keep the digest of a day as it stands now; nothing is sent."""
    on = parse_day(day, "day", visit.office.zone, visit.now)
    with closing(open_store(visit.office.config.store)) as store:
        frozen = freeze_edition(store, build_edition(store, visit.office, on, edition, visit.now))
    return RedirectResponse(f"/editions/{frozen}", 303)


@router.get("/editions/{ident}")
def show_edition(visit: Reading, ident: str) -> HTMLResponse:
    """Show an edition: its numbers, its text for a chat, and the files of it."""
    frozen = load_edition(visit.store, ident)
    return visit.render("edition", frozen=frozen, parts=render_parts(frozen.data, visit.wording, STAFF))


@router.get("/editions/{ident}/digest.{form}")
def show_frozen(
    visit: Reading, ident: str, form: Format, view: Annotated[str, Query(max_length=80)] = "staf"
) -> Response:
    """Give an edition as it went out, in one of its forms."""
    frozen = load_edition(visit.store, ident)
    body = render_file(frozen.data, form, visit.wording, parse_view(view, visit.office.names.opd))
    return give_file(body, form, frozen.data.id)
