"""The pages of editions: what went out, as it went out, and freezing one by hand."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from db.connection import open_store
from db.queries.editions import list_editions
from monitor.clock import find_today
from monitor.digest.window import EDITIONS
from monitor.editions import REPORT, Frozen, build_edition, freeze_edition, load_edition
from monitor.render.formats import Format
from monitor.report.month import Month
from monitor.report.paper import SETTING
from monitor.web.digests import (
    Edition,
    Part,
    Place,
    Viewed,
    give_form,
    refuse_early,
    show_digest,
    show_five,
    show_items,
)
from monitor.web.refusals import NotFound, refusing
from monitor.web.visit import Editing, Reading, Visit

router = APIRouter()
LATEST = 60  # editions on the page
MONTHS = 13  # to choose a report of


@router.get("/editions")
def show_editions(visit: Reading) -> HTMLResponse:
    """List the editions as they went out, the latest first."""
    today = find_today(visit.office.zone, visit.now)
    months = [str(Month(today.year, today.month).shift(-back)) for back in range(MONTHS)]
    rows = list_editions(visit.store, EDITIONS, LATEST)
    reports = list_editions(visit.store, [REPORT], MONTHS)
    return visit.render("editions", rows=rows, reports=reports, months=months, busy=SETTING.locked())


@router.post("/editions")
def freeze_now(
    visit: Editing, day: Annotated[str, Form(max_length=20)], edition: Annotated[Edition, Form()]
) -> Response:
    """Keep the digest of a day as it stands now; nothing is sent."""
    on = visit.day(day)
    refuse_early(visit, on, edition)
    with open_store(visit.office.config.store) as store:
        frozen = freeze_edition(store, build_edition(store, visit.office, on, edition, visit.now))
    return RedirectResponse(f"/editions/{frozen}", 303)


@router.get("/editions/{ident}")
def show_edition(visit: Reading, ident: str) -> HTMLResponse:
    """Show an edition as it went out, every number leading to the articles that it counted then."""
    frozen = find_frozen(visit, ident)
    return show_digest(visit, frozen.data, place_of(frozen), visit.moment(frozen.created_at))


@router.get("/editions/{ident}/brief")
def show_frozen_five(visit: Reading, ident: str) -> HTMLResponse:
    """Show the five lines for the leadership as they went out."""
    frozen = find_frozen(visit, ident)
    return show_five(visit, frozen.data, place_of(frozen))


@router.get("/editions/{ident}/listed")
def show_frozen_items(visit: Reading, ident: str, part: Annotated[Part, Query()]) -> HTMLResponse:
    """List the articles behind a number of an edition, as they stood when it went out."""
    frozen = find_frozen(visit, ident)
    return show_items(visit, frozen.data, place_of(frozen), part)


@router.get("/editions/{ident}/digest.{form}")
def give_frozen(visit: Reading, ident: str, form: Format, view: Viewed = "staf") -> Response:
    """Give an edition as it went out, in one of its forms."""
    frozen = find_frozen(visit, ident)
    return give_form(visit, frozen.data, form, view, frozen.data.id)


def find_frozen(visit: Visit, ident: str) -> Frozen:
    """Return an edition as it went out. Raises NotFound."""
    with refusing(visit.wording.say("Tidak ada edisi {id} yang dapat ditampilkan.", id=ident), NotFound):
        return load_edition(visit.store, ident)


def place_of(frozen: Frozen) -> Place:
    """Return where an edition is found."""
    return Place(frozen.data.day, frozen.data.edition, frozen.id)
