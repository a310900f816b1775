"""What earlier days brought that wanted an answer and has none: not withdrawn, said by nobody to be answered, and
nothing since in its story that the government published or in which it is heard.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from db.rows import Row
from monitor.answers import speaks
from monitor.clock import localise
from monitor.digest.dataset import Attention, Item
from monitor.digest.stories import build_attention, find_urgency
from monitor.owners import Heirs


def find_waiting(
    items: Iterable[Item],
    told: Collection[Item],
    answers: Mapping[int, str],
    answered: Collection[int],
    outside: Collection[str],
    heirs: Heirs,
) -> list[Attention]:
    """Return what still waits among the items of earlier days, the newest first, but for the stories and articles
    ``told`` today. ``answers`` are when each story was last answered, ``answered`` the articles of which people say so.
    """
    stories = {item.story for item in told if item.story is not None and find_urgency(item)}
    known = {item.id for item in told}
    waiting = [
        item
        for item in items
        if item.about == "subject"
        and item.id not in known
        and not item.withdrawn
        and item.id not in answered
        and item.story not in stories
        and answers.get(item.story or 0, "") <= item.published_at
    ]
    return sorted(build_attention(waiting, {}, outside, heirs), key=lambda entry: entry.since, reverse=True)


def note_heard(entries: Iterable[Attention], items: Mapping[int, Item], answers: Mapping[int, str]) -> list[Attention]:
    """Return what wants an answer with when the government was heard since; first that in which it was not."""
    noted = []
    for entry in entries:
        told = [items[key] for key in entry.articles]
        at = answers.get(told[0].story or 0, "")
        noted.append(replace(entry, heard_at=at) if at > max(item.published_at for item in told) else entry)
    return sorted(noted, key=lambda entry: entry.heard_at is not None)


def find_answers(
    rows: Iterable[Row],
    items: Mapping[int, Item],
    answered: Mapping[int, str],
    outside: Collection[str],
    zone: ZoneInfo,
) -> dict[int, str]:
    """Return when each story was last answered: by what people say of an article of it, or by an article that speaks
    for the government.
    """
    latest: dict[int, str] = {}
    for row in rows:
        item = items[row["id"]]
        heard = any(quote["opd"] and quote["opd"] not in outside for quote in row["quotes"])
        times = [item.published_at] if speaks(item, heard) and item.about == "subject" else []
        if item.id in answered:
            times.append(localise(answered[item.id], zone))
        if item.story is not None and times:
            latest[item.story] = max(latest.get(item.story, ""), *times)
    return latest
