"""Pages on which people overrule the machine: one article's labels, and the queue of what it was not sure of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse

from db.connection import Store, open_store, writing
from db.corrections import SPEAKER, find_corrections
from db.queries.articles import count_articles, find_article, iter_articles
from monitor.annotate import annotate_articles
from monitor.corrections import Said, correct, wants_reading
from monitor.render import labels
from monitor.render.wording import flatten
from monitor.web.asked import PAGE, add_query, own_path
from monitor.web.naming import find_key, find_keys
from monitor.web.reading import load_article, queue_of
from monitor.web.refusals import Refused, refusing
from monitor.web.visit import Editing, Reading, Visit

router = APIRouter()
Action = Literal["set", "clear", "add", "remove", "revert"]
Short = Annotated[str, Form(max_length=400)]
BEGINNING = 80  # characters by which a quotation is known


@router.post("/articles/{number}/corrections")
def save_corrections(
    visit: Editing,
    number: int,
    field: Short,
    action: Annotated[Action, Form()],
    value: Annotated[list[Short] | None, Form()] = None,
    note: Short = "",
    words: Short = "",
    seen: Annotated[int | None, Form()] = None,
    back: Short = "",
    pick: Short = "",
) -> RedirectResponse:
    """Store what a person says of one field, and go back to where it was said.

    ``seen`` is the last correction that stood on the page: when somebody else has spoken of the field since, nothing
    is stored and the page says so. When a typed name may mean several, the page asks which, and ``pick`` is the id
    chosen there. ``words`` are the beginning of the quotation whose speaker is corrected.
    """
    article = load_article(visit, number)
    path = own_path(back or f"/articles/{number}")
    say, registry = visit.wording.say, visit.names.by_field.get(field)
    values = [pick] if pick else [one for one in value or () if one.strip()]
    if field == SPEAKER and words and values:
        values[0] = find_quote(visit, article, words)
    if registry is not None and action == "add" and not pick:
        values, unclear = read_typed(visit, article, field, registry, values)
        if unclear:
            return RedirectResponse(add_query(path, {"unclear": field, "typed": unclear}) + f"#{field}", 303)
    told = say(
        "{field} tidak dapat diubah demikian; mungkin halamannya sudah lama terbuka. Muat ulang, lalu coba lagi.",
        field=say(labels.FIELDS.get(field, field)),
    )
    with refusing(told), open_store(visit.office.config.store) as store:
        with writing(store):  # so that nobody else speaks between the look and the word
            if seen is not None and (other := find_clash(store, number, field, seen, visit.person.name)):
                return RedirectResponse(f"/articles/{number}?{urlencode({'clash': other})}", 303)
            spoken = Said(field, action, values, visit.person.name, note.strip())
            correct(store, visit.office.names, article, spoken)
        if wants_reading(spoken):
            annotate_articles(store, visit.office.config, [number])
    there = add_query(path, {"saved": field, "of": number})
    return RedirectResponse(there + (f"#{field}" if path.startswith("/articles/") else ""), 303)


def read_typed(
    visit: Visit, article: dict[str, Any], field: str, registry: Mapping[str, str], said: Sequence[str]
) -> tuple[list[str], str]:
    """Return the ids of names as typed, or the first that may be several. Raises Refused where one may be none."""
    what, acronyms = visit.wording.say(labels.FIELDS[field]), visit.acronyms(article["published_at"])
    for one in said:
        found, clear = find_keys(registry, one, acronyms)
        if found and not clear:
            return [], one
    return [find_key(visit.wording, what, registry, one, acronyms) for one in said], ""


def find_quote(visit: Visit, article: dict[str, Any], words: str) -> str:
    """Return the number of the quotation that begins so: since the page was made they may have been read anew.

    Raises Refused.
    """
    for number, quote in enumerate(article["quotes"], 1):
        if flatten(quote["text"])[:BEGINNING] == words:
            return str(number)
    raise Refused(visit.wording.say("Kutipan itu sudah tidak ada di artikel ini. Muat ulang halamannya."))


def find_clash(store: Store, number: int, field: str, seen: int, me: str) -> str | None:
    """Return who else has spoken of a field since the correction ``seen``, or None."""
    rows = find_corrections(store, [number])
    return next((row["by"] for row in rows if row["id"] > seen and row["field"] == field and row["by"] != me), None)


@router.get("/review")
def show_review(
    visit: Reading,
    page: Annotated[int, Query(ge=1, le=1000)] = 1,
    of: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> HTMLResponse:
    """Show the articles whose tone the machine was not sure of, the newest first, to be settled with one tap; ``of``
    is the one that was settled last.
    """
    wanted = replace(queue_of(visit), limit=PAGE, offset=(page - 1) * PAGE)
    found = list(iter_articles(visit.store, wanted))
    said = find_corrections(visit.store, [row["id"] for row in found]) if found else []
    latest = {one["article_id"]: one["id"] for one in said}
    rows = [{**row, "seen": latest.get(row["id"], 0), "unsure": list(_list_unsure(row))} for row in found]
    total = count_articles(visit.store, wanted)
    settled = find_article(visit.store, of) if of else None
    return visit.render("review", rows=rows, total=total, page=page, pages=max(1, -(-total // PAGE)), settled=settled)


def _list_unsure(row: dict[str, object]) -> Iterator[str]:
    for field in ("tone", "headline_tone"):
        tone = row[field]
        if isinstance(tone, dict) and tone["review"]:
            yield field
