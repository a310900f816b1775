"""Tells whoever operates the installation which outlets broke and which are mended: never the digest's readers.

Groups with ``health = true`` get one message per refresh that found something new, kept back by their quiet hours.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db.connection import Store
from db.findings import find_findings, find_mended
from db.rows import Row
from monitor.clock import parse_instant
from monitor.notify.addresses import Address
from monitor.notify.groups import Group
from monitor.notify.messages import Message, split_messages
from monitor.notify.queue import note_unreachable, plan_messages, queue_planned
from monitor.office import Office
from monitor.render import labels
from monitor.render.wording import Wording, flatten


def queue_health(store: Store, office: Office, since: datetime, now: datetime) -> int:
    """Queue what was found of outlets, or mended, since a moment; return how many messages are new."""
    names = [name for name, group in office.config.delivery.groups.items() if group.health]
    opened = [row for row in find_findings(store) if _is_ours(office, row) and parse_instant(row["since"]) >= since]
    mended = [row for row in find_mended(store, since) if _is_ours(office, row)]
    if not names or not (opened or mended):
        return 0

    def make(_name: str, _group: Group, address: Address, wording: Wording) -> list[Message]:
        return build_health_messages(office, opened, mended, address, wording)

    planned = plan_messages(
        office, names, make, lambda _group: f"health {now.isoformat()}", refuse=note_unreachable(store, now)
    )
    return queue_planned(store, planned, "health", now)


def build_health_messages(
    office: Office, opened: Sequence[Row], mended: Sequence[Row], address: Address, wording: Wording
) -> list[Message]:
    """Return one text: a line per finding with cause and since when, a line per outlet that is as usual again."""
    say = wording.say
    subject = say("Kesehatan pemantauan: {regency}", regency=office.profile.name)
    lines = [f"*{subject}*"]
    for row in opened:
        since = parse_instant(row["since"]).astimezone(office.zone).isoformat()
        reason = _reason(row, wording)
        told = say(
            "{outlet}: {reason}, sejak {day}", outlet=_name(office, row), reason=reason, day=wording.moment(since)
        )
        lines += [told, f"  {flatten(row['detail'])}"]
    for row in mended:
        reason = _reason(row, wording)
        lines.append(say("{outlet}: pulih ({reason})", outlet=_name(office, row), reason=reason))
    lines.append("pantau outlets check --stored")
    return split_messages(subject, ["\n".join(lines)], address)


def _is_ours(office: Office, finding: Row) -> bool:
    return finding["outlet"] in office.asked


def _reason(finding: Row, wording: Wording) -> str:
    kind = str(finding["kind"])
    return wording.say(labels.GAPS.get(kind, kind))


def _name(office: Office, finding: Row) -> str:
    recipe = office.recipes.get(finding["outlet"])
    return flatten(recipe.name) if recipe else finding["outlet"]
