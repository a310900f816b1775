"""A person's word on an article, as it is typed: names checked against the registries, then stored and obeyed at once.

What a correction means is ``db.corrections``'s; here is which ids exist, how a speaker is named, and the form in which
corrections become training data.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from getpass import getuser
from operator import itemgetter
from typing import Any

from db.annotations import save_correction
from db.connection import Store
from db.corrections import (
    ANSWERED,
    FIELDS,
    LINKS,
    SETS,
    SPEAKER,
    TEXTS,
    UNDECIDED,
    Correction,
    CorrectionRefused,
    find_corrections,
    list_in_force,
)
from db.queries.articles import find_article, iter_articles
from db.queries.filters import ArticleFilter
from db.rows import Row, group_by
from db.stories import link_article
from monitor.clipped import retype_clip
from monitor.clock import find_now
from monitor.errors import InputError, UnknownName, find_nearest
from monitor.names import Names
from nlp import similarity

NOUNS = {"opd": "OPD", "officials": "person", "places": "place", "pillars": "pillar"}
TAUGHT = ("pillars", "tone", "headline_tone", "kind")  # labels of the corpus, null where nobody spoke


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of one field of an article, as it was typed."""

    field: str
    action: str
    values: Sequence[str]
    by: str
    note: str = ""


def correct(store: Store, names: Names, article: Row, said: Said) -> list[int]:
    """Store what a person says of one field, one correction per value added or removed; return their ids.

    ``article`` is in the published form. Raises InputError for what cannot be meant, before anything is stored.
    """
    field = said.field
    if field not in FIELDS:
        near = find_nearest(field, FIELDS, 1)
        raise InputError(f"unknown field {field!r}: " + (f"did you mean {near[0]}?" if near else ", ".join(FIELDS)))
    ids = _retype(store, article, said) if field in TEXTS else _save(store, names, article, said)
    if field in (*LINKS, *TEXTS):
        link_article(store, article["id"], similarity)
    return ids


def wants_reading(said: Said) -> bool:
    """Say whether the machine has to read an article anew after what was said of it."""
    named = said.field in SETS and said.action in {"add", "set"}  # perhaps what was taken away before
    return said.field in TEXTS or named or (said.action == "revert" and said.field not in (*LINKS, ANSWERED))


def _retype(store: Store, article: Row, said: Said) -> list[int]:
    if said.action not in {"set", "revert"}:
        raise InputError(f"{said.field} of a clip: give what stands on the page, or --revert")
    typed = None if said.action == "revert" else " ".join(said.values)
    return retype_clip(store, article, {said.field: typed}, said.by, said.note)


def _save(store: Store, names: Names, article: Row, said: Said) -> list[int]:
    values, now = _check_values(store, names, article, said), find_now()
    said_of = (Correction(article["id"], said.field, value, said.action, said.by, said.note, now) for value in values)
    try:
        return [save_correction(store, correction) for correction in said_of]
    except CorrectionRefused as error:
        raise InputError(str(error)) from None


def _check_values(store: Store, names: Names, article: Row, said: Said) -> list[str | None]:
    """Return one value per correction to store."""
    field, values = said.field, said.values
    if said.action in {"clear", "revert"}:
        return [None]
    if field == SPEAKER:
        return [build_speaker(names, article, values)]
    if field == UNDECIDED:
        return [_find_words(article, value) for value in values]
    if field in SETS:
        ids = [part for value in values for part in value.replace(",", " ").split()]
        registry = names.by_field[field]
        for ident in ids:
            if ident not in registry and said.action != "remove":
                raise UnknownName(NOUNS[field], ident, registry, "pantau profile show")
        return [",".join(ids)] if said.action == "set" else list(ids)
    if len(values) != 1:
        raise InputError(f"{field} takes one value, not {len(values)}")
    return [str(_find_number(store, values[0])) if field in LINKS else values[0]]


def _find_words(article: Row, value: str) -> str:
    names = {name["text"] for name in article["not_opd"]}
    if value not in names:
        raise InputError(f"article {article['id']} has no refused name {value!r}: `pantau articles show` lists them")
    return value


def _find_number(store: Store, value: str) -> int:
    row = find_article(store, value)
    if row is None:
        raise InputError(f"no article {value!r}: name one by number or address, `pantau articles` lists them")
    return int(row["id"])


def build_speaker(names: Names, article: Row, values: Sequence[str]) -> str:
    """Return the correction of a quotation's speaker as JSON; ``values`` are its number (from 1) and a name or id."""
    quotes = article["quotes"]
    if len(values) < 2 or not values[0].isdecimal():
        raise InputError("name the quotation by its number and who spoke: `pantau correct ARTICLE speaker 2 NAME`")
    number, name = int(values[0]), " ".join(values[1:])
    if not 1 <= number <= len(quotes):
        raise InputError(f"article {article['id']} has {len(quotes)} quotations, none is number {number}")
    person = name if name in names.people else None
    words = quotes[number - 1]["text"]
    return json.dumps(
        {"quote": words, "speaker": names.people[person] if person else name, "speaker_id": person}, ensure_ascii=False
    )


def name_person() -> str:
    """Return who is at work: also where the command runs as the service's account, by sudo."""
    return os.environ.get("SUDO_USER") or getuser()


def find_replaced(store: Store, article_id: int, ids: Sequence[int]) -> list[Row]:
    """Return what other people had said of the article that held until the corrections ``ids``."""
    rows = find_corrections(store, [article_id])
    by = {row["by"] for row in rows if row["id"] in ids}
    standing = {row["id"] for row in list_in_force(rows)}
    before = list_in_force([row for row in rows if row["id"] not in ids])
    return [dict(row) for row in before if row["id"] not in standing and row["by"] not in by]


def list_corrections(store: Store, article_ids: Sequence[int] = ()) -> list[Row]:
    """Return corrections in the order they were made, ``in_force`` where no later one replaces them."""
    rows = find_corrections(store, article_ids)
    by_article = group_by(rows, itemgetter("article_id"))
    standing = {row["id"] for own in by_article.values() for row in list_in_force(own)}
    return [{**row, "in_force": row["id"] in standing} for row in rows]


def iter_examples(store: Store, place: str) -> Iterator[Row]:
    """Yield every corrected article as a row of the open corpus (``nlp/data/corpus/GUIDE.md``), by id.

    A label is null where no person spoke of it, so that nothing learns from the machine's own guesses; ``about`` is
    what stands. ``corrections`` holds what was said, also of fields that no model learns.
    """
    by_article = group_by((row for row in list_corrections(store) if row["in_force"]), itemgetter("article_id"))
    if not by_article:
        return
    for article in iter_articles(store, ArticleFilter(ids=tuple(sorted(by_article)))):
        own = by_article[article["id"]]
        spoken = {row["field"] for row in own}
        labels = {name: _label(article, name) if name in spoken else None for name in TAUGHT}
        shown = ("field", "action", "value", "before", "by", "note", "at")
        yield {
            "id": f"cor-{article['id']}",
            "type": "article",
            "title": article["title"],
            "text": article["text"],
            "about": article["about"],
            **labels,
            "place_context": place,
            "group": f"story-{article['story']}" if article["story"] else f"cor-{article['id']}",
            "corrections": [{name: row[name] for name in shown} for row in own],
        }


def _label(article: Row, name: str) -> Any:
    if name == "kind":
        return article["kind"]
    return sorted(tag["id"] for tag in article["pillars"]) if name == "pillars" else (article[name] or {}).get("label")
