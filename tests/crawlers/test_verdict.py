"""Under which address a read page is stored."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawlers.extract.page import Extraction
from crawlers.extract.paging import find_next_page
from crawlers.recipe import parse_recipe
from crawlers.verdict import Fetched, article_address
from tests.crawlers.conftest import RECIPE

OFFERED = "https://kabar.example/baca/12/panen-raya"


@pytest.mark.parametrize("stated", [None, OFFERED])
def test_the_query_that_shows_all_pages_is_not_the_articles_name(stated: str | None) -> None:
    recipe = parse_recipe(RECIPE + '[crawl]\nall_pages = "page=all"', "kabar.example")
    found = Extraction("Panen Raya", "Warga panen.", None, canonical_url=stated)
    assert article_address(found, Fetched(OFFERED, OFFERED + "?page=all"), recipe) == OFFERED


@pytest.mark.parametrize(
    ("asked", "links", "expected"),
    [
        ("", ["?page=2", "?page=all"], (f"{OFFERED}?page=all", True)),
        ("", ["?page=2"], (f"{OFFERED}?page=2", False)),
        ("?page=all", ["?page=2", "?page=all"], (None, False)),
        ("?single=1", ["?page=2", "?page=all"], (f"{OFFERED}?page=all", True)),  # asked in another site's way
        ("?single=1", ["?page=2"], (None, False)),
    ],
)
def test_the_page_that_shows_all(asked: str, links: list[str], expected: tuple[str | None, bool]) -> None:
    tree = LexborHTMLParser("".join(f'<a href="{OFFERED}{link}">x</a>' for link in links))
    assert find_next_page(tree, OFFERED + asked) == expected


@pytest.mark.parametrize(
    "way",
    [
        f'<head><link rel="next" href="{OFFERED}?page=2"></head><p>x</p>',
        '<select><option value="?page=1">1</option><option value="?page=2">2</option></select>',
    ],
)
def test_the_next_page_that_no_link_leads_to(way: str) -> None:
    assert find_next_page(LexborHTMLParser(way), OFFERED) == (f"{OFFERED}?page=2", False)
    assert find_next_page(LexborHTMLParser(way), OFFERED.replace("panen", "lain")) != (f"{OFFERED}?page=2", False)
