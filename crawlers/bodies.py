"""Bodies as they came over the wire: kept for evidence, unpacked with a bound, truncation noticed.

Stands where Scrapy's HttpCompressionMiddleware would, which hands on what it could read of a truncated body as if it
were the page.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from crawlers.codings import ACCEPTED, BadCoding, list_encodings, unpack_all
from crawlers.evidence import Exchange
from crawlers.faults import Refused
from crawlers.items import Reason


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
        """Return the answer unpacked. Raises Refused for broken and truncated bodies, unknown codings, bombs."""
        now = datetime.now(UTC)
        request.meta["received"] = Exchange(
            response.url, response.status, _pairs(response), response.body, _pairs(request), now
        )
        encodings = list_encodings(b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1"))
        if not response.body or not encodings:
            return response
        refusal = None
        try:
            body = unpack_all(response.body, encodings, self.most)
        except BadCoding as fault:
            refusal = Refused(Reason.TOO_LARGE if fault.too_large else Reason.BAD_CONTENT, str(fault))
        if refusal:  # raised only here: an exception's context keeps megabytes of a bomb until the next collection
            raise refusal
        response.headers.pop("Content-Encoding", None)
        kind = responsetypes.from_args(headers=response.headers, url=response.url, body=body)
        return response.replace(body=body, cls=kind)


def _pairs(message: Request | Response) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in message.headers.items()
        for value in (values if isinstance(values, list) else [values])
    )
