"""The digest as WhatsApp text: short numbered lines, ``*bold*``, complete links, in parts that a message can hold.

A message holds 65,536 characters at most, but gateways and readers' patience end far earlier: parts stay under 4,096
(the limit of the common gateways) and are cut between entries, never inside one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.digest.dataset import Dataset
from monitor.render import labels
from monitor.render.wording import Wording, flatten

PART_CHARS = 4096
MARK_CHARS = 16  # room for "(12/12)" and a line break
TITLE_CHARS = 300


def render_parts(data: Dataset, wording: Wording) -> list[str]:
    """Return the messages in order; one where all fits."""
    parts: list[str] = []
    for block in _blocks(data, wording):
        if parts and len(parts[-1]) + 2 + len(block) <= PART_CHARS - MARK_CHARS:
            parts[-1] += "\n\n" + block
        else:
            parts.append(block)
    if len(parts) == 1:
        return parts
    return [f"({number}/{len(parts)})\n{part}" for number, part in enumerate(parts, 1)]


def _blocks(data: Dataset, wording: Wording) -> Iterator[str]:
    say, t = wording.say, data.totals
    title = say("Ringkasan pemberitaan {regency}", regency=data.regency)
    head = f"*{title}*\n{wording.day(data.day)}, {say(labels.EDITIONS[data.edition])}"
    if not t.articles:
        yield head + "\n\n" + say("Tidak ada berita tentang {regency} dalam kurun ini.", regency=data.regency)
    else:
        yield head + "\n" + "\n".join(_numbers(data, wording))
        yield from _attention(data, wording)
        yield f"*{say('Peristiwa')}*"
        for number, story in enumerate(data.stories, 1):
            why = f"\n_{say(labels.WHY[story.why[0]])}_" if story.why else ""
            yield f"{number}. *{_safe(story.headline)}*\n{_names(story.outlets)}{why}\n{story.url}"
    if data.gaps:
        yield say("Angka di atas mungkin kurang karena {n} media tidak terpantau.", n=len(data.gaps))
    yield say("Nomor data: {id}", id=data.id)


def _numbers(data: Dataset, wording: Wording) -> Iterator[str]:
    say, t, tone = wording.say, data.totals, data.tone["earned"]
    yield say("{n} artikel tentang {regency}", n=f"*{wording.number(t.articles)}*", regency=data.regency)
    yield ", ".join(f"{say(labels.CHANNELS[channel])} {getattr(t, channel)}" for channel in labels.CHANNELS)
    if tone["n"]:
        yield say(
            "Nada (n = {n}): {shares}",
            n=tone["n"],
            shares=", ".join(f"{say(label)} {tone[label]}" for label in labels.TONES),
        )


def _attention(data: Dataset, wording: Wording) -> Iterator[str]:
    if not data.attention:
        return
    yield f"*{wording.say('Perlu perhatian')}*"
    for number, entry in enumerate(data.attention, 1):
        owner = ", ".join(data.names.get(key, key) for key in entry.opd) or wording.say("belum jelas")
        since = wording.say("sejak {moment}", moment=wording.moment(entry.since))
        answer = wording.say("Yang perlu menjawab: {owner}, {since}", owner=owner, since=since)
        rule = wording.say(labels.ATTENTION[entry.rule])
        yield f"{number}. *{_safe(entry.headline)}*\n{_names(entry.outlets)}: {rule}\n{answer}\n{entry.url}"


def _names(outlets: tuple[str, ...]) -> str:
    shown = ", ".join(outlets[:6])
    return shown if len(outlets) <= 6 else f"{shown} +{len(outlets) - 6}"


def _safe(title: str) -> str:
    """Return a headline that cannot switch WhatsApp's formatting on or off, shortened only beyond any real headline."""
    flat = re.sub(r"[*_~`]", "", flatten(title))
    return flat if len(flat) <= TITLE_CHARS else flat[: TITLE_CHARS - 1] + "…"
