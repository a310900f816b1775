"""Pages whose text lies in data for scripts or machines."""
# ruff: noqa: E501 - pages of HTML read better unbroken

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tests.crawlers.extract.test_layouts import LINES, TEXT, TITLE, TOP, paragraphs, read

MARKUP = "".join(f"<p>{line}</p>" for line in LINES)
FLAT = [
    ["ShallowReactive", 1], {"data": 2}, ["Reactive", 3], {"article": 4},
    {"title": 5, "published_at": 6, "content": 7, "self": 4}, TITLE, "2025-06-03T09:45:00.000Z", MARKUP,
]  # fmt: skip
CALL = f'window.__NUXT__=(function(a,b){{return {{layout:"default",data:[{{article:{{title:{json.dumps(TITLE)},published_at:a,content:b,draft:false}}}}],error:null}}}}("2025-06-03T09:45:00Z",{json.dumps(MARKUP)}));'
LINKED = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2025-06-03T16:45:00+07:00", "articleBody": TEXT}


@pytest.mark.parametrize(
    ("script", "source"),
    [
        (f"<script type=application/json id=__NUXT_DATA__>{json.dumps(FLAT)}</script>", "next_data"),
        (f"<script>{CALL}</script>", "next_data"),
        (f"<script type=application/ld+json>{json.dumps(LINKED)}</script>", "json-ld"),
        (f"<script type=application/ld+json>{json.dumps({**LINKED, 'articleBody': MARKUP})}</script>", "json-ld"),
    ],
)
def test_a_page_that_scripts_would_draw(script: str, source: str) -> None:
    found = read(f"<div id=__nuxt></div>{script}", f"<title>{TITLE}</title>")
    assert found.problem is None, found.detail
    assert (found.title, found.text, found.extractor) == (TITLE, TEXT, source)
    assert found.published_at == datetime(2025, 6, 3, 9, 45, tzinfo=UTC)


def test_a_body_told_to_machines_gives_way_to_what_readers_see() -> None:
    told = json.dumps({**LINKED, "articleBody": "Teks lain yang hanya dibaca mesin pencari. " * 20})
    found = read(f"{TOP}{paragraphs()}<script type=application/ld+json>{told}</script>")
    assert found.text == TEXT


@pytest.mark.parametrize("broken", ["[", '[["Reactive",1],{"title":9}]', "{}", "[1,2]"])
def test_data_that_cannot_be_read_is_passed_over(broken: str) -> None:
    found = read(f"<div id=__nuxt>{TOP}{paragraphs()}</div><script id=__NUXT_DATA__>{broken}</script>")
    assert found.text == TEXT


def test_what_a_machine_made_of_the_text_is_left_out() -> None:
    points = "<p><b>Ringkasan Berita:</b></p><ul><li>Butir pertama dibuat oleh mesin untuk pembaca yang terburu-buru.</li></ul>"
    assert read(f"{TOP}<div>{points}{paragraphs()}</div>").text == TEXT


def test_what_nobody_sees_is_in_neither_headline_nor_text() -> None:
    hidden = f"{TOP}{paragraphs()}".replace("Kampung", "Kam&shy;pung&#8203;")
    found = read(hidden, f"<title>{TITLE}</title>")
    assert (found.title, found.text) == (TITLE, TEXT)
