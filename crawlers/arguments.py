"""What ``scrapy crawl -a`` may say, and the settings that follow from an outlet's delay."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from crawlers.errors import PlanError
from crawlers.extract.dates import parse_instant
from crawlers.plan import Run, choose_delay
from crawlers.politeness import MARGIN
from crawlers.recipe import Recipe


def delay_settings(recipe: Recipe, delay: float | None) -> dict[str, Any]:
    """Return Scrapy's settings for the gap between requests, and for how long one may take where the recipe says."""
    gap = choose_delay(recipe, delay)
    own = {"DOWNLOAD_TIMEOUT": recipe.crawl.timeout} if recipe.crawl.timeout else {}
    return {
        **own,
        "DOWNLOAD_DELAY": gap + MARGIN if gap else 0.0,
        "AUTOTHROTTLE_ENABLED": gap > 0,
        "AUTOTHROTTLE_START_DELAY": gap + MARGIN,
    }


def parse_delay(text: str) -> float:
    """Return the seconds that ``-a delay=`` says. Raises PlanError."""
    try:
        return float(text)
    except ValueError as fault:
        raise PlanError(f"-a delay={text}: not a number of seconds") from fault


def build_run_from(arguments: dict[str, Any], recipe: Recipe) -> Run:
    """Return a run from the arguments of ``scrapy crawl -a``. Raises PlanError."""
    unknown = set(arguments) - {"since", "until", "limit", "delay"}
    if unknown:
        raise PlanError(f"-a {min(unknown)}: unknown; there are since, until, limit and delay")
    now = datetime.now(UTC)
    times = {}
    for name in ("since", "until"):
        found = parse_instant(arguments.get(name), now, recipe.zone)
        if arguments.get(name) and not found:
            raise PlanError(f"-a {name}={arguments[name]}: not a date; write it as 2024-10-31")
        times[name] = found.at if found else None
    limit = arguments.get("limit")
    if limit is not None and not (limit.isdigit() and int(limit)):
        raise PlanError(f"-a limit={limit}: not a number of articles")
    return Run(since=times["since"], until=times["until"], limit=int(limit) if limit else None)
