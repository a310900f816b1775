"""The same data for programs, to read only: articles and counts as JSON, in the forms that the command line prints."""

from __future__ import annotations

from dataclasses import asdict, replace
from importlib.metadata import version
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.openapi.utils import get_openapi

from db.queries.articles import count_articles, iter_articles
from monitor.clock import find_today
from monitor.counts import build_counts
from monitor.coverage import find_coverage
from monitor.web.asked import Asked
from monitor.web.counting import Question
from monitor.web.reading import load_article
from monitor.web.visit import Reading

router = APIRouter(prefix="/api")
MOST = 500  # articles in one answer


class Wanted(Asked):
    """Conditions, and how many articles at most."""

    limit: Annotated[int, Query(ge=1, le=MOST)] = 100


@router.get("/openapi.json", include_in_schema=False)
def tell_form(_visit: Reading) -> dict[str, Any]:
    """Return the description of these addresses in the form of OpenAPI, to whoever may read them."""
    return get_openapi(title="Pantau", version=version("pantau"), routes=router.routes)


@router.get("/articles")
def list_articles(visit: Reading, asked: Annotated[Wanted, Query()]) -> dict[str, Any]:
    """Return one page of articles in the published form, the newest first, and how many there are in all."""
    offset = (asked.page - 1) * asked.limit
    wanted = replace(asked.to_filter(visit), limit=asked.limit, offset=offset)
    total = count_articles(visit.store, wanted)
    return {"total": total, "page": asked.page, "articles": list(iter_articles(visit.store, wanted))}


@router.get("/articles/{number}")
def show_article(visit: Reading, number: int) -> dict[str, Any]:
    """Return one article in the published form."""
    return load_article(visit, number)


@router.get("/counts")
def list_counts(visit: Reading, asked: Annotated[Question, Query()]) -> dict[str, Any]:
    """Return the rows of ``pantau counts``, the row of totals, the days they cover, and how far those were watched."""
    question, office = asked.dated(visit).bounded(find_today(visit.office.zone, visit.now)), visit.office
    wanted = question.to_filter(visit)
    found = build_counts(visit.store, [question.by], wanted, office.names, office.zone)
    covered = find_coverage(visit.store, office.chosen, office.zone, wanted.since, wanted.until)
    return {
        "since": question.since,
        "until": question.until,
        "rows": [{**row, "coverage": covered.word} for row in found.rows],
        "total": found.total,
        "coverage": {"watched": covered.word, **asdict(covered)},
    }
