"""The headline, as the reader sees it: the visible heading that the page's own claims agree with.

Also says which block prints it, since the article lies behind that line.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import accumulate
from operator import neg, sub
from urllib.parse import unquote, urlsplit

from crawlers.extract.blocks import Block, Box
from crawlers.extract.lines import is_publication_line
from crawlers.extract.metadata import Metadata, fold
from crawlers.extract.words import is_named, line_pattern

_SPLIT = re.compile(r"\s+(?:[-–—|•·:»«/]+)\s+|\s*[|»]\s*")
_HOME = re.compile(r"\s*(?!#)(?:https?:)?(?://[^/?#]*)?(?:/(?:index\.(?:php|html))?)?\s*(?:#.*)?")
_WORD = re.compile(r"\w+")
_HEADINGS = {"h1": 4.0, "h2": 2.0, "h3": 1.0, "h4": 0.5}
AHEAD = 0.25  # share of the page's sentences that lies below its headline at least
AHEAD_SMALL = 0.45  # the same below one in small print
OPENING = 5  # characters of a line by which most are told from a headline
_FRAME = 60  # blocks in which a page prints its own name
_LABEL = 20  # characters that a label before a headline has at most
_FEW = 10  # spaces and marks of a site's name that its host leaves out
Test = Callable[[str], bool]  # tells of a line whether it is so
MIN_WORDS = 3  # of a headline that only its looks give away


def find_title(
    blocks: list[Block], boxes: list[Box], page: Metadata, url: str, hint: str | None
) -> tuple[str, int | None, str]:
    """Return (title, index of the block that prints it, what gave it: json-ld, meta, generic, feed)."""
    is_site = _site_test(blocks, page, url)
    middle, foot = _feet_of(blocks, AHEAD_SMALL, AHEAD)
    blocks = blocks[:foot]
    claims = [c for c in list_claims(page, hint) if not is_site(c[0])]
    index = _match(blocks, boxes, [c for c, _ in claims], middle, is_site)
    if index is None:
        index = _match_slug(blocks, boxes, url)
    if index is None and not claims:
        index = _first_heading(blocks, boxes, is_site)
    if index is not None:
        text, index = _whole_heading(blocks, index, claims)
        text = cut_label(text, blocks[index].pieces)
        return _printed(text, claims).lstrip(" :|·"), index, "generic"
    if claims:
        return (*_place(claims[0][0], blocks[:middle]), claims[0][1])
    if page.title and not is_site(page.title):
        return (*_place(_strip_site(page.title, page), blocks[:middle]), "meta")
    return "", None, ""


def _whole_heading(blocks: list[Block], index: int, claims: list[tuple[str, str]]) -> tuple[str, int]:
    """Return a headline with the lines beside it in its heading that the page's claims hold too, and its last block."""
    box = blocks[index].box if blocks[index].tag in _HEADINGS else -1
    if any(key(claim) == key(blocks[index].text) for claim, _ in claims):
        return blocks[index].text, index
    lines = [i for i in range(max(index - 1, 0), min(index + 2, len(blocks))) if blocks[i].box == box]
    for end in range(len(lines), 1, -1):
        text = " ".join(blocks[i].text for i in lines[:end])
        if any(key(claim).startswith(key(text)) for claim, _ in claims):
            return text, lines[end - 1]
    return blocks[index].text, index


def cut_label(text: str, pieces: tuple[str, ...]) -> str:
    """Take a label in an element of its own off the front of a headline: "FOTO" before "Panen di hulu"."""
    label = pieces[0] if len(pieces) > 1 and len(pieces[0]) < _LABEL else ""
    rest = text[len(label) :].lstrip(" :|·")
    cut = label and text.startswith(label) and line_pattern("headline", "label").fullmatch(label)
    return rest if cut and len(rest.split()) >= MIN_WORDS else text


def _feet_of(blocks: list[Block], *shares: float) -> list[int]:
    """Return for each share the first block with less than that of the page's sentences below it."""
    masses = [block.mass for block in blocks]
    ahead = sum(masses)
    below = list(accumulate(masses, sub, initial=ahead))[1:]
    return [bisect_right(below, -share * ahead, key=neg) for share in shares]


def _site_test(blocks: list[Block], page: Metadata, url: str) -> Test:
    """Return what tells whether a line is the site's name: as the page writes it, or as its host does."""
    names = _site_names(blocks, page)
    host = re.sub(r"[^a-z0-9]", "", (urlsplit(url).hostname or ""))
    return lambda text: key(text) in names or (len(text) < len(host) + _FEW and key(text).replace(" ", "") in host)


def _site_names(blocks: list[Block], page: Metadata) -> set[str]:
    """What the page calls itself: short links to the home page, the site's name in meta."""
    names = {key(page.meta.get("og:site_name", ""))}
    for block in blocks[:_FRAME]:
        linked = block.hrefs and block.links == len(block.text)
        if block.words <= 6 and linked and all(map(_HOME.fullmatch, block.hrefs)):
            names.add(key(block.text))
    own, *rest = (key(part) for part in _SPLIT.split(page.title))
    if len(rest) == 1 and len(rest[0].split()) > 4 >= len(own.split()):  # "Warta Contoh - Dermaga Kenanga Dibuka Lagi"
        names |= {own} if {own, rest[0]} <= {key(block.text) for block in blocks[:_FRAME]} else set()
    return names - {""}


def list_claims(page: Metadata, hint: str | None) -> list[tuple[str, str]]:
    """What feeds and machines call the article, the most trusted first."""
    claims = []
    for value, source in (
        (page.next_article.get("title"), "next_data"),
        (page.article.get("headline"), "json-ld"),
        (page.meta.get("og:title"), "meta"),
        (page.meta.get("twitter:title"), "meta"),
        (hint, "feed"),
        (page.title, "meta"),
    ):
        if isinstance(value, str) and (text := fold(value)):
            claims.append((_strip_site(text, page) if source == "meta" else text, source))
    # Where the site's name had to be guessed, "Camat: ..." may have lost its beginning: the whole line is known again.
    return [*claims, (fold(page.title), "meta")] if page.title else claims


def _strip_site(text: str, page: Metadata) -> str:
    """Take the site's name off the front or the end of a title."""
    site = key(page.meta.get("og:site_name", ""))
    parts = _SPLIT.split(text)
    if len(parts) < 2:
        return text
    if site and key(parts[-1]) == site:
        return text[: text.rindex(parts[-1])].rstrip(" -–—|•·:»«/")
    if site and key(parts[0]) == site:
        return text[len(parts[0]) :].lstrip(" -–—|•·:»«/")
    # without a site name: the longest part, when it alone could be a headline
    longest = max(parts, key=len)
    return (
        longest if len(longest.split()) >= 4 and sum(len(p.split()) for p in parts if p is not longest) <= 5 else text
    )


@lru_cache(1024)
def key(text: str) -> str:
    """Write titles alike that differ in quotes, dashes, case and spaces only."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return " ".join(_WORD.findall(plain.lower()))


def _match(blocks: list[Block], boxes: list[Box], claims: list[str], middle: int, is_site: Test) -> int | None:
    """Find the block that prints what the page claims; headings before anything else, links last.

    From the block `middle` on only what is large is no headline of the page's foot.
    """
    best: tuple[float, int] | None = None
    keys = [k for k in map(key, claims) if k]
    if not keys:
        return None
    may_open = _claim_test(keys)
    for index, block in enumerate(blocks):
        linked = block.links == len(block.text) and block.tag not in _HEADINGS
        if block.words > 45 or linked or not may_open(block.text[:OPENING]):
            continue
        text = key(block.text)
        if not text or (index >= middle and heading_rank(block, boxes) < 2):
            continue
        score = 0.0
        for rank, claim in enumerate(keys):
            if text == claim:
                score = 6.0
            elif ((len(text) > 14 and block.words >= MIN_WORDS) or heading_rank(block, boxes) >= 4) and (
                claim.startswith(text) or (text.startswith(claim) and len(claim) > 30)
            ):
                score = 3.0 if len(text) > 0.5 * len(claim) else 1.0
            elif len(text) > 14 and block.words >= 4 and text in claim and rank == len(keys) - 1:
                score = 2.0
            if score:
                score -= 0.1 * rank
                break
        if not score or is_site(block.text):
            continue
        score += heading_rank(block, boxes)
        score -= 3.0 if block.links > 0.5 * len(block.text) else 0.0
        if best is None or score > best[0]:
            best = (score, index)
    return best[1] if best else None


def _claim_test(claims: list[str]) -> Test:
    """Return what tells of a line whether it can be the beginning of a claim, a claim and more, or a piece of the last.

    It goes by the line's first letters, which saves writing every line of a page in the form of `key`. Where these are
    not ASCII or no word, it says yes.
    """
    openings, starts = "\n" + "\n".join(claims), tuple(claims)

    @cache
    def may_open(opening: str) -> bool:
        match = _WORD.search(opening)
        if match is None or not opening.isascii():
            return True
        word = match[0].lower()
        return f"\n{word}" in openings or word in claims[-1] or word.startswith(starts)

    return may_open


def heading_rank(block: Block, boxes: list[Box]) -> float:
    """How much a block looks like a headline: the heading element it lies in, or its print."""
    box = boxes[block.box]
    for _ in range(3):
        if box.tag in _HEADINGS:
            return _HEADINGS[box.tag]
        if box.parent < 0:
            break
        box = boxes[box.parent]
    if "title" in boxes[block.box].name or is_named("headline", boxes[block.box].name):
        return 2.0
    if block.size >= 4:
        return 2.0
    return 0.5 if block.emphasis >= 0.9 * len(block.text) else 0.0


def _match_slug(blocks: list[Block], boxes: list[Box], url: str) -> int | None:
    """Find the headline by the words of the address."""
    slug = slug_of(url)
    if len(slug) < 4:
        return None
    best: tuple[float, int] | None = None
    for index, block in enumerate(blocks):
        if not MIN_WORDS <= block.words <= 30 or block.links > 0.5 * len(block.text):
            continue
        words = set(key(block.text).split())
        share = len(words & slug) / max(len(words), 1)
        if share >= 0.7 and len(words & slug) >= 3:
            score = share * 3 + heading_rank(block, boxes)
            if best is None or score > best[0]:
                best = (score, index)
    return best[1] if best else None


def slug_of(url: str) -> set[str]:
    """Return the words of the address's longest part, lower case."""
    parts = [re.findall(r"[a-z0-9]+", part.lower()) for part in unquote(urlsplit(url).path).split("/")]
    return set(sorted(parts, key=len)[-1])


def _first_heading(blocks: list[Block], boxes: list[Box], is_site: Test) -> int | None:
    ranked = [
        (heading_rank(block, boxes), -index)
        for index, block in enumerate(blocks)
        if MIN_WORDS <= block.words <= 30 and block.links < 0.5 * len(block.text) and not is_site(block.text)
    ]
    best = max(ranked, default=(0.0, 0))
    return -best[1] if best[0] >= 1.0 else None


def find_loud_line(blocks: list[Block], boxes: list[Box], before: int, claim: str, url: str) -> int | None:
    """Find a headline that is none to machines: the loudest short line ahead of the text, at block `before`.

    `claim` is what the page calls itself although it prints that nowhere. Many systems put the site's name there, so a
    heading above the text outdoes it, unless the address tells the same as the claim; other loud print only does so
    where the claim is too short for a headline.
    """
    short = len(claim.split()) < 4
    if not short and len(set(key(claim).split()) & slug_of(url)) >= 4:
        return None
    best: tuple[float, int] | None = None
    for index in range(max(0, before - 25), before):
        block = blocks[index]
        if not MIN_WORDS <= block.words <= 30 or block.links > 0.5 * len(block.text):
            continue
        if is_publication_line(block) or line_pattern("line", "whole").fullmatch(block.text):
            continue
        rank = heading_rank(block, boxes)
        if block.after_image and rank < 1:
            continue
        score = rank + block.size
        if score >= (0.5 if short else 1.0) and (best is None or score >= best[0]):
            best = (score, index)
    return best[1] if best else None


def _printed(text: str, claims: list[tuple[str, str]]) -> str:
    """Prefer the printed form; where the heading holds more than the title (a kicker, the site's name), the claim."""
    mine = key(text)
    if any(key(claim).startswith(mine) for claim, _ in claims):
        return text
    for claim, _ in claims:
        other, cut = key(claim), claim.endswith(("...", "…"))
        if 20 < len(other) < len(mine) and other in mine and len(claim) < 105 and not cut:
            return claim
    return text


def _place(title: str, blocks: list[Block]) -> tuple[str, int | None]:
    wanted = key(title)
    return title, next((i for i, b in enumerate(blocks) if b.words < 45 and key(b.text) == wanted), None)
