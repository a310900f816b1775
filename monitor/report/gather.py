"""Reads what a month's report is built from, in one snapshot of the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from db.connection import Store, reading
from db.corrections import find_answered
from db.queries import month as queries
from db.queries.editions import count_told
from db.queries.filters import ArticleFilter
from db.queries.names import find_outlet_names, find_unread_outlets
from db.rows import Row
from db.runs import find_beginning, find_pauses
from monitor.coverage import BEGINNING, PATIENCE
from monitor.editions import REPORT
from monitor.jobs import GATHERING
from monitor.office import Office
from monitor.report.month import Month
from monitor.watch import NO_LOSS

STOOD_STILL = "stood_still"


@dataclass(frozen=True, slots=True)
class Facts:
    """Stored rows of a month, and what it is compared with."""

    month: Month
    now: datetime
    articles: Sequence[Row]
    tags: Sequence[Row]
    quotes: Sequence[Row]
    copies: Sequence[Row]  # of any of these articles, whenever published
    watched: frozenset[str]  # months of which anything at all is stored
    months: Sequence[Row]  # month, channel, articles of the year up to this month
    began_at: str | None  # when gathering began (stored form); None: never
    outlets_before: Mapping[str, int]  # outlet -> articles of the month before
    read_before: Mapping[str, int]  # likewise, whatever they are about
    outlets_now: Mapping[str, int]
    outages: Sequence[Row]
    neighbours: Sequence[tuple[str, int]]
    not_annotated: int
    outlet_names: Mapping[str, str]
    unread: frozenset[str]  # outlets that no crawl has read yet
    later: Sequence[Row]  # what came since of the stories in which a newsroom was negative, for it may be an answer
    later_quotes: Sequence[Row]
    earlier: Sequence[Row]  # of the same stories, what newsrooms wrote negatively before the month
    told_before: int | None  # articles of the month before, by its last frozen report
    answered: Mapping[int, str]  # articles of which people said that they are answered, since when (stored form)


def load_facts(store: Store, office: Office, month: Month, now: datetime) -> Facts:
    """Read everything a report needs."""
    zone = office.zone
    start, end = month.start(zone), month.end(zone)
    wanted = ArticleFilter(since=start, until=end, about=("subject",))
    year = ArticleFilter(since=month.shift(-12).start(zone), until=end, about=("subject",))
    before, anything = month.shift(-1), replace(year, about=())
    shift = start.astimezone(zone).utcoffset() or timedelta()
    with reading(store):
        articles = queries.load_articles(store, wanted)
        read = queries.count_outlet_articles(store, start, end)
        findings = queries.find_outages(store, start, min(end, now))
        pauses = [
            {"outlet_name": "", "kind": STOOD_STILL, **row}
            for row in find_pauses(store, GATHERING, start, min(end, now), PATIENCE)
        ]
        stories = tuple(sorted({row["story"] for row in articles if row["story"] and row["tone"] == "negatif"}))
        since = replace(wanted, since=end, until=None, stories=stories)
        began = replace(wanted, since=None, until=start, stories=stories, channels=("earned",), tones=("negatif",))
        return Facts(
            month=month,
            now=now,
            articles=articles,
            tags=queries.load_tags(store, wanted),
            quotes=queries.load_quotes(store, wanted),
            copies=queries.load_copies_of(store, [row["id"] for row in articles]),
            months=queries.count_months(store, year, shift),
            watched=frozenset(row["month"] for row in queries.count_months(store, anything, shift)),
            began_at=find_beginning(store, BEGINNING),
            outlets_before=queries.count_outlet_articles(store, before.start(zone), before.end(zone), wanted.about),
            read_before=queries.count_outlet_articles(store, before.start(zone), before.end(zone)),
            outlets_now=read,
            # articles may be missing by them
            outages=[*pauses, *(row for row in findings if not (row["kind"] in NO_LOSS and read.get(row["outlet"])))],
            neighbours=[
                (neighbour.name, queries.count_headlines_with(store, [neighbour.name, *neighbour.short], start, end))
                for neighbour in office.profile.neighbour
            ],
            not_annotated=queries.count_unannotated(store, start, end),
            outlet_names=find_outlet_names(store),
            unread=frozenset(find_unread_outlets(store)),
            later=queries.load_articles(store, since) if stories else (),
            later_quotes=queries.load_quotes(store, since) if stories else (),
            earlier=queries.load_articles(store, began) if stories else (),
            told_before=count_told(store, REPORT, before.first),
            answered=find_answered(store),
        )
