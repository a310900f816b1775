"""Commands that make what leaves the office: the digest."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from monitor.cli import options
from monitor.cli.app import app, command
from monitor.cli.writing import write_text

if TYPE_CHECKING:
    from monitor.config import Config

DigestFormat = Annotated[Literal["text", "whatsapp", "html", "json"], typer.Option("--format", help="How to write it.")]
Day = Annotated[str | None, typer.Option("--date", metavar="DAY", help="Day of the edition; default today.")]
Edition = Annotated[
    Literal["pagi", "siang", "sore", "harian"], typer.Option(help="Hours to cover; harian is the whole day.")
]


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
