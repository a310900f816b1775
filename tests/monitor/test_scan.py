"""Text of files that are handed in. Where tesseract is not installed, what needs it is skipped."""

from __future__ import annotations

import base64
import shutil
from pathlib import Path

import pytest
import typst
import vl_convert
from rapidfuzz.distance import Levenshtein

from monitor import ocr, scan
from monitor.errors import InputError

READER = pytest.mark.skipif(
    not shutil.which("tesseract") or not ocr.knows_indonesian(),
    reason="needs tesseract and its Indonesian (Debian: apt install tesseract-ocr tesseract-ocr-ind)",
)
POPPLER = pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler (Debian: apt install poppler-utils)")
PARAGRAPHS = (
    """\
Warga Kampung Olak mengeluhkan jalan penghubung sepanjang enam kilometer yang rusak sejak awal tahun. Lubang besar
tersebar di seluruh ruas dan tertutup air setiap kali hujan turun.

Menurut ketua kelompok tani, kerusakan itu membuat ongkos angkut hasil kebun naik. Pedagang pengumpul enggan masuk
karena kendaraan mereka sering tersangkut di tengah jalan.

Dinas Pekerjaan Umum mengatakan petugas sudah mengukur kerusakan. Perbaikan darurat dijanjikan dimulai pekan depan,
sedangkan pengaspalan menunggu anggaran tahun berikutnya.""".replace("\n\n", "\t")
    .replace("\n", " ")
    .split("\t")
)
PAGE = """#set page(width: 460pt, height: auto, margin: 24pt)
#set text(size: 11pt, lang: "id", hyphenate: true)
#set par(justify: true, first-line-indent: 12pt, spacing: 0.65em)
#block(height: 118pt, columns(2)[{text}])"""
LEANING = """#set page(width: auto, height: auto, margin: 0pt, fill: luma(90))
#rotate({turn}deg, reflow: true, image("page.png", width: 460pt))"""
SHADED = """#set page(width: 500pt, height: 300pt, margin: 0pt, fill: luma(90))
#place(dx: 20pt, dy: 20pt, rotate(-4deg, image("page.png", width: 460pt)))
#place(rect(width: 100%, height: 100%, fill: gradient.linear(rgb(0, 0, 0, 0), rgb(0, 0, 0, 190))))"""


def draw(source: str, folder: Path, form: str = "png", ppi: float = 220.0) -> bytes:
    """Return what typst draws."""
    made = typst.compile(source.encode(), root=str(folder), format=form, ppi=ppi)  # type: ignore[call-overload]
    return made if isinstance(made, bytes) else bytes(made[0])


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A clipping in two columns."""
    path = tmp_path / "page.png"
    path.write_bytes(draw(PAGE.format(text="\n\n".join(PARAGRAPHS)), tmp_path))
    return path


def turn(page: Path, degrees: float) -> Path:
    """Return the page photographed askew."""
    page.with_name("turned.png").write_bytes(draw(LEANING.format(turn=degrees), page.parent, ppi=200))
    return page.with_name("turned.png")


def miss(text: str) -> float:
    """Return the share of letters that were read wrongly, paragraphs and all."""
    truth = "\n\n".join(PARAGRAPHS)
    return Levenshtein.distance(truth, text) / len(truth)


@READER
@pytest.mark.parametrize("degrees", [0, -4, 93, 180])
def test_columns_are_read_one_after_the_other_however_the_page_lies(page: Path, degrees: float) -> None:
    read = scan.read_scan(turn(page, degrees) if degrees else page)
    assert (read.reader, read.problem) == ("tesseract", "")
    assert miss(read.text) < 0.02, read.text


@READER
def test_a_page_in_the_shade_is_read(page: Path) -> None:
    page.with_name("shaded.png").write_bytes(draw(SHADED, page.parent))
    assert miss(scan.read_scan(page.with_name("shaded.png")).text) < 0.03


@READER
def test_what_a_camera_noted_of_its_position_is_obeyed(page: Path) -> None:
    picture = "data:image/png;base64," + base64.b64encode(turn(page, -90).read_bytes()).decode()
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="560" height="1700"><image href="{picture}" width="560"/></svg>'
    )
    plain = vl_convert.svg_to_jpeg(svg, scale=2)
    noted = bytes.fromhex("ffe100224578696600004d4d002a00000008000101120003000000010006000000000000")
    photo = page.with_name("foto.jpg")
    photo.write_bytes(plain[:2] + noted + plain[2:])
    assert miss(scan.read_scan(photo).text) < 0.03


@READER
@POPPLER
def test_a_scanned_pdf_is_read_whatever_its_program_stamped_on_it(page: Path) -> None:
    source = '#set page(margin: 30pt)\n#image("page.png")\n#text(size: 6pt)[Dipindai dengan Kamera]\n#pagebreak()\n'
    pdf = page.with_suffix(".pdf")
    pdf.write_bytes(draw(source + '#image("page.png")', page.parent, "pdf"))
    read = scan.read_scan(pdf)
    assert read.reader == "tesseract"
    assert read.text.count(PARAGRAPHS[2]) == 2


@POPPLER
def test_the_text_of_a_pdf_needs_no_reader_of_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = tmp_path / "koran.pdf"
    pdf.write_bytes(draw(PAGE.format(text="\n\n".join(PARAGRAPHS)), tmp_path, "pdf"))
    monkeypatch.setattr(scan, "read_picture", lambda path: pytest.fail("a picture"))
    read = scan.read_scan(pdf)
    assert read.reader == "pdftotext"
    assert " ".join(read.text.split()) == " ".join(PARAGRAPHS)


@POPPLER
def test_a_pdf_that_is_broken_says_so(tmp_path: Path) -> None:
    pdf = tmp_path / "rusak.pdf"
    pdf.write_bytes(b"%PDF-1.7\n" + bytes(200))
    read = scan.read_scan(pdf)
    assert (read.cause, read.text) == ("broken", "")
    assert "damaged" in read.problem


def test_a_locked_pdf_and_one_of_many_pages_say_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = tmp_path / "kunci.pdf"
    pdf.write_bytes(b"%PDF-1.7\n")
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(scan, "run_program", lambda *command: ("", "Command Line Error: Incorrect password"))
    locked = scan.read_scan(pdf)
    assert (locked.cause, "without one" in locked.problem) == ("locked", True)

    def run(name: str, *arguments: str) -> tuple[str, str]:
        for number in range(scan.PAGES + 1 if name == "pdftoppm" else 0):
            Path(f"{arguments[-1]}-{number:02}.png").touch()
        return "", ""

    monkeypatch.setattr(scan, "run_program", run)
    monkeypatch.setattr(scan, "knows_indonesian", lambda: True)
    monkeypatch.setattr(scan, "read_picture", lambda path: (f"Halaman {path.stem[-2:]}.", ""))
    long = scan.read_scan(pdf)
    assert (long.cause, long.text.count("Halaman")) == ("too_long", scan.PAGES)


def test_without_indonesian_nothing_is_guessed(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(scan, "knows_indonesian", lambda: False)
    read = scan.read_scan(page)
    assert (read.cause, "tesseract-ocr-ind" in read.problem) == ("no_language", True)


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.doc", b"x", r"\.pdf"),
        ("kosong.jpg", b"", "empty"),
        ("a.heic", b"\0\0\0\x18ftypheic", "JPG"),
        ("a.jpg", b"\0\0\0\x18ftypheic", "JPG"),
        ("a.png", b"<html>", "whatever its name says"),
        ("a.txt", b"PK\x03\x04\0\0", "whatever its name says"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, name: str, body: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(body)
    with pytest.raises(InputError, match=said):
        scan.read_scan(tmp_path / name)
    with pytest.raises(InputError, match="no such file"):
        scan.read_scan(tmp_path / "lain.pdf")


def test_a_file_is_what_it_holds_not_what_it_is_called(page: Path) -> None:
    assert scan.find_kind(page.rename(page.with_suffix(".jpg"))) == "image/png"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_as_whatever_program_saved_it(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes("“Siap,” katanya.\r\nWarga hadir.".encode(encoding))
    assert scan.read_scan(tmp_path / "a.txt").text == "“Siap,” katanya.\nWarga hadir."


@pytest.mark.parametrize(
    ("lines", "lean"),
    [
        ('title="bbox 1 1 9 9; baseline -0.105 -3; x_size 4"' * 3 + 'title="bbox 0 0 1 1; textangle 180"', 6.0),
        ('title="bbox 1 1 9 9; textangle 90; x_size 4"' * 2, 90.0),
        ("", 0.0),
    ],
)
def test_lines_tell_how_a_page_lies(lines: str, lean: float) -> None:
    assert round(ocr.find_lean(lines), 1) == lean
