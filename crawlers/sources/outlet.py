"""All sources of one outlet, one after the other, until one is known to reach everything that was asked for."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from crawlers.recipe import Source
from crawlers.sources import aggregator, feed, listing, rows, sitemap, wp_json
from crawlers.sources.auto import walk_auto
from crawlers.sources.walk import Ask, Offer, Reach, Trouble, Walk

_WALKS = {
    "feed": feed.walk_feed,
    "sitemap": sitemap.walk_sitemap,
    "wp_json": wp_json.walk_wp_json,
    "listing": listing.walk_listing,
    "search": listing.walk_listing,
    "next_data": rows.walk_rows,
    "jsonp": rows.walk_rows,
    "google_news": aggregator.walk_aggregator,
}


def walk_outlet(ask: Ask) -> Walk:
    """Walk a recipe's sources in their order.

    A source after a complete one is left out. Where the described sources of a recipe all fail or offer nothing, the
    site itself is asked (`auto`), so that a moved feed does not silence an outlet; the operator is told. It is asked
    too where they do not reach back to the day that a backfill wants.
    """
    total = Reach()
    described = [source for source in ask.recipe.source if source.kind != "auto"]
    for source in described:
        if total.complete and source.kind != "search":
            continue
        reach = yield from _WALKS[source.kind](source, ask)
        ask.walked.add(source.url)
        total = total.also(reach)
    automatic = [source for source in ask.recipe.source if source.kind == "auto"]
    if not automatic and not total.offered and not (total.worked and total.complete):
        total = yield from walk_auto(Source(kind="auto"), ask, guess=True)
        if total.offered:
            yield Trouble(ask.recipe.home, None, "none of the recipe's sources offers anything; the site was asked")
    elif not automatic and ask.since is not None and not total.complete:
        total = total.also((yield from walk_auto(Source(kind="auto"), ask, guess=True)))
    for source in automatic:
        reach = yield from walk_auto(source, ask, complete=total.complete)
        total = total.also(reach)
    return total


def walk_addresses(addresses: Collection[str], ask: Ask) -> Walk:
    """Offer addresses that a person named, as far as they are the outlet's; no source is asked."""
    ours = [url for url in addresses if ask.recipe.owns(urlsplit(url).hostname or "")]
    for url in ours:
        yield Offer(url)
    return Reach(len(ours), True, True)
