"""Where on a page the article's text lies, found by its shape: no selector, no knowledge of the site.

Sentences weigh, links and furniture do not. What ``aside`` finds to be something else is taken out; then the tree is
followed down to the smallest box that still holds nearly all the weight. Which lines of that region are text is
``lines``' to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawlers.extract.aside import (
    ENOUGH,
    FULL,
    HEADINGS,
    Children,
    Ranges,
    drop_cards,
    drop_headed,
    drop_named,
    drop_next_article,
    drop_summaries,
    is_linked_headline,
    list_children,
)
from crawlers.extract.blocks import Block, Box
from crawlers.extract.lines import is_caption, is_dateline, is_publication_line
from crawlers.extract.titles import heading_rank
from crawlers.extract.words import is_line, is_named, line_pattern

LEAVES = frozenset(["p", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dd", "dt", "td", "th"])
SMALL_HEADINGS = frozenset(["h4", "h5", "h6"])  # in which some set their paragraphs
TELLS = 10  # words from which on a sentence in one of these is no heading
DESCEND = 0.7  # share of the weight that a child must hold to stand for its parent
DESCEND_NAMED = 0.45  # the same, when its name says that it is the article
DESCEND_CLEANER = 0.35  # the same, when so much else lies beside it that it is the better article without
SURE = 0.6  # confidence from which on a region needs no second opinion
BELOW_TITLE = 0.2  # how much surer a region is that begins where the headline ends
ROW = 0.5  # what a word of a short line below sentences counts against one of theirs
TOLD = 0.1  # weight of a line that only its place shows to be text
LONG = 12.0  # weight from which on a paragraph behind "Baca juga" is the article's, and no teaser
MORE = 4  # words from which on a line behind "Baca juga" and its links may be the article's
LEAD = 5.0  # weight from which on a box before the text may be its first paragraph


_PAGE = re.compile(r"(?<![a-z])(?:page|halaman)(?![a-z])")


@dataclass(slots=True)
class Region:
    """Blocks that may be the article's, in order, and how sure that is."""

    indices: list[int]
    confidence: float  # share of the page's sentence weight that lies in the region, 0..1
    weight: float
    named: bool = False  # it follows the headline in a box that is named as the article's
    place: str = ""  # the box that its paragraphs stand in, by which the article's next page has it too


def weigh(blocks: list[Block], boxes: list[Box]) -> None:
    """Set each block's weight: its number of words when it reads like a sentence, else 0."""
    start = line_pattern("line", "start")
    for block in blocks:
        words, text = block.words, block.text
        if words < 5 or block.links * 2 > len(text) or block.size >= 4:
            continue
        if block.tag in HEADINGS and not (block.tag in SMALL_HEADINGS and words >= TELLS and text[-1] in '.!?"”'):
            continue
        ends = text[-1] in ".!?…\"”'’»:;*)]" or (words > 12 and text[-1] == ",")
        if not ends and (words < 8 or block.emphasis >= 0.9 * len(text)):
            continue
        if words < 40 and (is_line("line", "whole", text) or start.match(text) or is_publication_line(block)):
            continue
        if words < 45 and is_caption(block, boxes):
            continue
        block.weight = block.mass = float(words) if (ends and words >= 8) or words >= 25 else words * 0.3
    _weigh_rows(blocks, boxes)


def _weigh_rows(blocks: list[Block], boxes: list[Box]) -> None:
    """Give mass to short lines that follow sentences in the same box: prices or names in a list are the article's."""
    one: set[int] = set()  # boxes with a sentence so far
    more: set[int] = set()  # those with several
    for block in blocks:
        if block.weight >= FULL:
            home = _home(block, boxes)
            (more if home in one else one).add(home)
        elif more and not block.links:
            home = _home(block, boxes)
            if home in more or boxes[home].parent in more:
                block.mass = max(block.mass, ROW * block.words)


def _home(block: Block, boxes: list[Box]) -> int:
    """The box that a paragraph stands in."""
    return max(boxes[block.box].parent, 0) if block.tag in LEAVES else block.box


def find_region(blocks: list[Block], boxes: list[Box], title: int | None) -> Region:
    """Return the region of the article; `title` is the index of the block that prints the headline, when known."""
    heavy = [i for i, block in enumerate(blocks) if block.weight]
    if not heavy:
        return Region([], 0.0, 0.0)
    children = list_children(boxes)
    dropped = list_dropped(blocks, boxes, children, title)
    if title is not None:
        drop_next_article(blocks, boxes, dropped, title)
        after = sum(blocks[i].weight for i in heavy if i > title and not dropped[i])
        left = sum(blocks[i].weight for i in heavy if not dropped[i])
        if after >= 0.4 * left or (
            after >= ENOUGH and heading_rank(blocks[title], boxes) >= 1 and not blocks[title].links
        ):
            dropped[: title + 1] = [True] * (title + 1)
    ranges = Ranges(blocks, dropped)
    inside = _widen(_descend(boxes, children, ranges), boxes, children, ranges)
    indices = [i for i in inside if not dropped[i]]
    indices = cut_at_headings(blocks, boxes, indices)
    if indices and (ahead := indices[0] - 1) > (-1 if title is None else title) and not dropped[ahead]:
        indices = [ahead, *indices] if is_dateline(blocks[ahead]) else indices  # bare, before the box of the text
    weight = sum(blocks[i].weight for i in indices)
    left = sum(blocks[i].weight for i in heavy if not dropped[i])
    confidence, named = weight / left if left else 0.0, False
    first = next((i for i in indices if blocks[i].weight), None)
    if title is not None and first is not None and not any(title < i < first for i in heavy):
        named = any(is_named("article", boxes[i].name) for i in _around(blocks[first].box, boxes))
        confidence = max(confidence + BELOW_TITLE, SURE if named else 0.0)
    place = "" if first is None else place_of(_home(blocks[first], boxes), boxes)
    return Region(indices, min(confidence, 1.0), weight, named, place)


def find_place(blocks: list[Block], boxes: list[Box], title: int | None, place: str) -> Region | None:
    """Return what stands at the place where an earlier page of the article had its text; None when nothing does."""
    dropped = list_dropped(blocks, boxes, title=title)
    found = (box for i, box in enumerate(boxes) if box.end > box.start and place_of(i, boxes) == place)
    indices = sorted({i for box in found for i in range(box.start, box.end) if not dropped[i]})
    indices = cut_at_headings(blocks, boxes, indices)
    for block in (blocks[i] for i in indices):
        if not block.weight and not block.links and block.words > 1:
            block.weight = block.mass = TOLD  # a row of a list, though no sentence stands beside it on this page
    return Region(indices, 1.0, sum(blocks[i].mass for i in indices), True, place) if indices else None


def place_of(index: int, boxes: list[Box]) -> str:
    """Write down a box by its tag and name and those of the box around it; blank for one that has no name."""
    box = boxes[index]
    around = boxes[box.parent] if box.parent >= 0 else box
    named = box.name or (around.name and box.tag in ("article", "main", "section"))
    return f"{around.tag}.{around.name} > {box.tag}.{box.name}" if named else ""


def list_dropped(
    blocks: list[Block], boxes: list[Box], children: Children | None = None, title: int | None = None
) -> list[bool]:
    """Say of each block whether it is surely not the article's."""
    children = list_children(boxes) if children is None else children
    dropped = [False] * len(blocks)
    drop_named(blocks, boxes, dropped, title)
    drop_cards(blocks, boxes, children, dropped, title)
    drop_headed(blocks, boxes, dropped, title)
    drop_summaries(blocks, dropped)
    return dropped


def _descend(boxes: list[Box], children: Children, ranges: Ranges) -> int:
    """Follow the weight down to the smallest box that holds nearly all of it."""
    at = 0
    while at in children:
        whole = ranges.weight(boxes[at])
        best = max(children[at], key=lambda child: ranges.weight(boxes[child]))
        box, share = boxes[best], ranges.weight(boxes[best]) / whole if whole else 0.0
        named = is_named("article", box.name)
        if box.tag in LEAVES and box.tag != "td":
            # unclosed paragraphs swallow the page: a leaf with most blocks in it is a box
            if ranges.good(box) < 3:
                break
        elif ranges.good(box) < 2 and not (named or share == 1.0):
            break
        if share < (DESCEND_NAMED if named else DESCEND) and (
            share < (DESCEND_CLEANER / 2 if named else DESCEND_CLEANER)
            or ranges.balance(box) <= ranges.balance(boxes[at])
        ):
            break
        at = best
    return at


def _around(at: int, boxes: list[Box]) -> Iterator[int]:
    """Yield a box and those around it, the innermost first."""
    while at >= 0:
        yield at
        at = boxes[at].parent


def _widen(at: int, boxes: list[Box], children: Children, ranges: Ranges) -> list[int]:
    """Return the blocks of the found box and of neighbours that belong to it: a lead before, a continuation after."""
    around = boxes[at].parent
    if around > 0 and any(i != around and _are_pages(boxes[around], boxes[i]) for i in children[boxes[around].parent]):
        at = around
    box = boxes[at]
    inside: list[int] = []
    if box.parent >= 0:
        alike = (box.tag, box.name)
        for index in children[box.parent]:
            other = boxes[index]
            before = (
                other.end <= box.start
                and ranges.weight(other) >= LEAD
                and (other.tag in LEAVES or ranges.good(other) <= 3 or _are_pages(box, other))
            )
            continues = (
                other.start >= box.end
                and ranges.good(other)
                and (
                    (other.tag, other.name) == alike
                    or other.tag == "p"
                    or is_named("more", other.name)
                    or _are_pages(box, other)
                )
            )
            if index == at or before or continues:
                inside += range(other.start, other.end)
        # text that stands bare in the parent, between its children
        covered = {i for index in children[box.parent] for i in range(boxes[index].start, boxes[index].end)}
        parent = boxes[box.parent]
        if ranges.good(parent) > ranges.good(box):
            inside += [i for i in range(parent.start, parent.end) if i not in covered]
    return sorted(set(inside or range(box.start, box.end)))


def _are_pages(one: Box, other: Box) -> bool:
    """Say whether two boxes are called pages of one text: "item-page page-first", "item-page"."""
    return one.signature == other.signature and all(_PAGE.search(box.name) for box in (one, other))


def cut_at_headings(blocks: list[Block], boxes: list[Box], indices: list[int]) -> list[int]:
    """Drop what a line such as "Berita Terkait" opens, up to where paragraphs like those before it go on."""
    end, comments = line_pattern("heading", "end"), line_pattern("heading", "comments")
    kept: list[int] = []
    homes: set[int] = set()
    skipping = led_away = False
    passed: list[int] = []  # lines between what leads away and where the article goes on, as those before it
    for position, index in enumerate(indices):
        block = blocks[index]
        home = _home(block, boxes)
        if not block.weight and block.words <= 9 and homes:
            if comments.fullmatch(block.text):
                rest = sum(blocks[i].weight for i in indices[position:])
                if rest < sum(blocks[i].weight for i in kept):
                    break
            if not skipping and end.fullmatch(block.text):
                skipping, led_away, passed = True, False, []
        led_away = led_away or is_linked_headline(block) or (position > 0 and index > indices[position - 1] + 1)
        if skipping and block.weight >= (FULL if led_away and not block.links else LONG) and home in homes:
            skipping = False
            kept += passed
        if skipping and led_away and block.words >= MORE and not block.links and home in homes:
            passed.append(index)
        elif skipping and block.links:
            passed = []
        if not skipping:
            kept.append(index)
            if block.weight:
                homes.add(home)
    return kept
