"""Lists that scripts draw from an interface, whose rows name no address."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawlers.recipe import Source
from crawlers.sources.data import infer_address
from crawlers.sources.listing import parse_listing, walk_listing
from crawlers.sources.walk import Ask, Reply
from tests.crawlers.conftest import NOW, run_walk
from tests.crawlers.sources.listing import HOME, Pages, card, page

SCRIPTS = (
    "<script>let n = 1; fetch('/api/kabar?page=' + n).then(tampil)</script>",
    "<script>axios.get(`/api/kabar?page=${n}`).then(tampil)</script>",
    '<script>$.ajax({url: "/api/kabar?page=2", success: tampil})</script>',
)


def rows(start: int, count: int) -> str:
    day = NOW.strftime("%Y-%m-%d %H:%M:%S")
    data = [
        {"id": 10000 + n, "title": f"Warga {n}", "slug": f"warga-membangun-jembatan-{n}", "created_at": day}
        for n in range(start, start + count)
    ]
    return json.dumps({"data": data, "meta": {"current_page": 1}})


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("since", [None, datetime(2000, 1, 1, tzinfo=UTC)])
def test_a_list_drawn_from_rows_is_read_by_the_addresses_of_those_that_the_page_shows(
    ask: Ask, script: str, since: datetime | None
) -> None:
    site: Pages = {f"{HOME}/api/kabar?page={n}": rows(n * 5 - 5, 5 if n < 4 else 0) for n in range(1, 5)}
    site[f"{HOME}/"] = page(card(0, ""), card(1, "")) + script
    walked = run_walk(walk_listing(Source(kind="listing", url=f"{HOME}/"), replace(ask, since=since)), site)
    found = [path for path in walked.paths if "jembatan" in path]
    assert found == [f"/b/{10000 + n}/warga-membangun-jembatan-{n}" for n in range(15)]


def test_an_interface_that_answers_with_something_else_leaves_the_usual_pages_to_be_tried(ask: Ask) -> None:
    site: Pages = {f"{HOME}/l": page(card(0, "")) + SCRIPTS[0], f"{HOME}/api/kabar?page=1": '{"data": []}'}
    site[f"{HOME}/l?page=2"] = page(card(7, ""))
    old = replace(ask, since=datetime(2000, 1, 1, tzinfo=UTC))
    walked = run_walk(walk_listing(Source(kind="listing", url=f"{HOME}/l"), old), site)
    assert "/b/10007/warga-membangun-jembatan-7" in walked.paths


def test_one_row_alone_tells_no_form_of_addresses() -> None:
    data = json.loads(rows(0, 2))
    met = [f"kabar.example/b/{10000 + n}/warga-membangun-jembatan-{n}" for n in range(2)]
    assert infer_address(data, met[:1]) is None
    assert infer_address(data, met) == "/b/{id}/{slug}"
    assert infer_address(data, [address + ".html" for address in met]) == "/b/{id}/{slug}.html"


@pytest.mark.parametrize("said", ["Baca", "Selengkapnya »", "[lengkap]"])
def test_cards_whose_heading_is_no_link(ask: Ask, said: str) -> None:
    box = (
        "<div class=c><h3>Warga membangun jembatan nomor {n}</h3><p>Sejak pagi.</p><a href=/n/4000{n}>{said}</a></div>"
    )
    cards = "".join(box.format(n=n, said=said) for n in range(4))
    listing = parse_listing(Reply(f"{HOME}/", 200, page(cards).encode()), ask)
    found = {offer.url: offer.title for offer in listing.offers}
    assert found[f"{HOME}/n/40002"] == "Warga membangun jembatan nomor 2"
