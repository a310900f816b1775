"""Hosts of this machine and its network are known, however they are spelt; behind a proxy by their spelling only."""

from __future__ import annotations

import asyncio
import socket

import pytest

from crawlers.inside import is_inside, is_public


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True),
        ("127.0.0.1", False), ("10.1.2.3", False), ("192.168.1.1", False), ("169.254.169.254", False),
        ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("::1", False), ("fe80::1%eth0", False),
        ("::ffff:127.0.0.1", False), ("2002:7f00:1::", False), ("[::1]", False),
    ],
)  # fmt: skip
def test_public_addresses_are_told_from_others(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a network without proxies, of three names."""
    known = {"luar.example": ["93.184.216.34"], "dalam.example": ["93.184.216.34", "10.0.0.7"], "127.1": ["127.0.0.1"]}

    def look_up(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        if host not in known:
            raise socket.gaierror
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0)) for address in known[host]]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    for name in ("http_proxy", "https_proxy", "no_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize(
    ("host", "inside"),
    [
        ("luar.example", False), ("dalam.example", True), ("127.1", True), ("localhost", True), ("a.localhost.", True),
        ("10.0.0.7", True), ("tidak-ada.example", False),
    ],
)  # fmt: skip
def test_hosts_are_looked_up(host: str, inside: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    assert asyncio.run(is_inside(host, "http")) is inside


@pytest.mark.usefixtures("names")
def test_behind_a_proxy_names_are_its_business(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:3128")
    monkeypatch.setenv("no_proxy", "dalam.example")
    assert not asyncio.run(is_inside("127.1", "http"))
    assert asyncio.run(is_inside("127.1", "https"))
    assert asyncio.run(is_inside("dalam.example", "http"))
    assert asyncio.run(is_inside("169.254.169.254", "http"))
