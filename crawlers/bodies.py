"""Bodies as they came over the wire: kept for evidence, unpacked with a bound, truncation noticed.

Stands where Scrapy's HttpCompressionMiddleware would, which hands on what it could read of a truncated body as if it
were the page.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from crawlers.faults import Refused
from crawlers.items import Reason

ACCEPTED = "gzip, deflate"
_WBITS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


@dataclass(frozen=True, slots=True)
class Received:
    """An answer as received: status, headers in their order and spelling, body still packed."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    request_headers: tuple[tuple[str, str], ...]


class Bodies:
    """Downloader middleware: asks for gzip, keeps the answer as received in ``meta["received"]``, unpacks it."""

    def __init__(self, most: int) -> None:
        self.most = most

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from settings: DOWNLOAD_MAXSIZE bounds the unpacked body as well."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Announce only what can be unpacked with a bound."""
        request.headers.setdefault("Accept-Encoding", ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:
        """Return the answer unpacked. Raises Refused for truncated bodies and bombs."""
        request.meta["received"] = Received(
            response.url, response.status, _pairs(response), response.body, _pairs(request)
        )
        encoding = (response.headers.get("Content-Encoding") or b"").decode("latin-1").strip().lower()
        if not response.body or encoding not in _WBITS:
            return response
        body = unpack(response.body, encoding, self.most)
        headers = response.headers.copy()
        headers.pop("Content-Encoding", None)
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return response.replace(body=body, headers=headers, cls=kind)


def unpack(body: bytes, encoding: str, most: int) -> bytes:
    """Return a body unpacked, at most `most` bytes. Raises Refused: BAD_CONTENT (broken, cut) or TOO_LARGE."""
    inflater = zlib.decompressobj(_WBITS[encoding])
    try:
        plain = inflater.decompress(body, most)
    except zlib.error as fault:
        if encoding == "deflate":  # many servers send raw deflate (RFC 1951) under this name
            return _unpack_raw(body, most)
        raise Refused(Reason.BAD_CONTENT, f"broken {encoding}: {fault}") from fault
    return _whole(inflater, plain, encoding, most)


def _unpack_raw(body: bytes, most: int) -> bytes:
    inflater = zlib.decompressobj(-15)
    try:
        plain = inflater.decompress(body, most)
    except zlib.error as fault:
        raise Refused(Reason.BAD_CONTENT, f"broken deflate: {fault}") from fault
    return _whole(inflater, plain, "deflate", most)


def _whole(inflater: zlib._Decompress, plain: bytes, encoding: str, most: int) -> bytes:
    if inflater.unconsumed_tail:
        raise Refused(Reason.TOO_LARGE, f"unpacks to more than {most} bytes")
    if not inflater.eof:
        raise Refused(Reason.BAD_CONTENT, f"the {encoding} body is cut off")
    return plain


def _pairs(message: Request | Response) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in message.headers.items()
        for value in (values if isinstance(values, list) else [values])
    )
