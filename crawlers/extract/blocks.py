"""A parsed page as a row of text blocks in reading order, and the boxes they lie in.

A block is what a reader sees as one paragraph or line: text between two block elements or two ``<br>``. Boxes form
the tree of block elements; since blocks are in document order, each box is a range of blocks. Nothing is judged
here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from crawlers.extract.around import Around
from crawlers.extract.stamps import STAMPED, read_stamp
from crawlers.extract.words import is_own_line, look_of, word_set

SKIP = word_set("tag", "skip")
INLINE = word_set("tag", "inline")
EMPHASIS = word_set("tag", "emphasis")
SLANTED = word_set("tag", "slanted")
IMAGES = word_set("tag", "images")
# tag -> what the walk does with it; "box" for all other elements
_PARTS = (
    dict.fromkeys(INLINE, "plain")
    | dict.fromkeys(EMPHASIS - INLINE, "loud box")
    | dict.fromkeys(INLINE & EMPHASIS - SLANTED, "loud")
    | dict.fromkeys(INLINE & SLANTED, "small")
    | dict.fromkeys(("abbr", "span", "label", "font"), "named")
    | {"a": "link"}
    | dict.fromkeys(SKIP | {""}, "skip")
    | dict.fromkeys(IMAGES, "image")
    | {"br": "break", "hr": "break", "-text": "text"}
)
_KINDS: dict[int, tuple[str, str]] = {}  # the same, with the name, by the parser's number of the element
_NUMBERED = 1000  # from here on its numbers are of one page's own elements
INVISIBLE = re.compile("[\u200b\u200e\u200f\u2060\xad]")  # where a line may break, which way it runs: nothing to read
CLOCK = re.compile(r"\d{1,2}[.:]\d\d(?: ?[ap]m)?", re.IGNORECASE)
_new = object.__new__  # and every field set: a constructor takes half as much time again, and a page has hundreds
MAX_BLOCKS = 20_000  # of a page of bounded size; a page with more is a list


@dataclass(slots=True)
class Box:
    """A block element: the blocks from `start` up to, not including, `end` lie in it."""

    tag: str
    name: str  # its classes and id, folded
    parent: int  # index of the box around it, -1 for the outermost
    start: int
    end: int = 0
    image: bool = False  # holds an image
    hidden: bool = False
    signature: str = ""  # tag and first class: alike for the items of one list


@dataclass(slots=True)
class Block:
    """One line or paragraph."""

    text: str  # whitespace folded
    box: int  # innermost box
    tag: str  # of that box
    links: int = 0  # characters that stand in links
    emphasis: int = 0  # characters in bold, italic, coloured or small print
    slanted: int = 0  # characters in italic or small print
    after_image: bool = False  # nothing but an image stood between the block before and this one
    pieces: tuple[str, ...] = ()  # the text nodes it was made of, folded, where there is more than one
    hrefs: tuple[str, ...] = ()
    size: int = 0  # of <font size>, 0 when none
    words: int = 0
    stamp: str = ""  # date that the element states for machines: <time datetime>, <abbr title>
    led: bool = False  # begins with a link
    weight: float = 0.0  # how much it looks like running text: its words, or 0; set by ``body``
    mass: float = 0.0  # the same with what stands amid running text; set by ``body``

    @property
    def spaced(self) -> str:
        """The text with its nodes apart: "3 Juni 2025" and "16:45" in two spans, which only the style sheet parts."""
        return " ".join(self.pieces) if self.pieces and self.words <= 25 else self.text


@dataclass(slots=True)
class Walk:
    """Gathers blocks and boxes while somebody walks a tree, whichever parser made it."""

    boxes: list[Box] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    at: int = -1  # index of the innermost open box
    parts: list[str] = field(default_factory=list)  # text nodes of the line under way
    pieces: list[str] = field(default_factory=list)  # the same folded, without blank ones
    words: int = 0  # of the last of them
    hrefs: list[str] = field(default_factory=list)
    links: int = 0
    emphasis: int = 0
    in_link: int = 0
    in_emphasis: int = 0
    slanted: int = 0
    in_slanted: int = 0
    size: int = 0
    image: bool = False
    stamp: str = ""
    led: bool = False

    def flush(self) -> None:
        """End the line under way."""
        if not self.parts:
            return
        pieces, blocks, words = self.pieces, self.blocks, self.words
        if pieces and len(blocks) < MAX_BLOCKS:
            text = pieces[0]
            if len(pieces) > 1:
                folded = "".join(self.parts).split()
                text, words = " ".join(folded), len(folded)
            block = _new(Block)
            block.text, block.box, block.tag = text, self.at, self.boxes[self.at].tag
            block.links, block.emphasis, block.slanted = self.links, self.emphasis, self.slanted
            block.pieces, block.hrefs = tuple(pieces) if len(pieces) > 1 else (), tuple(self.hrefs)
            block.size, block.words, block.led = self.size, words, self.led
            block.after_image, block.stamp = self.image, self.stamp
            block.weight = block.mass = 0.0
            blocks.append(block)
            self.image, self.stamp = False, ""
        self.parts, self.pieces, self.led = [], [], False
        self.hrefs.clear()
        self.links = self.emphasis = self.slanted = self.size = 0

    def enter(self, tag: str, attributes: dict[str, str | None], look: tuple[str, str]) -> None:
        """Open a block element; `look` is what `look_of` gives for it."""
        if self.parts:
            self.flush()
        box = _new(Box)
        box.tag, (box.name, box.signature) = tag, look
        box.parent, box.start, box.end = self.at, len(self.blocks), 0
        box.image = box.hidden = False
        if attributes and (len(attributes) > 1 or not box.name or tag == "time"):
            style = attributes.get("style") or ""
            box.hidden = "hidden" in attributes or ("none" in style and "display:none" in style.replace(" ", ""))
            if tag == "time" or not STAMPED.isdisjoint(attributes):
                self.stamp = read_stamp(attributes, self.stamp)
        self.at = len(self.boxes)
        self.boxes.append(box)

    def leave(self) -> None:
        """Close the innermost block element."""
        if self.parts:
            self.flush()
        box = self.boxes[self.at]
        box.end = len(self.blocks)
        self.at = box.parent
        self.stamp = ""

    def pass_by(self) -> None:
        """End the line under way before a block element that is not looked into."""
        if self.parts:
            self.flush()
        self.image, self.stamp = False, ""

    def add_text(self, text: str) -> None:
        """Add a text node to the line under way."""
        if not text.isascii() and INVISIBLE.search(text):
            text = INVISIBLE.sub("", text)
        words = text.split()
        if words:
            piece = " ".join(words)
            self.words = len(words)
            if self.in_link:
                self.links += len(piece)
                self.led = self.led or not self.pieces
            if self.in_emphasis:
                self.emphasis += len(piece)
                if self.in_slanted:
                    self.slanted += len(piece)
            self.pieces.append(piece)
        elif not (self.parts or self.hrefs or self.size):
            return  # nothing begins with a gap
        self.parts.append(text)

    def see_image(self) -> None:
        """End the line under way; note the image for the next one and for the boxes around."""
        if self.parts:
            self.flush()
        self.image = True
        box = self.boxes[self.at]
        while not box.image:
            box.image = True
            if box.parent >= 0:
                box = self.boxes[box.parent]


def _kind_of(node: LexborNode) -> tuple[str, str]:
    """Return an element's name and what the walk does with it."""
    tag = node.tag or ""
    kind = (tag, _PARTS.get(tag, "skip" if tag.startswith(("-", "!")) else "box"))
    if node.tag_id < _NUMBERED and tag.islower():
        _KINDS[node.tag_id] = kind
    return kind


def list_blocks(root: LexborNode, around: Around | None = None) -> tuple[list[Block], list[Box]]:
    """Return the blocks below `root` in reading order and its boxes, the outermost first, but what `around` leaves."""
    walk = Walk()
    tag, attributes = root.tag or "body", root.attributes
    walk.enter(tag, attributes, look_of(tag, attributes.get("class"), attributes.get("id")))
    # (node, leaving): a stack of our own, for unclosed tags nest pages thousands of levels deep
    stack: list[tuple[LexborNode, str]] = []
    node: LexborNode | None = root.first_child
    while node is not None or stack:
        if node is None:
            parent, leaving = stack.pop()
            if leaving == "box":
                walk.leave()
            elif leaving == "link":
                walk.in_link -= 1
            elif leaving:
                walk.in_emphasis -= 1
                if leaving == "small":
                    walk.in_slanted -= 1
                elif leaving == "loud box":
                    walk.leave()
            node = parent.next
            continue
        tag, part = _KINDS.get(node.tag_id) or _kind_of(node)
        if part == "text":
            text = node.text_content or ""
            if not text.isspace() or walk.parts or walk.hrefs or walk.size:  # most are gaps between boxes
                walk.add_text(text)
        elif part == "box" or part == "loud box":
            attributes = node.attributes
            look = look_of(tag, attributes.get("class"), attributes.get("id"))
            if not (around and around.leaves(node, tag, look[0], len(walk.blocks))):
                walk.enter(tag, attributes, look)
                walk.in_emphasis += part == "loud box"
                stack.append((node, part))
                node = node.first_child
                continue
            walk.pass_by()
        elif part == "image":
            walk.see_image()
        elif part == "break":
            walk.flush()
        elif part != "skip":
            stack.append((node, _enter(walk, node, tag, part)))
            node = node.first_child
            continue
        node = node.next
    walk.leave()
    return walk.blocks, walk.boxes


def _enter(walk: Walk, node: LexborNode, tag: str, part: str) -> str:
    """Open an inline element and say as what it is to be closed: part of the walk, or nothing."""
    if part == "link":
        attributes = node.attributes
        title = attributes.get("title")
        if title and CLOCK.fullmatch(title):
            walk.flush()
            walk.stamp = title
        if href := attributes.get("href"):
            walk.hrefs.append(href)
            walk.in_link += 1
            return part
    elif part == "small" or part == "loud":
        walk.in_emphasis += 1
        walk.in_slanted += part == "small"
        return part
    elif part == "named":
        return _enter_named(walk, node, tag)
    return ""


def _enter_named(walk: Walk, node: LexborNode, tag: str) -> str:
    """Open one of the inline elements whose attributes count."""
    attributes = node.attributes
    if tag == "font":
        walk.in_emphasis += 1
        if (size := attributes.get("size") or "").lstrip("+").isdecimal():
            walk.size = max(walk.size, int(size.lstrip("+")))
        return "loud"
    if tag == "abbr":
        if "publish" in (attributes.get("class") or "") or "date" in (attributes.get("class") or ""):
            walk.stamp = attributes.get("title") or ""
        return ""
    if not attributes:
        return ""
    look = look_of(tag, attributes.get("class"), attributes.get("id"))
    # spans of these names are lines of their own
    if look[0] and is_own_line(look[0]):
        walk.enter(tag, attributes, look)
        return "box"
    if not STAMPED.isdisjoint(attributes):
        walk.stamp = read_stamp(attributes, walk.stamp)
    return ""
