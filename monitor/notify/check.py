"""Looks whether what is configured can be sent, without sending anything: addresses, rules of alerts, views."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from monitor.alerts.rules import load_rules
from monitor.config import Config
from monitor.errors import ConfigError
from monitor.names import Names, build_names
from monitor.notify.groups import Group
from nlp.profile import Profile

VIEW = "opd:"  # and the id of an office


def check_delivery(config: Config, profile: Profile | None, today: date) -> tuple[str, str]:
    """Return whether all is well (``ok``, ``warning``, ``error``), and what is the matter or how much there is."""
    from monitor.notify.addresses import open_address  # brings Apprise, which takes its time

    delivery = config.delivery
    try:
        rules = load_rules(config.alerts, delivery.groups)
        for name in delivery.recipients:
            open_address(delivery, name)
    except ConfigError as error:
        return "error", str(error)
    names = build_names(profile) if profile else Names()
    if profile and (unknown := sorted(find_unknown(delivery.groups, names))):
        return "error", f"no such office: {', '.join(unknown)}; `pantau profile show` lists their ids"
    if outlived := list(find_outlived(delivery.groups, names, today)):
        return "warning", "; ".join(outlived)
    return (
        "ok",
        f"{len(delivery.groups)} groups, {len(delivery.recipients)} recipients, {len(rules.rule)} rules of alerts",
    )


def find_unknown(groups: Mapping[str, Group], names: Names) -> Iterator[str]:
    """Yield the groups whose view is of an office that the profile does not have: none of their editions goes out."""
    for name, group in groups.items():
        if group.view.startswith(VIEW) and group.view.removeprefix(VIEW) not in names.opd:
            yield f"{group.view} of group {name}"


def find_outlived(groups: Mapping[str, Group], names: Names, today: date) -> Iterator[str]:
    """Yield what to do about the groups whose office stands no more: articles name those that follow it, so that its
    view stays empty.
    """
    heirs = names.heirs_on(today)
    for name, group in groups.items():
        if after := heirs.get(group.view.removeprefix(VIEW)):
            views = " or ".join(f"{VIEW}{key}" for key in after)
            yield f"{group.view} of group {name} stands no more: its view stays empty, give the group {views}"
