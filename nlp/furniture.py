"""Tells the press's own marks from the story: the dateline in front ("SIAK (RIAUPOS.CO) -") and the credits behind
("(rls)", "Editor: ...").

Names there are no mentions. Datelines vary within one outlet (spacing, case, dash, order of place and brand), so they
are read loosely: short capitalised pieces, each ended by a dash, colon, pipe or tilde, at the very start.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SEPARATOR = re.compile(
    r"(?:-{2,}|[–—~|]|(?<=[\w)\]]):(?=\s|[A-Z]\w+\.\w+~)|-(?=\s|$)|(?<=\s)-|(?<=[\w)\].])-(?=[A-Z]))[\s–—~|-]*"
)
_MARK = re.compile(r"[-–—~|:]")  # every separator has one; to look for them first saves most searches
_OWN_LINE = re.compile(r"[A-Z][\w ]{2,24}, ?[A-Z][\w. ]{2,24}(?<![.!?])")  # "KOTA, Brand" on a line of its own
_REACH = 70  # characters in which the first separator must stand
_PIECES = 4
_CREDIT_LINE = re.compile(
    r"[\s(*]*(?:(?:pewarta|editor|reporter|penulis|kontributor|redaktur|laporan|sumber|foto|copyright|liputan|uploader)\b\s*[:|©(]|copyright\b).*",
    re.IGNORECASE,
)
_CLOSING_BRACKET = re.compile(r"\**\s*\([^()\n]{2,60}\)[\s*.]*$")
_SENTENCE_ENDS = (".", "!", "?", '"', "”", "’", "'", "*", "…")
_ONLY_MARKS = re.compile(r"[\s*()#_=–—-]*")


@lru_cache(maxsize=100)  # gazetteer and kind ask for the same articles, some of which are read together
def find_dateline(text: str) -> int:
    """Return how many characters of ``text`` are dateline, 0 when there is none."""
    line = text.split("\n", 1)[0]
    if _OWN_LINE.fullmatch(line) and len(line) < len(text):
        return len(line)
    at = 0
    for piece in range(_PIECES):
        mark = _MARK.search(line, at, at + _REACH)
        match = _SEPARATOR.search(line, mark.start(), at + _REACH) if mark else None
        if match is None or not _is_piece(line[at : match.start()], first=piece == 0, tight=_is_tight(line, match)):
            break
        at = match.end()
    return at if at < len(line) and not line[at].islower() else 0


def _is_tight(line: str, match: re.Match[str]) -> bool:
    """Tell whether a plain hyphen stands between two words without a space ("Brand-KOTA-", but also "Kota-Kota")."""
    start = match.start()
    return (
        match[0] == "-"
        and not line[start - 1 : start].isspace()
        and not re.match(r"[A-Z]{3,}\s*-", line[match.end() :])
    )


def _is_piece(piece: str, *, first: bool, tight: bool) -> bool:
    words = re.findall(r"[^\s,()\[\]]+", piece)
    if not words or len(words) > (6 if first else 3):
        return False
    plain = all(word[0].isupper() or word[0].isdigit() or "." in word for word in words)
    return (
        plain
        and (piece.isupper() or not tight)
        and (first or piece.isupper() or "." in piece or "(" in piece or len(words) == 1)
    )


def find_credits(text: str) -> int:
    """Return where the credits at the end of ``text`` begin; its length when there are none."""
    end = len(text)
    while True:
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end]
        if start and (_ONLY_MARKS.fullmatch(line) or _CREDIT_LINE.fullmatch(line) or _is_bracketed(line)):
            end = start - 1
            continue
        match = _CLOSING_BRACKET.search(line) if "(" in line else None
        if match is None or not line[: match.start()].rstrip().endswith(_SENTENCE_ENDS):
            return end
        return start + match.start()


def _is_bracketed(line: str) -> bool:
    match = _CLOSING_BRACKET.match(line.strip())
    return match is not None
