"""Scrapy's HTTP handler with a quiet end: on a busy machine, closing many crawlers raced with its own timeout."""

from __future__ import annotations

import asyncio

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.utils.defer import maybe_deferred_to_future

CLOSE_SECONDS = 1.0


class Handler(HTTP11DownloadHandler):
    """Closes its kept-alive connections, and waits for that no longer than `CLOSE_SECONDS`."""

    async def close(self) -> None:
        """Close the pool."""
        closing = asyncio.ensure_future(maybe_deferred_to_future(self._pool.closeCachedConnections()))  # type: ignore[no-untyped-call]
        await asyncio.wait([closing], timeout=CLOSE_SECONDS)
