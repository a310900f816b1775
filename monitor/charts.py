"""Charts of reports: plain rows in, picture out; legible in black and white and for readers who see no colour.

Shades differ in lightness, lines in dashes, and every bar carries its number. Numbers are written by the caller's
language. Nothing is loaded from the web; fonts are those that vl-convert brings.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import altair
import vl_convert

from monitor.render.wording import Wording, flatten

SHADES = {"earned": "#1f2d3d", "owned": "#8796a5", "paid": "#dfe4ea"}  # dark, middle, light
TONE_SHADES = {"positif": "#dfe4ea", "netral": "#8796a5", "negatif": "#1f2d3d"}
ROLE_SHADES = {"actor": "#1f2d3d", "mentioned": "#8796a5", "attendee": "#dfe4ea"}
INK = "#1f2d3d"
FONT = "Liberation Sans, DejaVu Sans, Arial, sans-serif"
WIDTH, BAR, TALL_BAR = 560, 20, 30  # pixels; tall ones have names of two lines
LABEL, LINES = 46, 2  # characters of a line of a name beside a bar, lines
Row = dict[str, Any]


def build_stacks(rows: Sequence[Row], shades: dict[str, str], words: dict[str, str], wording: Wording) -> Any:
    """Return horizontal bars, one per row (``name`` and one number per key of ``shades``), with the sum at the end."""
    names = _distinct([row["name"] for row in rows])
    cells = _cells(names, rows, shades, words)
    sums = [
        {"name": name, "n": sum(row[key] for key in shades), "text": wording.number(sum(row[key] for key in shades))}
        for name, row in zip(names, rows, strict=True)
    ]
    y = altair.Y("name:N", sort=names, title=None, axis=None)
    bar = BAR if max(map(len, names), default=0) <= LABEL else TALL_BAR
    most = max([row["n"] for row in sums], default=0)
    x = altair.X("n:Q", title=None, axis=None, scale=altair.Scale(domain=[0, max(most * 1.08, 1)]))
    color = _shade(shades, words)
    bars = altair.Chart(_rows(cells)).mark_bar(stroke=INK, strokeWidth=0.5, height=bar - 6)
    bars = bars.encode(x=x, y=y, color=color, order=altair.Order("order:Q"))
    text = altair.Chart(_rows(sums)).mark_text(align="left", dx=4, fontSize=11)
    labels = [_label(y, [name for name in names if name.count("\n") == breaks], breaks) for breaks in range(LINES)]
    chart = altair.layer(bars, text.encode(x=x, y=y, text="text:N"), *labels)
    return _finish(chart.properties(width=WIDTH - 180, height=bar * len(rows)))


def build_columns(
    rows: Sequence[Row], shades: dict[str, str], words: dict[str, str], wording: Wording, line: str | None = None
) -> Any:
    """Return upright stacked columns in the order given (``name`` as label); ``line`` names a key drawn as a dashed
    line over them, such as a running mean.
    """
    names = _distinct([row["name"] for row in rows])
    cells = _cells(names, rows, shades, words)
    crowded = len(rows) > 16  # then only every other label fits, and no number over the columns
    labels = altair.Axis(
        labelAngle=0 if len(rows) < 9 or crowded else -40, labelOverlap="parity" if crowded else False, title=None
    )
    x = altair.X("name:N", sort=names, axis=labels)
    y = altair.Y("n:Q", title=None, axis=altair.Axis(format="d", tickMinStep=1, gridColor="#d5dae0", domain=False))
    bars = altair.Chart(_rows(cells)).mark_bar(stroke=INK, strokeWidth=0.5)
    chart: Any = bars.encode(x=x, y=y, color=_shade(shades, words), order=altair.Order("order:Q"))
    if not crowded:
        sums = [
            {"name": name, "n": total, "text": wording.number(total)}
            for name, row in zip(names, rows, strict=True)
            if (total := sum(row[key] for key in shades))
        ]
        text = altair.Chart(_rows(sums)).mark_text(dy=-6, fontSize=11)
        chart = chart + text.encode(x=x, y="n:Q", text="text:N")
    if line:
        points = [{"name": n, "n": row[line]} for n, row in zip(names, rows, strict=True) if row[line] is not None]
        halo = altair.Chart(_rows(points)).mark_line(color="#ffffff", strokeWidth=5)
        stroke = altair.Chart(_rows(points)).mark_line(
            color="#000000", strokeDash=[5, 3], point=altair.OverlayMarkDef(color="#000000", size=20)
        )
        chart = chart + halo.encode(x=x, y="n:Q") + stroke.encode(x=x, y="n:Q")
    return _finish(chart.properties(width=WIDTH, height=210))


def _label(y: Any, names: Sequence[str], breaks: int) -> Any:
    """Return the names beside their bars; an axis would not set names of several lines in the middle of the bar."""
    mark = altair.Chart(_rows([{"name": name} for name in names])).mark_text(
        align="right", baseline="middle", dx=-6, dy=-6 * breaks, lineBreak="\n", fontSize=11, color=INK
    )
    return mark.encode(x=altair.value(0), y=y, text="name:N")


def render_png(chart: Any) -> bytes:
    """Return the chart for paper: three pixels per point."""
    return bytes(vl_convert.vegalite_to_png(chart.to_json(), scale=3))


def render_svg(chart: Any) -> str:
    """Return the chart for pages."""
    return str(vl_convert.vegalite_to_svg(chart.to_json()))


def _cells(names: Sequence[str], rows: Sequence[Row], shades: dict[str, str], words: dict[str, str]) -> list[Row]:
    """Return one row per part of each bar or column."""
    return [
        {"name": name, "part": words[key], "order": order, "n": row[key]}
        for name, row in zip(names, rows, strict=True)
        for order, key in enumerate(shades)
    ]


def _rows(values: list[Row]) -> Any:
    return altair.Data(values=values)  # type: ignore[no-untyped-call]


def _shade(shades: dict[str, str], words: dict[str, str]) -> altair.Color:
    scale = altair.Scale(domain=[words[key] for key in shades], range=list(shades.values()))
    legend = altair.Legend(orient="bottom", title=None, symbolStrokeColor=INK, symbolStrokeWidth=0.5, labelLimit=300)
    return altair.Color("part:N", scale=scale, legend=legend)


def _finish(chart: Any) -> Any:
    plain = chart.configure(font=FONT, background="#ffffff").configure_view(stroke=None)
    return plain.configure_axis(labelFontSize=11, labelColor=INK).configure_legend(labelFontSize=11, labelColor=INK)


def _distinct(names: Sequence[str]) -> list[str]:
    """Return names in lines that fit, none twice: two bars of one label would be drawn as one."""
    seen: dict[str, int] = {}
    cut = []
    for name in names:
        short = "\n".join(textwrap.wrap(flatten(name), LABEL, max_lines=LINES, placeholder=" …")) or "–"
        seen[short] = seen.get(short, 0) + 1
        cut.append(short if seen[short] == 1 else f"{short} ({seen[short]})")
    return cut
