"""``pantau clip`` and ``pantau why``: what a person adds, and asks, about single articles."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli import options
from monitor.cli.app import app, command
from monitor.cli.writing import localise, write_json, write_listing
from monitor.errors import DONE, FINDINGS, InputError

if TYPE_CHECKING:
    from monitor.clip import Clip
    from monitor.config import Config
    from monitor.office import Office

Target = Annotated[str | None, typer.Argument(metavar="URL|FILE", help="An address, or a text, PDF or photo.")]
File = Annotated[Path | None, typer.Option(metavar="FILE", help="The clip: .txt, .pdf, .jpg, .png, .webp, .tif.")]
Title = Annotated[str | None, typer.Option(metavar="TEXT", help="Headline of a clip.")]
Outlet = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Id, domain or name of its outlet.")]
Date = Annotated[str | None, typer.Option("--date", metavar="DAY", help="When it appeared; also 2025-01-31T19:00.")]
Byline = Annotated[str | None, typer.Option(metavar="NAME", help="Who wrote or spoke it.")]
Offline = Annotated[bool, typer.Option("--offline", help="Do not look at the site.")]
Log = Annotated[bool, typer.Option("--log", help="List what was asked for in vain so far.")]
Address = Annotated[str | None, typer.Argument(metavar="URL", help="Address of the article that is missing.")]


@command(app, "clip")
def clip(
    config: Config,
    target: Target = None,
    file: File = None,
    title: Title = None,
    outlet: Outlet = None,
    date: Date = None,
    byline: Byline = None,
    delay: options.Delay = None,
) -> int:
    """Add one article by hand: an address, fetched as in a crawl, or a clip of print, radio or TV with its file.

    Exit code 1 when a clip was stored but its text could not be read.
    """
    from monitor.clip import Clip
    from monitor.office import load_office

    if target and file:
        raise InputError("give an address or a file, not both")
    office = load_office(config)
    if target and "://" in target:
        return _clip_address(office, target, delay)
    path = file or (Path(target) if target else None)
    missing = [name for name, value in (("--title", title), ("--outlet", outlet), ("--date", date)) if not value]
    if path is None or missing:
        raise InputError(f"give an address, or a file with {', '.join(missing) or 'its path'}")
    return _clip_file(office, Clip(path, title or "", outlet or "", date or "", byline))


def _clip_address(office: Office, url: str, delay: float | None) -> int:
    from monitor.clip import clip_address
    from monitor.jobs import stop_on_signals
    from monitor.lock import lock_store
    from monitor.office import open_office_store

    with (
        lock_store(office.config.store, "or, where it is the service (`pantau run`), add the address in its workspace"),
        open_office_store(office) as store,
        stop_on_signals() as stop,
    ):
        gathered = clip_address(office, store, url, stop, delay)
    for article_id in gathered.changed:
        sys.stdout.write(f"{article_id}\n")
    typer.echo(", ".join(f"{reason} {count}" for reason, count in gathered.outcomes.items()), err=True)
    return DONE


def _clip_file(office: Office, clip: Clip) -> int:
    from monitor.clip import clip_file
    from monitor.office import open_office_store

    with open_office_store(office) as store:
        saved, scan = clip_file(office, store, clip)
    sys.stdout.write(f"{saved.id}\n")
    words = len(scan.text.split())
    typer.echo(f"{saved.reason}, {words} words" + (f" by {scan.reader}" if scan.reader else ""), err=True)
    if scan.problem:
        typer.echo(f"{scan.problem}; then clip it again", err=True)
    return FINDINGS if scan.problem or not words else DONE


@command(app, "why")
def why(
    config: Config,
    url: Address = None,
    offline: Offline = False,
    log: Log = False,
    delay: options.Delay = None,
    json: options.Json = False,
) -> int:
    """Say why an article is not stored, and what to do; the question is logged. Exit code 1 when it is missing."""
    from dataclasses import asdict

    from db.missed import find_missed
    from monitor.jobs import stop_on_signals
    from monitor.office import load_office, open_office_store
    from monitor.why import ask_why

    if log == bool(url):
        raise InputError("give the address of an article, or --log")
    office = load_office(config)
    with open_office_store(office) as store, stop_on_signals() as stop:
        if not url:
            columns = ("asked_at", "times", "outlet", "cause", "article_id", "url", "detail")
            write_listing(config, find_missed(store), columns, "json" if json else "table")
            return DONE
        answer = ask_why(office, store, url, stop, offline=offline, delay=delay)
    if json:
        write_json([{**asdict(answer), "meaning": answer.meaning, "fix": answer.fix}])
    else:
        lines = [f"{answer.url}: {answer.meaning}", f"  {answer.detail}", f"  do: {answer.fix}"]
        lines += [
            f"  before: {localise(row['at'], office.zone)} {row['reason']} {row['detail']}".rstrip()
            for row in answer.history[:5]
        ]
        lines += [f"  its outlet: {finding}" for finding in answer.findings]
        sys.stdout.write("\n".join(line for line in lines if line.strip()) + "\n")
    return DONE if answer.article else FINDINGS
