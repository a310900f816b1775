"""Content codings of HTTP bodies: taken off with a bound, truncation noticed. Knows no Scrapy: evidence reads them too.

Asked for are only those that every reader of WARC files unpacks; some servers send others all the same.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable
from typing import Any

import brotli  # type: ignore[import-untyped]

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPTED = "gzip, deflate"
_WBITS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
_PIECE = 1 << 16


class BadCoding(ValueError):
    """A body that cannot be unpacked, or (`too_large`) that must not be."""

    def __init__(self, detail: str, *, too_large: bool = False) -> None:
        super().__init__(detail)
        self.too_large = too_large


def list_encodings(header: str) -> tuple[str, ...]:
    """Return the codings that a Content-Encoding header names, in the order in which they were put on."""
    names = (part.strip().lower() for part in header.split(","))
    return tuple(name for name in names if name and name != "identity")


def unpack_all(body: bytes, encodings: tuple[str, ...], most: int) -> bytes:
    """Return a body with all its codings taken off, the last one first. Raises BadCoding."""
    for encoding in reversed(encodings):
        body = unpack(body, encoding, most)
    return body


def unpack(body: bytes, encoding: str, most: int) -> bytes:
    """Return a body unpacked, at most `most` bytes. Raises BadCoding: broken, cut, too large, an unknown coding."""
    if reader := _READERS.get(encoding):
        return _unpack_pieces(reader(), body, encoding, most)
    if encoding not in _WBITS:
        raise BadCoding(f"packed as {encoding[:40]}, which was not asked for")
    inflater = zlib.decompressobj(_WBITS[encoding])
    try:
        plain = inflater.decompress(body, most)
    except zlib.error as fault:
        if encoding == "deflate":  # many servers send raw deflate (RFC 1951) under this name
            return _unpack_raw(body, most)
        raise BadCoding(f"broken {encoding}: {fault}") from fault
    return _whole(inflater, plain, encoding, most)


def _unpack_raw(body: bytes, most: int) -> bytes:
    inflater = zlib.decompressobj(-15)
    try:
        plain = inflater.decompress(body, most)
    except zlib.error as fault:
        raise BadCoding(f"broken deflate: {fault}") from fault
    return _whole(inflater, plain, "deflate", most)


def _whole(inflater: zlib._Decompress, plain: bytes, encoding: str, most: int) -> bytes:
    if inflater.unconsumed_tail:
        raise BadCoding(f"unpacks to more than {most} bytes", too_large=True)
    if not inflater.eof:
        raise BadCoding(f"the {encoding} body is cut off")
    return plain


class _Brotli:
    """Brotli's decompressor with the interface of the others."""

    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    @property
    def eof(self) -> bool:
        return bool(self._inner.is_finished())

    @property
    def needs_input(self) -> bool:
        return bool(self._inner.can_accept_more_data())

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return bytes(self._inner.process(data, output_buffer_limit=max_length))


_READERS: dict[str, Callable[[], Any]] = {"br": _Brotli, "zstd": zstd.ZstdDecompressor}


def _unpack_pieces(reader: Any, body: bytes, encoding: str, most: int) -> bytes:
    """Unpack piece by piece, so that a bomb ends at the bound."""
    pieces, size, fed = [], 0, body
    try:
        while not reader.eof:
            piece = reader.decompress(fed, max_length=_PIECE)
            pieces.append(piece)
            size, fed = size + len(piece), b""
            if size > most:
                raise BadCoding(f"unpacks to more than {most} bytes", too_large=True)
            if not piece and reader.needs_input and not reader.eof:
                raise BadCoding(f"the {encoding} body is cut off")
    except (brotli.error, zstd.ZstdError, EOFError) as fault:
        raise BadCoding(f"broken {encoding}: {fault}") from fault
    return b"".join(pieces)
