"""Commands that fill the store: crawl, annotate, refresh, import, and the service that does it all on a rhythm."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli import options
from monitor.cli.app import app, command
from monitor.errors import DONE, FAILED, FINDINGS

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.jobs import Run

log = logging.getLogger("pantau")
ImportFile = Annotated[Path, typer.Argument(metavar="FILE", help="A .jsonl or .csv file.")]


@command(app, "crawl")
def crawl(
    config: Config,
    outlet: options.Outlets = None,
    since: options.Since = None,
    until: options.Until = None,
    limit: options.Limit = None,
    delay: options.Delay = None,
) -> int:
    """Gather articles into the store; honours http_proxy and https_proxy."""
    from monitor.clock import parse_period
    from monitor.gather import Wish, check_delay, run_gathering, tell_broken
    from monitor.jobs import recorded, stop_on_signals
    from monitor.lock import lock_store
    from monitor.logs import show_records
    from monitor.office import load_office, open_office_store
    from monitor.outlets import choose_outlets

    office = load_office(config, outlet)
    first, last = parse_period(since, until, ("--since", "--until"), office.zone)
    wish = Wish(choose_outlets(office, outlet), first, last, limit, delay, again=True)
    check_delay(office, wish)
    args = {"outlets": list(wish.outlets), "since": since, "until": until, "limit": limit, "delay": delay}
    with lock_store(config.store), open_office_store(office) as store, stop_on_signals() as stop:
        with recorded(store, "crawl", args) as run, show_records(config.verbosity) as note:
            gathered = run_gathering(store, office, wish, run.id, stop, note)
            if not outlet:
                tell_broken(store, office, gathered)
            run.summary = gathered.to_summary()
            run.status = "stopped" if stop.is_set() else "findings" if gathered.findings else ""
        return report_run("crawl", run)


@command(app, "annotate")
def annotate(
    config: Config,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what an earlier version of rules, models or profile annotated.")
    ] = False,
) -> int:
    """Annotate stored articles that wait for it, and group them into stories."""
    from db.annotations import count_others
    from monitor.annotate import run_annotation
    from monitor.jobs import recorded, stop_on_signals
    from monitor.logs import show_progress
    from monitor.office import load_office, open_office_store
    from monitor.stories import run_grouping
    from nlp.version import find_version

    office = load_office(config)
    with (
        open_office_store(office) as store,
        stop_on_signals() as stop,
        recorded(store, "annotate", {"all": everything}) as run,
    ):
        with show_progress("annotate", verbosity=config.verbosity) as step:
            done = run_annotation(store, config, stop, everything, step)
        run.summary = {**done.to_summary(), "grouped": run_grouping(store, stop)}
        run.status = "stopped" if stop.is_set() else "findings" if done.faults else ""
        others, _ = count_others(store, find_version(office.profile, config.models_folder))
    if others and not everything:
        log.info("%d articles stay tagged by other rules, models or another profile: --all tags them anew", others)
    return report_run("annotate", run)


@command(app, "refresh")
def refresh(config: Config, outlet: options.Outlets = None) -> int:
    """Crawl the outlets whose turn it is (or those named), annotate, group into stories."""
    from monitor.jobs import recorded, stop_on_signals
    from monitor.lock import lock_store
    from monitor.logs import show_records
    from monitor.office import load_office, open_office_store
    from monitor.outlets import choose_outlets
    from monitor.refresh import run_refresh
    from monitor.retention import run_retention

    office = load_office(config, outlet)
    chosen = choose_outlets(office, outlet)
    outlets = chosen if outlet else None
    with lock_store(config.store), open_office_store(office) as store, stop_on_signals() as stop:
        with recorded(store, "refresh", {"outlets": outlet}) as run, show_records(config.verbosity) as note:
            run_refresh(office, store, run, stop, outlets, note)
            if not stop.is_set():
                run_retention(store, config.retention, run)
        return report_run("refresh", run)


@command(app, "run")
def run_until_stopped(config: Config) -> int:
    """Be the service: refresh on a rhythm, freeze the editions at their hours, serve the workspace; until SIGTERM."""
    from monitor.jobs import stop_on_signals
    from monitor.logs import start_log
    from monitor.office import load_office
    from monitor.outlets import choose_outlets
    from monitor.service import run_service

    office = load_office(config)
    choose_outlets(office, None)  # an outlet of the profile that no recipe describes is told before the first crawl
    with stop_on_signals() as stop:
        start_log(config.verbosity, config.log_file)
        run_service(office, stop)
    return DONE


@command(app, "import")
def import_articles(config: Config, file: ImportFile) -> int:
    """Take in articles from elsewhere; a row that cannot be used is named by its line, the rest is stored."""
    from functools import partial

    from monitor.importing import import_file
    from monitor.jobs import recorded
    from monitor.office import load_office, open_office_store
    from monitor.outlets import name_outlet

    office = load_office(config)
    with open_office_store(office) as store, recorded(store, "import", {"file": str(file)}) as run:
        done = import_file(store, file, office.zone, partial(name_outlet, office), run.id)
        run.summary = {**done.counts, "faults": len(done.faults)}
        run.status = "findings" if done.faults else ""
    for number, fault in done.faults:
        typer.echo(f"{file}, line {number}: {fault}", err=True)
    return report_run("import", run)


@command(app, "demo")
def demo(
    config: Config,
    serve: Annotated[bool, typer.Option("--serve", help="Open the workspace; keep all up until Ctrl-C.")] = False,
) -> int:
    """Show everything at work: a sample newsroom on this machine, crawled, annotated and digested."""
    from monitor.demo.run import run_demo

    return run_demo(config, serve)


def report_run(job: str, run: Run) -> int:
    """Log one line on what a job did, and return the exit code that its status means."""
    parts = [f"{key} {value}" for key, value in run.summary.items() if value and not isinstance(value, dict)]
    parts += [f"{key} {value}" for key, value in run.summary.get("outcomes", {}).items()]
    log.info("%s %s: %s", job, run.status, ", ".join(parts) or "nothing new")
    return {"done": DONE, "findings": FINDINGS}.get(run.status, FAILED)
