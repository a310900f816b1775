"""A backfill that goes on after it was cut off walks as far as one that was not, whatever is stored already."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawlers.recipe import Source
from crawlers.sources.feed import walk_feed
from crawlers.sources.listing import walk_list
from crawlers.sources.outlet import walk_outlet
from crawlers.sources.walk import Ask, Offer, Reply, walk_left
from tests.crawlers.conftest import run_walk

HOME = "https://kabar.example/"


def page(numbers: range, following: str = "") -> str:
    links = "".join(
        f'<li><a href="/berita/{1000 + n}/warga-menanam-padi-bersama-{n}">Warga menanam padi bersama {n}</a></li>'
        for n in numbers
    )
    return f'<html><body><ul>{links}</ul><a rel="next" href="{following}">Berikutnya</a></body></html>'


SITE: dict[str, str | bytes | Reply] = {
    HOME: page(range(1, 4)) + '<nav><a href="/kanal">Kanal</a></nav>',
    f"{HOME}kanal": page(range(1, 6), "/kanal?page=2"),
    f"{HOME}kanal?page=2": page(range(6, 11), "/kanal?page=3"),
    f"{HOME}kanal?page=3": page(range(11, 14)),
}


@pytest.mark.parametrize("only_news", [False, True])
def test_pages_of_stored_articles_do_not_end_a_backfill(ask: Ask, only_news: bool) -> None:
    back = replace(ask, since=datetime(2020, 1, 1, tzinfo=UTC))
    source = Source(kind="auto")
    whole = run_walk(walk_list(f"{HOME}kanal", back, source, only_news=only_news), SITE)
    met = {offer.url for offer in whole.offers[:7]}
    again = replace(back, known=met.__contains__, offered=set(), dates={})
    resumed = run_walk(walk_list(f"{HOME}kanal", again, source, only_news=only_news), SITE)
    assert resumed.fetched == whole.fetched
    assert len(resumed.offers) == len(whole.offers) == 13


def test_what_the_home_page_links_to_being_stored_says_nothing_of_what_lies_behind(ask: Ask) -> None:
    back = replace(ask, since=datetime(2020, 1, 1, tzinfo=UTC))
    whole = run_walk(walk_outlet(back), SITE)
    met = {offer.url for offer in whole.offers[:5]}
    resumed = run_walk(walk_outlet(replace(back, known=met.__contains__, offered=set(), dates={}, walked=set())), SITE)
    assert set(resumed.paths) == set(whole.paths)
    offer = Offer(f"{HOME}berita/1001/warga-menanam-padi-bersama-1")
    assert replace(ask, known=lambda _url: True).settled(offer)
    assert not replace(back, known=lambda _url: True, offered=set()).settled(offer)


def test_what_is_known_ends_no_walk_that_was_cut_off_before(ask: Ask) -> None:
    site: dict[str, str | bytes | Reply] = {}
    for n in range(4):
        items = "".join(f"<item><link>/berita/{1000 + 3 * n + k}/padi</link></item>" for k in range(3))
        made = "<generator>https://wordpress.org/?v=6</generator>"
        site[f"{HOME}feed?paged={n + 1}" if n else f"{HOME}feed"] = f"<rss><channel>{made}{items}</channel></rss>"
    feed = Source(kind="feed", url=f"{HOME}feed")
    first = {f"{HOME}berita/{1000 + k}/padi" for k in range(3)}
    known = replace(ask, known=first.__contains__)
    assert len(run_walk(walk_feed(feed, known), site).offers) == 3
    after = run_walk(walk_feed(feed, replace(known, offered=set(), cut=feed.url.__eq__)), site)
    assert len(after.offers) == 12
    assert after.reach.complete


def test_what_was_left_is_offered_last_and_counts_for_no_source(ask: Ask) -> None:
    left = [f"{HOME}berita/1001/warga-menanam-padi-bersama-1", f"{HOME}berita/1/lama"]
    walked = run_walk(walk_left(left, walk_list(HOME, ask, Source(kind="auto"))), SITE)
    assert [offer.url for offer in walked.offers][-2:] == left
    assert all(offer.queried for offer in walked.offers[-2:])
    assert walked.reach.offered == 3
