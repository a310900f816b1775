"""Words a month's report: dataset in, document out. The order of sections, and those that open and close.

Sections on numbers are in ``monitor.report.sections_counts``, those on events in ``monitor.report.sections_events``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from monitor.render import labels
from monitor.render.wording import Wording, flatten
from monitor.report import sections_counts, sections_events
from monitor.report.dataset import Report
from monitor.report.document import Block, Document, Link, Note, Points, Section, Table, Text, build_table
from monitor.report.phrases import channel_words, tone_words, write_change, write_names

SELDOM = frozenset({"metode", "lampiran"})  # sections where staff seldom write: no room for a note is offered
Composer = Callable[[Report, Wording], Iterator[Block]]


def compose_report(data: Report, wording: Wording) -> Document:
    """Return the document of a report in a language."""
    say = wording.say
    parts: tuple[tuple[str, str, Composer], ...] = (
        ("ringkasan", say("Ringkasan"), compose_summary),
        ("metode", say("Metode, definisi, dan keterbatasan"), compose_method),
        ("volume", say("Jumlah dan kecenderungan"), sections_counts.compose_volume),
        ("nada", say("Nada pemberitaan"), sections_counts.compose_tone),
        ("pilar", say("Pilar Smart City"), sections_counts.compose_pillars),
        ("opd", say("Perangkat daerah"), sections_counts.compose_opd),
        ("peristiwa", say("Peristiwa utama"), sections_events.compose_stories),
        ("media", say("Media"), sections_counts.compose_outlets),
        ("narasumber", say("Narasumber"), sections_events.compose_speakers),
        ("rilis", say("Pemuatan rilis"), sections_events.compose_releases),
        ("isu", say("Isu dan tindak lanjut"), sections_events.compose_issues),
        ("kecamatan", say("Kecamatan"), sections_counts.compose_places),
        ("berbayar", say("Muatan berbayar dan pemberitaan"), sections_counts.compose_paid),
        ("tetangga", say("Perbandingan dengan daerah tetangga"), sections_events.compose_neighbours),
        ("lampiran", say("Lampiran: semua artikel"), compose_annex),
    )
    through = wording.day(data.through)
    return Document(
        title=say("Laporan Bulanan Pemberitaan Media"),
        period=wording.month(data.month),
        status="" if data.complete else say("Sementara: bulan ini belum berakhir, data sampai {day}.", day=through),
        regency=data.regency,
        office=data.office,
        number=say("Nomor data: {id}", id=data.id),
        sections=tuple(_build_section(number, part, data, wording) for number, part in enumerate(parts, 1)),
        lang=wording.lang,
        note_head=say("Catatan petugas"),
    )


def _build_section(number: int, part: tuple[str, str, Composer], data: Report, wording: Wording) -> Section:
    key, title, compose = part
    nothing = Text(wording.say("Tidak ada."))
    blocks = [nothing if isinstance(block, Table) and not block.rows else block for block in compose(data, wording)]
    if key not in SELDOM or data.notes.get(key):
        blocks.append(Note(key, data.notes.get(key, "")))
    return Section(key, f"{number}. {title}", tuple(blocks))


def compose_summary(data: Report, wording: Wording) -> Iterator[Block]:
    """Five sentences made from facts; one where there is nothing to tell."""
    say, t, number = wording.say, data.totals, wording.number
    month = wording.month(data.month)
    if not t.articles:
        yield Text(
            say("Tidak ada artikel tentang {regency} yang tercatat pada {month}.", regency=data.regency, month=month)
        )
        return
    yield Text(
        say(
            "Sepanjang {month} tercatat {n} artikel tentang {regency}: {earned} pemberitaan media,"
            " {owned} di kanal pemerintah, dan {paid} muatan berbayar, yang berasal dari {outlets} media"
            " dan menyangkut {stories} peristiwa.",
            month=month, n=number(t.articles), regency=data.regency, earned=number(t.earned), owned=number(t.owned),
            paid=number(t.paid), outlets=number(t.outlets), stories=number(t.stories),
        )
    )  # fmt: skip
    yield Text(_write_trend(data, wording))
    yield Text(_write_tone(data, wording))
    yield Text(_write_opd(data, wording))
    yield Text(_write_events(data, wording))


def _write_trend(data: Report, wording: Wording) -> str:
    """Compare with the month before and the same month last year; a month in progress is compared with nothing."""
    say, t = wording.say, data.totals
    before, year = data.months[-2], data.months[0]
    if not data.complete:
        return say("Bulan ini masih berjalan sehingga jumlahnya belum dibandingkan dengan bulan lain.")
    if not before.watched and not year.watched:
        return say("Belum ada bulan pembanding yang tersimpan.")
    parts = []
    if before.watched:
        parts.append(
            say(
                "{change} dibandingkan dengan bulan sebelumnya",
                change=write_change(t.articles, t.month_before, wording),
            )
        )
    if year.watched:
        change = write_change(t.articles, t.year_before, wording)
        parts.append(say("{change} dibandingkan dengan bulan yang sama tahun lalu", change=change))
    text = say("Jumlah artikel {changes}.", changes="; ".join(parts))
    if before.watched and t.told_before not in (None, t.month_before):
        text += " " + say(
            "Laporan bulan sebelumnya menyebut {n}; sesudahnya ada artikel yang baru ditemukan atau dikoreksi.",
            n=wording.number(t.told_before or 0),
        )
    compared = min(month.key for month in (before, year) if month.watched)
    if data.began_on is None or data.began_on > f"{compared}-01":
        text += " " + say(
            "Perbandingan ini tidak dapat dibaca sebagai kecenderungan karena bulan pembanding tidak terpantau penuh."
        )
    elif data.outages:
        text += " " + say(
            "Perbandingan ini tidak dapat dibaca sebagai kecenderungan karena ada media yang sempat tidak terpantau."
        )
    return text


def _write_tone(data: Report, wording: Wording) -> str:
    n = data.totals.earned
    if not n:
        return wording.say("Tidak ada pemberitaan media sehingga nada tidak dihitung.")
    words = tone_words(wording)
    shares = wording.listing(
        [f"{wording.number(data.tones[key])} {words[key]} ({wording.share(data.tones[key], n)})" for key in words]
    )
    return wording.say(
        "Nada {n} pemberitaan media terhadap pemerintah daerah terdiri atas {shares}.",
        n=wording.number(n),
        shares=shares,
    )


def _write_opd(data: Report, wording: Wording) -> str:
    silent = wording.number(len(data.silent_opd))
    agencies = (line for line in data.opd if line.id not in data.no_agencies)
    top = next(agencies, None)
    if top is None:
        return wording.say(
            "Tidak ada perangkat daerah yang disebut; {silent} perangkat daerah tidak muncul dalam pemberitaan.",
            silent=silent,
        )
    return wording.say(
        "Perangkat daerah yang paling banyak diberitakan adalah {name} ({n} artikel); {silent}"
        " perangkat daerah tidak muncul dalam pemberitaan.",
        name=top.name, n=wording.number(top.articles), silent=silent,
    )  # fmt: skip


def _write_events(data: Report, wording: Wording) -> str:
    say, story, open_issues = wording.say, data.stories[0], sum(issue.open for issue in data.issues)
    headline = flatten(story.headline)
    if story.newsrooms > 1:
        widest = say(
            "Peristiwa dengan liputan mandiri terbanyak adalah “{headline}” ({n} redaksi)",
            headline=headline, n=story.newsrooms,
        )  # fmt: skip
    else:
        widest = say(
            "Peristiwa yang paling banyak dimuat adalah “{headline}” ({n} artikel)",
            headline=headline, n=story.articles,
        )  # fmt: skip
    if not data.issues:
        return f"{widest}; {say('tidak ada isu bernada negatif')}."
    answered = say(
        "dari {issues} isu bernada negatif, {open} belum disertai tanggapan pemerintah daerah",
        issues=len(data.issues), open=open_issues,
    )  # fmt: skip
    return f"{widest}; {answered}."


def compose_method(data: Report, wording: Wording) -> Iterator[Block]:
    """What was counted and how, what is missing, and how far the numbers may be off."""
    say = wording.say
    yield Text(say(labels.METHOD))
    yield Points(tuple(say(text) for text in labels.REPORT_DEFINITIONS.values()))
    yield Text(say("Ketelitian"), "head")
    yield from _compose_quality(data, wording)
    yield Text(say("Media yang tidak terpantau penuh"), "head")
    yield from _compose_gaps(data, wording)


def _compose_gaps(data: Report, wording: Wording) -> Iterator[Block]:
    say, began = wording.say, data.began_on
    if data.totals.not_annotated:
        yield Text(say("{n} artikel belum dianalisis sehingga belum dihitung.", n=data.totals.not_annotated))
    unread, chosen = wording.number(data.outlets_unread), wording.number(data.outlets_chosen)
    if data.outlets_unread:
        yield Text(say("{n} dari {all} media yang dipilih belum pernah terbaca.", n=unread, all=chosen))
    if began is None:
        yield Text(say("Pemantauan media belum pernah berjalan; semua artikel berasal dari impor atau kliping."))
    elif began > f"{data.month}-01":
        day = wording.day(began)
        yield Text(
            say(
                "Pemantauan dimulai pada {day}; artikel yang terbit sebelumnya hanya yang masih dapat ditemukan"
                " sehingga jumlahnya mungkin tidak lengkap.",
                day=day,
            )
        )
    elif not data.outages:
        yield Text(say("Tidak ada gangguan yang tercatat pada media yang terbaca."))
    if not data.outages:
        return
    yield Text(
        say(
            "Jumlah artikel dari media berikut mungkin tidak lengkap; penurunannya tidak dapat dibaca sebagai"
            " kecenderungan."
        )
    )
    rows = [
        (
            outage.outlet_name or say("Semua media"),
            say(labels.GAPS.get(outage.kind, outage.kind)),
            wording.short_day(outage.since),
            wording.short_day(outage.until) if outage.until else say("masih berlangsung"),
        )
        for outage in data.outages
    ]
    head = (say("Media", n=1), say("Gangguan"), say("Sejak"), say("Sampai"))
    yield build_table(head, rows, (4, 4, 2, 2), words=4)


def _compose_quality(data: Report, wording: Wording) -> Iterator[Block]:
    say = wording.say
    if not data.quality:
        yield Text(say("Belum ada sampel buta yang dikodekan ulang sehingga angka ditampilkan tanpa rentang galat."))
        return
    n, day = data.quality["articles"], wording.short_day(data.quality["on"])
    yield Text(
        say(
            "Berdasarkan sampel buta {n} artikel yang dikodekan ulang oleh petugas pada {day}. Rentang"
            " dalam kurung di belakang angka memuat jumlah sebenarnya dengan tingkat kepercayaan 95"
            " persen.",
            n=n, day=day,
        )
    )  # fmt: skip
    rows = [
        (
            say(labels.TASKS[task]) if task in labels.TASKS else task,
            "–" if score["precision"] is None else wording.share(score["precision"], 1),
            "–" if score["recall"] is None else wording.share(score["recall"], 1),
            wording.number(score["tp"] + score["fn"]),
        )
        for task, score in data.quality["tasks"].items()
    ]
    yield build_table((say("Label"), say("Presisi"), say("Kelengkapan"), "n"), rows, (4, 2, 2, 2))


def compose_annex(data: Report, wording: Wording) -> Iterator[Block]:
    """Every article counted, in order of time."""
    channels, tones = channel_words(wording), tone_words(wording)
    gone = f" ({wording.say(labels.WITHDRAWN)})"
    rows = [
        (
            str(number),
            wording.published(entry.at),
            flatten(entry.outlet_name),
            Link(flatten(entry.title) + gone * entry.withdrawn, entry.url),
            channels[entry.channel],
            tones.get(entry.tone, entry.tone) if entry.channel == "earned" else "–",
            write_names(entry.opd, data, 2),
        )
        for number, entry in enumerate(data.articles, 1)
    ]
    say = wording.say
    outlet, offices = say("Media", n=1), say("Perangkat daerah")
    head = (say("No."), say("Waktu"), outlet, say("Judul"), say("Kanal"), say("Nada"), offices)
    yield build_table(head, rows, (0.7, 1.6, 2, 5, 1.7, 1.2, 3), words=7)
