"""What a crawl hands on, one JSON Lines record each: articles, outcomes of addresses, states of sources, findings.

The crawl runs in a process of its own and knows no store; whoever started it reads these records from its standard
output and keeps them (see ``crawlers.__main__``). Every record is a flat, JSON-able mapping with a ``type``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

CUT = "cut"  # see `SourceState.watermark`
BACKFILL = "backfill"  # kind of a finding that only the same backfill, run again, can mend


class Reason(StrEnum):
    """How one address ended; every address that a crawl touches ends in exactly one of these."""

    STORED = "stored"
    REVISED = "revised"
    UNCHANGED = "unchanged"  # looked at again, same title and text
    KNOWN = "known"  # in the store already, not fetched
    NOT_OURS = "not_ours"  # names nothing of the profile: address, title and date are kept, text is not
    NOT_ARTICLE = "not_article"
    NO_TITLE = "no_title"
    NO_BODY = "no_body"
    NO_DATE = "no_date"
    FUTURE_DATE = "future_date"
    OUT_OF_RANGE = "out_of_range"  # outside --since/--until
    OVER_LIMIT = "over_limit"  # seen, left for the next run by --limit or the bound on requests
    BLOCKED = "blocked"  # challenge page, 401, 403
    ROBOTS = "robots"
    GONE = "gone"  # 404, 410
    SOFT_404 = "soft_404"
    REDIRECTED_AWAY = "redirected_away"
    REDIRECT_LOOP = "redirect_loop"
    TOO_LARGE = "too_large"
    BAD_CONTENT = "bad_content"  # truncated gzip, broken XML, entity bomb
    RATE_LIMITED = "rate_limited"  # 429 to the end of the retries
    HTTP_4XX = "http_4xx"
    HTTP_5XX = "http_5xx"
    TIMEOUT = "timeout"
    CONNECTION = "connection"  # refused, reset, DNS, TLS
    HUNG = "hung"  # reading it did not end: whoever watches the crawl ended that, and says so
    ERROR = "error"  # a fault of ours: the page's traceback is in the log
    SEEN_ELSEWHERE = "seen_elsewhere"  # another site lists it; its own address is not known, it was not fetched


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the fetched page lies: a WARC file below the evidence folder, the record's offset, its payload's hash."""

    url: str  # as fetched
    warc: str  # path relative to the evidence folder
    offset: int  # bytes from the file's start to the gzip member of the response record
    length: int  # bytes of that member
    sha256: str  # hex, of the decoded payload as extraction saw it
    fetched_at: datetime  # UTC


@dataclass(frozen=True, slots=True)
class Article:
    """One article as published; text is plain, paragraphs parted by one blank line."""

    url: str  # canonical address
    outlet: str  # id of the recipe
    title: str
    text: str
    published_at: datetime  # aware; offset as the outlet states it, else the recipe's timezone
    byline: str | None = None  # the credit as printed, without "Oleh", "Penulis:" and the like
    editor: str | None = None
    section: str | None = None
    modified_at: datetime | None = None
    captions: tuple[str, ...] = ()
    credit: str | None = None  # agency or outlet that the text is taken from, as printed
    markers: tuple[str, ...] = ()  # signs of paid or released content: "paid:(adv)", "release:(rls)"
    aliases: tuple[str, ...] = ()  # other addresses of the same article: AMP, mobile, short link
    # field -> what gave it: "selector", "json-ld", "meta", "feed", "rest", "next_data", "generic", "url", "text"
    fields: dict[str, str] = field(default_factory=dict)
    extractor: str = ""  # what gave the text: same words as in fields
    fallback: bool = False  # the recipe's selector for the text found nothing and the generic chain stood in
    evidence: Evidence | None = None

    def to_record(self) -> dict[str, Any]:
        """Return the JSON-able record of type ``article``."""
        return {"type": "article", **_plain_fields(self)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one address ended."""

    url: str
    outlet: str
    reason: Reason
    detail: str = ""  # one line for the operator
    status: int | None = None  # HTTP status, when there was one
    at: datetime | None = None  # UTC
    title: str | None = None  # for not_ours
    published_at: datetime | None = None  # for not_ours, future_date
    # an article that could not be read now: the next run, or the one when its date has come, is to ask for it, whoever
    # lists it then
    left: bool = False

    def to_record(self) -> dict[str, Any]:
        """Return the JSON-able record of type ``outcome``."""
        return {"type": "outcome", **_plain_fields(self)}


@dataclass(frozen=True, slots=True)
class Lead:
    """An article of some outlet that an aggregator lists under an address of its own. Nothing was fetched of it."""

    url: str  # the aggregator's
    outlet: str  # id of the aggregator's recipe
    title: str
    site: str  # host of the article's outlet, as the aggregator names it
    name: str  # of that outlet
    query: str  # keyword that it was found by
    published_at: datetime | None = None
    address: str | None = None  # the article's own, where the aggregator's link holds it

    def to_record(self) -> dict[str, Any]:
        """Return the JSON-able record of type ``lead``."""
        return {"type": "lead", **_plain_fields(self)}


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered of one source of an outlet between crawls, for conditional requests and adaptive polling."""

    outlet: str
    source: str  # address with {page} unfilled
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    checked_at: datetime | None = None
    seen: int = 0  # addresses offered this time
    new: int = 0  # of these, unknown before
    interval_s: int | None = None  # wait before the next look
    watermark: str | None = None  # set: its outlet was not walked to its end, the next walk goes as deep as a first
    error: str | None = None  # reason word when the source itself failed

    def to_record(self) -> dict[str, Any]:
        """Return the JSON-able record of type ``source``."""
        return {"type": "source", **_plain_fields(self)}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an operator must know about an outlet; the store keeps since when."""

    outlet: str
    kind: str  # silent, blocked, robots, layout, certificate, dns, source_failed ...
    detail: str  # cause and fix in one line

    def to_record(self) -> dict[str, Any]:
        """Return the JSON-able record of type ``finding``."""
        return {"type": "finding", **_plain_fields(self)}


def _plain_fields(record: Any) -> dict[str, Any]:
    return {name: _plain(getattr(record, name)) for name in record.__dataclass_fields__}


def whole_text(text: str) -> str:
    """Return text that can be written: JSON on pages holds halves of characters, where a site cut within an emoji."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return whole_text(value)
    if isinstance(value, Evidence):
        return _plain_fields(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value
