"""`pantau report`: kept notes, the template, frozen reports, impossible months."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from docx import Document as open_docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from monitor.report import word
from monitor.report.template import SECTIONS
from tests.monitor.report.conftest import Pantau
from tests.monitor.reporting import fill_store, some_articles


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


def test_a_report_asks_nothing_of_those_who_get_it(pantau: Pantau, tmp_path: Path, no_charts: None) -> None:
    (tmp_path / "data").mkdir()
    fill_store(tmp_path / "data" / "pantau.db", some_articles()).close()
    file, template = tmp_path / "laporan.docx", tmp_path / "templat.docx"
    made = pantau("report", "--month", "2025-03", "-o", file)
    paragraphs = open_docx(str(file)).element.body.iter(qn("w:p"))
    texts = ["".join(t.text or "" for t in paragraph.iter(qn("w:t"))) for paragraph in paragraphs]
    assert [text for text in texts if re.search(r"^\(.*\)$|^(NIP )?\[", text)] == []
    assert "(ringkasan, volume, nada," in made.err
    assert "pantau report template" in made.err
    assert pantau("report", "template", "-o", template).code == 0
    pantau("report", "notes", "--month", "2025-03", "--section", "volume", "--text", "Naik karena panen.")
    made = pantau("report", "--month", "2025-03", "-o", file, "--template", template)
    assert "(ringkasan, nada," in made.err
    assert "pantau report template" not in made.err


def test_a_note_emptied_in_word_is_none(pantau: Pantau, tmp_path: Path, no_charts: None) -> None:
    (tmp_path / "data").mkdir()
    fill_store(tmp_path / "data" / "pantau.db", some_articles()).close()
    file = tmp_path / "laporan.docx"
    pantau("report", "--month", "2025-03", "-o", file)
    edited = open_docx(str(file))
    control = next(edited.element.body.iter(qn("w:sdt")))
    next(control.iter(qn("w:t"))).text = "Click or tap here to enter text."
    control.find(qn("w:sdtPr")).append(OxmlElement("w:showingPlcHdr"))
    edited.save(str(file))
    assert word.extract_notes(file)[1] == {}


def test_letterhead_and_signature_speak_the_language_of_the_report(
    pantau: Pantau, tmp_path: Path, no_charts: None
) -> None:
    (tmp_path / "data").mkdir()
    fill_store(tmp_path / "data" / "pantau.db", some_articles()).close()
    said = {}
    for lang in ("id", "en"):
        file, own = tmp_path / f"{lang}.docx", tmp_path / f"templat-{lang}.docx"
        assert pantau("report", "template", "--lang", lang, "-o", own).code == 0
        made = pantau("report", "--month", "2025-03", "--lang", lang, "-o", file, "--template", own)
        assert made.code == 0
        page = open_docx(str(file))
        signature = page.tables[-2].cell(0, 1)  # before the annex
        said[lang] = {paragraph.text for paragraph in [*page.paragraphs[:3], *signature.paragraphs]} - {""}
    assert "PEMERINTAH KABUPATEN SELASIH" in said["id"]
    assert "GOVERNMENT OF KABUPATEN SELASIH" in said["en"]
    assert {"[Name]", "[Rank]"} < said["en"]
    assert len(said["id"] & said["en"]) == 1, "the office's name alone"


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


def test_a_note_on_any_section_is_printed(pantau: Pantau, tmp_path: Path, no_charts: None) -> None:
    (tmp_path / "data").mkdir()
    fill_store(tmp_path / "data" / "pantau.db", some_articles()).close()
    for section in SECTIONS:
        told = ("--section", section, "--text", f"Nota {section}")
        assert pantau("report", "notes", "--month", "2025-03", *told).code == 0
    page = pantau("report", "--month", "2025-03", "--format", "html").out
    assert [section for section in SECTIONS if f"Nota {section}" not in page] == []


def test_a_frozen_report_stays_among_the_editions(pantau: Pantau, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    fill_store(tmp_path / "data" / "pantau.db", some_articles()).close()
    first = pantau("report", "--month", "2025-03", "--json", "--freeze")
    again = pantau("report", "--month", "2025-03", "--json", "--freeze")
    assert first.err == again.err == "edition 2025-03-01-laporan\n"
    assert first.out == again.out
    page, ident = pantau("report", "--month", "2025-03", "--format", "html").out, "2025-03-01-laporan"
    assert ident in pantau("edition", "list").out
    asked = pantau("edition", "show", ident)
    assert (asked.code, f"pantau report --edition {ident}" in asked.complaint) == (2, True)
    assert pantau("correct", "1", "tone", "negatif").code == 0
    assert pantau("report", "--month", "2025-03", "--json").out != first.out
    assert json.loads(pantau("report", "--edition", ident, "--json").out) == json.loads(first.out)
    assert pantau("report", "--edition", ident, "--format", "html").out == page
    file = tmp_path / "kept.docx"
    assert pantau("report", "--edition", ident, "-o", file).code == 0
    assert file.stat().st_size > 10_000
    for wrong, said in ((["--edition", ident, "--month", "2025-03"], "leave out --month"), (["--edition", "x"], ident)):
        answer = pantau("report", *wrong, "--json")
        assert (answer.code, said in answer.complaint) == (2, True)


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
