"""Certificates of the sites that are read: who let one run out, or shows one that is another site's, becomes a finding.

Such a site is read all the same, as its readers do; a press office must not lose it for that. Whether an authority that
browsers know has signed is not checked: behind a proxy on this machine it never has.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Self

from cryptography import x509
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached


class Certificates:
    """Downloader middleware: looks at the certificate of each host once."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.seen: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build for one crawler, which is one outlet."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Hand the answer on; tell the ledger of a certificate that is not as it should be."""
        host = urlparse_cached(request).hostname or ""
        if response.certificate is None or host in self.seen:
            return response
        self.seen.add(host)
        spider: Any = self.crawler.spider
        try:
            fault = check_certificate(response.certificate.original.to_cryptography(), host, datetime.now(UTC))
        except (ValueError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType) as error:
            fault = f"the certificate cannot be read ({error}); its articles are read all the same"
        if fault:
            spider.ledger.find("certificate", f"{host}: {fault}")
        return response


def check_certificate(shown: x509.Certificate, host: str, now: datetime) -> str:
    """Return what is wrong with a certificate; empty when nothing is. Raises what x509 does of a broken one."""
    if shown.not_valid_after_utc < now:
        return f"the certificate ran out on {shown.not_valid_after_utc.date()}; its articles are read all the same"
    try:
        names = shown.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        known = [*names.get_values_for_type(x509.DNSName), *map(str, names.get_values_for_type(x509.IPAddress))]
    except x509.ExtensionNotFound:
        known = []
    if not covers(known, host):
        return f"the certificate is that of {', '.join(known[:3]) or 'no site'}; its articles are read all the same"
    return ""


def covers(names: Iterable[str], host: str) -> bool:
    """Say whether a certificate of these names is one of `host` (RFC 6125: a star stands for one label)."""
    parent = host.partition(".")[2]
    return any(name.lower() in (host, f"*.{parent}") for name in names)
