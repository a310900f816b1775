"""Lists that go on behind a button: where the button leads, and what answers there.

Such answers are JSON or JSONP, with the articles as rows or as markup, or the markup alone. The list itself is
`listing`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.recipe import Recipe
from crawlers.sources.data import parse_data
from crawlers.sources.links import load_words

_BUTTONS = (
    "button, a:not([href]), a[href^='#'], a[href^='javascript'], [data-url], [data-href], [data-next], "
    "[data-next-url], [data-next-page-url]"
)
_ONWARD = ("data-next-url", "data-next-page-url", "data-next")  # what is named so needs no label that says it
_ADDRESS = re.compile(r"(?:https?:/)?/[^\s\"'<>]+|[\w./-]*\?[^\s\"'<>]+")
_NUMBER = re.compile(r"((?:[?&](?:page|paged|hal|halaman|p)=|/(?:page/|p/)?))(\d{1,4})(?=$|[&/])")
_OFFSET = re.compile(r"((?:[?&](?:start|offset|mulai|skip)=))(\d{1,6})(?=$|&)")
_ANSWER = re.compile(rb"\s*(?:[\w$.]{1,60}\s*\(\s*)?[{\[]")
_SCRIPTED = re.compile(r"(?:https?:)?/[\w./-]+\?(?:[\w=.%-]+&)*callback=[\w=.%?&-]*")
_QUOTED = re.compile(r"[\"'`]((?:https?:)?/[^\"'`<>\s]{1,200})[\"'`]")  # an address in a script
_FILLED = re.compile(r"\$\{[^}]*\}")  # where it puts the number
_COUNTED = re.compile(r"[?&](?:(page|paged|hal|halaman)|start|offset|mulai|skip)=(?=&|$|\d)")
_NEXT_KEYS = ("next_page_url", "next_url", "nextPageUrl", "next")
_DEPTH = 6


def find_more(tree: LexborHTMLParser, base: str, recipe: Recipe) -> str | None:
    """Return the address that a button such as "Muat Lainnya" asks for more of the list."""
    words = load_words().next
    for node in tree.css(_BUTTONS):
        onward = next((value for name in _ONWARD if (value := node.attributes.get(name))), "")
        if _ADDRESS.fullmatch(onward):
            return recipe.own_address(onward, base) or None
        label = " ".join((node.text() or "").split()).lower()
        if len(label) > 40 or label not in words:
            continue
        for name, value in _data_of(node):
            if name.startswith("data-") and value and _ADDRESS.fullmatch(value):
                return recipe.own_address(value, base) or None
    return _find_scripted(tree, base, recipe)


def _find_scripted(tree: LexborHTMLParser, base: str, recipe: Recipe) -> str | None:
    """Return the address of a list that a script fetches as JSONP, from its start: "/ajax/latest?callback=x&start="."""
    for node in tree.css("script, [data-src*=callback], [data-url*=callback]"):
        for value in (*node.attributes.values(), node.text() if node.tag == "script" else ""):
            if "callback=" in (value or "") and (match := _SCRIPTED.search(value or "")):
                address = match[0].replace("callback=?", "callback=cb")
                address += "0" * address.endswith("=")
                if _NUMBER.search(address) or _OFFSET.search(address):  # else nothing follows its first answer
                    return recipe.own_address(address, base) or None
    return None


def find_drawn(tree: LexborHTMLParser, base: str, recipe: Recipe) -> str | None:
    """Return the first answer of an interface that a script draws a list from: fetch("/api/posts?page=" + page)."""
    for node in tree.css("script:not([src])"):
        for match in _QUOTED.finditer(node.text() or ""):
            address = _FILLED.sub("", match[1])
            if counted := _COUNTED.search(address):
                first = "1" if counted[1] else "0"
                rest = address[counted.end() :].lstrip("0123456789")
                return recipe.own_address(address[: counted.end()] + first + rest, base) or None
    return None


def is_answer(body: bytes) -> bool:
    """Say whether an answer is data and no page."""
    return bool(_ANSWER.match(body))


def _data_of(node: LexborNode) -> Iterator[tuple[str, str | None]]:
    yield from node.attributes.items()
    if node.parent is not None:
        yield from node.parent.attributes.items()


def read_answer(body: bytes) -> tuple[Any, str]:
    """Return (data, markup) of an answer in JSON: the data, and the longest markup of links that it holds.

    Raises ValueError for what is neither JSON nor JSONP.
    """
    data = parse_data(body)
    return data, max(_markup(data), key=len, default="")


def follow(url: str, data: Any, recipe: Recipe, rows: int = 0) -> str | None:
    """Return the address of the answer after the one at `url`: the one that it names, or the next number.

    Where an answer counts articles and not pages, the next one starts `rows` further on.
    """
    inner = data.get("data") if isinstance(data, dict) else None
    for item in (data, inner):
        if not isinstance(item, dict):
            continue
        for key in _NEXT_KEYS:
            if isinstance(item.get(key), str) and (named := recipe.own_address(item[key], url)):
                return named
            if key in item and not item[key]:
                return None
    for pattern, step in ((_NUMBER, 1), (_OFFSET, rows)):
        if step and (found := list(pattern.finditer(url))):
            last = found[-1]
            return f"{url[: last.start(2)]}{int(last[2]) + step}{url[last.end(2) :]}"
    return None


def _markup(data: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(data, str) and "<a " in data:
        yield data
    elif depth < _DEPTH and isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _markup(value, depth + 1)
