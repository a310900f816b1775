"""Pages on which people overrule the machine: one article's labels, and the queue of what it was not sure of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse

from db.connection import Store, open_store
from db.corrections import find_corrections
from db.queries.articles import count_articles, iter_articles
from db.queries.filters import ArticleFilter
from monitor.annotate import annotate_articles
from monitor.corrections import correct
from monitor.web.asked import PAGE, own_path
from monitor.web.reading import load_article
from monitor.web.visit import Editing, Reading

router = APIRouter()
Action = Literal["set", "clear", "add", "remove", "revert"]
Short = Annotated[str, Form(max_length=400)]
LOOKED_AT = timedelta(days=90)  # what is older has been reported long since


@router.post("/articles/{number}/corrections")
def save_corrections(
    visit: Editing,
    number: int,
    field: Short,
    action: Annotated[Action, Form()],
    value: Annotated[list[Short] | None, Form()] = None,
    note: Short = "",
    seen: Annotated[int | None, Form()] = None,
    back: Short = "",
) -> RedirectResponse:
    """Store what a person says of one field, and go back to where it was said.

    ``seen`` is the last correction that stood on the page: when somebody else has spoken of the field since, nothing
    is stored and the page says so.
    """
    article = load_article(visit, number)
    path = own_path(back or f"/articles/{number}")
    if seen is not None and (other := find_clash(visit.store, number, field, seen, visit.person.name)):
        return RedirectResponse(f"/articles/{number}?{urlencode({'clash': other})}", 303)
    values = [one for one in value or () if one.strip()]
    with closing(open_store(visit.office.config.store)) as store:
        correct(store, visit.office.names, article, field, action, values, visit.person.name, note.strip())
        if action == "revert":
            annotate_articles(store, visit.office.config, [number])
    return RedirectResponse(f"{path}#{field}" if path.startswith("/articles/") else path, 303)


def find_clash(store: Store, number: int, field: str, seen: int, me: str) -> str | None:
    """Return who else has spoken of a field since the correction ``seen``, or None."""
    rows = find_corrections(store, [number])
    return next((row["by"] for row in rows if row["id"] > seen and row["field"] == field and row["by"] != me), None)


@router.get("/review")
def show_review(visit: Reading, page: Annotated[int, Query(ge=1, le=1000)] = 1) -> HTMLResponse:
    """Show the articles whose tone the machine was not sure of, the newest first, to be settled with one tap."""
    wanted = ArticleFilter(
        since=visit.now - LOOKED_AT, review=True, newest_first=True, limit=PAGE, offset=(page - 1) * PAGE
    )
    rows = [{**row, "unsure": list(_list_unsure(row))} for row in iter_articles(visit.store, wanted)]
    total = count_articles(visit.store, wanted)
    return visit.render("review", rows=rows, total=total, page=page, pages=max(1, -(-total // PAGE)))


def _list_unsure(row: dict[str, object]) -> Iterator[str]:
    for field in ("tone", "headline_tone"):
        tone = row[field]
        if isinstance(tone, dict) and tone["review"]:
            yield field
