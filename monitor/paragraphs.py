"""Paragraphs out of printed lines, of a scan or a PDF: what the end of a line or column parted is whole again."""

from __future__ import annotations

import re
from statistics import median

from rapidfuzz.fuzz import ratio

SOFT = "\u00ad"  # a hyphen that shows only at a line's end
PARTED = re.compile(r"(?<=\w)[-\u2010\u2011]$")
DOUBLED = re.compile(r"(?!(?:ter|ber|per|men|mem|pem|pen)-)(\w{3,})-\1\w{0,4}\b", re.IGNORECASE)  # anak-anaknya
ENDS = '.!?”"'  # of a sentence
FULL = 0.8  # of the usual line: a shorter one that ends a sentence ends a paragraph

HEAD, DEEP = 5, 10  # lines of a headline, and within how many from the top it stands
ALIKE = 92.0  # per cent of the letters: a reader of pictures slips


def drop_headline(text: str, headline: str) -> str:
    """Return a text without the lines that are its headline, which is told apart, unless nothing else is left."""
    lines = text.splitlines()
    told = [number for number, line in enumerate(lines) if line.strip()]
    spans = [
        (start, end)
        for start in range(min(DEEP, len(told)))
        for end in range(start + 1, min(start + HEAD, len(told)) + 1)
        if end - start < len(told)
    ]
    alike = [
        ratio(" ".join(lines[number].strip() for number in told[start:end]).casefold(), headline.casefold())
        for start, end in spans
    ]
    if max(alike, default=0.0) < ALIKE:
        return text
    start, end = spans[alike.index(max(alike))]  # all of its lines, not as many as would do
    return "\n".join([*lines[: told[start]], "", *lines[told[end - 1] + 1 :]]).strip()


def join_lines(text: str) -> str:
    """Return paragraphs parted by one blank line, lines within them joined, words parted at a line's end made whole.

    What goes on in small letters after a line without an end is one paragraph: columns and pages part them.
    """
    paragraphs: list[str] = []
    for block in _list_blocks(text):
        for piece in _split_block(block):
            if paragraphs and piece[0].islower() and paragraphs[-1][-1] not in f"{ENDS}:":
                paragraphs[-1] = join_line(paragraphs[-1], piece)
            else:
                paragraphs.append(piece)
    return "\n\n".join(paragraphs)


def _list_blocks(text: str) -> list[list[str]]:
    blocks = re.split(r"\n\s*\n", text.replace(SOFT, "").replace("\r\n", "\n").replace("\f", "\n\n"))
    lines = ([line.strip() for line in block.splitlines() if line.strip()] for block in blocks)
    return [block for block in lines if block]


def _split_block(lines: list[str]) -> list[str]:
    """Return the paragraphs of lines that no blank one parts: print begins a new one by an indent, which is lost."""
    usual, whole = median(map(len, lines)), ""
    pieces = []
    for line in lines:
        whole = join_line(whole, line)
        if line[-1] in ENDS and len(line) < FULL * usual:
            pieces.append(whole)
            whole = ""
    return [*pieces, whole] if whole else pieces


def join_line(text: str, line: str) -> str:
    """Return a text with its next line; a word parted at its end is whole again, one said twice keeps its hyphen."""
    if not (PARTED.search(text) and line[:1].islower()):
        return f"{text} {line}".strip()
    doubled = DOUBLED.search(f"{text[:-1].split()[-1]}-{line.split()[0]}")
    return f"{text[:-1]}-{line}" if doubled else text[:-1] + line
