"""Harsh headlines: whom a negative headline names among those who govern, by name or by the office alone.

Persons and offices that are named were found by the annotation. A headline often says only "Bupati"; in an article
about the regency that is its own, unless another region's name follows or the word is about someone of the past.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any

from db.rows import Row
from monitor.alerts.evidence import Evidence, Hit
from monitor.alerts.rules import HarshHeadline
from monitor.clock import parse_instant
from monitor.digest.items import build_item
from monitor.digest.stories import group_stories
from monitor.names import find_leaders
from nlp.profile import Profile
from nlp.tables import load_table


def check_harsh_headline(rule: HarshHeadline, evidence: Evidence) -> Iterator[Hit]:
    """Find newsrooms' fresh articles whose negative headline names a leader, an OPD or the government."""
    named: dict[int, tuple[str, str]] = {}
    for row in evidence.rows:
        if row["about"] == "subject" and evidence.is_fresh(row, rule.hours) and _is_harsh(row, rule, evidence):
            found = _find_named(row, rule, evidence)
            if found is not None:
                named[row["id"]] = found
    about = (row for row in evidence.rows if row["id"] in named)
    for rows in group_stories(about, itemgetter("story", "id")):
        target, name = named[rows[0]["id"]]
        items = [build_item(row, evidence.names, evidence.zone) for row in rows]
        facts = {
            "named": name,
            "newsrooms": list(dict.fromkeys(item.outlet_name for item in items)),
            "body": items[0].tone,
            "since": items[0].published_at,
        }
        articles = tuple(item.id for item in items)
        yield Hit(rule.id, rule.tier, rule.kind, "story", target, items[0].title, items[0].url, articles, facts)


def find_ruler(title: str, profile: Profile, day: date) -> tuple[str, str] | None:
    """Return target and name of the regent or deputy whom a headline of an article on the regency means by the office
    alone, or None.
    """
    words = sorted(profile.words.ruler, key=len, reverse=True)
    for match in re.finditer(rf"\b(?:{'|'.join(map(re.escape, words))})\b", title, re.IGNORECASE):
        before, behind = title[: match.start()].split(), title[match.end() :].lstrip(" ,").casefold()
        past = before and before[-1].casefold() in _past_words()
        if past or any(re.match(rf"{re.escape(name)}\b", behind) for name in _other_regions(profile)):
            continue
        word = next(word for word in words if word.casefold() == match[0].casefold())
        return f"leader:{_find_holder(profile, word, day)}", f"{word} {profile.short}"
    return None


def _find_holder(profile: Profile, word: str, day: date) -> str:
    """Return the id of who bears an office on a day, so that name and office share a cool-down; else the office."""
    offices = {word, f"{word} {profile.short}"}
    for person in profile.person:
        for tenure in person.tenure:
            if tenure.office in offices and tenure.region is None and tenure.period.may_cover(day):
                return person.id
    return word.casefold()


@cache
def _past_words() -> frozenset[str]:
    return frozenset(word.casefold() for word in load_table("titles")["past"])


def _other_regions(profile: Profile) -> frozenset[str]:
    """Return the names, in small letters, of all regions that are not this one."""
    own = {name.casefold() for name in (profile.short, *profile.names)}
    near = {name.casefold() for row in profile.neighbour for name in (row.name, *row.short)}
    near |= {name.casefold() for row in profile.not_ours for name in row.names}
    return (_regions() | near) - own


@cache
def _regions() -> frozenset[str]:
    table = load_table("regions")
    names = {*table["alias"]}
    for province in table["province"]:
        names |= {province["name"], *province.get("short", ()), *province["kabupaten"], *province["kota"]}
    return frozenset(name.casefold() for name in names)


def _is_harsh(row: Row, rule: HarshHeadline, evidence: Evidence) -> bool:
    item = build_item(row, evidence.names, evidence.zone)
    harsh = item.channel == "earned" and item.headline_tone == "negatif"
    return harsh and row["headline_tone"]["score"] >= rule.least_score


def _find_named(row: Row, rule: HarshHeadline, evidence: Evidence) -> tuple[str, str] | None:
    """Return target and name of the first in the headline that the rule asks for; a leader first."""
    if "leader" in rule.names:
        day = parse_instant(row["published_at"]).astimezone(evidence.zone).date()
        leaders = find_leaders(evidence.profile, day)
        for entity in row["officials"]:
            if entity["id"] in leaders and _in_title(entity):
                return f"leader:{entity['id']}", evidence.names.name_of("person", entity["id"])
        if ruler := find_ruler(row["title"], evidence.profile, day):
            return ruler
    for entity in row["opd"]:
        wanted = "government" if entity["id"] == evidence.names.government else "opd"
        if wanted in rule.names and _in_title(entity):
            return f"opd:{entity['id']}", evidence.names.name_of("opd", entity["id"])
    return None


def _in_title(entity: Mapping[str, Any]) -> bool:
    return any(mention["in"] == "title" for mention in entity["mentions"])
