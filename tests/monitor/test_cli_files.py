"""In which format a command writes, and whereto."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.monitor.conftest import ARTICLE

Pantau = Callable[..., Any]


def test_articles_come_in_every_format(filled: Pantau, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in filled("articles", "--format", "jsonl").out.splitlines()]
    assert rows[0]["title"] == ARTICLE["title"]
    assert set(rows[0]) >= {
        "id",
        "url",
        "outlet",
        "published_at",
        "first_seen_at",
        "text",
        "about",
        "opd",
        "story",
        "annotator",
    }
    assert filled("articles", "--format", "csv").out.startswith("\ufeffid;published_at;outlet")
    assert ARTICLE["title"] in filled("articles").out
    assert filled("articles", "--format", "xlsx", "-o", tmp_path / "a.xlsx").code == 0
    sheet = openpyxl.load_workbook(io.BytesIO((tmp_path / "a.xlsx").read_bytes())).active
    assert sheet["E2"].value == ARTICLE["title"]
    assert filled("articles", "-o", tmp_path / "no" / "a.txt").code == 2


def test_a_file_is_written_as_its_ending_says(filled: Pantau, tmp_path: Path) -> None:
    for command, name, starts in (
        (["counts", "--by", "tone"], "a.xlsx", b"PK"),
        (["articles"], "a.CSV", b"\xef\xbb\xbfid;"),
        (["digest"], "a.pdf", b"%PDF"),
        (["digest"], "a.html", b"<!doctype html>"),
        (["digest", "--format", "whatsapp"], "a.txt", b"*"),
        (["articles", "--format", "jsonl", "--json"], "a.jsonl", b"{"),
    ):
        assert filled(*command, "-o", tmp_path / name).code == 0
        assert (tmp_path / name).read_bytes().lower().startswith(starts.lower())


@pytest.mark.parametrize(
    ("arguments", "name", "said"),
    [
        (["digest", "--format", "pdf"], "b.html", "named as html, --format says pdf"),
        (["counts", "--by", "tone", "--json"], "b.xlsx", "named as xlsx, --format says json"),
        (["digest"], "b.docx", "not written as docx; choose text, whatsapp, html"),
        (["report", "--month", "2025-03"], "b.csv", "not written as csv; choose docx"),
        (["clipping"], "b.docx", "not written as docx; choose pdf"),
    ],
)
def test_no_file_is_written_in_another_format_than_its_ending(
    filled: Pantau, tmp_path: Path, arguments: list[str], name: str, said: str
) -> None:
    answer = filled(*arguments, "-o", tmp_path / name)
    assert answer.code == 2
    assert said in answer.complaint
    assert not (tmp_path / name).exists()


def test_a_dash_is_the_standard_output_and_no_file(
    filled: Pantau, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = filled("articles", "--format", "csv", "-o", "-")
    assert (answer.code, answer.out) == (0, filled("articles", "--format", "csv").out)
    assert not Path("-").exists()
