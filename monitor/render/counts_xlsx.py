"""Counts as a workbook: the table with filter and frozen head, a native chart, the articles, and what columns mean."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from db.rows import Row
from monitor.counts import Counts
from monitor.render import labels
from monitor.render.counts_text import render_heads, say_code
from monitor.render.tables import CELL_CHARS, EXCEL_ROWS
from monitor.render.wording import Wording

INSTANT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?[+-]\d\d:\d\d)?")
WIDEST = 60  # characters of a column; a longer text takes several lines
FILLED = 52  # of them on a line, as words are not cut
LINE_POINTS, HIGHEST = 15, 405  # height of a line and of a row, which Excel limits
CHARTED = 25  # bars that a chart can show legibly
PERIODS = 400  # columns, which may stand closer: a year of days
WIDE, LEAST, ROW, ROOM = 960, 300, 24, 60  # pixels of a chart: its width, least height, a bar, title and legend
A4 = 9  # as Excel numbers the sizes of paper
DAY_MONTH = "dd/mm"
# Legible in black and white: dark, middle, light
SHADES = {"earned": "#222222", "owned": "#8C8C8C", "paid": "#D9D9D9"}


def render_xlsx(counts: Counts, wording: Wording, limits: Sequence[str] = ()) -> bytes:
    """Return the workbook; sheets and columns are named in the language, ids of options stay beside the names."""
    buffer = io.BytesIO()
    book = open_book(buffer)
    name = wording.say("Jumlah")
    add_table(book, name, counts.columns, _worded(counts.rows, wording), render_heads(counts.columns, wording))
    if counts.rows:  # on a sheet of its own, as beside the table either would be printed too small
        page = book.add_worksheet(wording.say("Grafik"))
        page.set_landscape()
        page.fit_to_pages(1, 1)
        page.insert_chart(0, 0, _build_chart(book, name, counts, wording))
    if counts.articles:
        columns, listed = tuple(counts.articles[0]), _worded(counts.articles, wording)
        add_table(book, wording.say("Artikel"), columns, listed, render_heads(columns, wording))
    _explain(book, counts, wording, limits)
    book.close()
    return buffer.getvalue()


def _worded(rows: Sequence[Row], wording: Wording) -> list[Row]:
    """Return rows with channels, tones and kinds as readers know them, and a name for what stands in no story."""
    named = []
    for row in rows:
        alone = {"story_name": wording.say(labels.ALONE)} if "story" in row and row["story"] is None else {}
        named.append({name: say_code(name, value, wording) for name, value in row.items()} | alone)
    return named


def open_book(buffer: io.BytesIO) -> Workbook:
    """Return a workbook in which text is never a formula or a link."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    return Workbook(buffer, {**options, "default_format_properties": {"valign": "top"}})


def add_table(
    book: Workbook, name: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]], heads: Sequence[str] = ()
) -> Worksheet:
    """Add a sheet of rows under a frozen, filtered head (``heads``, else the column names) and return it.

    A day, and an instant as the clock of its place shows it, are written so that they sort and filter as times.
    """
    page = book.add_worksheet(name[:31])
    page.write_row(0, 0, heads or columns, book.add_format({"bold": True, "bottom": 1, "text_wrap": True}))
    widths = [len(head) + 3 for head in heads or columns]
    day, moment = (book.add_format({"num_format": form}) for form in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm"))
    long = book.add_format({"text_wrap": True})
    for number, row in enumerate(rows[:EXCEL_ROWS], 1):
        longest = max((len(value) for column in columns if isinstance(value := row.get(column), str)), default=0)
        if longest >= WIDEST:
            page.set_row(number, min(LINE_POINTS * (1 + longest // FILLED), HIGHEST))
        for place, column in enumerate(columns):
            value = row.get(column)
            if isinstance(value, str) and INSTANT.fullmatch(value):
                page.write_datetime(number, place, datetime.fromisoformat(value[:16]), moment if "T" in value else day)
            else:
                wrapped = long if isinstance(value, str) and len(value) >= WIDEST else None
                page.write(number, place, value[:CELL_CHARS] if isinstance(value, str) else value, wrapped)
            widths[place] = min(WIDEST, max(widths[place], len(str(value if value is not None else "")) + 1))
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.print_area(0, 0, max(len(rows), 1), max(len(columns) - 1, 0))
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(rows), 1), max(len(columns) - 1, 0))
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    return page


def _build_chart(book: Workbook, sheet: str, counts: Counts, wording: Wording) -> Chart:
    timed = counts.dimensions[0] in {"day", "week", "month", "year"}
    chart = book.add_chart({"type": "column" if timed else "bar", "subtype": "stacked"})
    last = min(len(counts.rows), PERIODS if timed else CHARTED)
    first, named = counts.dimensions[0], f"{counts.dimensions[0]}_name"
    key = counts.columns.index(named if named in counts.columns else first)
    first_key = key if len(counts.dimensions) == 1 else 0
    last_key = key if len(counts.dimensions) == 1 else counts.columns.index("articles") - 1
    for channel, shade in SHADES.items():
        place = counts.columns.index(channel)
        chart.add_series(
            {
                "name": wording.say(labels.CHANNELS[channel]),
                "categories": [sheet, 1, first_key, last, last_key],
                "values": [sheet, 1, place, last, place],
                "fill": {"color": shade},
                "border": {"color": "#000000"},
                "gap": 40,
            }
        )
    chart.set_title({"name": wording.say("Artikel menurut jenis kanal"), "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"})
    if not timed:
        chart.set_y_axis({"reverse": True, "interval_unit": 1})
    axis = {"num_format": DAY_MONTH} if counts.dimensions[0] in {"day", "week"} else {}
    chart.set_x_axis({"major_gridlines": {"visible": not timed, "line": {"color": "#CCCCCC"}}, **axis})
    chart.set_size({"width": WIDE, "height": ROOM + LEAST if timed else max(LEAST, ROOM + ROW * last)})
    return chart


def _explain(book: Workbook, counts: Counts, wording: Wording, limits: Sequence[str]) -> None:
    meant = [name for name in labels.COUNT_MEANINGS if name in counts.columns]
    heads = render_heads(tuple(meant), wording)
    rows = [{"a": head, "b": wording.say(labels.COUNT_MEANINGS[name])} for name, head in zip(meant, heads, strict=True)]
    span = " – ".join(wording.day(day) if day else "…" for day in (counts.since, counts.until))
    span = span if counts.since or counts.until else wording.say("Semua waktu")
    rows += [
        {"a": wording.say("Periode"), "b": span},
        {"a": wording.say("Artikel seluruhnya"), "b": counts.total["articles"]},
        {"a": wording.say("Perangkat daerah lama"), "b": wording.say(labels.ERAS[counts.eras])},
        {"a": wording.say("Catatan"), "b": wording.say(labels.METHOD)},
        *({"a": wording.say("Catatan"), "b": limit} for limit in limits),
    ]
    if left := counts.unlisted or max(len(counts.articles) - EXCEL_ROWS, 0):
        told = wording.say(
            "{n} baris tidak dimuat; tambahkan --list, persempit periode atau penyaringnya, atau minta CSV",
            n=wording.number(left),
        )
        rows.append({"a": wording.say("Artikel"), "b": told})
    add_table(book, wording.say("Keterangan"), ("a", "b"), rows, (wording.say("Kolom"), wording.say("Arti")))
