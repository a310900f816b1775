"""What is true of one outlet: the model of ``outlets/<id>.toml``, checked to the last key.

Only the model and its reading from one file; folders of recipes and spiders are ``crawlers.loader``'s.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from crawlers.addresses import parse_link
from crawlers.errors import RecipeError, list_keys, suggest

Kind = Literal["government", "local", "provincial", "national", "agency", "aggregator"]
SourceKind = Literal["feed", "sitemap", "wp_json", "listing", "search", "next_data", "jsonp", "google_news", "auto"]
DEFAULT_DELAY = 5.0  # seconds between the starts of two requests to one host
PLACEHOLDERS = frozenset({"keyword", "page", "date"})


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _check_regex(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as fault:
        raise ValueError(f"not a regular expression: {pattern!r} ({fault})") from fault
    return pattern


def _check_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as fault:
        raise ValueError(
            f"no time zone {name!r}; use a name such as Asia/Jakarta, Asia/Makassar, Asia/Jayapura"
        ) from fault
    return name


Texts = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
Regexes = Annotated[tuple[Annotated[str, AfterValidator(_check_regex)], ...], BeforeValidator(_as_list)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Paging(_Table):
    """How the pages of a source are numbered: ``{page}`` runs from `start` in steps of `step`; or a link leads on."""

    start: int = Field(1, alias="from")
    step: int = 1
    next: str | None = None  # CSS selector of the link to the next page
    last: int | None = None  # the site shows no page beyond this one


class Source(_Table):
    """One place where an outlet announces its articles.

    `url` may hold ``{keyword}`` (one walk per keyword), ``{page}`` and ``{date}`` (one walk per day, ISO). `item`,
    `link`, `date` and `title` are CSS selectors within a listing, or dotted paths within one row of JSON; `path` is
    the dotted path of the rows, `address` builds an article's address from one row's dotted paths:
    ``/{category.slug}/{id}``.
    """

    kind: SourceKind
    url: str = ""
    paging: Paging = Paging()
    item: str | None = None
    link: str | None = None
    date: str | None = None
    title: str | None = None
    path: str | None = None
    address: str | None = None
    date_format: str = "%Y-%m-%d"  # of {date}

    @model_validator(mode="after")
    def _check_url(self) -> Source:
        if not self.url and self.kind != "auto":
            raise ValueError(f"a source of kind {self.kind} needs url")
        if self.url and not self.url.startswith(("http://", "https://")):
            raise ValueError(f"url {self.url!r} is no web address: begin it with https:// or http://")
        unknown = set(re.findall(r"{(\w+)}", self.url)) - PLACEHOLDERS
        if unknown:
            raise ValueError(f"url has {{{min(unknown)}}}; only {{keyword}}, {{page}} and {{date}} are filled in")
        if self.kind in ("search", "google_news") and "{keyword}" not in self.url:
            raise ValueError(f"the url of a source of kind {self.kind} needs {{keyword}}")
        return self


class Select(_Table):
    """CSS selectors of an article's parts; several are tried in turn. Only where the generic chain fails."""

    title: Texts = ()
    text: Texts = ()
    byline: Texts = ()
    editor: Texts = ()
    published_at: Texts = ()
    section: Texts = ()
    caption: Texts = ()


class Clean(_Table):
    """What stands inside an article's text and is none of it."""

    drop: Texts = ()  # CSS
    drop_lines: Regexes = ()


class Crawl(_Table):
    """How the outlet may be fetched."""

    delay: float = Field(DEFAULT_DELAY, ge=0)
    all_pages: str | None = None  # query that shows a paged article whole: "page=all"
    next_page: str | None = None  # CSS of the link to an article's next page
    max_requests: int = Field(2000, ge=1)  # per run
    timeout: float | None = Field(None, gt=0)  # seconds that an answer may take; None: as the config has it


class Expect(_Table):
    """What a normal day looks like; a crawl outside of it becomes a finding (``monitor.watch``)."""

    per_day: tuple[float, float] | None = None  # articles, from and to
    fill: dict[str, float] = {}  # part ("byline") -> least share of articles that have it


class Markers(_Table):
    """Signs of paid or of released content, besides the common ones."""

    paid: Regexes = ()
    release: Regexes = ()


class Example(_Table):
    """A sample page with what its extraction must and must not give (see `crawlers.examples`)."""

    page: str
    url: str
    title: str
    published_at: str
    byline: str | None = None
    must: Texts = ()
    must_not: Texts = ()
    markers: Texts = ()  # signs of paid or released content that must be found


class Recipe(_Table):
    """One outlet. `id` is the file's name without ``.toml``; the first domain is the one that links carry."""

    id: str
    name: str
    domains: Annotated[tuple[str, ...], BeforeValidator(_as_list)] = Field(min_length=1)
    kind: Kind
    timezone: Annotated[str, AfterValidator(_check_zone)] = "Asia/Jakarta"
    verified: bool = False  # seen to work on the live site by a person
    tier: Literal["hourly", "normal", "daily"] = "normal"
    scope: Literal["all", "keyword"] = "all"
    note: str = ""
    article_url: Regexes = ()
    not_article: Regexes = ()
    channels: Texts = ()  # hosts with lists of their own that the home page need not link to
    source: tuple[Source, ...] = (Source(kind="auto"),)
    select: Select = Select()
    clean: Clean = Clean()
    crawl: Crawl = Crawl()
    expect: Expect = Expect()
    markers: Markers = Markers()
    example: tuple[Example, ...] = ()
    _others: frozenset[str] = frozenset()

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone in which the outlet writes its times."""
        return ZoneInfo(self.timezone)

    @property
    def home(self) -> str:
        """Address of the home page."""
        return f"https://{next(d for d in self.domains if not d.startswith('*.'))}/"

    def owns(self, host: str) -> bool:
        """Say whether `host` is one of the outlet's; ``www.``, ``m.`` and ``amp.`` go without saying."""
        host = host.lower().rstrip(".")
        bare = re.sub(r"^(?:www|m|amp)\.", "", host)
        return bare not in self._others and any(
            bare == domain.removeprefix("www.") or (domain.startswith("*.") and host.endswith(domain[1:]))
            for domain in self.domains
        )

    def beside(self, domains: Collection[str]) -> Recipe:
        """Return the recipe without the hosts that others bear by name: a host has one outlet, which asks it alone."""
        own = {domain.removeprefix("*.").removeprefix("www.") for domain in self.domains}
        recipe = self.model_copy()
        recipe._others = frozenset(domain for domain in domains if domain.endswith(tuple(f".{d}" for d in own))) - own
        return recipe

    def own_address(self, href: str, base: str = "") -> str:
        """Return where a link leads, as stored; blank for what is no address, or none of the outlet's."""
        address = parse_link(href, base)
        return address if self.owns(urlsplit(address).hostname or "") else ""

    def widened(self) -> Recipe:
        """Return the recipe with all that lies below its domains; a government's offices have hosts of their own."""
        below = tuple(f"*.{domain.removeprefix('www.')}" for domain in self.domains if not domain.startswith("*."))
        known = set(self.domains)
        return (
            self
            if self.kind == "government"
            else self.model_copy(
                update={"domains": (*self.domains, *(domain for domain in below if domain not in known))}
            )
        )

    @model_validator(mode="after")
    def _check_domains(self) -> Recipe:
        for domain in self.domains:
            if not re.fullmatch(r"(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9-]+", domain):
                raise ValueError(f"domains: {domain!r} is not a bare lower-case host name such as news.example.com")
        if all(domain.startswith("*.") for domain in self.domains):
            raise ValueError("domains: the first one must be the plain host that links carry, not a *. pattern")
        if foreign := [host for host in self.channels if not self.owns(host)]:
            raise ValueError(f"channels: {foreign[0]} is none of the outlet's domains; add it there")
        return self


def parse_recipe(text: str, recipe_id: str, path: Path | str = "") -> Recipe:
    """Read a recipe from TOML text; `path` is for messages only.

    Raises RecipeError, which names file and key: broken TOML, an unknown key (with the nearest known one), a missing or
    wrong value.
    """
    where = path or f"{recipe_id}.toml"
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise RecipeError(where, f"not TOML: {fault}") from fault
    if recipe_id != recipe_id.lower():
        raise RecipeError(
            where, f"its name is the outlet's id, which has no capitals: name it {recipe_id.lower()}.toml"
        )
    if "id" in data:
        raise RecipeError(where, "id: leave it out, the file's name is the id")
    try:
        return Recipe.model_validate({"id": recipe_id, **data})
    except ValidationError as fault:
        raise RecipeError(where, "; ".join(_explain(error, text) for error in fault.errors()[:3])) from fault


def load_recipe(path: Path) -> Recipe:
    """Read one recipe file; its stem is the id. Raises RecipeError."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise RecipeError(path, f"cannot be read: {fault}") from fault
    return parse_recipe(text, path.stem, path)


def _explain(error: Any, text: str) -> str:
    key = ".".join(str(part) for part in error["loc"])
    if error["type"] == "missing":
        return f"{key}: missing"
    message = error["msg"].removeprefix("Value error, ")
    line = _find_line(text, error["loc"] or message.partition(":")[:1])
    where = f" (at line {line})" if line else ""
    if error["type"] == "extra_forbidden":
        known = set(list_keys(Recipe, error["loc"])) - {"id"}
        return f"{key}: unknown key{suggest(error['loc'][-1], known)}{where}"
    return f"{key}: {message}{where}" if key else f"{message}{where}"


def _find_line(text: str, place: Sequence[int | str]) -> int | None:
    """Return the line of a key, or of the heading of its table where it is not found; a number is that of a table."""
    lines, found = text.splitlines(), None
    for part, following in zip(place, [*place[1:], 0], strict=True):
        if isinstance(part, int):
            continue
        name = re.escape(part)
        heading = re.compile(rf"\s*(\[+\s*([\w.]+\.)?{name}\s*\]|[\"']?{name}[\"']?\s*=)")
        met = [number for number, line in enumerate(lines, 1) if number > (found or 0) and heading.match(line)]
        if met:
            found = met[min(following if isinstance(following, int) else 0, len(met) - 1)]
    return found
