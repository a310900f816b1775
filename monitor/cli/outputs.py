"""Commands that make what leaves the office: the digest and the counts."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from monitor.cli import options
from monitor.cli.app import app, command
from monitor.cli.filters import build_filter, known_values
from monitor.cli.writing import write_rows, write_text

if TYPE_CHECKING:
    from monitor.config import Config

DigestFormat = Annotated[Literal["text", "whatsapp", "html", "json"], typer.Option("--format", help="How to write it.")]
CountFormat = Annotated[Literal["table", "csv", "xlsx", "json"], typer.Option("--format", help="How to write them.")]
Day = Annotated[str | None, typer.Option("--date", metavar="DAY", help="Day of the edition; default today.")]
Edition = Annotated[
    Literal["pagi", "siang", "sore", "harian"], typer.Option(help="Hours to cover; harian is the whole day.")
]
By = Annotated[list[str], typer.Option(metavar="NAME", help="opd, pillar, outlet, tone, day ...; repeat to cross.")]


@command(app, "digest")
def digest(
    config: Config,
    date: Day = None,
    edition: Edition = "harian",
    form: DigestFormat = "text",
    json: options.Json = False,
    output: options.Output = None,
) -> int:
    """Write the coverage digest of one edition; the same articles always give the same numbers."""
    from db.connection import open_store
    from monitor.clock import find_today, parse_day
    from monitor.editions import build_edition
    from monitor.office import load_office
    from monitor.render.digest_text import print_lines
    from monitor.render.formats import render_digest
    from monitor.render.wording import load_wording

    office = load_office(config)
    day = parse_day(date, "--date", office.zone) if date else find_today(office.zone)
    data = build_edition(open_store(config.store, read_only=True), office, day, edition)
    wording = load_wording(config.lang)
    if form == "text" and not json and output is None and sys.stdout.isatty():
        print_lines(data, wording, sys.stdout)
    else:
        write_text(render_digest(data, "json" if json else form, wording), output)
    return 0


@command(app, "counts")
def counts(
    config: Config,
    by: By,
    since: options.From = None,
    until: options.To = None,
    outlet: options.Outlets = None,
    opd: options.Opds = None,
    pillar: options.Pillars = None,
    tone: options.Tones = None,
    about: options.Abouts = None,
    form: CountFormat = "table",
    json: options.Json = False,
    output: options.Output = None,
) -> int:
    """Count articles by OPD, pillar, outlet, tone and more; paid, owned and earned stand apart."""
    from db.connection import open_store
    from db.queries.counts import DIMENSIONS, count_by
    from monitor.clock import find_now
    from monitor.counts import name_rows
    from monitor.office import load_office

    office = load_office(config)
    dimensions = known_values("value of --by", by, DIMENSIONS, "pantau counts --help")
    store = open_store(config.store, read_only=True)
    wanted = build_filter(office, store, since, until, outlet, opd, pillar, tone, about)
    shift = find_now().astimezone(office.zone).utcoffset() or timedelta()
    rows = name_rows(count_by(store, dimensions, wanted, shift=shift), dimensions, office.names)
    # A role of an OPD says nothing where no OPD is counted: such columns are null in JSON and left out elsewhere.
    columns = tuple(key for key in rows[0] if any(row[key] is not None for row in rows)) if rows else dimensions
    write_rows(rows, columns, "json" if json else form, output, bar="articles" if len(dimensions) == 1 else None)
    return 0
