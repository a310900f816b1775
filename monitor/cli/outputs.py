"""``pantau digest``, and how a digest is written out, also a frozen one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from monitor.cli import options
from monitor.cli.app import app, command, open_to_read
from monitor.cli.writing import refuse_terminal, write_bytes, write_text
from monitor.errors import DONE

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.digest.dataset import Dataset

DigestForm = Literal["text", "whatsapp", "html", "eml", "pdf", "json"]
DigestFormat = Annotated[
    DigestForm, typer.Option("--format", help="How to write it; eml is a mail with all its parts.")
]
Day = Annotated[str, typer.Option("--date", metavar="DAY", help="Day of the edition.")]
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
    date: Day = "today",
    edition: Edition = "harian",
    view: View = "staf",
    form: DigestFormat = "text",
    output: options.Output = None,
) -> int:
    """Write the coverage digest of one edition; the same articles always give the same numbers."""
    from monitor.clock import parse_day
    from monitor.editions import build_edition, check_begun
    from monitor.office import load_office

    office = load_office(config)
    day = parse_day(date, "--date", office.zone)
    check_begun(office, day, edition)
    with open_to_read(config) as store:
        data = build_edition(store, office, day, edition)
    write_digest(config, data, view, form, output)
    return DONE


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
    if form == "eml" or form == "pdf":
        refuse_terminal(form, output)
        write_bytes(render_file(data, form, wording, chosen), output)
    elif form == "text" and output is None and sys.stdout.isatty():
        print_lines(build_sheet(data, wording, chosen), sys.stdout)
    else:
        write_text(render_digest(data, form, wording, chosen), output)
