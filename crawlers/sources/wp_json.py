"""WordPress REST: posts between two dates, or of a search, page by page, only the fields that are read.

``date`` is local without an offset and ``date_gmt`` is UTC (WordPress REST handbook, "Posts"), so only the latter is
used.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urljoin

from crawlers.addresses import parse_link
from crawlers.items import Reason
from crawlers.recipe import Source
from crawlers.sources.dates import parse_stamp
from crawlers.sources.feed import plain
from crawlers.sources.walk import SLACK, Ask, Offer, Pages, Reach, Reply, Trouble, Walk, fetch, join_parts

FIELDS = "id,date_gmt,modified_gmt,link,title,content"
PER_PAGE = 50  # 100 is allowed, but full texts of 100 posts pass small servers' memory limits
ACCEPT = "application/json"


def walk_wp_json(source: Source, ask: Ask, *, guess: bool = False) -> Walk:
    """Walk the posts of a REST source; its address is that of the posts collection, ``…/wp-json/wp/v2/posts``."""
    searching = ask.recipe.scope == "keyword" and ask.queries
    reaches = []
    for query in ask.queries if searching else [""]:
        reaches.append((yield from walk_posts(source.url, ask, search=query, guess=guess)))
    return join_parts(reaches)


def walk_posts(url: str, ask: Ask, *, search: str = "", guess: bool = False) -> Walk:
    """Walk one posts collection, newest first, to its end or to the wanted dates."""
    pages = Pages(ask, url, queried=bool(search), ordered=True)
    while True:
        target = posts_address(url, ask, pages.number + 1, search)
        reply = yield from fetch(target, source=url, accept=ACCEPT, guess=guess or pages.number > 0)
        if reply.unchanged and not pages.number:
            return Reach(0, ask.since is None, True)
        if not reply.ok:
            # Past the last page WordPress answers 400, rest_post_invalid_page_number.
            return pages.reach(ended=pages.number > 0 and reply.status == 400)
        try:
            offers = parse_posts(reply, ask.now)
        except ValueError as fault:
            if not guess:
                yield Trouble(reply.url, Reason.BAD_CONTENT, f"not posts of WordPress: {fault}")
            return pages.reach()
        yield from pages.take(offers)
        total = reply.headers.get("x-wp-totalpages", "")
        ended = pages.number >= int(total) if total.isdigit() else len(offers) < PER_PAGE
        if ended or not pages.more():
            return pages.reach(ended=ended)


def posts_address(url: str, ask: Ask, page: int, search: str = "") -> str:
    """Return the address of one page of posts."""
    query: dict[str, Any] = {"per_page": PER_PAGE, "page": page, "orderby": "date", "order": "desc", "_fields": FIELDS}
    # The collection compares with the site's local time: a day of slack covers every zone.
    if ask.since:
        query["after"] = _naive(ask.since - SLACK)
    if ask.until:
        query["before"] = _naive(ask.until + SLACK)
    if search:
        query["search"] = search
    return f"{url}{'&' if '?' in url else '?'}{urlencode(query)}"


def parse_posts(reply: Reply, now: datetime) -> list[Offer]:
    """Return the posts of one answer. Raises ValueError when it is no list of posts."""
    try:
        rows = json.loads(reply.body)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise ValueError(f"not JSON ({fault})") from fault
    if not isinstance(rows, list):
        raise ValueError(f"a {type(rows).__name__}, not a list")
    return [offer for row in rows if isinstance(row, dict) and (offer := _parse_post(row, reply.url, now))]


def _parse_post(row: dict[str, Any], base: str, now: datetime) -> Offer | None:
    link = row.get("link")
    if not isinstance(link, str) or not (url := parse_link(link, urljoin(base, "/"))):
        return None
    return Offer(
        url=url,
        title=plain(_rendered(row, "title")) or None,
        published_at=parse_stamp(row.get("date_gmt"), now, UTC),
        html=_rendered(row, "content") or None,
        source="rest",
    )


def _rendered(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    text = value.get("rendered") if isinstance(value, dict) else value
    return text if isinstance(text, str) else ""


def _naive(when: datetime) -> str:
    return when.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
