"""What a crawl makes of an earlier one: what is known, unchanged, left over, cut off or to be read again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from crawlers.addresses import write_known
from crawlers.verdict import text_hash
from tests.crawlers.conftest import Site
from tests.crawlers.crawl.conftest import Crawl, address, article, build_recipe, listing, outcomes


def test_a_second_crawl_fetches_nothing_twice_and_asks_only_for_changes(
    site: Site, crawl: Crawl, tmp_path: Path
) -> None:
    site.add("/kanal", listing([1, 2]), ETag='"satu"')
    for n in (1, 2):
        site.add(address(n), article(f"Panen {n}"))
    first = crawl()
    states = [r for r in first if r["type"] == "source"]
    write_known(tmp_path / "known", [r["url"] for r in first if r["type"] == "article"])
    site.hits.clear()
    site.add("/kanal", "", 304)
    again = crawl(known=str(tmp_path / "known"), states=states)
    assert [hit[0] for hit in site.hits] == ["/robots.txt", "/kanal"]
    assert site.hits[1][2]["if-none-match"] == '"satu"'
    assert not [r for r in again if r["type"] in ("article", "outcome", "finding")]
    site.add("/kanal", listing([1, 2, 3]))
    site.add(address(3), article("Panen 3"))
    assert Counter(outcomes(crawl(known=str(tmp_path / "known"), states=states)).values()) == {"known": 2, "stored": 1}


def test_work_left_over_keeps_the_source_from_being_taken_for_unchanged(site: Site, crawl: Crawl) -> None:
    site.add("/kanal", listing([1, 2, 3]), ETag='"satu"')
    for n in (1, 2, 3):
        site.add(address(n), article(f"Panen {n}"))
    records = crawl(limit=2)
    assert Counter(outcomes(records).values()) == {"stored": 2, "over_limit": 1}
    (state,) = [r for r in records if r["type"] == "source"]
    assert (state["etag"], state["body_hash"], state["seen"], state["new"]) == (None, None, 3, 3)


def test_what_was_found_by_a_keyword_and_left_is_read_though_its_title_names_none(
    site: Site, crawl: Crawl, tmp_path: Path
) -> None:
    build_recipe(site, tmp_path)
    recipe = tmp_path / "recipes/contoh.toml"
    recipe.write_text('scope = "keyword"\n' + recipe.read_text())
    site.add("/kanal", listing([1, 2]))
    for n in (1, 2):
        site.add(address(n), article(f"Panen {n}"))
    left = {"contoh": [site.home + address(1)]}
    records = crawl(keywords=["Sukamaju"], left=left)
    assert outcomes(records) == {address(1)[1:]: "stored", address(2)[1:]: "not_ours"}


def test_a_list_that_came_broken_is_asked_for_in_full_though_it_bears_the_same_mark(
    site: Site, crawl: Crawl, tmp_path: Path
) -> None:
    recipe = tmp_path / "recipes/contoh.toml"
    recipe.write_text(recipe.read_text().replace('"listing"', '"feed"'))
    items = f"<item><title>Panen</title><link>{site.home}{address(1)}</link></item>"
    feed = f'<rss version="2.0"><channel>{items}</channel></rss>'
    site.add("/kanal", f'<!DOCTYPE rss [<!ENTITY e "siak">]>{feed}', ETag='"satu"')
    states = [record for record in crawl() if record["type"] == "source"]
    site.hits.clear()
    site.add("/kanal", feed, ETag='"satu"')
    crawl(states=states)
    assert [hit[2].get("if-none-match") for hit in site.hits if hit[0] == "/kanal"] == [None]


def test_a_walk_that_was_stopped_is_taken_up_from_its_beginning(site: Site, crawl: Crawl, tmp_path: Path) -> None:
    more = f'[[source]]\nkind = "listing"\nurl = "{site.home}/lain"\n'
    build_recipe(site, tmp_path, more)
    site.add("/kanal", listing([1, 2]), ETag='"satu"')
    site.add("/lain", listing([3, 4]))
    for n in (1, 2, 3, 4):
        site.add(address(n), article(f"Panen {n}"))
    first = crawl(max_requests=3)
    assert Counter(outcomes(first).values()) == {"stored": 2, "over_limit": 1}, "its second list was not asked"
    states = [r for r in first if r["type"] == "source"]
    assert {state["watermark"] for state in states} == {"cut"}
    write_known(tmp_path / "known", [r["url"] for r in first if r["type"] == "article"])
    again = crawl(known=str(tmp_path / "known"), states=states)
    assert Counter(outcomes(again).values()) == {"known": 2, "stored": 2}
    assert {r["watermark"] for r in again if r["type"] == "source"} == {None}


def test_a_first_walk_through_a_site_that_shows_one_page_for_all_is_no_walk(
    site: Site, crawl: Crawl, tmp_path: Path
) -> None:
    build_recipe(site, tmp_path)
    recipe = tmp_path / "recipes/contoh.toml"
    recipe.write_text(recipe.read_text().replace("/kanal", "/kanal?page={page}"))
    lost = f"<html><title>Halaman tidak ditemukan</title><h1>Halaman tidak ditemukan</h1>{listing([1])}</html>"
    for path in ("/kanal?page=1", "/kanal?page=2", *map(address, range(1, 7))):
        site.add(path, lost)
    first = crawl()
    assert set(outcomes(first).values()) == {"soft_404"}
    states = [r for r in first if r["type"] == "source"]
    assert {state["watermark"] for state in states} == {"cut"}
    for number, numbers in enumerate(([1, 2], [3, 4], [5, 6]), 1):
        site.add(f"/kanal?page={number}", listing(numbers))
    for n in range(1, 7):
        site.add(address(n), article(f"Panen {n}"))
    write_known(tmp_path / "known", [site.home + address(n) for n in (3, 4)])  # from elsewhere: a feed, say
    again = crawl(known=str(tmp_path / "known"), states=states)
    assert Counter(outcomes(again).values()) == {"known": 2, "stored": 4}


def test_what_lies_beyond_a_crawl_up_to_a_day_is_read_by_the_next(site: Site, crawl: Crawl, tmp_path: Path) -> None:
    site.add("/kanal", listing([1, 2]), ETag='"satu"')
    for n, day in ((1, 5), (2, 9)):
        site.add(address(n), article(f"Panen {n}", day))
    first = crawl(until="2026-03-06T23:59:59+07:00")
    assert Counter(outcomes(first).values()) == {"stored": 1, "out_of_range": 1}
    states = [r for r in first if r["type"] == "source"]
    write_known(tmp_path / "known", [r["url"] for r in first if r["type"] == "article"])
    again = crawl(known=str(tmp_path / "known"), states=states)
    assert Counter(outcomes(again).values()) == {"known": 1, "stored": 1}


def test_revisits_tell_unchanged_from_changed_and_withdrawn(site: Site, crawl: Crawl) -> None:
    site.add("/kanal", listing([1, 2, 3]))
    for n in (1, 2, 3):
        site.add(address(n), article(f"Panen {n}"))
    rows = [r for r in crawl() if r["type"] == "article"]
    revisit = [{"url": r["url"], "outlet": "contoh", "text_hash": text_hash(r["title"], r["text"])} for r in rows]
    site.add("/kanal", "<html></html>")
    site.add(address(2), article("Panen 2, diperbarui"))
    site.add(address(3), "", 410)
    records = crawl(revisit=revisit)
    assert [outcomes(records)[address(n)[1:]] for n in (1, 2, 3)] == ["unchanged", "stored", "gone"]
