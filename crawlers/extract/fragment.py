"""Article bodies that a feed or a REST answer carries: a fragment of HTML to blocks, for ``lines`` to sort.

BeautifulSoup reads them, since fragments arrive cut, escaped twice or wrapped in CDATA, and are small. Whether a
fragment is the whole article or only its beginning is judged here too.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from crawlers.extract.blocks import EMPHASIS, IMAGES, INLINE, SKIP, SLANTED, Block, Box, Walk
from crawlers.extract.body import list_dropped, weigh
from crawlers.extract.lines import Lines, sort_lines
from crawlers.extract.words import look_of

if TYPE_CHECKING:
    from bs4 import PageElement, Tag

_CUT = re.compile(
    r"(?:\[\s*(?:…|\.\.\.|&hellip;)\s*\]|…|\.\.\.)\s*(?:(?:(?:baca )?selengkapnya|read more|continue reading)\W*)?$",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"&lt;(?:p|div|br|strong|a|img)\b", re.IGNORECASE)
WHOLE_WORDS = 80  # a feed text this long that does not break off is taken for the whole article


def list_fragment_blocks(fragment: str, drop: Iterable[str] = ()) -> tuple[list[Block], list[Box]]:
    """Return the blocks and boxes of a fragment; `drop` are CSS selectors of what to leave out."""
    from bs4 import BeautifulSoup  # takes long to load, and most pages come without a fragment

    if _ESCAPED.search(fragment) and "<p" not in fragment:
        fragment = html.unescape(fragment)
    soup = BeautifulSoup(fragment.replace("\x00", ""), "html.parser")
    for selector in drop:
        for found in soup.select(selector):
            found.decompose()
    walk = Walk()
    walk.enter("body", {}, look_of("body", None, None))
    _walk(walk, soup)
    walk.leave()
    return walk.blocks, walk.boxes


def sort_fragment(
    fragment: str, drop: Iterable[str], title: str, drop_lines: tuple[str, ...], keywords: tuple[str, ...]
) -> tuple[Lines, bool]:
    """Return the sorted lines of a fragment (see `sort_lines`), and whether they are a whole article."""
    blocks, boxes = list_fragment_blocks(fragment, drop)
    weigh(blocks, boxes)
    dropped = list_dropped(blocks, boxes)
    kept = [index for index, gone in enumerate(dropped) if not gone]
    lines = sort_lines(blocks, boxes, kept, title, drop_lines, keywords)
    return lines, is_whole("\n".join(lines.text))


def is_whole(text: str) -> bool:
    """Say whether a feed's text is the whole article rather than a teaser."""
    return len(text.split()) >= WHOLE_WORDS and not _CUT.search(text[-80:])


def _walk(walk: Walk, root: Tag) -> None:
    from bs4 import NavigableString, Tag
    from bs4.element import PreformattedString

    # a stack of our own: broken fragments nest without end
    stack: list[tuple[Tag, Iterable[PageElement]]] = [(root, iter(root.children))]
    while stack:
        tag, children = stack[-1]
        for child in children:
            if isinstance(child, PreformattedString):  # comments, CDATA and the like
                continue
            if isinstance(child, NavigableString):
                walk.add_text(str(child))
            elif isinstance(child, Tag) and _open(walk, child):
                stack.append((child, iter(child.children)))
                break
        else:
            stack.pop()
            if stack:
                _close(walk, tag)


def _open(walk: Walk, tag: Tag) -> bool:
    """Open an element; False when it has nothing to walk into."""
    name = tag.name.lower()
    if name in ("br", "hr"):
        walk.flush()
        return False
    if name in IMAGES:
        walk.see_image()
        return False
    if name in SKIP:
        return False
    if name not in INLINE:
        names = tag.get("class") or []
        names = names if isinstance(names, str) else " ".join(names)
        walk.enter(name, {}, look_of(name, names, str(tag.get("id") or "")))
    elif name == "a":
        walk.hrefs.append(str(tag.get("href") or ""))
        walk.in_link += 1
    walk.in_emphasis += name in EMPHASIS
    walk.in_slanted += name in SLANTED
    return True


def _close(walk: Walk, tag: Tag) -> None:
    name = tag.name.lower()
    walk.in_emphasis -= name in EMPHASIS
    walk.in_slanted -= name in SLANTED
    if name not in INLINE:
        walk.leave()
    elif name == "a":
        walk.in_link -= 1
