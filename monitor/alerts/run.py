"""One evaluation: every hit becomes an alert, joins the one that its story has, or is held back by a cool-down.

One alert per story: further rules are added to it, and it is told again only when one of a more pressing tier fires.
A spike made mostly of articles that an alert is on belongs to that alert. Notices are alerts of their own. Raising and
queueing are one transaction, so an alert that is stored is also sent.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from db.alerts import find_alert_on, find_alerts, find_last_told, raise_tier, save_alert, save_hit
from db.connection import Store, writing
from monitor.alerts.evaluate import check_rules
from monitor.alerts.evidence import Hit, load_evidence
from monitor.alerts.rules import Rule, Rules, load_rules
from monitor.clock import find_now, parse_instant
from monitor.notify.queue import queue_alert
from monitor.office import Office

JOINED_BY = {"story": ("story",), "volume": ("story", "volume"), "notice": ("notice",)}
SAME_VOLUME = 0.5  # share of a spike's articles from which it is the alert that is already on them


def run_alerts(store: Store, office: Office, now: datetime | None = None) -> list[int]:
    """Evaluate the rules, keep what fired and queue what is to be told; return the ids of the alerts told.

    Raises ConfigError when the rules cannot be read.
    """
    now = now or find_now()
    rules = load_rules(office.config.alerts, office.config.delivery.groups)
    hits = check_rules(rules, load_evidence(store, office, rules, now))
    by_id = {rule.id: rule for rule in rules.rule}
    with writing(store):
        told = [alert for hit in hits if (alert := _settle(store, rules, by_id[hit.rule], hit, now)) is not None]
        ids = list(dict.fromkeys(told))
        if ids:
            for row in reversed(find_alerts(store, ids, limit=len(ids))):  # as raised, the most pressing first
                queue_alert(store, office, rules, row, now)
    return ids


def _settle(store: Store, rules: Rules, rule: Rule, hit: Hit, now: datetime) -> int | None:
    """Keep one hit; return the id of its alert when that is to be told."""
    row = hit.to_row()
    cooling = _is_cooling(store, rule, hit.target, now)
    found = find_alert_on(store, hit.articles, JOINED_BY[hit.about])
    if found is None or (hit.about == "volume" and found["shared"] < SAME_VOLUME * len(hit.articles)):
        alert = save_alert(store, row, now, muted=cooling)
        return None if cooling else alert
    known = (hit.rule, hit.target) in found["hits"]
    save_hit(store, found["id"], row, now)
    more_pressing = rules.rank(hit.tier) < rules.rank(found["tier"])
    if more_pressing or (found["muted"] and not known and not cooling):
        raise_tier(store, found["id"], hit.tier if more_pressing else found["tier"])
        return int(found["id"])
    return None


def _is_cooling(store: Store, rule: Rule, target: str, now: datetime) -> bool:
    if not rule.cooldown_hours:
        return False
    last = find_last_told(store, rule.id, target)
    return last is not None and parse_instant(last) > now - timedelta(hours=rule.cooldown_hours)
