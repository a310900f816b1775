"""Holds what an outlet brought against what it usually brings: how much, and by which ways its pages were read.

An outlet that falls silent or changes its pages raises no error; only its own past tells. What goes wrong while
fetching is the crawl's to find.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from math import inf, log
from statistics import median
from typing import Any

from crawlers.recipe import Expect
from db.connection import Store
from db.findings import count_arrivals, find_findings, find_readings, raise_finding, resolve_finding
from monitor.clock import parse_instant

SERVICE, RECIPIENT = "service:", "recipient:"  # before what a finding is on that is on no outlet
NOTHING: Mapping[str, Expect] = {}
BASE = timedelta(days=28)
KINDS = frozenset({"low", "high", "silent_days", "layout_changed"})
NO_LOSS = frozenset({"high", "certificate", "backfill"})  # what an operator must know though articles come all the same
_FEWEST_DAYS = 7  # of a base, before it says anything
_LOW, _HIGH, _AT_LEAST = 0.25, 4.0, 4.0  # shares of the median day; a median day below the last one has no low
_RARE = 0.005  # probability that an outlet at its usual rate is silent for so long by chance
_PAST, _NEW = 8, 2  # articles before and in a run from which a change of layout can be told
_TOLD = ("feed", "rest")  # ways that depend on who offered an article, not on its page
_USUAL = 0.6  # share of its articles in which an outlet's usual ways are seen


def watch_outlets(
    store: Store, outlets: Sequence[str], run_id: int, now: datetime, expected: Mapping[str, Expect] = NOTHING
) -> list[tuple[str, str]]:
    """Raise findings on what is unlike an outlet's own past or its recipe's ``[expect]``, and close those on what is as
    usual again; return outlet and kind of each that is open.

    Counts articles by day of publication, own or not, in the 28 days before; layouts by the ways in which titles,
    dates, bylines and texts were found.
    """
    arrivals = count_arrivals(store, now - BASE - timedelta(days=1), now)
    found, blind = {}, set()  # blind: a run with so few articles tells nothing of the layout, open or mended
    for outlet in outlets:
        days, expect = arrivals.get(outlet, {}), expected.get(outlet, Expect())
        for kind, detail in [*check_expected_day(expect, days.get(0, 0)), *_check_counts(days, now)]:
            found[outlet, kind] = detail
        past, fresh = find_readings(store, outlet, run_id)
        if detail := check_layout(past, fresh) or check_expected_parts(expect, fresh):
            found[outlet, "layout_changed"] = detail
        elif len(fresh) < _NEW:
            blind.add((outlet, "layout_changed"))
    for finding in find_findings(store):
        key = (finding["outlet"], finding["kind"])
        over = finding["kind"] in KINDS and key not in {*found, *blind}
        if over and finding["outlet"] in outlets and not _is_silent(finding, arrivals.get(finding["outlet"], {}), now):
            resolve_finding(store, *key, now)
    for (outlet, kind), detail in found.items():
        raise_finding(store, outlet, kind, detail, now)
    return list(found)


def _is_silent(finding: Mapping[str, Any], days: Mapping[int, int], now: datetime) -> bool:
    """Say whether nothing came since an outlet was found silent, by whatever base: with the time, none is left."""
    age = (now - parse_instant(finding["since"])) / timedelta(days=1)
    return bool(finding["kind"] == "silent_days" and min(days, default=inf) > age)


def _check_counts(days: Mapping[int, int], now: datetime) -> Iterator[tuple[str, str]]:
    """Yield kind and detail of a count unlike the base's; ``days`` counts articles by age in whole days."""
    oldest = max(days, default=0)
    if oldest < _FEWEST_DAYS:
        return
    base = [days.get(age, 0) for age in range(1, oldest + 1)]
    usual, today = median(base), days.get(0, 0)
    silent = min(days)
    rate = sum(base[silent:]) / max(1, len(base) - silent)
    if silent and rate * silent > -log(_RARE):
        last = (now - timedelta(days=silent)).date().isoformat()
        yield "silent_days", f"nothing since {last}; usually {rate:.1f} articles a day: pantau outlets probe"
    elif usual >= _AT_LEAST and today < _LOW * usual and not silent:
        yield "low", f"{today} articles in the last 24 hours; usually {usual:g}"
    usual = median([n for n in base if n] or [0])  # else every day would be high that follows a long silence
    if today > _HIGH * max(usual, _AT_LEAST / _HIGH) and today > _AT_LEAST:
        yield "high", f"{today} articles in the last 24 hours; usually {usual:g}"


def check_expected_day(expect: Expect, today: int) -> Iterator[tuple[str, str]]:
    """Yield kind and detail of a day outside of what the recipe says is normal; the outlet's own past goes before."""
    if expect.per_day is None:
        return
    least, most = expect.per_day
    if not least <= today <= most:
        told = f"{today} articles in the last 24 hours; its recipe expects {least:g} to {most:g}"
        yield "low" if today < least else "high", told


def check_expected_parts(expect: Expect, fresh: Sequence[Mapping[str, str]]) -> str:
    """Say which parts are missing in more of the fresh articles than the recipe allows; empty when none is."""
    if len(fresh) < _NEW:
        return ""
    counts = {part: sum(bool(reading.get(part)) for reading in fresh) for part in expect.fill}
    rare = [
        f"{part} in {counts[part]} of {len(fresh)} new pages, its recipe expects {share:.0%}"
        for part, share in expect.fill.items()
        if counts[part] < share * len(fresh)
    ]
    return "; ".join(rare)


def check_layout(past: Sequence[Mapping[str, str]], fresh: Sequence[Mapping[str, str]]) -> str:
    """Say which parts of fresh articles are no longer found in the usual way; empty when all is as it was.

    A reading maps a part of an article to the way in which it was found; a part that was not found is missing.
    """
    if len(past) < _PAST or len(fresh) < _NEW:
        return ""
    changes = []
    for part in ("title", "published_at", "byline", "section", "text"):
        way, n = Counter(reading.get(part, "") for reading in past).most_common(1)[0]
        seen = [reading.get(part, "") for reading in fresh if reading.get(part) not in _TOLD]
        if way not in {"", *_TOLD, *seen} and n >= _USUAL * len(past) and len(seen) >= _NEW:
            now, _ = Counter(seen).most_common(1)[0]
            changes.append(f"{part}: {way} before, now {now or 'missing'}")
    return f"{len(fresh)} new pages are built differently ({'; '.join(changes)})" if changes else ""
