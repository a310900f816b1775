"""Turns what a person types into an FTS5 expression that cannot be a syntax error."""

from __future__ import annotations

import re

TERM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
WORD = re.compile(r"\w+", re.UNICODE)
NOTHING = '"\x01"'  # matches no article: the tokenizer leaves no word of it


def match_expression(query: str) -> str:
    """Return an FTS5 MATCH expression: all words must occur, "phrases" as they stand, ``-word`` not, ``word*`` as a
    beginning.

    Everything else (operators, brackets, column names) counts as words. A query without a word matches nothing.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for match in TERM.finditer(query):
        source = match["phrase"] if match["phrase"] is not None else match["word"]
        words = WORD.findall(source)
        if not words:
            continue
        term = '"' + " ".join(words) + '"' + ("*" if match["word"] and source.endswith("*") else "")
        (unwanted if match["minus"] else wanted).append(term)
    if not wanted:
        return NOTHING
    expression = " AND ".join(wanted)
    return f"({expression}) NOT ({' OR '.join(unwanted)})" if unwanted else expression
