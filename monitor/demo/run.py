"""``pantau demo``: the sample newsroom crawled, annotated, grouped and digested by the same code as the web's outlets.

Two looks at the newsroom, at noon of its last day and now, so that articles appear, one is revised and one disappears
between them. The newsroom is ``monitor.demo.newsroom``; what is compared with its truth is ``monitor.demo.check``.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from db.addresses import articles_to_revisit
from db.connection import Store
from db.queries.articles import iter_articles
from monitor.annotate import run_annotation
from monitor.clock import find_now, find_today
from monitor.config import Config
from monitor.demo.check import Verdict, check_store
from monitor.demo.newsroom import Newsroom
from monitor.demo.report import print_report
from monitor.demo.sample import Sample, load_sample, load_setting
from monitor.demo.server import serve_newsroom
from monitor.demo.workspace import Workspace, build_config, prepare_workspace, write_mark
from monitor.digest.dataset import Dataset
from monitor.editions import build_edition
from monitor.errors import DONE, FAILED, FINDINGS
from monitor.gather import Wish, build_plan
from monitor.ingest import run_crawl
from monitor.jobs import Run, close_interrupted, recorded, stop_on_signals
from monitor.lock import lock_store
from monitor.logs import show_progress, show_records
from monitor.office import Office, load_office, open_office_store
from monitor.render.formats import render_digest
from monitor.render.wording import load_wording
from monitor.stories import run_grouping

log = logging.getLogger("pantau")
DELAY_S = 0.05  # between requests to one host; nobody else is served from this machine
FIRST_LOOK = "12:00"  # on the sample's last day
LOOK_AGAIN = timedelta(hours=1, minutes=5)  # what the store is told has passed between the looks, so that it asks again


def run_demo(config: Config, serve: bool = False) -> int:
    """Show the whole monitor at work on the sample; return the exit code.

    Progress and messages go to standard error, the digest and where things lie to standard output. With ``serve`` the
    newsroom stays up, and the workspace with it, until SIGTERM or Ctrl-C. Raises InputError for a store that is not
    the demonstration's.
    """
    profile, timezone = load_setting()
    if config.profile != profile:
        log.info("demo: the sample is about %s; the profile %s is left aside", profile, config.profile)
    config = build_config(config, profile)
    sample = load_sample(find_today(ZoneInfo(timezone)) - timedelta(days=1))
    office = choose_outlets(load_office(config), sample)
    with lock_store(config.store):
        place = prepare_workspace(config, sample.last_day)
        with open_office_store(office) as store, stop_on_signals() as stop:
            return run_in(place, office, store, sample, stop, serve)


def run_in(place: Workspace, office: Office, store: Store, sample: Sample, stop: threading.Event, serve: bool) -> int:
    """Fill the store from the newsroom, show what came of it, and return the exit code."""
    close_interrupted(store)
    newsroom = Newsroom(sample, find_now())
    with serve_newsroom(newsroom) as address:
        with through_proxy(address), recorded(store, "demo", {"last_day": sample.last_day.isoformat()}) as run:
            look_at_newsroom(office, store, newsroom, run, stop, place.fresh)
        if stop.is_set():
            return FAILED
        write_mark(place.store, sample.last_day, complete=True)
        verdict = show_results(office, store, sample, place)
        if serve:
            from monitor.web.server import serve_workspace

            with through_proxy(address), serve_workspace(office) as pages:
                log.info("demo: the newsroom stays up; http_proxy=%s https_proxy=%s", address, address)
                log.info("demo: the workspace is at %s?day=%s; Ctrl-C ends both", pages, sample.last_day)
                stop.wait()
    return DONE if verdict.complete else FINDINGS


def choose_outlets(office: Office, sample: Sample) -> Office:
    """Return the office as it would be if it watched the sample's outlets and no others."""
    hosts = tuple(sample.sites)
    recipes = {host: office.recipes[host] for host in hosts}
    return replace(office, profile=office.profile.model_copy(update={"outlets": hosts}), recipes=recipes)


@contextmanager
def through_proxy(address: str) -> Iterator[None]:
    """Let this process and its children reach the web through ``address`` only, as with ``http_proxy`` set by hand."""
    lower = [f"{scheme}_proxy" for scheme in ("http", "https", "no", "all")]
    names = [*lower, *map(str.upper, lower)]
    before = {name: os.environ.pop(name) for name in names if name in os.environ}
    os.environ |= {"http_proxy": address, "https_proxy": address}
    try:
        yield
    finally:
        for name in names:
            os.environ.pop(name, None)
        os.environ |= before


def look_at_newsroom(
    office: Office, store: Store, newsroom: Newsroom, run: Run, stop: threading.Event, fresh: bool
) -> None:
    """Crawl twice where the store is fresh, else once; annotate and group what came; fill the run's summary."""
    sample, now = newsroom.sample, find_now().astimezone(ZoneInfo(newsroom.sample.timezone))
    looks: list[tuple[datetime, date | None]] = [(now, None)]
    if fresh:
        looks.insert(0, (sample.moment(FIRST_LOOK), sample.articles[-1].published_at.date()))
    for moment, since in looks:
        if not stop.is_set():
            newsroom.now = moment
            run.summary[f"crawl {moment:%Y-%m-%d %H:%M}"] = crawl(office, store, run, stop, moment, since)
    with show_progress("annotate", verbosity=office.config.verbosity) as step:
        annotated = run_annotation(store, office.config, stop, note=step)
    run.summary |= {"annotated": annotated.saved, "grouped": run_grouping(store, stop)}
    run.status = "stopped" if stop.is_set() else "findings" if annotated.faults else ""
    log.info("demo: %d annotated, %d grouped", annotated.saved, run.summary["grouped"])


def crawl(
    office: Office, store: Store, run: Run, stop: threading.Event, moment: datetime, since: date | None
) -> dict[str, int]:
    """Crawl the sample as it is at ``moment``: back to ``since``, or only what is new and the articles due again."""
    with tempfile.TemporaryDirectory(prefix="pantau-") as folder:
        plan = build_plan(store, office, Wish(office.chosen, since=since, delay=DELAY_S), Path(folder))
        plan["now"] = moment.isoformat()
        if since is None:
            plan["revisit"] = articles_to_revisit(store, find_now() + LOOK_AGAIN)
        with show_records(office.config.verbosity) as note:
            gathered = run_crawl(store, plan, run.id, stop, note, office.config.crawl_log)
    log.info("demo: crawl at %s: %s", f"{moment:%Y-%m-%d %H:%M}", dict(gathered.outcomes))
    return dict(gathered.outcomes)


def show_results(office: Office, store: Store, sample: Sample, place: Workspace) -> Verdict:
    """Print the digest of the sample's last day, the comparison with its truth, where files are and what to do next."""
    wording = load_wording(office.config.lang)
    data: Dataset = build_edition(store, office, sample.last_day, "harian")
    place.digest.write_text(render_digest(data, "html", wording), encoding="utf-8")
    verdict = check_store(sample, iter_articles(store), find_now())
    print_report(data, verdict, place, wording, sys.stdout)
    return verdict
