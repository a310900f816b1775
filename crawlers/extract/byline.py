"""Who wrote and who edited, as printed, without the labels before the name.

A printed label next to the headline is believed first, then what the page tells machines and feeds, then labels and
signatures behind the text. Accounts such as "admin" say nothing and give way to any name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import groupby
from urllib.parse import urlsplit

from crawlers.extract.beside import find_beside
from crawlers.extract.blocks import Block, Box
from crawlers.extract.dates import find_dates
from crawlers.extract.metadata import Metadata, claimed_names, claimed_organisation, name_of
from crawlers.extract.names import (
    BREAK,
    DOMAIN,
    clean_name,
    is_account,
    is_generic,
    is_name,
    join_rows,
    join_writers,
    labelled,
    split_card,
    with_role,
)
from crawlers.extract.signature import find_signature
from crawlers.extract.titles import key
from crawlers.extract.words import inner_pattern, label_pattern, line_pattern, word_set

_WRITER_PAGE = re.compile(
    r"^(?!.*(?:facebook|instagram|tiktok|twitter|youtube|\bx)\.com\b).*/(?:(?:author|penulis|profile?|reporter|wartawan|kolumnis|kontributor|user)s?(?:\.\w+)?[/?]|@)\w",
    re.IGNORECASE,
)
_FEW = 6  # words beside a name in a line that tells it
_PLACE = 4  # characters from which on what a text tells of may be one
_PARTED = 20  # words of a line of several parts, of which one is a name
_ROLED = 12  # words of a line that may name somebody with what he is, and the date behind it
_ENDING = re.compile(r"(?<=\w)(?:\.[a-z]{2,5}){1,2}$")  # of an outlet's name: "KabarKenanga.id"
_TITLE_PARTS = re.compile(r"\s+[-–—|:»]\s+")  # of what the browser shows, with the outlet's name at its end
_FOREIGN_LABEL = re.compile(r"(?:by|von|par|por|av|af|door|autor(?:in)?|author)(?:\s*:\s*|\s+|$)", re.IGNORECASE)
AUTHOR_BOX = re.compile(
    r"(?<![a-z])(?:author|byline|penulis|reporter|wartawan|writer|contributor|kontributor)(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class Credit:
    """Names found, each with what gave it."""

    byline: str | None = None
    editor: str | None = None
    source: str = ""
    editor_source: str = ""


def find_credit(
    blocks: list[Block],
    boxes: list[Box],
    head: range,
    tail: list[str],
    text: str,
    page: Metadata,
    hint: str | None,
    now: datetime,
    zone: tzinfo,
    site: str = "",
    *,
    abroad: bool = False,
) -> Credit:
    """Find author and editor.

    Parameters
    ----------
    head
        Blocks around the headline, up to the first paragraph.
    tail
        Credit lines and short lines from behind the text.
    text
        The body, for a signature at its end.
    hint
        The author as the feed names it.
    site
        Name of the outlet, which as an author says nothing.
    abroad
        The page is not Indonesian: its claims are better than what labels of two languages find.
    """
    near = [blocks[i].spaced for i in head if blocks[i].words <= 40]
    editor, only = _find_editor(near, tail)
    weak, outlets = _names_of_outlet(site, page)
    first: tuple[str, str] | None = None
    own: tuple[str, str] | None = None
    offers = _offers(blocks, boxes, head, tail, text, page, hint, now, zone)
    for found, source in _sort_abroad(list(offers), now, zone) if abroad else offers:
        name = _cut_outlet(_cut_place(found, text), outlets)
        if (only and found == editor) or (first and _wrote_itself(first[0], name, found, text, tail)):
            continue
        if source == "initials" or is_generic(name) or _is_office(name):  # better than nothing, and nothing else
            first = first or (name, source)
        elif _squeeze(name) in weak or (_is_channel(name, page) and _signed(text, tail) - {name}):
            own = own or (name, source)
        elif len(name.split()) < _FEW or not _is_headline(name, page):
            return Credit(name, editor, source, "text" if editor else "")
    byline, source = own or first or (None, "")
    return Credit(byline, editor, source, "text" if editor else "")


def _find_editor(near: list[str], tail: list[str]) -> tuple[str | None, bool]:
    """Return who edited, and whether that is all that lines say of him."""
    editor = next((n for line in [*near, *join_rows(near), *tail] for n in labelled(line, "editor")), None)
    return editor, not any(name == editor for line in [*near, *tail] for name in labelled(line, "author"))


def _is_headline(name: str, page: Metadata) -> bool:
    titles = (page.title, page.meta.get("og:title", ""))
    return any(_squeeze(title).startswith(_squeeze(name)) for title in titles if title)


def _offers(
    blocks: list[Block],
    boxes: list[Box],
    head: range,
    tail: list[str],
    text: str,
    page: Metadata,
    hint: str | None,
    now: datetime,
    zone: tzinfo,
) -> Iterator[tuple[str, str]]:
    """Yield names with what gave them, the most trusted first; what costs most is looked for last.

    What a page tells machines and prints nowhere is often the account of the whole site: a name that readers see wins.
    """
    printed = list(_printed(blocks, boxes, head))
    if printed and all(is_account(name) or _is_posted(name, blocks, head) for name in printed):
        written = (line for line in tail if not label_pattern("poster").search(line))
        yield from ((name, "text") for name in join_writers(written))
    yield from ((name, "text") for name in printed)
    claims = list(claimed_names(page))
    body = claimed_organisation(page)  # stands on a page for other reasons too: a label with a person's name wins
    seen = [claim for claim in claims if _is_printed(claim[0], blocks, tail)]
    yield from (claim for claim in seen if claim[0] != body)
    yield from ((name, "text") for name in join_writers(tail))
    yield from seen
    beside = ((name, "text") for name in find_beside(blocks, boxes, head, now, zone, text, page))
    if not seen:
        yield from beside
        yield from claims
    # A feed names the account, as the page's frame does: what the text itself says must win by either way. "admin" from
    # a feed alone would make the same post differ by the way it came.
    if (name := name_of(hint)) and not is_generic(name):
        yield name, "feed"
    yield from beside
    yield from ((name, "text") for name in _linked(blocks, head))
    yield from find_signature(text, tail)


def _cut_place(name: str, text: str) -> str:
    """Take the place where the text was written, or that it tells of, off a name: "Rina Amelia (Tepian)"."""
    rest, _, place = name[:-1].rpartition(" (") if name.endswith(")") else name.rpartition(", ")
    if not rest or "." in place:
        return name
    told = len(place) >= _PLACE and re.search(rf"(?<!\w){re.escape(place)}(?!\w)", text)
    return rest if told or text[: len(place)].lower() == place.lower() else name


def _names_of_outlet(site: str, page: Metadata) -> tuple[set[str], set[str]]:
    """Return the outlet's names, squeezed: those that say nothing as an author, and those that may stand at one."""
    told = (name for one in (site, page.meta.get("og:site_name", "")) for name in (one, _ENDING.sub("", one)))
    weak = {_squeeze(name) for name in told} - {""}
    return weak, weak | {_squeeze(part) for part in _TITLE_PARTS.split(page.title)[1:][-1:]}


def _is_office(name: str) -> bool:
    """Say whether a name is that of a press office, "Humas Polres Hulu": somebody named behind the text wrote."""
    return bool(inner_pattern("marker", "release_byline").search(name.lower()))


def _wrote_itself(office: str, name: str, found: str, text: str, tail: list[str]) -> bool:
    """Say whether a press office that put a text online wrote it too, as it does but for who signs."""
    return _is_office(office) and (name in office or found not in _signed(text, tail))


def _signed(text: str, tail: list[str]) -> set[str]:
    """Return the names behind a text, with a label or as its signature."""
    labels = {name for line in tail for name in labelled(line, "author")}
    return labels | {name for name, source in find_signature(text, tail) if source != "initials"}


def _is_channel(name: str, page: Metadata) -> bool:
    """Say whether a name is that of the page's part of its site: a publisher's, or a person's, on a platform."""
    return _squeeze(name) == _squeeze(urlsplit(page.canonical or "").path.strip("/").partition("/")[0])


def _squeeze(name: str) -> str:
    """Write the name of an outlet and that of its account alike: "Kabar Kenanga", "kabarkenanga"."""
    return key(name).replace(" ", "")


def _cut_outlet(name: str, outlets: set[str]) -> str:
    """Take the outlet off a name: "Kabar Kenanga, Rina Amelia", "Rina Amelia, Kabar Kenanga TV"."""
    before, comma, last = name.rpartition(", ")
    if comma and any(_squeeze(last).startswith(outlet) for outlet in outlets if outlet):
        return before
    outlet, comma, rest = name.partition(", ")
    return rest if comma and rest and (_squeeze(outlet) in outlets or DOMAIN.search(outlet)) else name


def _is_posted(name: str, blocks: list[Block], head: range) -> bool:
    """Say whether a name is told as that of who put the text online, maybe an account: "Posted by humas_hulu"."""
    lines = (blocks[i].spaced for i in head if name in blocks[i].spaced)
    return any((label := label_pattern("poster").search(line)) and name in line[label.end() :] for line in lines)


def _is_printed(name: str, blocks: list[Block], tail: list[str]) -> bool:
    """Say whether a short line holds a name, or all of several, or a longer one has it as one of its parts."""
    wanted = name.lower()
    most, each = len(wanted.split()) + _FEW, wanted.split(", ")
    lines = (block.text for block in blocks if block.words <= most)
    if any(all(one in line.lower() for one in each) for line in (*lines, *tail)):
        return True
    return any(name in block.text and name in BREAK.split(block.text) for block in blocks if block.words <= _PARTED)


def _sort_abroad(offers: list[tuple[str, str]], now: datetime, zone: tzinfo) -> Iterator[tuple[str, str]]:
    """Yield the names of a foreign page without the labels of its language, what it tells machines first."""
    for name, source in sorted(offers, key=lambda offer: offer[1] not in ("next_data", "json-ld", "meta")):
        name = name[match.end() :] if (match := _FOREIGN_LABEL.match(name)) else name
        if name and (source != "text" or (name[0].isupper() and not any(find_dates(name, now, zone)))):
            yield name, source


def _printed(blocks: list[Block], boxes: list[Box], head: range) -> Iterator[str]:
    """Names in lines that a label or the name of their box gives away, those nearest before the text first."""
    cards = {i: role for i in head if (role := _role_of(blocks[i]))}
    wrote = [i for i, role in cards.items() if role not in word_set("byline", "others")]
    yield from (
        ", ".join(dict.fromkeys(clean_name(blocks[i].pieces[0]) for i in together))
        for _, same in groupby(wrote, key=cards.__getitem__)
        if (together := list(same))
    )
    rest = [i for i in head if i not in cards]
    for row in join_rows([line for i in rest for line in split_card(blocks[i].text, blocks[i].pieces)]):
        yield from labelled(row, "author")
    for index in reversed(rest):
        block = blocks[index]
        if block.words > 30 or block.weight >= 8:
            continue
        found = [name for part in (block.spaced, *block.pieces) for name in labelled(part, "author")][:1]
        if not found and block.words <= _ROLED:
            found = [name for text in (block.text, *block.pieces[:1]) if (name := with_role(text))][:1]
        if (
            not found
            and block.words <= 12
            and (block.tag == "address" or AUTHOR_BOX.search(boxes[block.box].name))
            and not label_pattern("editor").match(block.text)
        ):
            sends = block.hrefs and all(href.startswith("mailto:") for href in block.hrefs)
            named = [piece for piece in block.pieces if is_name(piece)]
            several = len(named) == len(block.hrefs) > 1
            name = "" if sends else clean_name(block.pieces[0] if block.pieces and not several else block.text)
            found = [name] if name and name[0].isalpha() else []
        yield from found


def _role_of(block: Block) -> str:
    """Return what a card says in its second element that somebody is, in lower case; blank for what is no card."""
    if len(block.pieces) != 2 or block.words > _FEW or not is_name(block.pieces[0]):
        return ""
    role = block.pieces[1].lower().strip(" ()")
    return role if role in word_set("byline", "others") or line_pattern("byline", "role").fullmatch(role) else ""


def _linked(blocks: list[Block], head: range) -> Iterator[str]:
    """Names that lead to their writer's page, without label or date: in a card above the headline."""
    for block in (blocks[i] for i in head if blocks[i].hrefs and blocks[i].words <= _FEW):
        name = clean_name(block.pieces[0] if block.pieces else block.text)
        if len(block.hrefs) == 1 and block.led and _WRITER_PAGE.search(block.hrefs[0]) and is_name(name):
            yield name
