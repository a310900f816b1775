"""Puts editions, alerts and tests into the outbox, one row per recipient and part; what is there already stays.

The batch is what a recipient gets once: an edition of a day in a view, the alerts raised by one evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.connection import Store
from db.findings import raise_finding
from db.outbox import queue_messages
from db.rows import Row
from monitor.alerts.rules import Rules
from monitor.digest.dataset import Dataset
from monitor.errors import ConfigError, InputError, PantauError, UnknownName
from monitor.notify.addresses import Address, open_address
from monitor.notify.groups import Group
from monitor.notify.messages import Message, build_alert_messages, build_edition_messages, build_test_message
from monitor.office import Office
from monitor.render.wording import Wording, load_wording

UNREACHABLE = "no_address"  # kind of the finding on a recipient whose address cannot be used
Make = Callable[[str, Group, Address, Wording], list[Message]]  # name of the group first
Refuse = Callable[[str, PantauError], None]


@dataclass(frozen=True, slots=True)
class Planned:
    """One message for one recipient, before it is queued."""

    group: str
    recipient: str
    address: Address
    batch: str
    part: int
    parts: int
    message: Message
    urgent: bool

    def to_entry(self, what: str) -> dict[str, Any]:
        """Return the outbox entry."""
        text = {"subject": self.message.subject, "body": self.message.body, "form": self.message.form}
        names = ("group", "recipient", "batch", "part", "parts", "urgent")
        return {"what": what, **text, **{name: getattr(self, name) for name in names}}


def find_group(office: Office, name: str) -> Group:
    """Return a configured group. Raises UnknownName, ConfigError when there is none at all."""
    groups = office.config.delivery.groups
    if not groups:
        raise ConfigError("no group is configured: add [delivery.recipients] and [delivery.groups.NAME] to config.toml")
    if name not in groups:
        raise UnknownName("group", name, groups, "pantau send --help")
    return groups[name]


def plan_messages(
    office: Office,
    names: Iterable[str],
    make: Make,
    batch: Callable[[Group], str],
    urgent: bool = False,
    refuse: Refuse | None = None,
) -> list[Planned]:
    """Return what the groups get, each recipient once per batch however many groups it is in.

    Raises UnknownName and ConfigError; with ``refuse`` that is told of a recipient who cannot get anything (address,
    view) instead, and the others get theirs.
    """
    planned: dict[tuple[str, str], list[Planned]] = {}
    for name in names:
        group = find_group(office, name)
        wording = load_wording(group.lang or office.config.lang)
        key = batch(group)
        for recipient in group.to:
            if (key, recipient) in planned:
                continue
            try:
                address = open_address(office.config.delivery, recipient)
                messages = make(name, group, address, wording)
            except (ConfigError, InputError) as error:
                if refuse is None:
                    raise
                refuse(recipient, error)
                continue
            planned[key, recipient] = [
                Planned(name, recipient, address, key, part, len(messages), message, urgent)
                for part, message in enumerate(messages, 1)
            ]
    return [message for messages in planned.values() for message in messages]


def plan_edition(
    office: Office,
    names: Iterable[str],
    data: Dataset,
    again: str = "",
    urgent: bool = False,
    refuse: Refuse | None = None,
) -> list[Planned]:
    """Return what the groups get of an edition; ``again``, a text of its own, makes it another batch.

    Raises as ``plan_messages`` does.
    """

    def make(_name: str, group: Group, address: Address, wording: Wording) -> list[Message]:
        return build_edition_messages(data, group, office.names, address, wording)

    mark = again or ("" if data.complete else data.id)  # hours that still run must not stand in the way of the whole

    def batch(group: Group) -> str:
        return f"edition {data.day} {data.edition} {group.view} {mark}".strip()

    return plan_messages(office, names, make, batch, urgent, refuse)


def plan_test(office: Office, names: Iterable[str], now: datetime) -> list[Planned]:
    """Return a test message for every recipient of the groups, quiet hours or not. Raises as ``plan_messages`` does."""

    def make(name: str, _group: Group, address: Address, wording: Wording) -> list[Message]:
        return build_test_message(office.profile.name, name, address, wording)

    return plan_messages(office, names, make, lambda group: f"test {now.isoformat()}", urgent=True)


def queue_alert(store: Store, office: Office, rules: Rules, alert: Row, now: datetime) -> int:
    """Queue an alert for the groups that asked for its or a less pressing tier; return how many messages are new.

    A recipient of several groups gets it once; one without a usable address becomes a finding.
    """
    tier, groups = alert["tier"], office.config.delivery.groups
    names = [name for name, group in groups.items() if group.alerts and rules.rank(tier) <= rules.rank(group.alerts)]

    def make(_name: str, _group: Group, address: Address, wording: Wording) -> list[Message]:
        return build_alert_messages(alert, rules, office.names, office.profile.name, address, wording)

    def batch(_group: Group) -> str:
        return f"alert {alert['id']} {tier}"

    urgent = not rules.find_tier(tier).quiet
    planned = plan_messages(office, names, make, batch, urgent, note_unreachable(store, now))
    return queue_planned(store, planned, f"alert {alert['id']}", now)


def queue_planned(store: Store, planned: Sequence[Planned], what: str, now: datetime) -> int:
    """Queue what is not queued yet; return how many messages are new."""
    return sum(queue_messages(store, [entry.to_entry(what) for entry in planned], now))


def queue_scheduled(store: Store, office: Office, edition_id: str, data: Dataset, now: datetime) -> int:
    """Queue an edition for the groups that are to get it by themselves; return how many messages are new.

    A recipient without a usable address becomes a finding.
    """
    names = [name for name, group in office.config.delivery.groups.items() if data.edition in group.editions]
    planned = plan_edition(office, names, data, refuse=note_unreachable(store, now))
    return queue_planned(store, planned, edition_id, now)


def note_unreachable(store: Store, now: datetime) -> Refuse:
    """Return what turns a recipient without a usable address into a finding."""

    def note(recipient: str, error: PantauError) -> None:
        raise_finding(store, f"recipient:{recipient}", UNREACHABLE, str(error), now)

    return note
