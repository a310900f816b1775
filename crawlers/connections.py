"""Scrapy's handler on aiohttp, for the web as it is: long headers, odd bytes in them, old servers, addresses as given.

It takes half the time of Scrapy's older one, and is stricter with headers that contradict each other: hosts that send
such are asked by the older one. Every certificate is taken; what they are worth is `certificates`'.
"""

from __future__ import annotations

import asyncio
import ssl
import sys
from typing import Any

import aiohttp
from aiohttp.http import HttpProcessingError
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
from scrapy.core.downloader.handlers._base_http import BaseHttpDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Headers, Response
from scrapy.utils.httpobj import urlparse_cached

HEADER_BYTES = 64 * 1024  # of one header; aiohttp's own 8 KiB is less than some policies and cookies take
HEADERS = 512
CLOSE_SECONDS = 1.0
_CIPHERS = "DEFAULT:@SECLEVEL=1"  # OpenSSL's own level; distributions raise it, which leaves old servers out
_LEGACY_SERVER_CONNECT = 0x4  # `ssl` names it since Python 3.12, as it does the next one
_IGNORE_UNEXPECTED_EOF = 0x80  # for servers that end an answer by hanging up
_DER = 2  # `_ssl.ENCODING_DER`


class Handler(AiohttpDownloadHandler):
    """The connections of one outlet."""

    experimental = False  # is what Scrapy says of it; what it does with faults stands in the tests

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._ssl_context.set_ciphers(_CIPHERS)
        self._ssl_context.options |= _LEGACY_SERVER_CONNECT | _IGNORE_UNEXPECTED_EOF
        scrapys, self._session = self._session, _build_session(self._session.connector)
        scrapys.detach()
        self._odd: set[str] = set()  # hosts whose headers contradict each other
        self._older: BaseHttpDownloadHandler | None = None

    async def download_request(self, request: Request) -> Response:
        """Ask for the address as it is: with its escapes written anew, a signed one would no longer hold.

        Raises what Scrapy's handlers do; after headers that cannot be read another attempt may well succeed.
        """
        host = urlparse_cached(request).netloc
        if host in self._odd:
            return await self._ask_older(request)
        request.meta["verbatim_url"] = True
        try:
            return await super().download_request(request)
        except DownloadFailedError as fault:
            if is_unreadable(fault.__cause__):
                self._odd.add(host)
            raise
        finally:
            del request.meta["verbatim_url"]

    async def _ask_older(self, request: Request) -> Response:
        # begun when it is needed: what it is made of takes as long to load as a hundred pages to read
        from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, TunnelError

        if self._older is None:
            self._older = HTTP11DownloadHandler(self.crawler)
        try:
            response = await self._older.download_request(request)
        except TunnelError as fault:
            raise DownloadFailedError(str(fault)) from fault
        return response.replace(certificate=None)

    async def close(self) -> None:
        """Close what is kept alive; the older handler's may take long on a busy machine, and is not waited for."""
        await super().close()
        if self._older is not None:
            await asyncio.wait([asyncio.ensure_future(self._older.close())], timeout=CLOSE_SECONDS)

    @staticmethod
    def _extract_headers(response: _ClientResponse) -> Headers:
        return Headers(list(response.raw_headers))  # bytes, as text made of them need not be UTF-8

    @staticmethod
    def _build_base_response_args(response: _ClientResponse, request: Request, headers: Headers) -> Any:
        found = AiohttpDownloadHandler._build_base_response_args(response, request, headers)
        return {**found, "certificate": list_certificates(response._ssl_object)}


def _build_session(connector: aiohttp.BaseConnector | None) -> aiohttp.ClientSession:
    """Build the session that Scrapy builds, but for the size of headers."""
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        response_class=_ClientResponse,
        skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
        max_line_size=HEADER_BYTES,
        max_field_size=HEADER_BYTES,
        max_headers=HEADERS,
    )


def is_unreadable(fault: BaseException | None) -> bool:
    """Say whether an answer's head could not be parsed."""
    return isinstance(fault, aiohttp.ClientResponseError) and isinstance(fault.__cause__, HttpProcessingError)


def list_certificates(connection: ssl.SSLObject | None) -> list[bytes]:
    """Return the certificates that a server has shown, in DER, its own first; none without TLS."""
    if connection is None:
        return []
    if sys.version_info >= (3, 13):
        return connection.get_unverified_chain()
    shown: Any = connection
    return [certificate.public_bytes(_DER) for certificate in shown._sslobj.get_unverified_chain() or ()]
