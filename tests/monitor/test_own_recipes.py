"""Recipes of an office's own, held against their examples without a look at any site."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Pantau = Callable[..., Any]
RECIPE = """
name = "Kabar Contoh"
domains = ["kabar.example"]
kind = "local"
"""
EXAMPLE = """
[[example]]
page = "kabar.html"
url = "https://kabar.example/2025/03/12/panen-raya-di-hulu"
title = "Panen Raya di Hulu"
published_at = "2025-03-12T09:15:00+07:00"
must = ["dipanen sejak pagi"]
must_not = ["Hak cipta"]
"""
PAGE = """<html><head><meta property="article:published_time" content="2025-03-12T09:15:00+07:00"></head><body>
<article><h1>Panen Raya di Hulu</h1><p>Padi dipanen sejak pagi oleh warga dua kampung yang bergantian membawa sabit dan
karung ke tengah sawah.</p><p>Gabah dijemur di halaman balai sampai sore.</p></article></body></html>"""


@pytest.fixture
def office(pantau: Pantau, tmp_path: Path) -> Pantau:
    """Give a command line with one recipe of its own, its example and the sample page."""
    folder = tmp_path / "recipes"
    (folder / "pages").mkdir(parents=True)
    (folder / "kabar.example.toml").write_text(RECIPE + EXAMPLE, encoding="utf-8")
    (folder / "pages" / "kabar.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "config.toml").write_text(f"recipes = [{json.dumps(str(folder))}]\n", encoding="utf-8")
    return pantau


@pytest.mark.parametrize(
    ("file", "change", "status", "said"),
    [
        ("kabar.example.toml", ("", ""), "ok", ""),
        ("kabar.example.toml", ("Panen Raya di Hulu", "Panen Raya di Hilir"), "finding", "title: "),
        ("kabar.example.toml", ("kabar.html", "lain.html"), "finding", "lain.html cannot be read"),
        ("kabar.example.toml", (EXAMPLE, ""), "none", "no [[example]]"),
        ("pages/kabar.html", ("sejak pagi", "sejak sore"), "finding", "text lacks 'dipanen sejak pagi'"),
    ],
)
def test_an_example_is_told_by_what_it_finds(
    office: Pantau, tmp_path: Path, file: str, change: tuple[str, str], status: str, said: str
) -> None:
    path = tmp_path / "recipes" / file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(*change) if change[0] else text, encoding="utf-8")
    answer = office("outlets", "check", "--examples", "--json")
    (row,) = json.loads(answer.out)
    assert (row["outlet"], row["status"]) == ("kabar.example", status)
    assert said in row["detail"]
    assert answer.code == (status == "finding")


def test_only_recipes_of_ones_own_are_held_against_examples(office: Pantau, tmp_path: Path) -> None:
    assert office("outlets", "check", "--examples", "--outlet", "kabar.example").code == 0
    foreign = office("outlets", "check", "--examples", "--outlet", "infopublik.id")
    assert (foreign.code, "comes with Pantau" in foreign.complaint) == (2, True)
    both = office("outlets", "check", "--examples", "--stored")
    assert (both.code, "give one of them" in both.complaint) == (2, True)
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    (tmp_path / "recipes").rename(tmp_path / "elsewhere")
    none = office("outlets", "check", "--examples")
    assert (none.code, "`pantau outlets new URL`" in none.complaint) == (2, True)
