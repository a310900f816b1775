"""A page is read around the box of its sentences; it gives the same article as the page read as a whole."""
# ruff: noqa: E501 - pages of HTML read better unbroken

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.extract import sheet
from crawlers.extract.core import find_core
from tests.crawlers.extract.invented import BODIES, LINKS, PARAGRAPHS, TEASER, TITLE, paragraphs, read

PAGES = sorted((Path(__file__).resolve().parents[2] / "pages").glob("*.html"))
LINE = "<p class=tanggal>Oleh Deni Saputra - Selasa, 3 Juni 2025 16:45 WIB</p>"
MENU = f"<nav><ul>{LINKS * 6}</ul></nav>"
SIDE = f"<div class=sidebar><h3>Terpopuler</h3><ul>{LINKS * 3}</ul></div>"
MORE = f"<h3>Berita Lain</h3>{''.join(f'<div class=card><a href=/b/{n}>{TITLE[:20]} {n}</a><p>{TEASER}</p></div>' for n in range(9))}"


def core_of(body: str) -> LexborNode | None:
    root = LexborHTMLParser(f"<html><body>{body}</body></html>").body
    assert root is not None
    return find_core(root)


def lay_out(body: str) -> str:
    """Put a text between a menu, a column of links and other articles."""
    return f"<html lang=id><head><title>{TITLE}</title></head><body>{MENU}<div class=utama><h1>{TITLE}</h1>{LINE}{body}<p>Editor: Sri Wulandari</p></div>{SIDE}{MORE}</body></html>"


@pytest.mark.parametrize("tag", ["p", "div", "li"])
def test_the_box_around_most_sentences_is_found_however_they_are_marked_up(tag: str) -> None:
    found = core_of(f"{MENU}<main><div id=isi>{paragraphs(tag) * 5}</div></main>{MORE}")
    assert found is not None
    assert found.tag == "main"


def test_sentences_that_only_line_breaks_part_have_a_box() -> None:
    found = core_of(f"<section><div id=isi>{'<br>'.join(PARAGRAPHS * 2)}</div></section>{SIDE}")
    assert found is not None
    assert found.tag == "section"


@pytest.mark.parametrize(
    "body",
    ["", MENU, f"<script>{' '.join(PARAGRAPHS * 3)}</script>", f"<a href=/>{' '.join(PARAGRAPHS * 3)}</a>", f"<p>{PARAGRAPHS[0]}</p>"],
    ids=["nothing", "links", "script", "one link", "little"],
)  # fmt: skip
def test_without_enough_sentences_there_is_no_box(body: str) -> None:
    assert core_of(body) is None


def test_sentences_spread_over_the_page_have_no_box() -> None:
    assert core_of("".join(f"<section>{paragraphs()}</section>" for _ in range(4))) is None


def read_whole(page: str, monkeypatch: pytest.MonkeyPatch, url: str) -> object:
    with monkeypatch.context() as patch:
        patch.setattr(sheet, "find_core", lambda _: None)
        return replace(read(page, url), place="")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_sample_pages_give_the_same_either_way(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page, url = path.read_text(encoding="utf-8"), f"https://warta.example/berita/1234/{path.stem}"
    assert replace(read(page, url), place="") == read_whole(page, monkeypatch, url)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_texts_of_all_kinds_are_the_same_either_way(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page, url = lay_out(f"{body}{paragraphs()}"), "https://warta.example/berita/1/warga-panen"
    assert replace(read(page, url), place="") == read_whole(page, monkeypatch, url)


def test_a_sure_text_is_not_looked_for_on_the_whole_page(monkeypatch: pytest.MonkeyPatch) -> None:
    walks: list[bool] = []
    walk = sheet._walk
    monkeypatch.setattr(sheet, "_walk", lambda *given: walks.append(len(given) > 2) or walk(*given))
    found = read(lay_out(f"<article>{paragraphs() * 5}</article>"))
    assert found.title == TITLE
    assert found.byline == "Deni Saputra"
    assert found.editor == "Sri Wulandari"
    assert walks == [True]
