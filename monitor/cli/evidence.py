"""``pantau evidence`` and ``pantau reextract``: the pages behind the articles, and reading them anew."""

from __future__ import annotations

import sys
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli import options
from monitor.cli.app import app, command, open_to_read
from monitor.cli.reading import find_stored_article
from monitor.cli.writing import load_zone, localise_row, write_bytes, write_json, write_rows
from monitor.errors import DONE, FAILED, FINDINGS, InputError
from monitor.filters import build_filter

if TYPE_CHECKING:
    from monitor.config import Config

group = typer.Typer(help="Evidence: the pages as they were fetched.", no_args_is_help=True)
app.add_typer(group, name="evidence")
Page = Annotated[Path | None, typer.Option("--page", metavar="FILE", help="Write the page itself here; - for stdout.")]
Version = Annotated[int | None, typer.Option("--version", metavar="N", help="Of this version; default the latest.")]
Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID|URL]...", help="Articles; or choose them by options.")]
Warc = Annotated[Path, typer.Option("--output", "-o", metavar="FILE.warc.gz", help="The archive to write.")]


@command(group, "show")
def show(
    config: Config, article: options.Article, page: Page = None, version: Version = None, json: options.Json = False
) -> int:
    """Show where an article's pages lie, with hashes, and whether they are intact. Exit code 1 when one is not."""
    from monitor.evidence import read_page, show_evidence

    if version is not None and page is None:
        raise InputError("--version chooses the page to write: name its file with --page")
    with open_to_read(config) as store:
        found = find_stored_article(store, article, config)
        if page is not None:
            _, payload = read_page(store, config.evidence_folder, found["id"], version)
            write_bytes(payload, None if str(page) == "-" else page)
            return DONE
        rows = show_evidence(store, config.evidence_folder, found["id"])
    if not rows:
        raise InputError(f"article {found['id']} has no evidence: it came by {found['origin']}, no page was fetched")
    if json:
        write_json(rows)
    else:
        zone = load_zone(config)
        for row in (localise_row(row, zone) for row in rows):
            sys.stdout.write("".join(f"{key}: {_plain(value)}\n" for key, value in row.items()) + "\n")
    return DONE if all(row["intact"] for row in rows) else FINDINGS


def _plain(value: object) -> str:
    return dumps(value, ensure_ascii=False) if isinstance(value, dict | bool) else str(value)


@command(group, "verify")
def verify(config: Config, form: options.TableOrJson = "table") -> int:
    """Find every record that is missing or altered. Exit code 1 when there is one."""
    from monitor.evidence import verify_evidence

    with open_to_read(config) as store:
        rows = list(verify_evidence(store, config.evidence_folder))
    if rows or form == "json":
        write_rows(rows, ("article", "warc", "offset", "url", "fault"), form)
    typer.echo(f"{config.evidence_folder}: {f'{len(rows)} faults' if rows else 'all intact'}", err=True)
    return FINDINGS if rows else DONE


@command(group, "export")
def export(
    config: Config,
    output: Warc,
    asked: options.Span,
    articles: Ids = None,
) -> int:
    """Copy the pages of some articles into one WARC file, with a CSV of hashes beside it."""
    from db.queries.articles import find_ids
    from monitor.evidence import export_evidence
    from monitor.office import load_office

    if not articles and not (asked.since or asked.until or asked.outlet):
        raise InputError("which articles? name ids or addresses, or a period with --from and --to")
    with open_to_read(config) as store:
        if articles:
            ids = [find_stored_article(store, name, config)["id"] for name in articles]
        else:
            ids = find_ids(store, build_filter(load_office(config), store, asked))
        pages, manifest = export_evidence(store, config.evidence_folder, ids, output)
    sys.stdout.write(f"{output}\n{manifest}\n")
    typer.echo(f"{pages} pages of {len(ids)} articles", err=True)
    return DONE


@command(app, "reextract")
def reextract(config: Config, outlet: options.Outlets = None) -> int:
    """Read the stored pages anew with the present recipes, without fetching; what differs becomes a version."""
    from monitor.jobs import recorded, stop_on_signals
    from monitor.lock import lock_store
    from monitor.logs import show_progress
    from monitor.office import load_office, open_office_store
    from monitor.outlets import choose_outlets
    from monitor.reextract import run_reextraction

    office = load_office(config, outlet)
    chosen = choose_outlets(office, outlet) if outlet else tuple(office.recipes)
    with (
        lock_store(config.store),
        open_office_store(office) as store,
        stop_on_signals() as stop,
        recorded(store, "reextract", {"outlets": outlet}) as run,
        show_progress("reextract", verbosity=config.verbosity) as step,
    ):
        done = run_reextraction(store, office, chosen, run.id, stop, step)
        run.summary = {**done.counts, "parts": dict(done.parts)}
        run.status = "stopped" if stop.is_set() else "findings" if done.faults else ""
    for article_id, fault in done.faults:
        typer.echo(f"article {article_id}: {fault}", err=True)
    rows = [{"articles": count, "became": reason} for reason, count in done.counts.most_common()]
    rows += [{"articles": count, "became": f"changed in {part}"} for part, count in done.parts.most_common()]
    write_rows(rows, ("articles", "became"), "table")
    return FAILED if run.status == "stopped" else FINDINGS if done.faults else DONE
