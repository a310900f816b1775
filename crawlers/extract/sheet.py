"""One page parsed, with what is known of it before its text is chosen: claims, blocks, headline, region of the article.

``page`` builds the article from it; nothing here decides on text, names or dates.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from crawlers.extract.around import Around
from crawlers.extract.blocks import Block, Box, list_blocks
from crawlers.extract.body import SURE, Region, find_place, find_region, weigh
from crawlers.extract.core import find_core
from crawlers.extract.generic import is_indonesian
from crawlers.extract.metadata import SECTION_KEYS, Metadata, fold, read_metadata
from crawlers.extract.published import NEAR
from crawlers.extract.selected import Selected, select_parts
from crawlers.extract.state import find_hidden_article
from crawlers.extract.titles import cut_label, find_loud_line, find_title, heading_rank, key, list_claims
from crawlers.recipe import Recipe

_MONTH_FIRST = ("", "en", "en-us")  # languages, as pages declare them, that may write 03/04/2025 for the 4th of March
_QUIET = LexborDocumentOptions.WO_EVENTS.value  # nobody is to be told how a tree grows: a tenth of what parsing costs
PALE = 30.0  # weight of what a page shows below which it may be but the frame that scripts draw its article in
PLENTY = 100.0  # weight of a region that a page need not be read as a whole for, wherever it lies
HOME_ZONE = ZoneInfo("Asia/Jakarta")  # of Indonesian pages without a recipe that name no zone


@dataclass(frozen=True, slots=True)
class Hints:
    """What the feed or REST item said that led to the page."""

    title: str | None = None
    published_at: datetime | None = None  # aware
    byline: str | None = None
    html: str | None = None  # body as a fragment, whole or only its beginning
    section: str | None = None
    source: Literal["feed", "rest", "next_data"] | None = None
    vague: bool = False  # published_at may be when it was changed
    place: str = ""  # `Extraction.place` of the article's first page, where this is a later one
    listed_at: datetime | None = None  # aware; as a list of articles prints it, for pages that tell less


@dataclass(frozen=True, slots=True)
class Page:
    """A page as fetched."""

    url: str
    body: bytes  # transfer compression undone
    content_type: str | None
    fetched_at: datetime  # aware
    hints: Hints = Hints()


@dataclass(slots=True)
class Sheet:
    """The page parsed, and what is known of it so far."""

    page: Page
    html: str
    tree: LexborHTMLParser
    meta: Metadata
    selected: Selected
    blocks: list[Block] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=lambda: [Box("body", "", -1, 0)])
    indonesian: bool = True
    zone: tzinfo = HOME_ZONE
    title: str = ""
    title_at: int | None = None
    region: Region = field(default_factory=lambda: Region([], 0.0, 0.0))
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def day_first(self) -> bool:
        """Whether 03/04/2025 on this page is the 3rd of April."""
        return self.indonesian or self.zone is not UTC or self.meta.language not in _MONTH_FIRST


def read_sheet(page: Page, html: str, recipe: Recipe | None, utf8: bytes | None = None) -> Sheet:
    """Parse a page, take out what the recipe drops, and find its headline and the region of its text.

    `utf8` are the bytes of `html`, where they are at hand: to write them costs a fifth of what parsing costs.
    """
    tree = LexborHTMLParser(utf8 or html, options=_QUIET)
    for selector in recipe.clean.drop if recipe else ():
        for node in tree.css(selector):
            if node.parent is not None:
                node.decompose()
    meta = read_metadata(tree, page.url)
    selected = select_parts(tree, recipe, page.url, page.fetched_at, recipe.zone) if recipe else Selected()
    core = find_core(tree.body) if tree.body and not selected.nodes else None
    if nodes := selected.nodes or ([core] if core else []):
        told = page.hints.section or meta.article.get("articleSection") or meta.first(SECTION_KEYS) or meta.category
        claims = [claim for claim, _ in list_claims(meta, page.hints.title)]
        sheet = _walk(Sheet(page, html, tree, meta, selected), recipe, Around(nodes, claims, crumbs=not told))
        if sheet.title and sheet.region.indices and (selected.nodes or _is_sure(sheet.region)):
            return sheet
    return _walk(Sheet(page, html, tree, meta, selected), recipe)


def _is_sure(region: Region) -> bool:
    return region.confidence >= SURE and (region.named or region.weight >= PLENTY)


def _walk(sheet: Sheet, recipe: Recipe | None, around: Around | None = None) -> Sheet:
    """Fill in what a walk over the page gives, the whole of it or what is `around` its text."""
    if sheet.tree.body:
        sheet.blocks, sheet.boxes = list_blocks(sheet.tree.body, around)
    weigh(sheet.blocks, sheet.boxes)
    if not sheet.meta.next_article and (shown := sum(block.weight for block in sheet.blocks)) < PALE:
        claims = fold(f"{sheet.meta.meta.get('og:title', '')} {sheet.meta.title}").lower()
        found = find_hidden_article(sheet.tree, claims)
        if not shown or fold(found.get("title", "")).lower() in claims:
            sheet.meta.next_article = found
    sheet.indonesian = is_indonesian(sheet.blocks, sheet.meta.language, sheet.page.url)
    sheet.zone = recipe.zone if recipe else HOME_ZONE if sheet.indonesian else UTC
    _find_title(sheet)
    return sheet


def _find_title(sheet: Sheet) -> None:
    hints = sheet.page.hints
    title, at, source = find_title(sheet.blocks, sheet.boxes, sheet.meta, sheet.page.url, hints.title)
    if sheet.selected.title:
        wanted = key(sheet.selected.title)
        at = next((i for i, b in enumerate(sheet.blocks) if b.words < 45 and key(b.text) == wanted), at)
        title, source = sheet.selected.title, "selector"
    sheet.region = find_region(sheet.blocks, sheet.boxes, at)
    if at is None and source in ("", "meta", "json-ld") and sheet.region.indices:
        blocks, boxes, inside = sheet.blocks, sheet.boxes, sheet.region.indices
        first = next((i for i in inside if blocks[i].weight >= 5 and heading_rank(blocks[i], boxes) < 1), inside[0])
        at = find_loud_line(sheet.blocks, sheet.boxes, first, title, sheet.page.url)
        if at is not None:
            title, source = cut_label(sheet.blocks[at].text, sheet.blocks[at].pieces), "generic"
            sheet.region = find_region(sheet.blocks, sheet.boxes, at)
    if hints.place and (known := find_place(sheet.blocks, sheet.boxes, at, hints.place)):
        sheet.region = known
    sheet.title, sheet.title_at = unicodedata.normalize("NFC", title), at
    if title:
        sheet.fields["title"] = source


def head_of(sheet: Sheet) -> tuple[range, int | None]:
    """Return the blocks around the headline, and the first of the text."""
    first = next((i for i in sheet.region.indices if sheet.blocks[i].weight >= 8), None)
    at = sheet.title_at if sheet.title_at is not None else first
    if at is None:
        return range(0), first
    stop = first if first is not None and at < first <= at + 2 * NEAR else at + NEAR
    return range(max(0, at - 5), min(max(stop, at + 6), len(sheet.blocks))), first
