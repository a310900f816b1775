"""Counts as they leave the office: all formats hold the same numbers, and every number lists its articles."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.connection import open_store
from db.findings import raise_finding
from db.queries.filters import ArticleFilter
from monitor.clock import find_now
from monitor.counts import build_counts, build_merge, fill_gaps, find_bounds, step
from monitor.names import build_names
from monitor.render.counts_text import render_table
from monitor.render.counts_xlsx import render_xlsx
from monitor.render.tables import write_csv
from monitor.render.wording import load_wording
from nlp.profile import load_profile
from tests.monitor.conftest import CONTOH, Answer
from tests.monitor.report.conftest import gather
from tests.monitor.reporting import ARTICLE, HOSTILE, ZONE, fill_store, some_articles

PROFILE = load_profile(CONTOH)
NAMES = build_names(PROFILE)
WORDING = load_wording("id")
DIMENSIONS = ("opd", "pillar", "outlet", "outlet_kind", "kind", "channel", "tone", "speaker", "day", "week", "month")
Pantau = Callable[..., Answer]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    articles=st.lists(ARTICLE, max_size=10),
    by=st.lists(st.sampled_from(DIMENSIONS), min_size=1, max_size=2, unique=True),
)
def test_every_format_holds_the_same_numbers(articles: list[dict[str, Any]], by: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = fill_store(Path(folder) / "p.db", articles)
        counts = build_counts(store, by, ArticleFilter(), NAMES, ZONE, with_articles=True)
        store.close()
    numbers = [row["articles"] for row in counts.rows]
    stream = io.StringIO(newline="")
    write_csv(counts.rows, counts.columns, stream)
    table = list(csv.reader(io.StringIO(stream.getvalue().removeprefix("\ufeff"), newline=""), delimiter=";"))
    if numbers:
        place = table[0].index("articles")
        assert [int(row[place]) for row in table[1:]] == numbers
        sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(counts, WORDING)))["Jumlah"]
        assert sheet.cell(1, place + 1).value == "Artikel"
        assert [sheet.cell(line, place + 1).value for line in range(2, sheet.max_row + 1)] == numbers
    assert len(render_table(counts, WORDING).splitlines()) == (len(numbers) + 3 if numbers else 1)
    assert counts.total["articles"] == sum(parts["about"] == "subject" for parts in articles)
    for row in counts.rows:
        behind = [article for article in counts.articles if all(article[name] == row[name] for name in by)]
        assert len(behind) == row["articles"]


def test_offices_are_merged_into_the_one_that_stands_today(tmp_path: Path) -> None:
    merge = build_merge(PROFILE)
    assert merge["dinkes"] == "dinkes-p2kb"
    store = fill_store(tmp_path / "p.db", some_articles())
    kept = build_counts(store, ["opd"], ArticleFilter(), NAMES, ZONE)
    merged = build_counts(store, ["opd"], ArticleFilter(), NAMES, ZONE, merge)
    store.close()
    assert [(row["opd"], row["articles"]) for row in kept.rows] == [("dinkes", 6)]
    assert [(row["opd"], row["articles"]) for row in merged.rows] == [("dinkes-p2kb", 6)]
    assert merged.eras == "merged"


def test_days_without_articles_are_counted_as_none(tmp_path: Path) -> None:
    store = fill_store(tmp_path / "p.db", [{**parts, "opd": {}} for parts in some_articles(2)])
    store.execute("UPDATE articles SET published_at = '2025-03-06T02:00:00Z' WHERE id = 2")
    counts = build_counts(store, ["day"], ArticleFilter(), NAMES, ZONE)
    store.close()
    assert [(row["day"], row["articles"]) for row in counts.rows] == [
        ("2025-03-03", 1), ("2025-03-04", 0), ("2025-03-05", 0), ("2025-03-06", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "unit", "periods"),
    [
        (date(2025, 3, 1), date(2025, 3, 4), "day", ["2025-03-01", "2025-03-02", "2025-03-03", "2025-03-04"]),
        (date(2025, 3, 1), date(2025, 3, 4), "week", ["2025-02-24", "2025-03-03"]),
        (date(2024, 12, 31), date(2025, 2, 1), "month", ["2024-12", "2025-01", "2025-02"]),
        (date(2031, 1, 1), date(2031, 1, 9), "year", ["2031"]),
    ],
)
def test_every_period_asked_for_is_told_also_without_an_article(
    first: date, last: date, unit: str, periods: list[str]
) -> None:
    total = {"articles": 0, "as_actor": None}
    rows = fill_gaps([], unit, total, first, last)
    assert rows == [{unit: period, "articles": 0, "as_actor": None} for period in periods]
    kept = fill_gaps([{unit: periods[-1], "articles": 7, "as_actor": None}], unit, total, first, last)
    assert [row["articles"] for row in kept] == [0] * (len(periods) - 1) + [7]


def test_days_to_come_are_not_counted() -> None:
    now = find_now()
    wanted = ArticleFilter(since=now - timedelta(days=2), until=now + timedelta(days=30))
    assert find_bounds(wanted, ZONE) == ((now - timedelta(days=2)).astimezone(ZONE).date(), now.astimezone(ZONE).date())
    assert find_bounds(ArticleFilter(), ZONE) == (None, None)
    coming = ArticleFilter(since=now + timedelta(days=20), until=now + timedelta(days=30))
    assert find_bounds(coming, ZONE) == (None, None)


@pytest.mark.parametrize(
    ("key", "unit", "after"),
    [
        ("2024-02-28", "day", "2024-02-29"),
        ("2024-12-30", "week", "2025-01-06"),
        ("2024-12", "month", "2025-01"),
        ("1999", "year", "2000"),
    ],
)
def test_periods_follow_each_other(key: str, unit: str, after: str) -> None:
    assert step(key, unit) == after
    rows = [{unit: key, "articles": 1}, {unit: after, "articles": 1}]
    assert [row[unit] for row in fill_gaps(rows, unit, {"articles": 2})] == [key, after]


@pytest.fixture
def stored(pantau: Pantau, tmp_path: Path) -> Pantau:
    """A command line on a store with six articles."""
    (tmp_path / "data").mkdir()
    fill_store(tmp_path / "data" / "pantau.db", some_articles()).close()
    return pantau


def test_the_command_crosses_filters_and_lists(stored: Pantau) -> None:
    rows = json.loads(stored("counts", "--by", "opd,tone", "--from", "2025-03-01", "--to", "2025-03-31", "--json").out)
    assert {(row["opd"], row["opd_name"], row["tone"]): row["articles"] for row in rows} == {
        ("dinkes", "Dinas Kesehatan", tone): 2 for tone in ("negatif", "netral", "positif")
    }
    only = json.loads(stored("counts", "--by", "outlet", "--channel", "paid", "--json").out)
    assert [(row["outlet"], row["articles"], row["paid"]) for row in only] == [("mc.example", 2, 2)]
    said = json.loads(stored("counts", "--by", "speaker", "--speaker", "Budi", "--json").out)
    assert [(row["speaker"], row["quotes"]) for row in said] == [("Budi", 6)]
    listed = json.loads(stored("counts", "--by", "tone", "--tone", "negatif", "--list", "--json").out)
    assert [row["id"] for row in listed] == [1, 4]
    months = json.loads(stored("counts", "--per", "month", "--json").out)
    assert [(row["month"], row["articles"]) for row in months] == [("2025-03", 6)]


def test_rows_for_programs_and_sheets_say_what_was_not_watched(stored: Pantau, tmp_path: Path) -> None:
    asked = ("counts", "--by", "opd", "--from", "2025-03-01", "--to", "2025-03-31")
    for form in ("json", "csv"):
        answer = stored(*asked, "--format", form)
        assert answer.complaint.startswith("pantau: Pemantauan media belum pernah berjalan")
        assert {row["coverage"] for row in read_rows(answer.out)} == {"none"}
    with open_store(tmp_path / "data" / "pantau.db") as store:
        gather(store, date(2025, 2, 28), date(2025, 4, 1))
        answers = [stored(*asked, "--format", form) for form in ("json", "csv")]
        assert [answer.err for answer in answers] == ["", ""]
        assert {row["coverage"] for answer in answers for row in read_rows(answer.out)} == {"whole"}
    assert {row["coverage"] for row in read_rows(stored("counts", "--by", "opd", "--json").out)} == {"partial"}
    assert read_rows(stored(*asked, "--opd", "pupr", "--json").out) == []


def read_rows(out: str) -> list[dict[str, Any]]:
    if out.startswith("["):
        return list(json.loads(out))
    return list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"), newline=""), delimiter=";"))


def test_a_workbook_has_days_as_days_words_for_channels_and_room_for_long_texts(stored: Pantau, tmp_path: Path) -> None:
    assert stored("counts", "--per", "day", "--format", "xlsx", "-o", tmp_path / "a.xlsx").code == 0
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert {type(row[0].value).__name__ for row in book["Jumlah"].iter_rows(min_row=2)} == {"datetime"}
    heads = [cell.value for cell in book["Artikel"][1]]
    channels = {row[heads.index("Kanal")].value for row in book["Artikel"].iter_rows(min_row=2)}
    assert channels <= {"pemberitaan media", "kanal pemerintah", "berbayar"}
    titles = [row[heads.index("Judul")] for row in book["Artikel"].iter_rows(min_row=2)]
    [long] = {cell.row for cell in titles if len(cell.value) > 200}
    assert (book["Artikel"].row_dimensions[long].height or 0) > 60


def test_no_listed_title_runs_as_a_formula(stored: Pantau, tmp_path: Path) -> None:
    out = stored("counts", "--by", "outlet", "--list", "--format", "csv").out
    cells = [
        cell for row in csv.reader(io.StringIO(out.removeprefix("\ufeff"), newline=""), delimiter=";") for cell in row
    ]
    assert "'" + HOSTILE[0] in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "@"))] == []
    stored("counts", "--by", "outlet", "--format", "xlsx", "-o", tmp_path / "c.xlsx")
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    assert {cell.data_type for page in book for line in page for cell in line} <= {"s", "n", "d"}
    page = book["Jumlah"]
    assert (page.freeze_panes, bool(page.auto_filter.ref)) == ("A2", True)


def test_a_workbook_says_what_it_does_not_list(tmp_path: Path) -> None:
    store = fill_store(tmp_path / "p.db", some_articles())
    few, many = (
        build_counts(store, ["tone"], ArticleFilter(), NAMES, ZONE, with_articles=True, most=most) for most in (6, 5)
    )
    store.close()
    assert (len(few.articles), few.unlisted, len(many.articles), many.unlisted) == (6, 0, 0, 6)
    books = [openpyxl.load_workbook(io.BytesIO(render_xlsx(counts, WORDING))) for counts in (few, many)]
    assert ["Artikel" in book.sheetnames for book in books] == [True, False]
    notes = [[row[1].value for row in book["Keterangan"].iter_rows() if row[0].value == "Artikel"] for book in books]
    assert [[note for note in told if "baris tidak dimuat" in str(note)] != [] for told in notes] == [False, True]
    assert any(str(note).startswith("6 baris tidak dimuat; tambahkan --list") for note in notes[1])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "--by opd"),
        (["--by", "opd", "--channel", "gratis"], "unknown channel 'gratis'"),
        (["--by", "opd", "--place", "kec-selasi"], "kec-selasih"),
    ],
)
def test_wrong_questions_are_refused(stored: Pantau, options: list[str], said: str) -> None:
    answer = stored("counts", *options)
    assert (answer.code, said in answer.complaint) == (2, True)


def test_nothing_found_is_said(stored: Pantau) -> None:
    answer = stored("counts", "--by", "opd", "--from", "2020-01-01", "--to", "2020-01-31")
    assert answer.code == 0
    assert answer.out.startswith("Tidak ada artikel untuk periode dan penyaring ini.\n")
    listed = stored("counts", "--by", "opd", "--from", "2020-01-01", "--to", "2020-01-31", "--list")
    assert listed.out == "Tidak ada artikel untuk periode dan penyaring ini.\n"
    assert date(2020, 1, 31).isoformat() not in answer.err


def test_codes_are_told_in_words_wherever_people_read_counts(stored: Pantau, tmp_path: Path) -> None:
    kinds = stored("counts", "--by", "outlet_kind,kind").out
    assert "media lokal" in kinds
    assert "pemberitaan" in kinds
    assert "local" not in kinds
    assert stored("counts", "--by", "story", "--lang", "en").out.splitlines()[1].startswith("articles that stand alone")
    stored("counts", "--by", "kind", "-o", tmp_path / "k.xlsx")
    cells = {cell.value for line in openpyxl.load_workbook(tmp_path / "k.xlsx")["Jumlah"] for cell in line}
    assert {"pemberitaan", "advertorial"} <= cells


def test_a_list_for_people_is_in_their_words(stored: Pantau) -> None:
    head, first, *_ = stored("counts", "--by", "opd", "--list").out.splitlines()
    assert head.split() == [
        "Perangkat", "daerah", "Nomor", "artikel", "Terbit", "Media", "Kanal", "Nada", "Judul",
    ]  # fmt: skip
    assert first.split()[:5] == ["Dinas", "Kesehatan", "1", "2025-03-03", "08:00"]
    assert "pemberitaan media" in first
    assert stored("counts", "--by", "tone", "--list", "--lang", "en").out.splitlines()[0].startswith("Tone")


def test_counts_say_what_may_be_missing(stored: Pantau, tmp_path: Path) -> None:
    march = ("counts", "--by", "tone", "--from", "2025-03-01", "--to", "2025-03-31")
    assert "Pemantauan media belum pernah berjalan" in stored(*march).out
    store = open_store(tmp_path / "data" / "pantau.db")
    gather(store, date(2025, 3, 10), date(2025, 4, 2))
    assert "Pemantauan dimulai pada Senin, 10 Maret 2025" in stored(*march).out
    gather(store, date(2025, 2, 27), date(2025, 3, 9))
    assert stored(*march).out.splitlines()[-1].endswith("artikel seluruhnya.")
    raise_finding(store, "kabar.example", "blocked", "", "2025-03-20T00:00:00Z")
    store.close()
    profile = tmp_path / "p"
    shutil.copytree(CONTOH, profile)
    told = profile / "profile.toml"
    told.write_text(re.sub(r"(?m)^outlets = .*$", 'outlets = ["kabar.example"]', told.read_text()))
    assert "1 dari 1 media sempat tidak terpantau" in stored(*march, "--profile", profile).out
    stored(*march, "--profile", profile, "-o", tmp_path / "m.xlsx")
    notes = [row[1] for row in openpyxl.load_workbook(tmp_path / "m.xlsx")["Keterangan"].iter_rows(values_only=True)]
    assert any("1 dari 1 media sempat tidak terpantau" in str(note) for note in notes)
