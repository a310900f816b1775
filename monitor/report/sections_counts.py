"""Sections of the report that count: volume, tone, pillars, offices, outlets, kecamatan, paid against earned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from monitor.charts import ROLE_SHADES, SHADES, TONE_SHADES, build_columns, build_stacks
from monitor.render import labels
from monitor.render.wording import Wording, flatten
from monitor.report.dataset import Line, Period, Report
from monitor.report.document import Block, Figure, Points, Text, build_table
from monitor.report.phrases import (
    channel_words,
    tone_words,
    write_likely,
    write_minutes,
    write_tones,
)

CHARTED = 15  # bars that stay legible
SMOOTH = 3  # months of the running mean


def compose_volume(data: Report, wording: Wording) -> Iterator[Block]:
    """Days of the month, months of the year with running mean, and the same month last year."""
    say, words, t = wording.say, channel_words(wording), data.totals
    rows = [{"name": str(int(day.key[-2:])), **_channels(day)} for day in data.days]
    peak = max(data.days, key=lambda day: day.articles)
    yield Figure(
        build_columns(rows, SHADES, words, wording),
        say(
            "Grafik batang artikel per hari; terbanyak {n} pada {day}.",
            n=wording.number(peak.articles), day=wording.day(peak.key),
        )
        if t.articles
        else say("Grafik batang artikel per hari; semuanya nol."),
        say("Artikel per hari menurut kanal"),
    )  # fmt: skip
    whole = (month.watched and (data.complete or month.key != data.month) for month in data.months)
    means = smooth([month.articles if known else None for month, known in zip(data.months, whole, strict=True)])
    pairs = list(zip(data.months, means, strict=True))
    rows = [{"name": wording.month(m.key, "MMM yy"), **_channels(m), "mean": mean} for m, mean in pairs]
    yield Figure(
        build_columns(rows, SHADES, words, wording, "mean"),
        say(
            "Grafik batang artikel per bulan dari {first} sampai {last} dengan rata-rata bergerak tiga"
            " bulan; bulan ini {n}, bulan sebelumnya {before}, bulan yang sama tahun lalu {year}.",
            first=wording.month(data.months[0].key), last=wording.month(data.month), n=wording.number(t.articles),
            before=_known(data.months[-2], wording), year=_known(data.months[0], wording),
        ),
        say("Artikel per bulan; garis putus-putus: rata-rata bergerak tiga bulan"),
    )  # fmt: skip
    head = (say("Bulan"), say("Artikel"), say("Pers"), say("Pemda"), say("Berbayar"), say("Rata-rata 3 bulan"))
    table = [
        (
            wording.month(m.key) + ("" if data.complete or m.key != data.month else f" ({say('sementara')})"),
            *(wording.number(n) if m.watched else "–" for n in (m.articles, m.earned, m.owned, m.paid)),
            "–" if mean is None else wording.number(mean),
        )
        for m, mean in pairs
    ]
    yield build_table(head, table, (3, 1.5, 1.5, 1.5, 1.5, 2))
    if not all(month.watched for month in data.months):
        yield Text(say("–: bulan tanpa satu pun artikel tersimpan; pemantauan belum berjalan."), "small")


def _known(month: Period, wording: Wording) -> str:
    return wording.number(month.articles) if month.watched else wording.say("tidak terpantau")


def smooth(values: Sequence[int | None]) -> list[float | None]:
    """Return the mean of each value and the two before it; None where one of them is not known."""
    means: list[float | None] = []
    for place in range(len(values)):
        known = [value for value in values[max(0, place + 1 - SMOOTH) : place + 1] if value is not None]
        means.append(sum(known) / SMOOTH if len(known) == SMOOTH else None)
    return means


def compose_tone(data: Report, wording: Wording) -> Iterator[Block]:
    """Split with n and definition, by week, and what was negative."""
    say, words, n = wording.say, tone_words(wording), data.totals.earned
    yield Text(say(labels.TONE_DEFINITION), "small")
    rows = [(words[key], wording.number(data.tones[key]), wording.share(data.tones[key], n)) for key in words]
    yield build_table(
        (say("Nada"), say("Artikel"), say("Persentase")), [*rows, ("n", wording.number(n), "")], (4, 2, 2)
    )
    weeks = [week for week in data.weeks if sum(week.tones.values())]
    if weeks:
        charted = [{"name": wording.short_day(week.key)[:6].strip(), **week.tones} for week in weeks]
        counts = "; ".join(f"{wording.short_day(week.key)}: {write_tones(week.tones)}" for week in weeks)
        yield Figure(
            build_columns(charted, TONE_SHADES, words, wording),
            say("Grafik batang nada per pekan (positif / netral / negatif): {weeks}.", weeks=counts),
            say("Nada pemberitaan media per pekan, menurut hari Senin"),
        )


def compose_pillars(data: Report, wording: Wording) -> Iterator[Block]:
    """All pillars, those without articles too."""
    yield from _compose_lines(data.pillars, wording, wording.say("Pilar"))
    yield _say_overlap(wording)


def compose_opd(data: Report, wording: Wording) -> Iterator[Block]:
    """Ranked chart by role, table, and the offices that were not in the press."""
    say = wording.say
    words = {key: say(text) for key, text in labels.ROLES.items()}
    shown = [line for line in data.opd if line.actor + line.mentioned + line.attendee][:CHARTED]
    if shown:
        top = "; ".join(f"{line.name} {wording.number(line.articles)}" for line in shown[:5])
        yield Figure(
            build_stacks([asdict(line) for line in shown], ROLE_SHADES, words, wording),
            say("Grafik batang perangkat daerah menurut jumlah artikel; lima teratas: {top}.", top=top),
            say("Perangkat daerah yang paling banyak diberitakan, menurut perannya"),
        )
    head = (
        say("Perangkat daerah"), say("Artikel"), say("Pelaku"), say("Disebut"), say("Hadir"), say("Judul"),
        say("Kutipan"), say("Pers"), say("Pemda"), say("Berbayar"), "+ / 0 / −",
    )  # fmt: skip
    rows = [
        (
            line.name,
            write_likely(line.articles, line.likely, wording),
            *(wording.number(n) for n in (line.actor, line.mentioned, line.attendee, line.headline, line.quotes)),
            *(wording.number(n) for n in (line.earned, line.owned, line.paid)),
            write_tones(line.tones),
        )
        for line in data.opd
    ]
    yield build_table(head, rows, (5, 2.1, 1.6, 1.8, 1.4, 1.4, 1.8, 1.6, 1.6, 2, 2.2))
    yield _say_overlap(wording)
    if data.no_agencies:
        yield Text(
            say(
                "Tabel ini juga memuat yang bukan perangkat daerah: pemerintah daerah secara umum, DPRD, instansi"
                " vertikal (misalnya kepolisian dan kejaksaan), BUMD, dan lembaga lain."
            ),
            "small",
        )
    yield Text(say("Tidak diberitakan bulan ini"), "head")
    yield Points(data.silent_opd) if data.silent_opd else Text(say("Tidak ada."))


def compose_outlets(data: Report, wording: Wording) -> Iterator[Block]:
    """Volume, own reporting, copies with their delay, tone; and who fell silent."""
    say = wording.say
    yield Text(
        say(
            "Asli: porsi berita yang ditulis redaksinya sendiri. Salinan: berita berupa rilis, atau salinan rilis atau"
            " berita media lain. Jeda: median waktu sejak naskah asalnya terbit sampai dimuat."
        ),
        "small",
    )
    head = (
        say("Media", n=1), say("Artikel"), say("Pers"), say("Pemda"), say("Berbayar"), say("Asli"), say("Salinan"),
        say("Jeda"), "+ / 0 / −",
    )  # fmt: skip
    rows = [
        (
            flatten(line.name),
            *(wording.number(n) for n in (line.articles, line.earned, line.owned, line.paid)),
            wording.share(line.independent, line.earned),
            wording.number(line.copies),
            write_minutes(line.latency_minutes, wording),
            write_tones(line.tones),
        )
        for line in data.outlets
    ]
    yield build_table(head, rows, (4, 1.3, 1.2, 1.2, 1.5, 1.2, 1.4, 1.6, 2))
    # on the first days of a month its silence says little of an outlet
    stands = "ended" if data.complete else "running"
    yield Text(say(labels.SILENT_TITLES[stands]), "head")
    told = labels.SILENT_OUTLETS[stands]
    silent = tuple(say(told, name=flatten(name), n=wording.number(n)) for name, n in data.silent_outlets)
    yield Points(silent) if silent else Text(say("Tidak ada."))


def compose_places(data: Report, wording: Wording) -> Iterator[Block]:
    """All kecamatan, those without articles too."""
    yield from _compose_lines(data.places, wording, wording.say("Kecamatan"))
    yield _say_overlap(wording)


def compose_paid(data: Report, wording: Wording) -> Iterator[Block]:
    """Paid content beside reporting, per outlet that had any."""
    say = wording.say
    paid = sorted((line for line in data.outlets if line.paid), key=lambda line: (-line.paid, line.name))
    if not paid:
        yield Text(say("Tidak ada muatan yang bertanda berbayar."))
        return
    words = {"earned": channel_words(wording)["earned"], "paid": channel_words(wording)["paid"]}
    shades = {"earned": SHADES["earned"], "paid": SHADES["paid"]}
    listed = "; ".join(f"{flatten(line.name)} {line.paid}" for line in paid[:5])
    yield Figure(
        build_stacks([asdict(line) for line in paid[:CHARTED]], shades, words, wording),
        say("Grafik batang muatan berbayar dan pemberitaan per media; berbayar: {listed}.", listed=listed),
        say("Muatan berbayar dan pemberitaan pada media yang memuatnya"),
    )
    head = (say("Media", n=1), say("Berbayar"), say("Pemberitaan"), "+ / 0 / −")
    rows = [
        (flatten(line.name), wording.number(line.paid), wording.number(line.earned), write_tones(line.tones))
        for line in paid
    ]
    yield build_table(head, rows, (5, 2, 2, 2))
    yield Text(say("Nada hanya dihitung dari pemberitaan; muatan berbayar tidak dinilai."), "small")


def _say_overlap(wording: Wording) -> Text:
    return Text(wording.say(labels.OVERLAP), "small")


def _compose_lines(lines: Sequence[Line], wording: Wording, what: str) -> Iterator[Block]:
    say = wording.say
    ranked = [line for line in lines if line.articles][:CHARTED]
    if ranked:
        listed = "; ".join(f"{line.name} {wording.number(line.articles)}" for line in ranked[:6])
        yield Figure(
            build_stacks([asdict(line) for line in ranked], SHADES, channel_words(wording), wording),
            say("Grafik batang {what} menurut jumlah artikel: {listed}.", what=what.lower(), listed=listed),
            say("Artikel menurut {what} dan kanal", what=what.lower()),
        )
    head = (what, say("Artikel"), say("Peristiwa"), say("Pers"), say("Pemda"), say("Berbayar"), "+ / 0 / −")
    rows = [
        (
            line.name,
            write_likely(line.articles, line.likely, wording),
            *(wording.number(n) for n in (line.stories, line.earned, line.owned, line.paid)),
            write_tones(line.tones),
        )
        for line in lines
    ]
    yield build_table(head, rows, (4, 2, 1.5, 1.5, 1.5, 1.5, 2))


def _channels(period: Period) -> dict[str, Any]:
    return {"earned": period.earned, "owned": period.owned, "paid": period.paid}
