"""Counts as a table for a terminal: one line per row, a bar beside the number, paid, owned and earned apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from db.rows import Row
from monitor.counts import AS_ROLES, Counts
from monitor.coverage import Coverage
from monitor.render import labels
from monitor.render.wording import Wording, flatten, tells_hour

NAME, BAR = 44, 20  # characters
TAGGED = {"opd", "pillar", "place", "person", "speaker"}  # of which an article may have several
REGISTERED = ("opd", "pillar", "place", "person")
CODES: Mapping[str, Mapping[str, str]] = {
    "channel": labels.CHANNELS, "tone": labels.TONES, "headline_tone": labels.TONES, "kind": labels.KINDS,
    "outlet_kind": labels.OUTLET_KINDS,
}  # fmt: skip


def render_table(counts: Counts, wording: Wording, limits: Sequence[str] = ()) -> str:
    """Return the table with its total, what the numbers mean, and what may be missing in them."""
    return "\n".join([*_lines(counts, wording), *limits]) + "\n"


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
        return wording.say(labels.ALONE) if key == "story" else "–"
    return flatten(str(say_code(key, value, wording)))


def say_code(key: str, value: object, wording: Wording) -> object:
    """Return a value of a column as readers know it; one that is no code of ours is left as it is."""
    words = CODES.get(key, {})
    return wording.say(words[value]) if isinstance(value, str) and value in words else value


def render_list(counts: Counts, wording: Wording) -> str:
    """Return the articles behind each number as a table for people."""
    if not counts.articles:
        return wording.say("Tidak ada artikel untuk periode dan penyaring ini.") + "\n"
    keys = tuple(dict.fromkeys([*counts.dimensions, "id", "published_at", "outlet", "channel", "tone", "title"]))
    lines = [[_listed(row, key, wording) for key in keys] for row in counts.articles]
    heads = [wording.say(labels.COUNT_COLUMNS[key], n=1) for key in keys]
    widths = [min(NAME, max(len(head), *(len(line[i]) for line in lines))) for i, head in enumerate(heads)]
    return "".join(f"{_align(line, keys, widths)}\n" for line in (heads, *lines))


def _align(line: Sequence[str], keys: Sequence[str], widths: Sequence[int]) -> str:
    """Return the cells under each other; the headline, which comes last, has room for all of it."""
    cells = []
    for cell, key, width in zip(line, keys, widths, strict=True):
        short = cell if key == "title" else _cut(cell, width)
        cells.append(short.rjust(width) if key == "id" else short.ljust(width))
    return "  ".join(cells).rstrip()


def _listed(row: Row, key: str, wording: Wording) -> str:
    if key == "published_at":
        at = str(row[key])
        return at[:16].replace("T", " ") if tells_hour(at) else at[:10]
    return _shown({**row, key: row.get(f"{key}_name") or row[key]}, key, wording)


def say_coverage(found: Coverage, wording: Wording) -> list[str]:
    """Return what may be missing in the numbers of a period, a sentence each; none where all was watched."""
    say = wording.say
    if found.began_on is None:
        return [say("Pemantauan media belum pernah berjalan; semua artikel berasal dari impor atau kliping.")]
    told = []
    if not found.whole:
        told.append(
            say(
                "Pemantauan dimulai pada {day}; artikel yang terbit sebelumnya hanya yang masih dapat ditemukan"
                " sehingga jumlahnya mungkin tidak lengkap.",
                day=wording.day(found.began_on.isoformat()),
            )
        )
    if found.stood_still:
        told.append(say("Pantau sempat tidak berjalan pada periode ini sehingga jumlahnya mungkin lebih rendah."))
    if found.disturbed:
        told.append(
            say(
                "{n} dari {all} media sempat tidak terpantau pada periode ini sehingga jumlahnya mungkin lebih rendah.",
                n=wording.number(found.disturbed), all=wording.number(found.chosen),
            )
        )  # fmt: skip
    return told


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
