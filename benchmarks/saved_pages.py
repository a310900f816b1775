"""Saved pages of real outlets as articles of the invented ones, for the crawl's benchmark. None comes with Pantau.

Markup, scripts, styles, links and lists stay as they are. Changed is what would keep a tool from doing its whole job on
a page that is served elsewhere and in another language: canonical link and og:url name the address it is served under,
its head tells a time of publication, and among its running text, not in its headline, every third word is an Indonesian
one, the regency's name among them, so that the page is one of those that a monitor of Indonesian news is made for.
`foreign` leaves the text as it is but for the name. Whoever crawls gets the same bytes. The folder's pages are served
over and over; one that an outlet has twice and that names one more address of its own is the same article to a store,
and counts as unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import cycle, islice
from pathlib import Path

from invented_pages import JOINTS
from site_pages import ADDRESS

from crawlers.extract.decode import decode_page

RUN = 8  # words from which on a text node is running text
_TEXT = re.compile(r"(?is)<(script|style|noscript|textarea|title|svg|h1)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>|([^<]+)")
_OWN = (
    (re.compile(r"(?i)<link\b[^>]*\bcanonical\b[^>]*>"), f'<link rel="canonical" href="{ADDRESS}">'),
    (re.compile(r"(?i)<meta\b[^>]*\bog:url\b[^>]*>"), f'<meta property="og:url" content="{ADDRESS}">'),
)


def read_articles(folder: Path, count: int, word: str, *, foreign: bool = False) -> Iterator[tuple[str, str]]:
    """Yield title and page `count` times, the pages of the folder over and over."""
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in (".html", ".htm")]
    bodies = {path.stem: decode_page(path.read_bytes(), None) for path in files}
    pages = [_move(page, name, word, foreign) for name, page in bodies.items() if page]
    if not pages:
        raise SystemExit(f"{folder} holds no saved pages (*.html, *.htm)")
    return islice(cycle(pages), count)


def _move(page: str, name: str, word: str, foreign: bool) -> tuple[str, str]:
    """Return the page's title, and the page fit to be served anywhere."""
    found = re.search(r"(?is)<title[^>]*>\s*([^<]+)", page)
    title = " ".join(unescape(found[1]).split()) if found else name
    for pattern, own in _OWN:
        page = pattern.sub(own, page)
    spice = cycle([word] if foreign else [word, *JOINTS.split()])

    def mix(match: re.Match[str]) -> str:
        words = re.split(r"(\s+)", match[2] or "")  # with the gaps between them
        if len(words) < 2 * RUN:
            return match[0]
        for at in [4] if foreign else range(4, len(words) - 2, 6):
            words[at] = next(spice) if words[at].isalpha() else words[at]  # the ends of sentences stay
        return "".join(words)

    page = _TEXT.sub(mix, page)
    return title, page if foreign else re.sub(r'(?i)(<html\b[^>]*\blang=)["\']?[\w-]+["\']?', r'\1"id"', page)
