"""Tells an article's address from a section's, a tag's and the page furniture's, on sites nobody described.

A guess that costs at most one request: whether the page is an article is extraction's to say.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from selectolax.lexbor import LexborNode

from crawlers.addresses import address_date
from crawlers.recipe import Recipe

_ENOUGH = 3
_SHORT = 30  # characters of a link that only says to read on
_BESIDE = 3  # levels from a picture's link to the box that holds its headline
_ID = re.compile(r"(?<!\d)\d{3,}(?!\d)")
_ID_KEYS = re.compile(r"p|id|arr|idnews|id_news|id_berita|newsid|news_id|berita|artikel|no|read|baca", re.I)
_DAY_WORDS = 3  # a link of fewer words ("3 Juni 2025") to an address that ends in a date leads to a list of that day
_DAY_ONLY = re.compile(r"/(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}-\d{1,2}-\d{4})/?$")
_PAGE_TAIL = re.compile(
    r"(?:/(?:page|halaman|index|hal)/\d+|[_/]\d{1,4}(?:\.html?)?|[?&](?:page|hal|halaman|offset|start|paged)=\d+)/?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary of ``words.toml``."""

    chrome: frozenset[str]
    last_only: frozenset[str]
    no_section: frozenset[str]
    stems: tuple[str, ...]
    files: tuple[str, ...]
    next: frozenset[str]
    onward: frozenset[str]
    feeds: tuple[str, ...]
    sitemaps: tuple[str, ...]
    indexes: tuple[str, ...]
    searches: tuple[str, ...]
    pages: tuple[str, ...]


@lru_cache(maxsize=1)
def load_words() -> Words:
    """Return the vocabulary; read once."""
    data: dict[str, list[str]] = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    sets: dict[str, Any] = {
        key: frozenset(data.pop(key)) for key in ("chrome", "last_only", "no_section", "next", "onward")
    }
    rest: dict[str, Any] = {key: tuple(value) for key, value in data.items()}
    return Words(**sets, **rest)


def read_anchor(node: LexborNode) -> str:
    """Return what a link says: its text or title, or the heading of a box whose only link is a picture or "Baca"."""
    said = " ".join((node.text() or "").split()) or (node.attributes.get("title") or "").strip()
    bare = said.strip(" .…»›>→[]():").lower() if len(said) < _SHORT else said
    box = node.parent
    for _ in range(_BESIDE if not bare or bare in load_words().onward else 0):
        if box is None or box.tag in ("body", "html"):
            break
        if len({link.attributes.get("href") for link in box.css("a[href]")}) > 1:
            break
        if heading := box.css_first("h1, h2, h3, h4, h5, h6"):
            return " ".join((heading.text() or "").split())
        box = box.parent
    return said


def is_chrome(url: str, recipe: Recipe) -> bool:
    """Say whether the address surely is no article: another site's, the home page, a file, a tag, an imprint."""
    parts, words = urlsplit(url), load_words()
    if not recipe.owns(parts.hostname or ""):
        return True
    path = parts.path.lower().rstrip("/")
    if (not path and not parts.query) or path.endswith(words.files):
        return True
    if _matches(recipe.not_article, url):
        return True
    if recipe.article_url and (recipe.verified or _matches(recipe.article_url, url)):
        return not _matches(recipe.article_url, url)
    segments = [segment for segment in path.split("/") if segment]
    # index.php is the front controller of many systems, and articles of a live page lie below /live/
    if not (words.chrome - words.last_only).isdisjoint(segments[:-1]):
        return True
    last = segments[-1] if segments else ""
    numbered = bool(_ID.search(path) or address_date(url))
    return (last in words.chrome and not _has_id(parts.query)) or (not numbered and last.startswith(words.stems))


def is_article(url: str, anchor: str, recipe: Recipe) -> bool:
    """Say whether a link looks like an article's, from its address and the words that it stands on."""
    if is_chrome(url, recipe):
        return False
    if _matches(recipe.article_url, url):
        return True
    parts = urlsplit(url)
    words = len(re.findall(r"[^\W\d_]{2,}", anchor))
    slug = max((segment.count("-") + segment.count("_") for segment in parts.path.split("/")), default=0)
    if re.fullmatch(r"(?:/\d{1,4}){1,3}/?", parts.path) and not parts.query:  # an archive of a year, month or day
        return False
    if words < _DAY_WORDS and _DAY_ONLY.search(parts.path):  # or one such below a word: /arsip/2025-06-03
        return False
    score = 2 * (slug >= 3) + 2 * (words >= 4) + (words >= 3 or slug >= 2)
    score += 2 * bool(address_date(url)) + (bool(_ID.search(parts.path)) or _has_id(parts.query))
    return score >= _ENOUGH and not (words < 3 and slug < 3 and _PAGE_TAIL.search(url))


def is_section(url: str, anchor: str, recipe: Recipe) -> bool:
    """Say whether a link may lead to a listing: a short label on a short address of the same site."""
    parts, words = urlsplit(url), load_words()
    segments = [segment for segment in parts.path.lower().split("/") if segment]
    if not recipe.owns(parts.hostname or "") or len(segments) > 3 or not (segments or parts.query):
        return False
    label = anchor.split()
    if not label or len(label) > 3 or parts.path.lower().endswith(words.files):
        return False
    last, said = segments[-1] if segments else "", [word.lower() for word in label]
    if last.startswith(words.stems) or not words.no_section.isdisjoint([*segments, *said]):
        return False
    if f"/{'-'.join(said)}" not in words.indexes and _PAGE_TAIL.search(url):  # "Indeks" may lead to /indeks/3
        return False
    return not is_article(url, anchor, recipe)


def _matches(patterns: tuple[str, ...], url: str) -> bool:
    """Say whether one of a recipe's patterns is found in the address's path, alone or with its query."""
    parts = urlsplit(url)
    whole = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return any(re.search(pattern, parts.path) or re.search(pattern, whole) for pattern in patterns)


def _has_id(query: str) -> bool:
    return any(_ID_KEYS.fullmatch(key) and re.match(r"\d+(?=$|[:-])", value) for key, value in parse_qsl(query))
