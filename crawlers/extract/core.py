"""The box in which most of a page's sentences stand, found at once: what lies far from it need not be looked into.

Where they are spread there is no such box, and the page is read as a whole.
"""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from crawlers.extract.around import STRONG_TAGS
from crawlers.extract.words import word_set

SENTENCE = 60  # characters of a text that counts
LEAST = 600  # characters of the texts in the box
SHARE = 0.7  # of all such texts of the page
_TEXT = 2  # the parser's number of a text node
_ASIDE = word_set("tag", "skip") | STRONG_TAGS | {"a"}  # texts in these are none
_PASSED: dict[int, bool] = {}  # whether an element is one of these, by the parser's number of it
_NUMBERED = 1000  # from here on its numbers are of one page's own elements


def find_core(body: LexborNode) -> LexborNode | None:
    """Return the box around the smallest one with most of the sentences: a lead or a rest may stand beside that."""
    large: list[tuple[int, LexborNode]] = []  # boxes with enough, the inner before the outer
    stack: list[tuple[LexborNode, int]] = []
    size = 0  # of the box under way; those around it wait in the stack
    node = body.first_child
    while node is not None or stack:
        if node is None:
            node, before = stack.pop()
            if size >= LEAST:
                large.append((size, node))
            size += before
        elif (number := node.tag_id) == _TEXT:
            text = node.text_content or ""
            if len(text) >= SENTENCE and not text.isspace():
                size += len(text)
        else:
            passed = _PASSED.get(number)
            if passed is None:
                passed = _is_passed(node)
            if not passed and (child := node.first_child) is not None:
                stack.append((node, size))
                node, size = child, 0
                continue
        node = node.next
    core = min((box for box in large if box[0] >= SHARE * size), key=lambda box: box[0], default=None)
    return core[1].parent or core[1] if core else None


def _is_passed(node: LexborNode) -> bool:
    passed = node.tag in _ASIDE
    if node.tag_id < _NUMBERED:
        _PASSED[node.tag_id] = passed
    return passed
