"""Articles on several pages: the link that leads on. Following it and joining the pages is the crawl's."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawlers.addresses import join_address

_HINT = re.compile(r"page|single|hal|show|[/-]\d{1,2}/?$|/all/?$", re.IGNORECASE)
MAX_LINKS = 2000  # looked at on one page
_KEYS = ("page", "hal", "halaman", "pg", "p", "paged", "pages")


def find_next_page(tree: LexborHTMLParser, url: str, canonical: str | None = None) -> tuple[str | None, bool]:
    """Return (address, whole): the page that shows the whole article where there is one, else the next of its pages."""
    here = urlsplit(url)
    number = _number(url) or 1
    bases = {_base(here.path)} | ({_base(urlsplit(canonical).path)} if canonical else set())
    tails = {tail for base in bases if (tail := base.rsplit("/", 1)[-1])}
    asked_for_all = _shows_all(here.query, here.path)
    onward: str | None = None
    counted: dict[int, str] = {}  # what is printed as a page's number -> its address
    quoted = (re.sub(r'(["\\])', r"\\\1", tail) for tail in tails)
    links = ", ".join(['[href^="?"]', '[href^=" "]', *(f'[href*="{tail}"]' for tail in quoted)])
    # and what no link leads to: a box to choose from, what the page tells machines
    for node in tree.css(f"a:is({links}), option[value], link[rel=next][href]")[:MAX_LINKS]:
        href = (node.attributes.get("href") or node.attributes.get("value") or "").strip()
        if not (href.startswith("?") or any(tail in href for tail in tails)) or not _HINT.search(href):
            continue
        link = join_address(url, href)
        parts = urlsplit(link)
        if parts.hostname != here.hostname or _base(parts.path) not in bases or _base(parts.path) in ("", "/"):
            continue
        if _shows_all(parts.query, parts.path):
            # A site that took no notice of how it was asked for all pages names its own way.
            same = (parts.query, parts.path.rstrip("/")) == (here.query, here.path.rstrip("/"))
            return (None, False) if same else (link, True)
        if _number(link) == number + 1 and onward is None:
            onward = link
        if (printed := (node.text() or "").strip()).isdecimal() and len(printed) < 3:
            counted.setdefault(int(printed), link)
    return None if asked_for_all else onward or _find_by_offset(counted, _number(url) or 0), False


def _find_by_offset(counted: dict[int, str], here: int) -> str | None:
    """Return the next page where addresses count paragraphs: "2" leads to /15 and "3" to /30."""
    steps = {(_number(link) or 0) / (page - 1) for page, link in counted.items() if page > 1}
    step = int(steps.pop()) if len(steps) == 1 else 0
    return counted.get(here // step + 2) if step > 1 else None


def _base(path: str) -> str:
    return re.sub(r"(?:/(?:page/)?\d{1,2}|/all)?/?$", "", path)


def _number(url: str) -> int | None:
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    for name in _KEYS:
        if (value := query.get(name, [""])[0]).isdecimal() and len(value) < 3:
            return int(value)
    match = re.search(r"/(?:page/)?(\d{1,2})/?$", parts.path)
    return int(match[1]) if match else None


def _shows_all(query: str, path: str) -> bool:
    return bool(re.search(r"(?:^|&)(?:(?:page|showpage|pages|halaman)=all|single=1)(?:&|$)", query)) or bool(
        re.search(r"/all/?$", path)
    )
