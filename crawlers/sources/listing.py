"""HTML lists of articles: home pages, sections, indexes, tag and search pages, with or without described selectors.

Finds the articles, what the list says of their dates, and the way to the next page. Dates only serve to know when to
stop: the article's own page tells when it was published.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.addresses import address_key
from crawlers.extract.dates import Found
from crawlers.items import Reason
from crawlers.recipe import Recipe, Source
from crawlers.sources.beside import date_beside, date_in, stamp_of
from crawlers.sources.data import MAX_BYTES, infer_address, parse_data, parse_rows
from crawlers.sources.days import Index, find_indexes, list_days
from crawlers.sources.links import is_article, is_section, load_words, read_anchor
from crawlers.sources.more import find_drawn, find_more, follow, is_answer, read_answer
from crawlers.sources.paging import extrapolate, find_next, shares_list
from crawlers.sources.walk import Ask, Offer, Pages, Reach, Reply, Step, Walk, fetch, join_parts

_TELLING = 15  # characters from which a last path segment tells one article from another
_SAME = 0.8  # share of the home page's articles in an answer that took no notice of the question
_BELOW = 3  # articles on further hosts from which on a home page says that these are the outlet's


@dataclass(frozen=True, slots=True)
class Listing:
    """What one page of a list offers."""

    offers: tuple[Offer, ...]
    next: str | None
    sections: tuple[str, ...] = ()
    drawn: str | None = None  # where a script gets what it draws
    more: str | None = None  # where a button of the list asks for what follows
    last: bool = False  # an answer to such a button that says that nothing follows
    days: tuple[Index, ...] = ()  # how lists of single days are asked for


def walk_listing(source: Source, ask: Ask) -> Walk:
    """Walk a list, once per query or day when its address asks for one."""
    reaches = []
    for address in fill(source, ask):
        reaches.append((yield from walk_list(address, ask, source)))
    return join_parts(reaches)


def fill(source: Source, ask: Ask) -> list[str]:
    """Return the addresses that a source's address stands for, ``{page}`` still unfilled; newest day first."""
    urls = [source.url]
    if "{keyword}" in source.url:
        urls = [source.url.replace("{keyword}", quote(query)) for query in ask.queries]
    if "{date}" in source.url:
        days = list_days(ask.since or ask.now - timedelta(days=1), ask.until or ask.now, ask.recipe)
        urls = [url.replace("{date}", quote(day.strftime(source.date_format))) for url in urls for day in days]
    return urls


def walk_list(
    url: str, ask: Ask, source: Source, *, first: Reply | None = None, guess: bool = False, only_news: bool = False,
    unlike: frozenset[str] | None = None,
) -> Walk:  # fmt: skip
    """Walk one list from its first page: numbered pages where ``{page}`` stands, else along the links to the next
    one.

    `first` is page one when it was fetched already. `unlike` holds the address keys of the home page's articles: the
    list is a search, and no answer when it shows the same. A list whose next page is another list's ends incomplete.
    """
    pages = Pages(ask, url, only_news=only_news, queried=unlike is not None or "{keyword}" in source.url)
    trail: list[str] = []  # pages read, as addresses
    target: str | None = url.replace("{page}", str(source.paging.start))
    strayed, asked = False, None
    while target:
        reply = first or (yield from fetch(target, source=url, guess=guess or pages.number > 0))
        first = None
        if reply.unchanged and not pages.number:
            return Reach(0, ask.since is None, True)
        if not reply.ok:
            return pages.reach(ended=not strayed and pages.number > 0 and reply.problem is Reason.GONE)
        trail.append(target)
        listing = parse_listing(reply, ask, source, pages.number + 1)
        if target == asked:
            listing = replace(listing, more=None if listing.last else listing.more or follow(target, {}, ask.recipe))
        if unlike and _is_like(listing, unlike):
            return Reach()
        ask.indexes |= dict.fromkeys(listing.days)
        yield from pages.take(listing.offers)
        callback = "callback=" in (listing.more or "")
        scripted = pages.number == 1 and not listing.next and (callback or listing.drawn)  # only old ones here
        if not (pages.more() or scripted) or (source.paging.last and pages.number >= source.paging.last):
            break
        asked = listing.more if listing.more not in trail else asked
        target = yield from _next_page(url, listing, trail, pages, source)
        own = target in (None, listing.more) or "{page}" in url
        strayed = strayed or not (own or shares_list(trail[0], target or ""))
    reach = pages.reach(ended=target is None and len(trail) > 1)
    return replace(reach, complete=reach.complete and not strayed)


def _is_like(listing: Listing, home: frozenset[str]) -> bool:
    same = sum(address_key(offer.url) in home for offer in listing.offers)
    return bool(listing.offers) and same > _SAME * len(listing.offers)


def _next_page(
    url: str, listing: Listing, trail: list[str], pages: Pages, source: Source
) -> Generator[Step, Reply | None, str | None]:
    """Return the next page's address: by number, link, the way the numbers ran so far, or a guess."""
    if "{page}" in url:
        return url.replace("{page}", str(source.paging.start + source.paging.step * pages.number))
    if listing.next and listing.next not in trail and (len(trail) > 1 or shares_list(trail[0], listing.next)):
        return listing.next
    if listing.last or (listing.more and listing.more not in trail):
        return listing.more
    if len(trail) > 1:
        return extrapolate(trail[-2], trail[-1])
    tails = load_words().pages if pages.ask.since is not None else ()
    usual = (trail[0].rstrip("/") + (tail if "?" not in trail[0] else "&" + tail[1:]) for tail in tails)
    drawn = listing.drawn if listing.drawn not in pages.ask.walked else None  # each page of a site may draw the same
    pages.ask.walked |= {drawn} if drawn else set()
    for candidate in (drawn, *usual):
        if candidate:
            reply = yield from fetch(candidate, source=url, guess=True)
            if reply.ok and pages.has_news(parse_listing(reply, pages.ask, source, 2).offers):
                return candidate
    return listing.next


def parse_listing(reply: Reply, ask: Ask, source: Source | None = None, number: int = 1) -> Listing:
    """Read one page of a list; described selectors first, then what the page looks like."""
    if is_answer(reply.body):
        return _parse_answer(reply, ask)
    tree = LexborHTMLParser(reply.body[:MAX_BYTES].replace(b"\0", b""))
    base_node = tree.css_first("base[href]")
    base = urljoin(reply.url, (base_node.attributes.get("href") or "") if base_node else "")
    links = _links(tree, base, ask.recipe)
    offers = _described(tree, base, ask, source) if source and source.item else []
    offers = offers or _guessed(links, base, ask)
    if b"__NEXT_DATA__" in reply.body:
        offers = _with_data(offers, reply, base, ask)
    sections = [url for url, (anchor, _) in links.items() if is_section(url, anchor, ask.recipe)]
    onward = find_next(tree, base, ask.recipe, source, number)
    days = find_indexes(tree, base, ask.now, ask.recipe) if number == 1 and ask.since else ()
    more, drawn = find_more(tree, base, ask.recipe), None if onward else find_drawn(tree, base, ask.recipe)
    return Listing(tuple(offers), onward, tuple(sections), drawn, more, days=days)


def _parse_answer(reply: Reply, ask: Ask) -> Listing:
    """Read what a button for more of a list was answered with."""
    try:
        data, markup = read_answer(reply.body[:MAX_BYTES])
    except (ValueError, RecursionError):
        return Listing((), None)
    offers = list(parse_rows(data, reply.url, ask)) if not markup else []
    if not (offers or markup) and (form := _form_of(data, reply.url, ask)):
        offers = list(parse_rows(data, reply.url, ask, Source(kind="jsonp", url=reply.url, address=form)))
    if markup:
        offers = _guessed(_links(LexborHTMLParser(markup), reply.url, ask.recipe), reply.url, ask)
    onward = follow(reply.url, data, ask.recipe, len(offers))
    return Listing(tuple(offers), None, more=onward, last=onward is None)


def _form_of(data: Any, url: str, ask: Ask) -> str:
    """Return how addresses of an interface's rows are made, as the first of its answers let infer."""
    path = urlsplit(url).path
    if path not in ask.forms and (form := infer_address(data, ask.offered)):
        ask.forms[path] = form
    return ask.forms.get(path, "")


def _links(tree: LexborHTMLParser, base: str, recipe: Recipe) -> dict[str, tuple[str, LexborNode]]:
    """Return the page's addresses of this outlet, each with its longest anchor text and the node of that."""
    found: dict[str, tuple[str, LexborNode]] = {}
    for node in tree.css("a[href]"):
        href = (node.attributes.get("href") or "").strip()
        if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "whatsapp:")):
            continue
        if not (url := recipe.own_address(href, base)):
            continue
        anchor = read_anchor(node)
        if url not in found or len(anchor) > len(found[url][0]):
            found[url] = (anchor, node)
    return found


def lies_below(tree: LexborHTMLParser, base: str, recipe: Recipe) -> bool:
    """Say whether most articles that a home page links to lie on hosts below the outlet's domains: news.example.com."""
    wide = recipe.widened()
    links = _links(tree, base, wide) if wide is not recipe else {}
    hosts = [urlsplit(url).hostname or "" for url, (anchor, _) in links.items() if is_article(url, anchor, wide)]
    below = sum(not recipe.owns(host) for host in hosts)
    return below >= _BELOW and below > len(hosts) - below


def _described(tree: LexborHTMLParser, base: str, ask: Ask, source: Source) -> list[Offer]:
    offers = []
    for item in tree.css(source.item or ""):
        link = item.css_first(source.link or "a[href]")
        if not (url := ask.recipe.own_address((link.attributes.get("href") or "") if link else "", base)):
            continue
        title = item.css_first(source.title) if source.title else link
        stamp = item.css_first(source.date) if source.date else None
        when = stamp_of(stamp, ask) if stamp else date_in(item, ask)
        offers.append(_offer(url, " ".join((title.text() or "").split()) if title else "", when))
    return offers


def _guessed(links: dict[str, tuple[str, LexborNode]], base: str, ask: Ask) -> list[Offer]:
    articles = {url: found for url, found in links.items() if is_article(url, found[0], ask.recipe)}
    # One list item often links twice, picture and headline, and one of the two in a broken, relative form.
    spoken: dict[str, str] = {}
    for url, (anchor, _) in sorted(articles.items(), key=lambda item: -len(item[1][0])):
        spoken.setdefault(_last(url), url)
        if not anchor and spoken[_last(url)] != url:
            del articles[url]
    keys = {address_key(url) for url in articles}
    return [
        _offer(url, anchor, date_beside(node, address_key(url), keys, base, ask))
        for url, (anchor, node) in articles.items()
    ]


def _offer(url: str, title: str, when: Found | None) -> Offer:
    sure = bool(when and when.exact and not when.relative)
    return Offer(url, title=title or None, published_at=when.at if when else None, vague=not sure)


def _last(url: str) -> str:
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rsplit("/", 1)[-1]
    return f"{last}?{parts.query}" if len(last) >= _TELLING else url


def _with_data(offers: list[Offer], reply: Reply, base: str, ask: Ask) -> list[Offer]:
    """Add what a Next.js page's data lists: it has exact dates, and pages without markup have nothing else."""
    try:
        rows = {address_key(offer.url): offer for offer in parse_rows(parse_data(reply.body), base, ask)}
    except ValueError:
        return offers
    known = {address_key(offer.url) for offer in offers}
    dated = [rows.get(address_key(offer.url), offer) for offer in offers]
    return dated + [offer for key, offer in rows.items() if key not in known]
