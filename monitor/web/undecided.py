"""The queue of names of which the machine could not say whose they are: a person says so, with one tap or a name."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse

from db.connection import open_store, writing
from db.corrections import UNDECIDED
from db.queries.articles import count_articles, iter_articles
from db.queries.filters import ArticleFilter
from db.rows import group_by
from monitor.corrections import Said, correct
from monitor.render import labels
from monitor.web.asked import add_query, own_path
from monitor.web.doubts import Doubt, Field, list_doubts
from monitor.web.naming import find_key
from monitor.web.reading import LOOKED_AT, load_article
from monitor.web.refusals import Refused, refusing
from monitor.web.visit import Editing, Reading, Visit

router = APIRouter()
Short = Annotated[str, Form(max_length=400)]
NOBODY = "-"
MOST = 200  # articles looked at for one page
Group = list[tuple[dict[str, object], Doubt]]  # the articles with one name, each with where it stands


@router.get("/review/names")
def show_doubts(visit: Reading, saved: Annotated[str, Query(max_length=80)] = "") -> HTMLResponse:
    """Show such names, those of offices first and then those of most articles; the places of a single one are folded
    away, for they are many and each settles little. ``saved`` once a name was settled.
    """
    wanted = replace(doubts_of(visit), limit=MOST)
    doubts = ((row, doubt) for row in iter_articles(visit.store, wanted) for doubt in list_doubts(row, visit.names))
    groups = group_by(doubts, lambda found: (found[1].field, found[1].words))
    total = count_articles(visit.store, wanted)
    ordered = sorted(groups.values(), key=lambda group: (group[0][1].field != "opd", -len(group)))
    often, once = [group for group in ordered if not _is_rare(group)], list(filter(_is_rare, ordered))
    return visit.render("names", often=often, once=once, left=total - min(total, MOST), settled=bool(saved))


def _is_rare(group: Group) -> bool:
    return group[0][1].field == "places" and len(group) == 1


def doubts_of(visit: Visit) -> ArticleFilter:
    """Return the filter of articles with names that nobody has settled, the newest first."""
    return ArticleFilter(since=visit.now - LOOKED_AT, undecided=True, newest_first=True)


@router.post("/review/names")
def settle_name(
    visit: Editing,
    field: Annotated[Field, Form()],
    words: Short,
    number: Annotated[list[int], Form(max_length=MOST)],
    pick: Short = "",
    value: Short = "",
    back: Short = "/review/names",
) -> RedirectResponse:
    """Store what a name means in some articles: ``pick`` an entry of the registry, or nobody of ours; else what was
    typed.
    """
    articles, path, say = [load_article(visit, one) for one in number], own_path(back), visit.wording.say
    said = pick or value.strip()
    if not said:
        raise Refused(say("Pilih atau ketik namanya, atau tekan Bukan milik kami."))
    registry, what = visit.names.by_field[field], say(labels.FIELDS[field])
    key = "" if said == NOBODY else find_key(visit.wording, what, registry, said, visit.names.acronyms)
    told = say("Nama itu sudah tidak ada di artikel ini. Muat ulang halamannya.")
    with refusing(told), open_store(visit.office.config.store) as store, writing(store):
        for article in articles:
            correct(store, visit.office.names, article, Said(UNDECIDED, "add", [words], visit.person.name))
            if key:
                correct(store, visit.office.names, article, Said(field, "add", [key], visit.person.name))
    return RedirectResponse(add_query(path, {"saved": UNDECIDED}) + f"#{UNDECIDED}", 303)
