"""What a crawl meets and cannot read - the bound on requests, a limit, a fault, a kill - the next one goes on with."""

from __future__ import annotations

import json
import sqlite3
import threading
import zlib
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from db.addresses import LEFT_TRIES, find_left, known_addresses
from db.connection import open_store
from db.findings import find_findings
from db.queries.articles import count_articles
from db.runs import save_outcomes, start_run
from monitor.config import load_config
from monitor.gather import Wish, run_gathering
from monitor.jobs import recorded
from monitor.office import load_office, open_office_store
from tests.crawlers.conftest import Answer, Site, site

Pantau = Callable[..., Any]
__all__ = ["site"]  # a fixture
BOUND = 8
NOW = datetime(2026, 3, 10, 5, tzinfo=UTC)
pytestmark = pytest.mark.slow


@pytest.fixture
def outlet(site: Site, pantau: Pantau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Give a maker of the outlet's feed, by the numbers of its articles, newest first."""
    (tmp_path / "recipes").mkdir()
    (tmp_path / "recipes/contoh.toml").write_text(
        'name = "Kabar Contoh"\ndomains = ["127.0.0.1"]\nkind = "local"\n'
        f'[crawl]\nmax_requests = {BOUND}\n[[source]]\nkind = "feed"\nurl = "{site.home}/feed"\n'
    )
    (tmp_path / "config.toml").write_text(f"recipes = [{json.dumps(str(tmp_path / 'recipes'))}]\n")
    monkeypatch.setenv("PANTAU_NOW", "2026-03-10T12:00:00+07:00")
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)

    def publish(*pages: range) -> None:
        for number, numbers in enumerate(pages, 1):
            items = "".join(f"<item><title>Panen {n}</title><link>{path(n)}</link></item>" for n in reversed(numbers))
            feed = (
                f'<rss version="2.0"><channel><generator>https://wordpress.org/?v=6</generator>{items}</channel></rss>'
            )
            site.add("/feed" if number == 1 else f"/feed?paged={number}", feed, ETag=f'"{pages}"')
            for n in numbers:
                site.pages.setdefault(path(n), page(n))

    return publish


def path(number: int) -> str:
    return f"/berita/{1000 + number}/panen-raya-di-lembah-suri-{number}"


def page(number: int) -> Any:
    text = "Warga Selasih berkumpul bersama di balai kampung pada pagi hari itu untuk memanen padi. " * 6
    return Answer(
        f'<head><meta property="article:published_time" content="2026-03-09T09:{number:02}:00+07:00"></head><body>'
        f"<article><h1>Panen raya {number} di Lembah Suri</h1><p>{text}</p></article></body></html>".encode()
    )


def crawl(pantau: Pantau, *more: object) -> tuple[int, dict[str, int], dict[str, str]]:
    """Crawl once; return exit code, outcomes, and the open findings by kind."""
    answer = pantau("crawl", "--outlet", "contoh", "--delay", 0, *more)
    assert answer.code in (0, 1), answer.err
    (latest, *_) = json.loads(pantau("runs", "--json").out)
    rows = json.loads(pantau("outlets", "check", "--stored", "--json", "--outlet", "contoh").out)
    return (
        answer.code,
        latest["outcomes"],
        {row["finding"]: row["detail"] for row in rows if row["status"] == "finding"},
    )


def stored(folder: Path) -> set[int]:
    with closing(sqlite3.connect(folder / "data/pantau.db")) as store, store:
        numbers = [int(url.rsplit("-", 1)[1]) for (url,) in store.execute("SELECT url FROM articles")]
    assert len(numbers) == len(set(numbers)), "an article twice"
    return set(numbers)


def test_the_bound_on_requests_is_told_and_the_next_runs_go_on(
    site: Site, outlet: Any, pantau: Pantau, tmp_path: Path
) -> None:
    outlet(range(7, 13), range(1, 7))
    code, outcomes, findings = crawl(pantau)
    assert (code, outcomes) == (1, {"stored": 6, "over_limit": 6})  # and two requests for the feed's pages
    assert f"the bound of {BOUND} requests per run" in findings["over_limit"]
    assert "6 articles and the rest of 1 of its lists were left" in findings["over_limit"]

    outlet(range(13, 16), range(7, 13))  # what was left is listed no more
    code, outcomes, findings = crawl(pantau)
    assert (code, outcomes["stored"]) == (1, 5)
    assert stored(tmp_path) == {1, 2, *range(7, 16)}
    assert "4 articles" in findings["over_limit"]
    assert crawl(pantau) == (0, {"known": 3, "stored": 4}, {})
    assert stored(tmp_path) == set(range(1, 16))

    site.hits.clear()
    crawl(pantau)
    assert [hit[0] for hit in site.hits] == ["/robots.txt", "/feed"], "all is done: the feed's first page, and no more"
    assert site.hits[1][2]["if-none-match"]


def test_what_a_killed_crawl_did_not_reach_is_read_by_the_next(
    site: Site, outlet: Any, pantau: Pantau, tmp_path: Path
) -> None:
    outlet(range(4, 7), range(1, 4))
    crawl(pantau)
    outlet(range(10, 13), range(7, 10), range(1, 7))
    # as a kill amid the first page leaves it
    with closing(sqlite3.connect(tmp_path / "data/pantau.db")) as store, store:
        assert store.execute("UPDATE source_states SET watermark = 'open', etag = NULL").rowcount
    for n in range(10, 13):
        pantau("clip", site.home + path(n), "--delay", 0)
    crawl(pantau)
    assert stored(tmp_path) == set(range(1, 13))
    assert crawl(pantau) == (0, {}, {})


def test_articles_that_come_broken_are_asked_for_again(site: Site, outlet: Any, pantau: Pantau) -> None:
    outlet(range(1, 4))
    whole = page(2)
    site.add(path(2), whole.body[:200], Content_Encoding="gzip")  # no gzip at all
    assert crawl(pantau)[1] == {"stored": 2, "bad_content": 1}
    outlet(range(4, 6))
    assert crawl(pantau)[1] == {"stored": 2, "bad_content": 1}
    site.pages[path(2)] = whole
    assert crawl(pantau) == (0, {"known": 2, "stored": 1}, {})


def test_an_outlet_that_asks_to_be_left_alone_for_hours_is_by_later_crawls_too(
    site: Site, outlet: Any, pantau: Pantau, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlet(range(1, 5))
    site.add(path(3), "", 429, Retry_After="7200")
    code, outcomes, findings = crawl(pantau)
    assert (code, outcomes) == (1, {"stored": 1, "rate_limited": 1, "over_limit": 2})
    assert findings == {"rate_limited": "given up for this run: 429: asks to be left alone for 7200 s"}
    site.pages[path(3)] = page(3)
    asked = len(site.hits)
    monkeypatch.setenv("PANTAU_NOW", "2026-03-10T13:55:00+07:00")
    code, _, findings = crawl(pantau)
    assert (code, len(site.hits)) == (1, asked)
    told = "given up for this run: it asked to be left alone until 2026-03-10 07:00 UTC"
    assert findings == {"rate_limited": told}
    monkeypatch.setenv("PANTAU_NOW", "2026-03-10T14:01:00+07:00")
    code, outcomes, findings = crawl(pantau)
    assert (code, outcomes["stored"], findings) == (0, 3, {})


def test_what_an_outlet_breaks_for_some_hours_is_read_once_it_is_mended(
    site: Site, outlet: Any, pantau: Pantau, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gather(clock: str) -> tuple[list[str], int]:
        """Gather as the service does, on a rhythm; return the open findings and how many articles there are."""
        monkeypatch.setenv("PANTAU_NOW", f"2026-03-10T{clock}:00+07:00")
        office = load_office(load_config())
        with closing(open_office_store(office)) as store, recorded(store, "refresh") as run:
            run_gathering(store, office, Wish(("contoh",), delay=0), run.id, threading.Event())
            return [row["kind"] for row in find_findings(store)], count_articles(store)

    outlet(range(1, 6))
    for n in range(1, 6):
        site.add(path(n), page(n).body.split(b"<p>")[0])
    assert gather("12:00") == (["layout"], 0)
    assert gather("12:30") == (["layout"], 0), "no page was read: nothing says that it is mended"
    assert [site.asked(path(n)) for n in range(1, 6)] == [1] * 5, "what was empty just now is let be"
    for n in range(1, 6):
        site.pages[path(n)] = page(n)
    outlet(range(7, 8))  # which lists them no more
    assert gather("13:30") == ([], 6)


def test_an_outlet_that_fails_for_another_cause_has_failed_since_the_first(
    site: Site, outlet: Any, pantau: Pantau, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(clock: str) -> tuple[int, str, str, str]:
        monkeypatch.setenv("PANTAU_NOW", f"2026-03-10T{clock}:00+07:00")
        code, _, _ = crawl(pantau)
        (row,) = json.loads(pantau("outlets", "check", "--stored", "--json", "--outlet", "contoh").out)
        return code, row["status"], row["finding"], row["since"][:16]

    outlet(range(1, 3))
    feed, rules = site.pages["/feed"], site.pages["/robots.txt"]
    site.add("/feed", "Just a moment...", 403)
    assert check("12:00") == (1, "finding", "blocked", "2026-03-10T05:00")
    site.add("/robots.txt", "", 503)
    assert check("12:30") == (1, "finding", "blocked", "2026-03-10T05:00"), "it was not had since then"
    assert "robots.txt answers 503" in pantau("outlets", "list", "--json").out
    site.pages |= {"/feed": feed, "/robots.txt": rules}
    assert check("13:00")[:2] == (0, "fixed")


@pytest.mark.parametrize("fault", ["too_large", "redirected_away", "gone", "no_body"])
def test_an_article_that_ended_as_if_for_good_is_read_by_the_next_crawl_once_its_outlet_is_mended(
    site: Site, outlet: Any, pantau: Pantau, fault: str
) -> None:
    outlet(range(1, 4))
    bomb = zlib.compressobj(9, wbits=31)
    packed = b"".join([*(bomb.compress(bytes(1 << 20)) for _ in range(9)), bomb.flush()])
    site.pages[path(2)] = {
        "too_large": Answer(packed, headers={"Content-Encoding": "gzip"}),
        "redirected_away": Answer(status=302, headers={"Location": "http://parkir.example/"}),
        "gone": Answer(status=404),
        "no_body": Answer(page(2).body.split(b"<p>")[0]),
    }[fault]
    assert crawl(pantau)[1] == {"stored": 2, fault: 1}
    site.pages[path(2)] = page(2)
    assert crawl(pantau)[1]["stored"] == 1, "its feed says that nothing has changed"


def test_what_a_clock_behind_takes_for_news_of_tomorrow_is_read_once_it_is_right(
    site: Site, outlet: Any, pantau: Pantau, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlet(range(1, 4))
    monkeypatch.setenv("PANTAU_NOW", "2026-02-10T12:00:00+07:00")
    for _ in range(LEFT_TRIES + 1):
        assert crawl(pantau)[1].get("future_date", 3) == 3
    outlet(range(4, 6))  # which lists them no more
    monkeypatch.setenv("PANTAU_NOW", "2026-03-10T12:00:00+07:00")
    assert crawl(pantau) == (0, {"stored": 5}, {})


def test_an_article_that_never_comes_is_given_up(tmp_path: Path) -> None:
    with open_store(tmp_path / "pantau.db") as store:
        run = start_run(store, "crawl", 1)
        row = {"url": "https://warta.example/1/panen", "outlet": "warta.example", "reason": "over_limit", "left": True}
        for _ in range(9):
            save_outcomes(store, run, [row])
        for _ in range(LEFT_TRIES):
            assert find_left(store, ["warta.example"], NOW) == {"warta.example": [row["url"]]}
            save_outcomes(store, run, [{**row, "reason": "timeout"}])
        assert find_left(store, ["warta.example"], NOW) == {}
        assert list(known_addresses(store)) == [], "a source that lists it has it tried"
        save_outcomes(store, run, [{**row, "reason": "not_ours", "left": False, "title": "Panen"}])
        assert list(known_addresses(store)) == [row["url"]]


def test_what_a_limit_leaves_is_read_by_the_next_crawl(outlet: Any, pantau: Pantau) -> None:
    outlet(range(1, 6))
    assert crawl(pantau, "--limit", 2) == (0, {"stored": 2, "over_limit": 3}, {})
    outlet(range(6, 7))
    assert crawl(pantau) == (0, {"stored": 4}, {})


def test_a_backfill_that_meets_the_bound_says_so_until_it_was_done(outlet: Any, pantau: Pantau, tmp_path: Path) -> None:
    outlet(range(7, 13), range(1, 7))
    since = ("--since", "2026-03-01")
    code, _, findings = crawl(pantau, *since)
    assert (code, list(findings)) == (1, ["backfill"])
    assert "the same --since again" in findings["backfill"]
    while "over_limit" in crawl(pantau)[1]:
        pass
    assert list(crawl(pantau)[2]) == ["backfill"], "no ordinary crawl walks back"
    assert crawl(pantau, *since)[::2] == (0, {})
    assert stored(tmp_path) == set(range(1, 13))
