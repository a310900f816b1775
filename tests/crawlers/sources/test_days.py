"""Indexes that are asked for a day, lists whose pages only their addresses number, sources that do not reach back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawlers.addresses import address_key
from crawlers.recipe import Recipe, Source, parse_recipe
from crawlers.sources.auto import walk_auto
from crawlers.sources.days import find_indexes
from crawlers.sources.outlet import walk_outlet
from crawlers.sources.paging import find_next
from crawlers.sources.walk import Ask, Offer
from tests.crawlers.conftest import NOW, run_walk
from tests.crawlers.sources.listing import HOME, Pages, card, page

TODAY = NOW.strftime("%d-%m-%Y")


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ('<form action="/indeks"><input type="date" name="tgl"></form>', "/indeks?tgl=2026-03-05"),
        (f'<a href="/indeks/{TODAY}">Indeks Hari Ini</a>', "/indeks/05-03-2026"),
        (f'<a href="arsip.php?hari={NOW:%Y/%m/%d}">Arsip</a>', "/arsip.php?hari=2026/03/05"),
        ('<form method="post" action="/indeks"><input type="date" name="tgl"></form>', None),
        (f'<a href="/baca/{TODAY}-panen">Panen</a>', None),
        (f'<a href="/baca/panen-{TODAY}">Panen raya dimulai di hulu sungai hari ini</a>', None),
        ('<form action="https://lain.example/i"><input type="date" name="tgl"></form>', None),
    ],
)
def test_how_lists_of_days_are_asked_for(recipe: Recipe, markup: str, address: str | None) -> None:
    found = find_indexes(LexborHTMLParser(markup), f"{HOME}/", NOW, recipe)
    day = NOW.replace(year=2026, month=3, day=5)
    assert [index.of(day) for index in found] == ([HOME + address] if address else [])


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/indeks/2026/02/11", "/indeks/2026/03/05"),
        ("/indeks?tanggal=11-02-2026", "/indeks?tanggal=05-03-2026"),
        ("/kegiatan/2026/02/11", None),  # not of this list
        ("/indeks/2027/02/11", None),  # yet to come
    ],
)
def test_an_index_tells_of_its_newest_day_where_that_is_long_ago(
    recipe: Recipe, href: str, address: str | None
) -> None:
    markup = f'<a href="{href}">Hari sebelumnya</a><form action="/indeks"><input type=date name=t></form>'
    first, *others = find_indexes(LexborHTMLParser(markup), f"{HOME}/indeks", NOW, recipe)
    day = NOW.replace(year=2026, month=3, day=5)
    assert first.of(day) == HOME + (address or "/indeks?t=2026-03-05")
    assert (first.newest and first.newest.strftime("%d-%m")) == ("11-02" if address else None)
    assert len(others) == (address is not None)  # the form is tried behind it


def test_an_index_whose_form_works_only_by_script_is_walked_by_its_links(ask: Ask) -> None:
    form = '<form action="/indeks/3"><input type=date name=t></form>'
    site: Pages = {f"{HOME}/": page(card(0, ""), more='<a href="/indeks/3">Indeks</a>')}
    newest = NOW - timedelta(days=40)
    for back in range(3):
        day = (newest - timedelta(days=back)).strftime("%Y/%m/%d")
        site[f"{HOME}/indeks/3?date={day}"] = page(card(back + 1, "09:00"))
    site[f"{HOME}/indeks/3"] = f'<body>{form}<a href="/indeks/3?date={newest:%Y/%m/%d}">Hari sebelumnya</a></body>'
    backfill = replace(ask, since=NOW - timedelta(days=90))

    def see(offer: Offer) -> None:
        backfill.dates[address_key(offer.url)] = NOW - timedelta(days=3000 if "lama" in offer.url else 40)

    walked = run_walk(walk_auto(Source(kind="auto"), backfill), site, see)
    assert {f"/b/{10000 + n}/warga-membangun-jembatan-{n}" for n in range(4)} <= set(walked.paths)


def test_an_index_by_days_is_walked_where_nothing_else_reaches_back(ask: Ask) -> None:
    link = f'<a href="/arsip/{TODAY}">Arsip</a>'
    site: Pages = {f"{HOME}/": page(card(0, ""), card(1, ""), more=link)}
    for back in range(9):
        day = (NOW - timedelta(days=back)).strftime("%d-%m-%Y")
        site[f"{HOME}/arsip/{day}"] = page(card(back * 2, "09:00"), card(back * 2 + 1, "08:00"))
    backfill = replace(ask, since=NOW - timedelta(days=6))

    def see(offer: Offer) -> None:
        backfill.dates[address_key(offer.url)] = NOW - timedelta(days=3000 if "lama" in offer.url else 1)

    walked = run_walk(walk_auto(Source(kind="auto"), backfill), site, see)
    assert {f"/b/{10000 + n}/warga-membangun-jembatan-{n}" for n in range(14)} <= set(walked.paths)


def test_an_index_that_takes_no_notice_of_the_day_is_left(ask: Ask) -> None:
    home = page(*(card(n, "") for n in range(4)), more='<form action="/"><input type=date name=tgl></form>')

    class Same(dict[str, Any]):
        def get(self, key: str, default: Any = None) -> Any:
            return home if key.partition("?")[0] == f"{HOME}/" else super().get(key, default)

    walked = run_walk(walk_auto(Source(kind="auto"), replace(ask, since=NOW - timedelta(days=90))), Same())
    assert len([url for url in walked.fetched if "tgl=" in url]) < 15


@pytest.mark.parametrize(
    ("link", "following"),
    [
        ('<a href="/hal-2">Lainnya</a>', "/hal-2"),
        ('<a href="?page=2">Kabar selanjutnya di sini</a>', "/?page=2"),
        ('<a href="/Berita?page=2">[2]</a>', "/Berita?page=2"),
        ('<a href="/kanal/desa?page=2">Desa</a>', None),
        ('<a href="/hal-7">Lainnya</a>', None),
    ],
)
def test_an_address_that_counts_pages_is_the_next_page(recipe: Recipe, link: str, following: str | None) -> None:
    found = find_next(LexborHTMLParser(link), f"{HOME}/", recipe, None, 1)
    assert found == (following and HOME + following)


def test_a_described_list_that_ends_too_early_is_completed_by_the_site(ask: Ask) -> None:
    recipe = parse_recipe(
        f'name = "K"\ndomains = ["kabar.example"]\nkind = "local"\n[[source]]\nkind = "listing"\nurl = "{HOME}/"\n',
        "kabar.example",
    )
    old = (NOW - timedelta(days=3)).strftime("%d/%m/%Y %H:%M")
    site: Pages = {f"{HOME}/": page(card(0, "1 jam lalu")), f"{HOME}/indeks": page(card(0, "1 jam lalu"), card(7, old))}
    wanted = "/b/10007/warga-membangun-jembatan-7"
    assert wanted in run_walk(walk_outlet(replace(ask, recipe=recipe, since=NOW - timedelta(days=5))), site).paths
    latest = replace(ask, recipe=recipe, offered=set(), walked=set())
    assert wanted not in run_walk(walk_outlet(latest), site).paths, "the newest are what the list is for"
