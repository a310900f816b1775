"""Text of a picture: drawn upright and level, read by tesseract.

Tesseract puts columns in order and tells how each line lies, but reads across columns that lean by three degrees, as
they do in a photo made by hand. So it reads, the picture is turned by what it told, and it reads again.
"""

from __future__ import annotations

import math
import os
import re
import subprocess
import tempfile
from collections import Counter
from itertools import groupby
from pathlib import Path
from statistics import mean, median

from monitor.render.upright import draw_upright

LANGUAGE = "ind"  # tesseract's name of Indonesian
SIDES = "osd"  # … and of the data that tell which side is up, without which a picture is taken to stand upright
SECONDS = 180  # what one program may take
STRAIGHT = 0.7  # degrees that lines may lean
TURNS = 2  # a quarter turn, then the lean
# by the light of each place, as photos have shadows
SHADE = ("-c", "thresholding_method=2", "-c", "thresholding_kfactor=0.2")
BASELINE = re.compile(r"; baseline (-?[\d.]+)")
QUARTER = re.compile(r"; textangle (-?\d+)")
SURE = 55.0  # mean confidence in the words of a paragraph, below which it is no text either
WORD_LEVEL = "5"  # of a line of TSV
WORD = re.compile(r"[^\W\d_]{4}")  # what has none of it is no text but grain of a photo


def read_picture(path: Path) -> tuple[str, str]:
    """Return the text of a picture as lines in blocks, and one line on what went wrong."""
    languages, _ = run_program("tesseract", "--list-langs")
    sides = SIDES in languages.split()
    with tempfile.TemporaryDirectory(prefix="pantau-ocr-") as name:
        folder, turned = Path(name), 0.0
        picture = _draw(path, turned, folder)
        text, lean, fault = _read(picture or path, sides, folder)
        for _ in range(TURNS):
            if not picture or abs(lean) < STRAIGHT:
                break
            turned += lean
            picture = _draw(path, turned, folder)
            text, lean, fault = _read(picture or path, sides, folder)
    return text, fault


def knows_indonesian() -> bool:
    """Say whether tesseract, where installed, has Indonesian."""
    return LANGUAGE in run_program("tesseract", "--list-langs")[0].split()


def _draw(path: Path, turn: float, folder: Path) -> Path | None:
    """Draw a picture turned; None for one of which only tesseract can tell."""
    if not (made := draw_upright(path, turn)):
        return None
    drawn = folder / "drawn.png"
    drawn.write_bytes(made)
    return drawn


def _read(picture: Path, sides: bool, folder: Path) -> tuple[str, float, str]:
    """Return the text, by how many degrees the picture should be turned clockwise, and what went wrong."""
    out, layout = folder / "read", "1" if sides else "3"
    text, lean, fault = "", 0.0, ""
    for light in (SHADE, ()):  # where the first way finds no text at all, as happens, the second may
        command = ("tesseract", str(picture), str(out), "-l", LANGUAGE, "--psm", layout, *light, "tsv", "hocr")
        _, fault = run_program(*command)
        if not fault:
            words, lines = (out.with_suffix(ending).read_text(encoding="utf-8") for ending in (".tsv", ".hocr"))
            text, lean = list_text(words), find_lean(lines)
        if text or fault:
            break
    return text, lean, fault


def list_text(tsv: str) -> str:
    """Return the lines of tesseract's words, paragraphs parted by a blank one, without those that are no text."""
    paragraphs: dict[tuple[str, ...], list[list[str]]] = {}
    for row in (line.split("\t") for line in tsv.splitlines()):
        if row[0] == WORD_LEVEL and row[-1].strip():
            paragraphs.setdefault(tuple(row[1:4]), []).append(row)
    blocks = []
    for words in paragraphs.values():
        lines = groupby(words, lambda row: row[4])
        block = "\n".join(" ".join(row[-1] for row in line) for _, line in lines)
        if WORD.search(block) and mean(float(row[10]) for row in words) >= SURE:
            blocks.append(block)
    return "\n\n".join(blocks)


def find_lean(hocr: str) -> float:
    """Return by how many degrees, clockwise, a page has to be turned for its lines to lie level and upright."""
    quarters, leans = QUARTER.findall(hocr), BASELINE.findall(hocr)
    if len(quarters) > len(leans):
        return float(Counter(quarters).most_common(1)[0][0])
    return -math.degrees(math.atan(median(map(float, leans)))) if leans else 0.0


def run_program(*command: str) -> tuple[str, str]:
    """Return what a program wrote, and one line on what went wrong."""
    one = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # tesseract's threads wait for each other longer than they help
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, env=one)
    except subprocess.TimeoutExpired:
        return "", f"{command[0]} took longer than {SECONDS} s"
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode == 0:
        return text, ""
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return text, f"{command[0]}: {lines[-1] if lines else f'ended with code {done.returncode}'}"
