"""What one crawl is asked to do: the plan that ``python -m crawlers`` reads, and what of it concerns one outlet."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from crawlers.addresses import Known
from crawlers.errors import PlanError, suggest
from crawlers.evidence import append_exchange
from crawlers.items import Evidence, SourceState
from crawlers.recipe import Recipe
from crawlers.sources.walk import Ask, Walk, walk_left

MAX_QUERIES = 3  # searches per search source; each costs requests at every outlet


def walk_sources(ask: Ask) -> Walk:
    """Walk the outlet's sources. What reads them is loaded only here: whoever makes a plan reads none."""
    from crawlers.sources.outlet import walk_outlet

    return walk_outlet(ask)


class Revisit(BaseModel):
    """An article to look at again. `text_hash` is that of `text_hash`; without it the article is handed on as found."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    url: str
    outlet: str
    text_hash: str | None = None


class Plan(BaseModel):
    """A crawl of some outlets. Every field but `outlets` may be left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    outlets: tuple[str, ...]
    recipe_dirs: tuple[Path, ...] = ()  # besides the recipes that Pantau brings; later folders win
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    limit: int | None = Field(None, ge=1)  # articles per outlet
    delay: float | None = Field(None, ge=0)  # seconds; under a recipe's only with a proxy or host on loopback
    timeout: float | None = Field(None, gt=0)  # seconds that an answer may take; a recipe may have its own
    evidence_dir: Path | None = None
    contact: str | None = None  # for the user agent: an address that an outlet may write to
    keywords: tuple[str, ...] = ()  # an article that names none is not ours
    queries: tuple[str, ...] = ()  # what searches are asked for; by default the first keywords
    keep_not_ours: bool = False
    known: Path | None = None  # file of `crawlers.addresses.write_known`
    states: tuple[dict[str, Any], ...] = ()  # `SourceState` records of earlier crawls
    revisit: tuple[Revisit, ...] = ()
    left_alone: dict[str, AwareDatetime] = {}  # outlet -> until when it asked earlier crawls to stay away
    left: dict[str, tuple[str, ...]] = {}  # outlet -> articles that an earlier crawl left; read after its sources
    looks_only: tuple[str, ...] = ()  # outlets of which only what is in `revisit` is read; their sources are not asked
    titles: dict[str, tuple[str, ...]] = {}  # outlet -> headlines; of it only articles of these are read
    addresses: tuple[str, ...] = ()  # read these and ask no source
    probe: bool = False  # say what the outlets' sites offer (records of type ``probe``) and store nothing
    max_requests: int | None = Field(None, ge=1)  # per outlet; a recipe's own bound may be lower
    max_seconds: float | None = Field(None, gt=0)  # per outlet, after which nothing more is asked
    public_only: bool = False  # ask no host of this machine or its network: somebody named the address from afar
    tell_requests: bool = False  # also say which address is about to be asked (records of type ``request``)
    now: AwareDatetime | None = None  # the time to crawl as if it were, for tests and samples


def parse_plan(text: str) -> Plan:
    """Read a plan from JSON. Raises PlanError, which names the field."""
    try:
        return Plan.model_validate_json(text)
    except ValidationError as fault:
        error = fault.errors()[0]
        key = ".".join(str(part) for part in error["loc"]) or "plan"
        near = suggest(key, Plan.model_fields) if error["type"] == "extra_forbidden" else ""
        raise PlanError(f"plan: {key}: {error['msg']}{near}") from fault


def load_states(plan: Plan) -> dict[tuple[str, str], SourceState]:
    """Return the remembered states by outlet and source. Raises PlanError."""
    states = {}
    for row in plan.states:
        kept = {key: row[key] for key in SourceState.__dataclass_fields__ if key in row}
        if isinstance(kept.get("checked_at"), str):
            kept["checked_at"] = datetime.fromisoformat(kept["checked_at"])
        try:
            state = SourceState(**kept)
        except TypeError as fault:
            raise PlanError(f"plan: states: {fault}") from fault
        states[state.outlet, state.source] = state
    return states


@dataclass(slots=True)
class Run:
    """What one outlet's spider works from."""

    emit: Callable[[Any], None] = lambda record: None  # takes the records of `crawlers.items`
    read: Callable[..., Awaitable[str]] | None = None  # the slow generic extractor elsewhere; None: it is called here
    yields: bool = True  # articles leave as Scrapy's items as well, for the feeds of ``scrapy crawl``
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    since: datetime | None = None
    until: datetime | None = None
    limit: int | None = None
    max_requests: int | None = None
    max_seconds: float | None = None
    public_only: bool = False
    evidence_dir: Path | None = None
    keep: Callable[..., Evidence] = append_exchange  # archives a page there
    queries: tuple[str, ...] = ()
    ours: re.Pattern[str] | None = None  # None: everything is ours
    keep_not_ours: bool = False
    known: Known = field(default_factory=Known)
    states: Mapping[str, SourceState] = field(default_factory=dict)  # by source
    revisit: tuple[Revisit, ...] = ()
    left: tuple[str, ...] = ()  # articles that an earlier crawl left
    left_alone: datetime | None = None  # until when it asked to stay away
    looks_only: bool = False  # its sources are not asked for what is new
    walk: Callable[[Ask], Walk] = walk_sources  # where addresses come from

    @property
    def cut(self) -> bool:
        """Whether the last walk through the outlet's sources did not come to its end, so that this one is to."""
        return any(state.watermark for state in self.states.values())

    def widen(self, recipe: Recipe) -> Recipe:
        """Return the recipe, widened at once where an earlier crawl found articles on hosts below its domains."""
        stored = (urlsplit(row.url).hostname or "" for row in self.revisit)
        return recipe if all(map(recipe.owns, stored)) else recipe.widened()

    def is_cut(self, source: str) -> bool:
        """Say whether a source was never walked to its end: that some of it is known says nothing of the rest."""
        return self.cut or source not in self.states or bool(self.states[source].error)


def build_run(
    plan: Plan, outlet: str, known: Known, states: Mapping[tuple[str, str], SourceState], emit: Callable[[Any], None]
) -> Run:
    """Return what one outlet's spider works from."""
    moment = plan.now
    return Run(
        emit=emit,
        yields=False,
        now=(lambda: moment) if moment else (lambda: datetime.now(UTC)),
        since=plan.since,
        until=plan.until,
        limit=plan.limit,
        max_requests=plan.max_requests,
        max_seconds=plan.max_seconds,
        public_only=plan.public_only,
        evidence_dir=plan.evidence_dir,
        queries=plan.queries or plan.keywords[:MAX_QUERIES],
        ours=compile_keywords(plan.keywords),
        keep_not_ours=plan.keep_not_ours,
        known=known,
        states={source: state for (owner, source), state in states.items() if owner == outlet},
        revisit=tuple(row for row in plan.revisit if row.outlet == outlet),
        left=plan.left.get(outlet, ()),
        left_alone=plan.left_alone.get(outlet),
        looks_only=outlet in plan.looks_only or outlet in plan.titles,
        walk=_choose_walk(plan, outlet, emit),
    )


def _choose_walk(plan: Plan, outlet: str, emit: Callable[[Any], None]) -> Callable[[Ask], Walk]:
    if plan.probe:
        from crawlers.probe import walk_probe

        return lambda ask: walk_probe(ask, emit)
    if titles := plan.titles.get(outlet):
        from crawlers.sources.titles import walk_titles

        return lambda ask: walk_titles(titles, ask)
    if plan.addresses or outlet in plan.looks_only:
        from crawlers.sources.outlet import walk_addresses

        return lambda ask: walk_addresses(plan.addresses, ask)
    if left := plan.left.get(outlet):
        return lambda ask: walk_left(left, walk_sources(ask))
    return walk_sources


def compile_keywords(keywords: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return one pattern of all keywords as whole words, whatever their case and spacing; None without keywords."""
    words = [r"\s+".join(map(re.escape, keyword.split())) for keyword in keywords if keyword.strip()]
    if not words:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(sorted(words, key=len, reverse=True)) + r")(?!\w)", re.IGNORECASE)


def choose_delay(recipe: Recipe, wanted: float | None) -> float:
    """Return the gap between requests, in seconds: what is wanted, but never under the recipe's outside of loopback."""
    if wanted is None:
        return recipe.crawl.delay
    return wanted if on_loopback(recipe) else max(wanted, recipe.crawl.delay)


def on_loopback(recipe: Recipe) -> bool:
    """Say whether the outlet is reached through a proxy on this machine, or lives on it."""
    proxies = getproxies()
    hosts = [urlsplit(proxies[kind]).hostname or "" for kind in ("http", "https") if proxies.get(kind)]
    if hosts and not proxy_bypass(recipe.domains[0]):
        return len(hosts) == 2 and all(map(is_loopback, hosts))
    return is_loopback(recipe.domains[0])


def is_loopback(host: str) -> bool:
    """Say whether a host name or address is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
