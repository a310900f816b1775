"""The differences between a frozen edition and today's reading of it, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from monitor.digest.changes import Change
from monitor.render import labels
from monitor.render.wording import Wording, flatten, web_address


def render_changes(changes: Sequence[Change], names: Mapping[str, str], wording: Wording) -> str:
    """Return the differences in words; ``names`` are those of the OPDs and pillars."""
    if not changes:
        return wording.say("Tidak ada beda: aturan hari ini memberi angka yang sama.") + "\n"
    return "\n".join(_lines(changes, names, wording)) + "\n"


def _lines(changes: Sequence[Change], names: Mapping[str, str], wording: Wording) -> Iterator[str]:
    for what, group in groupby(changes, lambda change: change.what):
        yield wording.say(labels.CHANGES[what])
        for change in group:
            subject = wording.say(labels.CHANGED_FIELDS.get(change.subject, change.subject))
            field = wording.say(labels.CHANGED_FIELDS.get(change.field, change.field))
            text = flatten(subject) if what in ("total", "opd", "pillar") else f"{flatten(subject)} [{field}]"
            before, after = (_value(value, names, wording) for value in (change.before, change.after))
            yield f"  {text}: {before} → {after}" + (f"\n    {url}" if (url := web_address(change.url)) else "")


def _value(value: Any, names: Mapping[str, str], wording: Wording) -> str:
    if value is None or value == ():
        return "–"
    if isinstance(value, tuple):
        return ", ".join(flatten(names.get(part, str(part))) for part in value)
    if isinstance(value, str):
        return flatten(wording.say(labels.ATTENTION.get(value, value)))
    return wording.number(value)
