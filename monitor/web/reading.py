"""Pages that read: the articles, one article with all its marks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from textwrap import shorten
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from db.annotations import is_pending
from db.corrections import ANSWERED, TEXTS, UNDECIDED
from db.queries.articles import count_articles, find_article, find_ids, iter_articles
from db.queries.filters import ArticleFilter
from db.queries.month import load_copies_of
from db.queries.names import find_headlines, find_outlets_to_choose
from db.revisions import find_revisions
from monitor.clock import parse_instant
from monitor.corrections import list_corrections
from monitor.digest.items import find_channel, read_label
from monitor.names import Names
from monitor.render import labels
from monitor.render.reasons import say_about, say_cue, say_refusal
from monitor.render.revisions import render_diff
from monitor.render.wording import Wording, flatten
from monitor.web.asked import PAGE, Asked
from monitor.web.doubts import UNSETTLED, list_doubts
from monitor.web.marks import Mark, cut_paragraphs
from monitor.web.naming import find_keys
from monitor.web.pictures import list_pictures
from monitor.web.refusals import NotFound, Refused
from monitor.web.visit import Reading, Visit

router = APIRouter()
Row = Mapping[str, Any]
COUNTED = 50_000  # articles of a list, beyond which they are not counted: of a million that takes a second
LOOKED_AT = timedelta(days=90)  # what the machine was not sure of and is older has been reported long since
KIN = 8  # articles of the same story beside one
SHORT = 90  # characters of a text that somebody typed
OFFERED = 8  # names that what was typed may mean


@router.get("/articles")
def list_articles(visit: Reading, asked: Annotated[Asked, Query()]) -> HTMLResponse:
    """List the articles that meet the conditions, the newest first, a page at a time."""
    asked = asked.dated(visit)
    wanted = asked.to_filter(visit)
    if wanted.offset >= COUNTED:
        raise Refused(visit.wording.say("Daftar tidak berlanjut sejauh itu; persempit dengan saringan."))
    total = count_articles(visit.store, wanted, COUNTED)
    return visit.render(
        "articles",
        rows=list(iter_articles(visit.store, wanted)),
        total=total,
        bounded=total == COUNTED,
        pages=max(1, -(-total // PAGE)),
        asked=asked,
        outlets=find_outlets_to_choose(visit.store, visit.office.chosen),
        abouts=label_options(visit, labels.ABOUT),
        tones=label_options(visit, labels.TONES),
        channels=label_options(visit, labels.CHANNELS),
        story=find_headlines(visit.store, [asked.story]).get(asked.story) if asked.story else None,
    )


def label_options(visit: Visit, codes: Mapping[str, str]) -> dict[str, str]:
    """Return the codes of a label with their words, as a form offers them."""
    return {code: visit.wording.say(text) for code, text in codes.items()}


@router.get("/articles/{number}")
def show_article(
    visit: Reading,
    number: int,
    clash: Annotated[str, Query(max_length=80)] = "",
    saved: Annotated[str, Query(max_length=80)] = "",
    queue: bool = False,
    unclear: Annotated[str, Query(max_length=80)] = "",
    typed: Annotated[str, Query(max_length=400)] = "",
    unread: Annotated[str, Query(max_length=80)] = "",
) -> HTMLResponse:
    """Show an article with everything the machine saw in it and why, and what people said of it; within the queue of
    what is to be reviewed also the next one of it. What was ``typed`` may mean several names of
    the field that is ``unclear``; ``unread`` is what kept a clip's file from being read.
    """
    row = load_article(visit, number)
    before = replace(queue_of(visit), until=parse_instant(row["published_at"]), limit=1) if queue else None
    said = [{**one, "words": word_value(visit, one)} for one in list_corrections(visit.store, [number])]
    marks = list(list_marks(row, visit.office.names, visit.wording))
    clip = row["origin"] == "clip"
    versions = find_revisions(visit.store, number) if clip or row["revisions"] or row["withdrawn_at"] else []
    for version in versions:
        version["version_at"] = visit.moment(version["version_at"])
    return visit.render(
        "article",
        row=row,
        waiting=is_pending(visit.store, number),
        title=list(cut_paragraphs(row["title"], "title", marks)),
        text=list(cut_paragraphs(row["text"], "text", marks)),
        about_reasons=[say_about(why, visit.wording, visit.office.profile.name) for why in row["about_reasons"]],
        refused=list_refused(row, visit.wording),
        doubts=list(list_doubts(row, visit.names)),
        reasons=list(dict.fromkeys((row[m.part][m.start : m.end], m.why) for m in marks if m.what != "quote")),
        whats=[what for what in labels.MARKS if any(mark.what == what for mark in marks)],
        said=said,
        answered=next((one for one in said if one["field"] == ANSWERED and one["in_force"]), None),
        urgent=is_urgent(row),
        seen=max((one["id"] for one in said), default=0),
        pictures=list_pictures(visit, number) if clip else [],
        diff=render_diff(versions, visit.wording) if len(versions) > 1 else "",
        clash=clash if any(one["by"] == clash for one in said) else "",
        saved=saved,
        unclear=unclear,
        typed=typed,
        unread=labels.UNREAD.get(unread, ""),
        meant=find_keys(visit.names.by_field.get(unclear, {}), typed, visit.acronyms(row["published_at"]))[0][:OFFERED],
        queue=queue,
        next=next(iter(find_ids(visit.store, before)), None) if before else None,
        kin=list_kin(visit, row),
        copies=load_copies_of(visit.store, [number]),
    )


def is_urgent(row: Row) -> bool:
    """Say whether an article wants an answer: as the digest has it."""
    return (
        row["about"] == "subject"
        and not row["withdrawn_at"]
        and find_channel(row) == "earned"
        and "negatif" in {read_label(row["tone"]), read_label(row["headline_tone"])}
    )


def list_refused(row: Row, wording: Wording) -> list[tuple[str, str]]:
    """Return the names that were refused, each with its reason once; those in doubt are shown by themselves."""
    told = ((span["text"], span["reason"]) for span in row["not_opd"] if not span["reason"].startswith(UNSETTLED))
    return [(words, say_refusal(reason, wording)) for words, reason in dict.fromkeys(told)]


def word_value(visit: Visit, one: Row) -> str:
    """Return what a correction sets, adds or removes as the page says it: names and words instead of ids."""
    field, value = one["field"], one["value"] or ""
    if field in {UNDECIDED, ANSWERED}:
        return str(value)
    if field in TEXTS:
        return shorten(flatten(value), SHORT, placeholder=" …")
    if field == "speaker":
        return str(json.loads(value)["speaker"]) if value else ""
    words = {"tone": labels.TONES, "headline_tone": labels.TONES, "kind": labels.KINDS, "about": labels.ABOUT}
    if field in words:
        return visit.wording.say(words[field].get(value, value))
    dimension = {"opd": "opd", "officials": "person", "places": "place", "pillars": "pillar"}.get(field, "")
    return ", ".join(visit.names.name_of(dimension, key) for key in value.split(","))


def queue_of(visit: Visit) -> ArticleFilter:
    """Return the filter of what the machine was not sure of, the newest first."""
    return ArticleFilter(since=visit.now - LOOKED_AT, review=True, newest_first=True)


def list_kin(visit: Visit, row: Row) -> list[dict[str, Any]]:
    """Return other articles of an article's story, the newest first."""
    if not row["story"]:
        return []
    wanted = ArticleFilter(stories=(row["story"],), newest_first=True, limit=KIN + 1)
    return [other for other in iter_articles(visit.store, wanted) if other["id"] != row["id"]][:KIN]


def load_article(visit: Visit, number: int) -> dict[str, Any]:
    """Return an article in the published form. Raises NotFound."""
    row = find_article(visit.store, number)
    if row is None:
        raise NotFound(visit.wording.say("Tidak ada artikel nomor {number}.", number=number))
    return row


def list_marks(row: Row, names: Names, wording: Wording) -> Iterator[Mark]:
    """Yield what the machine saw in an article: names, the words that speak for its tags, quotations, refusals."""
    say = wording.say
    for group, what, registry in (
        ("opd", "opd", names.opd),
        ("officials", "official", names.people),
        ("places", "place", names.places),
    ):
        for entity in row[group]:
            name = registry.get(entity["id"], entity["id"])
            for span in entity["mentions"]:
                via = span["via"] or span["rule"]
                yield _mark(span, what, f"{name} ({say(labels.VIA[via]) if via in labels.VIA else via})")
    for pillar in row["pillars"]:
        name = names.pillars.get(pillar["id"], pillar["id"])
        yield from (_mark(span, "pillar", say("Pilar: {name}", name=name)) for span in pillar["evidence"])
    told = set()
    for field, what in (("tone", say("Nada")), ("headline_tone", say("Nada judul"))):
        tone = row[field] or {"evidence": ()}
        for span in tone["evidence"]:
            key = (tone["label"], span["in"], span["start"], span["end"])
            if key not in told:  # what speaks for the article's tone most often speaks for its headline's too
                told.add(key)
                why = f"{what} {say(labels.TONES[tone['label']])}: {say_cue(span['rule'], wording)}"
                yield _mark(span, "tone", why)
    for quote in row["quotes"]:
        speaker = quote["speaker"] or say("belum diketahui")
        yield _mark(quote, "quote", say("Kutipan dari {name}", name=speaker))
    for span in row["not_opd"]:
        yield _mark(span, "refused", say("Ditolak: {reason}", reason=say_refusal(span["reason"], wording)))


def _mark(span: Row, what: str, why: str) -> Mark:
    return Mark(span["in"], span["start"], span["end"], what, why)
