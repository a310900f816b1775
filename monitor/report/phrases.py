"""Small pieces of wording that sections of the report share."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.render import labels
from monitor.render.wording import Wording
from monitor.report.dataset import Issue, Report

FEW = 20  # articles of which a percentage says little


def channel_words(wording: Wording) -> dict[str, str]:
    """Return what the channels are called."""
    return {key: wording.say(text) for key, text in labels.CHANNELS.items()}


def tone_words(wording: Wording) -> dict[str, str]:
    """Return what the tones are called."""
    return {key: wording.say(text) for key, text in labels.TONES.items()}


def write_tones(tones: Mapping[str, int]) -> str:
    """Write tones as 3 / 5 / 1, in the order of the head + / 0 / −."""
    return " / ".join(str(tones.get(tone, 0)) for tone in labels.TONES)


def write_change(now: int, before: int, wording: Wording) -> str:
    """Write how a number compares with an earlier one: in per cent only of what is many, else it would exaggerate."""
    say = wording.say
    if not before:
        return say("naik dari nol") if now else say("tetap nol")
    n = wording.number(before)
    if now == before:
        return say("tetap ({n})", n=n)
    if before < FEW and now > before:
        return say("naik dari {n} menjadi {now}", n=n, now=wording.number(now))
    if before < FEW:
        return say("turun dari {n} menjadi {now}", n=n, now=wording.number(now))
    share = wording.share(abs(now - before), before)
    return (
        say("naik {share} (dari {n})", share=share, n=n)
        if now > before
        else say("turun {share} (dari {n})", share=share, n=n)
    )


def write_names(keys: tuple[str, ...], data: Report, most: int = 3) -> str:
    """Write what ids are called in a line, the first few: an office of a long name by its acronym."""
    shown = "; ".join(data.short.get(key) or data.names.get(key, key) for key in keys[:most])
    return f"{shown} +{len(keys) - most}" if len(keys) > most else shown or "–"


def write_owners(issue: Issue, data: Report, wording: Wording, most: int | None = None) -> str:
    """Write who should answer, with ``most`` the first few by acronyms, each with the offices that it follows where
    these were meant.
    """

    def call(key: str) -> str:
        return (data.short.get(key) if most else None) or data.names.get(key, key)

    def name(key: str) -> str:
        before = ", ".join(map(call, issue.former.get(key, ())))
        return wording.say("{office} (dahulu {before})", office=call(key), before=before) if before else call(key)

    shown = "; ".join(map(name, issue.opd[:most]))
    return f"{shown} +{len(issue.opd) - most}" if most and len(issue.opd) > most else shown or ("–" if most else "")


def write_minutes(minutes: int | None, wording: Wording) -> str:
    """Write a span of time, or a dash."""
    return "–" if minutes is None else wording.span(minutes)


def write_likely(n: int, likely: tuple[int, int] | None, wording: Wording) -> str:
    """Write a number with its error bar where a blind sample gives one: 42 (38–47)."""
    shown = wording.number(n)
    return f"{shown} ({wording.number(likely[0])}–{wording.number(likely[1])})" if likely else shown
