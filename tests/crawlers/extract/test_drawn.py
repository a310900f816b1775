"""Pages whose text lies in data for scripts or machines."""
# ruff: noqa: E501 - pages of HTML read better unbroken

from __future__ import annotations

import html
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


RUNS = [[{"type": "text", "text": line[:20]}, {"type": "text", "text": line[20:]}] for line in LINES]
EDITORS = {
    "Editor.js": {"time": 1, "blocks": [{"type": "paragraph", "data": {"text": line}} for line in LINES]},
    "Draft.js": {"blocks": [{"type": "unstyled", "text": line} for line in LINES], "entityMap": {}},
    "Sanity": [{"_type": "block", "style": "normal", "children": runs} for runs in RUNS],
    "Slate": [{"type": "paragraph", "children": runs} for runs in RUNS],
    "ProseMirror": {"type": "doc", "content": [{"type": "paragraph", "content": runs} for runs in RUNS]},
    "Contentful": {
        "nodeType": "document",
        "content": [{"nodeType": "paragraph", "content": [{"nodeType": "text", "value": line}]} for line in LINES],
    },
    "WordPress": [{"blockName": "core/paragraph", "innerHTML": f"<p>{line}</p>"} for line in LINES],
    "as text": json.dumps({"blocks": [{"type": "paragraph", "data": {"text": line}} for line in LINES]}),
}


@pytest.mark.parametrize("editor", EDITORS)
def test_a_body_in_the_blocks_of_an_editor(editor: str) -> None:
    post = {
        "title": TITLE,
        "published_at": "2025-06-03T09:45:00Z",
        "writer": {"name": "Rina Amelia"},
        "content": EDITORS[editor],
    }
    data = json.dumps(
        {"props": {"related": [{"title": "Pawai", "content": [{"type": "card", "title": "Pawai"}]}], "post": post}}
    )
    found = read(f"<div id=__next>Memuat...</div><script type=application/json id=__NEXT_DATA__>{data}</script>")
    assert (found.text, found.byline, found.problem) == (TEXT, "Rina Amelia", None)


def test_lists_and_headings_among_the_blocks_of_an_editor() -> None:
    told = [{"type": "paragraph", "data": {"text": line}} for line in LINES]
    rows = ["Senin di balai kampung", {"content": "Rabu di dermaga", "items": []}]
    list_ = [
        {"type": "header", "data": {"text": "Jadwal Rapat", "level": 2}},
        {"type": "list", "data": {"items": rows}},
    ]
    post = {"title": TITLE, "published_at": "2025-06-03T09:45:00Z", "body": {"blocks": [*told[:2], *list_, *told[2:]]}}
    data = json.dumps({"props": {"post": post}})
    found = read(f"<script type=application/json id=__NEXT_DATA__>{data}</script>")
    assert found.text.split("\n\n")[2:5] == ["Jadwal Rapat", "Senin di balai kampung", "Rabu di dermaga"]


@pytest.mark.parametrize(
    ("script", "source"),
    [
        (
            f"<div id=app data-page='{html.escape(json.dumps({'component': 'Show', 'props': {'post': {'title': TITLE, 'published_at': '2025-06-03T09:45:00Z', 'content': MARKUP}}}))}'></div>",
            "next_data",
        ),
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


def test_an_article_in_any_state_of_a_page_that_shows_but_its_frame() -> None:
    told = [{"jenis": "teks", "html": f"<p>{line}</p>"} for line in LINES]
    promo = {"jenis": "promo", "html": "<p>Berlangganan sekarang, bacaan bebas gangguan iklan.</p>"}
    writers = [{"nama": "Dodi Pranata", "peran": "Editor"}, {"nama": "Rina Amelia", "peran": "Reporter"}]
    other = {"judul": "Pawai Obor di Alun-Alun", "badan": [{"jenis": "teks", "html": f"<p>{TEXT} {TEXT}</p>"}]}
    own = {"judul": TITLE, "terbit": 1748918700, "penulis": writers, "badan": [told[0], promo, *told[1:]]}
    state = json.dumps({"77": {"b": {"data": other}}, "18": {"b": {"data": own}}, "9": {"b": {"data": other}}})
    found = read(
        f"<html lang=id><title>{TITLE}</title><app-root><p>Pasang aplikasi Warta Kita di ponsel Anda.</p></app-root>"
        f"<script id=ng-state type=application/json>{state}</script>"
    )
    assert (found.title, found.text, found.byline, found.problem) == (TITLE, TEXT, "Rina Amelia", None)
    assert found.published_at == datetime(2025, 6, 3, 2, 45, tzinfo=UTC)


def test_a_state_without_the_page_s_own_article_is_not_believed_where_the_page_shows_text() -> None:
    other = json.dumps({"x": {"title": "Pawai Obor di Alun-Alun", "content": MARKUP, "published_at": "2025-06-01"}})
    short = "Pasar malam di lapangan kampung dibuka lagi pada hari Sabtu, kata ketua panitianya."
    found = read(
        f"<html lang=id><title>{TITLE}</title><h1>{TITLE}</h1><p>Selasa, 3 Juni 2025</p><p>{short}</p>"
        f"<script type=application/json>{other}</script>"
    )
    assert found.text == short
