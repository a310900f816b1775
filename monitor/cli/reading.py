"""Commands that show what is stored: articles, one article, search."""

from __future__ import annotations

import logging
import sys
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from monitor.cli import options
from monitor.cli.app import app, command, default_command, open_to_read
from monitor.cli.writing import load_zone, localise, localise_row, write_json, write_rows
from monitor.errors import DONE, FINDINGS, InputError
from monitor.filters import build_filter

if TYPE_CHECKING:
    from db.connection import Store
    from monitor.config import Config

log = logging.getLogger("pantau")
NOTHING = "no article matches"
LIST_COLUMNS = ("id", "published_at", "outlet", "about", "tone", "title")
FILE_COLUMNS = (
    "id", "published_at", "outlet", "outlet_name", "title", "byline", "section", "kind", "about", "opd", "officials",
    "places", "pillars", "tone", "headline_tone", "quotes", "story", "copy_of", "revisions", "url", "text",
)  # fmt: skip
ArticleFormat = Annotated[
    Literal["table", "jsonl", "csv", "xlsx", "json"], typer.Option("--format", help="How to write it.")
]


group = typer.Typer(help="Stored articles: list them, show one.")
app.add_typer(group, name="articles")


@default_command(group)
def list_articles(
    config: Config,
    asked: options.Selection,
    limit: options.Limit = None,
    form: ArticleFormat = "table",
    output: options.Output = None,
) -> int:
    """List stored articles with their annotations, by time of publication."""
    from db.queries.articles import iter_articles
    from monitor.office import load_office

    with open_to_read(config) as store:
        wanted = build_filter(load_office(config), store, asked)
        rows = iter_articles(store, replace(wanted, limit=limit))
        flat = iter(rows if form in {"json", "jsonl"} else map(flatten_article, rows))
        if (first := next(flat, None)) is None:
            log.info(NOTHING)
        flat = flat if first is None else chain([first], flat)
        write_rows(flat, LIST_COLUMNS if form == "table" else FILE_COLUMNS, form, output)
    return DONE


@command(group, "show")
def show_article(
    config: Config,
    article: options.Article,
    diff: Annotated[bool, typer.Option("--diff", help="Its versions, and what changed between them.")] = False,
    json: options.Json = False,
) -> int:
    """Show one stored article as JSON, or its versions and what changed (with --json both texts of each in full)."""
    from db.revisions import find_revisions
    from monitor.render.revisions import render_diff
    from monitor.render.wording import load_wording

    with open_to_read(config) as store:
        row = find_stored_article(store, article, config)
        versions = find_revisions(store, row["id"]) if diff else []
    if diff and not json:
        zone = load_zone(config)
        told = [localise_row(version, zone) for version in versions]
        sys.stdout.write(render_diff(told, load_wording(config.lang), localise(row["withdrawn_at"], zone)))
    else:
        write_json(versions if diff else row)
    return DONE


def find_stored_article(store: Store, article: str, config: Config) -> dict[str, Any]:
    """Return an article by number or address. Raises InputError when there is none."""
    from crawlers.addresses import list_spellings
    from db.queries.articles import find_article

    row = find_article(store, article)
    if row is None and "://" in article:
        row = next((found for url in list_spellings(article) if (found := find_article(store, url))), None)
    if row is None:
        hint = f"`pantau why {article}` may tell" if "://" in article else "`pantau articles` lists what there is"
        raise InputError(f"no article {article!r} in {config.store}: {hint}")
    return row


@command(app, "search")
def search(
    config: Config,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help='Words; "a phrase" in quotes, begin* and -without work.')
    ],
    asked: options.Span,
    limit: options.Count = 20,
    form: options.TableOrJson = "table",
) -> int:
    """Find stored articles by their words, best match first. Exit code 1 when none matches."""
    from db.search import search_articles
    from monitor.office import load_office

    with open_to_read(config) as store:
        wanted = build_filter(load_office(config), store, asked)
        found = search_articles(store, " ".join(words), wanted, limit)
    write_rows(found, ("id", "published_at", "outlet", "title", "snippet"), form)
    if not found:
        log.info(NOTHING)
    return DONE if found else FINDINGS


def flatten_article(row: dict[str, Any]) -> dict[str, Any]:
    """Return an article with one plain value per column, for tables and spreadsheets."""
    flat = dict(row)
    for key in ("opd", "officials", "places", "pillars"):
        flat[key] = [entity["id"] for entity in row[key]]
    for key in ("tone", "headline_tone"):
        flat[key] = (row[key] or {}).get("label")
    flat["quotes"] = len(row["quotes"])
    flat["copy_of"] = (row["copy_of"] or {}).get("id")
    return flat
