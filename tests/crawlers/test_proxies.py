"""Which way a request goes: the same as with Scrapy's own middleware, asked twice."""

from __future__ import annotations

from typing import Any

import pytest
from scrapy import Request
from scrapy.downloadermiddlewares.httpproxy import HttpProxyMiddleware

from crawlers.proxies import Proxies

ADDRESSES = (
    "http://kabar.example/x",
    "https://kabar.example/",
    "http://kabar.example:81/",
    "http://direct.example/",
    "https://x.inside.example/",
)
METAS: tuple[dict[str, Any], ...] = ({}, {"proxy": None}, {"proxy": "http://z:1"}, {"_auth_proxy": "http://old:1"})


def way(middleware: HttpProxyMiddleware, url: str, meta: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    request = Request(url, meta=dict(meta), headers={"Proxy-Authorization": "Basic x"} if "_auth_proxy" in meta else {})
    middleware.process_request(request)
    return dict(request.meta), request.headers.to_string()


@pytest.mark.parametrize("proxies", ["both", "one", "none"])
def test_requests_go_the_way_that_scrapys_own_middleware_sends_them(
    monkeypatch: pytest.MonkeyPatch, proxies: str
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    if proxies != "none":
        monkeypatch.setenv("http_proxy", "http://user:word@proxy.example:9")
    if proxies == "both":
        monkeypatch.setenv("https_proxy", "http://proxy.example:8")
    monkeypatch.setenv("no_proxy", "direct.example,.inside.example")
    theirs, ours = HttpProxyMiddleware(), Proxies()
    for url in ADDRESSES:
        for meta in METAS:
            expected = way(theirs, url, meta)
            assert way(ours, url, meta) == expected
            assert way(ours, url, meta) == expected
    assert ("proxy" in way(ours, ADDRESSES[0], {})[0]) == (proxies != "none")
