"""Loads the sample newsroom: sites, articles and the truth about them, dated so that the last day is yesterday.

Article files (``articles/*.txt``) carry a front matter of ``key: value`` lines between two ``---`` lines, then
paragraphs parted by blank lines. A line ``=== page`` parts the pages of a long article, ``=== revised`` begins a later
version. Words in braces are dates, counted in days from the article's own: ``{hari_tgl-1}`` is "Rabu (18/11/2026)" on
the day after. What the pages look like is left to ``monitor.demo.newsroom``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date

FOLDER = Path(__file__).parent
RECIPES = FOLDER / "outlets"
DATE_WORD = re.compile(r"\{(hari_tgl|hari|tgl|bulan|tahun)([+-]\d+)?\}")
FIRST_NUMBER = 40211  # article numbers look like those of a site that has been running for years
NOT_SLUG = re.compile(r"[^a-z0-9]+")


class SampleError(ValueError):
    """A file of the sample that breaks the format; the message names file and key."""


@dataclass(frozen=True, slots=True)
class Site:
    """One invented outlet: where it lives and which ways in it offers (paths with {page}, {slug} and the like)."""

    host: str
    name: str
    theme: str
    permalink: str
    lists: tuple[str, ...]
    page_size: int = 10
    feed: str | None = None
    feed_size: int = 10
    rest: bool = False
    sitemap: str | None = None
    news_sitemap: str | None = None
    all_pages: str | None = None
    disallow: tuple[str, ...] = ()
    decoy_bylines: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """Title and pages of an article from a moment on; each page is a tuple of paragraphs."""

    since: datetime
    title: str
    pages: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        """All paragraphs, parted by one blank line."""
        return "\n\n".join(paragraph for page in self.pages for paragraph in page)


@dataclass(frozen=True, slots=True)
class Truth:
    """What a reader finds in the article; ids are those of the profile, the words those of ``nlp.annotation``."""

    kind: str
    about: str
    pillars: tuple[str, ...]
    tone: str
    headline_tone: str
    opd: tuple[str, ...]
    officials: tuple[str, ...]
    places: tuple[str, ...]
    copy_of: str | None  # id of the release whose text this one takes
    story: str | None
    ours: bool  # names anything of the profile; when not, a crawl keeps address and title only


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """One invented article as its outlet serves it."""

    id: str
    host: str
    number: int
    path: str
    byline: str | None
    section: str
    caption: str | None
    published_at: datetime
    versions: tuple[Version, ...]
    deleted_at: datetime | None
    truth: Truth

    @property
    def url(self) -> str:
        """The canonical address."""
        return f"http://{self.host}{self.path}"

    def version(self, now: datetime) -> Version:
        """The version that the outlet shows at ``now``."""
        return [version for version in self.versions if version.since <= now][-1]

    def is_up(self, now: datetime) -> bool:
        """Whether the outlet shows the article at ``now``."""
        return self.published_at <= now and not (self.deleted_at and self.deleted_at <= now)


@dataclass(frozen=True, slots=True)
class Sample:
    """Sites by host and articles, newest first; ``profile`` is the regency whose labels the articles carry."""

    profile: str
    timezone: str
    last_day: date
    sites: Mapping[str, Site]
    articles: tuple[SampleArticle, ...]

    def moment(self, clock: str, days_before: int = 0) -> datetime:
        """``HH:MM`` on the last day, or so many days before it, in the sample's timezone."""
        day = self.last_day - timedelta(days_before)
        return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(self.timezone))


def load_setting() -> tuple[str, str]:
    """Return the profile whose labels the articles carry, and the timezone of their clock times."""
    data = tomllib.loads((FOLDER / "sites.toml").read_text(encoding="utf-8"))
    return data["profile"], data["timezone"]


def load_sample(last_day: date, folder: Path = FOLDER) -> Sample:
    """Read sites and articles; the newest article is dated ``last_day``. Raises ``SampleError``."""
    data = tomllib.loads((folder / "sites.toml").read_text(encoding="utf-8"))
    sites = {row["host"]: _parse_site(row) for row in data["site"]}
    timezone = ZoneInfo(data["timezone"])
    drafts = [_parse_draft(path, last_day, timezone) for path in sorted((folder / "articles").glob("*.txt"))]
    drafts.sort(key=lambda draft: (draft["published_at"], draft["id"]))
    articles = [_place(draft, number, sites) for number, draft in enumerate(drafts, FIRST_NUMBER)]
    return Sample(data["profile"], data["timezone"], last_day, sites, tuple(reversed(articles)))


def _parse_site(row: Mapping[str, Any]) -> Site:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    try:
        return Site(**values)
    except TypeError as error:
        raise SampleError(f"sites.toml: {row.get('host')}: {error}") from error


def fill_dates(text: str, day: date) -> str:
    """Replace the date words of ``text`` by Indonesian dates around ``day``."""

    def fill(match: re.Match[str]) -> str:
        on = day + timedelta(int(match[2] or 0))
        patterns = {"hari": "EEEE", "tgl": "d MMMM y", "hari_tgl": "EEEE (d/M/y)", "bulan": "MMMM", "tahun": "y"}
        return format_date(on, patterns[match[1]], locale="id")

    return DATE_WORD.sub(fill, text)


def parse_front_matter(raw: str) -> tuple[dict[str, str], str]:
    """Split ``raw`` into its ``key: value`` lines and the body. Raises ``SampleError``."""
    parts = re.split(r"^---$\n?", raw, maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3 or parts[0].strip():
        raise SampleError("the file must begin with a front matter between two lines of ---")
    rows = [line.partition(":") for line in parts[1].splitlines() if line.strip()]
    return {key.strip(): value.strip() for key, _, value in rows}, parts[2].strip()


def _parse_draft(path: Path, last_day: date, timezone: ZoneInfo) -> dict[str, Any]:
    try:
        head, body = parse_front_matter(path.read_text(encoding="utf-8"))
        day = last_day - timedelta(int(head["day"]))
        published = datetime.combine(day, time.fromisoformat(head["time"]), timezone)
        return {
            "id": path.stem,
            "head": head,
            "published_at": published,
            "versions": _parse_versions(head, body, published),
            "deleted_at": _clock(head.get("deleted"), published),
            "truth": _parse_truth(head),
        }
    except (SampleError, KeyError, ValueError) as error:
        raise SampleError(f"{path.name}: {error!r}") from error


def _parse_versions(head: Mapping[str, str], body: str, published: datetime) -> tuple[Version, ...]:
    texts = re.split(r"^=== revised$", fill_dates(body, published.date()), flags=re.MULTILINE)
    titles = [head["title"], head.get("revised_title", head["title"])]
    moments = [published, _clock(head.get("revised"), published) or published]
    if len(texts) != 1 + ("revised" in head):
        raise SampleError("'revised' needs a second text below '=== revised', and no more")
    pages = (tuple(map(_paragraphs, re.split(r"^=== page$", text, flags=re.MULTILINE))) for text in texts)
    return tuple(
        Version(since, fill_dates(title, published.date()), shown)
        for since, title, shown in zip(moments, titles, pages, strict=False)
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(block.split()) for block in re.split(r"\n\s*\n", text) if block.strip())


def _clock(value: str | None, published: datetime) -> datetime | None:
    return datetime.combine(published.date(), time.fromisoformat(value), published.tzinfo) if value else None


def _parse_truth(head: Mapping[str, str]) -> Truth:
    def words(key: str) -> tuple[str, ...]:
        return tuple(word for word in re.split(r"[,\s]+", head.get(key, "")) if word)

    return Truth(
        kind=head["kind"], about=head["about"], pillars=words("pillars"),
        tone=head["tone"], headline_tone=head["headline_tone"],
        opd=words("opd"), officials=words("officials"), places=words("places"),
        copy_of=head.get("copy_of"), story=head.get("story"), ours=head.get("ours", "yes") == "yes",
    )  # fmt: skip


def _place(draft: Mapping[str, Any], number: int, sites: Mapping[str, Site]) -> SampleArticle:
    head, published = draft["head"], draft["published_at"]
    if head["outlet"] not in sites:
        raise SampleError(f"{draft['id']}: outlet {head['outlet']!r} is not in sites.toml")
    slug = NOT_SLUG.sub("-", draft["versions"][0].title.lower()).strip("-")
    path = sites[head["outlet"]].permalink.format(
        number=number, slug=slug, section=NOT_SLUG.sub("-", head["section"].lower()),
        Y=f"{published:%Y}", m=f"{published:%m}", d=f"{published:%d}",
    )  # fmt: skip
    return SampleArticle(
        draft["id"], head["outlet"], number, path, head.get("byline") or None, head["section"], head.get("caption"),
        published, draft["versions"], draft["deleted_at"], draft["truth"],
    )  # fmt: skip
