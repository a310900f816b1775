"""Which lines of the article's region are its text, which are captions, credits or furniture.

Works on blocks, wherever they come from: the generic region, a recipe's selector, or a feed's fragment.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawlers.extract.blocks import Block, Box
from crawlers.extract.names import SHORTENED, join_labels
from crawlers.extract.words import is_line, is_named, label_pattern, line_pattern

_DATELINE = re.compile(
    r"(?=.{2,70}$)[(\[]?[A-Z\d].*[-–—:~|]{1,3}$"
)  # a place and brand that stand before the first sentence
_OPENING = re.compile(r"[A-Z]{3,}[A-Z .'/]*(?:[,(][^-–—]{2,50})?\s?[-–—]{1,2}\s?[\w\"“]")  # "KENANGA (Warta) - Dermaga"
_SIGNATURE = re.compile(r"[*#\s.]*[(\[][^()\[\]]{1,60}[)\]][*#\s.]*|[*#]{1,5}|-{2,}")
_DATE_LINE = re.compile(
    r"(?:[a-z]{4,12}['’`]?[a-z]*,?\s*)?\W*\d{1,2}[\s/.-]+(?:[a-z]{3,10}|\d{1,2})[\s/.,-]+\d{2,4}\W*(?:(?:pukul|pkl|jam)?\W*\d{1,2}[.:]\d\d(?:[.:]\d\d)?)?\W*(?:wib|wita|wit)?\W*",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b\d{1,2}[.:]\d\d\b")
_DATE = re.compile(  # "08.00 dan 16.00" and "08.00 - 16.00" are hours
    r"\b\d{1,2}(?:[\s/.-]+(?!(?:dan|atau|hingga|sampai|and|until)\b)[a-z]{3,10}[\s/.,-]+|(\s?[/.-]\s?)\d{1,2}\1)\d{2,4}\b"
    r"|\b[a-z]{3,10}\.? \d{1,2}, \d{4}\b|\b\d{4}([/.-])\d{1,2}\2\d{1,2}\b"
    r"|\b\d{1,2}/\d{1,2}[\s,|–-]+\d{1,2}[.:]\d\d\b",
    re.IGNORECASE,
)
_AGO = re.compile(  # what tells the age of another article beside its headline
    r"(?:\d{1,2}|se)\s*(?:detik|menit|jam|hari|minggu|pekan|bulan|tahun)(?: yang)? lalu"
    r"|\d{1,2} (?:second|minute|hour|day|week|month|year)s? ago",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s+[|·•]\s+")
_FIGURE = re.compile(r"(?:rp\.? ?)?\d(?:[\d.,:–-]*\d)?(?: ?(?:%|wib|wita|wit))?", re.IGNORECASE)  # in a cell of a table
_BESIDE = re.compile(r",? (?:pukul|pkl\.?) \d")  # "Ditulis Rina pukul 16.45"
LABEL = 6  # words of a line that may introduce a link
PULLED = 30  # characters of a quotation that are no chance to stand in two lines
_QUOTES = " .,\"'“”„‘’»«"
_END = ".!?…\"”'’»;"
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")  # Thai to Chinese


@dataclass(slots=True)
class Lines:
    """The sorted lines of one region."""

    text: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)  # "Penulis: ...", "Editor: ..." as printed
    furniture: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)  # short lines behind the last sentence: perhaps a signature
    indices: list[int] = field(default_factory=list)  # of the blocks whose text was kept

    def paragraphs(self) -> str:
        """The text, paragraphs parted by one blank line, NFC."""
        return unicodedata.normalize("NFC", "\n\n".join(self.text))


def sort_lines(
    blocks: list[Block],
    boxes: list[Box],
    indices: list[int],
    title: str,
    drop_lines: tuple[str, ...] = (),
    keywords: tuple[str, ...] = (),
) -> Lines:
    """Sort the blocks of a region.

    Parameters
    ----------
    title
        A line that only repeats it is dropped.
    drop_lines
        Further patterns of furniture, searched in the line: the recipe's ``[clean]``.
    keywords
        Tags of the page; a line of "id tag,tag" before the text is dropped.
    """
    out = Lines()
    extra = re.compile("|".join(f"(?:{p})" for p in drop_lines), re.IGNORECASE) if drop_lines else None
    weighty = [i for i in indices if blocks[i].weight]
    first, last = (weighty[0], weighty[-1]) if weighty else (-1, -1)
    seen: set[str] = set()
    quoted: list[str] = []
    for index in indices:
        block = blocks[index]
        text = strip_tags_line(block.text, keywords)
        kind = "furniture" if extra and extra.search(text) else judge_line(block, boxes, text, title)
        if kind == "furniture" and first < index < last and block.tag in ("td", "th") and _FIGURE.fullmatch(text):
            kind = "text"
        if kind == "text" and index <= first < last and _opens_as_caption(block, text):
            kind = "caption"
        elif kind == "text" and index < first:
            kind = _judge_head(block, text)
        elif kind == "text" and index > last:
            kind = _judge_tail(block, text)
        if kind == "text" and block.words >= 10 and text in seen:
            kind = "furniture"
        seen.add(text)
        if kind == "furniture" and out.indices[-1:] == [index - 1] and _leads_away(blocks[index - 1], block):
            out.furniture.append(out.text.pop())
            out.indices.pop()
        if kind == "text":
            out.indices.append(index)
            quoted += [text] * _is_quoted(block, boxes)
        getattr(out, {"caption": "captions", "credit": "credits"}.get(kind, kind)).append(text)
    out.text = _join_datelines(_drop_teasers([line for line in out.text if not _is_pulled(line, quoted, out.text)]))
    out.captions = [t for t in (tidy_caption(c) for c in out.captions) if t and t != title]
    return out


def has_words(lines: Iterable[str], least: int) -> bool:
    """Say whether lines hold so many words together; what comes after those is not counted."""
    for line in lines:
        least -= len(line.split(maxsplit=least))
        if least <= 0:
            return True
    return False


def count_words(text: str) -> int:
    """Count the words of a text; in writing that parts none, two characters are one."""
    return len(text.split()) + (0 if text.isascii() else len(_UNSPACED.findall(text)) // 2)


def judge_line(block: Block, boxes: list[Box], text: str, title: str) -> str:
    """Say what a line is: text, caption, credit or furniture."""
    words = block.words
    if not text or text == title or not any(c.isalnum() or c == "*" for c in text):
        return "furniture"
    if words <= 45 and is_caption(block, boxes):
        return "caption"
    if words <= 40:
        if is_publication_line(block):
            return "credit"
        if all(map(is_furniture, _PARTS.split(text))):
            return "furniture"
        if words <= 32 and line_pattern("line", "start").match(text):
            return "furniture"
        if block.links >= 0.8 * len(text) and not (words > 15 and text[-1] in _END and block.tag == "p"):
            return "furniture"
        if (
            words <= 25
            and block.links >= 0.55 * len(text)
            and text[-1] not in _END
            and len(text[: -block.links].split()) <= 4
        ):
            return "furniture"
        if words <= 14 and is_credit(text):
            return "credit"
        if words <= 9 and (_DATE_LINE.fullmatch(text) or _AGO.fullmatch(text)):
            return "furniture"
        if words <= 20 and text[-1] not in _END and _names_day(text):
            return "credit"
    return "text"


def is_furniture(text: str) -> bool:
    """Say whether a line is none of the article's, whatever stands around it."""
    return is_line("line", "whole", text) or bool(line_pattern("line", "count").fullmatch(text))


def _names_day(text: str) -> bool:
    """Say whether one of several parts of a line is a date: "3 Juni 2025 · 2 menit · Rina Amelia"."""
    parts = _PARTS.split(text)
    return len(parts) > 2 and any(map(_DATE_LINE.fullmatch, parts))


def is_publication_line(block: Block) -> bool:
    """Say whether a line is the one with date, names and counters: it tells day and clock time and is no sentence."""
    return (
        block.words <= 30
        and block.text[-1] not in _END
        and bool(_CLOCK.search(block.spaced))
        and bool(_DATE.search(block.spaced))
    )


def is_credit(text: str) -> bool:
    """Say whether a short line only names who wrote or edited."""
    bare = _BESIDE.split(join_labels(text.strip("()[]*- |–—•·"), "author"), maxsplit=1)[0]
    for key in ("author", "editor"):
        match = label_pattern(key).match(bare)
        if match and not match["mark"]:
            bare = _PARTS.split(bare)[0]  # "Reporter Rina Amelia | Editor Hadi | Foto: Deni"
        if match and (match["mark"] or (len(bare.split()) <= 7 and (bare[-1] not in _END or SHORTENED.search(bare)))):
            rest = bare[match.end() :].strip()
            if rest and (rest[0].isupper() or match["mark"]):
                return True
    return False


def strip_tags_line(text: str, keywords: tuple[str, ...]) -> str:
    """Take "id pasar,harga" off the front of a text, where some systems print language and tags without a break."""
    if not text.startswith("id ") or not keywords:
        return text
    for joined in (",".join(keywords), ", ".join(keywords)):
        if text[3:].lower().startswith(joined.lower()):
            return text[3 + len(joined) :].lstrip()
    return text


def is_caption(block: Block, boxes: list[Box]) -> bool:
    """Say whether a line belongs to an image: by its box, its print, its words or its place."""
    text, box = block.text, boxes[block.box]
    if block.tag == "figcaption":
        return True
    around = boxes[box.parent] if box.parent >= 0 else box
    if box.end - box.start <= 2 and (
        is_named("caption", box.name) or (around.image and is_named("caption", around.name))
    ):
        return block.words < 40
    if not block.after_image:
        return False
    # behind an image: small print, a photo credit, or the only text of the image's own box
    if block.slanted >= 0.9 * len(text) and block.words < 35:
        return True
    if line_pattern("caption", "line").fullmatch(text):
        return True
    if box.end - box.start > 1:
        return False
    return (box.image and block.words < 20) or (around.image and around.end - around.start == 1 and block.words < 30)


def is_dateline(block: Block) -> bool:
    """Say whether a line is a place and brand with a dash: "Hulu, Kabar Kenanga --"."""
    return block.words <= 8 and not block.links and block.text[-1] in "-–—" and bool(_DATELINE.match(block.text))


def opens_text(block: Block) -> bool:
    """Say whether a sentence stands behind a place in capitals and a dash, as the first of a report does."""
    return bool(block.weight) and not block.links and bool(_OPENING.match(block.text))


def _judge_head(block: Block, text: str) -> str:
    """A line before the first sentence: kicker, date, name; or the dateline, or a short first sentence."""
    if _DATELINE.match(text) and block.links < 0.5 * len(text):
        return "text"
    return "text" if block.words >= 4 and text[-1] in _END and not _DATE_LINE.match(text) else "furniture"


def _opens_as_caption(block: Block, text: str) -> bool:
    """Say whether a line before all other text is what some write under the picture: "Panen di hulu. (Ist)"."""
    credited = block.words <= 20 and text[-1] not in ".!?" and line_pattern("caption", "line").fullmatch(text)
    return bool(credited) and not _DATELINE.match(text)


def _judge_tail(block: Block, text: str) -> str:
    """A line after the last sentence: the end mark or initials stay; names, tags and buttons do not."""
    if _SIGNATURE.fullmatch(text) or (block.words >= 3 and text[-1] in _END):
        return "text"
    return "text" if block.tag == "li" and not block.links and block.words > 2 else "tail"


def _is_quoted(block: Block, boxes: list[Box]) -> bool:
    around = boxes[max(boxes[block.box].parent, 0)]
    return "blockquote" in (block.tag, boxes[block.box].tag, around.tag)


def _leads_away(label: Block, link: Block) -> bool:
    """Say whether a short line only introduces the headline of another article behind it: "Bacaan lain:"."""
    return label.words <= LABEL and label.text[-1] in ":?" and link.words >= 4 and link.links >= 0.8 * len(link.text)


def _is_pulled(line: str, quoted: list[str], lines: list[str]) -> bool:
    """Say whether a quotation stands in large print what another line says too, whoever is named behind it."""
    if line not in quoted:
        return False
    said = re.split(r"\s*[—–]\s*|\s*(?:\.\.\.|…)", line.strip(_QUOTES))[0].strip(_QUOTES)
    return len(said) >= PULLED and any(said in other for other in lines if other is not line)


def _drop_teasers(lines: list[str]) -> list[str]:
    """Drop an opening excerpt that only repeats how the text behind it begins."""
    if len(lines) < 3:
        return lines
    excerpt = re.sub(r"\W*(?:\.\.\.|…)\W*$", "", lines[0])
    if len(excerpt) > 30 and any(" ".join(lines[at : at + 4]).startswith(excerpt) for at in (1, 2)):
        return lines[1:]
    return lines


def _join_datelines(lines: list[str]) -> list[str]:
    opens = len(lines) > 1 and _DATELINE.match(lines[0])
    if opens and len(lines[0].split()) <= (4 if lines[0].endswith(":") else 8):  # "Berikut daftar yang ...:"
        return [f"{lines[0]} {lines[1]}", *lines[2:]]
    return lines


def tidy_caption(text: str) -> str:
    """Take the buttons of picture viewers and stray marks off a caption."""
    return text.strip(" :|").removesuffix("Lihat Foto").removesuffix("Perbesar").strip()
