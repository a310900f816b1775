"""Scrapy's HTTP handler with a quiet end, no connection left behind, and an eye on the certificates that it is shown.

On a busy machine, closing many crawlers raced with its own timeout. What certificates are worth is `certificates`'.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from OpenSSL import SSL, crypto
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

from crawlers.certificates import Certificates, Chain

CLOSE_SECONDS = 1.0


class Handler(HTTP11DownloadHandler):
    """Closes its kept-alive connections, and waits for that no longer than `CLOSE_SECONDS`."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._contextFactory: Any = _Policy(self._contextFactory, crawler)
        connect = partial(connect_or_close, self._pool._newConnection)
        self._pool._newConnection = connect  # type: ignore[method-assign]

    async def close(self) -> None:
        """Close the pool."""
        closing = asyncio.ensure_future(maybe_deferred_to_future(self._pool.closeCachedConnections()))  # type: ignore[no-untyped-call]
        await asyncio.wait([closing], timeout=CLOSE_SECONDS)


def connect_or_close(connect: Callable[[Any, Any], Deferred[Any]], key: Any, endpoint: Any) -> Deferred[Any]:
    """Connect; given up meanwhile, close also a connection to a proxy that has not opened its tunnel yet.

    Scrapy's endpoint leaves that one open for as long as the proxy likes, beside the next one.
    """

    def close(_: Deferred[Any]) -> None:
        connecting.cancel()
        opened = getattr(endpoint, "_protocol", None)  # set once the proxy was asked for a tunnel
        if opened is not None and opened.transport is not None:
            opened.transport.abortConnection()

    connecting, made = connect(key, endpoint), Deferred[Any](close)
    connecting.chainDeferred(made)
    return made


@implementer(IPolicyForHTTPS)
class _Policy:
    """Scrapy's policy, which takes every certificate; which ones they were is kept for `Certificates`."""

    def __init__(self, policy: Any, crawler: Crawler) -> None:
        self.policy, self.crawler = policy, crawler

    def creatorForNetloc(self, hostname: bytes, port: int) -> _Creator:
        creator = self.policy.creatorForNetloc(hostname, port)
        looks = self.crawler.get_downloader_middleware(Certificates)
        return _Creator(creator, {} if looks is None else looks.chains.setdefault(hostname.decode("ascii"), {}))


@implementer(IOpenSSLClientConnectionCreator)
class _Creator:
    def __init__(self, creator: Any, chain: Chain) -> None:
        self.creator, self.chain = creator, chain

    def clientConnectionForTLS(self, protocol: Any) -> SSL.Connection:
        connection: SSL.Connection = self.creator.clientConnectionForTLS(protocol)
        connection.set_verify(SSL.VERIFY_PEER, self._take)
        return connection

    def _take(self, _: SSL.Connection, certificate: crypto.X509, _error: int, depth: int, _ok: int) -> bool:
        self.chain[depth] = certificate
        return True
