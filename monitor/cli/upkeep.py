"""Commands for whoever looks after an installation: runs, doctor, backup, profile, quality."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from monitor.cli import options
from monitor.cli.app import app, command, open_to_read
from monitor.cli.writing import load_zone, write_json, write_listing, write_rows
from monitor.errors import DONE, FAILED, FINDINGS, InputError

if TYPE_CHECKING:
    from monitor.config import Config

profile_group = typer.Typer(help="The profile: what is known of the regency.", no_args_is_help=True)
app.add_typer(profile_group, name="profile")
RUN_COLUMNS = ("id", "job", "status", "started_at", "finished_at", "summary")
ScoreFormat = Annotated[Literal["table", "json", "markdown"], typer.Option("--format", help="How to write it.")]


@command(app, "runs")
def list_runs(config: Config, limit: options.Count = 20, form: options.TableOrJson = "table") -> int:
    """List the latest runs of jobs, newest first, with how every address ended."""
    from db.runs import find_runs

    with open_to_read(config) as store:
        rows = find_runs(store, limit)
    write_listing(config, rows, RUN_COLUMNS, form)
    return DONE


@command(app, "doctor")
def doctor(config: Config, form: options.TableOrJson = "table") -> int:
    """Check configuration, profile, recipes, store, disk and outlets. Exit code 1 when something wants attention."""
    from monitor.doctor import check_installation

    rows = check_installation(config)
    write_rows(rows, ("check", "status", "detail"), form)
    return FINDINGS if any(row["status"] != "ok" for row in rows) else DONE


@command(app, "backup")
def backup(
    config: Config,
    file: Annotated[Path | None, typer.Argument(help="A new file; absent, one in the folder of backups.")] = None,
) -> int:
    """Copy the store as it is now, also while the service works on it, and see that the copy is intact."""
    from monitor.backup import run_backup, write_copy
    from monitor.jobs import stop_on_signals
    from monitor.service_watch import tell_bytes

    if file is not None and file.is_file():
        raise InputError(f"{file} exists already and is left as it is: name another")
    with open_to_read(config) as store, stop_on_signals() as stop:
        if file is not None:
            made = file if write_copy(store, config, file, stop.is_set) else None
        else:
            made = run_backup(store, config, load_zone(config), stop.is_set)
    if made is None:
        return FAILED
    typer.echo(made)
    typer.echo(f"{tell_bytes(made.stat().st_size)}, intact", err=True)
    return DONE


@command(profile_group, "check")
def check_profile(config: Config, form: options.TableOrJson = "table") -> int:
    """Find contradictions in the profile: an alias of two owners, an outlet without recipe ... Exit code 1 for any."""
    from dataclasses import asdict

    from crawlers.errors import RecipeError
    from crawlers.loader import load_recipes
    from monitor.office import list_folders
    from monitor.outlets import check_chosen
    from nlp.profile import load_profile
    from nlp.profile_check import check_profile as find_contradictions

    profile, broken = load_profile(config.profile), dict[str, RecipeError]()
    known = {**load_recipes(list_folders(config), broken=broken), **broken}
    rows = [*map(asdict, find_contradictions(profile)), *check_chosen(profile, known)]
    if form == "json":
        write_json(rows)
    elif rows:
        write_rows(rows, tuple(rows[0]), "table")
    typer.echo(
        f"{profile.source}: {len(profile.opd)} OPD, {len(profile.person)} persons, {len(rows)} findings", err=True
    )
    return FINDINGS if rows else DONE


@command(profile_group, "show")
def show_profile(config: Config, form: options.TableOrJson = "table") -> int:
    """List the ids of OPDs, pillars, places and persons with their names."""
    from monitor.names import build_names
    from nlp.profile import load_profile

    names = build_names(load_profile(config.profile))
    registries = (("opd", names.opd), ("pillar", names.pillars), ("place", names.places), ("person", names.people))
    rows = [{"what": what, "id": key, "name": name} for what, registry in registries for key, name in registry.items()]
    write_rows(rows, ("what", "id", "name"), form)
    return DONE


@command(profile_group, "new")
def new_profile(
    config: Config,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where its files go; made when missing.")],
    name: Annotated[str, typer.Option(help="“Kabupaten X” or “Kota X”.")],
    province: Annotated[str, typer.Option(help="The province's name.")],
    timezone: Annotated[str | None, typer.Option(help="Where it is not the province's, such as Asia/Jakarta.")] = None,
) -> int:
    """Draft the profile of a regency or city that has none, to be filled in. Nothing existing is written over."""
    from monitor.profile_draft import write_profile
    from nlp.profile import load_profile

    for path in write_profile(folder, name, province, timezone, load_profile(config.profile)):
        typer.echo(path)
    typer.echo(f"fill them in; what is missing: pantau profile check --profile {folder}", err=True)
    return DONE


@command(app, "evaluate")
def evaluate(
    config: Config,
    gold: Annotated[
        list[str],
        typer.Argument(metavar="[NAME=]GOLD...", help="Labelled articles: JSON Lines, marked texts, or a folder."),
    ],
    errors: Annotated[list[str] | None, typer.Option(metavar="METRIC", help="Show the worst articles of it.")] = None,
    floors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Exit code 1 for a score below its floor.")
    ] = None,
    form: ScoreFormat = "table",
) -> int:
    """Annotate labelled articles and measure precision, recall and F1 of each task against the labels."""
    from dataclasses import asdict

    from monitor.evaluation import evaluate_sets, find_shortfalls, name_sets
    from nlp.evaluate import render_markdown, render_scores

    paths = name_sets(gold)
    sets = evaluate_sets(config, paths)
    if form == "json":
        shown = {name: asdict(scores) for name, scores in sets.items()}
        written = shown if len(shown) > 1 else next(iter(shown.values()))
        write_json(written)
    elif form == "markdown":
        sys.stdout.write(render_markdown(sets))
    else:
        for name, scores in sets.items():
            head = f"{name}: {scores.articles} articles\n" if len(sets) > 1 else ""
            sys.stdout.write(head + render_scores(scores, errors or ()).rstrip() + "\n")
    shortfalls: list[str] = []
    if floors:
        for name, path in paths.items():
            shortfalls += [f"{name}: {line}" for line in find_shortfalls(sets[name], floors, path)]
    for line in shortfalls:
        typer.echo(line, err=True)
    return FINDINGS if shortfalls else DONE
