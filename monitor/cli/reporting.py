"""Commands for what is filed: the monthly report, its template and notes, and the clipping book."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from monitor.cli import options
from monitor.cli.app import app, command, default_command, open_to_read
from monitor.cli.writing import pick_format, refuse_terminal, write_bytes
from monitor.errors import DONE, FINDINGS, InputError

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.report.dataset import Report

MonthOption = Annotated[str | None, typer.Option("--month", metavar="YYYY-MM", help="Month to report on.")]
ClipMonth = Annotated[str | None, typer.Option("--month", metavar="YYYY-MM", help="Short for its first and last day.")]
Form = Literal["docx", "pdf", "xlsx", "html", "json"]
ReportFormat = Annotated[
    Form | None,
    typer.Option("--format", help="How to write it; default by the ending of --output."),
]
Template = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Word template instead of the one that comes with the program.")
]
Freeze = Annotated[bool, typer.Option("--freeze", help="Keep the numbers as they stand now among the editions.")]
Kept = Annotated[str | None, typer.Option("--edition", metavar="ID", help="A frozen report, as it was kept.")]
NoteSection = Annotated[str | None, typer.Option("--section", metavar="NAME", help="Section that the note belongs to.")]
NoteText = Annotated[str | None, typer.Option("--text", help="The note; empty removes it.")]
NotesFrom = Annotated[Path | None, typer.Option("--from", metavar="FILE.docx", help="Take them from an edited report.")]

report_group = typer.Typer(help="Write the monthly media report, its Word template and the staff's notes.")
app.add_typer(report_group, name="report")


@default_command(report_group)
def report(
    config: Config,
    month: MonthOption = None,
    form: ReportFormat = None,
    output: options.Output = None,
    template: Template = None,
    freeze: Freeze = False,
    edition: Kept = None,
) -> int:
    """Write the monthly media report; notes in a Word report that is written over are kept."""
    from db.connection import open_store
    from monitor.office import load_office
    from monitor.render.wording import load_wording
    from monitor.report.month import parse_month
    from monitor.report.run import freeze_report, load_frozen, make_report, render_report, take_back_notes

    office, chosen = load_office(config), choose_format(form, output)
    if edition:
        if month or freeze:
            raise InputError("--edition names a report that is frozen: leave out --month and --freeze")
        with open_to_read(config) as store:
            kept = load_frozen(store, edition)
        write_bytes(render_report(kept, chosen, load_wording(config.lang), office, template), output)
        tell_blanks(kept, chosen, template)
        return DONE
    wanted = parse_month(month, office.zone)
    with open_store(config.store, read_only=not freeze) as store:
        data = make_report(store, office, wanted)
        if chosen == "docx" and output is not None and output.is_file():
            data = take_back_notes(config.store, wanted, output, data)
        if freeze:
            typer.echo(f"edition {freeze_report(store, data, wanted)}", err=True)
    write_bytes(render_report(data, chosen, load_wording(config.lang), office, template), output)
    tell_blanks(data, chosen, template)
    return DONE


def tell_blanks(data: Report, form: Form, template: Path | None) -> None:
    """Tell whoever makes a Word report what it lacks; the report, which others get, says nothing of it."""
    from monitor.report.compose import SELDOM
    from monitor.report.template import SECTIONS

    if form != "docx":
        return
    lacking = [name for name in SECTIONS if name not in SELDOM and not data.notes.get(name)]
    if lacking:
        told = "write them in the fields of the Word file or by `pantau report notes`"
        typer.echo(f"pantau: nothing is printed for notes not written yet ({', '.join(lacking)}): {told}", err=True)
    if template is None:
        told = "fill in a copy of `pantau report template` and give it with --template"
        typer.echo(f"pantau: the report bears neither the office's address nor who signs it: {told}", err=True)


def choose_format(form: Form | None, output: Path | None) -> Form:
    """Return the format named, else that of the file's ending. Raises InputError when neither says, or for a screen."""
    by_ending: dict[str, Form] = {f".{name}": name for name in get_args(Form)}
    chosen = form or (by_ending.get(output.suffix.lower()) if output else None)
    if chosen is None:
        raise InputError("say how to write the report: --format docx, pdf, xlsx, html or json")
    if chosen in {"docx", "pdf", "xlsx"}:
        refuse_terminal(chosen, output)
    return chosen


@command(report_group, "template")
def write_template(config: Config, output: options.Output = None) -> int:
    """Write out the Word template, to be edited and given back with --template."""
    from monitor.render.wording import load_wording
    from monitor.report.template import build_template

    if output is None:
        raise InputError("name the file to write, for example --output templat.docx")
    if output.exists():
        raise InputError(f"{output} exists already and may hold your changes: name another file")
    write_bytes(build_template(load_wording(config.lang)), output)
    return DONE


@command(report_group, "notes")
def edit_notes(
    config: Config,
    month: MonthOption = None,
    section: NoteSection = None,
    text: NoteText = None,
    source: NotesFrom = None,
) -> int:
    """Show, write or take over the staff's notes on a month."""
    from monitor.office import load_office
    from monitor.report.month import parse_month
    from monitor.report.notes import find_notes_file, load_notes, save_notes
    from monitor.report.template import SECTIONS
    from monitor.report.word import extract_notes

    path = find_notes_file(config.store, parse_month(month, load_office(config).zone))
    notes = load_notes(path)
    if source is not None:
        identity, found = extract_notes(source)
        if not identity:
            raise InputError(f"{source} is no report of this program")
        notes |= found
        save_notes(path, notes)
    elif text is not None:
        if section not in SECTIONS:
            raise InputError(f"--section {section!r} is no section: choose {', '.join(SECTIONS)}")
        notes[section] = text
        save_notes(path, notes)
    for key, note in notes.items():
        if note.strip():
            typer.echo(f"{key}: {note}")
    return DONE


@command(app, "clipping")
def clipping(
    config: Config,
    month: ClipMonth = None,
    *,
    asked: options.Selection,
    limit: options.Limit = None,
    output: options.Output = None,
) -> int:
    """Write the clipping book (kliping) as PDF: one entry per article with excerpt, evidence hash and QR code."""
    from monitor.clipping import load_book, render_book, write_span
    from monitor.filters import build_filter
    from monitor.office import load_office
    from monitor.render.wording import load_wording
    from monitor.report.month import parse_month

    office = load_office(config)
    refuse_terminal(pick_format(Literal["pdf"], "pdf", False, output), output)
    if month and (asked.since or asked.until):
        raise InputError("--month and --from or --to say different periods: give one of them")
    with open_to_read(config) as store:
        wanted = build_filter(office, store, replace(asked, about=asked.about or ["subject"]))
        if month:
            chosen = parse_month(month, office.zone)
            wanted = replace(wanted, since=chosen.start(office.zone), until=chosen.end(office.zone))
        book = load_book(store, office, wanted, limit)
    data = render_book(book, office, write_span(wanted, book, office), load_wording(config.lang))
    write_bytes(data, output)
    if book.total > len(book.articles):
        typer.echo(f"pantau: {len(book.articles)} of {book.total} articles: --limit leaves the rest out", err=True)
        return FINDINGS
    return DONE
