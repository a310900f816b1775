"""XML of feeds and sitemaps, read as the web writes it: broken is mended, entities are never expanded, gzip is bounded.

Meaning of the elements is left to `feed` and `sitemap`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from lxml import etree

from crawlers.items import Reason
from crawlers.sources.walk import Reply, Trouble

MAX_XML = 50 * 1024 * 1024  # bytes; the sitemap protocol's own bound
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_GZIP = b"\x1f\x8b"


class NotXml(ValueError):
    """The body holds no XML element of the kind looked for."""


def parse_xml(body: bytes) -> etree._Element:
    """Return the root element. Raises NotXml when there is none, or when the body is HTML or too large unpacked."""
    body = _unpack(body).replace(b"\0", b"").lstrip(b"\xef\xbb\xbf \t\r\n")
    if not body.startswith(b"<"):
        raise NotXml("the body does not start with an element")
    # Without their declarations nested entities (CWE-776) are dropped one by one; no feed needs a DTD.
    body = _DOCTYPE.sub(b"", body, count=1)
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise NotXml(str(fault)) from fault
    if root is None or local(root) == "html":
        raise NotXml("no XML root element")
    return root


def check_xml(reply: Reply) -> Iterator[Trouble]:
    """Yield what an operator must know of a body that could be read all the same."""
    if b"<!ENTITY" in reply.body[:4096]:
        yield Trouble(reply.url, Reason.BAD_CONTENT, "declares XML entities; they were not expanded")


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace, in lower case; a blank string for comments."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def texts(element: etree._Element) -> dict[str, str]:
    """Return the text of each child by local name; of several children of one name the first that has text.

    Deeper elements count where no child of that name has text: unclosed tags swallow what follows them.
    """
    found: dict[str, str] = {}
    for child in [*element, *element.iterdescendants()]:
        name = local(child)
        if name and not found.get(name):
            found[name] = "".join(part for part in child.itertext() if isinstance(part, str)).strip()
    return found


def _unpack(body: bytes) -> bytes:
    if not body.startswith(_GZIP):
        return body
    inflater = zlib.decompressobj(wbits=31)
    try:
        plain = inflater.decompress(body, MAX_XML)
    except zlib.error as fault:
        raise NotXml(f"broken gzip: {fault}") from fault
    if inflater.unconsumed_tail:
        raise NotXml(f"unpacks to more than {MAX_XML} bytes")
    return plain
