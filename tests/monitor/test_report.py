"""The monthly report: one dataset, the same numbers in every format, hostile titles, empty months, kept notes."""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document as open_docx
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.connection import Store
from db.findings import raise_finding
from db.outlets import save_outlets
from db.queries.counts import count_by
from db.queries.filters import ArticleFilter
from monitor.clock import find_now
from monitor.config import Config
from monitor.errors import InputError
from monitor.office import load_office
from monitor.render.wording import flatten, load_wording
from monitor.report import page, paper, word
from monitor.report.build import build_report
from monitor.report.compose import compose_report
from monitor.report.dataset import Line, Report
from monitor.report.document import Document, Figure, Link, Table, Text
from monitor.report.gather import load_facts
from monitor.report.month import Month, parse_month
from monitor.report.quality import Quality, Score, estimate
from monitor.report.sections_counts import smooth
from monitor.report.template import SECTIONS, build_template
from monitor.report.workbook import render_xlsx
from tests.monitor.conftest import CONTOH, Answer
from tests.monitor.reporting import ARTICLE, HOSTILE, PNG, ZONE, fill_store, some_articles

Pantau = Callable[..., Answer]
OFFICE = load_office(Config(profile=str(CONTOH)))
MARCH = Month(2025, 3)
WORDING = load_wording("id")
TONES = ("positif", "netral", "negatif")
COUNTED = ("articles", "earned", "owned", "paid", "stories", "quotes", *TONES)


@pytest.fixture
def no_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the drawing, which takes longer than all else; one test draws."""
    for module in (word, paper):
        monkeypatch.setattr(module, "render_png", lambda chart: PNG)
    monkeypatch.setattr(page, "render_svg", lambda chart: "<svg></svg>")


def report_of(store: Store, **changes: Any) -> Report:
    facts = load_facts(store, OFFICE, MARCH, changes.pop("now", find_now()))
    return build_report(facts, OFFICE.profile, OFFICE.zone, OFFICE.names, OFFICE.chosen, {}, **changes)


def make(articles: list[dict[str, Any]], **changes: Any) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        store = fill_store(Path(folder) / "p.db", articles)
        data = report_of(store, **changes)
        store.close()
    return data


def table_under(document: Document, section: str, place: int = 0) -> Table:
    [found] = [part for part in document.sections if part.id == section]
    return [block for block in found.blocks if isinstance(block, Table)][place]


def cells(table: Table) -> list[list[str]]:
    return [[cell.text if isinstance(cell, Link) else cell for cell in row] for row in table.rows]


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(articles=st.lists(ARTICLE, max_size=9))
def test_totals_are_equal_in_every_format(no_charts: None, articles: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = fill_store(Path(folder) / "p.db", articles)
        data = report_of(store)
        wanted = ArticleFilter(since=MARCH.start(ZONE), until=MARCH.end(ZONE))
        [total] = count_by(store, [], wanted)
        counted = {what: count_by(store, [what], wanted) for what in ("opd", "pillar")}
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
    annex, opd = cells(table_under(document, "lampiran")), cells(table_under(document, "opd"))
    assert [row[3] for row in annex] == titles
    assert {row[0]: int(row[1]) for row in opd} == offices
    check_word(word.render_docx(document, date(2025, 4, 2), WORDING), titles, offices)
    check_page(page.render_html(document), titles)
    check_workbook(render_xlsx(data, WORDING), titles, offices, data.totals.articles)
    assert paper.render_pdf(document).startswith(b"%PDF")
    assert json.loads(json.dumps(data.to_json()))["totals"]["articles"] == data.totals.articles


def numbers_of(line: Line) -> list[int]:
    return [line.tones.get(key, 0) if key in TONES else getattr(line, key) for key in COUNTED]


def check_word(data: bytes, titles: list[str], offices: dict[str, int]) -> None:
    tables = open_docx(io.BytesIO(data)).tables
    heads = {table.rows[0].cells[0].text: table for table in tables}
    annex = heads["No."]._tbl
    rows = [
        ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
        for row in annex.iter(qn("w:tr"))
    ]
    assert [row[3] for row in rows[1:]] == titles
    opd = heads["Perangkat daerah"]
    assert {row.cells[0].text: int(row.cells[1].text) for row in opd.rows[1:]} == offices


def check_page(text: str, titles: list[str]) -> None:
    annex = text[text.index('<section id="lampiran">') :]
    assert [unescape(title) for title in re.findall(r'<a href="https://[^"]*"[^>]*>([^<]*)</a>', annex)] == titles
    assert "<script" not in text
    assert re.findall(r'(?:src|href)="(?!#|https?://)', text) == []


def check_workbook(data: bytes, titles: list[str], offices: dict[str, int], total: int) -> None:
    book = openpyxl.load_workbook(io.BytesIO(data))
    heads = [cell.value for cell in book["Artikel"][1]]
    if titles:
        place = heads.index("Judul") + 1
        assert [book["Artikel"].cell(line, place).value for line in range(2, len(titles) + 2)] == titles
        rows = book["Perangkat daerah"].iter_rows(min_row=2, max_col=2, values_only=True)
        assert {name: n for name, n in rows if name} == offices
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
    assert render_xlsx(data, WORDING)


def test_a_month_in_progress_says_so_and_is_compared_with_nothing() -> None:
    running = datetime(2025, 3, 10, 3, tzinfo=UTC)
    data = make(some_articles(), now=running)
    assert (data.complete, data.through, len(data.days)) == (False, "2025-03-10", 10)
    document = compose_report(data, WORDING)
    assert document.status == "Sementara: bulan ini belum berakhir, data sampai Senin, 10 Maret 2025."
    summary = " ".join(block.text for block in document.sections[0].blocks if isinstance(block, Text))
    assert "belum dibandingkan" in summary
    assert compose_report(make(some_articles()), WORDING).status == ""


def test_a_drop_beside_a_dead_source_is_no_trend(tmp_path: Path) -> None:
    articles = [*some_articles(), {**some_articles()[0], "at": datetime(2025, 2, 10, 9, tzinfo=ZONE)}]
    store = fill_store(tmp_path / "p.db", articles)
    before = report_of(store)
    store.execute(
        "INSERT INTO findings (outlet, kind, detail, since, last_at) VALUES ('kabar.example', 'blocked', '', ?, ?)",
        ("2025-03-20T00:00:00Z", "2025-03-30T00:00:00Z"),
    )
    data = report_of(store)
    store.close()
    summary = [
        " ".join(b.text for b in compose_report(r, WORDING).sections[0].blocks if isinstance(b, Text))
        for r in (before, data)
    ]
    assert ["naik dari 1 menjadi 6" in text for text in summary] == [True, True]
    assert ["tidak dapat dibaca sebagai kecenderungan" in text for text in summary] == [False, True]
    assert [outage.outlet_name for outage in data.outages] == ["Kabar Contoh"]
    assert before.id != data.id


def test_an_outlet_read_in_spite_of_a_finding_is_no_outage(tmp_path: Path) -> None:
    store = fill_store(tmp_path / "p.db", some_articles())
    told = [("kabar.example", "certificate"), ("kabar.example", "layout"), ("mati.example", "certificate")]
    save_outlets(
        store, [{"id": "mati.example", "name": "Mati"}, {"id": "cari.example", "name": "X", "kind": "aggregator"}]
    )
    for outlet, kind in [*told, ("cari.example", "blocked")]:
        raise_finding(store, outlet, kind, "", "2025-03-20T00:00:00Z")
    data = report_of(store)
    store.close()
    assert [(outage.outlet_name, outage.kind) for outage in data.outages] == [
        ("Kabar Contoh", "layout"), ("Mati", "certificate"),
    ]  # fmt: skip


def test_paid_and_government_articles_have_no_say_in_the_tone() -> None:
    data = make(some_articles())
    assert (data.totals.earned, data.totals.owned, data.totals.paid) == (4, 0, 2)
    assert data.tones == {"positif": 0, "netral": 2, "negatif": 2}
    assert [(issue.newsrooms, issue.articles, issue.answered_at) for issue in data.issues] == [
        (1, 1, None),
        (1, 1, None),
    ]
    assert "Dinas Pendidikan" in data.silent_opd


def test_error_bars_hold_the_number_and_grow_with_disagreement() -> None:
    close, far = Score(90, 5, 5), Score(90, 30, 30)
    bars = [estimate(40, "opd", Quality("2025-03-31", 50, {"opd": score})) for score in (close, far)]
    assert all(bar and bar[0] <= 40 <= bar[1] for bar in bars)
    assert bars[0] and bars[1] and bars[1][1] - bars[1][0] > bars[0][1] - bars[0][0]
    low = estimate(40, "opd", Quality("2025-03-31", 50, {"opd": Score(50, 50, 0)}))
    assert low and low[1] < 40  # half of the machine's tags were wrong
    assert estimate(40, "pillar", Quality("2025-03-31", 50, {"opd": close})) is None
    data = make(some_articles(), quality=Quality("2025-03-31", 50, {"opd": close}))
    document = compose_report(data, WORDING)
    assert cells(table_under(document, "opd"))[0][1] == "6 (5–7)"
    assert cells(table_under(document, "metode"))[0][:3] == ["perangkat daerah", "95%", "95%"]


def test_means_need_three_known_months() -> None:
    assert smooth([3, 6, 9, None, 3]) == [None, None, 6.0, None, None]


def test_notes_of_an_edited_report_survive_its_next_making(pantau: Pantau, tmp_path: Path, no_charts: None) -> None:
    (tmp_path / "data").mkdir()
    fill_store(tmp_path / "data" / "pantau.db", some_articles()).close()
    file = tmp_path / "laporan.docx"
    assert pantau("report", "--month", "2025-03", "-o", file).code == 0
    edited = open_docx(str(file))
    for control in edited.element.body.iter(qn("w:sdt")):
        if control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) == "pantau-note:opd":
            next(control.iter(qn("w:t"))).text = "Dinkes sudah mengirim klarifikasi."
    edited.save(str(file))
    assert pantau("report", "--month", "2025-03", "-o", file).code == 0
    assert word.extract_notes(file)[1] == {"opd": "Dinkes sudah mengirim klarifikasi."}
    assert pantau("report", "notes", "--month", "2025-03").out == "opd: Dinkes sudah mengirim klarifikasi.\n"
    assert "klarifikasi" in pantau("report", "--month", "2025-03", "--format", "html").out
    # the note of one month is no note of another, and no note changes the id of the data
    assert pantau("report", "notes", "--month", "2025-02").out == ""
    data = json.loads(pantau("report", "--month", "2025-03", "--format", "json").out)
    assert data["notes"] == {"opd": "Dinkes sudah mengirim klarifikasi."}
    assert word.extract_notes(file)[0] == data["id"]
    pantau("report", "notes", "--month", "2025-03", "--section", "opd", "--text", "")
    assert pantau("report", "notes", "--month", "2025-03").out == ""


def test_the_template_of_the_program_is_what_its_script_makes(tmp_path: Path) -> None:
    build_template().save(str(tmp_path / "made.docx"))
    made, kept = (open_docx(str(path)) for path in (tmp_path / "made.docx", word.TEMPLATE))
    assert made.element.body.xml == kept.element.body.xml
    assert made.styles.element.xml == kept.styles.element.xml


def test_the_template_can_be_edited_and_given_back(pantau: Pantau, tmp_path: Path, no_charts: None) -> None:
    (tmp_path / "data").mkdir()
    fill_store(tmp_path / "data" / "pantau.db", some_articles()).close()
    template, file = tmp_path / "templat.docx", tmp_path / "r.docx"
    assert pantau("report", "template", "-o", template).code == 0
    assert pantau("report", "template", "-o", template).code == 2
    edited = open_docx(str(template))
    edited.paragraphs[2].text = "Jalan Contoh 1"
    edited.save(str(template))
    assert pantau("report", "--month", "2025-03", "-o", file, "--template", template).code == 0
    texts = [paragraph.text for paragraph in open_docx(str(file)).paragraphs]
    assert "Jalan Contoh 1" in texts
    assert "PEMERINTAH KABUPATEN SELASIH" in texts
    assert [text for text in texts if "{{" in text and "jinja" not in text] == []
    edited.paragraphs[2].text = "{{ salah"
    edited.save(str(template))
    answer = pantau("report", "--month", "2025-03", "-o", file, "--template", template)
    assert (answer.code, "pantau report template" in answer.complaint) == (2, True)
    template.write_text("bukan dokumen", encoding="utf-8")
    assert pantau("report", "--month", "2025-03", "-o", file, "--template", template).code == 2


def test_a_frozen_report_stays_among_the_editions(pantau: Pantau, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    fill_store(tmp_path / "data" / "pantau.db", some_articles()).close()
    first = pantau("report", "--month", "2025-03", "--json", "--freeze")
    again = pantau("report", "--month", "2025-03", "--json", "--freeze")
    assert first.err == again.err == "edition 2025-03-01-laporan\n"
    assert first.out == again.out


@pytest.mark.parametrize(
    ("month", "said"),
    [
        ("2999-01", "has not begun yet"),
        ("2025-13", "is no month"),
        ("maret", "is no month"),
        ("1980-01", "too far back"),
    ],
)
def test_impossible_months_are_refused(pantau: Pantau, month: str, said: str) -> None:
    answer = pantau("report", "--month", month, "--format", "json")
    assert (answer.code, said in answer.complaint) == (2, True)


def test_months_turn_with_the_year() -> None:
    assert str(Month(2025, 1).shift(-1)) == "2024-12"
    assert Month(2024, 2).last == date(2024, 2, 29)
    assert MARCH.start(ZONE) == datetime(2025, 2, 28, 17, tzinfo=UTC)
    assert str(parse_month("2025-03", ZONE)) == "2025-03"
    with pytest.raises(InputError):
        parse_month("2025-3", ZONE)


def test_english_is_complete(no_charts: None) -> None:
    data = replace(make(some_articles()), outages=())
    text = page.render_html(compose_report(data, load_wording("en")))
    assert "Monthly Media Report" in text
    assert [word for word in ("Ringkasan", "Perangkat daerah", "Berbayar", "Kecamatan") if f">{word}<" in text] == []
    assert len(SECTIONS) == len(compose_report(data, WORDING).sections)
