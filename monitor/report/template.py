"""Makes the Word template that comes with the program, in the reader's language; an office edits a copy in Word.

Headings and slots are filled by ``monitor.report.word``.
"""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as Page
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section as Sheet
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from monitor.render.wording import Wording

SECTIONS = (
    "ringkasan", "metode", "volume", "nada", "pilar", "opd", "peristiwa", "media", "narasumber", "rilis", "isu",
    "kecamatan", "berbayar", "tetangga", "lampiran",
)  # fmt: skip
ANCHOR = "pantau_"  # begins the bookmark of a section's heading
INK = RGBColor(0x1F, 0x2D, 0x3D)
FONT = "Arial"  # on every office machine, and replaced by its metric twin elsewhere


def build_template(wording: Wording, blanks: bool = True) -> bytes:
    """Return the template as a file; ``blanks`` are what an office fills in, which no report may be handed out with."""
    buffer = io.BytesIO()
    _build_page(wording, blanks).save(buffer)
    return buffer.getvalue()


def _build_page(wording: Wording, blanks: bool) -> Page:
    page = Document()
    sheet = page.sections[0]
    sheet.page_width, sheet.page_height = Cm(21.0), Cm(29.7)
    sheet.left_margin = sheet.right_margin = Cm(2.0)
    sheet.top_margin, sheet.bottom_margin = Cm(2.0), Cm(2.0)
    _add_styles(page)
    _add_letterhead(page, wording, blanks)
    title = page.add_paragraph("{{ title }}", style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in ("{{ regency }}", "{{ period }}"):
        page.add_paragraph(text, style="Subtitle").alignment = WD_ALIGN_PARAGRAPH.CENTER
    page.add_paragraph("{%p if status %}")
    page.add_paragraph("{{ status }}", style="Pantau Peringatan")
    page.add_paragraph("{%p endif %}")
    page.add_paragraph("{{p daftar_isi }}")
    for place, name in enumerate(SECTIONS):
        if name == "lampiran":
            _add_signature(page, wording, blanks)
        heading = page.add_paragraph(f"{{{{ {name}_title }}}}", style="Heading 1")
        heading.paragraph_format.page_break_before = name == "lampiran"
        _mark(heading, place, name)
        page.add_paragraph(f"{{{{p {name} }}}}")
    _add_footer(sheet)
    return page


def _mark(heading: Paragraph, place: int, name: str) -> None:
    """Give a heading the bookmark to which the contents lead."""
    start = f'<w:bookmarkStart {nsdecls("w")} w:id="{place}" w:name="{ANCHOR}{name}"/>'
    heading._p.insert(1, parse_xml(start))
    heading._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{place}"/>'))


def _add_styles(page: Page) -> None:
    sizes = {
        "Normal": 10,
        "Title": 20,
        "Subtitle": 13,
        "Heading 1": 14,
        "Heading 2": 11,
        "Caption": 9,
        "List Bullet": 10,
    }
    for name, size in sizes.items():
        style = page.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
        for theme in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    page.styles["Subtitle"].font.italic = page.styles["Caption"].font.bold = False
    page.styles["Normal"].paragraph_format.space_after = Pt(6)
    page.styles["Heading 1"].paragraph_format.space_before = Pt(18)
    for border in page.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
        break
    small = (("Pantau Sel", 8.0, 1), ("Pantau Keterangan", 8.5, 6), ("Pantau Catatan", 10.0, 6), ("toc 1", 9.5, 0))
    for name, points, space in small:
        style = page.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = page.styles["Normal"]
        style.font.size, style.paragraph_format.space_after = Pt(points), Pt(space)
    page.styles["Pantau Keterangan"].font.italic = True
    note = page.styles["Pantau Catatan"]
    note.element.get_or_add_pPr().append(
        parse_xml(f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="18" w:space="8" w:color="8796A5"/></w:pBdr>')
    )
    warning = page.styles.add_style("Pantau Peringatan", WD_STYLE_TYPE.PARAGRAPH)
    warning.base_style, warning.font.bold = page.styles["Normal"], True
    warning.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    page.styles.element.append(parse_xml(_TABLE_STYLE))


def _add_letterhead(page: Page, wording: Wording, blanks: bool) -> None:
    say = wording.say
    lines = ((say("PEMERINTAH {regency}", regency="{{ regency|upper }}"), 13), ("{{ office|upper }}", 15))
    for text, size in lines:
        line = page.add_paragraph()
        line.alignment, line.paragraph_format.space_after = WD_ALIGN_PARAGRAPH.CENTER, Pt(0)
        run = line.add_run(text)
        run.bold, run.font.size = True, Pt(size)
    told = say("[Alamat, kode pos, telepon, surel, dan laman: sunting pada templat]") if blanks else ""
    address = page.add_paragraph(told)
    address.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for run in address.runs:
        run.font.size = Pt(8.5)
    address._p.get_or_add_pPr().append(
        parse_xml(f'<w:pBdr {nsdecls("w")}><w:bottom w:val="double" w:sz="6" w:space="4" w:color="1F2D3D"/></w:pBdr>')
    )


def _add_signature(page: Page, wording: Wording, blanks: bool) -> None:
    say = wording.say
    table = page.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.RIGHT
    cell = table.cell(0, 1)
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    place = say("[Tempat], {date}", date="{{ date }}") if blanks else "{{ date }}"
    head = say("Kepala {office},", office="{{ office }}")
    signer = (say("[Nama]"), say("[Pangkat]"), say("NIP [Nomor]")) if blanks else ()
    lines = (place, head, "", "", "", *signer)
    cell.text = lines[0]
    for line in lines[1:]:
        cell.add_paragraph(line)
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.keep_with_next = True


def _add_footer(sheet: Sheet) -> None:
    line = sheet.footer.paragraphs[0]
    line.text = "{{ number }}\t\t"
    for run in line.runs:
        run.font.size = Pt(8)
    page = '<w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t>1</w:t></w:r>'
    line._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE ">{page}</w:fldSimple>'))


_TABLE_STYLE = (
    f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="PantauTabel"><w:name w:val="Pantau Tabel"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:color="1F2D3D"/>'
    '<w:bottom w:val="single" w:sz="8" w:color="1F2D3D"/><w:insideH w:val="single" w:sz="4" w:color="C4CCD4"/>'
    '</w:tblBorders><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
    '</w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" '
    'w:fill="E8ECF0"/></w:tcPr></w:tblStylePr></w:style>'
)
