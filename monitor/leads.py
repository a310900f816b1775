"""Articles that an aggregator lists: matched with what is stored, looked for at their outlets, else kept as missed.

The aggregator tells headline, outlet and time. An article of that outlet with that headline is the one; where none is
stored, the outlet's own search is asked for the headline. What is not found so either stays in the log of missed
articles as seen elsewhere and not fetched (``pantau why --log``), and is matched anew by the next crawls.
"""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from crawlers.loader import find_owner
from crawlers.sources.titles import title_key
from db.addresses import find_not_ours
from db.articles import add_alias
from db.connection import Store
from db.missed import find_leads, save_lead, save_missed
from db.outlets import find_left_alone
from db.queries.articles import iter_articles
from db.queries.filters import ArticleFilter
from monitor.child import Record, iter_crawl
from monitor.clock import find_now, parse_instant
from monitor.errors import JobError
from monitor.ingest import Gathered, keep_record
from monitor.office import Office

log = logging.getLogger("pantau")
MOST = 5  # headlines that one outlet is searched for in a run; each costs a few requests
NEAR = timedelta(days=3)  # between the times that aggregator and outlet tell
KEPT = timedelta(days=14)  # so long a lead is matched with what comes in
Row = Mapping[str, Any]


def follow_leads(
    store: Store,
    office: Office,
    leads: Sequence[Record],
    run_id: int,
    gathered: Gathered,
    stop: threading.Event,
    plan: Mapping[str, Any],
    note: Callable[[Record], None] = lambda record: None,
) -> None:
    """Keep this crawl's leads, match all that are open, search the outlets for new ones and match once more.

    ``plan`` is that of the crawl, for what goes for every crawl: delay, contact, evidence.
    """
    fresh = {
        lead["url"]
        for lead in leads
        if save_lead(store, {**lead, "outlet": _owner_of(office, lead["site"])}, find_now())
    }
    waiting = [lead for lead in match_leads(store) if lead["url"] in fresh]
    if not waiting or stop.is_set():
        return
    addresses = {lead["url"]: lead["address"] for lead in leads if lead.get("address")}
    plan = {**plan, "left_alone": find_left_alone(store, find_now())}
    for wanted in _plan_searches(office, waiting, addresses, plan):
        try:
            with closing(iter_crawl(wanted, stop, office.config.crawl_log)) as records:
                for record in records:
                    if record["type"] in ("article", "outcome", "left_alone"):
                        keep_record(store, record, run_id, gathered)
                        note(record)
        except JobError as error:
            log.warning("leads could not be followed: %s", error)
    match_leads(store)


def match_leads(store: Store) -> list[Row]:
    """Give each open lead to the stored article that it is; return those that are still open."""
    still: list[Row] = []
    refused: dict[str, dict[str, str]] = {}
    for lead in find_leads(store, find_now() - KEPT):
        near = parse_instant(lead["published_at"] or lead["asked_at"])
        found = _find_article(store, lead, near)
        if found is not None:
            add_alias(store, found, lead["url"], find_now())
            continue
        outlet = lead["outlet"]
        if outlet not in refused:
            refused[outlet] = {title_key(row["title"] or ""): row["url"] for row in find_not_ours(store, outlet)}
        if url := refused[outlet].get(title_key(lead["title"])):
            save_missed(store, lead["url"], lead["outlet"], "not_ours", f"is {url}", find_now())
        else:
            still.append(lead)
    return still


def _find_article(store: Store, lead: Row, near: datetime) -> int | None:
    wanted = ArticleFilter(outlets=(lead["outlet"],), since=near - NEAR, until=near + NEAR)
    key = title_key(lead["title"])
    return next((int(row["id"]) for row in iter_articles(store, wanted) if title_key(row["title"]) == key), None)


def _owner_of(office: Office, site: str) -> str:
    owner = find_owner(office.recipes, site)
    return owner.id if owner else site


def _plan_searches(
    office: Office, leads: Sequence[Row], addresses: Mapping[str, str], plan: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the crawls to run: of addresses that the aggregator's links held, and of headlines."""
    alike = ("recipe_dirs", "delay", "timeout", "evidence_dir", "contact", "keywords", "now", "known", "left_alone")
    common = {key: plan[key] for key in alike if key in plan}
    titles: dict[str, list[str]] = defaultdict(list)
    owned = [lead for lead in leads if lead["outlet"] in office.recipes]
    told = [addresses[lead["url"]] for lead in owned if lead["url"] in addresses]
    for lead in owned:
        if lead["url"] not in addresses and len(titles[lead["outlet"]]) < MOST:
            titles[lead["outlet"]].append(lead["title"])
    searches = {outlet: found for outlet, found in titles.items() if found}
    plans: list[dict[str, Any]] = []
    if told:
        outlets = dict.fromkeys(lead["outlet"] for lead in owned if lead["url"] in addresses)
        plans.append({**common, "outlets": list(outlets), "addresses": told})
    if searches:
        plans.append({**common, "outlets": list(searches), "titles": searches})
    return plans
