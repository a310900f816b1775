"""Scrapy's way through the proxies of the environment, which is asked once for each host, not for each request."""

from __future__ import annotations

from urllib.request import proxy_bypass

from scrapy import Request
from scrapy.downloadermiddlewares.httpproxy import HttpProxyMiddleware
from scrapy.utils.httpobj import urlparse_cached


class Proxies(HttpProxyMiddleware):
    """Downloader middleware: sends requests through the proxy for their scheme, unless ``no_proxy`` names the host."""

    def __init__(self, auth_encoding: str | None = "latin-1") -> None:
        super().__init__(auth_encoding)
        self.direct: dict[str, bool] = {}  # by host

    def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Choose the proxy of a request that names none itself."""
        if "proxy" in request.meta or not self.proxies:
            super().process_request(request)
            return
        parts = urlparse_cached(request)
        host = parts.hostname or ""
        if host not in self.direct:
            self.direct[host] = not host or bool(proxy_bypass(host))
        if self.direct[host] or parts.scheme not in self.proxies:
            self._set_proxy_and_creds(request, None, None, None)
        else:
            credentials, url = self.proxies[parts.scheme]
            self._set_proxy_and_creds(request, url, credentials, parts.scheme)
