"""Pages that are no article: challenges, "not found" under status 200, lists of articles."""

from __future__ import annotations

from urllib.parse import urlsplit

from crawlers.extract.blocks import Block
from crawlers.extract.metadata import DATE_KEYS, Metadata
from crawlers.extract.words import inner_pattern
from crawlers.items import Reason

FEW_WORDS = 60  # a page that says so little beside its title is judged by the title
HEADLINES = 10  # linked headlines from which on a page without a text is a list


def judge_page(url: str, title: str, page: Metadata, blocks: list[Block], weight: float) -> Reason | None:
    """Say why a page is no article; None when it may be one. `weight` is the number of words of its running text."""
    words = sum(block.words for block in blocks)
    heads = [t for t in (page.title, title, *(b.text for b in blocks[:4] if b.words <= 12)) if t]
    if weight < FEW_WORDS and words < 250 and any(inner_pattern("page", "blocked").search(t) for t in heads[:4]):
        return Reason.BLOCKED
    said = [t for t in (title, page.title, *(b.text for b in blocks if b.tag in ("h1", "h2"))) if t]
    if weight < FEW_WORDS and any(inner_pattern("page", "missing").search(t) for t in said) and not page.article:
        return Reason.SOFT_404
    if _is_list(url, title, page, blocks, weight):
        return Reason.NOT_ARTICLE
    return None


def _is_list(url: str, title: str, page: Metadata, blocks: list[Block], weight: float) -> bool:
    if page.article.get("headline") and page.article.get("datePublished") or page.next_article:
        return False
    path = urlsplit(url)
    if path.scheme in ("http", "https") and path.path.rstrip("/") == "" and not path.query:
        return True
    listing = inner_pattern("page", "listing")
    if (listing.search(page.title) or listing.search(title)) and not any(k in page.meta for k in DATE_KEYS):
        return True
    headlines = sum(1 for b in blocks if b.words >= 4 and b.links >= 0.8 * len(b.text))
    return headlines >= HEADLINES and weight < FEW_WORDS / 2 and page.meta.get("og:type") != "article"
