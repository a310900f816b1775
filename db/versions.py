"""Decides whether two versions of an article differ in what a reader would call its content.

White space, look-alike characters and lines that only count views do not make a revision; a changed number of victims
does.
"""

from __future__ import annotations

import re
import unicodedata

# A line of a few words that counts something about the page, not about the event.
THINGS = r"(?:views?|hits?|pembaca|pengunjung|komentar|comments?|shares?|likes?|suka|menit baca)"
DONE = r"di(?:baca|lihat|tonton|bagikan)"
COUNTER_LINE = re.compile(
    rf"^\W*(?:(?:telah |sudah )?{DONE}|{THINGS}|waktu baca)\b[^\n]{{0,30}}\d[^\n]{{0,15}}$"
    rf"|^\W*\d[\d.,]*\s*(?:k|rb|jt)?\s*(?:kali|x)?\s*(?:{DONE}|{THINGS})\W*$",
    re.IGNORECASE,
)
SPACES = re.compile(r"\s+")
LOOK_ALIKES = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "\u00ad": None,
        "\u200b": None,
        "\ufeff": None,
    }
)


def same_content(title: str, text: str, other_title: str, other_text: str) -> bool:
    """Return whether two versions say the same."""
    if title == other_title and text == other_text:
        return True
    return _essence(title) == _essence(other_title) and _essence(text) == _essence(other_text)


def _essence(text: str) -> str:
    lines = unicodedata.normalize("NFKC", text).translate(LOOK_ALIKES).splitlines()
    return SPACES.sub(" ", " ".join(line for line in lines if not COUNTER_LINE.match(line))).strip()
