"""Counts as a table for a terminal: one line per row, a bar beside the number, paid, owned and earned apart."""

from __future__ import annotations

from collections.abc import Iterator

from db.rows import Row
from monitor.counts import AS_ROLES, Counts
from monitor.render import labels
from monitor.render.wording import Wording, flatten

NAME, BAR = 44, 20  # characters
TAGGED = {"opd", "pillar", "place", "person", "speaker"}  # of which an article may have several
REGISTERED = ("opd", "pillar", "place", "person")


def render_table(counts: Counts, wording: Wording) -> str:
    """Return the table with its total and what the numbers mean."""
    return "\n".join(_lines(counts, wording)) + "\n"


def render_heads(columns: tuple[str, ...], wording: Wording) -> list[str]:
    """Return what readers see above columns; a column without a word keeps its name."""
    words = labels.COUNT_COLUMNS
    plain = (None if f"{name}_name" in columns else name.removesuffix("_name") for name in columns)
    return ["id" if name is None else wording.say(words[name]) if name in words else name for name in plain]


def _lines(counts: Counts, wording: Wording) -> Iterator[str]:
    if not counts.rows:
        yield wording.say("Tidak ada artikel untuk periode dan penyaring ini.")
        return
    keys = tuple(name for key in counts.dimensions for name in _columns_of(key))
    numbers = ("earned", "owned", "paid", "stories", "quotes")
    roles = AS_ROLES if counts.rows[0].get("as_actor") is not None else ()
    heads = render_heads((*keys, "articles"), wording), render_heads((*numbers, *roles), wording)
    keyed = [[_shown(row, key, wording) for key in keys] for row in counts.rows]
    widths = [min(NAME, max(len(head), *(len(line[i]) for line in keyed))) for i, head in enumerate(heads[0][:-1])]
    most = max(row["articles"] for row in counts.rows) or 1
    lead = "  ".join(head.ljust(width) for head, width in zip(heads[0], widths, strict=False))
    tail = "  ".join(head.rjust(9) for head in heads[1])
    yield f"{lead}  {heads[0][-1]:>8}  {'':{BAR}}  {tail}  {'+ / 0 / −':>13}"
    for line, row in zip(keyed, counts.rows, strict=True):
        cells = "  ".join(_cut(cell, width).ljust(width) for cell, width in zip(line, widths, strict=True))
        rest = "  ".join(wording.number(row[name] or 0).rjust(9) for name in (*numbers, *roles))
        bar = "█" * round(BAR * row["articles"] / most)
        tones = " / ".join(str(row[tone]) for tone in labels.TONES)
        yield f"{cells}  {wording.number(row['articles']):>8}  {bar:{BAR}}  {rest}  {tones:>13}"
    yield ""
    total = wording.number(counts.total["articles"])
    if TAGGED & {*counts.dimensions}:
        yield wording.say("{n} artikel seluruhnya; satu artikel dapat terhitung di beberapa baris.", n=total)
    else:
        yield wording.say("{n} artikel seluruhnya.", n=total)


def _columns_of(key: str) -> tuple[str, ...]:
    """Return the columns of a dimension: what the profile names is shown by name, with the id that options take."""
    return (f"{key}_name", key) if key in REGISTERED else (key,)


def _shown(row: Row, key: str, wording: Wording) -> str:
    value = row[key] if key in REGISTERED or key.endswith("_name") else row.get(f"{key}_name", row[key])
    if value is None:
        return "–"
    if key == "channel":
        return wording.say(labels.CHANNELS[value])
    return wording.say(labels.TONES[value]) if key in {"tone", "headline_tone"} else flatten(str(value))


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
