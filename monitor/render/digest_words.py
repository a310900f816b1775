"""What a digest says, in order: numbers, what wants attention, stories, releases, tables, what may be missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from monitor.digest.dataset import Dataset, Gap, Row
from monitor.digest.views import STAFF, View, apply_view
from monitor.render import labels
from monitor.render.digest_entries import (
    say_attention,
    say_outlets,
    say_releases,
    say_rest,
    say_stories,
    say_waiting,
)
from monitor.render.digest_five import say_five
from monitor.render.digest_numbers import say_nothing, say_numbers
from monitor.render.sheet import Block, Heading, Listing, Para, Sheet, Table
from monitor.render.wording import Wording, flatten, name_zone, web_address


def build_sheet(data: Dataset, wording: Wording, view: View = STAFF, most: int | None = None) -> Sheet:
    """Return the digest in words as a view shows it; with ``most`` only so many entries of each kind and no list of
    all articles, which it then says.
    """
    shown = apply_view(data, view)
    say = wording.say
    title = say("Ringkasan pemberitaan {regency}", regency=data.regency)
    hours = say(
        "Periode {start} – {end} ({zone})",
        start=wording.moment(data.start),
        end=wording.moment(data.end),
        zone=name_zone(data.timezone, data.start),
    )
    lines = [f"{wording.day(data.day)} · {say(labels.EDITIONS[data.edition])}"]
    if view.kind == "opd":
        lines.append(say("Hanya yang menyebut {opd}", opd=data.names.get(view.opd, view.opd)))
    elif view.kind == "pimpinan":
        lines.append(say("Untuk pimpinan"))
    return Sheet(
        title=title,
        lines=(*lines, hours + ("" if data.complete else " · " + say("sementara"))),
        lang=wording.lang,
        id=data.id,
        foot=say("Nomor data: {id}", id=data.id),
        blocks=tuple(_say_five(shown, wording) if view.kind == "pimpinan" else _say_all(shown, wording, view, most)),
    )


def _say_all(data: Dataset, wording: Wording, view: View, most: int | None) -> Iterator[Block]:
    say = wording.say
    if data.totals.articles == 0:
        yield Para(say_nothing(data, wording, view), "strong")
        yield from say_waiting(data, wording)
    else:
        yield from say_numbers(data, wording, view)
        yield Heading(say("Perlu perhatian"), alarm=bool(data.attention))
        yield from say_attention(data, wording, most)
        yield from say_waiting(data, wording)
        yield Heading(say("Peristiwa"))
        yield from say_stories(data, wording, most)
    yield from say_releases(data, wording, most)
    yield from _say_table(say("Perangkat daerah"), data.opd, wording, actor=True, most=most)
    yield from _say_table(say("Pilar Smart City"), data.pillars, wording, actor=False, most=None)
    if data.opd or data.totals.articles:
        yield Para(say(labels.OVERLAP), "dim")
    if view.kind == "staf" and data.items and most is None:
        yield Heading(say("Semua artikel"))
        yield _list_items(data, wording)
    yield Heading(say("Cakupan pemantauan dan cara penghitungan"))
    yield from say_limits(data, wording, most)


def _say_table(
    title: str, rows: tuple[Row, ...], wording: Wording, *, actor: bool, most: int | None
) -> Iterator[Block]:
    if not rows:
        return
    say = wording.say
    heads = [title, say("artikel"), say("pers"), say("pemerintah"), say("berbayar"), say("+ / 0 / −")]
    yield Heading(title)
    lines, notes = [], []
    for row in rows[:most]:
        notes.append(_say_row(row, wording, actor))
        tones = " / ".join(str(row.tones[key]) for key in labels.TONES)
        cells = [flatten(row.name), *map(wording.number, (row.articles, row.earned, row.owned, row.paid)), tones]
        lines.append((*cells, wording.number(row.actor)) if actor else tuple(cells))
    yield Table((*heads, say("pelaku")) if actor else tuple(heads), tuple(lines), tuple(notes))
    yield from say_rest(len(rows), most, wording)


def _say_row(row: Row, wording: Wording, actor: bool) -> str:
    """Return the numbers of a row that are not zero, in words."""
    say, number = wording.say, wording.number
    channels = ((say("pers"), row.earned), (say("pemerintah"), row.owned), (say("berbayar"), row.paid))
    tones = [(say(name), row.tones[key]) for key, name in labels.TONES.items()]
    groups = [channels, tones, [(say("pelaku"), row.actor)] if actor else []]
    told = (", ".join(f"{name} {number(n)}" for name, n in group if n) for group in groups)
    return " · ".join(text for text in told if text)


def _list_items(data: Dataset, wording: Wording) -> Listing:
    say = wording.say
    heads = (say("Waktu"), say("Media", n=1), say("Judul"), say("Nada"), say("OPD"))
    gone = f" ({say(labels.WITHDRAWN)})"
    rows = tuple(
        (
            wording.published(item.published_at),
            flatten(item.outlet_name),
            flatten(item.title) + gone * item.withdrawn,
            say(labels.TONES[item.tone]) if item.channel == "earned" else say(labels.CHANNELS[item.channel]),
            data.name(item.opd),
        )
        for item in data.items
    )
    return Listing(heads, rows, tuple(web_address(item.url) for item in data.items))


def say_limits(
    data: Dataset, wording: Wording, most: int | None = None, named: int | None = None, told: str = labels.REST_ATTACHED
) -> Iterator[Para]:
    """Yield what was not watched, what may be missing, what came late, and what the numbers do not mean; with ``most``
    only so many articles, with ``named`` only so many outlets of one cause, and how many more (``told`` says where).
    """
    say = wording.say
    if data.carried_over:
        n = wording.number(len(data.carried_over))
        yield Para(
            say("Termasuk {n} artikel dari periode sebelumnya yang belum tercantum dalam edisi mana pun.", n=n), "dim"
        )
    if data.found_late:
        yield Para(
            say("Baru ditemukan: {n} artikel yang terbit sebelumnya", n=wording.number(len(data.found_late))), "dim"
        )
        for item in data.found_late[:most]:
            text = f"{flatten(item.title)} ({flatten(item.outlet_name)}, {wording.short_day(item.published_at)})"
            yield Para(text, "dim", web_address(item.url))
        yield from say_rest(len(data.found_late), most, wording, told)
    if data.not_annotated:
        n = wording.number(data.not_annotated)
        yield Para(say("{n} artikel belum dianalisis sehingga belum dihitung.", n=n), "alarm")
    yield Para(say("Media terpantau: {n} dari {all}", n=data.outlets_watched, all=data.outlets_chosen), "dim")
    for text in say_gaps(data, wording, named or most):
        yield Para(text, "dim")
    yield Para(say(labels.METHOD), "dim")


def say_gaps(data: Dataset, wording: Wording, most: int | None = None) -> Iterator[str]:
    """Yield one line per cause and day since when outlets were not watched, then how much may be missing."""
    say = wording.say

    def cause(gap: Gap) -> tuple[bool, str, str]:
        return gap.partly, (gap.since or "")[:10], gap.kind

    for (partly, since, kind), group in groupby(sorted(data.gaps, key=cause), cause):
        outlets = tuple(gap.outlet_name for gap in group)
        everywhere = 1 < len(outlets) == data.outlets_chosen  # rather the office's own network than theirs
        names = say("Semua media") if everywhere else say_outlets(outlets, most or len(outlets))
        reason = say(labels.GAPS.get(kind, kind))
        told = say("belum terpantau")
        if since:
            day = wording.short_day(since)
            told = say("tidak terpantau sejak {day}", day=day)
            told = say("terpantau sebagian sejak {day}", day=day) if partly else told
        yield f"{names}: {told} ({reason})"
    if lost := sum(not gap.partly for gap in data.gaps):
        yield say(
            "Angka di atas mungkin lebih rendah daripada yang sebenarnya karena {n} media tidak terpantau.", n=lost
        )
        if missing := sum(gap.missing or 0 for gap in data.gaps):
            yield say(
                "Berdasarkan rata-rata media tersebut, diperkirakan {n} artikel tidak terhitung.",
                n=wording.number(missing),
            )


def _say_five(data: Dataset, wording: Wording) -> Iterator[Block]:
    for number, line in enumerate(say_five(data, wording), 1):
        yield replace(line, text=f"{number}. {line.text}")
