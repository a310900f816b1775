"""Marking what a digest lists as answered: one entry with one tap, or several at once, each a correction of its own."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse
from pydantic import StringConstraints

from db.connection import open_store, writing
from db.corrections import ANSWERED, find_answered
from monitor.corrections import Said, correct
from monitor.web.asked import add_query, own_path
from monitor.web.reading import load_article
from monitor.web.refusals import Refused, refusing
from monitor.web.visit import Editing

router = APIRouter()
MOST = 200  # entries at once
# the numbers of the articles of one entry
Entry = Annotated[str, StringConstraints(pattern=r"^\d{1,18}(,\d{1,18})*$", max_length=2000)]


@router.post("/answered")
def save_answers(
    visit: Editing,
    number: Annotated[list[Entry] | None, Form(max_length=MOST)] = None,
    only: Annotated[Entry | None, Form()] = None,
    action: Annotated[Literal["set", "revert"], Form()] = "set",
    value: Annotated[str, Form(max_length=200)] = "",
    back: Annotated[str, Form(max_length=400)] = "/",
) -> RedirectResponse:
    """Store that the entries which were ticked are answered, or only the one whose button was pressed, and go back.

    What is answered already stays as it was said; ``revert`` takes back what was just said. Raises Refused.
    """
    say, path = visit.wording.say, own_path(back)
    chosen = [only] if only else number or []
    ids = list(dict.fromkeys(int(one) for entry in chosen for one in entry.split(",")))
    if not ids:
        raise Refused(say("Belum ada yang dipilih: centang dulu yang sudah ditanggapi."))
    articles = [load_article(visit, one) for one in ids]
    words = [value.strip() or say("ditandai selesai dari halaman Hari ini")] if action == "set" else []
    told = say("Penandaan itu tidak dapat disimpan. Muat ulang halamannya, lalu coba lagi.")
    with refusing(told), open_store(visit.office.config.store) as store, writing(store):
        before = find_answered(store)
        done = [article for article in articles if (article["id"] in before) == (action == "revert")]
        for article in done:
            correct(store, visit.office.names, article, Said(ANSWERED, action, words, visit.person.name))
    saved = {"saved": ANSWERED if action == "set" else "", "of": ",".join(str(article["id"]) for article in done)}
    return RedirectResponse(add_query(path, saved), 303)
