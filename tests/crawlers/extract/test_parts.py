"""Texts that a page prints in several parts, or begins in a box of its own. Every text is invented."""
# ruff: noqa: E501 - pages of HTML read better unbroken

from __future__ import annotations

import pytest

from crawlers.extract.page import Hints, Page, extract_page
from tests.crawlers.extract.test_layouts import FOOT, LINES, NOW, TITLE, TOP, URL, paragraphs, read


def test_rows_of_a_list_on_a_later_page_are_text() -> None:
    first = read(f"<div class=post>{TOP}<div class=desc>{paragraphs()}</div></div>")
    rows = "<p>1. Dermaga hulu Rp3.000</p><p>2. Dermaga hilir Rp2.000</p>"
    page = f"<html lang=id><head><title>{TITLE}</title></head><body><div class=post>{TOP}<div class=desc>{rows}</div></div>{FOOT}</body></html>"
    last = extract_page(Page(f"{URL}/2", page.encode(), "text/html", NOW, Hints(place=first.place)))
    assert last.text == "1. Dermaga hulu Rp3.000\n\n2. Dermaga hilir Rp2.000"


@pytest.mark.parametrize("opening", ["KENANGA (Setwan) - ", "KENANGA, Warta Contoh – "])
def test_a_first_paragraph_in_a_teaser_of_its_own_before_the_body(opening: str) -> None:
    lead = f"{opening}Dermaga kayu dibuka kembali setelah tiga bulan diperbaiki warga kampung."
    found = read(
        f"<div class=article><div class=news-header><h1>{TITLE}</h1></div><p><time datetime=2025-06-03>3 Juni 2025</time></p>"
        f"<div class=teaser-text><p>{lead}</p></div><div class=news-text-wrap>{''.join(f'<p>{line}</p>' for line in LINES[1:])}</div></div>"
    )
    assert found.text == "\n\n".join([lead, *LINES[1:]])


def test_pages_of_one_text_in_one_document() -> None:
    further = [f"Pada hari ke-{n} warga menata kembali papan yang tersisa di tepi dermaga bersama." for n in range(15)]
    pages = [LINES, further]
    boxes = "".join(
        f"<div class='text__item-page{' page-first' * (at == 0)}'>{f'<h2 class=text__item-title>Bagian Dermaga {at}</h2>' if at else ''}"
        f"<div class=text__item-content>{''.join(f'<p>{line}</p>' for line in page)}</div></div>"
        for at, page in enumerate(pages)
    )
    found = read(
        f"<article><h1>{TITLE}</h1><p>Selasa, 3 Juni 2025 16:45 WIB</p><div class=text>{boxes}</div></article>"
    )
    assert found.text.split("\n\n") == [*LINES, "Bagian Dermaga 1", *further]
