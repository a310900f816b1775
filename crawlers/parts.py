"""Articles that an outlet spreads over several pages: the pages read so far, the next one, and the whole."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from crawlers.addresses import canonical_address
from crawlers.recipe import Recipe
from crawlers.sources.walk import Offer

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawlers.extract.page import Extraction, Page

MAX_PARTS = 15


def whole_address(url: str, recipe: Recipe) -> str:
    """Return the address that shows an article whole, by the recipe's ``all_pages``; else the address as it is."""
    if not recipe.crawl.all_pages:
        return url
    return f"{url}{'&' if urlsplit(url).query else '?'}{recipe.crawl.all_pages}"


def build_page(response: Response, offer: Offer, now: datetime, place: str) -> Page:
    """Return a fetched page for extraction, with what its source said of the article.

    ``place`` is where the text lay on the article's first page, for the pages that follow it.
    """
    from crawlers.extract.page import Hints, Page  # whoever only plans a crawl extracts nothing

    source: Any = offer.source
    # What a list on a page says of dates is too coarse to be a hint; its day with a clock is better than no clock.
    stamp, listed = (offer.published_at, None) if offer.source else (None, None if offer.vague else offer.published_at)
    hints = Hints(offer.title, stamp, offer.byline, offer.html, offer.section, source, offer.vague, place, listed)
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1") or None
    return Page(response.url, response.body, kind, now, hints)


@dataclass(slots=True)
class Parts:
    """The pages of one article in their order."""

    responses: list[Response] = field(default_factory=list)
    found: list[Extraction] = field(default_factory=list)
    whole: bool = False  # the last page shows the article whole

    @property
    def first(self) -> Response:
        """The page that the article's address answers with."""
        return self.responses[0]

    def add(self, response: Response, found: Extraction) -> None:
        """Take one more page."""
        self.whole = bool(self.found) and self.found[-1].next_is_whole
        self.responses.append(response)
        self.found.append(found)

    def following(self, recipe: Recipe) -> str | None:
        """Return the next page's address, if there is one of this article that was not read yet."""
        last = self.found[-1]
        if self.whole or not last.next_page or len(self.found) >= MAX_PARTS or (last.problem and not last.text):
            return None
        target = recipe.own_address(last.next_page, self.responses[-1].url)
        read = {canonical_address(response.url) for response in self.responses}
        return target if target and target not in read else None


def build_whole(parts: Parts) -> Extraction:
    """Return the article of all pages: the first one's facts with every paragraph once, in order."""
    first = parts.found[0]
    if len(parts.found) == 1:
        return first
    last = parts.found[-1]
    first = replace(first, byline=_choose_name(first.byline, last.byline), editor=first.editor or last.editor)
    if parts.whole and len(last.text) >= len(first.text):
        return replace(first, text=last.text)
    paragraphs: dict[str, None] = {}
    for found in parts.found:
        paragraphs.update(dict.fromkeys(found.text.split("\n\n")))
    return replace(
        first,
        text="\n\n".join(paragraph for paragraph in paragraphs if paragraph),
        captions=tuple(dict.fromkeys(caption for found in parts.found for caption in found.captions)),
        markers=tuple(dict.fromkeys(marker for found in parts.found for marker in found.markers)),
    )


def _choose_name(first: str | None, last: str | None) -> str | None:
    """Return the name of the first page, unless only the last, which closes the text, says who wrote."""
    from crawlers.extract.names import is_account, is_generic

    def tells_less(name: str) -> bool:
        return is_generic(name) or is_account(name)

    return last if last and (not first or (tells_less(first) and not tells_less(last))) else first
