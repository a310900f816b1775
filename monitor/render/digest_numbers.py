"""The numbers of a digest in words: how much, in whose space, of what tone, and against which usual days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from monitor.digest.dataset import CHANNELS, Dataset
from monitor.digest.views import STAFF, View
from monitor.render import labels
from monitor.render.sheet import Bars, Block, Columns, Figures, Para
from monitor.render.wording import Wording


def say_nothing(data: Dataset, wording: Wording, view: View = STAFF) -> str:
    """Return the sentence of an edition without news, which is sent as well."""
    subject = data.names.get(view.opd, view.opd) if view.kind == "opd" else data.regency
    blind = data.outlets_chosen and not (data.outlets_watched or data.items)
    if blind or data.not_annotated:  # that there was none, nobody can say then
        return wording.say("Belum ada berita tentang {regency} yang dapat dihitung pada periode ini.", regency=subject)
    return wording.say("Tidak ada berita tentang {regency} pada periode ini.", regency=subject)


def say_numbers(data: Dataset, wording: Wording, view: View = STAFF) -> Iterator[Block]:
    """Yield the headline numbers, whose space they stand in, the tone with n and definition."""
    say, t, number = wording.say, data.totals, wording.number
    subject = data.names.get(view.opd, view.opd) if view.kind == "opd" else data.regency
    yield Para(say("{n} artikel tentang {regency}", n=number(t.articles), regency=subject), "strong")
    yield Figures(
        (
            (number(t.articles), say("artikel", n=t.articles), say_mean(t.baseline_mean, wording)),
            (
                number(t.independent_newsrooms),
                say("redaksi meliput mandiri", n=t.independent_newsrooms),
                say_mean(t.newsrooms_mean, wording),
            ),
            (number(t.stories), say("peristiwa", n=t.stories), say("dari {n} media", n=number(t.outlets))),
            (number(len(data.attention)), say("perlu perhatian", n=len(data.attention)), ""),
        )
    )
    if t.baseline_days:
        yield Para(say_baseline(data, wording), "dim")
    channels = ", ".join(f"{say(labels.CHANNELS[c])} {number(getattr(t, c))}" for c in CHANNELS)
    copies = t.release_copies and number(t.release_copies)
    text = say("Menurut kanal: {channels}", channels=channels)
    yield Para(text + (say("; {n} dari pemberitaan media berupa rilis atau salinan", n=copies) if copies else ""))
    if t.incidental:
        yield Para(say("Hanya menyebut sepintas (tidak termasuk hitungan di atas): {n}", n=number(t.incidental)))
    yield Para(say_tone(data, wording))
    yield _draw_tones(data, wording)
    yield Para(say(labels.TONE_DEFINITION), "dim")
    if data.baseline:
        yield _draw_baseline(data, wording)


def say_mean(mean: float | None, wording: Wording) -> str:
    """Return what a number is held against, or nothing."""
    return "" if mean is None else wording.say("rata-rata {mean}", mean=wording.number(mean))


def say_baseline(data: Dataset, wording: Wording) -> str:
    """Return the sentence on the same weekday of the weeks before."""
    t = data.totals
    return wording.say(
        "Rata-rata pada hari yang sama dalam {days} pekan sebelumnya: {mean} artikel",
        days=t.baseline_days,
        mean=wording.number(t.baseline_mean or 0),
    )


def say_tone(data: Dataset, wording: Wording) -> str:
    """Return the tone of newsrooms' articles with n."""
    tone = data.tone["earned"]
    n = tone["n"]
    if not n:
        return wording.say("Nada: belum ada berita media (n = 0)")
    return wording.say("Nada (n = {n}): {shares}", n=n, shares=list_tones(tone, wording))


def list_tones(tone: Mapping[str, int], wording: Wording) -> str:
    """Return each tone with its number and its share of n."""
    names = {key: wording.say(name) for key, name in labels.TONES.items()}
    return ", ".join(f"{name} {tone[key]} ({wording.share(tone[key], tone['n'])})" for key, name in names.items())


def _draw_tones(data: Dataset, wording: Wording) -> Bars:
    rows = []
    for channel in CHANNELS:
        tone = data.tone[channel]
        if tone["n"]:
            words = ", ".join(f"{wording.say(labels.TONES[key])} {tone[key]}" for key in labels.TONES if tone[key])
            name = wording.say(labels.CHANNELS[channel])
            rows.append((f"{name} (n = {tone['n']})", tuple(tone[key] for key in labels.TONES), words))
    return Bars(wording.say("Nada menurut jenis"), tuple(labels.TONES), tuple(rows))


def _draw_baseline(data: Dataset, wording: Wording) -> Columns:
    days = [(base.day, base.articles) for base in data.baseline] + [(data.day, data.totals.articles)]
    values = tuple((wording.tick(day), count) for day, count in days)
    weekday = wording.weekday(data.day)
    caption = wording.say("Jumlah artikel setiap hari {weekday} pada jam yang sama", weekday=weekday)
    return Columns(caption, f"{caption}: " + ", ".join(f"{day} {count}" for day, count in values), values)
