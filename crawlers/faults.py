"""Turns what went wrong with a request into the one word that is counted: statuses, exceptions, refusals of ours."""

from __future__ import annotations

import os
import re
import ssl

import aiohttp
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from crawlers.items import Reason

TEMPORARY = frozenset(
    {
        Reason.BLOCKED,
        Reason.RATE_LIMITED,
        Reason.HTTP_5XX,
        Reason.TIMEOUT,
        Reason.CONNECTION,
        Reason.OVER_LIMIT,
        Reason.ERROR,
    }
)
UNREADABLE_RULES = "not crawled until it can be read"
_STATUSES = {401: Reason.BLOCKED, 403: Reason.BLOCKED, 404: Reason.GONE, 410: Reason.GONE, 429: Reason.RATE_LIMITED}

_INNER = re.compile(r"<twisted\.python\.failure\.Failure [\w.]+: (.*?)>")  # what Twisted wraps into one another
NO_HOST, NO_TLS = "no such host", "no secure connection"


class Refused(IgnoreRequest):
    """A request that we do not send, or an answer that we do not take, with the reason to count."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason, self.detail = reason, detail


def reason_of_status(status: int) -> Reason | None:
    """Return how an address with this status ends; None for 200 and 304."""
    if status in (200, 203, 304):
        return None
    if status in _STATUSES:
        return _STATUSES[status]
    return Reason.HTTP_5XX if status >= 500 else Reason.HTTP_4XX


def reason_of_exception(fault: BaseException | None) -> tuple[Reason, str]:
    """Return how an address ends whose request raised `fault`, and one line that says why."""
    line = _line_of(fault)
    if isinstance(fault, Refused):
        return fault.reason, fault.detail
    if isinstance(fault, IgnoreRequest):
        if "max redirections" in line:
            return Reason.REDIRECT_LOOP, line
        return (Reason.ROBOTS, line) if "robots.txt" in line else (Reason.ERROR, line)
    if isinstance(fault, DownloadTimeoutError):
        return Reason.TIMEOUT, line
    if isinstance(fault, DownloadCancelledError):
        return Reason.TOO_LARGE, line
    if isinstance(fault, ResponseDataLossError):
        return Reason.BAD_CONTENT, "the answer ended before its announced length"
    if isinstance(fault, CannotResolveHostError):
        return Reason.CONNECTION, f"{NO_HOST}: {line}"
    if isinstance(fault, DownloadConnectionRefusedError | DownloadFailedError | OSError):
        return Reason.CONNECTION, line
    return Reason.ERROR, f"{type(fault).__name__}: {line}"


def _line_of(fault: BaseException | None) -> str:
    """Return what went wrong in one line, without what differs from one attempt to the next."""
    cause, said = fault.__cause__ if fault else None, str(fault)
    if isinstance(cause, aiohttp.ClientHttpProxyError):
        said = f"the proxy answers {cause.status} {cause.message}"
    elif isinstance(cause, aiohttp.ClientResponseError):
        said = f"the answer's head cannot be read: {cause.message.partition(chr(10))[0].rstrip(':')}"
    elif isinstance(cause, aiohttp.ClientConnectorError):
        said = f"{cause.host}: {_words_of(cause.os_error)}"
        said = f"{NO_TLS}: {said}" if isinstance(cause, aiohttp.ClientSSLError) else said
    elif inner := _INNER.search(said):
        said = inner[1]
    return " ".join(said.split())[:200] or type(fault).__name__


def _words_of(fault: OSError) -> str:
    """Return what the system says of a fault, where asyncio only says that a call failed."""
    if (fault.errno or 0) > 0 and not isinstance(fault, ssl.SSLError):  # name services have negative ones
        return os.strerror(fault.errno or 0)
    return fault.strerror or str(fault)


def is_passing(reason: Reason, detail: str = "") -> bool:
    """Say whether another run may well read what ended so."""
    return reason in TEMPORARY or reason is Reason.BAD_CONTENT or UNREADABLE_RULES in detail


def finding_of(reason: Reason, detail: str) -> str:
    """Return the kind of finding that a fault of an outlet is: mostly the word that is counted."""
    if reason is Reason.CONNECTION:
        return "dns" if NO_HOST in detail else "certificate" if NO_TLS in detail else reason.value
    return reason.value
