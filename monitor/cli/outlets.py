"""``pantau outlets``: the registry of outlets, a live look at each, and the way from a site's address to its recipe."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from monitor.cli import options
from monitor.cli.app import app, command
from monitor.cli.writing import write_json, write_listing, write_rows, write_text
from monitor.errors import DONE, FINDINGS, InputError

if TYPE_CHECKING:
    from monitor.config import Config

group = typer.Typer(help="Outlets: list them, check them live, probe a new site, try a recipe.", no_args_is_help=True)
app.add_typer(group, name="outlets")
LIST_COLUMNS = (
    "id", "name", "kind", "tier", "verified", "watched", "articles", "looked_at", "not_ours", "last_success_at",
    "last_finding",
)  # fmt: skip
CHECK_COLUMNS = ("outlet", "status", "finding", "published_at", "title", "detail")
EXAMPLE_COLUMNS: tuple[str, ...] = ("outlet", "status", "page", "detail")
STORED_COLUMNS = ("outlet", "status", "last_success_at", "finding", "since", "detail")
FINE = ("ok", "fixed", "none")  # none: a recipe without an example
PROBE_COLUMNS = ("what", "status", "items", "detail", "url")
ListFormat = Annotated[Literal["table", "csv", "json"], typer.Option("--format", help="How to write it.")]
Folder = Annotated[Path | None, typer.Option(metavar="FOLDER", help="Of recipes; default the configured one.")]
Pages = Annotated[Path | None, typer.Option(metavar="FOLDER", help="Of sample pages; default FOLDER/pages.")]
Site = Annotated[str, typer.Argument(metavar="URL", help="Address of the site, or of any of its pages.")]


@command(group, "list")
def list_outlets(config: Config, form: ListFormat = "table") -> int:
    """List the outlets that recipes describe or imports named, and how each has fared."""
    from db.connection import open_or_empty
    from monitor.health import build_registry
    from monitor.office import load_office

    office = load_office(config)
    with open_or_empty(config.store) as store:
        rows = build_registry(office, store)
    write_listing(config, rows, tuple(rows[0]) if form == "json" and rows else LIST_COLUMNS, form)
    return FINDINGS if office.broken else DONE


@command(group, "check")
def check_outlets(
    config: Config,
    outlet: options.Outlets = None,
    stored: Annotated[bool, typer.Option("--stored", help="No live look: what the last crawls found.")] = False,
    examples: Annotated[
        bool, typer.Option("--examples", help="No live look: do your own recipes give what their examples say?")
    ] = False,
    delay: options.Delay = None,
    form: ListFormat = "table",
) -> int:
    """Ask each watched outlet for one article, live, by its recipe. Exit code 1 when any does not give one."""
    from db.connection import open_or_empty
    from monitor.examples import check_examples
    from monitor.health import check_health
    from monitor.jobs import stop_on_signals
    from monitor.logs import show_requests
    from monitor.office import load_office
    from monitor.outlets import choose_outlets
    from monitor.trial import list_unreadable, run_check

    if stored and examples:
        raise InputError("--stored and --examples are two looks: give one of them")
    office = load_office(config, outlet)
    chosen = choose_outlets(office, outlet)
    if examples:
        rows, columns = check_examples(office, chosen if outlet else ()), EXAMPLE_COLUMNS
    elif stored:
        with open_or_empty(config.store) as store:
            rows, columns = check_health(store, chosen if outlet else office.asked), STORED_COLUMNS
    else:
        with stop_on_signals() as stop, show_requests("check", config.verbosity, lines=False) as note:
            rows, columns = run_check(office, chosen, stop, note, delay), CHECK_COLUMNS
        rows += [] if outlet else list_unreadable(office)
    write_listing(config, rows, columns, form)
    return FINDINGS if any(row["status"] not in FINE for row in rows) else DONE


@command(group, "try")
def try_outlet(
    config: Config,
    outlet: Annotated[str, typer.Argument(metavar="ID", help="Outlet whose recipe to try.")],
    url: Annotated[str | None, typer.Option(metavar="URL", help="Read this article of it, not the latest.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Articles to read.")] = 1,
    delay: options.Delay = None,
) -> int:
    """Read the latest article by a recipe and print it, with what gave each part. Exit code 1 when none comes."""
    from collections import Counter

    from monitor.jobs import stop_on_signals
    from monitor.logs import show_requests
    from monitor.office import load_office
    from monitor.outlets import choose_outlets
    from monitor.trial import run_trial

    office = load_office(config, [outlet])
    chosen = choose_outlets(office, [outlet])
    addresses = [url] if url else None
    with stop_on_signals() as stop, show_requests("try", config.verbosity) as note:
        trial = run_trial(office, chosen, stop, note=note, delay=delay, limit=limit, addresses=addresses)
    for row in trial.of("article"):
        shown = {key: value for key, value in row.items() if key not in {"type", "evidence"}}
        write_json(shown)
    for row in trial.of("finding"):
        typer.echo(f"{row['kind']}: {row['detail']}", err=True)
    reasons = Counter(row["reason"] for row in trial.of("outcome"))
    typer.echo(", ".join(f"{reason} {count}" for reason, count in reasons.items()) or "no other address", err=True)
    return DONE if trial.of("article") else FINDINGS


@command(group, "probe")
def probe_outlet(config: Config, url: Site, delay: options.Delay = None, form: ListFormat = "table") -> int:
    """Say what a site offers: content system, feeds, REST, sitemaps, lists, and how one of its articles reads.

    Exit code 1 when no article could be read.
    """
    from monitor.jobs import stop_on_signals
    from monitor.logs import show_requests
    from monitor.office import load_office
    from monitor.probe import probe_site

    office = load_office(config)
    with stop_on_signals() as stop, show_requests("probe", config.verbosity) as note:
        rows = probe_site(office, url, stop, note, delay)
    sample = next((row for row in rows if row["what"] == "article" and row["status"] == "ok"), None)
    for row in rows:
        row["facts"].pop("skeleton", None)
    write_rows(rows, PROBE_COLUMNS, form)
    if sample and form == "table":
        write_text("\n")
        write_json(sample["facts"]["parts"])
    return DONE if sample else FINDINGS


@command(group, "new")
def new_outlet(
    config: Config,
    url: Site,
    folder: Folder = None,
    pages: Pages = None,
    delay: options.Delay = None,
) -> int:
    """Probe a site and draft its recipe, with the skeleton of a sample page. Nothing existing is written over."""
    from monitor.examples import PAGES
    from monitor.jobs import stop_on_signals
    from monitor.logs import show_requests
    from monitor.office import load_office
    from monitor.probe import check_free, find_folder, list_steps, probe_site, write_draft
    from monitor.trial import find_host

    office = load_office(config)
    target = find_folder(office, folder)
    beside = pages or target / PAGES
    check_free(office, find_host(office, url), target, beside)
    with stop_on_signals() as stop, show_requests("probe", config.verbosity) as note:
        rows = probe_site(office, url, stop, note, delay)
    draft = write_draft(office, url, rows, target, beside)
    sys.stdout.write(f"{draft.recipe}\n")
    if draft.page:
        sys.stdout.write(f"{draft.page}\n")
    typer.echo(
        "review both: the recipe's example fails until the page holds an invented article; `pantau outlets check"
        " --examples` tells",
        err=True,
    )
    for step in list_steps(office, draft):
        typer.echo(step, err=True)
    return DONE if draft.page else FINDINGS
