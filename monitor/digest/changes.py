"""What separates two datasets of one edition: the frozen one, and what today's rules make of today's store.

Which outlets could be watched belongs to the hour of freezing and is left out, as does who follows a dissolved office
and what then waited from earlier days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from monitor.digest.dataset import Attention, Dataset, Item, Row

FIELDS = (
    "title",
    "kind",
    "channel",
    "tone",
    "headline_tone",
    "opd",
    "pillars",
    "places",
    "speakers",
    "story",
    "copy_of",
)
COUNTED = (
    "articles", "earned", "owned", "paid", "release_copies", "outlets", "independent_newsrooms", "stories",
    "incidental",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: a total (``field`` of ``what`` total), an article added, removed or told otherwise, or a table
    row; ``before`` and ``after`` are None where there was or is nothing.
    """

    what: Literal["total", "tone", "added", "removed", "article", "attention", "opd", "pillar"]
    subject: str  # name or headline
    field: str
    before: Any
    after: Any
    url: str | None = None


def compare_datasets(before: Dataset, after: Dataset) -> list[Change]:
    """Return every difference: totals first, then articles, attention and tables; none when both say the same."""
    old, new = asdict(before.totals), asdict(after.totals)
    changes = [Change("total", name, name, old[name], new[name]) for name in COUNTED if old[name] != new[name]]
    for channel, tones in after.tone.items():
        was = before.tone.get(channel, {})
        changes += [
            Change("tone", channel, key, was.get(key, 0), n)
            for key, n in tones.items()
            if key != "n" and was.get(key, 0) != n
        ]
    changes += _compare_items(before.items, after.items)
    changes += _compare_attention(before, after)
    changes += _compare_rows("opd", before.opd, after.opd)
    return changes + _compare_rows("pillar", before.pillars, after.pillars)


def _compare_rows(what: Literal["opd", "pillar"], before: Iterable[Row], after: Iterable[Row]) -> list[Change]:
    old, new = ({row.id: row for row in rows} for rows in (before, after))
    pairs = ((row.name, old.get(key), new.get(key)) for key, row in (old | new).items())
    counts = ((name, was.articles if was else 0, now.articles if now else 0) for name, was, now in pairs)
    return [Change(what, name, "articles", was, now) for name, was, now in counts if was != now]


def _compare_items(before: Iterable[Item], after: Iterable[Item]) -> list[Change]:
    old, new = {item.id: item for item in before}, {item.id: item for item in after}
    changes = [Change("removed", item.title, "article", item.outlet_name, None, item.url) for item in _only(old, new)]
    changes += [Change("added", item.title, "article", None, item.outlet_name, item.url) for item in _only(new, old)]
    for key in old.keys() & new.keys():
        pairs = ((name, getattr(old[key], name), getattr(new[key], name)) for name in FIELDS)
        changes += [
            Change("article", new[key].title, name, was, now, new[key].url) for name, was, now in pairs if was != now
        ]
    return sorted(changes, key=lambda change: (change.what, change.subject, change.field))


def _only(items: Mapping[int, Item], others: Mapping[int, Item]) -> list[Item]:
    return [item for key, item in items.items() if key not in others]


def _compare_attention(before: Dataset, after: Dataset) -> list[Change]:
    old, new = ({(a.url, a.rule): a for a in data.attention} for data in (before, after))
    gone = [Change("attention", old[k].headline, k[1], k[1], None, k[0]) for k in old if k not in new]
    come = [Change("attention", new[k].headline, k[1], None, k[1], k[0]) for k in new if k not in old]
    moved = [
        Change("attention", new[k].headline, "opd", before.name(old[k].opd), after.name(new[k].opd), k[0])
        for k in new
        if k in old and _list_meant(old[k]) != _list_meant(new[k])
    ]
    return gone + come + moved


def _list_meant(entry: Attention) -> set[str]:
    return {office for asked in entry.opd for office in entry.former.get(asked, (asked,))}
