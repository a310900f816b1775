"""The five lines for the leadership, what matters most first."""

from __future__ import annotations

from monitor.digest.dataset import CHANNELS, Dataset
from monitor.render import labels
from monitor.render.digest_entries import name_owners, say_heard
from monitor.render.digest_numbers import list_tones, say_baseline, say_nothing
from monitor.render.sheet import Para
from monitor.render.wording import Wording, flatten, web_address

ALSO = 3  # entries that the line on what is urgent names


def say_five(data: Dataset, wording: Wording) -> list[Para]:
    """Return the five lines for the leadership: what is urgent before all where something is, then volume, tone, the
    widest story, releases and gaps.
    """
    say = wording.say
    taken = sum(bool(release.pickups) for release in data.releases)
    last = say("Rilis pemerintah: tidak ada")
    if data.releases:
        last = say("Rilis pemerintah: {taken} dari {n} dimuat media lain", taken=taken, n=len(data.releases))
    watched = say("Media terpantau: {n} dari {all}", n=data.outlets_watched, all=data.outlets_chosen)
    urgent, volume, tone = _say_urgent(data, wording), _say_volume(data, wording), _say_tone(data, wording)
    first = [urgent, volume, tone] if data.attention else [volume, tone, urgent]
    return [*first, _say_widest(data, wording), Para(f"{last}. {watched}")]


def _say_volume(data: Dataset, wording: Wording) -> Para:
    say, t, number = wording.say, data.totals, wording.number
    if not t.articles:
        lost = sum(not gap.partly for gap in data.gaps)  # silence of what nobody watched says nothing
        unwatched = f" {say('{n} media tidak terpantau.', n=number(lost))}" if lost else ""
        return Para(say_nothing(data, wording) + unwatched, "strong")
    told = say("{n} artikel tentang {regency}", n=number(t.articles), regency=data.regency)
    channels = ", ".join(f"{say(labels.CHANNELS[key])} {number(n)}" for key in CHANNELS if (n := getattr(t, key)))
    own = say("{n} redaksi meliput mandiri", n=number(t.independent_newsrooms))
    if t.release_copies:
        own += say("; {n} dari pemberitaan media berupa rilis atau salinan", n=number(t.release_copies))
    usual = [say_baseline(data, wording)] if t.baseline_days else []
    return Para(". ".join([f"{told} ({channels})", own, *usual]), "strong")


def _say_tone(data: Dataset, wording: Wording) -> Para:
    say, tone = wording.say, data.tone["earned"]
    if not tone["n"]:
        return Para(say("Nada: belum ada pemberitaan media."))
    n, shares = wording.number(tone["n"]), list_tones(tone, wording)
    return Para(say("Nada {n} berita media terhadap pemerintah daerah: {shares}", n=n, shares=shares))


def _say_urgent(data: Dataset, wording: Wording) -> Para:
    say, entries = wording.say, data.attention
    if not entries:
        return Para(say("Perlu perhatian: tidak ada.") + _say_waiting(data, wording))
    text = say(
        "Perlu perhatian ({n}): {headline} – perlu ditanggapi oleh: {owner}",
        n=len(entries),
        headline=flatten(entries[0].headline),
        owner=name_owners(entries[0], data, wording) or say("belum diketahui"),
    )
    if entries[0].heard_at:
        text += f" ({say_heard(entries[0].heard_at, wording)})"
    also = [flatten(entry.headline) for entry in entries[1:ALSO]]
    if len(entries) > ALSO:
        also.append(say("dan {n} lainnya", n=len(entries) - ALSO))
    if also:
        text += say(". Juga: {headlines}", headlines="; ".join(also))
    waiting = _say_waiting(data, wording)
    return Para(text + (f".{waiting}" if waiting else ""), "alarm", web_address(entries[0].url))


def _say_waiting(data: Dataset, wording: Wording) -> str:
    n = wording.number(len(data.waiting))
    return " " + wording.say("Belum ditanggapi dari hari sebelumnya: {n}", n=n) if data.waiting else ""


def _say_widest(data: Dataset, wording: Wording) -> Para:
    """Say which story most newsrooms reported, or where no two did, most outlets carried; none twice."""
    say, told = wording.say, {entry.headline for entry in data.attention[:ALSO]}
    others = [story for story in data.stories if story.headline not in told]
    widest = max(others, key=lambda s: (s.independent if s.independent > 1 else 0, len(s.outlets)), default=None)
    if not widest:
        return Para(say("Peristiwa lain: tidak ada.") if data.stories else say("Peristiwa: tidak ada."))
    headline, n = flatten(widest.headline), len(widest.outlets)
    if n == 1:  # nothing is the most covered by one
        what = say("Peristiwa lain") if told else say("Peristiwa")
        text = f"{what}: {headline} ({flatten(widest.outlets[0])})"
    elif widest.independent:
        what = say("Peristiwa lain yang paling banyak diliput") if told else say("Peristiwa yang paling banyak diliput")
        own = say("{n} redaksi meliput mandiri", n=widest.independent)
        text = f"{what}: {headline} ({say('{n} media', n=n)}, {own})"
    else:
        what = say("Peristiwa lain yang paling banyak dimuat") if told else say("Peristiwa yang paling banyak dimuat")
        text = f"{what}: {headline} ({say('{n} media, tanpa liputan mandiri', n=n)})"
    return Para(text, "", web_address(widest.url))
