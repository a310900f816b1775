"""Evidence: pages as they were received, in WARC files that any archive tool reads.

One response, one request and one metadata record per page, each its own gzip member (WARC 1.1, ISO 28500:2017, annex
D), so that a byte offset is enough to read one back. Which page belongs to which article is the store's to know.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParserException
from warcio.warcwriter import WARCWriter

from crawlers.errors import EvidenceError
from crawlers.items import Evidence

MAX_FILE = 256 * 1024 * 1024  # bytes, after which a new file is begun
BROKEN = (
    ArchiveLoadFailed,
    StatusAndHeadersParserException,
    EOFError,
    OSError,
    ValueError,
    AttributeError,
    zlib.error,
)
_NOT_STORED = {"transfer-encoding", "proxy-authorization", "authorization", "cookie", "set-cookie"}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer as received; header names keep their spelling and order."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes  # packed as it came
    request_headers: tuple[tuple[str, str], ...]
    fetched_at: datetime  # aware


def append_exchange(folder: Path, exchange: Exchange, plain: bytes, about: dict[str, str]) -> Evidence:
    """Append one exchange to the month's current file and return where it lies.

    Parameters
    ----------
    plain
        The body as extraction saw it; its SHA-256 is what `verify` compares.
    about
        Name and value of the metadata record's fields (outlet, title ...).

    Raises OSError when the folder cannot be written; a record half written is taken back.
    """
    response, records = _build_records(exchange, about)
    return _store(folder, exchange.url, exchange.fetched_at, response, records, plain)


def append_resource(
    folder: Path, url: str, payload: bytes, content_type: str, when: datetime, about: dict[str, str]
) -> Evidence:
    """Append what was not fetched but handed in, such as a scan: a ``resource`` record. Raises OSError."""
    dated = {"WARC-Date": _stamp(when)}
    resource, resource_id = _write(url, "resource", payload, None, dated, content_type)
    return _store(folder, url, when, resource, _build_metadata(url, about, dated, resource_id), payload)


def _store(folder: Path, url: str, when: datetime, first: bytes, others: bytes, plain: bytes) -> Evidence:
    when = when.astimezone(UTC)
    month = folder / when.strftime("%Y-%m")
    month.mkdir(parents=True, exist_ok=True)
    with (month / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        path = _current_file(month)
        offset = _append(path, (b"" if path.exists() else build_warcinfo(path.name)), first + others)
    return Evidence(
        url=url,
        warc=path.relative_to(folder).as_posix(),
        offset=offset,
        length=len(first),
        sha256=hashlib.sha256(plain).hexdigest(),
        fetched_at=when,
    )


def _stamp(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_exchange(folder: Path, evidence: Evidence) -> tuple[Exchange, bytes]:
    """Read one record back: the exchange (without the request's headers) and the body unpacked.

    Raises EvidenceError when file or record is missing or broken.
    """
    path = folder / evidence.warc
    try:
        with path.open("rb") as file:
            file.seek(evidence.offset)
            member = file.read(evidence.length)
    except OSError as fault:
        raise EvidenceError(f"{evidence.warc}: {fault.strerror}; restore it from a backup") from fault
    records = list(_iter_records(io.BytesIO(member), evidence.warc))
    if len(records) != 1 or records[0][0] != evidence.url:
        raise EvidenceError(f"{evidence.warc} at byte {evidence.offset}: no record of {evidence.url}")
    url, status, headers, plain = records[0]
    return Exchange(url, status, headers, b"", (), evidence.fetched_at), plain


def check_evidence(folder: Path, rows: Iterable[Evidence]) -> Iterator[tuple[Evidence, str]]:
    """Yield every piece of evidence that is missing or altered, with what is wrong."""
    for row in rows:
        try:
            _, plain = read_exchange(folder, row)
        except EvidenceError as fault:
            yield row, str(fault)
            continue
        if hashlib.sha256(plain).hexdigest() != row.sha256:
            yield row, f"{row.warc} at byte {row.offset}: the page is not the one that was stored"


def _build_records(exchange: Exchange, about: dict[str, str]) -> tuple[bytes, bytes]:
    """Return the response record, and request and metadata records, as gzip members."""
    headers = [(n, v) for n, v in exchange.headers if n.lower() not in _NOT_STORED]
    try:
        phrase = HTTPStatus(exchange.status).phrase
    except ValueError:
        phrase = ""
    answer = StatusAndHeaders(f"{exchange.status} {phrase}".strip(), headers, protocol="HTTP/1.1")
    dated = {"WARC-Date": _stamp(exchange.fetched_at)}
    first, response_id = _write(exchange.url, "response", exchange.body, answer, dated)
    path = exchange.url.split("/", 3)[3] if exchange.url.count("/") > 2 else ""
    asked = StatusAndHeaders(
        f"GET /{path} HTTP/1.1", [(n, v) for n, v in exchange.request_headers if n.lower() not in _NOT_STORED]
    )
    linked = {**dated, "WARC-Concurrent-To": response_id}
    request, _ = _write(exchange.url, "request", b"", asked, linked)
    return first, request + _build_metadata(exchange.url, about, dated, response_id)


def _build_metadata(url: str, about: dict[str, str], dated: dict[str, str], record_id: str) -> bytes:
    fields = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in about.items())
    linked = {**dated, "WARC-Refers-To": record_id}
    return _write(url, "metadata", fields.encode(), None, linked, "application/warc-fields")[0]


def _write(
    url: str, kind: str, payload: bytes, http: StatusAndHeaders | None, headers: dict[str, str], content_type: str = ""
) -> tuple[bytes, str]:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="WARC/1.1")
    record = writer.create_warc_record(
        url, kind, payload=io.BytesIO(payload), length=len(payload), http_headers=http, warc_headers_dict=headers,
        warc_content_type=content_type,
    )  # fmt: skip
    writer.write_record(record)
    return buffer.getvalue(), record.rec_headers.get_header("WARC-Record-ID")


def build_warcinfo(name: str) -> bytes:
    """Return the record that opens a file."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="WARC/1.1")
    writer.write_record(writer.create_warcinfo_record(name, {"software": "Pantau", "format": "WARC File Format 1.1"}))
    return buffer.getvalue()


def _current_file(month: Path) -> Path:
    files = sorted(month.glob("pantau-*.warc.gz"))
    number = len(files)
    if not files or files[-1].stat().st_size >= MAX_FILE:
        number += 1
    return month / f"pantau-{month.name}-{number:04d}.warc.gz"


def _append(path: Path, head: bytes, body: bytes) -> int:
    """Write in one call, so that a killed process leaves all of it or nothing; take a partial write back."""
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        size = os.fstat(descriptor).st_size
        written = 0
        try:
            written = os.write(descriptor, head + body)
        finally:
            if written != len(head) + len(body):
                os.ftruncate(descriptor, size)
        if written != len(head) + len(body):
            raise OSError(28, "No space left on device", str(path))
    finally:
        os.close(descriptor)
    return size + len(head)


def _iter_records(file: Any, name: str) -> Iterator[tuple[str, int, tuple[tuple[str, str], ...], bytes]]:
    """Yield the pages of a file: address, status (0 for what was not fetched), headers, unpacked body."""
    try:
        for record in ArchiveIterator(file):
            if record.rec_type not in {"response", "resource"}:
                continue
            http = record.http_headers
            status = http.get_statuscode() if http else ""
            kind = record.rec_headers.get_header("Content-Type") or ""
            yield (
                record.rec_headers.get_header("WARC-Target-URI"),
                int(status) if status and status.isdigit() else 0,
                tuple(http.headers) if http else (("Content-Type", kind),),
                record.content_stream().read(),
            )
    except BROKEN as fault:
        raise EvidenceError(f"{name}: not a readable record ({fault})") from fault
