"""What becomes of one fetched page: an article, or the reason why not. Pure: no request, no file.

Extraction says what the page holds; here that is held against the recipe, the asked dates and the keywords.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawlers.addresses import address_key, canonical_address, choose_address
from crawlers.items import Article, Outcome, Reason, whole_text
from crawlers.parts import whole_address
from crawlers.plan import Run
from crawlers.recipe import Recipe

if TYPE_CHECKING:
    from crawlers.extract.page import Extraction

FUTURE = timedelta(hours=12)  # clocks and time zones of outlets are wrong by hours; what is later is no publication


@dataclass(frozen=True, slots=True)
class Fetched:
    """The page's addresses: the one that its source offered and the one that answered."""

    offered: str
    answered: str


def judge_article(found: Extraction, fetched: Fetched, recipe: Recipe, run: Run) -> Article | Outcome:
    """Return the article, or the outcome of its address. Evidence is added by whoever keeps it."""
    when, outcome = found.published_at, Outcome(fetched.offered, recipe.id, Reason.NOT_OURS, "", 200, run.now())
    if found.problem is not None or when is None:
        return replace(outcome, reason=found.problem or Reason.NO_DATE, detail=found.detail)
    if when > run.now() + FUTURE:
        return replace(outcome, reason=Reason.FUTURE_DATE, detail=f"dated {when.isoformat()}", published_at=when)
    if not in_range(when, run):
        return replace(outcome, reason=Reason.OUT_OF_RANGE, detail=f"dated {when.isoformat()}")
    if run.ours is not None and not run.keep_not_ours and not run.ours.search(f"{found.title}\n{found.text}"):
        return replace(outcome, title=found.title, published_at=when)
    url = article_address(found, fetched, recipe)
    return Article(
        url=url,
        outlet=recipe.id,
        title=found.title,
        text=found.text,
        published_at=in_zone(when, recipe),
        byline=found.byline,
        editor=found.editor,
        section=found.section,
        modified_at=found.modified_at,
        captions=found.captions,
        credit=found.credit,
        markers=found.markers,
        aliases=_aliases(url, found, fetched, recipe),
        fields=found.fields,
        extractor=found.extractor,
        fallback=found.fallback,
    )


def in_zone(when: datetime, recipe: Recipe) -> datetime:
    """Return the time in the outlet's zone when a machine told it in UTC, as feeds and REST do; else as printed."""
    return when.astimezone(recipe.zone) if not when.utcoffset() else when


def article_address(found: Extraction, fetched: Fetched, recipe: Recipe) -> str:
    """Return the address under which the page is stored."""
    answered = canonical_address(fetched.answered)
    if answered == canonical_address(whole_address(fetched.offered, recipe)):
        answered = canonical_address(fetched.offered)  # the query that shows all pages is how we asked, not its name
    stated = found.canonical_url
    host = urlsplit(stated).hostname if stated and "://" in stated else urlsplit(answered).hostname
    return choose_address(answered, stated, recipe.owns(host or ""))


def text_hash(title: str, text: str) -> str:
    """Return the fingerprint by which a revisited article is compared: words only, so that spacing is no revision."""
    return hashlib.sha256(" ".join(whole_text(f"{title}\n{text}").split()).encode()).hexdigest()


def in_range(when: datetime, run: Run) -> bool:
    """Say whether a time lies between `since` and `until`, both included."""
    return not (run.since and when < run.since) and not (run.until and when > run.until)


def surely_out_of_range(day: date | None, run: Run) -> bool:
    """Say whether the day that an address tells cannot lie in the asked range, two days of doubt granted."""
    if day is None:
        return False
    doubt = timedelta(days=2)
    early = run.since is not None and day < run.since.date() - doubt
    return early or (run.until is not None and day > run.until.date() + doubt)


def _aliases(url: str, found: Extraction, fetched: Fetched, recipe: Recipe) -> tuple[str, ...]:
    kept = {}
    for alias in (fetched.offered, fetched.answered, *found.aliases):
        address = recipe.own_address(alias, url)
        parts = urlsplit(address)
        telling = bool(parts.query) or parts.path not in ("", "/")
        if telling and address_key(address) != address_key(url):
            kept[address] = True
    return tuple(kept)
