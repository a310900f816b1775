"""Bytes of a page to text: which encoding is it really, and is it a page at all.

A server's charset is often wrong (windows-1252 bytes under a utf-8 header), so bytes that are valid UTF-8 are taken
as such whatever is claimed. Undoing the transfer's compression is the crawl's business.
"""

from __future__ import annotations

import codecs
import re

MAX_BYTES = 4_000_000  # what is read of a page: real articles end long before, and parsing must stay bounded
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,30})|<\?xml[^>]{0,80}encoding=[\"']([\w:.-]{2,30})", re.I
)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_MARK = "\ufeff"  # of the order of bytes, which some pages hold further down too
_MAGIC = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"\x00\x00\x00\x18ftyp")
_NO_PAGE = re.compile(
    r"\s*(?:image|video|audio|font)/|\s*application/(?:json|pdf|zip|octet-stream|javascript|ms)", re.I
)
# C1 controls never stand in text; under a claim of iso-8859-1 they are windows-1252's quotes (WHATWG Encoding, 4.2)
_LATIN = {"iso-8859-1", "iso8859-1", "latin-1", "latin1", "ascii", "us-ascii", "windows-1252", "cp1252"}


def decode_page(body: bytes, content_type: str | None) -> str | None:
    """Return the page's text without NUL, at most `MAX_BYTES` of it; None for bytes that are no text (PDF, image)."""
    return decode_both(body, content_type)[0]


def decode_both(body: bytes, content_type: str | None) -> tuple[str | None, bytes | None]:
    """Return the text of `decode_page`, and the bytes that are its UTF-8 where nothing had to be done to them."""
    if body.startswith(_MAGIC) or (_NO_PAGE.match(content_type or "") and body.lstrip()[:1] != b"<"):
        return None, None
    cut = body[:MAX_BYTES]
    for mark, name in _BOMS:
        if cut.startswith(mark):
            return _clean(cut[len(mark) :].decode(name, "replace")), None
    try:
        text = cut.decode("utf-8")
        if b"\0" in cut or _MARK in text:  # NUL is found many times faster among bytes
            return _clean(text), None
        return text, cut
    except UnicodeDecodeError as fault:
        # a character cut in half at the bound, or a few broken bytes in a page that is UTF-8 otherwise
        if fault.start >= len(cut) - 4 or _is_mostly_utf8(cut):
            return _clean(cut.decode("utf-8", "replace")), None
    name = _declared_charset(cut, content_type)
    return _clean(cut.decode(name, "replace")), None


def _declared_charset(body: bytes, content_type: str | None) -> str:
    claims = re.findall(r"charset\s*=\s*[\"']?([\w:.-]+)", content_type or "", re.I)
    if match := _DECLARED.search(body[:4096]):
        claims.append((match[1] or match[2]).decode("ascii", "ignore"))
    for claim in claims:
        try:
            name = codecs.lookup(claim).name
        except LookupError:
            continue
        if name != "utf-8":  # refuted by the bytes
            return "cp1252" if name in _LATIN else name
    return "cp1252"


def _is_mostly_utf8(body: bytes) -> bool:
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for c in text[:200_000] if "\x7f" < c != "\ufffd")
    return broken * 10 < whole


def _clean(text: str) -> str:
    for mark in ("\x00", _MARK):
        if mark in text:  # looked for many times faster than replaced
            text = text.replace(mark, "")
    return text
