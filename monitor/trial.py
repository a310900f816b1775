"""Crawls that store nothing: a recipe tried, every recipe checked, one address looked at, a site probed.

They run the same child and obey the same rules as any crawl (``monitor.ingest``); what they report is only handed back.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawlers.addresses import list_inner
from crawlers.draft import render_recipe
from crawlers.loader import find_owner, list_broken
from monitor.child import Record, iter_crawl
from monitor.errors import NoWebAddress
from monitor.gather import Wish, check_delay
from monitor.office import Office, list_folders

QUERIES = 3  # keywords that searches are asked for
_NO_ARTICLE = {"published_at": None, "title": None}
FEW_REQUESTS = 60  # per outlet; who needs more to show one article has a fault to report


@dataclass(frozen=True, slots=True)
class Trial:
    """What a trial reported."""

    records: tuple[Record, ...]

    def of(self, kind: str, outlet: str | None = None) -> list[Record]:
        """Return the records of one type, of one outlet or of all."""
        return [
            record
            for record in self.records
            if record["type"] == kind and (outlet is None or record.get("outlet") == outlet)
        ]


def find_host(office: Office, url: str) -> str:
    """Return the id of the outlet that an address or host belongs to, its host where no recipe has it.

    Raises NoWebAddress.
    """
    try:
        host = urlsplit(url if "://" in url else f"https://{url}").hostname or ""
    except ValueError:
        host = ""
    if "." not in host and host != "localhost":
        raise NoWebAddress(url)
    owner = find_owner(office.recipes, host)
    return owner.id if owner else host.removeprefix("www.")


def unwrap_address(office: Office, url: str) -> str:
    """Return the address of an outlet's article that a search engine, AMP cache, share button or archive has wrapped
    in one of its own; any other as it is.
    """
    if find_owner(office.recipes, urlsplit(url).hostname or ""):
        return url
    for inner in list_inner(url):
        if find_owner(office.recipes, urlsplit(inner).hostname or ""):
            return inner
    return url


def run_trial(
    office: Office,
    outlets: Sequence[str],
    stop: threading.Event,
    *,
    note: Callable[[Record], None] = lambda record: None,
    delay: float | None = None,
    home: str = "",
    **wishes: Any,
) -> Trial:
    """Crawl outlets, ids of recipes or bare hosts, by further fields of the plan, and return what came.

    Every article counts as ours; `home` is the home page of a bare host. ``note`` is also told which address is asked
    (type ``request``). Raises InputError (delay), JobError.
    """
    check_delay(office, Wish(tuple(key for key in outlets if key in office.recipes), delay=delay))
    with tempfile.TemporaryDirectory(prefix="pantau-trial-") as folder:
        plan = {
            "outlets": list(outlets),
            "recipe_dirs": [*map(str, list_folders(office.config)[1:]), str(folder)],
            "delay": delay,
            "contact": office.config.contact or None,
            "timeout": office.config.timeout,
            "queries": list(office.profile.keywords[:QUERIES]),
            "max_requests": FEW_REQUESTS,
            "tell_requests": True,
            **wishes,
        }
        for key in outlets:
            if key not in office.recipes or wishes.get("probe"):
                write_bare_recipe(Path(folder), key, office.zone.key, home)
        kept = []
        log_file = None if office.config.verbosity > 0 else Path(folder) / "crawl.log"
        with closing(iter_crawl({k: v for k, v in plan.items() if v is not None}, stop, log_file)) as records:
            for record in records:
                note(record)
                if record["type"] != "request":
                    kept.append(record)
    return Trial(tuple(kept))


def write_bare_recipe(folder: Path, host: str, timezone: str, home: str = "") -> None:
    """Write a recipe that says nothing but the host and, where it is known, the home page: for sites without one."""
    rows = [{"what": "home", "url": home, "status": "ok", "facts": {}}] if home else []
    (folder / f"{host}.toml").write_text(render_recipe(host, host, rows, None, timezone), encoding="utf-8")


def run_check(
    office: Office,
    outlets: Sequence[str],
    stop: threading.Event,
    note: Callable[[Record], None] = lambda record: None,
    delay: float | None = None,
) -> list[dict[str, Any]]:
    """Ask every outlet for one article, live; return one row each: ``status`` is ok or finding."""
    trial = run_trial(office, outlets, stop, note=note, delay=delay, limit=1)
    return [_judge_outlet(trial, key) for key in outlets]


def list_unreadable(office: Office) -> list[dict[str, Any]]:
    """Return a row as of `run_check` for each watched outlet that cannot be asked, as its recipe cannot be read."""
    return [
        {"outlet": told.outlet, "status": "finding", "finding": told.kind, "detail": told.detail, **_NO_ARTICLE}
        for told in list_broken(office.broken, office.recipes)
        if told.outlet in office.asked and told.outlet not in office.recipes
    ]


def _judge_outlet(trial: Trial, outlet: str) -> dict[str, Any]:
    articles, findings = trial.of("article", outlet), trial.of("finding", outlet)
    row = {"outlet": outlet, "status": "ok", "finding": None, "detail": "", **_NO_ARTICLE}
    if articles:
        first = articles[0]
        row |= {
            "title": first["title"],
            "published_at": first["published_at"],
            "detail": f"text by {first['extractor']}",
        }
        if first["fallback"]:
            row |= {"status": "finding", "finding": "layout", "detail": "the recipe's selectors found no text"}
        return row
    if leads := trial.of("lead", outlet):  # an aggregator has no articles of its own
        return row | {"title": leads[0]["title"], "detail": f"{len(leads)} articles of other sites listed"}
    outcomes = trial.of("outcome", outlet)
    told = next(iter(findings), None)
    if told:
        return row | {"status": "finding", "finding": told["kind"], "detail": told["detail"]}
    if outcomes:
        worst = max(outcomes, key=lambda outcome: sum(other["reason"] == outcome["reason"] for other in outcomes))
        return row | {
            "status": "finding",
            "finding": worst["reason"],
            "detail": f"{len(outcomes)} addresses, none an article: {worst['url']} {worst['detail']}".strip(),
        }
    return row | {"status": "finding", "finding": "silent", "detail": "no source offered a single article"}
