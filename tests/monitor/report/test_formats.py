"""The monthly report in its formats: one dataset, the same numbers everywhere, hostile titles, empty months."""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
from docx import Document as open_docx
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.queries.counts import count_by
from db.queries.filters import ArticleFilter
from monitor.render.wording import flatten, load_wording
from monitor.report import page, paper, word
from monitor.report.compose import compose_report
from monitor.report.dataset import Line
from monitor.report.document import Figure, Link, Text
from monitor.report.template import ANCHOR, SECTIONS, build_template
from monitor.report.workbook import render_xlsx
from tests.monitor.report.conftest import MARCH, WORDING, cells, make, report_of, table_under
from tests.monitor.reporting import ARTICLE, HOSTILE, ZONE, fill_store, some_articles

TONES = ("positif", "netral", "negatif")
COUNTED = ("articles", "earned", "owned", "paid", "stories", "quotes", *TONES)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(articles=st.lists(ARTICLE, max_size=9))
def test_totals_are_equal_in_every_format(no_charts: None, articles: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = fill_store(Path(folder) / "p.db", articles)
        data = report_of(store)
        wanted = ArticleFilter(since=MARCH.start(ZONE), until=MARCH.end(ZONE))
        counted = {what: count_by(store, [what], wanted)[0] for what in ("opd", "pillar")}
        total = count_by(store, [], wanted)[1]
        store.close()
    assert all(getattr(data.totals, key) == total[key] for key in ("articles", "paid", "owned", "earned", "quotes"))
    assert data.tones == {tone: total[tone] for tone in data.tones}
    for what, lines in (("opd", data.opd), ("pillar", data.pillars)):
        assert {line.id: numbers_of(line) for line in lines if line.articles} == {
            row[what]: [row[key] for key in COUNTED] for row in counted[what]
        }
    assert sum(day.articles for day in data.days) == data.months[-1].articles == len(data.articles)
    document = compose_report(data, WORDING)
    titles, offices = [flatten(entry.title) for entry in data.articles], {line.name: line.articles for line in data.opd}
    annex = cells(table_under(document, "lampiran")) if data.articles else []  # a table without rows is left out
    opd = cells(table_under(document, "opd")) if data.opd else []
    assert [row[3] for row in annex] == titles
    assert {row[0]: int(row[1]) for row in opd} == offices
    check_word(word.render_docx(document, date(2025, 4, 2), WORDING), titles, offices)
    check_page(page.render_html(document), titles)
    check_workbook(render_xlsx(data, WORDING), titles, offices, data.totals.articles, data.tones)
    assert paper.render_pdf(document).startswith(b"%PDF")
    assert json.loads(json.dumps(data.to_json()))["totals"]["articles"] == data.totals.articles


def numbers_of(line: Line) -> list[int]:
    return [line.tones.get(key, 0) if key in TONES else getattr(line, key) for key in COUNTED]


def check_word(data: bytes, titles: list[str], offices: dict[str, int]) -> None:
    tables = open_docx(io.BytesIO(data)).tables
    heads = {table.rows[0].cells[0].text: table for table in tables}
    assert ("No." in heads, "Perangkat daerah" in heads) == (bool(titles), bool(offices))
    if titles:
        rows = [
            ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
            for row in heads["No."]._tbl.iter(qn("w:tr"))
        ]
        assert [row[3] for row in rows[1:]] == titles
    if offices:
        opd = heads["Perangkat daerah"]
        assert {row.cells[0].text: int(row.cells[1].text) for row in opd.rows[1:]} == offices


def check_page(text: str, titles: list[str]) -> None:
    annex = text[text.index('<section id="lampiran">') :]
    assert [unescape(title) for title in re.findall(r'<a href="https://[^"]*"[^>]*>([^<]*)</a>', annex)] == titles
    assert "<script" not in text
    assert re.findall(r'(?:src|href)="(?!#|https?://)', text) == []


def check_workbook(data: bytes, titles: list[str], offices: dict[str, int], total: int, tones: dict[str, int]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(data))
    heads = [cell.value for cell in book["Artikel"][1]]
    if titles:
        place = heads.index("Judul") + 1
        assert [book["Artikel"].cell(line, place).value for line in range(2, len(titles) + 2)] == titles
        rows = book["Perangkat daerah"].iter_rows(min_row=2, max_col=2, values_only=True)
        assert {name: n for name, n in rows if name} == offices
        toned = Counter(row[heads.index("Nada")] for row in book["Artikel"].iter_rows(min_row=2, values_only=True))
        assert {tone: toned[tone] for tone in tones} == tones  # as filtering the sheet counts them
    facts = {row[0]: row[1] for row in book["Ringkasan"].iter_rows(min_row=2, values_only=True)}
    assert facts["Artikel"] == total
    assert {cell.data_type for sheet in book for line in sheet for cell in line} <= {"s", "n", "d"}


def test_charts_are_drawn_with_words_for_those_who_do_not_see_them() -> None:
    document = compose_report(make(some_articles()), WORDING)
    figures = [block for part in document.sections for block in part.blocks if isinstance(block, Figure)]
    assert len(figures) >= 6
    assert all(len(figure.alt) > 30 for figure in figures)
    data = word.render_docx(document, date(2025, 4, 2), WORDING)
    with ZipFile(io.BytesIO(data)) as archive:
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
        body = archive.read("word/document.xml").decode()
    assert len(pictures) >= 6
    assert body.count("descr=") >= len(figures)
    assert page.render_html(document).count("<svg") == len(figures)


def test_every_title_is_text_and_nothing_else(no_charts: None) -> None:
    document = compose_report(make(some_articles(len(HOSTILE))), WORDING)
    text = page.render_html(document)
    assert "<b>judul</b>" not in text
    assert "{{ jinja }}" in text
    check_word(
        word.render_docx(document, date(2025, 4, 2), WORDING),
        [flatten(title) for title in HOSTILE],
        {"Dinas Kesehatan": len(HOSTILE)},
    )
    assert paper.render_pdf(document).startswith(b"%PDF")


def test_a_wide_table_is_scrolled_by_keys_and_printed_whole(no_charts: None) -> None:
    text = page.render_html(compose_report(make(some_articles(3)), WORDING))
    printed = text[text.index("@media print") : text.index("</style>")]
    assert ".wide { overflow: visible; }" in printed
    assert "table { font-size: 9px; }" in printed  # ten columns fit the width of a sheet
    boxes = re.findall(r'<div class="wide"[^>]*>', text)
    assert boxes
    assert all('tabindex="0"' in box and 'aria-label=""' not in box for box in boxes)


def test_an_address_that_is_no_web_page_leads_nowhere() -> None:
    assert Link("x", "javascript:alert(1)").target is None
    assert Link("x", "https://kabar.example/1").target == "https://kabar.example/1"


def test_an_empty_month_is_a_report_too(no_charts: None) -> None:
    data = make([])
    document = compose_report(data, WORDING)
    summary = [block.text for block in document.sections[0].blocks if isinstance(block, Text)]
    assert summary == ["Tidak ada artikel tentang Kabupaten Selasih yang tercatat pada Maret 2025."]
    assert len(data.days) == 31
    assert {period.watched for period in data.months} == {False}
    assert paper.render_pdf(document).startswith(b"%PDF")
    assert word.render_docx(document, date(2025, 4, 2), WORDING)
    months = openpyxl.load_workbook(io.BytesIO(render_xlsx(data, WORDING)))["Bulan"]
    assert {cell.value for row in months.iter_rows(min_row=2, min_col=2) for cell in row} == {None}  # unknown, not 0


def test_the_contents_lead_to_the_sections_that_a_template_holds(no_charts: None, tmp_path: Path) -> None:
    document = compose_report(make([]), WORDING)
    edited = open_docx(io.BytesIO(build_template(WORDING)))
    for paragraph in edited.paragraphs:
        if "tetangga" in paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)
    edited.save(str(tmp_path / "own.docx"))
    made = word.render_docx(document, date(2025, 4, 2), WORDING, tmp_path / "own.docx")
    body = open_docx(io.BytesIO(made)).element.body
    links = {
        link.get(qn("w:anchor")): "".join(t.text for t in link.iter(qn("w:t"))) for link in body.iter(qn("w:hyperlink"))
    }
    assert links == {ANCHOR + s.id: s.title for s in document.sections if s.id != "tetangga"}
    assert list(links) == [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]


def test_a_line_of_offices_bears_their_acronyms_but_the_counts_their_names(no_charts: None) -> None:
    (article,) = some_articles(1)
    data = make([article | {"opd": {"diskominfo": "actor"}}])
    document = compose_report(data, WORDING)
    assert cells(table_under(document, "lampiran"))[0][-1] == "Diskominfo"
    assert cells(table_under(document, "opd"))[0][0] == "Dinas Komunikasi dan Informatika"
    assert replace(data, short={}).id == data.id


def test_english_is_complete(no_charts: None) -> None:
    data = replace(make(some_articles()), outages=())
    text = page.render_html(compose_report(data, load_wording("en")))
    assert "Monthly Media Report" in text
    assert [word for word in ("Ringkasan", "Perangkat daerah", "Berbayar", "Kecamatan") if f">{word}<" in text] == []
    assert len(SECTIONS) == len(compose_report(data, WORDING).sections)
