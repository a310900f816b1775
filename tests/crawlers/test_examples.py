"""Every recipe is proved by a sample page; and the proof fails when page, recipe or expectation is wrong."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from crawlers.examples import check_example
from crawlers.loader import load_recipes
from crawlers.recipe import Recipe, parse_recipe

PAGES = Path(__file__).resolve().parents[1] / "pages"
RECIPES = load_recipes()
SHARED = Path(os.environ.get("PANTAU_SHARED", Path(__file__).resolve().parents[3] / "shared"))
REGISTRY = SHARED / "reference" / "siak" / "outlets.toml"


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=lambda recipe: recipe.id)
def test_every_recipe_is_proved_by_its_examples(recipe: Recipe) -> None:
    assert recipe.example, "add a sample page of invented text and an [[example]]"
    faults = {example.page: list(check_example(recipe, example, PAGES)) for example in recipe.example}
    assert not any(faults.values()), faults
    assert all(example.must and example.must_not for example in recipe.example)


def test_markers_of_a_recipe_are_proved() -> None:
    marked = {recipe.id for recipe in RECIPES.values() if recipe.markers.paid or recipe.markers.release}
    assert marked
    assert marked == {recipe.id for recipe in RECIPES.values() if any(example.markers for example in recipe.example)}


def test_sample_pages_are_small_and_all_in_use() -> None:
    used = {example.page for recipe in RECIPES.values() for example in recipe.example}
    assert used == {path.name for path in PAGES.glob("*.html")}
    assert all(path.stat().st_size <= 4096 for path in PAGES.glob("*.html"))


def test_outlets_are_many() -> None:
    assert len(RECIPES) >= 60


@pytest.mark.shared
@pytest.mark.skipif(not REGISTRY.is_file(), reason="needs the reference material that PANTAU_SHARED names")
def test_outlets_of_the_registry_have_recipes() -> None:
    rows = tomllib.loads(REGISTRY.read_text(encoding="utf-8"))["outlet"]
    missing = {row["domain"] for row in rows if not any(r.owns(row["domain"].split("/")[0]) for r in RECIPES.values())}
    assert len(missing) <= 2, missing


EXAMPLE = """
name = "Kabar Contoh"
domains = ["kabar.example"]
kind = "local"
article_url = ['^/berita/\\d+/']

[select]
text = "div.isi"

[[example]]
page = "page.html"
url = "https://kabar.example/berita/12/panen-raya"
title = "Panen Raya di Hulu"
published_at = "2025-03-12T09:15:00+07:00"
byline = "Rina Samudra"
must = ["dipanen sejak pagi"]
must_not = ["Hak cipta"]
markers = ["paid:(adv)"]
"""
PAGE = """<html><head><meta property="article:published_time" content="2025-03-12T09:15:00+07:00"></head><body>
<h1>Panen Raya di Hulu</h1><p>Penulis: Rina Samudra</p>
<div class="isi"><p>%NAME% - Padi dipanen sejak pagi oleh warga dua kampung
yang bergantian membawa sabit dan karung ke tengah sawah.</p><p>Gabah dijemur di halaman balai. (adv)</p></div>
<footer>Hak cipta %HOST%</footer></body></html>"""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("", ""), None),
        (("Panen Raya di Hulu", "Panen Raya di Hilir"), "title"),
        (("09:15:00+07:00", "09:15:00+08:00"), "published_at"),
        (('"2025-03-12T09:15:00+07:00"', '"2025-03-12T09:15:00"'), "with its offset"),
        (("2025-03-12T09:15:00+07:00", "Rabu pagi"), "with its offset"),
        (("Rina Samudra", "Rina Samudera"), "byline"),
        (("dipanen sejak pagi", "dipanen sejak sore"), "text lacks"),
        (('must_not = ["Hak cipta"]', 'must_not = ["karung"]'), "text holds"),
        (("paid:(adv)", "release:(rls)"), "lack 'release:(rls)'"),
        (("div.isi", "div.lain"), "selectors found none"),
        (("/berita/12/panen", "/kabar/panen"), "fits none of article_url"),
        (("https://kabar.example", "https://lain.example"), "is not of"),
        (("berita/12/panen-raya", "tag/panen"), "no article's address"),
    ],
)  # fmt: skip
def test_what_an_example_finds(tmp_path: Path, change: tuple[str, str], said: str | None) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    recipe = parse_recipe(EXAMPLE.replace(*change) if change[0] else EXAMPLE, "kabar.example")
    faults = list(check_example(recipe, recipe.example[0], tmp_path))
    assert (not faults) if said is None else any(said in fault for fault in faults), faults
