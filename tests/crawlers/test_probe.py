"""A site nobody described: what the probe finds of it, and the drafts made from that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawlers.draft import build_skeleton, find_name, propose_pattern, render_recipe
from crawlers.examples import check_example
from crawlers.extract.page import Page, extract_page
from crawlers.probe import find_site_name, find_system, walk_probe
from crawlers.recipe import parse_recipe
from crawlers.sources.walk import Ask, Reply
from tests.crawlers.conftest import NOW, run_walk

HOME = "https://kabar.example/"
TEXT = "<p>Warga kampung menanam seribu pohon di tepi sungai yang tebingnya runtuh sejak musim hujan.</p>" * 3
ARTICLE = f"""<html lang="id"><head><title>Warga Tanam Seribu Pohon</title><script>lacak("rahasia")</script>
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Warga Tanam Seribu Pohon",
"datePublished":"2026-03-09T08:00:00+07:00"}}</script></head><body><h1>Warga Tanam Seribu Pohon</h1>
<div class="meta">Penulis: Rina Samudra | Senin, 9 Maret 2026 08:00 WIB</div>
<div class="isi">{TEXT}</div></body></html>"""
FEED = """<rss><channel><item><title>Warga Tanam Seribu Pohon</title>
<link>https://kabar.example/2026/03/09/warga-tanam-seribu-pohon/</link>
<pubDate>Mon, 09 Mar 2026 01:00:00 +0000</pubDate></item></channel></rss>"""
STORY = f"{HOME}2026/03/09/warga-tanam-seribu-pohon/"
POSTS = [{"link": STORY, "date_gmt": "2026-03-09T01:00:00", "content": {"rendered": TEXT}}]
LINKS = "".join(
    f'<a href="/2026/03/0{n}/warga-tanam-pohon-{n}/">Warga Tanam Pohon Hari Ini {n}</a>' for n in range(1, 6)
)
GENERATOR = '<meta name="generator" content="WordPress 6.5"><link rel="https://api.w.org/" href="/wp-json/">'
SITE: dict[str, str | bytes | Reply] = {
    HOME: f"<html>{GENERATOR}{LINKS}</html>",
    f"{HOME}wp-json/wp/v2/posts?per_page=5&_fields=id,date_gmt,modified_gmt,link,title,content": Reply(
        f"{HOME}wp-json/wp/v2/posts", 200, json.dumps(POSTS).encode(), {"x-wp-total": "812"}
    ),
    f"{HOME}feed/": FEED,
    f"{HOME}sitemap.xml": f"<urlset><url><loc>{STORY}</loc></url></urlset>",
    STORY: ARTICLE,
}


READ = r"^/read-\d+-\d{4}-\d\d-\d\d-[\w.-]+"


def probe(ask: Ask, site: dict[str, str | bytes | Reply]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    run_walk(walk_probe(ask, rows.append), site)
    return rows


def test_a_probe_finds_what_a_site_offers(ask: Ask) -> None:
    rows = {row["what"]: row for row in probe(ask, SITE)}
    assert {what: row["status"] for what, row in rows.items()} == dict.fromkeys(
        ("home", "rest", "feed", "sitemap", "article"), "ok"
    )
    assert rows["home"]["facts"]["system"] == "WordPress (WordPress 6.5)"
    assert rows["rest"]["items"] == 812
    assert rows["article"]["facts"]["json_ld"] == ["NewsArticle"]
    parts = rows["article"]["facts"]["parts"]
    assert (parts["title"], parts["byline"]) == ("Warga Tanam Seribu Pohon", "Rina Samudra")
    assert parts["published_at"] == "2026-03-09T08:00:00+07:00"


def test_a_site_that_does_not_answer_is_told(ask: Ask) -> None:
    rows = probe(ask, {})
    assert [(row["what"], row["status"]) for row in rows] == [("home", "gone")]


def test_a_drafted_recipe_is_valid_and_its_example_fails_until_reviewed(ask: Ask, tmp_path: Path) -> None:
    rows = probe(ask, SITE)
    sample = next(row for row in rows if row["what"] == "article")
    (tmp_path / "kabar.example.html").write_text(sample["facts"]["skeleton"], encoding="utf-8")
    text = render_recipe("Kabar", "kabar.example", rows, "kabar.example.html", "Asia/Jayapura")
    recipe = parse_recipe(text, "kabar.example")
    assert recipe.timezone == "Asia/Jayapura"
    assert [source.kind for source in recipe.source] == ["wp_json", "feed", "sitemap", "auto"]
    assert recipe.article_url == (r"^/\d{4}/\d\d/\d\d/[\w.-]+",)
    assert not recipe.verified
    faults = list(check_example(recipe, recipe.example[0], tmp_path))
    assert any(fault.startswith("title") for fault in faults)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('<meta property="og:site_name" content="Kabar  Pesisir"><title>Beranda</title>', "Kabar Pesisir"),
        ("<title>Warta Muara - Tajam dan Terpercaya</title>", "Warta Muara"),
        ("<title>Warta-Muara.id | Berita</title>", "Warta-Muara.id"),
        ("<title>Beranda - Warta Muara</title>", "Warta Muara"),
        ("<title>Berita</title>", ""),
        ("<title>Berita terkini dari seluruh penjuru negeri tanpa jeda setiap hari</title>", ""),
        ("", ""),
    ],
)
def test_a_site_is_called_what_it_calls_itself(head: str, name: str) -> None:
    assert find_site_name(f"<html><head>{head}</head><body></body></html>") == name


def test_a_draft_bears_the_sites_name_and_knows_a_government_by_its_domain(ask: Ask) -> None:
    rows = probe(ask, {**SITE, HOME: "<html><head><title>Media Center | Muara</title></head></html>"})
    assert find_name(rows) == "Media Center"
    for domain, kind in (
        ("mc.muarakab.go.id", "government"),
        ("muara.desa.id", "government"),
        ("go.id.ex.id", "local"),
    ):
        assert parse_recipe(render_recipe("Media Center", domain, rows, None, "Asia/Jakarta"), domain).kind == kind


def test_a_skeleton_keeps_structure_and_no_words() -> None:
    skeleton = build_skeleton(ARTICLE.encode(), "text/html")
    for word in ("Warga", "seribu", "Rina", "Samudra", "rahasia", "sungai"):
        assert word not in skeleton
    assert '<div class="isi">' in skeleton
    assert "Senin, 9 Maret 2026 08:00 WIB" in skeleton
    found = extract_page(Page("https://kabar.example/x", skeleton.encode(), "text/html", NOW), None)
    assert found.problem is None
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2026-03-09T08:00:00+07:00"


@pytest.mark.parametrize(
    ("urls", "pattern"),
    [
        ([f"https://k.example/2025/0{n}/12/judul-berita-ke-{n}" for n in range(1, 5)], r"^/\d{4}/\d\d/\d\d/[\w.-]+"),
        ([f"https://k.example/read-{n}23-2025-03-12-judul-berita.html" for n in range(4)], READ),
        ([f"https://k.example/judul-berita-ke-{n}" for n in "abcd"], None),  # would fit every page of the site
        (["https://k.example/2025/01/12/a-b-c"], None),  # one address proves nothing
        ([], None),
    ],
)  # fmt: skip
def test_a_pattern_is_proposed_only_when_it_tells_articles_apart(urls: list[str], pattern: str | None) -> None:
    assert propose_pattern(urls) == pattern


def test_systems_are_told_from_generator_or_markup() -> None:
    assert find_system('<meta name="generator" content="Blogger">') == "Blogger (Blogger)"
    assert find_system('<link href="/wp-content/themes/x.css">') == "WordPress"
    assert find_system("<html></html>") == ""


def test_a_draft_names_the_hosts_below_the_domain_that_hold_the_articles(ask: Ask) -> None:
    home = LINKS.replace('href="/', 'href="https://desa.kabar.example/')
    rows = probe(ask, {HOME: f"<html>{home}</html>"})
    recipe = parse_recipe(render_recipe("Kabar", "kabar.example", rows, None, "Asia/Jakarta"), "kabar.example")
    assert recipe.domains == ("kabar.example", "*.kabar.example")
