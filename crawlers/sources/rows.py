"""Numbered lists of articles in JSON: sources of kind ``next_data`` and ``jsonp``."""

from __future__ import annotations

from crawlers.items import Reason
from crawlers.recipe import Source
from crawlers.sources.data import parse_data, parse_rows
from crawlers.sources.listing import fill
from crawlers.sources.walk import Ask, Pages, Reach, Trouble, Walk, fetch, join_parts


def walk_rows(source: Source, ask: Ask) -> Walk:
    """Walk a source of kind ``next_data`` or ``jsonp``."""
    reaches = []
    for address in fill(source, ask):
        reaches.append((yield from walk_answers(address, ask, source)))
    return join_parts(reaches)


def walk_answers(url: str, ask: Ask, source: Source) -> Walk:
    """Walk one numbered list of JSON answers or pages with data inside."""
    pages, paging = Pages(ask, url, queried="{keyword}" in source.url), source.paging
    while True:
        target = url.replace("{page}", str(paging.start + paging.step * pages.number))
        reply = yield from fetch(target, source=url, guess=pages.number > 0)
        if reply.unchanged and not pages.number:
            return Reach(0, ask.since is None, True)
        if not reply.ok:
            return pages.reach(ended=pages.number > 0 and reply.problem is None)
        try:
            data = parse_data(reply.body)
        except ValueError as fault:
            yield Trouble(reply.url, Reason.BAD_CONTENT, str(fault))
            return pages.reach()
        yield from pages.take(list(parse_rows(data, reply.url, ask, source)))
        if not pages.more() or "{page}" not in url or (paging.last and pages.number >= paging.last):
            return pages.reach()
