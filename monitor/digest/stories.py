"""Groups an edition's items into stories, says why each matters, and finds what wants an answer.

Which articles belong to one story was decided when they were stored (``db.stories``); here only what to tell of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import TypeVar, get_args

from db.rows import group_by
from monitor.answers import is_urgent
from monitor.digest.dataset import TONES, Attention, Item, Story, Urgency
from monitor.names import Names
from monitor.owners import Heirs, Named, find_owners, hand_over, rank

SPREAD = 3  # independent newsrooms from which a story counts as spread
WEIGHT = {"complaint": 9, "negative": 8, "harsh_headline": 4, "spread": 3, "leader": 2, "release": 1, "paid": 0}
URGENCY: tuple[Urgency, ...] = get_args(Urgency)  # the most pressing first
Article = TypeVar("Article")
Began = Mapping[int, str]  # story -> when its first article in the store came out, local ISO 8601


def is_independent(item: Item) -> bool:
    """Say whether a newsroom reported by itself: neither bought, nor the government's own, nor a copy of a release."""
    return item.channel == "earned" and item.copy_of is None and item.kind == "reporting"


def build_stories(items: Iterable[Item], names: Names, began: Began) -> list[Story]:
    """Group items by story (one without stands alone); what wants attention first, then what spread widest."""
    stories = [_build_story(group, names, began) for group in group_by_story(items)]
    return sorted(
        stories, key=lambda s: (-sum(WEIGHT[code] for code in s.why), -s.independent, -len(s.articles), s.first_at)
    )


def group_by_story(items: Iterable[Item]) -> list[list[Item]]:
    """Return the items of each story by time; an item without story stands alone."""
    return group_stories(sorted(items, key=lambda item: (item.published_at, item.id)))


def group_stories(
    articles: Iterable[Article], key: Callable[[Article], tuple[int | None, int]] = attrgetter("story", "id")
) -> list[list[Article]]:
    """Return articles by story, in the order in which they come; one without a story is alone.

    ``key`` gives an article's story and id.
    """

    def place(article: Article) -> tuple[str, int]:
        story, ident = key(article)
        return ("alone", ident) if story is None else ("story", story)

    return list(group_by(articles, place).values())


def _build_story(group: Sequence[Item], names: Names, began: Began) -> Story:
    first = group[0].published_at
    story = Story(
        id=group[0].story,
        headline="",
        url="",
        first_at=first,
        began_at=min(first, began.get(group[0].story or 0, first)),
        articles=(),
        outlets=(),
        independent=0,
        channels={},
        tones={},
        opd=(),
        pillars=(),
        speakers=(),
        why=_explain(group, names),
    )
    return tell_story(story, group)


def tell_story(story: Story, group: Sequence[Item]) -> Story:
    """Return the story as these of its items tell it; since when and why it matters stay."""
    lead = next((item for item in group if is_independent(item)), group[0])
    return replace(
        story,
        headline=lead.title,
        url=lead.url,
        first_at=group[0].published_at,
        articles=tuple(item.id for item in group),
        outlets=_in_order(item.outlet_name for item in group),
        independent=len({item.outlet for item in group if is_independent(item)}),
        channels=dict(Counter(item.channel for item in group)),
        tones=count_tones(item.tone for item in group if item.channel == "earned"),
        opd=rank(opd for item in group for opd in item.opd),
        pillars=rank(pillar for item in group for pillar in item.pillars),
        speakers=rank(name for item in group for name in item.speakers),
    )


def _explain(group: Sequence[Item], names: Names) -> tuple[str, ...]:
    leaders = {names.name_of("person", person) for person in names.leaders}
    urgent = {find_urgency(item) for item in group}
    signs: dict[str, bool] = {
        **{rule: rule in urgent for rule in URGENCY},
        "spread": len({item.outlet for item in group if is_independent(item)}) >= SPREAD,
        "leader": any(leaders & set(item.speakers) for item in group),
        "release": any(item.copy_of is not None for item in group),
        "paid": all(item.channel == "paid" for item in group),
    }
    return tuple(code for code in WEIGHT if signs[code])


def find_urgency(item: Item) -> Urgency | None:
    """Return the rule by which a newsroom's article wants attention: complaint, negative, harsh_headline or None."""
    if not is_urgent(item):
        return None
    if item.tone == "negatif":
        return "complaint" if item.complaint else "negative"
    return "harsh_headline"


def build_attention(
    items: Iterable[Item], began: Began, outside: Collection[str] = (), heirs: Heirs | None = None
) -> list[Attention]:
    """Find newsrooms' articles that complain or accuse, are negative, or whose headline alone is; one entry per story.

    ``began`` says since when a story is negative, where that lies before these items; ``outside`` are the bodies that
    are not the regent's to answer for: they are named only where no office of the government is.
    ``heirs`` are asked for those that stand no more.
    """
    urgent = (item for item in items if find_urgency(item))
    found = [_build_attention(group, began, outside, heirs or {}) for group in group_by_story(urgent)]
    return sorted(found, key=lambda entry: (URGENCY.index(entry.rule), -len(entry.articles), entry.since))


def _build_attention(group: Sequence[Item], began: Began, outside: Collection[str], heirs: Heirs) -> Attention:
    rule = min((rule for item in group if (rule := find_urgency(item))), key=URGENCY.index)
    lead = next(item for item in group if find_urgency(item) == rule)
    first = group[0].published_at
    owners = find_owners([Named(item.opd, item.opd_negative) for item in group], outside)
    asked, former = hand_over(owners, heirs)
    return Attention(
        rule=rule,
        headline=lead.title,
        url=lead.url,
        outlets=_in_order(item.outlet_name for item in group),
        articles=tuple(item.id for item in group),
        opd=asked,
        former=former,
        since=min(first, began.get(group[0].story or 0, first)),
        withdrawn=all(item.withdrawn for item in group),
        evidence=next((item.tone_evidence for item in [lead, *group] if item.tone_evidence), None),
    )


def count_tones(tones: Iterable[str]) -> dict[str, int]:
    """Count tones, every one of them named."""
    counts = Counter(tones)
    return {tone: counts[tone] for tone in TONES}


def _in_order(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
