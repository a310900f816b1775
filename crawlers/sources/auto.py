"""Asks a site itself where it announces its articles, for outlets whose structure nobody has described.

In this order, until one is known to reach everything that was asked for: WordPress REST, sitemaps, feeds (which come
first where there surely is one), the home page and indexes, sections, and, per keyword, tag and search pages. What is
found is checked against the home page: a source that misses articles linked there is not taken for complete, however
well it answers.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from urllib.parse import quote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawlers.addresses import address_key, join_address
from crawlers.items import Reason
from crawlers.recipe import Recipe, Source
from crawlers.sources import feed, sitemap, wp_json
from crawlers.sources.days import EMPTY, MOST, Index, list_days
from crawlers.sources.links import load_words
from crawlers.sources.listing import Listing, lies_below, parse_listing, walk_list
from crawlers.sources.walk import Ask, At, Fetch, Pages, Pause, Reach, Reply, Step, Walk, fetch

_FEED = re.compile(r"[/?=_.-](?:rss|atom|rdf|feeds?)[\d.]*(?:(?:xml|php|rdf|aspx?))?/?$", re.IGNORECASE)
_LINKED = 2  # links to feeds that are followed
_COVERED = 0.9  # share of the home page's articles that a complete source must know
_SECTIONS_LATEST, _SECTIONS_BACK = 8, 40
_INDEXES = 3  # by days that are tried, until one has articles
_CHANNELS = 12  # front pages on other hosts that are followed; each is a site of its own


@dataclass(slots=True)
class Site:
    """What an outlet's home page tells of its sources."""

    home: Reply
    listing: Listing
    feeds: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)  # feeds that a link to read tells of, a badge in the foot
    rest: str | None = None
    channels: list[str] = field(default_factory=list)  # further hosts of the outlet that it links to

    def covered(self, ask: Ask) -> Generator[Step, Reply | None, bool]:
        """Say whether the sources so far hold nearly all of the asked time that the home page links to.

        What they do not hold is read, to see whether it is old: home pages link to what was popular years ago.
        """
        missing = [offer for offer in self.listing.offers if not ask.settled(offer)]
        if missing and ask.since is not None:
            yield At(self.home.url)
            yield from Pages(ask).take(missing)
            yield Pause()
            missing = [offer for offer in missing if not ask.too_old(offer)]
        return len(missing) <= (1 - _COVERED) * len(self.listing.offers)


def walk_auto(source: Source, ask: Ask, *, complete: bool = False, guess: bool = False) -> Walk:
    """Walk whatever the outlet's site offers; `complete` says that sources walked before claim to reach everything.

    Channels on hosts of their own are sites of their own: those that the recipe names are always asked, those that
    the home page links to where the main site does not reach everything.
    """
    home = yield from fetch_home(source.url or ask.recipe.home, guess=guess)
    if not home.ok:
        return Reach()
    site = read_home(home, ask)
    total = yield from _walk_site(site, ask, complete)
    if source.url:
        return total
    linked = () if total.complete or ask.recipe.scope == "keyword" else site.channels[:_CHANNELS]
    for host in dict.fromkeys([*ask.recipe.channels, *linked]):
        front = yield from fetch_home(f"https://{host}/", guess=True)
        if front.ok and urlsplit(front.url).hostname == host:
            reach = yield from _walk_site(read_home(front, ask), ask, False)
            total = Reach(total.offered + reach.offered, total.complete, True)
    return total


def _walk_site(site: Site, ask: Ask, complete: bool) -> Walk:
    """Walk what one host offers, until that reaches everything which its front page tells of."""
    if complete and (yield from site.covered(ask)):
        return Reach(0, True, True)
    offered = 0
    if ask.recipe.scope == "keyword":
        reach = yield from _walk_keywords(site, ask)
        if not ask.every:
            return reach
        offered = reach.offered
    # A feed tells times and names, which some pages print nowhere: a sitemap is second to one that there surely is.
    fed = site.feeds or site.rest  # WordPress has one, declared or not
    announced = (_walk_feeds, _walk_sitemaps) if fed else (_walk_sitemaps, _walk_feeds)
    for walk in (_walk_rest, *announced):
        reach = yield from walk(site, ask)
        offered += reach.offered
        if reach.complete and (yield from site.covered(ask)):
            return Reach(offered, True, True)
    reach = yield from _walk_lists(site, ask)
    return Reach(offered + reach.offered, reach.complete, True)


def read_home(home: Reply, ask: Ask) -> Site:
    """Read what a home page declares: feeds, WordPress, data of Next.js, its own list of articles."""
    tree = LexborHTMLParser(home.body.replace(b"\0", b""))
    if lies_below(tree, home.url, ask.recipe):
        ask.recipe = ask.recipe.widened()
    site = Site(home, parse_listing(home, ask))
    declared_feeds: dict[bool, list[str]] = {True: [], False: []}  # by whether they are JSON
    for node in tree.css("link[rel=alternate][href]"):
        kind, href = node.attributes.get("type") or "", node.attributes.get("href") or ""
        if "rss" in kind or "atom" in kind or "feed+json" in kind:
            declared_feeds["json" in kind].append(join_address(home.url, href))
    told = declared_feeds[False] or declared_feeds[True]
    site.feeds = [url for url in told if "comment" not in url and ask.recipe.owns(urlsplit(url).hostname or "")]
    declared = next((n.attributes.get("href") for n in tree.css('link[rel="https://api.w.org/"][href]')), None)
    header = re.search(r'<([^>]+)>;\s*rel="https://api\.w\.org/"', home.headers.get("link", ""))
    if declared or header:
        if root := join_address(home.url, declared or (header[1] if header else "")):  # blank for what is no address
            site.rest = urljoin(root.rstrip("/") + "/", "wp/v2/posts")
    elif b"/wp-content/" in home.body:
        site.rest = urljoin(home.url, "/wp-json/wp/v2/posts")
    links = [] if site.feeds else [join_address(home.url, n.attributes.get("href") or "") for n in tree.css("a[href]")]
    own = (url for url in dict.fromkeys(links) if _FEED.search(url) and ask.recipe.owns(urlsplit(url).hostname or ""))
    site.linked = list(islice(own, _LINKED))
    site.channels = _find_channels(tree, home.url, ask.recipe)
    return site


def _find_channels(tree: LexborHTMLParser, base: str, recipe: Recipe) -> list[str]:
    """Return the hosts of the outlet whose front pages are linked; another name of the same host is none."""
    fronts = [urlsplit(join_address(base, node.attributes.get("href") or "")) for node in tree.css("a[href]")]
    hosts = [front.hostname for front in fronts if front.hostname and front.path in ("", "/") and not front.query]
    own = {address_key(base), address_key(recipe.home)}
    return [host for host in dict.fromkeys(hosts) if recipe.owns(host) and address_key(f"https://{host}/") not in own]


def fetch_home(url: str, *, guess: bool = False) -> Generator[Step, Reply | None, Reply]:
    """Return the answer of a home page, asked for without TLS where a site offers none."""
    secure = url.startswith("https:")
    reply = yield Fetch(url, url, "", guess, secure)
    assert reply is not None
    if secure and reply.problem is Reason.CONNECTION:
        reply = yield from fetch("http:" + url.removeprefix("https:"), source=url, guess=guess)
    return reply


def _walk_rest(site: Site, ask: Ask) -> Walk:
    if not site.rest or site.rest in ask.dead or site.rest in ask.walked:
        return Reach()
    return (yield from wp_json.walk_wp_json(Source(kind="wp_json", url=site.rest), ask, guess=True))


def list_stated(site: Site, ask: Ask) -> list[str]:
    """Return the sitemaps of the outlet that its robots.txt names."""
    named = ask.sitemaps(urlsplit(site.home.url).netloc)
    return [url for url in named if ask.recipe.owns(urlsplit(url).hostname or "")]


def _walk_sitemaps(site: Site, ask: Ask) -> Walk:
    """Walk what robots.txt names, else the first usual place that answers."""
    stated = list_stated(site, ask)
    usual = [urljoin(site.home.url, path) for path in load_words().sitemaps]
    total = Reach()
    for url in stated or [url for url in usual if url not in ask.dead and url not in ask.walked]:
        reach = yield from sitemap.walk_file(url, ask, guess=True)
        total = total.also(reach)
        if reach.worked and not stated:
            break
    return total


def _walk_feeds(site: Site, ask: Ask) -> Walk:
    """Walk the feed that the home page declares, else the first linked or usual place that answers; one per keyword."""
    usual = [*site.linked, *(urljoin(site.home.url, path) for path in load_words().feeds)]
    total = Reach()
    for url in dict.fromkeys(
        [url for url in site.feeds if url not in ask.walked]
        or [url for url in usual if url not in ask.dead and url not in ask.walked]
    ):
        reach = yield from feed.walk_pages(url, ask, guess=True)
        total = total.also(reach)
        if reach.worked:
            break
    return total


def _walk_keywords(site: Site, ask: Ask) -> Walk:
    """Walk what answers to keywords, then the newest of feed and home page; of a national outlet nothing more is
    wanted, unless it has a past to be read and nothing on it answers.

    Searches come first: what they find is read even if its headline names nothing of the profile.
    """
    total = yield from _walk_rest(site, ask)
    if not total.worked:
        total = yield from _walk_searches(site, ask)
    ask.every = ask.since is not None and not ask.answered
    latest = replace(ask, since=None)  # shares everything else, so that nothing is offered twice
    reach = yield from _walk_feeds(site, latest)
    yield At(site.home.url)
    home = Pages(latest)
    yield from home.take(site.listing.offers)
    return Reach(total.offered + reach.offered + home.offered, total.worked, True)


def walk_queries(ask: Ask) -> Walk:
    """Walk what an outlet's site answers to the keywords, then the newest of its feed and home page; nothing else."""
    home = yield from fetch_home(ask.recipe.home, guess=True)
    return (yield from _walk_keywords(read_home(home, ask), ask)) if home.ok else Reach()


def _walk_lists(site: Site, ask: Ask) -> Walk:
    """Walk the home page's list and indexes to the wanted date, then what sections, tags and searches have besides."""
    yield At(site.home.url)
    plain = Source(kind="auto")
    total = yield from walk_list(site.home.url, ask, plain, first=site.home)
    for url in _list_indexes(site) if not total.complete else ():
        if url not in ask.dead and not total.complete:
            total = yield from _add(total, walk_list(url, ask, plain, guess=True))
    if not total.complete and ask.since is not None:
        total = yield from _add(total, _walk_indexes(site, ask, ask.since), sure=False)
    most = _SECTIONS_LATEST if ask.since is None else _SECTIONS_BACK
    for url in _rank(site.listing.sections, ask)[:most]:
        lists = walk_list(url, ask, plain, guess=True, only_news=total.complete)
        total = yield from _add(total, lists, sure=total.complete)
    if not total.complete:
        total = yield from _add(total, _walk_searches(site, ask), sure=False)
    return total


def _list_indexes(site: Site) -> list[str]:
    """Return the addresses under which indexes usually are, those first that the home page leads to."""
    usual = load_words().indexes
    linked = [url for url in site.listing.sections if urlsplit(url).path.startswith(tuple(usual[:1]))]
    return list(dict.fromkeys([*linked, *(urljoin(site.home.url, path) for path in usual)]))


def _walk_indexes(site: Site, ask: Ask, since: datetime) -> Walk:
    """Walk the first index by days that has articles."""
    total = Reach()
    for index in list(ask.indexes)[:_INDEXES]:
        total = total.also((yield from _walk_days(site, ask, index, since)))
        if total.offered:
            break
    return total


def _walk_days(site: Site, ask: Ask, index: Index, since: datetime) -> Walk:
    """Walk an index day by day; it ends where it answers every day with the home page's list, or with nothing."""
    home = frozenset(address_key(offer.url) for offer in site.listing.offers)
    total, empty = Reach(), 0
    until = ask.until or ask.now
    last = min(until, index.newest) if index.newest else until
    for number, day in enumerate(list_days(since, last, ask.recipe)[:MOST]):
        unlike = home if number > 1 else None  # the home page may well hold all of today's
        reach = yield from walk_list(index.of(day), ask, Source(kind="auto"), guess=True, unlike=unlike)
        empty = 0 if reach.offered else empty + 1
        total = total.also(reach)
        if empty >= EMPTY or not (reach.worked or number < EMPTY):
            break
    return replace(total, complete=False)


def _walk_searches(site: Site, ask: Ask) -> Walk:
    """Walk tag and search pages of each keyword; a place that fails for one keyword is not asked for the next."""
    home = frozenset(address_key(offer.url) for offer in site.listing.offers)
    total, places = Reach(), list(load_words().searches)
    for query in ask.queries:
        for path in tuple(places):
            url = urljoin(site.home.url, path.replace("{query}", quote(query.lower())))
            if url in ask.dead:
                continue
            reach = yield from walk_list(url, ask, Source(kind="auto"), guess=True, unlike=home)
            total = replace(total.also(reach), complete=False)
            if not reach.worked:
                places.remove(path)
    return total


def _add(total: Reach, walk: Walk, *, sure: bool | None = None) -> Walk:
    """Add one more list to what was reached; `sure` keeps the completeness known before."""
    both = total.also((yield from walk))
    return both if sure is None else replace(both, complete=sure)


def _rank(sections: tuple[str, ...], ask: Ask) -> list[str]:
    """Return sections with a keyword in their address first."""
    queries = [query.lower().replace(" ", "-") for query in ask.queries]
    return sorted(dict.fromkeys(sections), key=lambda url: not any(query in url.lower() for query in queries))
