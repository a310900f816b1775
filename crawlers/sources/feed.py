"""RSS, Atom and JSON Feed: items of a feed, its older pages (``?paged=`` of WordPress), one feed per keyword.

A feed's full text is handed on as a hint; whether to trust it is extraction's to decide.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import parse_qsl, quote_plus, urlencode, urlsplit, urlunsplit

from lxml import etree

from crawlers.addresses import parse_link
from crawlers.items import Reason
from crawlers.recipe import Source
from crawlers.sources.dates import parse_stamp
from crawlers.sources.walk import Ask, Offer, Pages, Reach, Reply, Trouble, Walk, fetch, join_parts
from crawlers.sources.xml import NotXml, check_xml, local, parse_xml, texts

ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_ITEM_DATES = ("pubdate", "published", "date", "issued", "updated")
_SAME = 3  # items of one and the same time that no site publishes at once
_FULL_TEXT_FROM = 600  # characters of markup below which a feed's text is an excerpt


def walk_feed(source: Source, ask: Ask) -> Walk:
    """Walk one feed source, once per query when its address asks for a keyword."""
    if "{keyword}" not in source.url:
        return (yield from walk_pages(source.url, ask))
    reaches = []
    for query in ask.queries:
        reaches.append((yield from walk_pages(source.url.replace("{keyword}", quote_plus(query)), ask, queried=True)))
    return join_parts(reaches)


def walk_pages(url: str, ask: Ask, *, guess: bool = False, queried: bool = False) -> Walk:
    """Walk one feed and its older pages, where it links to them or its address or generator tells WordPress."""
    pages, paged, onward = Pages(ask, url, queried=queried, ordered=True), False, ""
    while True:
        target = onward or page_address(url, pages.number + 1)
        reply = yield from fetch(target, source=url, accept=ACCEPT, guess=guess or pages.number > 0)
        if reply.unchanged and not pages.number:
            return Reach(0, ask.since is None, True)
        if not reply.ok:
            return pages.reach(ended=pages.number > 0)
        try:
            offers, wordpress, onward = parse_feed(reply, ask.now, ask.recipe.zone)
        except NotXml as fault:
            if not guess and not pages.number:
                yield Trouble(reply.url, Reason.BAD_CONTENT, f"not a feed: {fault}")
            return pages.reach()
        yield from check_xml(reply)
        paged = paged or wordpress or "{page}" in url or urlsplit(url).path.rstrip("/").endswith("/feed")
        yield from pages.take(offers)
        if not pages.more() or not (paged or onward):
            return pages.reach()


def parse_feed(reply: Reply, now: datetime, zone: tzinfo) -> tuple[list[Offer], bool, str]:
    """Return a feed's items, whether WordPress made it, and the address of its next page if it names one (RFC 5005).

    Raises NotXml when the body is no feed.
    """
    if reply.body[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        offers, onward = _parse_json(reply, now, zone)
        return offers, False, onward
    root = parse_xml(reply.body)
    if local(root) not in ("rss", "feed", "rdf", "channel"):
        raise NotXml(f"its root element is {local(root)}")
    items = [node for node in root.iter() if local(node) in ("item", "entry")]
    offers = [offer for node in items if (offer := _parse_item(node, reply.url, now, zone))]
    if len(offers) >= _SAME and len({offer.published_at for offer in offers}) == 1:  # it tells when the feed was made
        offers = [replace(offer, vague=True) for offer in offers]
    return offers, b"wordpress.org" in reply.body[:4096] or b"?v=" in reply.body[:2048], _next_link(root, reply.url)


def _parse_json(reply: Reply, now: datetime, zone: tzinfo) -> tuple[list[Offer], str]:
    """Return the items of a JSON Feed (jsonfeed.org, 1.0 and 1.1), and the address of its next page."""
    try:
        data = json.loads(reply.body)
    except (ValueError, RecursionError) as fault:
        raise NotXml(f"it is neither XML nor JSON: {fault}") from fault
    items = data.get("items")
    if not isinstance(items, list) or "jsonfeed.org" not in str(data.get("version")):
        raise NotXml("it is JSON but no JSON Feed")
    rows = [row for row in items if isinstance(row, dict)]
    offers = [offer for row in rows if (offer := _parse_row(row, reply.url, now, zone))]
    return offers, _onward(str(data.get("next_url") or ""), reply.url)


def _parse_row(row: dict[str, Any], base: str, now: datetime, zone: tzinfo) -> Offer | None:
    if not (url := parse_link(str(row.get("url") or row.get("id") or ""), base)):
        return None
    authors = row.get("authors") or [row.get("author")]
    named = [who.get("name") for who in authors if isinstance(who, dict)] if isinstance(authors, list) else []
    tags, body = row.get("tags"), row.get("content_html")
    return Offer(
        url=url,
        title=plain(str(row.get("title") or "")) or None,
        published_at=parse_stamp(row.get("date_published") or row.get("date_modified"), now, zone),
        byline=plain(", ".join(name for name in named if isinstance(name, str))) or None,
        section=plain(str(tags[0])) or None if isinstance(tags, list) and tags else None,
        html=body if isinstance(body, str) and len(body) >= _FULL_TEXT_FROM else None,
        source="feed",
        vague=not row.get("date_published"),
    )


def _next_link(root: etree._Element, base: str) -> str:
    """Return where the feed says that it goes on."""
    heads = [child for node in (root, *list(root)[:3]) for child in node if local(child) == "link"]
    href = next((str(link.get("href")) for link in heads if link.get("rel") == "next" and link.get("href")), "")
    return _onward(href, base)


def _onward(href: str, base: str) -> str:
    """Return the address of a feed's next page where that is another on the same host, else a blank string."""
    url = parse_link(href, base)
    return url if url and urlsplit(url).hostname == urlsplit(base).hostname and url != base else ""


def _parse_item(node: etree._Element, base: str, now: datetime, zone: tzinfo) -> Offer | None:
    parts = texts(node)
    link = parts.get("link") or _atom_link(node) or (parts.get("guid", "") if "://" in parts.get("guid", "") else "")
    if not (url := parse_link(link, base)):
        return None
    stamp = next((when for name in _ITEM_DATES if (when := parse_stamp(parts.get(name), now, zone))), None)
    told = any(parts.get(name) for name in _ITEM_DATES[:-1])
    body = parts.get("encoded") or parts.get("content") or ""
    return Offer(
        url=url,
        title=plain(parts.get("title", "")) or None,
        published_at=stamp,
        byline=_author(node, parts) or None,
        section=plain(parts.get("category", "")) or None,
        html=body if len(body) >= _FULL_TEXT_FROM else None,
        source="feed",
        vague=not told,
    )


def _author(node: etree._Element, parts: dict[str, str]) -> str:
    """Return an item's author: of Atom's the name alone, of RSS' "mail@host (name)" what stands in brackets."""
    atom = (texts(child).get("name") for child in node if local(child) == "author" and len(child))
    name = plain(parts.get("creator") or next(atom, None) or parts.get("author") or "")
    mailed = re.fullmatch(r"\S+@\S+ \((.+)\)", name)
    return mailed[1] if mailed else name


def plain(markup: str) -> str:
    """Return a title's text: tags out, entities read (also those escaped twice), whitespace folded."""
    text = re.sub(r"<[a-zA-Z/!][^>]*>", " ", html.unescape(markup))
    return " ".join(html.unescape(text).split())


def _atom_link(node: etree._Element) -> str:
    links = [child for child in node if local(child) == "link" and child.get("href")]
    best = [child for child in links if child.get("rel", "alternate") == "alternate"] or links
    return str(best[0].get("href")) if best else ""


def page_address(url: str, number: int) -> str:
    """Return the address of a feed's page: ``{page}`` filled in, or ``paged`` added from the second page on."""
    if "{page}" in url:
        return url.replace("{page}", str(number))
    if number == 1:
        return url
    parts = urlsplit(url)
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k != "paged"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("paged", str(number))])))
