"""Feeds of news searches: leads with their outlet, the address read where the link holds it, nothing else believed."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest

from crawlers.recipe import Source
from crawlers.sources.aggregator import parse_leads, read_address, walk_aggregator
from crawlers.sources.titles import choose_words, title_key, walk_titles
from crawlers.sources.walk import Ask, Fetch, Reply
from tests.crawlers.conftest import run_walk

LINK = "https://cari.example/rss/articles/"
URL = "https://www.kabar.example/2026/03/09/panen-raya-dimulai-di-hulu/"
SOURCE = Source(kind="google_news", url="https://cari.example/rss?q={keyword}")


def pack(address: str) -> str:
    raw = b"\x08\x13\x22" + bytes([len(address)]) + address.encode() + b"\xd2\x01\x00"
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def feed(*items: str) -> str:
    return f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>"


def item(title: str, key: str, site: str = "https://www.kabar.example", name: str = "Kabar") -> str:
    return (
        f"<item><title>{title} - {name}</title><link>{LINK}{key}?oc=5</link>"
        f"<pubDate>Mon, 09 Mar 2026 02:00:00 GMT</pubDate><source url='{site}'>{name}</source></item>"
    )


@pytest.mark.parametrize(
    ("key", "host", "address"),
    [
        (pack(URL), "kabar.example", URL),
        (pack(URL), "www.kabar.example", URL),
        (pack("https://m.kabar.example/a"), "kabar.example", "https://m.kabar.example/a"),
        (pack(URL), "lain.example", None),  # not of the outlet that the item names
        (pack("https://kabar.example.jahat.example/a"), "kabar.example", None),
        ("CBMiXkFVX3lxTE5hYmNkZWZnaGlq", "kabar.example", None),  # a mere key
        ("%%%", "kabar.example", None),
        ("", "kabar.example", None),
    ],
)
def test_the_address_is_read_from_the_link_where_it_is_there(key: str, host: str, address: str | None) -> None:
    assert read_address(f"{LINK}{key}?oc=5", host) == address


def test_items_become_leads(ask: Ask) -> None:
    body = feed(item("Panen - Raya", pack(URL)), item("Tanpa situs", "x", site=""), "<item><title/></item>")
    (lead,) = parse_leads(Reply("https://cari.example/rss", 200, body.encode()), ask, "hulu")
    assert (lead.title, lead.site, lead.name, lead.query) == ("Panen - Raya", "kabar.example", "Kabar", "hulu")
    assert lead.published_at is not None
    assert lead.published_at.isoformat() == "2026-03-09T02:00:00+00:00"
    assert lead.address == URL


def test_one_question_per_keyword_and_no_item_twice(ask: Ask) -> None:
    walk = walk_aggregator(SOURCE, replace(ask, queries=("kota hulu", "hilir")))
    asked, leads, reply = [], [], None
    while True:
        try:
            step = walk.send(reply)
        except StopIteration as stop:
            reach = stop.value
            break
        reply = None
        if isinstance(step, Fetch):
            asked.append(step.url)
            reply = Reply(step.url, 200, feed(item("Panen", "a"), item("Rapat", "b")).encode())
        else:
            leads.append(step)
    assert asked == ["https://cari.example/rss?q=%22kota+hulu%22", "https://cari.example/rss?q=%22hilir%22"]
    assert (len(leads), reach.offered, reach.worked) == (2, 2, True)


def test_headlines_are_looked_for_and_nothing_else_is_offered(ask: Ask) -> None:
    assert choose_words("Panen Raya: “Dimulai” di Hulu Sungai Selat!") == "di Hulu Sungai Selat"
    assert title_key("Panen Raya: “Dimulai” di Hulu!") == title_key("panen raya  dimulai di hulu")
    home = '<html><body><a href="/berita/1/rapat-desa-di-balai-kampung">Rapat Desa di Balai Kampung</a></body></html>'
    found = (
        '<html><body><h3><a href="/berita/1234/panen-raya-dimulai">Panen Raya Dimulai di Hulu</a></h3>'
        '<h3><a href="/berita/1235/panen-raya-ditunda-di-hilir">Panen Raya Ditunda di Hilir</a></h3></body></html>'
    )
    site: dict[str, str | bytes | Reply] = {
        "https://kabar.example/": home,
        "https://kabar.example/?s=panen%20raya%20dimulai%20di%20hulu": found,
    }
    walked = run_walk(walk_titles(["Panen Raya Dimulai di Hulu"], ask), site)
    assert walked.paths == ["/berita/1234/panen-raya-dimulai"]
    assert all(offer.queried for offer in walked.offers)
