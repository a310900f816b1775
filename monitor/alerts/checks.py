"""Rules on stories and articles: negative story, correction or right-of-reply notice. Pure.

Rules on headlines are ``monitor.alerts.headlines``'s, those on numbers ``monitor.alerts.spikes``'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from db.rows import Row
from monitor.alerts.evidence import Evidence, Hit
from monitor.alerts.rules import NegativeStory, Notice
from monitor.digest.dataset import Item
from monitor.digest.items import build_item
from monitor.digest.stories import group_stories, is_independent


def check_negative_story(rule: NegativeStory, evidence: Evidence) -> Iterator[Hit]:
    """Find stories that enough newsrooms report by themselves and that are negative in enough of their articles."""
    about = [row for row in evidence.rows if row["about"] == "subject"]
    for rows in group_stories(about, itemgetter("story", "id")):
        items = [build_item(row, evidence.names, evidence.zone) for row in rows]
        own = [item for item in items if is_independent(item)]
        negative = [item for item in own if item.tone == "negatif"]
        newsrooms = list(dict.fromkeys(item.outlet_name for item in own))
        fresh = any(evidence.is_fresh(row, rule.hours) for row in rows)
        if not fresh or len(newsrooms) < rule.newsrooms or len(negative) < max(1, rule.negative_share * len(own)):
            continue
        yield Hit(
            rule.id, rule.tier, rule.kind, "story", "story", negative[0].title, negative[0].url,
            tuple(item.id for item in items),
            {
                "newsrooms": newsrooms, "least": rule.newsrooms, "own": len(own), "negative": len(negative),
                "articles": len(items), "opd": _blame(negative), "since": items[0].published_at,
            },
        )  # fmt: skip


def check_notice(rule: Notice, evidence: Evidence) -> Iterator[Hit]:
    """Find fresh articles, or fresh versions of older ones, that are or carry such a notice and concern the regency."""
    for row in evidence.rows:
        if row["about"] not in {"subject", "incidental"} or not evidence.is_fresh(row, rule.hours):
            continue
        words = _find_notice(row, rule)
        if words is None:
            continue
        item = build_item(row, evidence.names, evidence.zone)
        facts = {"words": words, "newsrooms": [item.outlet_name], "since": evidence.fresh[item.id].isoformat()}
        yield Hit(
            rule.id, rule.tier, rule.kind, "notice", f"article:{item.id}", item.title, item.url, (item.id,), facts
        )


def _blame(negative: list[Item]) -> list[str]:
    """Return the OPD that articles are negative towards, else those that act in them first."""
    towards = dict.fromkeys(key for item in negative for key in item.opd_negative)
    return list(towards or dict.fromkeys(key for item in negative for key in item.opd[:1]))


def _find_notice(row: Row, rule: Notice) -> str | None:
    for pattern in rule.title:
        if match := pattern.search(row["title"]):
            return " ".join(match[0].split())
    text = row["text"]
    for edge in (text[: rule.edge_chars], text[-rule.edge_chars :]):
        for pattern in rule.edges:
            if match := pattern.search(edge):
                return " ".join(match[0].split())
    return None
