"""Counts an edition's items: headline numbers, tone per channel, tables. One way to count for every view."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from monitor.digest.dataset import CHANNELS, Base, Item, Row, Totals
from monitor.digest.stories import count_tones, is_independent


def count_totals(about: Sequence[Item], stories: int, incidental: int, baseline: Sequence[Base]) -> Totals:
    """Return the headline numbers of items that are about the regency."""
    channels = {channel: sum(item.channel == channel for item in about) for channel in CHANNELS}
    return Totals(
        articles=len(about),
        earned=channels["earned"],
        owned=channels["owned"],
        paid=channels["paid"],
        release_copies=sum(item.channel == "earned" and not is_independent(item) for item in about),
        outlets=len({item.outlet for item in about}),
        independent_newsrooms=len({item.outlet for item in about if is_independent(item)}),
        stories=stories,
        incidental=incidental,
        baseline_mean=sum(base.articles for base in baseline) / len(baseline) if baseline else None,
        baseline_days=len(baseline),
        newsrooms_mean=sum(base.newsrooms for base in baseline) / len(baseline) if baseline else None,
    )


def count_channel_tones(about: Sequence[Item]) -> dict[str, dict[str, int]]:
    """Return n and the count of each tone per channel."""
    counts = {channel: count_tones(item.tone for item in about if item.channel == channel) for channel in CHANNELS}
    return {channel: {"n": sum(tones.values()), **tones} for channel, tones in counts.items()}


def count_opd(about: Sequence[Item], acting: Collection[tuple[int, str]], names: Mapping[str, str]) -> list[Row]:
    """Return a row per OPD, most articles first; ``acting`` holds article and OPD where the OPD acts."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in about:
        for key in item.opd:
            groups[key].append(item)
    rows = [
        _build_row(key, names.get(key, key), group, sum((item.id, key) in acting for item in group))
        for key, group in groups.items()
    ]
    return sorted(rows, key=lambda row: (-row.articles, row.name))


def count_pillars(about: Sequence[Item], names: Mapping[str, str]) -> list[Row]:
    """Return a row per pillar of ``names``, also where none is touched; nothing where there is no article."""
    groups: dict[str, list[Item]] = {key: [] for key in names}
    for item in about:
        for key in item.pillars:
            groups.setdefault(key, []).append(item)
    return [_build_row(key, names.get(key, key), group, len(group)) for key, group in groups.items()] if about else []


def _build_row(key: str, name: str, group: Iterable[Item], actor: int) -> Row:
    items = list(group)
    counts = {channel: sum(item.channel == channel for item in items) for channel in CHANNELS}
    tones = count_tones(item.tone for item in items if item.channel == "earned")
    return Row(key, name, len(items), counts["earned"], counts["owned"], counts["paid"], actor, tones)
