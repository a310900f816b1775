"""Articles in JSON: ``__NEXT_DATA__`` inside a page (Next.js), JSONP and plain JSON answers."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from crawlers.extract.state import list_days
from crawlers.recipe import Source
from crawlers.sources.dates import parse_stamp
from crawlers.sources.feed import plain
from crawlers.sources.links import is_chrome
from crawlers.sources.walk import Ask, Offer

MAX_BYTES = 5 * 1024 * 1024
_TITLES = ("title", "judul", "headline", "name")
_ADDRESSES = ("url", "link", "permalink", "canonical_url", "href", "share_url", "tautan")
_DEPTH = 12
_SLUG = 13  # characters from which words of an address are an article's own


def parse_data(body: bytes) -> Any:
    """Return the data in ``__NEXT_DATA__``, JSONP or plain JSON. Raises ValueError when there is none."""
    text = body.decode("utf-8", "replace").strip()
    if text.startswith("<"):
        node = LexborHTMLParser(body[:MAX_BYTES]).css_first("script#__NEXT_DATA__")
        if node is None:
            raise ValueError("the page holds no __NEXT_DATA__")
        text = node.text() or ""
    elif match := re.fullmatch(r"[\w$.]+\s*\((.*)\)\s*;?", text, re.DOTALL):
        text = match[1]
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as fault:
        raise ValueError(f"not JSON: {fault}") from fault


def parse_rows(data: Any, base: str, ask: Ask, source: Source | None = None) -> Iterator[Offer]:
    """Yield the articles in JSON data: the rows at the source's path, or whatever has a title and an address."""
    rows = dig(data, source.path) if source and source.path else None
    named = ("slug",) if source and source.address and not source.path else _ADDRESSES
    for row in rows if isinstance(rows, list) else _find_rows(data, named):
        if isinstance(row, dict) and (offer := _parse_row(row, base, ask, source)):
            yield offer


def dig(data: Any, path: str) -> Any:
    """Return the value at a dotted path, None where it leads nowhere."""
    for key in path.split("."):
        if isinstance(data, list) and key.isdigit() and int(key) < len(data):
            data = data[int(key)]
        elif isinstance(data, dict):
            data = data.get(key)
        else:
            return None
    return data


def _parse_row(row: dict[str, Any], base: str, ask: Ask, source: Source | None) -> Offer | None:
    address = None
    if source and source.address:
        filled = {path: dig(row, path) for path in re.findall(r"{([\w.]+)}", source.address)}
        if all(value not in (None, "") for value in filled.values()):
            address = re.sub(r"{([\w.]+)}", lambda match: str(filled[match[1]]), source.address)
    address = address or _first(row, ((source.link,) if source and source.link else ()) + _ADDRESSES)
    url = ask.recipe.own_address(address, base)
    if not url or is_chrome(url, ask.recipe):
        return None
    title = _first(row, ((source.title,) if source and source.title else ()) + _TITLES)
    told = (dig(row, source.date) if source and source.date else None, *list_days(row))
    days = (parse_stamp(stamp, ask.now, ask.recipe.zone) for stamp in told if stamp)
    published = next((day for day in days if day), None)
    return Offer(url, title=plain(title) or None, published_at=published, source="next_data")


def _first(row: dict[str, Any], paths: tuple[str, ...]) -> str:
    return next((value for path in paths if isinstance(value := dig(row, path), str) and value.strip()), "")


def infer_address(data: Any, known: Collection[str]) -> str | None:
    """Return how addresses are made of rows that name none, by two whose articles were met: "/baca/{id}/{slug}".

    `known` are address keys.
    """
    forms: list[str] = []
    for row in _find_rows(data, ("slug",)):
        slug, number = row["slug"], str(row.get("id") or "")
        path = next((path for key in known if slug in (path := "/" + key.partition("/")[2]).rpartition("/")[2]), "")
        if path and len(slug) >= _SLUG:
            head, _, tail = path.rpartition(slug)
            form = f"{head}{{slug}}{tail}"
            forms.append(re.sub(rf"(?<!\d){number}(?!\d)", "{id}", form) if number.isdecimal() else form)
            if forms.count(forms[-1]) > 1:
                return forms[-1]
    return None


def _find_rows(data: Any, addresses: tuple[str, ...] = _ADDRESSES, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEPTH:
        return
    if isinstance(data, dict):
        if any(isinstance(data.get(t), str) for t in _TITLES) and any(isinstance(data.get(a), str) for a in addresses):
            yield data
        for value in data.values():
            yield from _find_rows(value, addresses, depth + 1)
    elif isinstance(data, list):
        for value in data:
            yield from _find_rows(value, addresses, depth + 1)
