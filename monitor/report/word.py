"""The report as Word document: a template that the office edits, filled section by section by docxtpl.

The template (``pantau report template`` writes it out) has a letterhead, a signature block and one slot per section,
``{{p opd }}``, which the office can move, frame with its own text or delete. Notes stand in content controls tagged
with their section, so that an edited report gives them back (`extract_notes`); one not written yet is an empty
control, of which paper shows nothing.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import BadZipFile

from docx import Document as open_document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from docxtpl import DocxTemplate
from jinja2 import TemplateError

from monitor.charts import render_png
from monitor.errors import InputError
from monitor.render.wording import Wording
from monitor.report.document import Block, Cell, Document, Figure, Link, Note, Points, Section, Table, Text
from monitor.report.template import ANCHOR, build_template

NOTE_TAG = "pantau-note:"
STYLES = {"body": "Normal", "small": "Pantau Keterangan", "head": "Heading 2"}
CONTENTS = (  # the beginning of the field by which Word makes contents anew
    r'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \o "1-1" \h \n </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
LINE_WIDTH = 17.0  # centimetres between the margins of the template
TWIPS = 567  # per centimetre


def render_docx(document: Document, day: date, wording: Wording, template: Path | None = None) -> bytes:
    """Fill the template. Raises InputError for a template that is no Word document or has broken slots."""
    try:
        page = DocxTemplate(template or io.BytesIO(build_template(wording, blanks=False)))
        page.init_docx()
    except (OSError, PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise InputError(
            f"{template} is no Word template ({error}): write a new one with `pantau report template`"
        ) from None
    context: dict[str, Any] = {
        "title": document.title,
        "regency": document.regency,
        "office": document.office,
        "period": document.period,
        "status": document.status,
        "number": document.number,
        "date": wording.day(day).partition(", ")[2],
    }
    for section in document.sections:
        context[f"{section.id}_title"] = section.title
        context[section.id] = _fill(page.new_subdoc(), section, document)
    buffer = io.BytesIO()
    try:
        context["daftar_isi"] = _write_contents(page, document)
        page.render(context, autoescape=True)
        page.docx.core_properties.identifier = document.number.rpartition(" ")[2]
        page.docx.core_properties.title = f"{document.title} {document.regency} {document.period}"
        page.docx.core_properties.language = document.lang
        page.save(buffer)
    except TemplateError as error:
        raise InputError(
            f"{template}: {error}: mend the slot, or write a new template with `pantau report template`"
        ) from None
    return buffer.getvalue()


def extract_notes(path: Path) -> tuple[str, dict[str, str]]:
    """Return the data id that an edited report bears and its notes by section; ("", {}) for any other file."""
    try:
        page = open_document(str(path))
    except (OSError, PackageNotFoundError, BadZipFile, KeyError, ValueError):
        return "", {}
    notes = {}
    for control in page.element.body.iter(qn("w:sdt")):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        name = tag.get(qn("w:val")) if tag is not None else ""
        if not name.startswith(NOTE_TAG) or control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None:
            continue  # emptied in Word, which then shows words of its own
        paragraphs = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in control.iter(qn("w:p"))]
        text = "\n".join(paragraphs).strip()
        if text and not re.fullmatch(r"\(.*\)", text):  # as reports of older versions asked for a note
            notes[name.removeprefix(NOTE_TAG)] = text
    return page.core_properties.identifier or "", notes


def _fill(page: Any, section: Section, document: Document) -> Any:
    for block in section.blocks:
        _add(page, block, document)
    return page


def _write_contents(page: DocxTemplate, document: Document) -> Any:
    """Return the contents: links to those sections that the template holds. They bear no page numbers, which nobody
    knows before Word has set the pages: it would have to be asked to fill them in.
    """
    held, contents = page.get_undeclared_template_variables(), page.new_subdoc()
    sections = [section for section in document.sections if f"{section.id}_title" in held]
    for section in sections:
        begin, end = CONTENTS if section is sections[0] else "", FIELD_END if section is sections[-1] else ""
        _append(
            contents,
            f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="toc1"/></w:pPr>{begin}'
            f'<w:hyperlink w:anchor="{ANCHOR}{section.id}" w:history="1"><w:r><w:t>{escape(_clean(section.title))}'
            f"</w:t></w:r></w:hyperlink>{end}</w:p>",
        )
    return contents


def _add(page: Any, block: Block, document: Document) -> None:
    match block:
        case Text(text, style):
            page.add_paragraph(_clean(text), style=STYLES[style])
        case Points(items):
            for item in items:
                page.add_paragraph(_clean(item), style="List Bullet")
        case Table():
            _append(page, _write_table(block))
            page.add_paragraph(style=STYLES["small"])
        case Figure(chart, alt, caption):
            picture = page.add_picture(io.BytesIO(render_png(chart)), width=Cm(LINE_WIDTH - 1))
            picture._inline.docPr.set("descr", _clean(alt))
            page.add_paragraph(_clean(caption), style="Caption")
        case Note(name, text):
            _append(page, _write_note(name, document.note_head, text))


def _append(page: Any, xml: str) -> None:
    """Add an element where python-docx adds paragraphs: at the end, but before the properties of the section."""
    body, element = page.element.body, parse_xml(xml)
    if body.sectPr is None:
        body.append(element)
    else:
        body.sectPr.addprevious(element)


def _write_table(table: Table) -> str:
    """Return a table as WordprocessingML; python-docx would take minutes for thousands of rows."""
    total = sum(table.widths)
    widths = [round(LINE_WIDTH * TWIPS * width / total) for width in table.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = _write_row([_clean(cell) for cell in table.head], widths, table.numeric, "<w:tblHeader/>")
    rows = "".join(_write_row(row, widths, table.numeric) for row in table.rows)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="PantauTabel"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:noHBand="0" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>"
    )


def _write_row(cells: Iterable[Cell], widths: list[int], numeric: tuple[bool, ...], mark: str = "") -> str:
    written = []
    for cell, width, right in zip(cells, widths, numeric, strict=True):
        align = '<w:jc w:val="right"/>' if right else ""
        written.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="PantauSel"/>'
            f"{align}</w:pPr>{_write_run(cell)}</w:p></w:tc>"
        )
    return f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>{''.join(written)}</w:tr>"


def _write_run(cell: Cell) -> str:
    text = cell.text if isinstance(cell, Link) else cell
    run = f'<w:r><w:t xml:space="preserve">{escape(_clean(text))}</w:t></w:r>'
    target = cell.target if isinstance(cell, Link) else None
    if target is None or '"' in target or "\\" in target:
        return run
    instruction = quoteattr(f' HYPERLINK "{_clean(target)}" ')
    return f"<w:fldSimple w:instr={instruction}>{run}</w:fldSimple>"


def _write_note(name: str, head: str, text: str) -> str:
    style = '<w:pPr><w:pStyle w:val="PantauCatatan"/></w:pPr>' if text else ""
    paragraphs = "".join(
        f'<w:p>{style}<w:r><w:t xml:space="preserve">{escape(_clean(line))}</w:t></w:r></w:p>'
        for line in text.split("\n")
    )
    return (
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:alias w:val={quoteattr(head)}/><w:tag w:val={quoteattr(NOTE_TAG + name)}/>"
        f"</w:sdtPr><w:sdtContent>{paragraphs}</w:sdtContent></w:sdt>"
    )


def _clean(text: str) -> str:
    """Return text without characters that XML forbids or that docxtpl would turn into breaks."""
    if text.isprintable():
        return text
    return "".join(
        char for char in text if unicodedata.category(char) not in {"Cc", "Cs"} and char not in "\ufffe\uffff"
    )
