"""From one page of a list to the next: the link that leads there, or how the numbers in the addresses run."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.addresses import canonical_address
from crawlers.recipe import Recipe, Source
from crawlers.sources.links import load_words

_NEXT = "link[rel=next][href], a[rel=next][href], a.next[href], li.next a[href], a.nextpostslink[href]"
_NEXT_CLASS = re.compile(
    r"(?<![a-z])next(?![a-z])|(?:angle|chevron|arrow|caret)(?:-double|-circle)?-right\b|-forward\b"
)
_ARROWS = " ←→«»‹›<>"
_PAGE_WORD = r"page|halaman|hal|index|indeks|p|offset|semua-berita|berita|terkini|latest|terbaru|\d+"
_COUNTED = re.compile(r"(?:\b(?:page|paged|halaman|hal|pg|p)[=/_-]|/)(\d{1,4})(?:\.html?|/)?$", re.IGNORECASE)
_PAGE_WORDS = rf"(?:[/_-]?(?:{_PAGE_WORD}))*(?:\.html?|\.php)?/?"


def find_next(tree: LexborHTMLParser, base: str, recipe: Recipe, source: Source | None, number: int) -> str | None:
    """Return the address of the page after page `number`: by selector, ``rel=next``, words or number."""
    if source and source.paging.next:
        node = tree.css_first(source.paging.next)
        return _address(node, base, recipe) if node else None
    for node in tree.css(_NEXT):
        if url := _address(node, base, recipe):
            return url
    words, numbered, counted = load_words().next, None, None
    for node in tree.css("a[href]"):
        attributes = node.attributes
        label = _label_of(node)
        named = any((attributes.get(name) or "").lower() in words for name in ("aria-label", "title"))
        says_next = label in words or label.strip(_ARROWS) in words or named or (not label and _looks_next(node))
        if says_next and (url := _address(node, base, recipe)):
            return url
        if label.strip("[]() ") == str(number + 1) and numbered is None:
            numbered = _address(node, base, recipe)
        if counted is None and _counts(node.attributes.get("href") or "", number + 1):
            address = _address(node, base, recipe)
            counted = address if address and shares_list(base, address) else None
    return numbered or counted


def _counts(href: str, number: int) -> bool:
    """Say whether an address ends as that of a list's page `number`, whatever its link says."""
    match = _COUNTED.search(href)
    return match is not None and int(match[1]) == number


def _looks_next(node: LexborNode) -> bool:
    """Say whether a link without words shows an arrow to the right, by its class or that of its icon."""
    icons = [node, *node.css("i, span, svg")]
    return any(_NEXT_CLASS.search(icon.attributes.get("class") or "") for icon in icons)


def _label_of(node: LexborNode) -> str:
    """What a link is called: its text, else that of its image."""
    if label := " ".join((node.text() or "").split()).lower():
        return label
    image = node.css_first("img[alt]")
    return ((image.attributes.get("alt") or "") if image else "").strip().lower()


def _address(node: LexborNode, base: str, recipe: Recipe) -> str | None:
    href = (node.attributes.get("href") or "").strip()
    if not href or href.startswith(("#", "javascript:")):
        return None
    url = recipe.own_address(href, base)
    return url if url and url != canonical_address(base) else None


def shares_list(first: str, other: str) -> bool:
    """Say whether an address can be a later page of the list at another: the same path but for what numbers pages."""
    ours, theirs = urlsplit(first), urlsplit(other)
    stem = re.sub(r"(?:[/_-]1)?(?:\.html?|index\.php|/)?$", "", ours.path)
    rest = theirs.path.removeprefix(stem) if theirs.path.startswith(stem) else None
    return rest is not None and re.fullmatch(_PAGE_WORDS, rest, re.IGNORECASE) is not None


def extrapolate(before: str, last: str) -> str | None:
    """Return the address that goes on from two pages of a list: ``…_8.html, …_9.html`` lead to ``…_10.html``.

    The first page often carries no number: ``/``, ``/?page=2`` lead to ``/?page=3``.
    """
    ours, theirs = re.split(r"(\d+)", before), re.split(r"(\d+)", last)
    if len(ours) != len(theirs):
        second = re.search(r"(?<=[=/_-])2(?=(?:\.html?)?/?$)", last)
        return f"{last[: second.start()]}3{last[second.end() :]}" if second and shares_list(before, last) else None
    apart = [n for n, pair in enumerate(zip(ours, theirs, strict=True)) if pair[0] != pair[1]]
    if len(apart) != 1 or not theirs[apart[0]].isdigit() or not ours[apart[0]].isdigit():
        return None
    step = int(theirs[apart[0]]) - int(ours[apart[0]])
    if step <= 0:
        return None
    theirs[apart[0]] = str(int(theirs[apart[0]]) + step)
    return "".join(theirs)
