"""Proves a recipe by its examples: sample pages of invented text in the outlet's structure, and what they must give.

Outlets whose pages the same system makes share one sample page: ``%HOST%`` and ``%NAME%`` stand in it for their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from crawlers.extract.page import Extraction, Page, extract_page
from crawlers.recipe import Example, Recipe
from crawlers.sources.links import is_chrome

LATER = timedelta(hours=1)  # after publication the page is read


def load_sample(recipe: Recipe, example: Example, pages: Path) -> bytes:
    """Return an example's page with the outlet's own host and name in it. Raises OSError."""
    body = (pages / example.page).read_bytes()
    host = urlsplit(example.url).hostname or ""
    return body.replace(b"%HOST%", host.encode()).replace(b"%NAME%", recipe.name.encode())


def check_example(recipe: Recipe, example: Example, pages: Path) -> Iterator[str]:
    """Yield what an example shows to be wrong with its recipe. Raises OSError when its page cannot be read."""
    yield from _check_address(recipe, example.url)
    try:
        published = datetime.fromisoformat(example.published_at)
    except ValueError:
        published = None
    if published is None or published.tzinfo is None:
        yield f"published_at {example.published_at!r} is no time with its offset, such as 2025-01-31T19:00+07:00"
        return
    body = load_sample(recipe, example, pages)
    found = extract_page(Page(example.url, body, "text/html; charset=utf-8", published + LATER), recipe)
    yield from _check_parts(found, example, published)


def _check_address(recipe: Recipe, url: str) -> Iterator[str]:
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    if not recipe.owns(parts.hostname or ""):
        yield f"{url} is not of {', '.join(recipe.domains)}"
    elif is_chrome(url, recipe):
        yield f"{url} is taken for no article's address"
    elif recipe.article_url and not any(re.search(pattern, path) for pattern in recipe.article_url):
        yield f"{url} fits none of article_url"


def _check_parts(found: Extraction, example: Example, published: datetime) -> Iterator[str]:
    if found.problem:
        yield f"no article: {found.problem.value}, {found.detail}"
    if found.title != example.title:
        yield f"title: {found.title!r}, not {example.title!r}"
    if found.published_at != published:
        yield f"published_at: {found.published_at}, not {published}"
    if found.byline != example.byline:
        yield f"byline: {found.byline!r}, not {example.byline!r}"
    if found.fallback:
        yield "text: the recipe's selectors found none"
    shown = "\n".join([found.title, found.text])
    yield from (f"text lacks {piece!r}" for piece in example.must if piece not in shown)
    yield from (f"text holds {piece!r}" for piece in example.must_not if piece in shown)
    yield from (f"markers: {found.markers} lack {sign!r}" for sign in example.markers if sign not in found.markers)
