"""Decides whether two versions of an article differ in what a reader would call its content.

White space, look-alike characters, lines that only count views, and what a template puts before and behind the text
(dateline, names of who wrote it, end marks) do not make a revision; a changed number of victims does, and so does a
mark of paid, released or corrected text.
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
BESIDE_MARKS = re.compile(r" ?([^\w\s]) ?")
WRITERS = r"(?:penulis|pewarta|reporter|wartawan|kontributor|editor|redaktur|laporan)"
NAME = r"[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,4}"
# behind a text: "(rin/bud)", "[Rina Amelia]", "***", "Penulis: Rina Amelia", "Editor : Budi | Reporter : Rina"
BEHIND = re.compile(
    rf"(?:[*#_|-]+|[(\[](?:[A-Za-z]{{1,10}}(?:[/-][A-Za-z]{{1,10}}){{0,2}}|{NAME})[)\]]|(?i:{WRITERS}) ?: ?{NAME})\.?$"
)
TELLING = re.compile(
    r"\b(?:adv|rls|pers)|iklan|rilis|release|pariwara|infotorial|sponsor|kerja ?sama|ralat|koreksi|update|diper",
    re.IGNORECASE,
)  # and none of those
END = 120  # characters in which one of those stands
# before a text: "HULU, KABAR KENANGA -", "Hulu (Kabar) -", "kabar.example, HULU -"
WORD = r"[(\[]?[A-Z][\w.]*[)\],|/]*"
BEFORE = re.compile(rf"(?:[\w.]{{1,40}}\.[a-z]{{2,}}[ ,|]{{1,3}})?{WORD}(?: {WORD}){{0,6}} ?-+")
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
    if _tidy(title) != _tidy(other_title):
        return False
    (dateline, said), (other_dateline, other_said) = _part(_tidy(text)), _part(_tidy(other_text))
    told, other_told = (frozenset(re.findall(r"\w+", one.lower())) for one in (dateline, other_dateline))
    return said == other_said and (not told or not other_told or bool(told & other_told))


def _tidy(text: str) -> str:
    """Return a text without counters, as every template prints it."""
    lines = unicodedata.normalize("NFKC", text).translate(LOOK_ALIKES).splitlines()
    return SPACES.sub(" ", " ".join(line for line in lines if not COUNTER_LINE.match(line))).strip()


def _part(text: str) -> tuple[str, str]:
    """Return the dateline of a text, and the text without that and without what stands behind it."""
    before = BEFORE.match(text)
    dateline, said = (before[0], text[before.end() :]) if before else ("", text)
    while (behind := BEHIND.search(said, max(len(said) - END, 0))) and not TELLING.search(behind[0]):
        said = said[: behind.start()].rstrip()
    return dateline, BESIDE_MARKS.sub(r"\1", said).strip()
