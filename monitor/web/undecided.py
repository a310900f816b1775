"""The queue of names of which the machine could not say whose they are: a person says so, with one tap or a name."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse

from db.connection import open_store, writing
from db.corrections import UNDECIDED
from db.queries.articles import count_articles, find_article, iter_articles
from db.queries.filters import ArticleFilter
from monitor.corrections import correct
from monitor.render import labels
from monitor.web.asked import PAGE, add_query, own_path
from monitor.web.doubts import Field, list_doubts
from monitor.web.naming import find_key
from monitor.web.reading import LOOKED_AT, load_article
from monitor.web.refusals import Refused, refusing
from monitor.web.visit import Editing, Reading, Visit

router = APIRouter()
Short = Annotated[str, Form(max_length=400)]
NOBODY = "-"


@router.get("/review/names")
def show_doubts(
    visit: Reading,
    page: Annotated[int, Query(ge=1, le=1000)] = 1,
    of: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> HTMLResponse:
    """Show the articles with such names, the newest first; ``of`` is the one in which one was settled last."""
    wanted = replace(doubts_of(visit), limit=PAGE, offset=(page - 1) * PAGE)
    rows = [{**row, "doubts": list(list_doubts(row, visit.names))} for row in iter_articles(visit.store, wanted)]
    total = count_articles(visit.store, wanted)
    settled = find_article(visit.store, of) if of else None
    return visit.render(
        "names", rows=rows, total=total, page=page, pages=max(1, -(-total // PAGE)), settled=settled
    )


def doubts_of(visit: Visit) -> ArticleFilter:
    """Return the filter of articles with names that nobody has settled, the newest first."""
    return ArticleFilter(since=visit.now - LOOKED_AT, undecided=True, newest_first=True)


@router.post("/articles/{number}/names")
def settle_name(
    visit: Editing, number: int, field: Annotated[Field, Form()], words: Short, pick: Short = "", value: Short = "",
    back: Short = "/review/names",
) -> RedirectResponse:  # fmt: skip
    """Store what a name means: ``pick`` an entry of the registry, or nobody of ours; else what was typed."""
    article, path, say = load_article(visit, number), own_path(back), visit.wording.say
    said = pick or value.strip()
    if not said:
        raise Refused(say("Pilih atau ketik namanya, atau tekan Bukan milik kami."))
    known = visit.names.opd if field == "opd" else visit.names.places
    key = "" if said == NOBODY else find_key(visit.wording, say(labels.FIELDS[field]), known, said)
    told = say("Nama itu sudah tidak ada di artikel ini. Muat ulang halamannya.")
    with refusing(told), closing(open_store(visit.office.config.store)) as store, writing(store):
        names, by = visit.office.names, visit.person.name
        correct(store, names, article, UNDECIDED, "add", [words], by, "")
        if key:
            correct(store, names, article, field, "add", [key], by, "")
    return RedirectResponse(add_query(path, {"saved": UNDECIDED, "of": number}), 303)
