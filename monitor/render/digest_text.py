"""The digest as plain lines, for terminals, pipes and plain-text mail.

A line carries a style word; ``print_lines`` colours it on a terminal, ``render_text`` drops it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from monitor.digest.dataset import Attention, Dataset, Release, Row, Story
from monitor.render import labels
from monitor.render.wording import Wording, flatten

WIDTH = 96
TOP_STORIES = 15
STYLES = {"title": "bold", "head": "bold cyan", "alarm": "bold red", "dim": "dim", "": ""}


@dataclass(frozen=True, slots=True)
class Line:
    """One line and how it is meant: title, head, alarm, dim or plain."""

    text: str = ""
    style: str = ""


def render_text(data: Dataset, wording: Wording) -> str:
    """Return the digest as plain text."""
    return "\n".join(line.text for line in build_lines(data, wording)) + "\n"


def print_lines(data: Dataset, wording: Wording, stream: TextIO) -> None:
    """Write the digest to a terminal, in colour."""
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False, soft_wrap=True)
    for line in build_lines(data, wording):
        console.print(Text(line.text, style=STYLES[line.style]))


def build_lines(data: Dataset, wording: Wording) -> Iterator[Line]:
    """Yield the digest line by line: numbers, what wants attention, stories, releases, tables, gaps."""
    yield from _head(data, wording)
    if data.totals.articles == 0:
        yield Line(wording.say("Tidak ada berita tentang {regency} dalam kurun ini.", regency=data.regency), "title")
    else:
        yield from _numbers(data, wording)
        yield from _attention(data, wording)
        yield from _stories(data, wording)
    yield from _releases(data.releases, wording)
    yield from _table(wording.say("Perangkat daerah"), data.opd, wording, actor=True)
    yield from _table(wording.say("Pilar Smart City"), data.pillars, wording, actor=False)
    yield from _foot(data, wording)


def _head(data: Dataset, wording: Wording) -> Iterator[Line]:
    edition = wording.say(labels.EDITIONS[data.edition])
    yield Line(wording.say("Ringkasan pemberitaan {regency}", regency=data.regency), "title")
    yield Line(f"{wording.day(data.day)} · {edition}")
    span = wording.say(
        "Cakupan {start} – {end} ({zone})",
        start=wording.moment(data.start),
        end=wording.moment(data.end),
        zone=data.timezone,
    )
    yield Line(span + ("" if data.complete else " · " + wording.say("sementara")), "dim")
    yield Line()


def _numbers(data: Dataset, wording: Wording) -> Iterator[Line]:
    t, say = data.totals, wording.say
    yield Line(say("{n} artikel tentang {regency}", n=wording.number(t.articles), regency=data.regency), "title")
    channels = ", ".join(
        f"{say(labels.CHANNELS[c])} {wording.number(getattr(t, c))}" for c in ("earned", "owned", "paid")
    )
    yield Line(
        say("Terpisah menurut jenis: {channels}; salinan rilis {copies}", channels=channels, copies=t.release_copies)
    )
    yield Line(
        say(
            "{stories} peristiwa, {outlets} media, {newsrooms} redaksi meliput mandiri",
            stories=t.stories,
            outlets=t.outlets,
            newsrooms=t.independent_newsrooms,
        )
    )
    if t.baseline_mean is not None:
        yield Line(
            say(
                "Rata-rata {days} hari yang sama sebelumnya: {mean} artikel",
                days=t.baseline_days,
                mean=wording.number(t.baseline_mean),
            )
        )
    if t.incidental:
        yield Line(say("Menyebut sambil lalu (tidak dihitung di atas): {n}", n=t.incidental))
    yield from _tone(data, wording)


def _tone(data: Dataset, wording: Wording) -> Iterator[Line]:
    tone = data.tone["earned"]
    n = tone["n"]
    shares = ", ".join(
        f"{wording.say(labels.TONES[label])} {tone[label]} ({wording.share(tone[label], n)})" for label in labels.TONES
    )
    yield Line(
        wording.say("Nada (n = {n}): {shares}", n=n, shares=shares)
        if n
        else wording.say("Nada: belum ada berita media (n = 0)")
    )
    yield Line(wording.say(labels.TONE_DEFINITION), "dim")
    yield Line()


def _attention(data: Dataset, wording: Wording) -> Iterator[Line]:
    yield Line(wording.say("Perlu perhatian"), "alarm" if data.attention else "head")
    if not data.attention:
        yield Line("  " + wording.say("Tidak ada."))
    for number, entry in enumerate(data.attention, 1):
        yield from _one_attention(number, entry, data, wording)
    yield Line()


def _one_attention(number: int, entry: Attention, data: Dataset, wording: Wording) -> Iterator[Line]:
    yield from _wrap(f"{number}. ", flatten(entry.headline), "alarm")
    yield from _wrap("   ", f"{wording.say(labels.ATTENTION[entry.rule])}; {', '.join(entry.outlets)}")
    since = wording.say("sejak {moment}", moment=wording.moment(entry.since))
    owner = ", ".join(data.names.get(key, key) for key in entry.opd) or wording.say("belum jelas")
    yield from _wrap("   ", wording.say("Yang perlu menjawab: {owner}, {since}", owner=owner, since=since))
    if entry.evidence:
        yield from _wrap("   ", f"“{flatten(entry.evidence)}”", "dim")
    yield Line(f"   {entry.url}", "dim")


def _stories(data: Dataset, wording: Wording) -> Iterator[Line]:
    yield Line(wording.say("Peristiwa"), "head")
    for number, story in enumerate(data.stories[:TOP_STORIES], 1):
        yield from _one_story(number, story, data, wording)
    if rest := data.stories[TOP_STORIES:]:
        yield Line("   " + wording.say("dan {n} peristiwa lain", n=len(rest)))
        for story in rest:
            yield from _wrap("   - ", flatten(story.headline))
    yield Line()


def _one_story(number: int, story: Story, data: Dataset, wording: Wording) -> Iterator[Line]:
    yield from _wrap(f"{number}. ", flatten(story.headline), "title")
    tones = ", ".join(f"{wording.say(labels.TONES[tone])} {n}" for tone, n in story.tones.items() if n)
    yield from _wrap("   ", f"{wording.moment(story.first_at)} · {', '.join(story.outlets)} · {tones}")
    facts = [
        (wording.say("OPD"), [data.names.get(key, key) for key in story.opd]),
        (wording.say("Pilar"), [data.names.get(key, key) for key in story.pillars]),
        (wording.say("Dikutip"), list(story.speakers)),
        (wording.say("Mengapa penting"), [wording.say(labels.WHY[code]) for code in story.why]),
    ]
    for label, values in facts:
        if values:
            yield from _wrap("   ", f"{label}: {', '.join(map(flatten, values))}")
    yield Line(f"   {story.url}", "dim")


def _releases(releases: tuple[Release, ...], wording: Wording) -> Iterator[Line]:
    if not releases:
        return
    taken = sum(bool(release.pickups) for release in releases)
    yield Line(wording.say("Rilis: {taken} dari {n} dimuat media lain", taken=taken, n=len(releases)), "head")
    for release in releases:
        yield from _wrap(
            "- ", f"{flatten(release.title)} ({release.outlet_name}, {wording.moment(release.published_at)})"
        )
        for pickup in release.pickups:
            late = (
                "" if pickup.latency_minutes is None else wording.say(", {n} menit kemudian", n=pickup.latency_minutes)
            )
            yield Line(f"    → {pickup.outlet_name}: {wording.share(pickup.share, 1)} {wording.say('teks sama')}{late}")
        if not release.pickups:
            yield Line("    " + wording.say("belum dimuat media lain"), "dim")
    yield Line()


def _table(title: str, rows: tuple[Row, ...], wording: Wording, actor: bool) -> Iterator[Line]:
    if not rows:
        return
    heads = [wording.say(word) for word in ("artikel", "media", "pemerintah", "berbayar", "+ / 0 / −")]
    heads = [*heads, wording.say("pelaku")] if actor else heads
    yield Line(f"{title:<48}" + "".join(f"{head:>11}" for head in heads), "head")
    for row in rows:
        tones = " / ".join(str(row.tones[tone]) for tone in labels.TONES)
        cells = [row.articles, row.earned, row.owned, row.paid, tones, *([row.actor] if actor else [])]
        yield Line(f"{textwrap.shorten(row.name, 47, placeholder='…'):<48}" + "".join(f"{cell:>11}" for cell in cells))
    yield Line()


def _foot(data: Dataset, wording: Wording) -> Iterator[Line]:
    if data.found_late:
        yield Line(wording.say("Ditemukan belakangan: {n} artikel lama", n=len(data.found_late)), "head")
        for item in data.found_late[:5]:
            yield from _wrap(
                "- ", f"{flatten(item.title)} ({item.outlet_name}, {wording.short_day(item.published_at)})"
            )
    if data.not_annotated:
        yield Line(wording.say("{n} artikel belum dianalisis dan belum dihitung.", n=data.not_annotated), "alarm")
    yield Line(wording.say("Media terpantau: {n} dari {all}", n=data.outlets_watched, all=data.outlets_chosen), "dim")
    for gap in data.gaps:
        reason = wording.say(labels.GAPS.get(gap.kind, gap.kind))
        since = (
            wording.say("tidak terpantau sejak {day}", day=wording.short_day(gap.since))
            if gap.since
            else wording.say("belum terpantau")
        )
        yield Line(f"{gap.outlet_name}: {since} ({reason})", "dim")
    if data.gaps:
        yield Line(
            wording.say("Angka di atas mungkin kurang karena {n} media tidak terpantau.", n=len(data.gaps)), "dim"
        )
    yield Line(wording.say(labels.METHOD), "dim")
    yield Line(wording.say("Nomor data: {id}", id=data.id), "dim")


def _wrap(lead: str, text: str, style: str = "") -> Iterator[Line]:
    lines = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield from (Line(line, style) for line in lines)
