"""Text of what was handed in as a file: plain text, PDF, photo. Reading pictures takes tesseract, where installed."""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from monitor.errors import InputError
from monitor.ocr import knows_indonesian, read_picture, run_program
from monitor.paragraphs import drop_headline, join_lines
from monitor.render.upright import LONGEST

PICTURES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".webp": "image/webp",
}
TEXT, PDF = "text/plain; charset=utf-8", "application/pdf"
TYPES = {".txt": TEXT, ".pdf": PDF, **PICTURES}
HEIC = (".heic", ".heif")  # what iPhones make
BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"avif")  # how such a file begins
WIDE = (b"\xff\xfe", b"\xfe\xff")  # how a text of two bytes a character begins
PAGES = 12  # of a PDF that are drawn and read: a clipping has fewer
SEEN = 1600  # pixels of the longer side of a page that is looked at
FEW_WORDS = 25  # on a page: no article, but what a scanning program stamps on its pictures
INSTALL_OCR = "install tesseract with its Indonesian data (Debian: apt install tesseract-ocr tesseract-ocr-ind)"
INSTALL_PDF = "install poppler (Debian: apt install poppler-utils)"
Cause = Literal["", "no_reader", "no_language", "locked", "broken", "too_long"]


@dataclass(frozen=True, slots=True)
class Scan:
    """Text of a file and what read it (text, pdftotext, tesseract); or the problem that kept it from being read, in
    words and as a code.
    """

    text: str
    reader: str = ""
    problem: str = ""
    cause: Cause = ""


def read_scan(path: Path, headline: str = "") -> Scan:
    """Read a file's text but for its headline; a missing program is a problem told, not an error.

    Raises InputError for a file that cannot be read or is of a kind that nobody can read.
    """
    kind = find_kind(path)
    if kind == TEXT:
        return Scan(drop_headline(_decode(path.read_bytes()), headline), "text")
    return _read_pdf(path, headline) if kind == PDF else _read_picture(path, headline)


def find_kind(path: Path) -> str:
    """Return the type of a file by its first bytes, whatever its name ends in. Raises InputError."""
    if path.suffix.lower() not in (*TYPES, *HEIC):
        raise InputError(f"{path}: give a file that ends in {', '.join(TYPES)}")
    if not path.is_file():
        raise InputError(f"{path}: no such file")
    with path.open("rb") as file:
        start = file.read(1024)
    if not start:
        raise InputError(f"{path}: the file is empty")
    if start[4:8] == b"ftyp" and start[8:12] in BRANDS:
        raise InputError(f"{path}: a picture in HEIC, which nothing here reads: save it as JPG and clip that")
    kind = tell_kind(start) or (TEXT if path.suffix.lower() == ".txt" and _is_text(start) else "")
    if not kind:
        raise InputError(f"{path}: what it holds is none of {', '.join(TYPES)}, whatever its name says")
    return kind


def tell_kind(start: bytes) -> str:
    """Return the type of a PDF or picture by its first bytes; blank for anything else."""
    if b"%PDF-" in start:
        return PDF
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return PICTURES[".webp"]
    beginnings = {b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png", b"II*\0": ".tif", b"MM\0*": ".tif"}
    return next((PICTURES[ending] for sign, ending in beginnings.items() if start.startswith(sign)), "")


def _is_text(start: bytes) -> bool:
    return start.startswith(WIDE) or b"\0" not in start


def _decode(body: bytes) -> str:
    """Return the text of a file as whatever program saved it."""
    try:
        text = body.decode("utf-16" if body.startswith(WIDE) else "utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("cp1252", "replace")
    return "\n".join(text.replace("\x00", "").splitlines()).strip()


def _read_pdf(path: Path, headline: str) -> Scan:
    if not shutil.which("pdftotext"):
        return Scan("", problem=f"the PDF's text cannot be read: {INSTALL_PDF}", cause="no_reader")
    text, fault = run_program("pdftotext", "-enc", "UTF-8", str(path), "-")
    if fault:
        locked = "password" in fault.lower()
        told = "the PDF asks for a password: save it without one" if locked else f"the PDF is damaged ({fault})"
        return Scan("", problem=told, cause="locked" if locked else "broken")
    enough = len(text.split()) >= FEW_WORDS * max(1, text.count("\f"))
    drawn = None if enough else _read_drawn(path, headline)
    if drawn and (len(drawn.text) > len(text) or not text.strip()):
        return drawn
    return Scan(join_lines(drop_headline(text, headline)), "pdftotext")


def _read_drawn(path: Path, headline: str) -> Scan:
    """Read the pages of a PDF as pictures."""
    if not shutil.which("pdftoppm"):
        told = f"the PDF holds pictures only, which cannot be drawn: {INSTALL_PDF}"
        return Scan("", problem=told, cause="no_reader")
    with tempfile.TemporaryDirectory(prefix="pantau-clip-") as folder:
        pages = Path(folder) / "page"
        size, last = str(LONGEST), str(PAGES + 1)
        _, fault = run_program("pdftoppm", "-scale-to", size, "-l", last, "-png", str(path), str(pages))
        drawn = sorted(Path(folder).glob("page*.png"))
        read = [_read_picture(page, headline) for page in drawn[:PAGES]]
    if len(drawn) > PAGES:
        read.append(
            Scan("", "tesseract", f"only the first {PAGES} pages are read: clip the others by themselves", "too_long")
        )
    elif fault and not drawn:
        return Scan("", problem=f"the PDF is damaged ({fault})", cause="broken")
    troubled = next((page for page in read if page.problem), Scan(""))
    text = "\n\n".join(page.text for page in read if page.text)
    return Scan(join_lines(text), "tesseract" if text else "", troubled.problem, troubled.cause)


def _read_picture(path: Path, headline: str) -> Scan:
    if not shutil.which("tesseract"):
        return Scan("", problem=f"the picture's text cannot be read: {INSTALL_OCR}", cause="no_reader")
    if not knows_indonesian():
        return Scan("", problem=f"tesseract has no Indonesian: {INSTALL_OCR}", cause="no_language")
    text, fault = read_picture(path)
    told = f"the picture cannot be read ({fault})" if fault else ""
    read = join_lines(drop_headline(text, headline))
    return Scan(read, "tesseract" if text else "", told, "broken" if fault else "")


def count_pages(body: bytes) -> int:
    """Return how many pages a PDF has that can be drawn here."""
    if not shutil.which("pdftoppm"):
        return 0
    with tempfile.NamedTemporaryFile(prefix="pantau-clip-", suffix=".pdf") as file:
        file.write(body)
        file.flush()
        told, _ = run_program("pdfinfo", file.name)
    found = re.search(r"^Pages:\s+(\d+)", told, re.MULTILINE)
    return int(found[1]) if found else 0


def draw_page(body: bytes, number: int) -> bytes:
    """Return a page of a PDF as JPEG, to be looked at; nothing where it cannot be drawn."""
    if not shutil.which("pdftoppm"):
        return b""
    with tempfile.TemporaryDirectory(prefix="pantau-clip-") as folder:
        path, made = Path(folder) / "clip.pdf", Path(folder) / "page"
        path.write_bytes(body)
        page, size = str(number), str(SEEN)
        run_program("pdftoppm", "-f", page, "-l", page, "-scale-to", size, "-jpeg", "-singlefile", str(path), str(made))
        drawn = made.with_suffix(".jpg")
        return drawn.read_bytes() if drawn.is_file() else b""
