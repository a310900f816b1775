"""Commands on editions: freeze one, list the frozen ones, show one as it went out, tell what would differ today."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from monitor.cli import options
from monitor.cli.app import app, command, open_to_read
from monitor.cli.outputs import Day, DigestFormat, Edition, View, write_digest
from monitor.cli.writing import write_json, write_listing, write_text
from monitor.errors import DONE, FINDINGS

if TYPE_CHECKING:
    from monitor.config import Config

group = typer.Typer(help="Digests as they went out: frozen, and never changed afterwards.", no_args_is_help=True)
app.add_typer(group, name="edition")
COLUMNS = ("id", "created_at", "articles", "dataset_id")
Id = Annotated[str, typer.Argument(metavar="ID", help="Edition, or the data number at the foot of every output.")]
DiffFormat = Annotated[Literal["text", "json"], typer.Option("--format", help="How to write it.")]


@command(group, "list")
def list_frozen(config: Config, limit: options.Count = 30, form: options.TableOrJson = "table") -> int:
    """List frozen editions and reports, the latest first."""
    from db.queries.editions import list_editions
    from monitor.digest.window import EDITIONS
    from monitor.editions import REPORT

    with open_to_read(config) as store:
        rows = list_editions(store, [*EDITIONS, REPORT], limit)
    write_listing(config, rows, COLUMNS, form)
    return DONE


@command(group, "freeze")
def freeze(config: Config, date: Day = "today", edition: Edition = "harian") -> int:
    """Freeze an edition as it is now and print its id; the service does so by itself at each edition's hour."""
    from db.connection import open_store
    from monitor.clock import parse_day
    from monitor.editions import build_edition, check_begun, freeze_edition
    from monitor.office import load_office

    office = load_office(config)
    day = parse_day(date, "--date", office.zone)
    check_begun(office, day, edition)
    with open_store(config.store) as store:
        name = freeze_edition(store, build_edition(store, office, day, edition))
    write_text(name + "\n")
    return DONE


@command(group, "show")
def show(
    config: Config,
    edition: Id,
    view: View = "staf",
    form: DigestFormat = "text",
    output: options.Output = None,
) -> int:
    """Show a frozen edition with exactly the facts it went out with."""
    from monitor.editions import load_edition

    with open_to_read(config) as store:
        frozen = load_edition(store, edition)
    write_digest(config, frozen.data, view, form, output)
    return DONE


@command(group, "diff")
def diff(
    config: Config,
    edition: Id,
    form: DiffFormat = "text",
    output: options.Output = None,
) -> int:
    """Tell what today's rules and corrections would change in a frozen edition. Exit code 1 when anything would."""
    from datetime import date

    from monitor.digest.changes import compare_datasets
    from monitor.editions import build_edition, load_edition
    from monitor.office import load_office
    from monitor.render.changes_text import render_changes
    from monitor.render.wording import load_wording

    office = load_office(config)
    with open_to_read(config) as store:
        frozen = load_edition(store, edition).data
        today = build_edition(store, office, date.fromisoformat(frozen.day), frozen.edition)
    changes = compare_datasets(frozen, today)
    if form == "json":
        write_json([asdict(change) for change in changes], output)
    else:
        write_text(render_changes(changes, frozen.names | today.names, load_wording(config.lang)), output)
    return FINDINGS if changes else DONE
