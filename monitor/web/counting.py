"""The page of counts: one question, one table, and every number of it leads to its articles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Literal, get_args

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from db.queries.articles import count_articles
from db.queries.counts import TIME_DIMENSIONS
from db.queries.filters import IN_HEADLINE, ArticleFilter
from db.queries.lines import ROLES
from db.queries.names import find_outlets_to_choose
from monitor.clock import find_today
from monitor.counts import LISTED, Counts, build_counts, step
from monitor.coverage import find_coverage
from monitor.render import labels
from monitor.render.counts_text import TAGGED, say_code, say_coverage
from monitor.render.counts_xlsx import render_xlsx
from monitor.render.wording import Wording
from monitor.web.asked import HEADLINES, Asked
from monitor.web.files import give_file
from monitor.web.visit import Reading, Visit

router = APIRouter()
MANY = 100_000  # articles: whoever asks for more than a year of so many or more is told that it takes a while
YEAR = timedelta(days=366)
SHOWN = 300  # rows of a page, the largest; a workbook has them all
LATEST_DAYS = 30  # that are counted where no day is asked for
MANY_DAYS = 100  # beyond which a page counts by month, each leading to its days: three years of them are a megabyte
# columns whose articles a link can list, and how
LINKED: dict[str, dict[str, str]] = {
    "articles": {},
    "earned": {"channel": "earned"},
    "owned": {"channel": "owned"},
    "paid": {"channel": "paid"},
    **{tone: {"channel": "earned", "tone": tone} for tone in ("positif", "netral", "negatif")},
}


class Question(Asked):
    """What to count by, of which articles; without days those of the present month."""

    by: Literal[
        "opd", "pillar", "outlet", "tone", "channel", "kind", "place", "person", "speaker", "story",
        "day", "week", "month", "year",
    ] = "opd"  # fmt: skip
    form: Literal["page", "xlsx"] = "page"
    sure: bool = False  # of many articles too, which takes a while

    @property
    def is_long(self) -> bool:
        """Whether it is about more than a year."""
        last = date.fromisoformat(self.until) if self.until else date.max
        return not self.since or last - date.fromisoformat(self.since) > YEAR

    def folds(self, today: date) -> bool:
        """Say whether it asks for more days than a page shows."""
        last = min(date.fromisoformat(self.until), today) if self.until else today
        many = not self.since or (last - date.fromisoformat(self.since)).days >= MANY_DAYS
        return self.by == "day" and self.form == "page" and many

    def bounded(self, today: date) -> Question:
        """Return the question with the days it means, of articles about the regency."""
        about = self.values("about") or ["subject"]
        first = today - timedelta(days=LATEST_DAYS - 1)  # on the first of a month, that month alone would tell nothing
        days = {} if self.since or self.until else {"since": str(first), "until": str(today)}
        return self.model_copy(update={"about": about, **days})


@router.get("/counts")
def show_counts(visit: Reading, asked: Annotated[Question, Query()]) -> Response:
    """Count the articles of a period by one dimension."""
    today = find_today(visit.office.zone, visit.now)
    question = asked.dated(visit).bounded(today)
    wanted, wide = question.to_filter(visit), question.form == "xlsx"
    if question.is_long and not question.sure and count_articles(visit.store, wanted, MANY) == MANY:
        anyway = question.link("/counts", by=question.by, form=question.form, sure=1)
        return visit.render("long_count", question=question, many=MANY, anyway=anyway)
    shown = question.model_copy(update={"by": "month"}) if question.folds(today) else question
    found = build_counts(
        visit.store,
        [shown.by],
        wanted,
        visit.office.names,
        visit.office.zone,
        with_articles=wide,
        most=LISTED,
    )
    if wide:
        days = [str(day) for day in (found.since, found.until) if day]
        name = "-".join([visit.office.profile.id, question.by, *days]) + ".xlsx"
        return give_file(render_xlsx(found, visit.wording, _say_limits(visit, wanted)), name)
    return _show_table(visit, question, shown, found, bool(asked.since or asked.until))


def _show_table(visit: Visit, question: Question, shown: Question, found: Counts, chosen: bool) -> HTMLResponse:
    """Show the rows of what is ``shown``: the question, or its months, each leading to its days."""
    hidden = {shown.by, f"{shown.by}_name"}
    columns = [name for name in found.columns if name not in hidden]
    kept = found.rows if shown.by in TIME_DIMENSIONS else found.rows[:SHOWN]
    rows = [(name_row(row, shown.by, visit.wording), row, link_row(row, shown)) for row in kept]
    if shown is not question:
        for _, row, links in rows:
            links[""] = question.link("/counts", **bound_days(shown, row["month"]), by="day")
    return visit.render(
        "counts",
        question=question,
        shown=shown,
        days=MANY_DAYS,
        chosen=chosen,
        abouts=[visit.wording.say(labels.ABOUT[one]) for one in question.about if one in labels.ABOUT],
        dimensions=get_args(Question.model_fields["by"].annotation),
        columns=columns,
        rows=rows,
        left=len(found.rows) - len(rows),
        total=found.total,
        tagged=TAGGED,
        limits=_say_limits(visit, shown.to_filter(visit)),
        total_links={name: question.link(**more) for name, more in LINKED.items()},
        most=max((row["articles"] for row in found.rows), default=0),
        outlets=find_outlets_to_choose(visit.store, visit.office.chosen),
    )


def _say_limits(visit: Visit, wanted: ArticleFilter) -> list[str]:
    office = visit.office
    return say_coverage(
        find_coverage(visit.store, office.chosen, office.zone, wanted.since, wanted.until), visit.wording
    )


def name_row(row: Mapping[str, Any], by: str, wording: Wording) -> str:
    """Return what a row is called."""
    if by in TIME_DIMENSIONS and by != "year":
        return wording.month(row[by]) if by == "month" else wording.short_day(row[by])
    if by == "story" and row[by] is None:
        return wording.say(labels.ALONE)
    return str(row.get(f"{by}_name") or say_code(by, row[by], wording) or "–")


def link_row(row: Mapping[str, Any], question: Question) -> dict[str, str]:
    """Return the addresses of the articles behind the numbers of a row; none for what has no name."""
    key = row[question.by]
    if question.by in TIME_DIMENSIONS:
        own: dict[str, object] = bound_days(question, str(key))
    elif key is None:
        return {}
    else:
        own = _narrow(question, str(key))
    links = {name: {**own, **more} for name, more in LINKED.items()}
    if question.by == "opd":
        links |= {f"as_{role}": _narrow(question, str(key), role) for role in ROLES}
    if question.by in HEADLINES:
        links["in_headline"] = _narrow(question, str(key), IN_HEADLINE)
    told = {name: question.link(**more) for name, more in links.items() if row.get(name)}
    if question.by != "story" and row.get("stories"):  # which are counted by story
        told["stories"] = question.link("/counts", **own, by="story")
    return told


def _narrow(question: Question, key: str, how: str = "") -> dict[str, object]:
    """Return the conditions of a row, borne in a role or in the headline. Where the question asks for some of the same
    kind already, or for a role or headline, those hold as well: an article may have several.
    """
    by = question.by
    asked = (by in HEADLINES or by == "speaker") and question.values(by)
    if not (asked or question.role or question.headline):
        return {by: key, **({"headline": by} if how == IN_HEADLINE else {"role": how} if how else {})}
    if by not in HEADLINES and by != "speaker":
        return {by: key}
    return {"also": [*question.values("also"), ":".join(filter(None, (by, key, how)))]}


def bound_days(question: Question, key: str) -> dict[str, object]:
    """Return the first and last day of a day, week, month or year as counts write it, within those asked for."""
    first = date.fromisoformat((key + "-01-01")[:10] if len(key) < 10 else key)
    after = step(key, question.by)
    last = date.fromisoformat((after + "-01-01")[:10] if len(after) < 10 else after) - timedelta(days=1)
    until = min(last.isoformat(), question.until) if question.until else last.isoformat()
    return {"since": max(first.isoformat(), question.since), "until": until}
