"""What a crawl stores and counts: one outcome for each address, faults under their names, evidence of what was kept."""

from __future__ import annotations

import gzip
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from crawlers.archive import check_files, read_pages
from crawlers.evidence import check_evidence, read_exchange
from crawlers.items import Evidence
from tests.crawlers.conftest import Answer, Site
from tests.crawlers.crawl.conftest import Crawl, address, article, listing, outcomes
from tests.crawlers.test_bodies import PACKERS


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


def test_half_a_character_in_linked_data_costs_no_article(site: Site, crawl: Crawl, tmp_path: Path) -> None:
    site.add("/kanal", listing([1, 2]))
    told = '{"@type": "NewsArticle", "headline": "Panen \\ud83d", "author": {"name": "Rina \\ud83d Contoh"}}'
    page = article("Panen", head=f'<script type="application/ld+json">{told}</script>')
    site.add(address(1), page.replace("Oleh Rina Contoh, ", "").replace("<h1>Panen</h1>", ""))
    site.add(address(2), article("Panen lagi"))
    records = crawl(evidence_dir=str(tmp_path / "warc"))
    assert outcomes(records) == {address(1)[1:]: "stored", address(2)[1:]: "stored"}
    (first,) = [r for r in records if r["type"] == "article" and r["url"].endswith(address(1))]
    assert first["byline"] == "Rina ? Contoh"


def test_a_source_that_leads_away_is_booked_under_its_own_address(site: Site, crawl: Crawl) -> None:
    for path, leads_to in (("/kanal", "https://parkir.example/"), ("/", "https://parkir.example/")):
        site.add(path, "", 302, Location=leads_to)
    records = crawl()
    assert outcomes(records)["kanal"] == "redirected_away"
    (finding,) = [r for r in records if r["type"] == "finding"]
    assert finding["kind"] == "redirected_away"
    advice = "which is not the outlet's; if it is, add it to the recipe's domains"
    assert finding["detail"] == f"{site.home}/kanal: leads to https://parkir.example/, {advice}"
