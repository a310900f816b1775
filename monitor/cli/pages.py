"""Commands that work on what is given and store nothing: one page to an article, articles to annotations."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.app import app, command
from monitor.cli.writing import write_json
from monitor.errors import DONE, FINDINGS

if TYPE_CHECKING:
    from monitor.config import Config

Target = Annotated[str, typer.Argument(metavar="FILE|URL|-", help="A saved page, an address, or - for standard input.")]
Url = Annotated[str | None, typer.Option(metavar="URL", help="Where a saved page came from; tells the outlet.")]


@command(app, "extract")
def extract(config: Config, page: Target, url: Url = None) -> int:
    """Turn one page into an article as JSON. Exit code 1 when the page holds no whole article."""
    from monitor.extraction import extract_article
    from monitor.office import load_office

    article = extract_article(load_office(config), page, url)
    write_json(article)
    return FINDINGS if article["problem"] else DONE


@command(app, "tag")
def tag(config: Config) -> int:
    """Annotate articles given as JSON Lines on standard input, one line of annotations each, as they come.

    A row holds id, title, text, published_at and, where known, outlet and url; other keys are ignored.
    """
    from monitor.worker import annotate_stream

    faults: list[str] = []
    for row in annotate_stream(config.profile, _read_rows(faults), config.models_folder):
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return FINDINGS if faults else DONE


def _read_rows(faults: list[str]) -> Iterator[dict[str, Any]]:
    from monitor.importing import parse_line
    from monitor.worker import build_source

    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        row = parse_line(line)
        try:
            if isinstance(row, str):
                raise ValueError(row)
            build_source(row)
        except ValueError as error:
            faults.append(f"line {number}")
            typer.echo(f"standard input, line {number}: {error}", err=True)
        else:
            yield row
