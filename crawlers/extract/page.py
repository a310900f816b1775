"""The door of extraction: one page in, the parts of one article out, and for each part what gave it.

The chain per part is: the recipe's selector, what feed or REST said in full, the data of a Next.js page, JSON-LD and
meta, the page's shape. Faults of a page come back as ``problem``, never as an exception; fetching, addresses and
storing are the crawl's.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from crawlers.extract import byline, published
from crawlers.extract.behind import find_short
from crawlers.extract.body import weigh
from crawlers.extract.dating import find_date
from crawlers.extract.decode import decode_both
from crawlers.extract.fragment import sort_fragment
from crawlers.extract.generic import choose_text
from crawlers.extract.lines import (
    Lines,
    count_words,
    has_words,
    is_caption,
    is_credit,
    sort_lines,
    tidy_caption,
)
from crawlers.extract.marks import find_credit_line, find_markers
from crawlers.extract.metadata import SECTION_KEYS, fold, name_of
from crawlers.extract.names import is_generic, join_rows, labelled
from crawlers.extract.paging import find_next_page
from crawlers.extract.sheet import Hints, Page, Sheet, head_of, read_sheet
from crawlers.extract.titles import key
from crawlers.extract.verdict import judge_page
from crawlers.items import Reason
from crawlers.recipe import Recipe

__all__ = ["Extraction", "Hints", "Page", "extract_page"]

LEAST_TOLD = 40  # words from which on a body told to machines is taken where the page shows none
FEWEST_WORDS = 12  # a text with less is no article


@dataclass(frozen=True, slots=True)
class Extraction:
    """The parts of an article; `problem` says why it cannot be one, the other fields still hold what was found."""

    title: str
    text: str  # paragraphs parted by one blank line, NFC
    published_at: datetime | None  # aware; offset as printed, else the recipe's zone
    modified_at: datetime | None = None
    byline: str | None = None
    editor: str | None = None
    section: str | None = None
    captions: tuple[str, ...] = ()
    credit: str | None = None
    markers: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()  # other addresses that the page names as its own
    canonical_url: str | None = None  # as the page claims it, unchecked
    next_page: str | None = None
    next_is_whole: bool = False  # next_page shows the whole article, not its next part
    fields: dict[str, str] = field(default_factory=dict)
    extractor: str = ""
    place: str = ""  # the box of the text, for `Hints.place` of the article's next pages
    fallback: bool = False  # the recipe's selector for the text found nothing
    problem: Reason | None = None
    detail: str = ""  # one line on the problem


def extract_page(
    page: Page,
    recipe: Recipe | None = None,
    read: Callable[[str], str] | None = None,
    read_day: Callable[[str, str], str] | None = None,
) -> Extraction:
    """Extract one article.

    Parameters
    ----------
    page
        Any bytes; with an empty body only the hints are used.
    recipe
        Of the page's outlet; None for a page of any site.
    read, read_day
        Stand in for the slow generic extractor (`outside.read_generic`, `read_day`); asked only when it is needed.
    """
    text, utf8 = decode_both(page.body, page.content_type)
    if text is None:
        return _refuse(page, Reason.BAD_CONTENT, f"not a page but {page.content_type or 'binary data'}")
    sheet = read_sheet(page, text, recipe, utf8)
    lines, extractor = _find_text(sheet, recipe, read)
    names = _find_names(sheet, lines, recipe)
    date = find_date(sheet, read_day)
    modified = published.modified_date(sheet.meta, page.fetched_at, sheet.zone)
    next_page, whole = _find_next(sheet, recipe)
    out = Extraction(
        title=sheet.title,
        text=lines.paragraphs(),
        published_at=date.at if date else None,
        modified_at=modified if modified and date and modified > date.at else None,
        byline=sheet.selected.byline or names.byline,
        editor=sheet.selected.editor or names.editor,
        section=_find_section(sheet),
        captions=tuple(dict.fromkeys([*sheet.selected.captions, *_captions_ahead(sheet), *lines.captions])),
        aliases=_aliases(sheet),
        canonical_url=sheet.meta.canonical,
        next_page=next_page,
        next_is_whole=whole,
        fields=sheet.fields,
        extractor=extractor,
        place=sheet.region.place if extractor == "generic" else "",
        fallback=bool(recipe and recipe.select.text and extractor != "selector" and page.body),
    )
    verdict = judge_page(page.url, sheet.title, sheet.meta, sheet.blocks, sheet.region) if page.body else None
    return _judge(_add_signs(out, page, recipe), page, verdict)


def _add_signs(out: Extraction, page: Page, recipe: Recipe | None) -> Extraction:
    """Add what the found parts tell of the text's origin: marks of paid and released content, the agency."""
    paid, release = (recipe.markers.paid, recipe.markers.release) if recipe else ((), ())
    markers = find_markers(page.url, out.title, out.section, out.byline, out.text, out.captions, paid, release)
    return replace(out, markers=markers, credit=find_credit_line("\n\n".join([out.text, *out.captions])))


def _find_text(sheet: Sheet, recipe: Recipe | None, read: Callable[[str], str] | None) -> tuple[Lines, str]:
    """Return the sorted lines of the body and what gave them."""
    hints, title = sheet.page.hints, sheet.title
    drop = recipe.clean.drop_lines if recipe else ()
    if sheet.selected.blocks:
        weigh(sheet.selected.blocks, sheet.selected.boxes)
        everything = list(range(len(sheet.selected.blocks)))
        lines = sort_lines(sheet.selected.blocks, sheet.selected.boxes, everything, title, drop, sheet.meta.keywords)
        if lines.text:
            return _gave(sheet, lines, "selector")
    for fragment, source in (
        (hints.html, hints.source or "feed"),
        (sheet.meta.next_article.get("content"), "next_data"),
    ):
        if fragment:
            clean = recipe.clean.drop if recipe else ()
            lines, whole = sort_fragment(fragment, clean, title, drop, sheet.meta.keywords)
            if lines.text and (source != "feed" or whole):
                return _gave(sheet, lines, source)
    own = sort_lines(sheet.blocks, sheet.boxes, sheet.region.indices, title, drop, sheet.meta.keywords)
    if told := _told_body(sheet, own):
        return _gave(sheet, sort_fragment(told, (), title, drop, sheet.meta.keywords)[0], "json-ld")
    if not sheet.blocks or (hints.place and sheet.region.place == hints.place):
        return _gave(sheet, own, "generic")
    choice = choose_text(
        sheet.html, own, sheet.region, indonesian=sheet.indonesian, title=title, drop_lines=drop, read=read
    )
    return _gave(sheet, choice.lines, choice.extractor)


def _told_body(sheet: Sheet, own: Lines) -> str:
    """Return the body that JSON-LD tells as a fragment, where scripts are to draw the page and it shows no text."""
    told = sheet.meta.article.get("articleBody")
    if not isinstance(told, str) or len(told.split()) < LEAST_TOLD:
        return ""
    if has_words(own.text, FEWEST_WORDS):
        return ""
    if re.search(r"<(?:p|br|div)\b", told):
        return told
    return "".join(f"<p>{html.escape(part)}</p>" for part in told.splitlines() if part.strip())


def _captions_ahead(sheet: Sheet) -> list[str]:
    """Captions of images that stand between the headline and the text, outside the text's own box."""
    if sheet.title_at is None or not sheet.region.indices:
        return []
    ahead = range(sheet.title_at + 1, sheet.region.indices[0])
    found = (tidy_caption(sheet.blocks[i].text) for i in ahead if is_caption(sheet.blocks[i], sheet.boxes))
    return [text for text in found if text and text != sheet.title]


def _gave(sheet: Sheet, lines: Lines, source: str) -> tuple[Lines, str]:
    if lines.text:
        sheet.fields["text"] = source
    return lines, source


def _find_names(sheet: Sheet, lines: Lines, recipe: Recipe | None) -> byline.Credit:
    head, _ = head_of(sheet)
    host = urlsplit(sheet.meta.canonical or sheet.page.url).hostname or ""
    last = max(sheet.region.indices, default=-1)
    short = find_short(sheet.blocks[last + 1 :]) if last >= 0 else []
    behind = [block.spaced for block in short]
    behind += [*(f"{a} {b}" for a, b in pairwise(behind) if b.startswith(":")), *join_rows(behind)]
    # In a box for it a name is one however it is written: "By rina" names the account, as the same site's feed does.
    boxed = [block.text for block in short if byline.AUTHOR_BOX.search(sheet.boxes[block.box].name)]
    named = [line for line in boxed if any(not is_generic(name) for name in labelled(line, "author"))]
    found = byline.find_credit(
        sheet.blocks,
        sheet.boxes,
        head,
        [*lines.credits, *lines.tail, *(line for line in behind if line in named or is_credit(line))],
        "\n\n".join(lines.text),
        sheet.meta,
        sheet.page.hints.byline,
        sheet.page.fetched_at,
        sheet.zone,
        recipe.name if recipe else "" if sheet.indonesian else host.removeprefix("www.").partition(".")[0],
        abroad=not sheet.indonesian,
    )
    if sheet.selected.byline or found.byline:
        sheet.fields["byline"] = "selector" if sheet.selected.byline else found.source
    if sheet.selected.editor or found.editor:
        sheet.fields["editor"] = "selector" if sheet.selected.editor else found.editor_source
    return found


def _find_section(sheet: Sheet) -> str | None:
    for value, source in _offer_sections(sheet):
        if isinstance(value, str) and (text := fold(value)) and len(text) <= 60:
            sheet.fields["section"] = source
            return text
    return None


def _offer_sections(sheet: Sheet) -> Iterator[tuple[Any, str]]:
    """Yield what may be the section and where it stands, the most trusted first."""
    article = sheet.meta.article.get("articleSection")
    category = sheet.meta.next_article.get("category") or sheet.meta.next_article.get("rubrik")
    yield sheet.selected.section, "selector"
    yield sheet.page.hints.section, sheet.page.hints.source or "feed"
    yield name_of(category) if isinstance(category, dict) else category, "next_data"
    yield article[0] if isinstance(article, list) and article else article, "json-ld"
    yield sheet.meta.first(SECTION_KEYS), "meta"
    yield sheet.meta.category, "meta"
    yield _last_crumb(sheet), "generic"


def _last_crumb(sheet: Sheet) -> str | None:
    """The last crumb of the path above the headline that is not the headline."""
    named = {index for index, box in enumerate(sheet.boxes) if "crumb" in box.name}
    if not named:
        return None
    crumbs = [
        block
        for block in sheet.blocks[: sheet.title_at if sheet.title_at is not None else 0]
        if block.box in named or max(sheet.boxes[block.box].parent, 0) in named
    ]
    texts = [p.strip(" /»>›") for block in crumbs for p in ((block.links and block.pieces) or (block.text,))]
    texts = [t for t in texts if t and len(t.split()) <= 4 and key(t) != key(sheet.title)]
    return texts[-1] if len(texts) > 1 else None


def _aliases(sheet: Sheet) -> tuple[str, ...]:
    own = {sheet.page.url, sheet.meta.canonical}
    links = (sheet.meta.amp, sheet.meta.shortlink, sheet.meta.meta.get("og:url"))
    return tuple(dict.fromkeys(link for link in links if link and link.startswith("http") and link not in own))


def _find_next(sheet: Sheet, recipe: Recipe | None) -> tuple[str | None, bool]:
    if sheet.selected.next_page:
        return sheet.selected.next_page, False
    if recipe and recipe.crawl.next_page:
        return None, False
    return find_next_page(sheet.tree, sheet.page.url, sheet.meta.canonical)


def _refuse(page: Page, reason: Reason, detail: str) -> Extraction:
    return Extraction(page.hints.title or "", "", page.hints.published_at, problem=reason, detail=detail)


def _judge(out: Extraction, page: Page, verdict: Reason | None) -> Extraction:
    """Add the first thing that keeps this from being an article."""
    if verdict is not None:
        return replace(out, problem=verdict, detail=f"title: {out.title[:80]!r}, {count_words(out.text)} words")
    if not out.title:
        return replace(out, problem=Reason.NO_TITLE, detail="no headline in heading, JSON-LD, meta or feed")
    if not has_words([out.text], FEWEST_WORDS) and (words := count_words(out.text)) < FEWEST_WORDS:
        return replace(out, problem=Reason.NO_BODY, detail=f"only {words} words of running text")
    if out.published_at is None:
        return replace(out, problem=Reason.NO_DATE, detail="no date in address, JSON-LD, meta or around the headline")
    if out.published_at > page.fetched_at + published.TOLERANCE:
        return replace(
            out, problem=Reason.FUTURE_DATE, detail=f"published {out.published_at.isoformat()}, after the visit"
        )
    return out
