"""Connections that are given up before they are of use."""

from __future__ import annotations

from typing import Any

import pytest
from scrapy.core.downloader.handlers.http11 import _TunnelingTCP4ClientEndpoint
from twisted.internet.defer import CancelledError, Deferred
from twisted.internet.protocol import Factory, Protocol
from twisted.internet.testing import MemoryReactor, StringTransport

from crawlers.connections import connect_or_close


def begin(reactor: MemoryReactor) -> Deferred[Any]:
    endpoint = _TunnelingTCP4ClientEndpoint(reactor, b"kabar.example", 443, ("127.0.0.1", 8080, None), None)  # type: ignore[arg-type]
    return connect_or_close(lambda _, way: way.connect(Factory.forProtocol(Protocol)), "key", endpoint)


def proxy_of(reactor: MemoryReactor) -> StringTransport:
    transport = StringTransport()
    reactor.tcpClients[0][2].buildProtocol(None).makeConnection(transport)
    return transport


def test_a_proxy_that_opens_no_tunnel_is_hung_up_on() -> None:
    reactor, faults = MemoryReactor(), list[type[Exception]]()
    made = begin(reactor)
    made.addErrback(lambda failure: faults.append(failure.type))
    transport = proxy_of(reactor)
    assert transport.value().startswith(b"CONNECT kabar.example:443 ")
    made.cancel()
    assert transport.disconnected
    assert faults == [CancelledError]


@pytest.mark.parametrize("early", [True, False])
def test_a_connection_that_is_there_stays(early: bool) -> None:
    connecting: Deferred[str] = Deferred()
    if early:
        connecting.callback("connection")
    made = connect_or_close(lambda *_: connecting, "key", object())
    if not early:
        connecting.callback("connection")
    assert made.result == "connection"
