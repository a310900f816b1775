"""What a recipe's selectors find on a page; a selector that finds nothing leaves its part to the generic chain."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.extract.blocks import Block, Box, list_blocks
from crawlers.extract.dates import Found, find_dates, parse_instant
from crawlers.extract.metadata import fold
from crawlers.extract.names import clean_name, labelled
from crawlers.recipe import Recipe


@dataclass(slots=True)
class Selected:
    """Empty where the recipe says nothing or its selector found nothing."""

    title: str = ""
    nodes: list[LexborNode] = field(default_factory=list)  # of the text
    blocks: list[Block] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    byline: str | None = None
    editor: str | None = None
    published_at: Found | None = None
    section: str | None = None
    captions: list[str] = field(default_factory=list)
    next_page: str | None = None


def select_parts(tree: LexborHTMLParser, recipe: Recipe, url: str, now: datetime, zone: tzinfo) -> Selected:
    """Apply the recipe's selectors; times without a zone are read in `zone`."""
    select, out = recipe.select, Selected()
    out.title = _first_text(tree, select.title)
    out.section = _first_text(tree, select.section) or None
    for selector in select.caption:
        out.captions += [text for node in _nodes(tree, selector) if (text := fold(node.text(separator=" ")))]
    for kind, selectors in (("author", select.byline), ("editor", select.editor)):
        if text := _first_text(tree, selectors):
            name = next(labelled(text, kind), None) or clean_name(text) or None
            if kind == "author":
                out.byline = name
            else:
                out.editor = name
    out.published_at = next(
        (f for s in select.published_at for n in _nodes(tree, s) if (f := _date_of(n, now, zone))), None
    )
    for selector in select.text:
        if nodes := _outermost(_nodes(tree, selector)):
            out.blocks, out.boxes = _blocks_of(nodes)
            if out.blocks:
                out.nodes = nodes
                break
    if recipe.crawl.next_page:
        links = (n.attributes.get("href") for n in _nodes(tree, recipe.crawl.next_page))
        out.next_page = next((urljoin(url, href) for href in links if href), None)
    return out


def _nodes(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """Matches in document order, each once: a node that matches two branches of "a, b" comes twice from the parser."""
    seen: set[int] = set()
    return [node for node in tree.css(selector) if node.mem_id not in seen and not seen.add(node.mem_id)]  # type: ignore[func-returns-value]


def _first_text(tree: LexborHTMLParser, selectors: tuple[str, ...]) -> str:
    return next((text for s in selectors for node in _nodes(tree, s) if (text := fold(node.text(separator=" ")))), "")


def _date_of(node: LexborNode, now: datetime, zone: tzinfo) -> Found | None:
    attributes = node.attributes
    for name in ("datetime", "content", "title", "data-time", "d-time"):
        if (value := attributes.get(name)) and (found := parse_instant(value, now, zone)):
            return found
    return next(find_dates(fold(node.text(separator=" ")), now, zone), None)


def _outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """Drop nodes that lie in another one of the list, whose text would be doubled."""
    ids = {node.mem_id for node in nodes}
    kept = []
    for node in nodes:
        parent = node.parent
        while parent is not None and parent.mem_id not in ids:
            parent = parent.parent
        if parent is None:
            kept.append(node)
    return kept


def _blocks_of(nodes: list[LexborNode]) -> tuple[list[Block], list[Box]]:
    blocks: list[Block] = []
    boxes = [Box("body", "", -1, 0)]
    for node in nodes:
        more, inner = list_blocks(node)
        shift, base = len(boxes), len(blocks)
        for box in inner:
            box.parent = box.parent + shift if box.parent >= 0 else 0
            box.start, box.end = box.start + base, box.end + base
        for block in more:
            block.box += shift
        blocks, boxes = blocks + more, boxes + inner
    boxes[0].end = len(blocks)
    return blocks, boxes
