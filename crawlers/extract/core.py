"""The box in which most of a page's sentences stand, found at once: what lies far from it need not be looked into.

Where they are spread there is no such box, and the page is read as a whole.
"""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from crawlers.extract.words import word_set

SENTENCE = 60  # characters of a text that counts
LEAST = 600  # characters of the texts in the box
SHARE = 0.7  # of all such texts of the page
_TEXT = 2  # the parser's number of a text node
_ASIDE = word_set("tag", "skip") | {"a"}  # texts in these are none


def find_core(body: LexborNode) -> LexborNode | None:
    """Return the box around the smallest one with most of the sentences: a lead or a rest may stand beside that."""
    sizes: dict[int, int] = {}  # a box before those around it
    boxes: dict[int, LexborNode] = {}
    total = 0
    for node in body.traverse(include_text=True):
        if node.tag_id != _TEXT or len(text := node.text_content or "") < SENTENCE or text.isspace():
            continue
        around = []
        box = node.parent
        while box is not None and box.tag not in _ASIDE:
            around.append(box)
            box = box.parent
        if box is not None:
            continue
        total += len(text)
        for box in around:
            here = box.mem_id
            sizes[here] = sizes.get(here, 0) + len(text)
            boxes[here] = box
    large = [here for here, size in sizes.items() if size >= max(LEAST, SHARE * total)]
    if not large:
        return None
    core = boxes[min(large, key=sizes.__getitem__)]
    return core.parent or core
