"""Sitemaps: index and parts, news sitemaps, gzip; parts without dates are read newest (last) first.

Follows sitemaps.org 0.9 and Google's news extension. ``lastmod`` tells when a page changed, never when it was
published: it only serves to leave parts and pages out that did not change since the wanted date.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from crawlers.addresses import parse_link
from crawlers.items import Reason
from crawlers.recipe import Recipe, Source
from crawlers.sources.dates import parse_stamp
from crawlers.sources.feed import plain
from crawlers.sources.links import is_article, is_chrome
from crawlers.sources.walk import LATEST_PAGES, SLACK, Ask, Offer, Pages, Reach, Reply, Step, Trouble, Walk, fetch
from crawlers.sources.xml import NotXml, check_xml, local, parse_xml, texts

ACCEPT = "application/xml, text/xml;q=0.9, */*;q=0.5"
MAX_PARTS = 500
_OTHER_PARTS = (
    "category",
    "tag",
    "author",
    "page-",
    "pages",
    "users",
    "taxonom",
    "image",
    "video",
    "kategori",
    "galeri",
)
_LATEST_ENTRIES = 200  # of a sitemap without dates, when no date to walk back to is given


@dataclass(frozen=True, slots=True)
class Entry:
    """One address of a sitemap; times are aware."""

    url: str
    changed: datetime | None = None
    published: datetime | None = None  # news sitemaps only
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """One sitemap file: parts of an index, or entries."""

    parts: tuple[Entry, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def is_news(self) -> bool:
        """Whether it is a news sitemap, which by its rules holds two days only."""
        return any(entry.published for entry in self.entries)


def walk_sitemap(source: Source, ask: Ask) -> Walk:
    """Walk one sitemap source: an index or a single file."""
    return (yield from walk_file(source.url, ask))


def walk_file(url: str, ask: Ask, *, guess: bool = False) -> Walk:
    """Walk a sitemap and, if it is an index, the parts that can hold articles of the wanted dates."""
    pages, queue, complete, worked, first = Pages(ask), [url], True, False, True
    met = {url}
    while queue and pages.number < MAX_PARTS:
        target = queue.pop(0)
        reply = yield from fetch(target, source=url if first else target, accept=ACCEPT, guess=guess or not first)
        first = False
        if reply.unchanged:
            worked = True
            complete = complete and ask.since is None
            continue
        sitemap = None
        if reply.ok:
            sitemap = yield from _read(reply, ask, guess)
        if sitemap is None:
            complete = False
            continue
        worked = True
        parts = [part for part in choose_parts(sitemap.parts, ask) if part not in met]
        queue += parts
        met.update(parts)
        yield from pages.take(list(choose_entries(sitemap, ask)))
        complete = complete and (not sitemap.is_news or _spans(sitemap, ask))
        if ask.since is None and pages.number >= LATEST_PAGES:
            break
    return Reach(pages.offered, complete and worked, worked)


def parse_sitemap(reply: Reply, now: datetime, zone: tzinfo) -> Sitemap:
    """Read one sitemap file. Raises NotXml when the body is none."""
    root = parse_xml(reply.body)
    kind = local(root)
    if kind not in ("urlset", "sitemapindex"):
        raise NotXml(f"its root element is {kind}")
    found = []
    for node in root:
        parts = texts(node)
        if not (url := parse_link(parts.get("loc", ""), reply.url)):
            continue
        news = next((texts(child) for child in node if local(child) == "news"), {})
        found.append(
            Entry(
                url,
                parse_stamp(parts.get("lastmod"), now, zone),
                parse_stamp(news.get("publication_date"), now, zone),
                plain(news.get("title", "")) or None,
            )
        )
    return Sitemap(parts=tuple(found)) if kind == "sitemapindex" else Sitemap(entries=tuple(found))


def choose_parts(parts: tuple[Entry, ...], ask: Ask) -> list[str]:
    """Return the parts of an index worth reading, newest first; without dates the last listed part is the newest."""
    wanted = [
        part
        for part in parts
        if not any(word in part.url.rsplit("/", 1)[-1].lower() for word in _OTHER_PARTS)
        and not (ask.since and part.changed and part.changed < ask.since - SLACK)
    ]
    wanted.reverse()
    if all(part.changed for part in wanted):
        wanted.sort(key=lambda part: part.changed.timestamp() if part.changed else 0, reverse=True)
    return [part.url for part in wanted]


def choose_entries(sitemap: Sitemap, ask: Ask) -> list[Offer]:
    """Return the articles of one file, newest first, without those that did not change since the wanted date."""
    entries = [entry for entry in sitemap.entries if _may_be_article(entry, ask.recipe)]
    entries = [
        e for e in entries if not (ask.since and e.changed and not e.published and e.changed < ask.since - SLACK)
    ]
    stamps = [e.published or e.changed for e in entries]
    if all(stamps):
        entries.sort(key=lambda e: (e.published or e.changed or ask.now).timestamp(), reverse=True)
    else:
        entries.reverse()
    if ask.since is None:
        entries = entries[:_LATEST_ENTRIES]
    return [
        Offer(e.url, title=e.title, published_at=e.published, source="feed" if e.published else None) for e in entries
    ]


def _may_be_article(entry: Entry, recipe: Recipe) -> bool:
    return entry.published is not None or is_article(entry.url, "", recipe) or not is_chrome(entry.url, recipe)


def _spans(sitemap: Sitemap, ask: Ask) -> bool:
    oldest = min((e.published for e in sitemap.entries if e.published), default=None)
    return ask.since is None or bool(oldest and oldest < ask.since)


def _read(reply: Reply, ask: Ask, guess: bool) -> Generator[Step, Reply | None, Sitemap | None]:
    try:
        sitemap = parse_sitemap(reply, ask.now, ask.recipe.zone)
    except NotXml as fault:
        if not guess:
            yield Trouble(reply.url, Reason.BAD_CONTENT, f"not a sitemap: {fault}")
        return None
    yield from check_xml(reply)
    return sitemap
