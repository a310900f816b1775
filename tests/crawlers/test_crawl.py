"""The crawl process against a small site over real HTTP: what it stores, counts, obeys and survives."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from crawlers.addresses import write_known
from crawlers.archive import check_files, read_pages
from crawlers.evidence import check_evidence, read_exchange
from crawlers.items import Evidence
from tests.crawlers.conftest import Answer, Site
from tests.crawlers.test_bodies import PACKERS

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-03-10T12:00:00+07:00"
Record = dict[str, Any]
Crawl = Callable[..., list[Record]]


def article(title: str, day: int = 9, head: str = "", place: str = "Sukamaju") -> str:
    sentences = " ".join(
        f"Warga {place} {verb} bersama-sama di balai kampung pada pagi hari itu."
        for verb in ("berkumpul", "berdoa", "bermusyawarah", "menanam padi")
    )
    return (
        f'<html lang="id"><head><title>{title} - Kabar Contoh</title>{head}'
        f'<meta property="article:published_time" content="2026-03-{day:02}T09:30:00+07:00"></head>'
        '<body><nav><a href="/">Beranda</a></nav>'
        f"<article><h1>{title}</h1><p class='tgl'>Oleh Rina Contoh, {day} Maret 2026 09:30 WIB</p>"
        f"<p>SUKAMAJU - {sentences}</p><p>{sentences}</p></article></body></html>"
    )


def address(number: int) -> str:
    return f"/berita/{1000 + number}/warga-menanam-padi-bersama-{number}"


@pytest.fixture
def crawl(site: Site, tmp_path: Path) -> Crawl:
    """Crawl the small site; keyword arguments go into the plan."""
    build_recipe(site, tmp_path)

    def run(**plan: Any) -> list[Record]:
        done = subprocess.run(  # noqa: PLW1510 - the code is looked at below
            [sys.executable, "-m", "crawlers"],
            input=json.dumps(build_plan(tmp_path, **plan)),
            capture_output=True,
            text=True,
            timeout=90,
            cwd=ROOT,
            env=environment(),
        )
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return run


def environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if "proxy" not in key.lower()}


def build_recipe(site: Site, folder: Path, more: str = "") -> None:
    (folder / "recipes").mkdir(exist_ok=True)
    (folder / "recipes/contoh.toml").write_text(
        'name = "Kabar Contoh"\ndomains = ["127.0.0.1"]\nkind = "local"\n'
        f'[[source]]\nkind = "listing"\nurl = "{site.home}/kanal"\n' + more
    )


def build_plan(folder: Path, **plan: Any) -> Record:
    return {"outlets": ["contoh"], "recipe_dirs": [str(folder / "recipes")], "delay": 0, "now": NOW, **plan}


def listing(numbers: list[int], paths: list[str] | None = None) -> str:
    links = [(address(n), f"Warga menanam padi bersama {n}") for n in numbers] + [
        (p, f"Kabar lain dari {p}") for p in paths or []
    ]
    return (
        "<html><body>" + "".join(f'<h3><a href="{path}">{title}</a></h3>' for path, title in links) + "</body></html>"
    )


def outcomes(records: list[Record]) -> dict[str, str]:
    """Reason by path; what was stored counts as well."""
    found = {
        r["url"].split("/", 3)[3]: "stored" if r["type"] == "article" else r["reason"]
        for r in records
        if r["type"] in ("article", "outcome")
    }
    assert len(found) == sum(r["type"] in ("article", "outcome") for r in records), "an address ended twice"
    return found


def test_articles_with_evidence_and_one_outcome_per_address(site: Site, crawl: Crawl, tmp_path: Path) -> None:
    site.add("/kanal", listing([1, 2, 3, 4], ["/berita/99/rapat-desa-tetangga"]))
    for n in (1, 2):
        site.add(address(n), article(f"Warga menanam padi {n}", day=n))
    site.add(address(3), gzip.compress(article("Panen dimulai").encode()), Content_Encoding="gzip")
    site.add(
        address(4),
        article("Dari tahun lalu", day=1).replace("2026-03-01", "2025-03-01").replace("1 Maret 2026", "1 Maret 2025"),
    )
    site.add(
        "/berita/99/rapat-desa-tetangga", article("Rapat desa tetangga", place="Tetangga").replace("SUKAMAJU", "JAUH")
    )
    records = crawl(since="2026-01-01T00:00:00+07:00", evidence_dir=str(tmp_path / "warc"), keywords=["Sukamaju"])
    assert outcomes(records) == {
        address(1)[1:]: "stored",
        address(2)[1:]: "stored",
        address(3)[1:]: "stored",
        address(4)[1:]: "out_of_range",
        "berita/99/rapat-desa-tetangga": "not_ours",
    }
    stored = {r["url"]: r for r in records if r["type"] == "article"}
    first = stored[site.home + address(1)]
    assert (first["title"], first["byline"], first["published_at"]) == (
        "Warga menanam padi 1",
        "Rina Contoh",
        "2026-03-01T09:30:00+07:00",
    )
    assert first["text"].startswith("SUKAMAJU - Warga Sukamaju berkumpul")
    (not_ours,) = [r for r in records if r.get("reason") == "not_ours"]
    assert (not_ours["title"], not_ours["published_at"]) == ("Rapat desa tetangga", "2026-03-09T09:30:00+07:00")
    rows = [Evidence(**{**r["evidence"], "fetched_at": None}) for r in stored.values()]
    assert not list(check_evidence(tmp_path / "warc", rows))
    assert b"Panen dimulai" in read_exchange(tmp_path / "warc", rows[-1])[1]
    assert records[-1] == {"type": "end", "counts": {"stored": 3, "out_of_range": 1, "not_ours": 1}, "stopped": False}


def test_faults_are_counted_each_under_its_name_and_cost_nothing_else(site: Site, crawl: Crawl) -> None:
    calls = Counter[str]()

    def busy() -> Answer:
        calls["busy"] += 1
        return (
            Answer(b"tunggu", 503, {"Retry-After": "1"})
            if calls["busy"] < 3
            else Answer(article("Sempat sibuk").encode())
        )

    site.add("/kanal", listing([1, 2, 3, 4, 5, 6, 7, 8, 9], ["/rahasia/1001/kabar-di-balik-pintu"]))
    site.add("/robots.txt", "User-agent: *\nDisallow: /rahasia/\n")
    site.pages[address(1)] = busy
    site.add(address(2), "x", 404)
    site.add(address(3), "Just a moment...", 403)
    site.add(address(4), gzip.compress(article("Terpotong").encode())[:-30], Content_Encoding="gzip")
    site.add(address(5), gzip.compress(bytes(9 * 1024 * 1024)), Content_Encoding="gzip")
    site.add(address(6), "", 302, Location="http://parkir.example/")
    site.add(address(7), "", 302, Location=address(7))
    site.add(address(8), article("Besok", day=28))
    site.add(address(9), article("Baik-baik saja"))
    records = crawl()
    assert [outcomes(records)[address(n)[1:]] for n in range(1, 10)] == [
        "stored",
        "gone",
        "blocked",
        "bad_content",
        "too_large",
        "redirected_away",
        "redirect_loop",
        "future_date",
        "stored",
    ]
    assert outcomes(records)["rahasia/1001/kabar-di-balik-pintu"] == "robots"
    assert site.asked("/rahasia/1001/kabar-di-balik-pintu") == 0
    times = [hit[1] for hit in site.hits if hit[0] == address(1)]
    later = min(hit[1] for hit in site.hits if hit[0] == address(2))
    assert all(b - a >= 1.0 for a, b in pairwise(times))
    assert later - times[0] >= 1.0, "while one page is waited for, the host is left alone"


@pytest.mark.parametrize(("status", "crawled"), [(404, True), (200, True), (503, False), (429, False)])
def test_robots_txt_that_cannot_be_had_closes_the_site(site: Site, crawl: Crawl, status: int, crawled: bool) -> None:
    site.add("/robots.txt", "", status)
    site.add("/kanal", listing([1]))
    site.add(address(1), article("Panen"))
    records = crawl()
    assert bool(site.asked(address(1))) is crawled
    assert site.hits[0][0] == "/robots.txt"
    if not crawled:
        assert {hit[0] for hit in site.hits} == {"/robots.txt"}
        assert [r["reason"] for r in records if r["type"] == "outcome"] == ["robots"]
        assert "robots" in [r["kind"] for r in records if r["type"] == "finding"]


def test_delay_and_crawl_delay_are_kept_one_request_at_a_time(site: Site, crawl: Crawl) -> None:
    site.add("/robots.txt", "User-agent: Pantau\nCrawl-delay: 0.6\n")
    site.add("/kanal", listing([1, 2, 3]))
    for n in (1, 2, 3):
        site.add(address(n), article(f"Panen {n}"))
    crawl(delay=0.1)
    gaps = [b[1] - a[1] for a, b in pairwise(site.hits)]
    assert len(gaps) >= 4
    assert min(gaps[1:]) >= 0.6
    assert {hit[2]["user-agent"].partition("/")[0] for hit in site.hits} == {"Pantau"}


def test_pages_for_the_slow_extractor_keep_their_order_and_the_limit(site: Site, crawl: Crawl) -> None:
    sentences = "The council met on the old bridge and spoke of the rain that fell upon the town this week. " * 3
    site.add("/kanal", listing([1, 2, 3, 4, 5, 6]))
    for n in range(1, 7):
        page = article(f"The council meets again {n}").replace('lang="id"', 'lang="en"')
        foreign = "".join(f"<p>{n}. {sentences} Part {part}.</p>" for part in range(6))
        site.add(address(n), page.partition("<p>SUKAMAJU")[0] + foreign + "</article></body></html>")
    records = crawl(limit=3)
    stored = [r for r in records if r["type"] == "article"]
    assert [r["url"] for r in stored] == [site.home + address(n) for n in (1, 2, 3)]
    assert {r["extractor"] for r in stored} == {"trafilatura"}
    assert Counter(outcomes(records).values()) == {"stored": 3, "over_limit": 3}
    assert sum(site.asked(address(n)) for n in (4, 5, 6)) <= 1, "no page is asked for while one is being read"
    assert records[-1]["type"] == "end"


def test_an_outlet_that_blocks_is_given_up_and_named(site: Site, crawl: Crawl) -> None:
    site.add("/kanal", listing(list(range(1, 21))))
    for n in range(1, 21):
        site.add(address(n), "Just a moment...", 403)
    records = crawl()
    counts = Counter(outcomes(records).values())
    assert 5 <= counts["blocked"] <= 6, "one more may be under way"
    assert counts["blocked"] + counts["over_limit"] == 20
    (finding,) = [r for r in records if r["type"] == "finding"]
    assert (finding["kind"], finding["outlet"]) == ("blocked", "contoh")


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


def test_amp_views_paged_articles_and_stated_addresses_are_one_article(
    site: Site, crawl: Crawl, tmp_path: Path
) -> None:
    site.add("/kanal", listing([1, 2], ["/amp/berita/1001/warga-menanam-padi-bersama-1"]))
    amp = '<link rel="canonical" href="' + site.home + address(1) + '">'
    site.add("/amp/berita/1001/warga-menanam-padi-bersama-1", article("Panen", head=amp))
    site.add(address(1), article("Panen"))
    second = f"{address(2)}?page=2"
    pager = f'<div class="paging"><a href="{second}">2</a> <a href="{second}">Selanjutnya</a></div></article>'
    site.add(address(2), article("Panjang").replace("</article>", pager))
    tail = "Pada halaman kedua dikabarkan bahwa hasil panen dibagi rata kepada seluruh warga kampung itu."
    site.add(f"{address(2)}?page=2", article("Panjang").replace("</article>", f"<p>{tail}</p></article>"))
    records = crawl(evidence_dir=str(tmp_path / "warc"))
    stored = {r["url"]: r for r in records if r["type"] == "article"}
    assert set(stored) == {site.home + address(1), site.home + address(2)}
    assert stored[site.home + address(2)]["text"].count(tail) == 1
    assert stored[site.home + address(2)]["text"].count("SUKAMAJU -") == 1
    assert outcomes(records)["amp/berita/1001/warga-menanam-padi-bersama-1"] == "known"
    first = Evidence(**{**stored[site.home + address(2)]["evidence"], "fetched_at": None})
    pages = read_pages(tmp_path / "warc", first)
    assert [page.url.removeprefix(site.home) for page in pages] == [address(2), second]
    file = tmp_path / "warc" / first.warc
    file.write_bytes(file.read_bytes()[: pages[1].offset])  # a clean cut before the second page
    assert "page 2 of 2" in next(check_files(tmp_path / "warc"))[2]


def test_revisits_tell_unchanged_from_changed_and_withdrawn(site: Site, crawl: Crawl) -> None:
    from crawlers.verdict import text_hash

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


def test_a_silent_outlet_is_a_finding_and_a_moved_source_falls_back(site: Site, crawl: Crawl) -> None:
    site.add("/kanal", "<html><body>Sedang diperbaiki</body></html>")
    assert [r["kind"] for r in crawl() if r["type"] == "finding"] == ["silent"]


def test_sigterm_ends_within_seconds_and_hands_on_what_there_is(site: Site, crawl: Crawl, tmp_path: Path) -> None:
    def slow() -> Answer:
        time.sleep(15)
        return Answer(b"")

    site.add("/kanal", listing([1, 2, 3]))
    site.add(address(1), article("Panen"))
    site.pages[address(2)] = slow
    child = subprocess.Popen(
        [sys.executable, "-m", "crawlers"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=environment(),
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(json.dumps(build_plan(tmp_path)).encode())
    child.stdin.close()
    wait_for(lambda: site.asked(address(2)) > 0)
    child.send_signal(signal.SIGTERM)
    asked = time.monotonic()
    records = [json.loads(line) for line in child.stdout]
    child.stdout.close()
    assert child.wait(timeout=10) == 0
    assert time.monotonic() - asked < 5
    assert outcomes(records) == {address(1)[1:]: "stored", address(2)[1:]: "over_limit", address(3)[1:]: "over_limit"}
    assert records[-1]["stopped"] is True


def test_it_ends_when_nobody_reads_any_more(site: Site, crawl: Crawl, tmp_path: Path) -> None:
    def slow() -> Answer:
        time.sleep(15)
        return Answer(b"")

    site.pages["/kanal"] = slow
    child = subprocess.Popen(
        [sys.executable, "-m", "crawlers"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=environment(),
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(json.dumps(build_plan(tmp_path)).encode())
    child.stdin.close()
    wait_for(lambda: site.asked("/kanal") > 0)
    child.stdout.close()
    assert child.wait(timeout=8) == 1


def wait_for(happened: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ('{"outlets": ["contoh.exampl"]}', "no outlet 'contoh.exampl'"),
        ('{"outlets": ["x"], "recipe_dirs": ["/nirgends"]}', "no such folder of recipes"),
        ("{}", "plan: outlets"),
    ],
)
def test_a_plan_that_cannot_be_used_ends_with_one_line(plan: str, said: str) -> None:
    done = subprocess.run(  # noqa: PLW1510 - the code is looked at below
        [sys.executable, "-m", "crawlers"],
        input=plan,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        env=environment(),
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_plain_scrapy_knows_the_outlets_and_exports_articles(site: Site, tmp_path: Path) -> None:
    build_recipe(site, tmp_path)
    site.add("/kanal", listing([1, 2]))
    for n in (1, 2):
        site.add(address(n), article(f"Panen {n}"))
    setting = ["-s", f"PANTAU_RECIPE_DIRS={tmp_path / 'recipes'}"]
    scrapy = [sys.executable, "-m", "scrapy"]
    listed = subprocess.run(
        [*scrapy, "list", *setting], capture_output=True, text=True, cwd=ROOT, env=environment(), timeout=60, check=True
    )
    assert "contoh" in listed.stdout.splitlines()
    out = tmp_path / "out.jsonl"
    subprocess.run(
        [*scrapy, "crawl", "contoh", "-O", str(out), "-a", "since=2026-01-01", "-a", "delay=0", *setting],
        capture_output=True,
        cwd=ROOT,
        env=environment(),
        timeout=60,
        check=True,
    )
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    assert {row["title"] for row in rows} == {"Panen 1", "Panen 2"}


@pytest.mark.parametrize("coding", ["br", "zstd"])
def test_pages_packed_in_a_way_nobody_asked_for_are_read_and_proven(
    site: Site, crawl: Crawl, tmp_path: Path, coding: str
) -> None:
    pack = PACKERS[coding]
    site.add("/kanal", pack(listing([1, 2, 3, 4]).encode()), Content_Encoding=coding)
    site.add(address(1), pack(article("Panen raya").encode()), Content_Encoding=coding)
    site.add(address(2), pack(article("Panen kedua").encode())[:-9], Content_Encoding=coding)
    site.add(address(3), article("Panen ketiga"), Content_Encoding="compress")
    site.add(address(4), article("Panen keempat"), Content_Encoding="identity")
    records = crawl(evidence_dir=str(tmp_path / "bukti"))
    assert outcomes(records) == {
        address(1)[1:]: "stored", address(2)[1:]: "bad_content", address(3)[1:]: "bad_content",
        address(4)[1:]: "stored",
    }  # fmt: skip
    kept = [Evidence(**row["evidence"]) for row in records if row["type"] == "article"]
    assert [*check_evidence(tmp_path / "bukti", kept), *check_files(tmp_path / "bukti")] == []
    assert {hit[2]["accept-encoding"] for hit in site.hits} == {"gzip, deflate"}


def test_what_stalls_is_waited_for_as_long_as_asked_and_costs_the_rest_nothing(
    site: Site, crawl: Crawl, tmp_path: Path
) -> None:
    def wait() -> Answer:
        time.sleep(2.5)
        return Answer(article("Panen lambat").encode())

    site.add("/kanal", listing([1, 2, 3, 4, 5, 6]))
    for n in (1, 2, 3, 4, 5, 6):
        site.add(address(n), article(f"Panen {n}"))
    site.pages[address(2)] = wait
    records = crawl(timeout=1.5)
    assert outcomes(records) == {address(n)[1:]: "timeout" if n == 2 else "stored" for n in range(1, 7)}
    assert [r["left"] for r in records if r["type"] == "outcome"] == [True]
    for n in range(1, 7):
        site.pages[address(n)] = wait
    started = time.monotonic()
    counts = Counter(outcomes(crawl(timeout=1.5)).values())
    assert counts == {"timeout": 2, "over_limit": 4}, "one tried twice, one once"
    assert time.monotonic() - started < 25
    build_recipe(site, tmp_path, "[crawl]\ntimeout = 4\n")
    site.add("/kanal", listing([3]))
    assert outcomes(crawl(timeout=1.5)) == {address(3)[1:]: "stored"}, "its recipe grants it more"


def test_a_site_that_finds_requests_too_many_is_asked_less_often(site: Site, crawl: Crawl) -> None:
    site.add("/kanal", listing([1, 2, 3, 4]))
    for n in (1, 2, 3, 4):
        site.add(address(n), article(f"Panen {n}"))

    def answer() -> Answer:
        since = site.hits[-1][1] - site.hits[-2][1]
        if since < 0.9:
            return Answer(b"", 429, {"Retry-After": "1"})
        return Answer(article("Panen 2").encode())

    site.pages[address(2)] = answer
    assert set(outcomes(crawl()).values()) == {"stored"}
    asked = [hit[1] for hit in site.hits if hit[0].startswith("/berita/")]
    assert min(b - a for a, b in pairwise(asked[1:])) > 0.95, "since the first 429 it is left a second"
