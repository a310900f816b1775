"""The protocol between a source and whoever fetches for it.

A source is a generator: it yields a `Fetch` and is sent the `Reply`, yields an `Offer` per address found, and returns a
`Reach`. It neither fetches nor knows Scrapy, so sources are tested with canned replies and built out of one another
with ``yield from``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from crawlers.addresses import address_date, address_key
from crawlers.items import Lead, Reason
from crawlers.recipe import Recipe

LATEST_PAGES = 5  # without a date to walk back to, no source is read deeper than this ...
LATEST_OFFERS = 250  # ... but where pages are known to be in order, to so many articles, whatever a page holds
SLACK = timedelta(days=1)  # what listings and addresses say of a date is believed to this
MAX_PAGES = 2000
_IGNORED = 2  # a second page that repeats the first one's articles took no notice of being asked for
LEFT = "left"  # in place of a source: what an earlier crawl left over


@dataclass(frozen=True, slots=True)
class Fetch:
    """A request of a source. `source` is the address under which the source's state is remembered."""

    url: str
    source: str = ""
    accept: str = ""
    guess: bool = False  # a try of auto: its failure is no fault of the outlet
    secure: bool = False  # asked for without TLS next if there is none: that there is none is no fault either


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; `problem` tells why `body` is of no use, `unchanged` that it is the same as last time."""

    url: str
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)  # lower-case names
    problem: Reason | None = None
    unchanged: bool = False

    @property
    def ok(self) -> bool:
        """Whether there is a body to read."""
        return self.problem is None and self.status == 200 and bool(self.body)


@dataclass(frozen=True, slots=True)
class Offer:
    """An address and what its source tells of the article behind it."""

    url: str
    title: str | None = None
    published_at: datetime | None = None
    byline: str | None = None
    section: str | None = None
    html: str | None = None  # full text as a fragment, from feed or REST
    source: str | None = None  # "feed", "rest", "next_data"
    vague: bool = False  # published_at is when it was changed: better than nothing
    queried: bool = False  # found by asking for a keyword: the text names it even if the title does not


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong with a source that the operator should know, although it could be read in part."""

    url: str
    reason: Reason | None  # how the address ended, if it did
    detail: str


@dataclass(frozen=True, slots=True)
class At:
    """What is offered from here on comes from a page that was fetched before."""

    source: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Go on when every article offered so far was read: the next decision hangs on their dates."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a source went: `complete` when nothing between the wanted date and now can lie beyond it."""

    offered: int = 0
    complete: bool = False
    worked: bool = False

    def also(self, other: Reach) -> Reach:
        """Return how far two sources of one outlet reach, of which one that reaches everything is enough."""
        return Reach(self.offered + other.offered, self.complete or other.complete, self.worked or other.worked)


def join_parts(reaches: Collection[Reach]) -> Reach:
    """Return how far the walks of one source reach, each of which has a part of its own: a keyword, a day."""
    return Reach(sum(r.offered for r in reaches), all(r.complete for r in reaches), any(r.worked for r in reaches))


Step = Fetch | Offer | Lead | Trouble | At | Pause
Walk = Generator[Step, "Reply | None", Reach]


@dataclass(slots=True)
class Ask:
    """What a source may know of the crawl it works for; the crawler fills `dates` as articles are read."""

    recipe: Recipe
    now: datetime
    since: datetime | None = None
    until: datetime | None = None
    queries: Collection[str] = ()
    known: Callable[[str], bool] = lambda _url: False
    sitemaps: Callable[[str], Collection[str]] = lambda _host: ()  # as robots.txt of the host names them
    cut: Callable[[str], bool] = lambda _source: False  # whether a source was never walked to its end
    dead: frozenset[str] = frozenset()  # guessed sources found missing lately
    dates: dict[str, datetime] = field(default_factory=dict)  # address key -> publication, of articles read
    offered: set[str] = field(default_factory=set)  # address keys offered so far
    walked: set[str] = field(default_factory=set)  # sources walked so far, as `Fetch.source`
    indexes: dict[Any, None] = field(default_factory=dict)  # by days, as the lists read so far offer them
    forms: dict[str, str] = field(default_factory=dict)  # path of an interface -> addresses of rows that name none
    answered: bool = False  # some source offered something when asked for a keyword
    every: bool = False  # whatever is offered is to be read, as if it had been found by a keyword

    def date_of(self, offer: Offer) -> datetime | None:
        """Return the best date known of an offer: that of the article read, of the source, or of the address."""
        if exact := self.dates.get(address_key(offer.url)):
            return exact
        if offer.published_at:
            return offer.published_at
        day = address_date(offer.url)
        return self._noon(day) if day else None

    def _noon(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, 12, tzinfo=self.recipe.zone)

    def too_old(self, offer: Offer) -> bool | None:
        """Say whether an offer surely lies before `since`; None when nothing tells its date."""
        when = self.date_of(offer)
        return None if when is None else bool(self.since and when < self.since - SLACK)

    def settled(self, offer: Offer) -> bool:
        """Say whether an offer needs no further source: offered, older than what is asked for, or stored.

        That it is stored says nothing in a backfill: what it was stored by may have ended before what lies behind it.
        """
        stored = self.since is None and self.known(offer.url)
        return address_key(offer.url) in self.offered or stored or bool(self.too_old(offer))


def fetch(url: str, *, source: str = "", accept: str = "", guess: bool = False) -> Generator[Step, Reply | None, Reply]:
    """Yield one request and return its reply: ``reply = yield from fetch(url)``."""
    reply = yield Fetch(url, source or url, accept, guess)
    if reply is None:
        raise RuntimeError("a walk was resumed without the reply to its request")
    return reply


def walk_left(addresses: Collection[str], walk: Walk) -> Walk:
    """Walk what `walk` does, and then offer what an earlier crawl left, as far as nothing listed it again."""
    reach = yield from walk
    yield At(LEFT)
    for url in addresses:
        yield Offer(url, queried=True)  # that it is to be read was found out then
    return reach


@dataclass(slots=True)
class Pages:
    """Decides page by page whether a walk goes on, in the same way for every kind of source.

    It ends at a page that repeats this walk's earlier ones (a second page, in a backfill, only if it is like the first:
    what it lists may stand beside the first one's list as well, as popular), at one whose offers are all older than
    `since`, and, without `since`, at one that offers nothing unknown to store and crawl, or after `LATEST_PAGES` and,
    where pages are in order, `LATEST_OFFERS`: feeds of ten and REST of fifty a page reach equally far. What is known
    ends no walk of a `source` whose earlier one was cut off: behind it may lie what that one did not reach.
    """

    ask: Ask
    source: str = ""  # as in `Fetch`
    only_news: bool = False  # another source reached the wanted date: end as soon as nothing new comes
    queried: bool = False
    ordered: bool = False  # newest first and nothing else on the page: one known address closes the gap
    number: int = 0
    offered: int = 0
    complete: bool = False
    _walked: set[str] = field(default_factory=set)
    _first: list[str] = field(default_factory=list)  # what the first page held
    _alike: bool = True  # whether the last page held the same, in the same order
    _page: list[Offer] = field(default_factory=list)  # of the last page, what this walk had not met
    _news: bool = False  # whether any of it was unknown to store and crawl

    def take(self, offers: Collection[Offer]) -> Generator[Step, Reply | None, None]:
        """Yield the page's offers that no source made before in this crawl."""
        self.number += 1
        self._page, self._news = [], False
        self.ask.answered = self.ask.answered or (self.queried and bool(offers))
        keys = [address_key(offer.url) for offer in offers]
        self._first = self._first or keys
        self._alike = keys in ([], self._first)
        for offer in offers:
            key = address_key(offer.url)
            if key in self._walked:
                continue
            self._walked.add(key)
            self._page.append(offer)
            if key not in self.ask.offered:
                self.ask.offered.add(key)
                self.offered += 1
                # In a backfill what is stored counts as news too: an earlier one may have ended on this very page.
                self._news = self._news or self.ask.since is not None or not self.ask.known(offer.url)
                yield replace(offer, queried=True) if self.queried or self.ask.every else offer

    def has_news(self, offers: Collection[Offer]) -> bool:
        """Say whether any of the offers is new to this walk, without taking them."""
        return any(address_key(offer.url) not in self._walked for offer in offers)

    def more(self) -> bool:
        """Say whether the next page is wanted; call it after the page's articles had their turn, for their dates."""
        backfill = self.ask.since is not None and not self.only_news
        beside = backfill and self.number <= _IGNORED and not self._alike
        if not (self._page or beside) or self.number >= MAX_PAGES:
            self.complete = not self._page and self.number > _IGNORED
            return False
        if self.ask.since is None or self.only_news:
            enough = self._meets_known() or (self.ask.since is None and self._deep_enough())
            self.complete = enough
            return not enough
        told = [age for offer in self._page if (age := self.ask.too_old(offer)) is not None]
        self.complete = bool(told) and all(told)
        return not self.complete

    def _meets_known(self) -> bool:
        if self.ask.since is None and self.source and self.ask.cut(self.source):
            return False
        met = self.ask.since is None and self.ordered and any(self.ask.known(offer.url) for offer in self._page)
        return met or not self._news

    def _deep_enough(self) -> bool:
        short = self.ordered and not self.queried and len(self._walked) < LATEST_OFFERS
        return self.number >= LATEST_PAGES and not short

    def reach(self, *, ended: bool = False) -> Reach:
        """Return the walk's `Reach`; `ended` says that the source itself has no further page."""
        return Reach(self.offered, self.complete or ended, self.number > 0)
