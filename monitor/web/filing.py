"""What is filed for a month: the media report in its forms, and the clipping book; made when they are asked for."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from db.queries.filters import ArticleFilter
from monitor.clipping import load_book, render_book, write_span
from monitor.clock import find_today
from monitor.errors import Busy
from monitor.report.dataset import Report
from monitor.report.month import Month, parse_month
from monitor.report.run import load_frozen, make_report, render_report
from monitor.web.files import give_file
from monitor.web.refusals import NotFound, Occupied, refusing
from monitor.web.visit import Reading, Visit

router = APIRouter()
ENTRIES = 1000  # articles of a clipping book; it says so itself when it leaves some out


@router.get("/filing")
def give_filing(
    visit: Reading,
    month: Annotated[str, Query(max_length=10)] = "",
    form: Literal["docx", "pdf", "xlsx", "clipping"] = "pdf",
    edition: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    """Make and give the report of a month, or its clipping book; or the report that was frozen as an ``edition``."""
    office = visit.office
    try:
        if form == "clipping":
            chosen = read_month(visit, month)
            return give_file(bind_clippings(visit, chosen), f"kliping-{office.profile.id}-{chosen}.pdf")
        data = find_report(visit, edition) if edition else make_report(visit.store, office, read_month(visit, month))
        body = render_report(data, form, visit.wording, office)
    except Busy as fault:
        say = visit.wording.say
        told = say("Laporan lain masih disusun. Yang ini belum dibuat; minta lagi beberapa menit kemudian.")
        raise Occupied(told, str(fault)) from fault
    return give_file(body, f"laporan-{edition or f'{office.profile.id}-{data.month}'}.{form}")


def find_report(visit: Visit, ident: str) -> Report:
    """Return a report as it was frozen. Raises NotFound."""
    with refusing(visit.wording.say("Tidak ada edisi {id} yang dapat ditampilkan.", id=ident), NotFound):
        return load_frozen(visit.store, ident)


def read_month(visit: Visit, text: str) -> Month:
    """Return the month that was asked for. Raises Refused."""
    told = visit.wording.say(
        "Bulan {month} tidak dapat dipakai: tulis tahun-bulan, misalnya {today}, tidak sesudah bulan ini.",
        month=text,
        today=f"{find_today(visit.office.zone, visit.now):%Y-%m}",
    )
    with refusing(told):
        return parse_month(text, visit.office.zone, visit.now)


def bind_clippings(visit: Visit, month: Month) -> bytes:
    """Return the clipping book of the articles about the regency of a month."""
    zone = visit.office.zone
    wanted = ArticleFilter(since=month.start(zone), until=month.end(zone), about=("subject",))
    book = load_book(visit.store, visit.office, wanted, ENTRIES)
    return render_book(book, visit.office, write_span(wanted, book, visit.office), visit.wording)
