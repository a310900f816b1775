"""Tells whoever operates the installation which outlets broke and which are mended: never the digest's readers.

Groups with ``health = true`` get one message per refresh that found something new, kept back by their quiet hours, and
one about each trouble of the service itself and each recipient whom nothing reaches.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db.connection import Store
from db.findings import find_findings, find_mended
from db.outbox import is_queued
from db.rows import Row
from monitor.clock import parse_instant
from monitor.notify.addresses import Address
from monitor.notify.deliver import GIVEN_UP
from monitor.notify.groups import Group
from monitor.notify.messages import Message, split_messages
from monitor.notify.queue import UNREACHABLE, note_unreachable, plan_messages, queue_planned
from monitor.office import Office
from monitor.render import labels
from monitor.render.wording import Wording, flatten
from monitor.watch import RECIPIENT, SERVICE


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


def queue_troubles(store: Store, office: Office, now: datetime) -> int:
    """Queue each trouble that is no outlet's, once; return how many messages are new."""
    names = [name for name, group in office.config.delivery.groups.items() if group.health]
    return sum(_queue_trouble(store, office, names, row, now) for row in (list_troubles(store) if names else ()))


def list_troubles(store: Store) -> list[Row]:
    """Return the open findings on the service itself, and on recipients for whom a message was given up."""
    return [row for row in find_findings(store) if _is_trouble(row)]


def _queue_trouble(store: Store, office: Office, names: Sequence[str], row: Row, now: datetime) -> int:
    def make(_name: str, _group: Group, address: Address, wording: Wording) -> list[Message]:
        return build_health_messages(office, [row], [], address, wording)

    if is_queued(store, batch := f"finding {row['id']}"):
        return 0
    planned = plan_messages(office, names, make, lambda _group: batch, refuse=note_unreachable(store, now))
    return queue_planned(store, planned, "health", now)


def _is_trouble(finding: Row) -> bool:
    outlet, detail = str(finding["outlet"]), str(finding["detail"])
    lost = finding["kind"] == UNREACHABLE or detail.endswith(GIVEN_UP)
    return outlet.startswith(SERVICE) or (outlet.startswith(RECIPIENT) and lost)


def build_health_messages(
    office: Office, opened: Sequence[Row], mended: Sequence[Row], address: Address, wording: Wording
) -> list[Message]:
    """Return one text: a line per finding with cause and since when, a line per outlet that is as usual again."""
    say = wording.say
    subject = say("Kesehatan pemantauan: {regency}", regency=office.profile.name)
    lines = [f"*{subject}*"]
    for row in opened:
        lines += [say_finding(office, row, wording), f"  {flatten(row['detail'])}"]
    for row in mended:
        reason = _reason(row, wording)
        lines.append(say("{outlet}: pulih ({reason})", outlet=_name(office, row, wording), reason=reason))
    about_outlets = any(_is_ours(office, row) for row in (*opened, *mended))
    lines.append("pantau outlets check --stored" if about_outlets else "pantau doctor")
    return split_messages(subject, ["\n".join(lines)], address)


def say_finding(office: Office, row: Row, wording: Wording) -> str:
    """Return what is wrong with whom or what, and since when."""
    since = parse_instant(row["since"]).astimezone(office.zone).isoformat()
    name, reason = _name(office, row, wording), _reason(row, wording)
    return wording.say("{outlet}: {reason}, sejak {day}", outlet=name, reason=reason, day=wording.moment(since))


def _is_ours(office: Office, finding: Row) -> bool:
    return finding["outlet"] in office.asked


def _reason(finding: Row, wording: Wording) -> str:
    kind = str(finding["kind"])
    return wording.say(labels.GAPS.get(kind, kind))


def _name(office: Office, finding: Row, wording: Wording) -> str:
    kind, _, name = finding["outlet"].partition(":")
    if f"{kind}:" == SERVICE:
        return wording.say("Pantau, {job}", job=wording.say(labels.JOBS.get(name, name)))
    if f"{kind}:" == RECIPIENT:
        return wording.say("Penerima {name}", name=flatten(name))
    recipe = office.recipes.get(finding["outlet"])
    return flatten(recipe.name) if recipe else finding["outlet"]
