"""Looks at a site that no recipe describes: content system, feeds, REST, sitemaps, lists, a sample article.

A walk like any other, so it is fetched with all politeness; what it finds leaves as records of type ``probe``. Turning
them into a recipe is ``draft``'s.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Generator
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urljoin

from selectolax.lexbor import LexborHTMLParser

from crawlers.draft import build_skeleton
from crawlers.extract.page import Page, extract_page
from crawlers.items import Reason
from crawlers.sources import feed, sitemap, wp_json
from crawlers.sources.auto import Site, fetch_home, list_stated, read_home
from crawlers.sources.links import load_words
from crawlers.sources.listing import parse_listing
from crawlers.sources.walk import Ask, Offer, Reach, Reply, Step, Walk, fetch
from crawlers.sources.xml import NotXml

_SAMPLES = 3  # articles tried until one can be read
_LISTS = 4  # sections and indexes looked at
_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(\w+)"')
_SLOGAN = re.compile(r"\s+[-–—|:»]\s+|\s*\|\s*")  # what parts a site's name from what it says of itself
_LONGEST_NAME = 40
_GENERATOR = re.compile(r'<meta[^>]+name=["\']generator["\'][^>]*content=["\']([^"\']+)', re.IGNORECASE)

Row = dict[str, Any]
Try = Generator[Step, "Reply | None", "tuple[list[Found], list[Offer]]"]


@dataclass(slots=True)
class Found:
    """One place looked at."""

    what: str  # home, rest, feed, sitemap, listing, search, article
    url: str
    status: str = "ok"  # or none (answers, but with something else), or the reason word of a fault
    items: int = 0
    detail: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    def to_record(self) -> Row:
        """Return the JSON-able record of type ``probe``."""
        return {"type": "probe", **asdict(self)}


def walk_probe(ask: Ask, emit: Callable[[Row], None]) -> Walk:
    """Look at a site's sources and at one of its articles; send each finding to `emit`. Offers nothing."""
    home = yield from fetch_home(ask.recipe.source[0].url or ask.recipe.home)
    if not home.ok:
        emit(_failed("home", home).to_record())
        return Reach()
    site, offers = read_home(home, ask), list[Offer]()
    emit(_describe_home(site, ask.recipe.domains).to_record())
    for walk in (_try_rest(site, ask), _try_feeds(site, ask), _try_sitemaps(site, ask), _try_lists(site, ask)):
        found, some = yield from walk
        offers += some
        for one in found:
            emit(one.to_record())
    for offer in _samples(offers):
        reply = yield from fetch(offer.url, guess=True)
        sample = _read_sample(reply, ask) if reply.ok else _failed("article", reply)
        emit(sample.to_record())
        if sample.status == "ok":
            break
    return Reach(len(offers), True, True)


@lru_cache(maxsize=1)
def _load_systems() -> tuple[tuple[str, str, str], ...]:
    data = tomllib.loads(files("crawlers").joinpath("cms.toml").read_text(encoding="utf-8"))
    return tuple((row["name"], row.get("generator", ""), row["markup"]) for row in data["cms"])


@lru_cache(maxsize=1)
def _load_home_words() -> frozenset[str]:
    return frozenset(tomllib.loads(files("crawlers").joinpath("cms.toml").read_text(encoding="utf-8"))["home"])


def find_system(markup: str) -> str:
    """Return the name of the content system that made a page, or a blank string."""
    stated = match[1] if (match := _GENERATOR.search(markup)) else ""
    for name, generator, _ in _load_systems():
        if generator and re.search(generator, stated, re.IGNORECASE):
            return f"{name} ({stated})"
    return next((name for name, _, pattern in _load_systems() if re.search(pattern, markup)), stated)


def find_site_name(markup: str) -> str:
    """Return what a home page calls its site: to those who share it, else in its title, in front or behind a word for
    home pages; or nothing.
    """
    tree = LexborHTMLParser(markup)
    told, title = tree.css_first('meta[property="og:site_name"]'), tree.css_first("title")
    shared = (told.attributes.get("content") if told else "") or ""
    named = (" ".join(part.split()) for part in ([shared] if shared else _SLOGAN.split(title.text() if title else "")))
    name = next((part for part in named if part.lower() not in _load_home_words()), "")
    return name if len(name) <= _LONGEST_NAME else ""


def _describe_home(site: Site, domains: tuple[str, ...]) -> Found:
    markup = site.home.body.decode("utf-8", "replace")
    system = find_system(markup) or "none that is known"
    offers = site.listing.offers
    detail = f"system: {system}; {len(offers)} articles and {len(site.listing.sections)} sections linked"
    facts = {
        "system": system,
        "name": find_site_name(markup),
        "domains": list(domains),
        "declared_feeds": site.feeds,
        "articles": [offer.url for offer in offers[:60]],
    }
    return Found("home", site.home.url, "ok", len(offers), detail, facts)


def _failed(what: str, reply: Reply) -> Found:
    problem = reply.problem.value if reply.problem else "none"
    return Found(what, reply.url, problem, detail=f"status {reply.status}" if reply.status else "no answer")


def _try_rest(site: Site, ask: Ask) -> Try:
    url = site.rest or urljoin(site.home.url, "/wp-json/wp/v2/posts")
    reply = yield from fetch(f"{url}?per_page=5&_fields={wp_json.FIELDS}", accept=wp_json.ACCEPT, guess=True)
    if not reply.ok:
        return [_failed("rest", reply)] if site.rest or reply.problem is Reason.BLOCKED else [], []
    try:
        offers = wp_json.parse_posts(reply, ask.now)
    except ValueError as fault:
        return [Found("rest", url, "none", detail=str(fault))] if site.rest else [], []
    total = reply.headers.get("x-wp-total", "")
    whole = sum(bool(offer.html) for offer in offers)
    count = int(total) if total.isdigit() else len(offers)
    return [Found("rest", url, "ok", count, f"{whole} of {len(offers)} posts with their text")], offers


def _try_feeds(site: Site, ask: Ask) -> Try:
    found, offers = list[Found](), list[Offer]()
    usual = [urljoin(site.home.url, path) for path in load_words().feeds]
    for url in dict.fromkeys([*site.feeds, *([] if site.feeds else usual)]):
        reply = yield from fetch(url, accept=feed.ACCEPT, guess=True)
        try:
            items = feed.parse_feed(reply, ask.now, ask.recipe.zone)[0] if reply.ok else []
        except NotXml:
            items = []
        if not items:
            if url in site.feeds:
                found.append(_failed("feed", reply))
            continue
        whole = sum(bool(item.html) for item in items)
        newest = max((item.published_at for item in items if item.published_at), default=None)
        newest_text = newest.isoformat() if newest else "no date"
        found.append(Found("feed", url, "ok", len(items), f"newest {newest_text}, {whole} with their text"))
        offers += items
        if url not in site.feeds:
            break
    return found, offers


def _try_sitemaps(site: Site, ask: Ask) -> Try:
    stated = list_stated(site, ask)
    found, offers = list[Found](), list[Offer]()
    for url in stated or [urljoin(site.home.url, path) for path in load_words().sitemaps]:
        reply = yield from fetch(url, accept=sitemap.ACCEPT, guess=True)
        try:
            read = sitemap.parse_sitemap(reply, ask.now, ask.recipe.zone) if reply.ok else None
        except NotXml:
            read = None
        if read is None:
            found += [_failed("sitemap", reply)] if url in stated else []
            continue
        kind = "index" if read.parts else "news" if read.is_news else "addresses"
        entries = read.parts or read.entries
        dated = sum(bool(entry.changed or entry.published) for entry in entries)
        found.append(Found("sitemap", url, "ok", len(entries), f"{kind}, {dated} with a date", {"kind": kind}))
        offers += sitemap.choose_entries(read, ask)[:_SAMPLES]
        if not stated:
            break
    return found, offers


def _try_lists(site: Site, ask: Ask) -> Try:
    found, offers = list[Found](), list(site.listing.offers)
    indexes = [urljoin(site.home.url, path) for path in load_words().indexes[:2]]
    searches = [
        urljoin(site.home.url, path.replace("{query}", quote(query.lower())))
        for query in list(ask.queries)[:1] for path in load_words().searches[:2]
    ]  # fmt: skip
    for url in dict.fromkeys([*site.listing.sections[:_LISTS], *indexes, *searches]):
        reply = yield from fetch(url, guess=True)
        if not reply.ok:
            continue
        listing = parse_listing(reply, ask)
        dated = sum(bool(offer.published_at) for offer in listing.offers)
        detail = f"{dated} with a date, next page: {listing.next or 'not found'}"
        if listing.offers:
            kind = "search" if url in searches else "listing"
            found.append(Found(kind, url, "ok", len(listing.offers), detail, {"next": listing.next}))
    return found, offers


def _samples(offers: list[Offer]) -> list[Offer]:
    """Return the articles to try: what several places offer goes first."""
    times: dict[str, int] = {}
    for offer in offers:
        times[offer.url] = times.get(offer.url, 0) + 1
    ranked = sorted(dict.fromkeys(times), key=lambda url: -times[url])
    return [Offer(url) for url in ranked[:_SAMPLES]]


def _read_sample(reply: Reply, ask: Ask) -> Found:
    """Extract one article as the generic chain reads it, and note what its markup offers."""
    found = extract_page(Page(reply.url, reply.body, reply.headers.get("content-type"), ask.now), ask.recipe)
    markup = reply.body.decode("utf-8", "replace")
    types = sorted(set(_TYPE.findall(markup)))
    when = found.published_at.astimezone(ask.recipe.zone).isoformat() if found.published_at else None
    parts = {
        "title": found.title, "published_at": when,
        "byline": found.byline, "editor": found.editor, "section": found.section, "text": found.text,
        "markers": list(found.markers), "next_page": found.next_page,
    }  # fmt: skip
    detail = f"text by {found.extractor or 'nothing'}, JSON-LD: {', '.join(types) or 'none'}"
    facts = {"parts": parts, "fields": found.fields, "json_ld": types, "amp": "amphtml" in markup}
    if found.problem:
        return Found("article", reply.url, found.problem.value, 0, found.detail, facts)
    skeleton = build_skeleton(reply.body, reply.headers.get("content-type"))
    return Found("article", reply.url, "ok", len(found.text.split()), detail, {**facts, "skeleton": skeleton})
