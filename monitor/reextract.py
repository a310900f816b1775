"""Reads stored pages anew, after a recipe or the extraction changed: nothing is fetched.

What a feed or REST answer had given is not on the page; it is handed to extraction again as it was stored.
"""

from __future__ import annotations

import html
import logging
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, cast

from crawlers.archive import read_pages
from crawlers.errors import EvidenceError
from crawlers.evidence import read_exchange
from crawlers.extract.page import Extraction, Hints, Page, extract_page
from crawlers.items import Article, Outcome
from crawlers.parts import Parts, build_whole
from crawlers.plan import Run as CrawlRun
from crawlers.recipe import Recipe
from crawlers.verdict import Fetched, judge_article
from db.articles import save_extraction
from db.connection import Store
from db.evidence import find_proven, find_version
from db.rows import Row
from monitor.clock import find_now
from monitor.evidence import parse_evidence
from monitor.office import Office

log = logging.getLogger("pantau")
TOLD = {"feed", "rest", "next_data"}  # sources that speak of an article without being its page


@dataclass(slots=True)
class Reread:
    """What became of the articles: counts by ``unchanged, changed, unreadable, broken, no_recipe``."""

    counts: Counter[str] = field(default_factory=Counter)
    parts: Counter[str] = field(default_factory=Counter)  # what changed: title, text, byline ...
    faults: list[tuple[int, str]] = field(default_factory=list)  # article and what is wrong


def run_reextraction(
    store: Store,
    office: Office,
    outlets: Sequence[str],
    run_id: int,
    stop: threading.Event,
    note: Callable[[], None] = lambda: None,
) -> Reread:
    """Extract the latest stored page of every article of ``outlets`` anew and store what differs."""
    done = Reread()
    for article_id in find_proven(store, outlets):
        if stop.is_set():
            break
        stored = find_version(store, article_id)
        if stored is not None:
            _reread(store, office, stored, run_id, done)
        note()
    return done


def _reread(store: Store, office: Office, stored: Row, run_id: int, done: Reread) -> None:
    recipe, article_id = office.recipes.get(stored["outlet"]), stored["id"]
    if recipe is None:
        done.counts["no_recipe"] += 1
        return
    try:
        found = extract_stored(office.config.evidence_folder, stored, recipe)
    except EvidenceError as fault:
        done.counts["broken"] += 1
        done.faults.append((article_id, str(fault)))
        return
    evidence = parse_evidence(stored["evidence"])
    verdict = judge_article(found, Fetched(stored["url"], evidence.url), recipe, CrawlRun())
    if isinstance(verdict, Outcome):
        done.counts["unreadable"] += 1
        done.faults.append((article_id, f"reads as {verdict.reason.value} now and is left as it is: {verdict.detail}"))
        return
    changed = save_extraction(store, article_id, keep_told(verdict, stored), run_id, find_now())
    done.counts["changed" if changed else "unchanged"] += 1
    done.parts.update(changed)


def extract_stored(folder: Path, stored: Row, recipe: Recipe) -> Extraction:
    """Extract an article from the stored pages. Raises EvidenceError."""
    first = parse_evidence(stored["evidence"])
    parts = []
    for page in read_pages(folder, first):
        exchange, plain = read_exchange(folder, page)
        kind = next((value for name, value in exchange.headers if name.lower() == "content-type"), None)
        hints = build_hints(stored) if page is first else Hints()
        parts.append(extract_page(Page(page.url, plain, kind, page.fetched_at, hints), recipe))
    return build_whole(Parts(found=parts, whole=len(parts) > 1 and parts[-2].next_is_whole))


def build_hints(stored: Row) -> Hints:
    """Return what a feed or REST answer had told of an article, as far as the store shows it."""
    source = next((value for value in stored["fields"].values() if value in TOLD), None)
    if source is None:
        return Hints()

    def told(name: str, value: Any) -> Any:
        return value if stored["fields"].get(name) in TOLD else None

    paragraphs = "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in stored["text"].split("\n\n"))
    return Hints(
        title=told("title", stored["title"]),
        published_at=told("published_at", datetime.fromisoformat(stored["published_at"])),
        byline=told("byline", stored["byline"]),
        html=told("text", paragraphs),
        section=told("section", stored["section"]),
        source=cast(Literal["feed", "rest", "next_data"], source),
    )


def keep_told(article: Article, stored: Row) -> Row:
    """Return the record to compare; of a text that feed or REST gave, the stored wording and its signature stand."""
    record = article.to_record()
    if article.fields.get("text") in TOLD and stored["fields"].get("text") in TOLD:
        record["text"] = stored["text"]
        for name in ("byline", "editor"):  # the lines that named them are no part of the text that is stored
            if stored["fields"].get(name) == "text" != article.fields.get(name):
                record[name] = stored[name]
                record["fields"] |= {name: "text"}
    return record
