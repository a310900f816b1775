"""Groups an edition's items into stories, says why each matters, and finds what wants an answer.

Which articles belong to one story was decided when they were stored (``db.stories``); here only what to tell of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from monitor.digest.dataset import TONES, Attention, Item, Story
from monitor.names import Names

SPREAD = 3  # independent newsrooms from which a story counts as spread
WEIGHT = {"negative": 8, "harsh_headline": 4, "spread": 3, "leader": 2, "release": 1, "paid": 0}


def is_independent(item: Item) -> bool:
    """Say whether a newsroom reported by itself: neither bought, nor the government's own, nor a copy of a release."""
    return item.channel == "earned" and item.copy_of is None and item.kind == "reporting"


def build_stories(items: Iterable[Item], names: Names) -> list[Story]:
    """Group items by story (one without stands alone); what wants attention first, then what spread widest."""
    groups: dict[object, list[Item]] = {}
    for item in sorted(items, key=lambda item: (item.published_at, item.id)):
        groups.setdefault(item.story if item.story is not None else ("alone", item.id), []).append(item)
    stories = [_build_story(group, names) for group in groups.values()]
    return sorted(
        stories, key=lambda s: (-sum(WEIGHT[code] for code in s.why), -s.independent, -len(s.articles), s.first_at)
    )


def _build_story(group: Sequence[Item], names: Names) -> Story:
    lead = next((item for item in group if is_independent(item)), group[0])
    return Story(
        id=lead.story,
        headline=lead.title,
        url=lead.url,
        first_at=group[0].published_at,
        articles=tuple(item.id for item in group),
        outlets=_in_order(item.outlet_name for item in group),
        independent=len({item.outlet for item in group if is_independent(item)}),
        channels=dict(Counter(item.channel for item in group)),
        tones=count_tones(group),
        opd=_by_frequency(opd for item in group for opd in item.opd),
        pillars=_by_frequency(pillar for item in group for pillar in item.pillars),
        speakers=_by_frequency(name for item in group for name in item.speakers),
        why=_explain(group, names),
    )


def _explain(group: Sequence[Item], names: Names) -> tuple[str, ...]:
    leaders = {names.name_of("person", person) for person in names.leaders}
    signs = {
        "negative": any(item.channel == "earned" and item.tone == "negatif" for item in group),
        "harsh_headline": any(is_harsh(item) for item in group),
        "spread": len({item.outlet for item in group if is_independent(item)}) >= SPREAD,
        "leader": any(leaders & set(item.speakers) for item in group),
        "release": any(item.copy_of is not None for item in group),
        "paid": all(item.channel == "paid" for item in group),
    }
    return tuple(code for code in WEIGHT if signs[code])


def is_harsh(item: Item) -> bool:
    """Say whether the headline of a newsroom's article is harsher than its body."""
    return item.channel == "earned" and item.headline_tone == "negatif" and item.tone != "negatif"


def build_attention(items: Iterable[Item]) -> list[Attention]:
    """Find newsrooms' articles that are negative, or whose headline alone is; one entry per story and rule."""
    groups: dict[tuple[str, object], list[Item]] = {}
    for item in sorted(items, key=lambda item: (item.published_at, item.id)):
        if item.channel != "earned":
            continue
        rule = "negative" if item.tone == "negatif" else "harsh_headline" if is_harsh(item) else None
        if rule:
            groups.setdefault((rule, item.story if item.story is not None else ("alone", item.id)), []).append(item)
    found = [_build_attention(rule, group) for (rule, _), group in groups.items()]
    return sorted(found, key=lambda entry: (entry.rule != "negative", -len(entry.articles), entry.since))


def _build_attention(rule: str, group: Sequence[Item]) -> Attention:
    blamed = _by_frequency(opd for item in group for opd in item.opd_negative)
    return Attention(
        rule="negative" if rule == "negative" else "harsh_headline",
        headline=group[0].title,
        url=group[0].url,
        outlets=_in_order(item.outlet_name for item in group),
        articles=tuple(item.id for item in group),
        opd=blamed or _by_frequency(opd for item in group for opd in item.opd[:1]),
        since=group[0].published_at,
        evidence=next((item.tone_evidence for item in group if item.tone_evidence), None),
    )


def count_tones(items: Iterable[Item]) -> dict[str, int]:
    """Count items per tone, every tone named."""
    counts = Counter(item.tone for item in items)
    return {tone: counts[tone] for tone in TONES}


def _in_order(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _by_frequency(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value for value, _ in Counter(values).most_common())
