"""Commands that make what leaves the office: the digest."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from monitor.cli import options
from monitor.cli.app import app, command
from monitor.cli.writing import write_bytes, write_text
from monitor.errors import InputError

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.digest.dataset import Dataset

DigestForm = Literal["text", "whatsapp", "html", "eml", "pdf", "json"]
DigestFormat = Annotated[
    DigestForm, typer.Option("--format", help="How to write it; eml is a mail with all its parts.")
]
Day = Annotated[str | None, typer.Option("--date", metavar="DAY", help="Day of the edition; default today.")]
Edition = Annotated[
    Literal["pagi", "siang", "sore", "harian"], typer.Option(help="Hours to cover; harian is the whole day.")
]
View = Annotated[
    str,
    typer.Option(metavar="VIEW", help="For whom: staf (everything), pimpinan (five lines) or opd:ID (only theirs)."),
]


@command(app, "digest")
def digest(
    config: Config,
    date: Day = None,
    edition: Edition = "harian",
    view: View = "staf",
    form: DigestFormat = "text",
    json: options.Json = False,
    output: options.Output = None,
) -> int:
    """Write the coverage digest of one edition; the same articles always give the same numbers."""
    from db.connection import open_store
    from monitor.clock import find_today, parse_day
    from monitor.editions import build_edition
    from monitor.office import load_office

    office = load_office(config)
    day = parse_day(date, "--date", office.zone) if date else find_today(office.zone)
    with closing(open_store(config.store, read_only=True)) as store:
        data = build_edition(store, office, day, edition)
    write_digest(config, data, view, "json" if json else form, output)
    return 0


def write_digest(config: Config, data: Dataset, view: str, form: DigestForm, output: Path | None) -> None:
    """Write a digest to a file or standard output, in colour on a terminal. Raises InputError."""
    from monitor.digest.views import parse_view
    from monitor.office import load_office
    from monitor.render.digest_text import print_lines
    from monitor.render.digest_words import build_sheet
    from monitor.render.formats import render_digest, render_file
    from monitor.render.wording import load_wording

    chosen = parse_view(view, data.names.keys() - load_office(config).names.pillars.keys())
    wording = load_wording(config.lang)
    terminal = output is None and sys.stdout.isatty()
    if form == "eml" or form == "pdf":
        if terminal:
            raise InputError(f"{form} is no text to read: name a file with --output FILE.{form}")
        write_bytes(render_file(data, form, wording, chosen), output)
    elif form == "text" and terminal:
        print_lines(build_sheet(data, wording, chosen), sys.stdout)
    else:
        write_text(render_digest(data, form, wording, chosen), output)
