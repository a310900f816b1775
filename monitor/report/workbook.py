"""The report's annex as workbook: one filtered sheet per table, native charts, every article with its address."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from monitor.render import labels
from monitor.render.counts_xlsx import DAY_MONTH, SHADES, add_table, open_book
from monitor.render.wording import Wording, flatten
from monitor.report.dataset import Line, OutletLine, Period, Report
from monitor.report.phrases import channel_words, tone_words, write_owners

Row = dict[str, Any]
CHARTED = 15


def render_xlsx(data: Report, wording: Wording) -> bytes:
    """Return the workbook; numbers are numbers, times are those of the profile's timezone."""
    buffer = io.BytesIO()
    book, say = open_book(buffer), wording.say
    _add(book, say("Ringkasan"), _summary(data, wording))
    days = [{say("Hari"): day.key, **_channels(day, wording), **_tones(day.tones, wording)} for day in data.days]
    _chart(book, _add(book, say("Hari"), days), say("Hari"), len(days), wording, upright=True)
    months = [
        {
            say("Bulan"): wording.month(month.key),
            **{name: n if month.watched else None for name, n in _channels(month, wording).items()},
        }
        for month in data.months
    ]
    _chart(book, _add(book, say("Bulan"), months), say("Bulan"), len(months), wording, upright=True)
    for name, lines, roles in (
        (say("Perangkat daerah"), data.opd, True),
        (say("Pilar"), data.pillars, False),
        (say("Kecamatan"), data.places, False),
    ):
        rows = _lines(lines, name, wording, roles)
        _chart(book, _add(book, name, rows), name, len(rows), wording)
    outlets = _outlets(data, wording)
    _chart(book, _add(book, say("Media"), outlets), say("Media"), len(outlets), wording)
    _add(book, say("Narasumber"), _speakers(data, wording))
    _add(book, say("Rilis"), _releases(data, wording))
    _add(book, say("Isu"), _issues(data, wording))
    _add(book, say("Artikel"), _articles(data, wording))
    book.close()
    return buffer.getvalue()


def _add(book: Any, name: str, rows: Sequence[Row]) -> Any:
    return add_table(book, name, tuple(rows[0]) if rows else (name,), rows)


def _chart(book: Any, page: Any, sheet: str, rows: int, wording: Wording, upright: bool = False) -> None:
    """Set a stacked native chart of the three channels, which stand in columns C to E, beside the table."""
    shown = rows if upright else min(rows, CHARTED)
    if not shown:
        return
    chart = book.add_chart({"type": "column" if upright else "bar", "subtype": "stacked"})
    for place, (channel, shade) in enumerate(SHADES.items(), 2):
        chart.add_series(
            {
                "name": channel_words(wording)[channel],
                "categories": [sheet, 1, 0, shown, 0],
                "values": [sheet, 1, place, shown, place],
                "fill": {"color": shade},
                "border": {"color": "#000000"},
                "gap": 40,
            }
        )
    chart.set_title({"name": sheet, "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"})
    if upright:
        chart.set_x_axis({"num_format": DAY_MONTH})  # of days; names of months stay as they are
    else:
        chart.set_y_axis({"reverse": True, "interval_unit": 1})
    chart.set_size({"width": 720, "height": 380 if upright else 120 + 24 * shown})
    page.insert_chart(1, 17, chart)


def _channels(counts: Period | Line | OutletLine, wording: Wording) -> Row:
    words = channel_words(wording)
    channels = {words[key]: getattr(counts, key) for key in SHADES}
    return {wording.say("Artikel"): counts.articles, **channels}


def _tones(tones: dict[str, int], wording: Wording) -> Row:
    return {f"{wording.say('Nada')} {word}": tones.get(key, 0) for key, word in tone_words(wording).items()}


def _roles(line: Line, wording: Wording) -> Row:
    say = wording.say
    return {say("Pelaku"): line.actor, say("Disebut"): line.mentioned, say("Hadir"): line.attendee}


def _lines(lines: Sequence[Line], head: str, wording: Wording, roles: bool) -> list[Row]:
    """Return the rows of a kind of tag; columns that say nothing of it (roles, error bars) are left out."""
    say, bars = wording.say, any(line.likely for line in lines)
    return [
        {
            head: line.name,
            **_channels(line, wording),
            **_tones(line.tones, wording),
            say("Peristiwa"): line.stories,
            **(_roles(line, wording) if roles else {}),
            say("Judul"): line.headline,
            say("Kutipan"): line.quotes,
            **({say("Rentang galat"): "–".join(map(str, line.likely or ()))} if bars else {}),
            "id": line.id,
        }
        for line in lines
    ]


def _summary(data: Report, wording: Wording) -> list[Row]:
    say, t = wording.say, data.totals
    facts: list[tuple[str, object]] = [
        (say("Daerah"), data.regency),
        (say("Bulan"), wording.month(data.month) + ("" if data.complete else f" ({say('sementara')})")),
        (say("Artikel"), t.articles),
        *((word, getattr(t, key)) for key, word in channel_words(wording).items()),
        (say("Rilis dan salinan"), t.copies),
        (say("Peristiwa"), t.stories),
        (say("Redaksi"), t.newsrooms),
        (say("Kutipan"), t.quotes),
        *((f"{say('Nada')} {word}", data.tones[key]) for key, word in tone_words(wording).items()),
        (say("Catatan"), say(labels.METHOD)),
        (say("Catatan"), say(labels.TONE_DEFINITION)),
        (say("Nomor data: {id}", id=data.id).partition(":")[0], data.id),
    ]
    facts += [(say("Catatan petugas"), f"{key}: {text}") for key, text in data.notes.items()]
    return [{say("Butir"): name, say("Nilai"): value} for name, value in facts]


def _outlets(data: Report, wording: Wording) -> list[Row]:
    say = wording.say
    return [
        {
            say("Media", n=1): line.name,
            **_channels(line, wording),
            **_tones(line.tones, wording),
            say("Asli"): line.independent,
            say("Rilis dan salinan"): line.copies,
            say("Jeda (menit)"): line.latency_minutes,
            say("Bulan sebelumnya"): line.month_before,
            "id": line.id,
        }
        for line in data.outlets
    ]


def _speakers(data: Report, wording: Wording) -> list[Row]:
    say = wording.say
    return [
        {
            say("Narasumber"): flatten(s.name),
            say("Kutipan langsung"): s.direct,
            say("Artikel"): s.articles,
            say("Media"): s.outlets,
        }
        for s in data.speakers
    ]


def _releases(data: Report, wording: Wording) -> list[Row]:
    say, rows = wording.say, []
    for release in data.releases:
        for name, share, minutes in release.pickups or ((say("belum dimuat media lain"), None, None),):
            rows.append(
                {
                    say("Waktu"): release.at,
                    say("Rilis"): flatten(release.title),
                    say("Dimuat oleh"): name,
                    say("Porsi teks yang sama"): share,
                    say("Jeda (menit)"): minutes,
                    say("Alamat"): release.url,
                }
            )
    return rows


def _issues(data: Report, wording: Wording) -> list[Row]:
    say = wording.say
    return [
        {
            say("Sejak"): issue.since,
            say("Isu"): flatten(issue.headline),
            say("Perlu ditanggapi oleh"): write_owners(issue, data, wording),
            say("Artikel"): issue.articles,
            say("Redaksi"): issue.newsrooms,
            say("Ditanggapi"): issue.answered_at or (say("belum") if issue.open else say("ditarik media")),
            say("Alamat"): issue.url,
        }
        for issue in data.issues
    ]


def _articles(data: Report, wording: Wording) -> list[Row]:
    say, channels, tones = wording.say, channel_words(wording), tone_words(wording)
    return [
        {
            say("No."): number,
            say("Waktu"): entry.at,
            say("Media", n=1): entry.outlet_name,
            say("Judul"): flatten(entry.title),
            say("Kanal"): channels[entry.channel],
            say("Nada"): tones.get(entry.tone, entry.tone) if entry.channel == "earned" else None,
            say("Perangkat daerah"): "; ".join(data.names.get(key, key) for key in entry.opd),
            say("Pilar"): "; ".join(data.names.get(key, key) for key in entry.pillars),
            say("Peristiwa"): entry.story,
            say("Alamat"): entry.url,
            say("Keterangan"): say(labels.WITHDRAWN) if entry.withdrawn else None,
            "sha256": entry.sha256,
        }
        for number, entry in enumerate(data.articles, 1)
    ]
