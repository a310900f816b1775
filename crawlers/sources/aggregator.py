"""Feeds of news searches, which name articles of other sites: what they list are leads, not articles.

An item tells headline, outlet and time; its link leads to a page of the aggregator that needs scripts to lead on, so
that it is not followed. Where the link holds the article's own address, that is read from it. Whose article it is and
how it is found there is for whoever keeps the leads.
"""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import quote_plus, urlsplit

from lxml import etree

from crawlers.addresses import parse_link
from crawlers.items import Lead, Reason
from crawlers.recipe import Source
from crawlers.sources.dates import parse_stamp
from crawlers.sources.feed import ACCEPT, plain
from crawlers.sources.walk import Ask, Reach, Reply, Trouble, Walk, fetch
from crawlers.sources.xml import NotXml, local, parse_xml, texts

_ADDRESS = re.compile(rb"https?://[\x21-\x7e]+")


def walk_aggregator(source: Source, ask: Ask) -> Walk:
    """Ask for each keyword and yield a lead per item; none is offered for fetching."""
    met, worked = set[str](), False
    for query in ask.queries:
        url = source.url.replace("{keyword}", quote_plus(f'"{query}"'))
        reply = yield from fetch(url, source=url, accept=ACCEPT)
        if reply.unchanged or not reply.ok:
            worked = worked or reply.unchanged
            continue
        try:
            leads = parse_leads(reply, ask, query)
        except NotXml as fault:
            yield Trouble(reply.url, Reason.BAD_CONTENT, f"not a feed: {fault}")
            continue
        worked = True
        for lead in leads:
            if lead.url not in met:
                met.add(lead.url)
                yield lead
    return Reach(len(met), worked, worked)


def parse_leads(reply: Reply, ask: Ask, query: str) -> list[Lead]:
    """Return what a feed lists; an item without link, headline or outlet tells nothing. Raises NotXml."""
    root = parse_xml(reply.body)
    if local(root) not in ("rss", "channel"):
        raise NotXml(f"its root element is {local(root)}")
    items = [node for node in root.iter() if local(node) == "item"]
    return [lead for node in items if (lead := _parse_item(node, reply.url, ask, query))]


def _parse_item(node: etree._Element, base: str, ask: Ask, query: str) -> Lead | None:
    parts = texts(node)
    origin = next((child for child in node if local(child) == "source"), None)
    site = (origin.get("url") or "") if origin is not None else ""
    name = plain(parts.get("source", ""))
    url, host = parse_link(parts.get("link", ""), base), urlsplit(parse_link(site, "")).hostname
    title = plain(parts.get("title", "")).removesuffix(f" - {name}").strip()
    if not url or not title or not host:
        return None
    when = parse_stamp(parts.get("pubdate"), ask.now, ask.recipe.zone)
    return Lead(
        url, ask.recipe.id, title, host.removeprefix("www."), name or host, query, when, read_address(url, host)
    )


def read_address(link: str, host: str) -> str | None:
    """Return the article's own address where the link holds it in base64; None where it holds a mere key.

    Only an address of the outlet that the item names is believed.
    """
    key = urlsplit(link).path.rstrip("/").rsplit("/", 1)[-1]
    try:
        packed = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
    except (binascii.Error, ValueError):
        return None
    for found in _ADDRESS.findall(packed):
        address = parse_link(found.decode("ascii"), "")
        owner, bare = urlsplit(address).hostname or "", host.removeprefix("www.")
        if owner == bare or owner.endswith(f".{bare}"):
            return address
    return None
