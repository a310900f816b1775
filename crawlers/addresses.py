"""Addresses: one form per article, whatever link led to it, and the set of those already known.

`canonical_address` is what is stored, `address_key` what two addresses of one article share, `digest` what a known
address is remembered by. What a page itself says of its address (``rel=canonical``) is judged here as well.
"""

from __future__ import annotations

import mmap
import os
import re
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import product
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

from crawlers.errors import PlanError

DIGEST_BYTES = 8
TELLING_PATH = 25  # characters from which two hosts of one outlet do not have the same path by chance
TELLING_SLUG = 13  # characters from which the end of a path is an article's, and no section's or page's number
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|igshid|mc_[ce]id|_ga|_gl|_r|ref|ref_\w+|source|sumber|src|via|tag_from|share|replytocom|amp|noamp|m|ampmode",
    re.I,
)
_WHOLE_OR_PART = re.compile(r"(?:page|halaman|single|hal)=(?:all|\d{1,2})", re.I)
# An address that is in its form already, as nearly all are: taking it apart costs ten to thirty times as much.
_PLAIN = re.compile(r"https?://([a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60})+)((?:/[\w.~-]+)*/?)", re.ASCII)
_VARIANT_HOST = re.compile(r"^(?:www\d?|m|amp|mobile)\.(?=[^.]+\.[^.]+)")
_VARIANT_PATH = re.compile(r"/amp/?$|\.amp$|(?<=\.html)/amp|/index\.html?$")
# What stands before an address within another's path: an AMP cache's mark, or the scheme, as archives keep it.
_WRAPPING = re.compile(r"/(?:(?:amp|c|v)/s/|https?:/{1,2})(?=[\w-]+(?:\.[\w-]+)+/)", re.I)
_DATES = (
    re.compile(r"/(?P<y>20\d\d)/(?P<m>\d{1,2})/(?P<d>\d{1,2})(?=/|$)"),
    re.compile(r"/(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>20\d\d)(?=/|$)"),
    re.compile(r"(?<!\d)(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)"),
    re.compile(r"/(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)\d{0,6}(?=[-/])"),
)


def join_address(base: str, href: str) -> str:
    """Return where a link on a page leads; blank for what is no address, such as one with a placeholder left in it."""
    try:
        joined = urljoin(base, href.strip())
        urlsplit(joined)
    except ValueError:
        return ""
    return joined


def canonical_address(url: str, base: str = "") -> str:
    """Return the address as stored: absolute, lower-case host, no fragment, no tracking, default port left out.

    Raises ValueError for what is not an http(s) address.
    """
    return _bring_into_form(url, "" if url.startswith(("http://", "https://")) else base)


def parse_link(href: str, base: str) -> str:
    """Return where a link leads, as stored; blank for a blank one and for what is not an http(s) address."""
    try:
        return canonical_address(href, base) if href.strip() else ""
    except ValueError:
        return ""


@lru_cache(8192)  # a crawl asks for the same few addresses a dozen times per page
def _bring_into_form(url: str, base: str) -> str:
    address = urljoin(base, url.strip()) if base else url.strip()
    if plain := _PLAIN.fullmatch(address):
        return address if plain[2] else f"{address}/"
    parts = urlsplit(safe_url_string(address))
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in ("http", "https") or not host:
        raise ValueError(f"not a web address: {url[:200]!r}")
    if parts.port and (parts.scheme, parts.port) not in {("http", 80), ("https", 443)}:
        host = f"{host}:{parts.port}"
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    path = re.sub(r"/{2,}", "/", parts.path) or "/"
    return urlunsplit((parts.scheme, host, path, urlencode(query) if query else "", ""))


@lru_cache(8192)
def address_key(url: str) -> str:
    """Return what all addresses of one article share: no scheme, ``www.``, ``m.``, AMP; the query sorted."""
    if plain := _PLAIN.fullmatch(url):
        return _shorten(*plain.groups())
    parts = urlsplit(canonical_address(url))
    query = [
        (k, v)
        for k, v in sorted(parse_qsl(parts.query, keep_blank_values=True))
        if not _WHOLE_OR_PART.fullmatch(f"{k}={v}")
    ]
    return _shorten(parts.netloc, parts.path) + (f"?{urlencode(query)}" if query else "")


def _shorten(host: str, path: str) -> str:
    return _VARIANT_HOST.sub("", host) + _VARIANT_PATH.sub("", path).rstrip("/")


def slug_of(url: str) -> str:
    """Return what tells an article within its outlet whatever host answers: the path of its key, if that is telling."""
    key = address_key(url)
    path = key.partition("/")[2]
    return path if len(path) >= TELLING_PATH else key


def list_spellings(url: str) -> list[str]:
    """Return the addresses under which one article may be stored: as given, and with what links leave out or add.

    Raises ValueError for what is not a web address.
    """
    own = canonical_address(url)
    parts = urlsplit(own)
    bare = _VARIANT_HOST.sub("", parts.netloc)
    path = urlsplit(f"//{address_key(own)}").path or "/"
    paths = dict.fromkeys([parts.path, path, path.rstrip("/") + "/"])
    hosts = dict.fromkeys([parts.netloc, bare, f"www.{bare}", f"m.{bare}"])
    made = product(("https", "http"), hosts, paths)
    return list(dict.fromkeys([url, own, *(urlunsplit((*place, parts.query, "")) for place in made)]))


def list_inner(url: str) -> list[str]:
    """Return the addresses within an address: search engines, AMP caches, share buttons and archives wrap them so."""
    parts = urlsplit(url)
    inner = [value for _, value in parse_qsl(parts.query) if value.startswith(("http://", "https://"))]
    if match := _WRAPPING.search(parts.path):
        host, _, path = parts.path[match.end() :].partition("/")
        inner.append(urlunsplit(("https", host, f"/{path}", parts.query, "")))
    return inner


def is_variant(url: str) -> bool:
    """Say whether the address is an AMP view of an article that has a proper page elsewhere."""
    parts = urlsplit(url)
    return bool(re.search(r"(^|/)amp(/|$)|\.amp$", parts.path) or parts.netloc.startswith("amp."))


def address_date(url: str) -> date | None:
    """Return the day that an address tells, if it does; never one that no calendar has."""
    for pattern in _DATES:
        if match := pattern.search(urlsplit(url).path):
            try:
                return date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                continue
    return None


def choose_address(fetched: str, stated: str | None, same_site: bool) -> str:
    """Return the address to store: the one that the page states, if it can be this article's, else the one fetched.

    Broken templates state the home page, a section or another site on every page: a stated address counts only when
    it is of the same site and no shorter than its article's address can be.
    """
    if not stated or not same_site:
        return fetched
    try:
        stated = canonical_address(stated, fetched)
    except ValueError:
        return fetched
    ours, theirs = urlsplit(fetched), urlsplit(stated)
    if theirs.path in ("", "/") and not theirs.query:
        return fetched
    if address_key(fetched) == address_key(stated):
        return stated
    last = theirs.path.rstrip("/").rsplit("/", 1)[-1]
    shares_slug = len(last) >= TELLING_SLUG and last.removesuffix(".html") in ours.path
    return stated if shares_slug or is_variant(fetched) or "p=" in ours.query else fetched


def digest(url: str) -> bytes:
    """Return the 8 bytes by which an address is remembered."""
    return blake2b(address_key(url).encode(), digest_size=DIGEST_BYTES).digest()


def write_known(path: Path, urls: Iterable[str]) -> int:
    """Write the file of known addresses that a plan names: sorted digests, 8 bytes each. Returns how many."""
    digests = sorted({digest(url) for url in urls})
    path.write_bytes(b"".join(digests))
    return len(digests)


class Known:
    """Membership in a file of `write_known`, by bisection on the mapped file: a million addresses cost no memory."""

    def __init__(self, path: Path | None = None) -> None:
        self._map: mmap.mmap | None = None
        if path is None:
            return
        try:
            with path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else None
        except OSError as fault:
            raise PlanError(f"known: {path} cannot be read: {fault.strerror}") from fault
        if size % DIGEST_BYTES:
            raise PlanError(f"known: {path} is not a file of {DIGEST_BYTES}-byte digests; write it with write_known")

    def __len__(self) -> int:
        return len(self._map) // DIGEST_BYTES if self._map else 0

    def __contains__(self, url: str) -> bool:
        wanted = digest(url)
        place = bisect_left(range(len(self)), wanted, key=self._at)
        return place < len(self) and self._at(place) == wanted

    def _at(self, place: int) -> bytes:
        return self._map[place * DIGEST_BYTES : (place + 1) * DIGEST_BYTES] if self._map else b""

    def close(self) -> None:
        """Let the file go."""
        if self._map:
            self._map.close()
