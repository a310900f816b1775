"""Commands for what people say of the machine's labels: corrections, training with them, blind samples."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from monitor.cli import options
from monitor.cli.app import app, command, default_command, open_to_read
from monitor.cli.reading import find_stored_article
from monitor.cli.writing import localise, write_json, write_listing, write_rows
from monitor.errors import DONE, FINDINGS, InputError

if TYPE_CHECKING:
    from monitor.config import Config

FieldName = Annotated[
    str,
    typer.Argument(
        metavar="FIELD",
        help="about, kind, tone, headline_tone, opd, officials, places, pillars, speaker, story, copy_of, title or text"
        " of a clip, or `answered`: how the office replied.",
    ),
]
Values = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[VALUE]...", help="What holds; of a list all of it; of `speaker` the quotation's number and who spoke."
    ),
]
Add = Annotated[list[str] | None, typer.Option("--add", metavar="ID", help="Add this to a list; repeatable.")]
Remove = Annotated[list[str] | None, typer.Option("--remove", metavar="ID", help="Take this off a list; repeatable.")]
Clear = Annotated[bool, typer.Option("--clear", help="Nothing holds, and nothing is to come back.")]
Revert = Annotated[bool, typer.Option("--revert", help="Leave the field to the machine again.")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who says so; default: who is logged in.")]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why.")]
OneArticle = Annotated[str | None, typer.Option("--article", metavar="ID|URL", help="Only those of this article.")]
ListForm = Annotated[Literal["table", "json", "jsonl", "csv"], typer.Option("--format", help="How to write it.")]
Month = Annotated[str | None, typer.Option("--month", metavar="YYYY-MM", help="Month to draw from.")]
Size = Annotated[int, typer.Option("--n", min=1, max=5000, help="How many articles.")]
SheetFile = Annotated[Path, typer.Argument(metavar="SHEET", help="The sheet as it was filled in, .xlsx or .csv.")]

corrections = typer.Typer(help="What people said of articles: list it, export it.", no_args_is_help=True)
app.add_typer(corrections, name="corrections")
sample = typer.Typer(help="Draw a blind sample to label anew, and score what came back.")
app.add_typer(sample, name="sample")
LISTED = ("id", "at", "by", "article_id", "field", "action", "value", "in_force", "before", "note")


@command(app, "correct")
def correct(
    config: Config,
    article: options.Article,
    field: FieldName,
    values: Values = None,
    add: Add = None,
    remove: Remove = None,
    clear: Clear = False,
    revert: Revert = False,
    by: By = None,
    note: Note = "",
) -> int:
    """Say what holds of an article; no rule or model overrules it, however often the article is annotated."""
    from monitor.annotate import annotate_articles
    from monitor.corrections import Said, find_replaced, name_person, wants_reading
    from monitor.corrections import correct as save
    from monitor.office import load_office, open_office_store

    asked = {"set": values, "add": add, "remove": remove, "clear": clear, "revert": revert}
    wanted = [action for action, given in asked.items() if given]
    if len(wanted) != 1:
        raise InputError("give either a VALUE, --add, --remove, --clear or --revert")
    action = wanted[0]
    office = load_office(config)
    with open_office_store(office) as store:
        row = find_stored_article(store, article, config)
        named = [*(values or ()), *(add or ()), *(remove or ())]
        said = Said(field, action, named, by or name_person(), note)
        ids = save(store, office.names, row, said)
        replaced = find_replaced(store, row["id"], ids)
        if wants_reading(said):
            annotate_articles(store, config, [row["id"]])
    typer.echo(f"article {row['id']}: {field} {action}, {len(ids)} stored", err=True)
    for old in replaced:
        at, was = localise(old["at"], office.zone), f"{old['action']} {old['value'] or ''}".rstrip()
        typer.echo(f"this replaces what {old['by']} said at {at}: {field} {was}", err=True)
    return DONE


@command(corrections, "list")
def list_corrections(config: Config, article: OneArticle = None, form: ListForm = "table") -> int:
    """List corrections in the order they were made, and which are in force."""
    from monitor.corrections import list_corrections as load

    with open_to_read(config) as store:
        ids = [find_stored_article(store, article, config)["id"]] if article else []
        write_listing(config, load(store, ids), LISTED, form)
    return DONE


@command(corrections, "export")
def export_corrections(config: Config, output: options.Output = None) -> int:
    """Write corrected articles as JSON Lines in the form of the open corpus; labels nobody spoke of are null."""
    from monitor.corrections import iter_examples

    with open_to_read(config) as store:
        write_rows(iter_examples(store, Path(config.profile).name), (), "jsonl", output)
    return DONE


@command(app, "train")
def train(config: Config, form: options.TableOrJson = "table") -> int:
    """Refit the models with what was corrected; one that scores worse on the frozen test set is refused (exit code 1).

    Models that are no worse go into a folder beside the store and are used from then on.
    """
    from monitor.jobs import recorded
    from monitor.office import load_office, open_office_store
    from monitor.training import render_outcomes, run_training

    office = load_office(config)
    with open_office_store(office) as store, recorded(store, "train") as run:
        trained = run_training(store, config)
        rows = render_outcomes(trained)
        refused = [row["model"] for row in rows if str(row["outcome"]).startswith("refused")]
        run.summary = {"corrected": trained.corrected, "models": rows}
        run.status = "findings" if refused else ""
    if form == "table":  # a gate of a thousandth must be seen
        rows = [row | {name: f"{row[name]:.4f}" for name in ("old", "new") if row[name] is not None} for row in rows]
    write_rows(rows, ("model", "examples", "old", "new", "outcome"), form)
    told = f"{trained.corrected} corrected articles"
    if not rows:
        told += "; nothing to learn from: models learn of tone, headline tone and pillars of articles about the regency"
    if trained.changed:
        told += f"; models in {trained.folder}; `pantau annotate --all` applies them to what is stored"
    typer.echo(told, err=True)
    return FINDINGS if refused else DONE


@default_command(sample)
def draw_sample(config: Config, month: Month = None, n: Size = 50, output: options.Output = None) -> int:
    """Write a sheet of articles without the machine's labels, for a person to fill in; the same when asked again."""
    from db.samples import draw_sample as draw
    from db.samples import load_sample
    from monitor.clock import find_now
    from monitor.office import load_office, open_office_store
    from monitor.report.month import parse_month
    from monitor.sampling import ASKED, GIVEN, build_sheet

    office = load_office(config)
    wanted = parse_month(month, office.zone)
    with open_office_store(office) as store:
        number = draw(store, str(wanted), n, wanted.start(office.zone), wanted.end(office.zone), find_now())
        drawn = load_sample(store, number) if number is not None else None
    if drawn is None:
        raise InputError(f"no annotated article of {wanted} is stored: nothing to draw from")
    form = "xlsx" if output is not None and output.suffix.lower() == ".xlsx" else "csv"
    write_rows(build_sheet(drawn), (*GIVEN, *ASKED), form, output)
    typer.echo(
        f"sample {number}: {len(drawn['articles'])} articles of {wanted}; fill in {', '.join(ASKED)} (ids by commas,"
        " - for none; `pantau profile show` lists them), then `pantau sample score SHEET`",
        err=True,
    )
    return DONE


@command(sample, "score")
def score_sample(config: Config, sheet: SheetFile, form: options.TableOrJson = "table") -> int:
    """Compare a filled-in sheet with the labels of the machine; the monthly report takes its error bars from it."""
    from db.samples import load_sample, save_scores
    from monitor.clock import find_now, find_today
    from monitor.office import load_office, open_office_store
    from monitor.samplesheet import load_sheet
    from monitor.sampling import flatten_scores, parse_answers, score_answers

    office = load_office(config)
    number, answers = parse_answers(load_sheet(sheet), office.names)
    with open_office_store(office) as store:
        drawn = load_sample(store, number)
        if drawn is None:
            raise InputError(f"{sheet} is of sample {number}, which is not in {config.store}")
        scores = score_answers(drawn, answers, find_today(office.zone).isoformat())
        save_scores(store, number, scores, find_now())
    if form == "json":
        write_json([scores])
    else:
        write_rows(flatten_scores(scores), ("task", "tag", "n", "precision", "recall"), "table")
    sys.stdout.flush()
    typer.echo(f"{len(answers)} of {len(drawn['articles'])} articles coded", err=True)
    return DONE
