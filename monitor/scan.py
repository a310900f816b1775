"""Text of what was handed in as a file: plain text, PDF, photo. Reading pictures takes tesseract, where installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import InputError

LANGUAGE = "ind"  # tesseract's name of Indonesian
PICTURES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".webp": "image/webp",
}
TYPES = {".txt": "text/plain; charset=utf-8", ".pdf": "application/pdf", **PICTURES}
SECONDS = 180  # what reading one file may take
DOTS = 300  # per inch, of a page drawn to be read
INSTALL_OCR = "install tesseract with its Indonesian data (Debian: apt install tesseract-ocr tesseract-ocr-ind)"
INSTALL_PDF = "install poppler (Debian: apt install poppler-utils)"


@dataclass(frozen=True, slots=True)
class Scan:
    """Text of a file, what read it (text, pdftotext, tesseract), and what kept it from being read."""

    text: str
    reader: str = ""
    problem: str = ""


def read_scan(path: Path) -> Scan:
    """Read a file's text; a missing program is a problem told, not an error.

    Raises InputError for a file that cannot be read or is of a kind that nobody can read.
    """
    kind = path.suffix.lower()
    if kind not in TYPES:
        raise InputError(f"{path}: give a file that ends in {', '.join(TYPES)}")
    if not path.is_file():
        raise InputError(f"{path}: no such file")
    if kind == ".txt":
        return Scan(path.read_bytes().decode("utf-8", "replace").replace("\x00", "").strip(), "text")
    return _read_pdf(path) if kind == ".pdf" else _read_picture(path)


def _read_pdf(path: Path) -> Scan:
    if not shutil.which("pdftotext"):
        return Scan("", problem=f"the PDF's text cannot be read: {INSTALL_PDF}")
    text, fault = _run("pdftotext", "-enc", "UTF-8", str(path), "-")
    if text.strip() or fault:
        return Scan(join_lines(text), "pdftotext", fault)
    if not shutil.which("pdftoppm"):
        return Scan("", problem=f"the PDF holds pictures only, which cannot be drawn: {INSTALL_PDF}")
    with tempfile.TemporaryDirectory(prefix="pantau-clip-") as folder:
        _, fault = _run("pdftoppm", "-r", str(DOTS), "-png", str(path), str(Path(folder) / "page"))
        pages = [_read_picture(page) for page in sorted(Path(folder).glob("page*.png"))]
    told = next((page.problem for page in pages if page.problem), fault)
    return Scan("\n\n".join(page.text for page in pages if page.text), "tesseract", told)


def _read_picture(path: Path) -> Scan:
    if not shutil.which("tesseract"):
        return Scan("", problem=f"the picture's text cannot be read: {INSTALL_OCR}")
    languages, _ = _run("tesseract", "--list-langs")
    if LANGUAGE not in languages.split():
        return Scan("", problem=f"tesseract has no Indonesian: {INSTALL_OCR}")
    text, fault = _run("tesseract", str(path), "stdout", "-l", LANGUAGE)
    return Scan(join_lines(text), "tesseract", fault)


def _run(*command: str) -> tuple[str, str]:
    """Return what a program wrote, and one line on what went wrong."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return "", f"{command[0]} took longer than {SECONDS} s"
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode == 0:
        return text, ""
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return text, f"{command[0]}: {lines[-1] if lines else f'ended with code {done.returncode}'}"


def join_lines(text: str) -> str:
    """Return paragraphs parted by one blank line, lines within them joined, words parted at a line's end made whole.

    What goes on in small letters after a line without an end is one paragraph: columns and pages part them.
    """
    paragraphs: list[str] = []
    for block in text.replace("\x0c", "\n\n").split("\n\n"):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        whole = ""
        for line in lines:
            whole = whole[:-1] + line if whole.endswith("-") and line[:1].islower() else f"{whole} {line}".strip()
        if whole and paragraphs and whole[0].islower() and paragraphs[-1][-1] not in '.!?:”"':
            last = paragraphs[-1]
            paragraphs[-1] = last[:-1] + whole if last.endswith("-") else f"{last} {whole}"
        elif whole:
            paragraphs.append(whole)
    return "\n\n".join(paragraphs)
