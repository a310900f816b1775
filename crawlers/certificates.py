"""Certificates of the sites that are read: one that ran out, is another site's or is signed by nobody trusted is told.

Such a site is read all the same, as its readers do; a press office must not lose it for that. Behind a proxy only a
certificate that signs itself is told: a proxy that looks into the traffic shows certificates of its own making.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Self

import certifi
from cryptography import x509
from OpenSSL import crypto
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

ALL_THE_SAME = "its articles are read all the same"
_SELF_SIGNED = (18, 19)  # X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN
_UNKNOWN = (2, 20, 21)  # ..._UNABLE_TO_GET_ISSUER_CERT, its _LOCALLY, ..._UNABLE_TO_VERIFY_LEAF_SIGNATURE


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
        if not response.certificate:
            return response
        host = urlparse_cached(request).hostname or ""
        if host in self.seen:
            return response
        self.seen.add(host)
        spider: Any = self.crawler.spider
        try:
            shown, *others = map(x509.load_der_x509_certificate, response.certificate)
            fault = check_certificate(shown, host, datetime.now(UTC))
            if not fault and (not request.meta.get("proxy") or shown.issuer == shown.subject):
                fault = check_chain(shown, others)
        except (ValueError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType) as error:
            fault = f"the certificate cannot be read ({error})"
        if fault:
            spider.ledger.find("certificate", f"{host}: {fault}; {ALL_THE_SAME}")
        return response


def check_certificate(shown: x509.Certificate, host: str, now: datetime) -> str:
    """Return what is wrong with a certificate; empty when nothing is. Raises what x509 does of a broken one."""
    if shown.not_valid_after_utc < now:
        return f"the certificate ran out on {shown.not_valid_after_utc.date()}"
    if shown.not_valid_before_utc > now:
        return f"the certificate is not valid before {shown.not_valid_before_utc.date()}"
    try:
        names = shown.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        known = [*names.get_values_for_type(x509.DNSName), *map(str, names.get_values_for_type(x509.IPAddress))]
    except x509.ExtensionNotFound:
        known = []
    if not covers(known, host):
        return f"the certificate is that of {', '.join(known[:3]) or 'no site'}"
    return ""


def covers(names: Iterable[str], host: str) -> bool:
    """Say whether a certificate of these names is one of `host` (RFC 6125: a star stands for one label)."""
    parent = host.partition(".")[2]
    return any(name.lower() in (host, f"*.{parent}") for name in names)


def check_chain(shown: x509.Certificate, others: Iterable[x509.Certificate]) -> str:
    """Return why a certificate, sent with `others`, leads to nobody whom this machine trusts; empty when it does."""
    sent = [crypto.X509.from_cryptography(certificate) for certificate in others]
    try:
        crypto.X509StoreContext(load_authorities(), crypto.X509.from_cryptography(shown), sent).verify_certificate()
    except crypto.X509StoreContextError as fault:
        code, _, words = fault.errors
        if code in _SELF_SIGNED:
            return "the certificate is signed by nobody but itself"
        if code in _UNKNOWN:
            return "the certificate is signed by nobody whom this machine trusts, or its signer's was not sent along"
        return f"the certificate is not to be trusted ({words})"
    return ""


@lru_cache(maxsize=1)
def load_authorities() -> crypto.X509Store:
    """Return the authorities that this machine trusts, and those of browsers as few machines are kept up to date."""
    paths, store = ssl.get_default_verify_paths(), crypto.X509Store()
    for file, folder in ((paths.cafile, paths.capath), (certifi.where(), None)):
        with suppress(crypto.Error):  # one of them is enough
            store.load_locations(file, folder)
    return store
