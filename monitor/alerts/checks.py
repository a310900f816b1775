"""Rules on single articles and stories: negative story, harsh headline, correction or right-of-reply notice. Pure.

Rules on numbers are ``monitor.alerts.spikes``'s. Every check returns at most one hit per story.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from monitor.alerts.evidence import Evidence, Hit, StoredRow
from monitor.alerts.rules import HarshHeadline, NegativeStory, Notice
from monitor.clock import parse_instant
from monitor.digest.dataset import Item
from monitor.digest.items import build_item
from monitor.digest.stories import is_independent
from monitor.names import GOVERNMENT, find_leaders

Groups = dict[object, list[StoredRow]]


def check_negative_story(rule: NegativeStory, evidence: Evidence) -> Iterator[Hit]:
    """Find stories that enough newsrooms report by themselves and that are negative in enough of their articles."""
    about = [row for row in evidence.rows if row.get("about") == "subject"]
    for rows in _by_story(about).values():
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


def check_harsh_headline(rule: HarshHeadline, evidence: Evidence) -> Iterator[Hit]:
    """Find newsrooms' fresh articles whose negative headline names a leader, an OPD or the government."""
    named: dict[int, tuple[str, str]] = {}
    for row in evidence.rows:
        if row.get("about") == "subject" and evidence.is_fresh(row, rule.hours) and _is_harsh(row, rule, evidence):
            found = _find_named(row, rule, evidence)
            if found is not None:
                named[row["id"]] = found
    for rows in _by_story(row for row in evidence.rows if row["id"] in named).values():
        target, name = named[rows[0]["id"]]
        items = [build_item(row, evidence.names, evidence.zone) for row in rows]
        yield Hit(
            rule.id, rule.tier, rule.kind, "story", target, items[0].title, items[0].url,
            tuple(item.id for item in items),
            {
                "named": name, "newsrooms": list(dict.fromkeys(item.outlet_name for item in items)),
                "body": items[0].tone, "since": items[0].published_at,
            },
        )  # fmt: skip


def check_notice(rule: Notice, evidence: Evidence) -> Iterator[Hit]:
    """Find fresh articles, or fresh versions of older ones, that are or carry such a notice and concern the regency."""
    for row in evidence.rows:
        if row.get("about") not in {"subject", "incidental"} or not evidence.is_fresh(row, rule.hours):
            continue
        words = _find_notice(row, rule)
        if words is None:
            continue
        item = build_item(row, evidence.names, evidence.zone)
        facts = {"words": words, "newsrooms": [item.outlet_name], "since": evidence.fresh[item.id].isoformat()}
        yield Hit(
            rule.id, rule.tier, rule.kind, "notice", f"article:{item.id}", item.title, item.url, (item.id,), facts
        )


def _by_story(rows: Iterable[StoredRow]) -> Groups:
    groups: Groups = {}
    for row in rows:
        groups.setdefault(row["story"] if row["story"] is not None else ("alone", row["id"]), []).append(row)
    return groups


def _blame(negative: list[Item]) -> list[str]:
    """Return the OPD that articles are negative towards, else those that act in them first."""
    towards = dict.fromkeys(key for item in negative for key in item.opd_negative)
    return list(towards or dict.fromkeys(key for item in negative for key in item.opd[:1]))


def _is_harsh(row: StoredRow, rule: HarshHeadline, evidence: Evidence) -> bool:
    tone = row.get("headline_tone") or {}
    item = build_item(row, evidence.names, evidence.zone)
    return item.channel == "earned" and item.headline_tone == "negatif" and tone.get("score", 1.0) >= rule.least_score


def _find_named(row: StoredRow, rule: HarshHeadline, evidence: Evidence) -> tuple[str, str] | None:
    """Return target and name of the first in the headline that the rule asks for; the head of the regency first."""
    if "leader" in rule.names:
        leaders = find_leaders(evidence.profile, _published_on(row, evidence))
        for entity in row.get("officials") or []:
            if entity["id"] in leaders and _in_title(entity):
                return f"leader:{entity['id']}", evidence.names.name_of("person", entity["id"])
    for entity in row.get("opd") or []:
        wanted = "government" if entity["id"] == GOVERNMENT else "opd"
        if wanted in rule.names and _in_title(entity):
            return f"opd:{entity['id']}", evidence.names.name_of("opd", entity["id"])
    return None


def _in_title(entity: Mapping[str, Any]) -> bool:
    return any(mention["in"] == "title" for mention in entity["mentions"])


def _published_on(row: StoredRow, evidence: Evidence) -> date:
    return parse_instant(row["published_at"]).astimezone(evidence.zone).date()


def _find_notice(row: StoredRow, rule: Notice) -> str | None:
    for pattern in rule.title:
        if match := pattern.search(row["title"]):
            return " ".join(match[0].split())
    text = row["text"]
    for edge in (text[: rule.edge_chars], text[-rule.edge_chars :]):
        for pattern in rule.edges:
            if match := pattern.search(edge):
                return " ".join(match[0].split())
    return None
