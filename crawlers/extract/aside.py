"""What on a page is not its article, given away by the name of a box, by a row of cards, by a heading.

Each is taken out only while the bulk of the page's sentences does not lie in it. Where the article itself lies is
``body``'s to say.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise

from crawlers.extract.around import STRONG_TAGS
from crawlers.extract.blocks import Block, Box
from crawlers.extract.lines import is_publication_line, opens_text
from crawlers.extract.titles import heading_rank
from crawlers.extract.words import LOOKS, is_named, line_pattern

TELLING_TAGS = STRONG_TAGS | {"form", "details"}
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
AUTHOR_BOX = re.compile(r"(?<![a-z])(?:author|penulis|reporter|writer)(?![a-z])")
NOISE = 0.5  # what a word of links and labels counts against a word of sentences
TAG_LIMIT, STRONG_LIMIT, WEAK_LIMIT = 0.6, 0.45, 0.3  # a box with a larger share of the weight is not taken out
ROW_LIMIT = 0.85  # the same for a row of cards, which gives itself away by more than a name
BIO = 40.0  # weight up to which a few words beside a portrait, on the writer, are no part even of a short article
ENOUGH = 30.0  # weight that must stand before a heading that closes the article
CARDS = 3  # from so many alike children on, a row of links is a list
FULL = 8.0  # weight of a whole sentence
_BULLET = re.compile(r"[-–•·>»*]+ ?\w")
Children = dict[int, list[int]]  # index of a box -> those of the boxes right inside it that hold a block


class Ranges:
    """Sums over the blocks of a box, without a walk over them."""

    def __init__(self, blocks: list[Block], dropped: list[bool]) -> None:
        self._blocks = blocks
        self._kept = [0.0 if gone else block.mass for block, gone in zip(blocks, dropped, strict=True)]
        self._weight = [0.0, *accumulate(self._kept)]

    @cached_property
    def _good(self) -> list[int]:  # in ascending order
        return [index for index, mass in enumerate(self._kept) if mass and self._blocks[index].weight]

    @cached_property
    def _noise(self) -> list[int]:
        noise = (0 if mass else block.words for mass, block in zip(self._kept, self._blocks, strict=True))
        return [0, *accumulate(noise)]

    def weight(self, box: Box) -> float:
        """Sentence weight of a box, dropped blocks not counted."""
        return self._weight[box.end] - self._weight[box.start]

    def good(self, box: Box) -> int:
        """Number of blocks with weight."""
        return bisect_left(self._good, box.end) - bisect_left(self._good, box.start)

    def balance(self, box: Box) -> float:
        """Sentence weight less what stands beside it: links, labels, all that was dropped."""
        return self.weight(box) - NOISE * (self._noise[box.end] - self._noise[box.start])


def drop_named(blocks: list[Block], boxes: list[Box], dropped: list[bool], title: int | None) -> None:
    """Mark the blocks of boxes whose tag or name says that they are no article."""
    ranges = Ranges(blocks, [False] * len(blocks))
    total = ranges.weight(boxes[0]) or 1.0
    articles: set[int] = set()  # boxes named as the article's own, and what inside them holds the same sentences
    done = 0  # up to here what a box holds is out already
    for index, box in enumerate(boxes[1:], 1):
        if box.end <= done or box.start == box.end or (title is not None and box.start <= title < box.end):
            continue
        if not (box.name or box.hidden or box.tag in TELLING_TAGS or box.parent in articles):
            continue
        weight = ranges.weight(box)
        share = weight / total
        if box.parent in articles and weight > 0.9 * ranges.weight(boxes[box.parent]):
            articles.add(index)
            continue
        if box.tag in STRONG_TAGS or (box.tag in ("form", "details") and share < WEAK_LIMIT):
            gone = share <= TAG_LIMIT
        elif box.image and share < (0.15 if weight > BIO else STRONG_LIMIT) and _names_author(box.name):  # a portrait
            gone = True
        elif box.hidden:
            gone = share <= STRONG_LIMIT and not (
                title is not None and box.start > title and is_named("more", box.name)
            )
        elif share > 0.1 and is_named("article", box.name):
            articles.add(index)
            gone = False
        else:
            gone = (share <= STRONG_LIMIT and is_named("strong", box.name)) or (
                share <= WEAK_LIMIT and is_named("weak", box.name)
            )
        if gone and not _is_lead(blocks, box, title):
            dropped[box.start : box.end] = [True] * (box.end - box.start)
            done = max(done, box.end)


def _is_lead(blocks: list[Block], box: Box, title: int | None) -> bool:
    """Say whether a box called teaser or the like is the report's first paragraph, which some systems keep apart."""
    if title is None or box.start <= title or box.end > box.start + 1 or box.tag in STRONG_TAGS or box.hidden:
        return False
    return opens_text(blocks[box.start]) and not any(block.weight for block in blocks[title + 1 : box.start])


@lru_cache(LOOKS)
def _names_author(name: str) -> bool:
    return bool(AUTHOR_BOX.search(name))


def list_children(boxes: list[Box]) -> Children:
    """Return for each box the boxes right inside it, those that hold a block."""
    children: Children = defaultdict(list)
    for index, box in enumerate(boxes[1:], 1):
        if box.end > box.start:
            children[box.parent].append(index)
    return children


def drop_cards(
    blocks: list[Block], boxes: list[Box], children: Children, dropped: list[bool], title: int | None
) -> None:
    """Mark rows of alike boxes that each hold a linked headline: lists of other articles, with or without teasers."""
    ranges = Ranges(blocks, dropped)
    total = ranges.weight(boxes[0]) or 1.0
    rows: dict[tuple[int, str], list[Box]] = defaultdict(list)
    for parent, inner in children.items():
        if len(inner) < CARDS or all(dropped[boxes[parent].start : boxes[parent].end]):
            continue
        for box in map(boxes.__getitem__, inner):
            if box.tag != "p":
                rows[parent, box.signature].append(box)
    long = [row for row in rows.values() if len(row) >= CARDS]
    if not long:
        return
    is_card = _card_test(blocks)
    for row in long:
        if sum(map(ranges.weight, row)) > ROW_LIMIT * total:
            continue
        if title is not None and row[0].start <= title < row[-1].end and any(b.start <= title < b.end for b in row):
            continue
        if sum(map(is_card, row)) >= max(CARDS, 0.7 * len(row)):
            for box in row:
                dropped[box.start : box.end] = [True] * (box.end - box.start)


def drop_headed(blocks: list[Block], boxes: list[Box], dropped: list[bool], title: int | None) -> None:
    """Mark boxes that a heading such as "Komentar" or "Related posts" opens, when an article stands before them."""
    end, comments = line_pattern("heading", "end"), line_pattern("heading", "comments")
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
        opened = next((box for box in boxes[1:] if box.start == index and box.end > index), None)  # the largest
        if opened and opened.end == index + 1 and said and opened.parent >= 0:  # the heading alone: what follows it
            stop = boxes[opened.parent].end
        else:
            stop = opened.end if opened else index
            while (
                stop > index and stop < len(blocks) and _BULLET.match(blocks[stop].text) and blocks[stop].weight < FULL
            ):
                stop += 1  # headlines without a link, one a line
        dropped[index:stop] = [True] * (stop - index)


def drop_summaries(blocks: list[Block], dropped: list[bool]) -> None:
    """Mark lists that a line such as "Ringkasan Berita" opens: what a machine made of the text, ahead of it."""
    summary = line_pattern("heading", "summary")
    for index, (block, following) in enumerate(pairwise(blocks)):
        if following.tag != "li" or block.words > 4 or not summary.fullmatch(block.text):
            continue
        stop = index + 2
        while stop < len(blocks) and blocks[stop].tag == "li":
            stop += 1
        dropped[index:stop] = [True] * (stop - index)


def drop_next_article(blocks: list[Block], boxes: list[Box], dropped: list[bool], title: int) -> None:
    """Mark everything from the headline of a second article on, which endless pages load below the first."""
    own = heading_rank(blocks[title], boxes)
    before = 0.0
    for index in range(title + 1, len(blocks)):
        block = blocks[index]
        before += 0.0 if dropped[index] else block.weight
        if before < ENOUGH or block.weight or block.words < 4 or block.tag not in HEADINGS:
            continue
        dated = any(is_publication_line(b) for b in blocks[index + 1 : index + 4])
        again = block.text == blocks[title].text  # the article a second time, for screens of another size
        alike = heading_rank(block, boxes) == own and (block.tag == "h1" or not block.links)
        whole = block.tag == "h1" and not block.links
        if again or (alike and (dated or whole)) or (dated and _are_twins(blocks[title].box, block.box, boxes)):
            dropped[index:] = [True] * (len(blocks) - index)
            return


def _are_twins(one: int, other: int, boxes: list[Box]) -> bool:
    """Say whether two boxes lie in neighbours of one name: articles that follow one another, each with its headline."""
    around = {}
    while one > 0:
        around[boxes[one].parent] = boxes[one].signature
        one = boxes[one].parent
    while other > 0:
        parent, signature = boxes[other].parent, boxes[other].signature
        if parent in around:
            return around[parent] == signature and (not signature.endswith(".") or signature == "article.")
        other = parent
    return False


def _card_test(blocks: list[Block]) -> Callable[[Box], bool]:
    """Return what tells whether a box is a card: little text, a headline that is a link or links for the most part."""
    lengths = [0, *accumulate(len(block.text) for block in blocks)]
    links = [0, *accumulate(block.links for block in blocks)]
    heads = [0, *accumulate(map(is_linked_headline, blocks))]

    def is_card(box: Box) -> bool:
        length = lengths[box.end] - lengths[box.start]
        headline = heads[box.end] > heads[box.start]
        if not headline and box.end == box.start + 1:  # headline and teaser in one line, parted by the style sheet
            headline = blocks[box.start].led and blocks[box.start].links >= 20
        return length < 700 and (headline or links[box.end] - links[box.start] > 0.6 * length)

    return is_card


def is_linked_headline(block: Block) -> bool:
    """Say whether a line is a headline that leads to its article."""
    return block.words >= 4 and block.links >= 0.8 * len(block.text)
