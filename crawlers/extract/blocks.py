"""A parsed page as a row of text blocks in reading order, and the boxes they lie in.

A block is what a reader sees as one paragraph or line: text between two block elements or two ``<br>``. Boxes form
the tree of block elements; since blocks are in document order, each box is a range of blocks. Nothing is judged
here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborNode

from crawlers.extract.words import fold_name, is_named, word_set

SKIP = word_set("tag", "skip")
INLINE = word_set("tag", "inline")
EMPHASIS = word_set("tag", "emphasis")
SLANTED = word_set("tag", "slanted")
IMAGES = word_set("tag", "images")
_TELLING = {"a", "abbr", "span", "label"} | EMPHASIS  # inline elements that are looked at
# tag -> what the walk does with it; "box" for all others
_PARTS = (
    dict.fromkeys(INLINE - _TELLING, "plain")
    | dict.fromkeys(INLINE & _TELLING, "inline")
    | dict.fromkeys(SKIP | {""}, "skip")
    | dict.fromkeys(IMAGES, "image")
    | {"br": "break", "hr": "break", "-text": "text"}
)
INVISIBLE = re.compile("[\u200b\u200e\u200f\u2060\xad]")  # where a line may break, which way it runs: nothing to read
CLOCK = re.compile(r"\d{1,2}[.:]\d\d(?: ?[ap]m)?", re.IGNORECASE)
MAX_BLOCKS = 20_000  # of a page of bounded size; a page with more is a list


@dataclass(slots=True)
class Box:
    """A block element: the blocks from `start` up to, not including, `end` lie in it."""

    tag: str
    name: str  # its classes and id, folded
    parent: int  # index of the box around it, -1 for the outermost
    start: int
    end: int = 0
    depth: int = 0
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
    pieces: tuple[str, ...] = ()  # the text nodes it was made of, folded
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
        return " ".join(self.pieces) if len(self.pieces) > 1 and self.words <= 25 else self.text


@dataclass(slots=True)
class Walk:
    """Gathers blocks and boxes while somebody walks a tree, whichever parser made it."""

    boxes: list[Box] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
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
    open: list[int] = field(default_factory=list)

    def flush(self) -> None:
        """End the line under way."""
        parts = self.parts
        if not parts:
            return
        if len(parts) == 1:
            text = " ".join(parts[0].split())
            pieces: tuple[str, ...] = (text,) if text else ()
        else:
            pieces = tuple([p for part in parts if (p := " ".join(part.split()))])
            text = " ".join("".join(parts).split()) if pieces else ""
        if text and len(self.blocks) < MAX_BLOCKS:
            box, words = self.open[-1], text.count(" ") + 1
            self.blocks.append(
                Block(
                    text, box, self.boxes[box].tag, self.links, self.emphasis, self.slanted, self.image, pieces,
                    tuple(self.hrefs), self.size, words, self.stamp, self.led,
                )
            )  # fmt: skip
            self.image = False
            self.stamp = ""
        self.parts, self.hrefs, self.led = [], [], False
        self.links = self.emphasis = self.slanted = self.size = 0

    def enter(self, tag: str, attributes: dict[str, str | None]) -> None:
        """Open a block element."""
        if self.parts:
            self.flush()
        name, signature, hidden = "", tag + ".", False
        if attributes:
            names, ident = attributes.get("class"), attributes.get("id")
            if names or ident:
                name, first = _names_of(names or "", ident or "")
                signature += first
            style = attributes.get("style")
            hidden = "hidden" in attributes or bool(
                style and "none" in style and "display:none" in style.replace(" ", "")
            )
            if tag == "time" or "itemprop" in attributes or "property" in attributes:
                self.see_stamp(attributes)
        parent = self.open[-1] if self.open else -1
        self.open.append(len(self.boxes))
        self.boxes.append(Box(tag, name, parent, len(self.blocks), 0, len(self.open) - 1, False, hidden, signature))

    def leave(self) -> None:
        """Close the innermost block element."""
        if self.parts:
            self.flush()
        self.boxes[self.open.pop()].end = len(self.blocks)
        self.stamp = ""

    def add_text(self, text: str) -> None:
        """Add a text node to the line under way."""
        if self.in_link and not self.led and not "".join(self.parts).strip() and text.strip():
            self.led = True
        if not text.isascii() and INVISIBLE.search(text):
            text = INVISIBLE.sub("", text)
        self.parts.append(text)
        if self.in_link or self.in_emphasis:
            length = len(" ".join(text.split()))
            if self.in_link:
                self.links += length
            if self.in_emphasis:
                self.emphasis += length
            if self.in_slanted:
                self.slanted += length

    def see_stamp(self, attributes: dict[str, str | None]) -> None:
        """Remember the date that an element states for the block it opens; not that of a later change."""
        says = attributes.get("itemprop") or attributes.get("property") or "datePublished"
        if says.rpartition(":")[2] in ("datePublished", "dateCreated"):
            self.stamp = attributes.get("datetime") or attributes.get("content") or ""

    def see_image(self) -> None:
        self.flush()
        self.image = True
        for index in reversed(self.open):
            if self.boxes[index].image:
                break
            self.boxes[index].image = True


@lru_cache(4096)
def _names_of(names: str, ident: str) -> tuple[str, str]:
    """Return class and id as `fold_name` writes them, and the first of them as it stands."""
    raw = f"{names} {ident}".strip()
    return (fold_name(raw), raw.split()[0]) if raw else ("", "")


def list_blocks(root: LexborNode) -> tuple[list[Block], list[Box]]:
    """Return the blocks below `root` in reading order, and its boxes, the outermost first."""
    walk = Walk()
    walk.enter(root.tag or "body", dict(root.attributes))
    # (node, leaving): a stack of our own, for unclosed tags nest pages thousands of levels deep
    stack: list[tuple[LexborNode, str]] = [(root, "")]
    node: LexborNode | None = root.child
    while True:
        if node is None:
            parent, leaving = stack.pop()
            if not stack:
                break
            if leaving == "b":
                walk.leave()
            elif leaving:
                _leave(walk, leaving)
            node = parent.next
            continue
        tag = node.tag or ""
        part = _PARTS.get(tag, "box")
        if part == "text":
            walk.add_text(node.text_content or "")
        elif part == "break":
            if walk.parts:
                walk.flush()
        elif part == "image":
            walk.see_image()
        elif part != "skip" and tag[0] not in "-!":
            if part == "box" and tag not in EMPHASIS:
                walk.enter(tag, node.attributes)
                leaving = "b"
            else:
                leaving = "" if part == "plain" else _enter(walk, node, tag)
            stack.append((node, leaving))
            node = node.child
            continue
        node = node.next
    walk.leave()
    return walk.blocks, walk.boxes


def _enter(walk: Walk, node: LexborNode, tag: str) -> str:
    """Open an element and say how it is to be closed: b(ox), l(ink), e(mphasis), s(lanted), or not at all."""
    if tag not in INLINE:
        walk.enter(tag, node.attributes)
        if tag in EMPHASIS:
            walk.in_emphasis += 1
            return "be"
        return "b"
    if tag == "a":
        href, title = node.attributes.get("href"), node.attributes.get("title")
        if title and CLOCK.fullmatch(title):
            walk.flush()
            walk.stamp = title
        if href:
            walk.hrefs.append(href)
            walk.in_link += 1
            return "l"
        return ""
    if tag in EMPHASIS:
        walk.in_emphasis += 1
        if tag == "font" and (size := node.attributes.get("size") or "").lstrip("+").isdigit():
            walk.size = max(walk.size, int(size.lstrip("+")))
        if tag in SLANTED:
            walk.in_slanted += 1
            return "es"
        return "e"
    if tag == "abbr":
        attributes = node.attributes
        if "publish" in (attributes.get("class") or "") or "date" in (attributes.get("class") or ""):
            walk.stamp = attributes.get("title") or ""
        return ""
    if tag == "span" or tag == "label":
        attributes = node.attributes
        name = fold_name(f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip())
        # spans of these names are lines of their own
        if name and (is_named("weak", name) or is_named("meta", name) or is_named("headline", name)):
            walk.enter(tag, attributes)
            return "b"
        if "content" in attributes:
            walk.see_stamp(attributes)
    return ""


def _leave(walk: Walk, leaving: str) -> None:
    for sign in leaving:
        if sign == "b":
            walk.leave()
        elif sign == "l":
            walk.in_link -= 1
        elif sign == "s":
            walk.in_slanted -= 1
        else:
            walk.in_emphasis -= 1
