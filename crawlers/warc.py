"""Writes single WARC records as gzip members (WARC 1.1, ISO 28500:2017, annex D); knows nothing of files.

Plain bytes put together at once: a general writer's streams cost more than the whole of bare downloading per page.
What is read back goes through warcio, which the tests hold this against.
"""

from __future__ import annotations

import base64
import hashlib
import uuid
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from http import HTTPStatus

Headers = Iterable[tuple[str, str]]
_WHOLE = (31, 8)  # zlib's window bits of a gzip member, and its own choice of how much it keeps in mind
_LITTLE = (28, 5)  # the same for few bytes: to make room for more takes three times as long as to pack them
_FEW = 4096
_LEVEL = 4  # a third of the time of 6 for one hundredth more bytes
_PACKED = (b"\x1f\x8b",)  # how a body begins that packing again makes no smaller


def build_record(
    kind: str, url: str, body: bytes, content_type: str, about: Headers, http: bytes = b""
) -> tuple[bytes, str]:
    """Return a record as one gzip member, and its id.

    Parameters
    ----------
    body
        The payload; of a request or response, what follows the HTTP headers.
    about
        Further named fields: date, the record that this one belongs to.
    http
        Status or request line and headers, with the blank line.
    """
    record_id = f"<urn:uuid:{uuid.uuid4()}>"
    block = hashlib.sha1(http, usedforsecurity=False)
    block.update(body)
    payload = hashlib.sha1(body, usedforsecurity=False) if http else block
    fields = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", record_id),
        *([("WARC-Target-URI", url), ("WARC-Payload-Digest", _digest(payload.digest()))] if url else []),
        *about,
        ("WARC-Block-Digest", _digest(block.digest())),
        ("Content-Type", content_type),
        ("Content-Length", str(len(http) + len(body))),
    ]
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields) + "\r\n"
    return _pack((head.encode(), http, body, b"\r\n\r\n"), 0 if body.startswith(_PACKED) else _LEVEL), record_id


def build_exchange(
    url: str, status: int, headers: Headers, body: bytes, request_headers: Headers, when: datetime
) -> tuple[bytes, bytes, str]:
    """Return the records of an answer and of the request for it, and the id of the former."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = ""
    dated = ("WARC-Date", stamp(when))
    answer = _http(f"HTTP/1.1 {status} {phrase}".rstrip(), headers)
    first, first_id = build_record("response", url, body, "application/http; msgtype=response", [dated], answer)
    path = url.split("/", 3)[3] if url.count("/") > 2 else ""
    asked = _http(f"GET /{path} HTTP/1.1", request_headers)
    linked = [dated, ("WARC-Concurrent-To", first_id)]
    request, _ = build_record("request", url, b"", "application/http; msgtype=request", linked, asked)
    return first, request, first_id


def build_metadata(url: str, fields: Headers, record_id: str, when: datetime) -> bytes:
    """Return the record that says something of another one."""
    lines = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in fields)
    linked = [("WARC-Date", stamp(when)), ("WARC-Refers-To", record_id)]
    return build_record("metadata", url, lines.encode(), "application/warc-fields", linked)[0]


def build_warcinfo(name: str) -> bytes:
    """Return the record that opens a file."""
    lines = b"software: Pantau\r\nformat: WARC File Format 1.1\r\n"
    fields = [("WARC-Date", stamp(datetime.now(UTC))), ("WARC-Filename", name)]
    return build_record("warcinfo", "", lines, "application/warc-fields", fields)[0]


def stamp(when: datetime) -> str:
    """Return a time as records carry it."""
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _http(line: str, headers: Headers) -> bytes:
    # header bytes are handed about as Latin-1, which gives them back as they came
    return "".join([f"{line}\r\n", *(f"{n}: {v}\r\n" for n, v in headers), "\r\n"]).encode("latin-1", "replace")


@lru_cache(8)  # block and payload are often the same, and requests have none
def _digest(value: bytes) -> str:
    return "sha1:" + base64.b32encode(value).decode()


def _pack(parts: Iterable[bytes], level: int) -> bytes:
    body = b"".join(parts)
    packer = zlib.compressobj(level, zlib.DEFLATED, *(_LITTLE if level == 0 or len(body) <= _FEW else _WHOLE))
    return packer.compress(body) + packer.flush()
