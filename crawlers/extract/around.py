"""What of a page a walk leaves out where a recipe's selector gave the text: all that is not around it.

Headline, date and names stand before the text or right behind it. Menus and rows of links are not looked into, nor
anything further down, unless the page's headline or the trail to its section may be in there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import inf

from selectolax.lexbor import LexborNode

from crawlers.extract.words import LOOKS, is_named

BEHIND = 12  # blocks behind the text that are looked at
FEWEST = 60  # words from which on a box named as furniture is left out; in smaller ones dates and names stand
OPENING = 30  # characters by which a headline is looked for
STRONG_TAGS = frozenset({"nav", "aside", "footer"})
_CRUMBS = '[class*="crumb"], [id*="crumb"]'


class Around:
    """Says of each box of one walk whether it is left out.

    `nodes` hold the text, `claims` are what the page calls itself; `crumbs` keeps the trail to its section.
    """

    def __init__(self, nodes: list[LexborNode], claims: Iterable[str], *, crumbs: bool) -> None:
        self._openings = {claim[:OPENING] for claim in claims}
        self._crumbs = crumbs
        self._held = {one.mem_id for node in nodes for one in _list_outward(node)}  # the text and all that it lies in
        self._behind = {one.mem_id for level in _list_outward(nodes[-1]) for one in _list_onward(level)} - self._held
        self._end = inf  # number of blocks from which on whatever comes lies too far behind the text

    def leaves(self, node: LexborNode, tag: str, name: str, blocks: int) -> bool:
        """Say whether a box of a folded name is left out that comes after so many blocks."""
        here = node.mem_id
        if here in self._behind:
            self._end = min(self._end, blocks + BEHIND)
        if blocks >= self._end:
            return True
        if not _is_furniture(tag, name) or here in self._held:
            return False
        text = node.text(separator=" ")
        if len(text.split(maxsplit=FEWEST)) < FEWEST or any(opening in text for opening in self._openings):
            return False
        return not (self._crumbs and node.css_first(_CRUMBS))


@lru_cache(LOOKS)
def _is_furniture(tag: str, name: str) -> bool:
    return tag in STRONG_TAGS or (is_named("strong", name) and not is_named("article", name))


def _list_outward(node: LexborNode | None) -> Iterator[LexborNode]:
    while node is not None:
        yield node
        node = node.parent


def _list_onward(node: LexborNode) -> Iterator[LexborNode]:
    following = node.next
    while following is not None:
        yield following
        following = following.next
