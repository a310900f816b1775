"""Looks for articles of which only the headline is known, by the outlet's own search, feeds and home page.

Only what bears one of the headlines is offered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import replace

from crawlers.sources.walk import Ask, Offer, Reach, Reply, Walk

_ASKED = 6  # words of a headline that a search is asked for; more only make it miss


def title_key(title: str) -> str:
    """Return what a headline has in common wherever it is printed: its letters and digits."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", title).casefold()).strip()


def choose_words(title: str) -> str:
    """Return what a search is asked for: the longest part of a headline without punctuation.

    It finds the headline whether the site looks for each word or for all in their order.
    """
    parts = (part.split() for part in re.split(r"[^\w\s-]+", title))
    return " ".join(max(parts, key=len)[:_ASKED])


def walk_titles(titles: Collection[str], ask: Ask) -> Walk:
    """Search for each headline in turn, by the searches that the recipe describes, else by what the site offers."""
    from crawlers.sources.auto import walk_queries  # whoever only compares headlines reads no page
    from crawlers.sources.listing import walk_listing
    from crawlers.sources.wp_json import walk_wp_json

    walks = {"search": walk_listing, "wp_json": walk_wp_json}
    wanted = {title_key(title) for title in titles}
    searches = [source for source in ask.recipe.source if source.kind in walks]
    # Whatever the outlet's scope: its past is not wanted now, only what answers to a headline.
    keyword = ask.recipe.model_copy(update={"scope": "keyword"})
    offered = 0
    for title in titles:
        query = choose_words(title)
        asked = replace(ask, recipe=keyword, since=None, until=None, queries=(query,), known=lambda _url: False)
        for walk in [walks[source.kind](source, asked) for source in searches] or [walk_queries(asked)]:
            offered += (yield from _only(walk, wanted)).offered
    return Reach(offered, True, True)


def _only(walk: Walk, wanted: Collection[str]) -> Walk:
    """Hand on a walk's steps, of its offers only those with a wanted headline."""
    reply: Reply | None = None
    offered = 0
    while True:
        try:
            step = walk.send(reply)
        except StopIteration:
            return Reach(offered, True, True)
        reply = None
        if not isinstance(step, Offer):
            reply = yield step
        elif step.title and title_key(step.title) in wanted:
            offered += 1
            yield replace(step, queried=True)
