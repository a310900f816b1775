"""The command that counts: by any cross of dimensions, per period, with the articles behind each number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from monitor.cli import options
from monitor.cli.app import app, command, open_to_read
from monitor.cli.writing import refuse_terminal, write_bytes, write_rows, write_text
from monitor.errors import DONE, InputError
from monitor.filters import build_filter, known_values, with_predecessors

if TYPE_CHECKING:
    from pathlib import Path

    from monitor.config import Config
    from monitor.counts import Counts
    from monitor.coverage import Coverage

CountFormat = Annotated[Literal["table", "csv", "xlsx", "json"], typer.Option("--format", help="How to write them.")]
By = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="opd, pillar, outlet, tone, person, speaker, story ...; several are crossed."),
]
Per = Annotated[Literal["day", "week", "month", "year"] | None, typer.Option(help="Count each period by itself.")]
Eras = Annotated[
    Literal["kept", "merged"],
    typer.Option(help="Offices as they stood at the time, or each counted under its successor of today."),
]
List = Annotated[bool, typer.Option("--list", help="List the articles behind each number instead of the numbers.")]
Places = Annotated[list[str] | None, typer.Option("--place", metavar="ID", help="Only this kecamatan; repeatable.")]
Persons = Annotated[list[str] | None, typer.Option("--person", metavar="ID", help="Only articles naming this person.")]
Speakers = Annotated[
    list[str] | None, typer.Option("--speaker", metavar="ID|NAME", help="Only articles quoting this person.")
]
Channels = Annotated[list[str] | None, typer.Option("--channel", metavar="NAME", help="earned, owned or paid.")]
Kinds = Annotated[list[str] | None, typer.Option("--kind", metavar="NAME", help="reporting, release or advertorial.")]
Stories = Annotated[
    list[int] | None,
    typer.Option("--story", min=1, max=options.MOST, metavar="NUMBER", help="Only this story; repeatable."),
]


@dataclass(frozen=True, slots=True)
class Cross(options.Selection):
    """All that counts can be narrowed by."""

    place: Places = None
    person: Persons = None
    speaker: Speakers = None
    story: Stories = None
    channel: Channels = None
    kind: Kinds = None


@command(app, "counts")
def counts(
    config: Config,
    by: By = None,
    per: Per = None,
    *,
    asked: Cross,
    eras: Eras = "kept",
    listed: List = False,
    form: CountFormat = "table",
    output: options.Output = None,
) -> int:
    """Count articles by OPD, pillar, outlet, tone and more; paid, owned and earned stand apart."""
    from db.queries.counts import DIMENSIONS
    from monitor.counts import LISTED, build_counts, build_merge
    from monitor.coverage import find_coverage
    from monitor.office import load_office

    office = load_office(config)
    dimensions = known_values("value of --by", by, DIMENSIONS, "pantau counts --help")
    dimensions = ((per,) if per and per not in dimensions else ()) + dimensions
    if not dimensions:
        raise InputError("say what to count by, for example --by opd, --by opd,tone or --per month")
    merge = build_merge(office.profile) if eras == "merged" else {}
    with open_to_read(config) as store:
        wanted = build_filter(office, store, asked)
        wanted = replace(wanted, opd=with_predecessors(wanted.opd, merge))
        wide, most = listed or form == "xlsx", None if listed else LISTED
        found = build_counts(store, dimensions, wanted, office.names, office.zone, merge, with_articles=wide, most=most)
        covered = find_coverage(store, office.chosen, office.zone, wanted.since, wanted.until)
    write_counts(found, covered, config, form, listed, output)
    return DONE


def write_counts(
    found: Counts, covered: Coverage, config: Config, form: str, listed: bool, output: Path | None
) -> None:
    """Write counts, or the articles behind them, in a format, with what may be missing: in the text and the workbook;
    beside rows for programs and sheets as a word in each, and in full where messages go.
    """
    from monitor.render.counts_text import render_list, render_table, say_coverage
    from monitor.render.counts_xlsx import render_xlsx
    from monitor.render.wording import load_wording

    wording = load_wording(config.lang)
    limits = say_coverage(covered, wording)
    if form == "xlsx":
        refuse_terminal("xlsx", output)
        write_bytes(render_xlsx(found, wording, limits), output)
    elif form == "table":
        write_text(render_list(found, wording) if listed else render_table(found, wording, limits), output)
    else:
        for limit in limits:
            typer.echo(f"pantau: {limit}", err=True)
        if listed:
            keys = tuple(found.articles[0]) if found.articles else (*found.dimensions, "id", "title")
            write_rows(found.articles, keys, form, output)
        else:
            rows = [{**row, "coverage": covered.word} for row in found.rows]
            write_rows(rows, (*found.columns, "coverage"), form, output)
