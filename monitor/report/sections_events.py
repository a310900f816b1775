"""Sections of the report that tell events: stories, who was quoted, releases, issues, the neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.render.wording import Wording, flatten
from monitor.report.dataset import Issue, Report, Story
from monitor.report.document import Block, Link, Text, build_table
from monitor.report.phrases import channel_words, tone_words, write_minutes, write_names, write_owners, write_tones

SPEAKERS = 25


def compose_stories(data: Report, wording: Wording) -> Iterator[Block]:
    """The stories that most newsrooms told, each with its course."""
    if not data.stories:
        yield Text(wording.say("Tidak ada."))
    for number, story in enumerate(data.stories, 1):
        yield Text(f"{number}. {flatten(story.headline)}", "head")
        yield Text(
            wording.say(
                "{n} artikel; {newsrooms} redaksi dengan liputan mandiri; nada + / 0 / −: {tones};"
                " perangkat daerah: {opd}",
                n=wording.number(story.articles), newsrooms=story.newsrooms, tones=write_tones(story.tones),
                opd=write_names(story.opd, data),
            )
        )  # fmt: skip
        if story.articles > 1:
            yield from _compose_course(story, wording)
        else:
            only = story.steps[0]
            yield Text(f"{flatten(only.outlet_name)}, {wording.published(only.at)}", "small")


def _compose_course(story: Story, wording: Wording) -> Iterator[Block]:
    say, tones, channels = wording.say, tone_words(wording), channel_words(wording)
    rows = [
        (
            wording.published(step.at),
            flatten(step.outlet_name),
            flatten(step.title),
            tones.get(step.tone, step.tone) if step.channel == "earned" else channels[step.channel],
        )
        for step in story.steps
    ]
    yield build_table((say("Waktu"), say("Media", n=1), say("Judul"), say("Nada")), rows, (1.6, 2.4, 6, 1.3), words=4)
    if (more := story.articles - len(story.steps)) > 0:
        last = wording.published(story.last_at)
        yield Text(say("dan {n} artikel lagi sampai {moment}", n=wording.number(more), moment=last), "small")


def compose_speakers(data: Report, wording: Wording) -> Iterator[Block]:
    """Who was quoted most, and in how many outlets."""
    say = wording.say
    head = (say("Narasumber"), say("Kutipan langsung"), say("Artikel"), say("Media"))
    rows = [
        (flatten(s.name), *(wording.number(n) for n in (s.direct, s.articles, s.outlets)))
        for s in data.speakers[:SPEAKERS]
    ]
    yield build_table(head, rows, (5, 2, 2, 2))
    if (more := len(data.speakers) - SPEAKERS) > 0:
        yield Text(say("dan {n} narasumber lain, lihat lampiran XLSX", n=wording.number(more)), "small")


def compose_releases(data: Report, wording: Wording) -> Iterator[Block]:
    """Each release with the outlets that took it over, how much of it and how soon."""
    say = wording.say
    taken = sum(bool(release.pickups) for release in data.releases)
    if not data.releases:
        yield Text(say("Tidak ada rilis pemerintah daerah yang tercatat."))
        return
    yield Text(say("{taken} dari {n} rilis dimuat media lain.", taken=taken, n=len(data.releases)))
    head = (say("Waktu"), say("Rilis"), say("Dimuat oleh (porsi teks yang sama, jeda)"))
    rows = []
    for release in data.releases:
        by = "; ".join(
            f"{flatten(name)} ({wording.share(share, 1)}, {write_minutes(minutes, wording)})"
            for name, share, minutes in release.pickups
        )
        title = Link(flatten(release.title), release.url)
        rows.append((wording.published(release.at), title, by or say("belum dimuat media lain")))
    yield build_table(head, rows, (1.6, 5, 5), words=3)


def compose_issues(data: Report, wording: Wording) -> Iterator[Block]:
    """Negative stories: since when, who should answer, and whether the government was heard."""
    say = wording.say
    yield Text(
        say(
            "Isu adalah peristiwa yang diberitakan media dengan nada negatif terhadap pemerintah"
            " daerah. Isu dicatat sebagai ditanggapi apabila petugas menandainya demikian, atau sesudahnya"
            " terbit artikel di kanal pemerintah atau liputan yang tidak negatif dengan kutipan perangkat"
            " daerah tentang peristiwa yang sama."
        ),
        "small",
    )
    if not data.issues:
        yield Text(say("Tidak ada."))
        return
    head = (say("Sejak"), say("Isu"), say("Perlu ditanggapi oleh"), say("Artikel"), say("Redaksi"), say("Ditanggapi"))
    rows = [
        (
            wording.published(issue.since),
            Link(flatten(issue.headline), issue.url),
            write_owners(issue, data, wording, 2),
            wording.number(issue.articles),
            wording.number(issue.newsrooms),
            _say_answer(issue, wording),
        )
        for issue in data.issues
    ]
    yield build_table(head, rows, (1.6, 5, 3.5, 1.2, 1.3, 1.6), words=3)


def _say_answer(issue: Issue, wording: Wording) -> str:
    if issue.answered_at:
        return wording.moment(issue.answered_at)
    return wording.say("belum") if issue.open else wording.say("ditarik media")


def compose_neighbours(data: Report, wording: Wording) -> Iterator[Block]:
    """How often headlines name the neighbours, where any were stored."""
    say = wording.say
    if not data.neighbours:
        yield Text(say("Tidak ada artikel tentang daerah tetangga yang tersimpan sehingga tidak ada perbandingan."))
        return
    yield Text(
        say(
            "Jumlah artikel dari media yang sama yang judulnya menyebut daerah tersebut. Pemantauan"
            " diarahkan pada {regency} sehingga angka daerah lain hanya petunjuk dan tidak lengkap.",
            regency=data.regency,
        ),
        "small",
    )
    rows = [(name, wording.number(n)) for name, n in sorted(data.neighbours, key=lambda pair: (-pair[1], pair[0]))]
    ours = (say("{regency} (artikel tentangnya)", regency=data.regency), wording.number(data.totals.articles))
    yield build_table((say("Daerah"), say("Artikel")), [ours, *rows], (5, 2))
