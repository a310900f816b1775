"""Rows as files: what Excel makes of them, and that no cell runs."""

from __future__ import annotations

import csv
import io
import json
import resource
import signal
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from monitor.cli.writing import localise, open_output, write_bytes
from monitor.errors import InputError
from monitor.render import tables
from monitor.render.tables import render_xlsx, write_csv, write_json, write_jsonl, write_table

ROWS = [
    {"name": "Dinas Kesehatan", "articles": 1200, "share": 0.125, "opd": ["a", "b"], "note": None},
    {"name": '=HYPERLINK("http://x")', "articles": 3, "share": 2.0, "opd": [], "note": "baris\nbaru; titik koma"},
]
COLUMNS = ("name", "articles", "share", "opd", "note")


def csv_text() -> str:
    stream = io.StringIO(newline="")
    write_csv(ROWS, COLUMNS, stream)
    return stream.getvalue()


def test_csv_is_what_an_indonesian_excel_opens() -> None:
    text = csv_text()
    assert text.startswith("\ufeffname;articles;share;opd;note\r\n")
    rows = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))
    assert rows[1] == ["Dinas Kesehatan", "1200", "0,125", "a, b", ""]
    assert rows[2][4] == "baris\nbaru; titik koma"
    assert rows[2][2] == "2"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_of_a_csv_runs_as_a_formula(start: str) -> None:
    stream = io.StringIO(newline="")
    write_csv([{"title": f"{start}cmd|' /C calc'!A0"}], ("title",), stream)
    assert list(csv.reader(io.StringIO(stream.getvalue()), delimiter=";"))[1][0].startswith("'" + start)


def test_no_cell_of_a_csv_holds_what_ends_or_garbles_it() -> None:
    stream = io.StringIO(newline="")
    write_csv([{"title": "satu\x00dua\x1b[31m\x85\tkolom\r\nbaris\rlagi", "n": 1}], ("title", "n"), stream)
    (_, row) = csv.reader(io.StringIO(stream.getvalue(), newline=""), delimiter=";")
    assert row == ["satu dua [31m \tkolom\nbaris\nlagi", "1"]


def test_xlsx_keeps_numbers_and_makes_text_of_formulas() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(ROWS, COLUMNS, "counts"))).active
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert sheet["B2"].value == 1200
    assert sheet["C2"].value == 0.125
    assert sheet["A3"].data_type == "s"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:E3"


def test_a_workbook_that_cannot_hold_all_rows_says_so_in_its_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "EXCEL_ROWS", 2)
    for count, last in ((2, 1), (3, "…")):
        sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx([{"n": n} for n in range(count)], ("n",), "n"))).active
        assert [row[0].value for row in sheet.iter_rows()] == ["n", 0, last]


def test_json_forms_hold_the_same_rows() -> None:
    array, lines = io.StringIO(), io.StringIO()
    write_json(ROWS, array)
    write_jsonl(ROWS, lines)
    assert json.loads(array.getvalue()) == ROWS
    assert [json.loads(line) for line in lines.getvalue().splitlines()] == ROWS


def test_table_aligns_numbers_to_the_right() -> None:
    stream = io.StringIO()
    write_table(ROWS, ("name", "articles"), stream)
    head, first, second = stream.getvalue().splitlines()
    assert head.startswith("name")
    assert (first[-4:], second[-4:]) == ("1200", "   3")


def test_a_table_without_rows_still_has_its_head() -> None:
    stream = io.StringIO()
    write_table([], ("id", "title"), stream)
    assert stream.getvalue() == "id  title\n"


def test_times_of_the_store_are_shown_on_the_clock_of_the_office() -> None:
    jayapura = ZoneInfo("Asia/Jayapura")
    assert localise("2026-11-29T20:03:40Z", jayapura) == "2026-11-30 05:03:40 WIT"
    assert [localise(value, jayapura) for value in ("2026-11-29", "", None, 3)] == ["2026-11-29", "", None, 3]


@pytest.fixture
def _full() -> Iterator[None]:
    """Let no file grow beyond a kilobyte, as a disk does that has no more room."""
    before, ignored = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, ignored)


@pytest.mark.usefixtures("_full")
def test_a_file_that_cannot_be_written_whole_is_not_left_cut_short(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written: File too large"):
        write_bytes(b"x" * 5000, tmp_path / "laporan.pdf")
    with pytest.raises(InputError, match="cannot be written: File too large"), open_output(tmp_path / "a.csv") as file:
        file.write("x" * 100_000)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_may_not_be_opened_stays(tmp_path: Path) -> None:
    (tmp_path / "laporan.pdf").mkdir()
    with pytest.raises(InputError, match="cannot be written"):
        write_bytes(b"x", tmp_path / "laporan.pdf")
    assert (tmp_path / "laporan.pdf").is_dir()
