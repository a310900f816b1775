"""Component ``kind``: reporting, release or advertorial, by the marks that an article bears; leaves ``notes.kind``.

A paid mark decides over everything; then government outlets, credits and bylines. That an unmarked article copies a
release is found by comparing texts, which is not done here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotation import Kind, Source
from nlp.extensions import notes_of, register_extensions
from nlp.furniture import find_dateline
from nlp.tables import load_table

_TAIL = 160  # characters at the end in which a mark may stand
_HEAD = 90  # characters at the beginning in which a mark may stand
_BRACKETED = re.compile(r"\(([^()\n]{2,60})\)[\s*.]*$|^[\s*]*([A-Za-z/ ]{2,30})[\s*.]*$", re.MULTILINE)
_DATELINE = re.compile(r"\(([^()\n]{2,30})\)|,\s*([A-Za-z ]{2,20})\s*[-–—]")
_PARTS = re.compile(r"[/|,:;–-]")


class KindFinder:
    """Reads the signs of ``data/kind.toml``."""

    def __init__(self) -> None:
        register_extensions()
        self.table = load_table("kind")

    def __call__(self, doc: Doc) -> Doc:
        notes = notes_of(doc)
        offices = notes.about is None or any(notes.tags[group] for group in ("opd", "not_opd", "officials"))
        notes.kind = find_kind(notes.source, self.table, offices=offices)
        return doc


def find_kind(source: Source, table: dict[str, Any], *, offices: bool = True) -> Kind:
    """Return what kind of text an article is; without ``offices``, anybody's, what is handed out is not a
    government's: companies and parties write "(rls)", too.
    """
    if is_paid(source, table["advertorial"]):
        return "advertorial"
    if is_governments(source, table["release"]) or (offices and is_release(source, table["release"])):
        return "release"
    return "reporting"


def is_paid(source: Source, signs: dict[str, list[str]]) -> bool:
    """Tell whether the article says that it is paid for."""
    url = (source.url or "").lower()
    opening = source.text[:_HEAD].lower().lstrip(" ([")
    return bool(
        has_marker(source, signs["markers"])
        or (url and any(part in url for part in signs["url"]))
        or begins(source.byline, signs["bylines"])
        or any(
            opening.startswith(word) and re.match(r"\s*(?:[)\]:|\n]|-\s)", opening[len(word) :])
            for word in signs["openings"]
        )
        or bool(closing_marks(source.text) & set(signs["endings"]))
    )


def is_governments(source: Source, signs: dict[str, list[str]]) -> bool:
    """Tell whether a government's own outlet brings the article."""
    if has_marker(source, signs["markers"]) or source.outlet_kind in signs["outlet_kinds"]:
        return True
    host = (urlsplit(source.url or "").hostname or source.outlet or "").lower()
    return any(f".{host}".endswith(domain if domain.startswith(".") else f".{domain}") for domain in signs["domains"])


def is_release(source: Source, signs: dict[str, list[str]]) -> bool:
    """Tell whether the article says that it was handed out."""
    if begins(source.byline, signs["bylines"]) or closing_marks(source.text) & set(signs["endings"]):
        return True
    dateline = source.text[: find_dateline(source.text)]
    brands = {(a or b).strip().lower() for a, b in _DATELINE.findall(dateline)}
    return bool(brands & set(signs["datelines"]))


def has_marker(source: Source, kinds: Sequence[str]) -> bool:
    """Tell whether the crawl found a mark of these kinds on the page ("paid:(adv)")."""
    return any(marker.split(":", 1)[0] in kinds for marker in source.markers)


def begins(byline: str | None, words: Sequence[str]) -> bool:
    """Tell whether a byline is one of these words or begins with one ("MC KAB ...")."""
    if not byline:
        return False
    low = byline.lower().strip()
    return any(low == word or low.startswith(word + " ") for word in words)


@lru_cache(maxsize=4)  # asked for twice
def closing_marks(text: str) -> frozenset[str]:
    """Return the marks at the end of the text, in lower case: of "(Rls/Inf)" both parts, of "MC Kab ..." also "mc"."""
    marks: set[str] = set()
    for bracketed, alone in _BRACKETED.findall(text[-_TAIL:].rstrip()):
        for part in _PARTS.split((bracketed or alone).lower()):
            words = part.split()
            if words and (bracketed or len(words) == 1):
                marks |= {part.strip(), words[0]}
    return frozenset(marks)


@Language.factory("kind")
def make_kind(nlp: Language, name: str) -> KindFinder:
    """Build the component."""
    return KindFinder()
