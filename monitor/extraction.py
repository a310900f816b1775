"""One page, from a file, an address or standard input, as an article; nothing is stored.

Extraction is ``crawlers.extract``'s. A page is fetched once, by the operator's own wish, if the site's robots.txt
lets us.
"""

from __future__ import annotations

import ssl
import sys
from datetime import datetime
from email.message import Message
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import HTTPSHandler, ProxyHandler, Request, build_opener

from protego import Protego
from w3lib.url import safe_url_string

from crawlers.agent import AGENT, build_user_agent
from crawlers.extract.page import Extraction, Page, extract_page
from crawlers.loader import find_owner
from monitor.clock import find_now
from monitor.config import Config
from monitor.errors import InputError, JobError, NoWebAddress
from monitor.office import Office

MOST_BYTES = 8 * 1024 * 1024


def extract_article(office: Office, target: str, url: str | None) -> dict[str, Any]:
    """Return the article of a saved page, of an address or of standard input (``-``); ``problem`` says why it is none.

    Raises InputError for a file that cannot be read, JobError for a page that cannot be fetched.
    """
    page = load_page(target, url, office.config)
    recipe = find_owner(office.recipes, urlsplit(page.url).hostname or "")
    return _publish(page, extract_page(page, recipe), recipe.id if recipe else None)


def load_page(target: str, url: str | None, config: Config) -> Page:
    """Read the page named on the command line. Raises InputError, JobError."""
    if target.startswith(("http://", "https://")):
        return fetch_page(make_safe(target), config)
    url = url and make_safe(url)
    if target == "-":
        return Page(url or "", sys.stdin.buffer.read(MOST_BYTES), None, find_now())
    try:
        return Page(url or "", Path(target).read_bytes()[:MOST_BYTES], None, find_now())
    except OSError as error:
        raise InputError(
            f"{target} cannot be read ({error.strerror}): give a saved page, an address with https://, or -"
        ) from None


def make_safe(url: str) -> str:
    """Return a web address as it is asked for, percent-encoded where it must be. Raises NoWebAddress."""
    try:
        safe: str = safe_url_string(url)
        known = urlsplit(safe).hostname and urlsplit(safe).port != 0
    except ValueError:
        known = False
    if not known:
        raise NoWebAddress(url)
    return safe


def fetch_page(url: str, config: Config) -> Page:
    """Fetch one page through the environment's proxies. Raises JobError when robots.txt or the server refuses it."""
    parts = urlsplit(url)
    robots, _, _ = _fetch(urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", "")), config, missing=b"")
    if not Protego.parse(robots.decode("utf-8", "replace")).can_fetch(url, AGENT):
        raise JobError(
            f"{parts.netloc} does not want {url} to be fetched (robots.txt): "
            "save the page in a browser and give the file with --url"
        )
    body, headers, final = _fetch(url, config)
    return Page(final, body, headers.get("Content-Type"), find_now())


def _fetch(url: str, config: Config, missing: bytes | None = None) -> tuple[bytes, Message, str]:
    # Certificates are not verified, as in the crawl: many local outlets let theirs lapse, and nothing secret is sent.
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    opener = build_opener(ProxyHandler(), HTTPSHandler(context=context))
    request = Request(url, headers={"User-Agent": build_user_agent(config.contact)})
    try:
        with opener.open(request, timeout=config.timeout) as answer:
            return answer.read(MOST_BYTES), answer.headers, answer.url
    except HTTPError as error:
        error.close()
        if missing is not None and error.code < 500:
            return missing, Message(), url
        raise JobError(f"{url} cannot be fetched: the server answered {error.code} {error.reason}") from None
    except (URLError, TimeoutError, ConnectionError, HTTPException) as error:
        raise JobError(f"{url} cannot be fetched: {getattr(error, 'reason', None) or repr(error)}") from None


def _publish(page: Page, found: Extraction, outlet: str | None) -> dict[str, Any]:
    def moment(value: datetime | None) -> str | None:
        return value.isoformat() if value else None

    return {
        "url": found.canonical_url or page.url or None,
        "outlet": outlet or (urlsplit(page.url).hostname or "").removeprefix("www.") or None,
        "title": found.title,
        "byline": found.byline,
        "editor": found.editor,
        "section": found.section,
        "published_at": moment(found.published_at),
        "modified_at": moment(found.modified_at),
        "text": found.text,
        "captions": list(found.captions),
        "credit": found.credit,
        "markers": list(found.markers),
        "extractor": found.extractor,
        "fields": found.fields,
        "fallback": found.fallback,
        "problem": found.problem.value if found.problem else None,
        "detail": found.detail,
    }
