"""The sample's files: enough of everything, labels that exist, dates that move with the day."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from crawlers.recipe import load_recipe
from monitor.demo.sample import RECIPES, SampleError, fill_dates, load_sample

LAST = date(2026, 11, 20)
SAMPLE = load_sample(LAST)
ROOT = Path(__file__).resolve().parents[3]
ABOUT, KINDS = {"subject", "incidental", "none"}, {"reporting", "release", "advertorial"}
TONES = {"positif", "netral", "negatif"}
PILLARS = {"governance", "branding", "economy", "living", "society", "environment"}


def test_sample_is_large_and_spread_over_three_weeks() -> None:
    assert len(SAMPLE.sites) >= 7
    assert len(SAMPLE.articles) >= 80
    assert min(Counter(article.host for article in SAMPLE.articles).values()) >= 10
    days = {(LAST - article.published_at.date()).days for article in SAMPLE.articles}
    assert min(days) == 0
    assert 18 <= max(days) <= 20
    assert len(days) >= 15


def test_articles_have_the_length_of_local_news() -> None:
    lengths = {article.id: len(article.versions[0].text.split()) for article in SAMPLE.articles}
    assert not {id_: n for id_, n in lengths.items() if not 80 <= n <= 320}


def test_every_kind_of_case_occurs() -> None:
    truths = [article.truth for article in SAMPLE.articles]
    assert {truth.about for truth in truths} == ABOUT
    assert {truth.kind for truth in truths} == KINDS
    assert {truth.tone for truth in truths} == TONES
    assert {pillar for truth in truths for pillar in truth.pillars} == PILLARS
    assert sum(truth.headline_tone == "negatif" and truth.tone == "positif" for truth in truths) >= 2
    assert any(truth.headline_tone == "positif" and truth.tone == "negatif" for truth in truths)
    assert sum(truth.copy_of is not None for truth in truths) >= 8
    assert sum(truth.about == "subject" and not truth.pillars for truth in truths) >= 10
    assert sum(not truth.ours for truth in truths) >= 2
    assert any(len(article.versions) > 1 for article in SAMPLE.articles)
    assert any(article.deleted_at for article in SAMPLE.articles)
    assert any(len(article.versions[0].pages) > 1 for article in SAMPLE.articles)


def test_labels_name_what_the_profile_knows() -> None:
    folder = ROOT / "nlp/profiles" / SAMPLE.profile
    known = {
        file: {row["id"] for row in tomllib.loads((folder / f"{file}.toml").read_text(encoding="utf-8"))[table]}
        for file, table in (("opd", "opd"), ("people", "person"), ("places", "kecamatan"))
    }
    for article in SAMPLE.articles:
        truth = article.truth
        assert truth.about in ABOUT and truth.kind in KINDS, article.id
        assert {truth.tone, truth.headline_tone} <= TONES and set(truth.pillars) <= PILLARS, article.id
        assert set(truth.opd) <= known["opd"], article.id
        assert set(truth.officials) <= known["people"], article.id
        assert set(truth.places) <= known["places"], article.id
        assert truth.about == "subject" or not (truth.pillars or truth.opd), article.id


def test_copies_come_after_their_release_and_share_its_text() -> None:
    articles = {article.id: article for article in SAMPLE.articles}
    for article in SAMPLE.articles:
        if article.truth.copy_of:
            release = articles[article.truth.copy_of]
            assert article.published_at > release.published_at, article.id
            shared = set(article.versions[0].pages[0]) & set(release.versions[0].pages[0])
            assert shared, article.id


def test_titles_and_texts_are_each_told_once() -> None:
    addresses = Counter(article.url for article in SAMPLE.articles)
    assert max(addresses.values()) == 1
    texts = Counter(article.versions[0].text for article in SAMPLE.articles)
    assert max(texts.values()) == 1


def test_no_placeholder_or_markup_is_left() -> None:
    for article in SAMPLE.articles:
        for version in article.versions:
            assert not re.search(r"[{}<>\[\]]|===|@wp", f"{version.title} {version.text}"), article.id


def test_sample_moves_with_the_day() -> None:
    earlier = load_sample(LAST - timedelta(30))
    assert {a.id: LAST - a.published_at.date() for a in SAMPLE.articles} == {
        a.id: LAST - timedelta(30) - a.published_at.date() for a in earlier.articles
    }
    assert earlier.articles[0].versions[0].text != SAMPLE.articles[0].versions[0].text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{hari_tgl}", "Jumat (20/11/2026)"),
        ("{hari-1}", "Kamis"),
        ("{tgl+11}", "1 Desember 2026"),
        ("{bulan} {tahun}", "November 2026"),
        ("{lain}", "{lain}"),
    ],
)
def test_date_words(text: str, expected: str) -> None:
    assert fill_dates(text, LAST) == expected


def test_each_outlet_has_a_recipe_of_its_name() -> None:
    recipes = {path.stem: load_recipe(path) for path in RECIPES.glob("*.toml")}
    assert set(recipes) == set(SAMPLE.sites)
    assert all(recipes[host].name == site.name for host, site in SAMPLE.sites.items())


def test_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "sites.toml").write_text('profile = "p"\ntimezone = "Asia/Jakarta"\nsite = []\n')
    (tmp_path / "articles/x-1.txt").write_text("---\nday: 0\n---\nIsi")
    with pytest.raises(SampleError, match=r"x-1\.txt.*time"):
        load_sample(LAST, tmp_path)
