"""With a recipe's selector for the text a page is read around it, and everything found is what the whole page gives."""
# ruff: noqa: E501 - pages of HTML read better unbroken

from __future__ import annotations

from dataclasses import replace

import pytest

from crawlers.extract.page import Extraction, Page
from crawlers.extract.sheet import read_sheet
from crawlers.recipe import Recipe
from tests.crawlers.extract.invented import FIRST, LINKS, NOW, TITLE, paragraphs, read

FACTS = {"id": "warta.example", "name": "Warta", "domains": ["warta.example"], "kind": "local"}
PLAIN, SELECTING = (Recipe.model_validate({**FACTS, "select": {"text": text}}) for text in ([], ".isi"))
MENU = "<nav>" + "".join(f"<li><a href=/rubrik/{i}>Rubrik nomor {i} di sini</a></li>" for i in range(30)) + "</nav>"
LINE = "<p class=tanggal>Oleh Deni Saputra - Selasa, 3 Juni 2025 16:45 WIB</p>"
SIDE = f"<div class=sidebar>{LINKS * 4}</div>"
FAR = f"<div><h3>Berita lain</h3>{LINKS * 4}<p>Jauh di bawah ada kalimat penutup yang tidak dibaca.</p></div>"


def build(before: str = "", head: str = f"<h1>{TITLE}</h1>{LINE}", after: str = "") -> str:
    return f"<html lang=id><head><title>{TITLE}</title></head><body>{before}{head}<div class=isi>{paragraphs()}</div>{after}</body></html>"


def read_both(page: str) -> tuple[Extraction, Extraction]:
    """Return what is read around the selected text and from the whole page, but for who gave the text."""
    found, whole = read(page, recipe=SELECTING), read(page, recipe=PLAIN)
    assert (found.extractor, whole.extractor) == ("selector", "generic")
    assert found.text.startswith(FIRST)
    gave = {"extractor": "", "place": "", "fields": {}}
    return replace(found, **gave), replace(whole, **gave)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(build(MENU, after=SIDE + FAR), id="menu, side and foot"),
        pytest.param(build(f"<aside>{LINKS * 2}<h1>{TITLE}</h1>{LINE}</aside>", head=""), id="headline among links"),
        pytest.param(
            build(MENU.replace("<li>", "<ul class=breadcrumb><li><a href=/>Beranda</a><li><a href=/k>Kampung</a></ul><li>", 1)),
            id="trail in a menu",
        ),
        pytest.param(build(head=f"<h1>{TITLE}</h1>", after=f"{LINE}<p>Editor: Sri Wulandari</p>{FAR}"), id="names behind"),
        pytest.param(build(head="", after=f"{FAR * 3}<h1>{TITLE}</h1>{LINE}"), id="headline at the foot"),
    ],
)  # fmt: skip
def test_all_is_found_that_the_whole_page_gives(page: str) -> None:
    found, whole = read_both(page)
    assert found == whole


def test_what_is_far_from_the_text_is_left_out() -> None:
    page = build(MENU, after=SIDE + FAR * 3)
    sheets = [
        read_sheet(Page("https://warta.example/kampung/1/a", page.encode(), None, NOW), page, recipe)
        for recipe in (SELECTING, PLAIN)
    ]
    around, whole = (" ".join(block.text for block in sheet.blocks) for sheet in sheets)
    assert "Rubrik nomor 7" in whole
    assert "Rubrik nomor 7" not in around
    assert whole.count("Jauh di bawah") == 3
    assert around.count("Jauh di bawah") < 3
