"""Puts all rules to the evidence; what becomes of their hits is ``monitor.alerts.run``'s."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.alerts.checks import check_negative_story, check_notice
from monitor.alerts.evidence import Evidence, Hit
from monitor.alerts.headlines import check_harsh_headline
from monitor.alerts.rules import HarshHeadline, NegativeStory, Notice, Rule, Rules, Spike
from monitor.alerts.spikes import check_spike


def check_rules(rules: Rules, evidence: Evidence) -> list[Hit]:
    """Return all hits, those of the most pressing tier first, so that an alert is raised in its highest one."""
    hits = [hit for rule in rules.rule if rule.enabled for hit in _check(rule, evidence)]
    return sorted(hits, key=lambda hit: (rules.rank(hit.tier), hit.about == "volume"))


def _check(rule: Rule, evidence: Evidence) -> Iterable[Hit]:
    match rule:
        case NegativeStory():
            return check_negative_story(rule, evidence)
        case HarshHeadline():
            return check_harsh_headline(rule, evidence)
        case Notice():
            return check_notice(rule, evidence)
        case Spike():
            return check_spike(rule, evidence)
