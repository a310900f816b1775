"""``pantau outlets``: the registry of outlets, how each fares, and a trial of one recipe."""

from __future__ import annotations

import json as json_text
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from monitor.cli import options
from monitor.cli.app import app, command
from monitor.cli.writing import write_rows
from monitor.errors import DONE, FINDINGS

if TYPE_CHECKING:
    from monitor.config import Config

group = typer.Typer(help="Outlets: list them, check their health, try a recipe.", no_args_is_help=True)
app.add_typer(group, name="outlets")
LIST_COLUMNS = ("id", "name", "kind", "tier", "verified", "watched", "articles", "last_success_at", "last_finding")
CHECK_COLUMNS = ("outlet", "status", "last_success_at", "finding", "since", "detail")
ListFormat = Annotated[Literal["table", "csv", "json"], typer.Option("--format", help="How to write it.")]


@command(group, "list")
def list_outlets(config: Config, form: ListFormat = "table", json: options.Json = False) -> int:
    """List the outlets that recipes describe or imports named."""
    from monitor.health import build_registry
    from monitor.office import load_office

    rows = build_registry(load_office(config))
    form = "json" if json else form
    write_rows(rows, tuple(rows[0]) if form == "json" and rows else LIST_COLUMNS, form, None)
    return DONE


@command(group, "check")
def check_outlets(
    config: Config, outlet: options.Outlets = None, form: ListFormat = "table", json: options.Json = False
) -> int:
    """Say how the watched outlets fare, as the store knows it, and since when. Exit code 1 when any is not well."""
    from monitor.health import check_health
    from monitor.office import load_office
    from monitor.outlets import choose_outlets

    office = load_office(config)
    rows = check_health(office, choose_outlets(office, outlet))
    write_rows(rows, CHECK_COLUMNS, "json" if json else form, None)
    return FINDINGS if any(row["status"] != "ok" for row in rows) else DONE


@command(group, "try")
def try_outlet(
    config: Config,
    outlet: Annotated[str, typer.Argument(metavar="ID", help="Outlet whose recipe to try.")],
    limit: Annotated[int, typer.Option(min=1, help="Articles to fetch.")] = 3,
    delay: Annotated[
        float | None, typer.Option(min=0, help="Seconds between requests; less than the recipe's only on loopback.")
    ] = None,
) -> int:
    """Crawl a few articles of one outlet, print them as JSON Lines, store nothing. Exit code 1 when none comes."""
    import tempfile
    from pathlib import Path

    from db.queries.articles import iter_articles
    from monitor.gather import Wish, run_gathering
    from monitor.jobs import recorded, stop_on_signals
    from monitor.logs import show_records
    from monitor.office import load_office, open_office_store
    from monitor.outlets import choose_outlets

    chosen = choose_outlets(load_office(config), [outlet])
    with tempfile.TemporaryDirectory(prefix="pantau-try-") as folder, stop_on_signals() as stop:
        trial = load_office(config.model_copy(update={"store": Path(folder) / "try.db", "evidence": None}))
        with closing(open_office_store(trial)) as store:
            with recorded(store, "try") as run, show_records(config.verbosity) as note:
                gathered = run_gathering(store, trial, Wish(chosen, limit=limit, delay=delay), run.id, stop, note)
            found: list[dict[str, Any]] = list(iter_articles(store))
    for row in found:
        sys.stdout.write(json_text.dumps(row, ensure_ascii=False) + "\n")
    typer.echo(
        ", ".join(f"{reason} {count}" for reason, count in gathered.outcomes.items()) or "no address found", err=True
    )
    return DONE if found else FINDINGS
