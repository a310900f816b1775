"""Pages that are no article: challenges, "not found" under status 200, lists of articles."""

from __future__ import annotations

from urllib.parse import urlsplit

from crawlers.extract.aside import is_linked_headline
from crawlers.extract.blocks import Block
from crawlers.extract.body import Region
from crawlers.extract.lines import count_words
from crawlers.extract.metadata import DATE_KEYS, Metadata
from crawlers.extract.titles import key, slug_of
from crawlers.extract.words import inner_pattern
from crawlers.items import Reason

FEW_WORDS = 60  # a page that says so little beside its title is judged by the title
TEASERS = 4  # paragraphs under linked headlines from which on a text is a list
HEADLINES = 10  # linked headlines from which on a page without a text is a list


def judge_page(url: str, title: str, page: Metadata, blocks: list[Block], region: Region) -> Reason | None:
    """Say why a page is no article; None when it may be one."""
    if region.weight < FEW_WORDS:
        words = sum(block.words for block in blocks)
        heads = [t for t in (page.title, title, *(b.text for b in blocks[:4] if b.words <= 12)) if t]
        if words < 250 and any(inner_pattern("page", "blocked").search(t) for t in heads[:4]):
            return Reason.BLOCKED
        said = [t for t in (title, page.title, *(b.text for b in blocks if b.tag in ("h1", "h2"))) if t]
        if any(inner_pattern("page", "missing").search(t) for t in said) and not page.article:
            return Reason.SOFT_404
    if _is_list(url, title, page, blocks, region):
        return Reason.NOT_ARTICLE
    return None


def _is_list(url: str, title: str, page: Metadata, blocks: list[Block], region: Region) -> bool:
    if (page.article.get("headline") and page.article.get("datePublished")) or page.next_article:
        return False
    path = urlsplit(url)
    if path.scheme in ("http", "https") and path.path.rstrip("/") == "" and not path.query:
        return True
    listing = inner_pattern("page", "listing")
    if (listing.search(page.title) or listing.search(title)) and not any(k in page.meta for k in DATE_KEYS):
        return True
    if page.meta.get("og:type") == "article" and any(k in page.meta for k in DATE_KEYS):
        return False
    own_title = count_words(title) >= 5 and (title in page.title or len(slug_of(url) & set(key(title).split())) >= 4)
    if not own_title and _teasers(blocks, region) >= TEASERS:
        return True
    if own_title or region.weight >= FEW_WORDS / 2:
        return False
    return sum(map(is_linked_headline, blocks)) >= HEADLINES


def _teasers(blocks: list[Block], region: Region) -> int:
    """Count the paragraphs of the text that stand under a linked headline; 0 when most do not."""
    sentences = [i for i in region.indices if blocks[i].weight >= 5]
    under = sum(1 for i in sentences if any(is_linked_headline(block) for block in blocks[max(0, i - 3) : i]))
    if not under or under < 0.6 * len(sentences):
        return 0
    # an article with a link to another one after every second paragraph has fewer headlines than paragraphs
    headlines = sum(1 for block in blocks[max(0, sentences[0] - 3) : sentences[-1]] if is_linked_headline(block))
    return under if headlines >= 0.75 * len(sentences) else 0
