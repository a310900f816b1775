"""Where on a page the article's text lies, found by its shape: no selector, no knowledge of the site.

Sentences weigh, links and furniture do not. What a box's name, a repeated card or a heading gives away as something
else is taken out, each time only while the bulk of the sentences is not in it; then the tree is followed down to the
smallest box that still holds nearly all the weight. Which lines of that region are text is ``lines``' to say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate

from crawlers.extract.blocks import Block, Box
from crawlers.extract.lines import is_caption, is_publication_line
from crawlers.extract.titles import heading_rank
from crawlers.extract.words import is_named, line_pattern

STRONG_TAGS = frozenset({"nav", "aside", "footer"})
LEAVES = frozenset(["p", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dd", "dt", "td", "th"])
AUTHOR_BOX = re.compile(r"(?<![a-z])(?:author|penulis|reporter|writer)(?![a-z])")
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
DESCEND = 0.7  # share of the weight that a child must hold to stand for its parent
DESCEND_NAMED = 0.45  # the same, when its name says that it is the article
DESCEND_CLEANER = 0.35  # the same, when so much else lies beside it that it is the better article without
NOISE = 0.5  # what a word of links and labels counts against a word of sentences
TAG_LIMIT, STRONG_LIMIT, WEAK_LIMIT = 0.6, 0.45, 0.3  # a box with a larger share of the weight is not taken out
ROW_LIMIT = 0.85  # the same for a row of cards, which gives itself away by more than a name
ENOUGH = 30.0  # weight that must stand before a heading that closes the article
BELOW_TITLE = 0.2  # how much surer a region is that begins where the headline ends
LEAD = 5.0  # weight from which on a box before the text may be its first paragraph
CARDS = 3  # from so many alike children on, a row of links is a list


@dataclass(slots=True)
class Region:
    """Blocks that may be the article's, in order, and how sure that is."""

    indices: list[int]
    confidence: float  # share of the page's sentence weight that lies in the region, 0..1
    weight: float


class Ranges:
    """Sums over the blocks of a box, in constant time."""

    def __init__(self, blocks: list[Block], dropped: list[bool]) -> None:
        kept = [0.0 if gone else block.weight for block, gone in zip(blocks, dropped, strict=True)]
        self._weight = [0.0, *accumulate(kept)]
        self._good = [0, *accumulate(1 if weight else 0 for weight in kept)]
        noise = [0 if kept_weight else block.words for kept_weight, block in zip(kept, blocks, strict=True)]
        self._noise = [0, *accumulate(noise)]

    def weight(self, box: Box) -> float:
        """Sentence weight of a box, dropped blocks not counted."""
        return self._weight[box.end] - self._weight[box.start]

    def good(self, box: Box) -> int:
        """Number of blocks with weight."""
        return self._good[box.end] - self._good[box.start]

    def balance(self, box: Box) -> float:
        """Sentence weight less what stands beside it: links, labels, all that was dropped."""
        return self.weight(box) - NOISE * (self._noise[box.end] - self._noise[box.start])


def weigh(blocks: list[Block], boxes: list[Box]) -> None:
    """Set each block's weight: its number of words when it reads like a sentence, else 0."""
    whole, start = line_pattern("line", "whole"), line_pattern("line", "start")
    for block in blocks:
        words, text = block.words, block.text
        if words < 5 or block.links * 2 > len(text) or block.tag in HEADINGS or block.size >= 4:
            continue
        ends = text[-1] in ".!?…\"”'’»:;*)]" or (words > 12 and text[-1] == ",")
        if not ends and (words < 8 or block.emphasis >= 0.9 * len(text)):
            continue
        if words < 30 and (whole.fullmatch(text) or start.match(text) or is_publication_line(block)):
            continue
        if words < 45 and is_caption(block, boxes):
            continue
        block.weight = float(words) if (ends and words >= 8) or words >= 25 else words * 0.3


def find_region(blocks: list[Block], boxes: list[Box], title: int | None) -> Region:
    """Return the region of the article; `title` is the index of the block that prints the headline, when known."""
    total = sum(block.weight for block in blocks)
    if not total:
        return Region([], 0.0, 0.0)
    dropped = [False] * len(blocks)
    drop_named(blocks, boxes, dropped, title)
    _drop_cards(blocks, boxes, dropped, title)
    _drop_headed(blocks, boxes, dropped, title)
    if title is not None:
        _drop_next_article(blocks, boxes, dropped, title)
        after = sum(b.weight for b, gone in zip(blocks[title + 1 :], dropped[title + 1 :], strict=True) if not gone)
        left = sum(b.weight for b, gone in zip(blocks, dropped, strict=True) if not gone)
        if after >= 0.4 * left or (
            after >= ENOUGH and heading_rank(blocks[title], boxes) >= 1 and not blocks[title].links
        ):
            dropped[: title + 1] = [True] * (title + 1)
    ranges = Ranges(blocks, dropped)
    children = _children(boxes)
    inside = _widen(_descend(boxes, children, ranges), boxes, children, ranges)
    indices = [i for i in inside if not dropped[i]]
    indices = cut_at_headings(blocks, boxes, indices)
    weight = sum(blocks[i].weight for i in indices)
    left = sum(b.weight for b, gone in zip(blocks, dropped, strict=True) if not gone)
    confidence = weight / left if left else 0.0
    if title is not None and indices and not any(b.weight for b in blocks[title + 1 : indices[0]]):
        confidence += BELOW_TITLE
    return Region(indices, min(confidence, 1.0), weight)


def drop_named(blocks: list[Block], boxes: list[Box], dropped: list[bool], title: int | None) -> None:
    """Mark the blocks of boxes whose tag or name says that they are no article."""
    ranges = Ranges(blocks, [False] * len(blocks))
    total = ranges.weight(boxes[0]) or 1.0
    articles: set[int] = set()  # boxes named as the article's own, and what inside them holds the same sentences
    for index, box in enumerate(boxes[1:], 1):
        if box.start == box.end or (title is not None and box.start <= title < box.end):
            continue
        weight = ranges.weight(box)
        share = weight / total
        if box.parent in articles and weight > 0.9 * ranges.weight(boxes[box.parent]):
            articles.add(index)
            continue
        if box.tag in STRONG_TAGS or (box.tag == "form" and share < WEAK_LIMIT):
            gone = share <= TAG_LIMIT
        elif box.image and share < 0.15 and AUTHOR_BOX.search(box.name):  # a portrait with a few words on the writer
            gone = True
        elif box.hidden:
            gone = share <= STRONG_LIMIT
        elif share > 0.1 and is_named("article", box.name):
            articles.add(index)
            gone = False
        elif not box.name:
            gone = False
        else:
            gone = (share <= STRONG_LIMIT and is_named("strong", box.name)) or (
                share <= WEAK_LIMIT and is_named("weak", box.name)
            )
        if gone:
            dropped[box.start : box.end] = [True] * (box.end - box.start)


def _drop_cards(blocks: list[Block], boxes: list[Box], dropped: list[bool], title: int | None) -> None:
    """Mark rows of alike boxes that each hold a linked headline: lists of other articles, with or without teasers."""
    ranges = Ranges(blocks, dropped)
    total = ranges.weight(boxes[0]) or 1.0
    rows: dict[tuple[int, str], list[Box]] = defaultdict(list)
    for box in boxes[1:]:
        if box.end > box.start and box.tag != "p":
            rows[box.parent, box.signature].append(box)
    for row in rows.values():
        if len(row) < CARDS or sum(map(ranges.weight, row)) > ROW_LIMIT * total:
            continue
        if title is not None and any(box.start <= title < box.end for box in row):
            continue
        cards = [box for box in row if _is_card(blocks[box.start : box.end])]
        if len(cards) >= max(CARDS, 0.7 * len(row)):
            for box in row:
                dropped[box.start : box.end] = [True] * (box.end - box.start)


def _drop_headed(blocks: list[Block], boxes: list[Box], dropped: list[bool], title: int | None) -> None:
    """Mark boxes that a heading such as "Komentar" or "Related posts" opens, when an article stands before them."""
    end, comments = line_pattern("heading", "end"), line_pattern("heading", "comments")
    largest: dict[int, Box] = {}
    for box in boxes[1:]:
        if box.start not in largest and box.end > box.start:
            largest[box.start] = box
    before = 0.0
    for index, block in enumerate(blocks):
        if dropped[index] or (title is not None and index <= title):
            continue
        before += block.weight
        if before < ENOUGH or block.weight or block.words > 8:
            continue
        said = bool(comments.fullmatch(block.text))
        if not said and not end.fullmatch(block.text):
            continue
        opened = largest.get(index)
        if opened and opened.end == index + 1 and said and opened.parent >= 0:  # the heading alone: what follows it
            stop = boxes[opened.parent].end
        else:
            stop = opened.end if opened else index
        dropped[index:stop] = [True] * (stop - index)


def _drop_next_article(blocks: list[Block], boxes: list[Box], dropped: list[bool], title: int) -> None:
    """Mark everything from the headline of a second article on, which endless pages load below the first."""
    own = heading_rank(blocks[title], boxes)
    before = 0.0
    for index in range(title + 1, len(blocks)):
        block = blocks[index]
        before += 0.0 if dropped[index] else block.weight
        if before < ENOUGH or block.weight or block.words < 4 or block.links or block.tag not in HEADINGS:
            continue
        dated = any(is_publication_line(b) for b in blocks[index + 1 : index + 4])
        if heading_rank(block, boxes) == own and (dated or block.tag == "h1"):
            dropped[index:] = [True] * (len(blocks) - index)
            return


def _is_card(blocks: list[Block]) -> bool:
    length = sum(len(block.text) for block in blocks)
    links = sum(block.links for block in blocks)
    headline = any(block.words >= 4 and block.links >= 0.8 * len(block.text) for block in blocks)
    # headline and teaser in one line, parted by the style sheet alone
    headline = headline or (len(blocks) == 1 and blocks[0].led and blocks[0].links >= 20)
    return (headline or links > 0.6 * length) and length < 700


def _children(boxes: list[Box]) -> list[list[int]]:
    children: list[list[int]] = [[] for _ in boxes]
    for index, box in enumerate(boxes):
        if box.parent >= 0 and box.end > box.start:
            children[box.parent].append(index)
    return children


def _descend(boxes: list[Box], children: list[list[int]], ranges: Ranges) -> int:
    """Follow the weight down to the smallest box that holds nearly all of it."""
    at = 0
    while children[at]:
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
            share < DESCEND_CLEANER or ranges.balance(box) <= ranges.balance(boxes[at])
        ):
            break
        at = best
    return at


def _widen(at: int, boxes: list[Box], children: list[list[int]], ranges: Ranges) -> list[int]:
    """Return the blocks of the found box and of neighbours that belong to it: a lead before, a continuation after."""
    box = boxes[at]
    inside: list[int] = []
    if box.parent >= 0:
        alike = (box.tag, box.name)
        for index in children[box.parent]:
            other = boxes[index]
            before = (
                other.end <= box.start
                and ranges.weight(other) >= LEAD
                and (other.tag in LEAVES or ranges.good(other) <= 3)
            )
            continues = (
                other.start >= box.end and ranges.good(other) and ((other.tag, other.name) == alike or other.tag == "p")
            )
            if index == at or before or continues:
                inside += range(other.start, other.end)
        # text that stands bare in the parent, between its children
        covered = {i for index in children[box.parent] for i in range(boxes[index].start, boxes[index].end)}
        parent = boxes[box.parent]
        if ranges.good(parent) > ranges.good(box):
            inside += [i for i in range(parent.start, parent.end) if i not in covered]
    return sorted(set(inside or range(box.start, box.end)))


def cut_at_headings(blocks: list[Block], boxes: list[Box], indices: list[int]) -> list[int]:
    """Drop what a line such as "Berita Terkait" opens, up to where paragraphs like those before it go on."""
    end, comments = line_pattern("heading", "end"), line_pattern("heading", "comments")
    kept: list[int] = []
    homes: set[int] = set()
    skipping = False
    for position, index in enumerate(indices):
        block = blocks[index]
        home = boxes[block.box].parent if block.tag in LEAVES else block.box
        if not block.weight and block.words <= 9 and homes:
            if comments.fullmatch(block.text):
                rest = sum(blocks[i].weight for i in indices[position:])
                if rest < sum(blocks[i].weight for i in kept):
                    break
            skipping = skipping or bool(end.fullmatch(block.text))
        if skipping and block.weight >= 12 and home in homes:
            skipping = False
        if not skipping:
            kept.append(index)
            if block.weight:
                homes.add(home)
    return kept
