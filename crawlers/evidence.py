"""Evidence: pages as they were received, in WARC files that any archive tool reads.

One response, one request and one metadata record per page, each its own gzip member (see ``warc``), so that a byte
offset is enough to read one back. Which page belongs to which article is the store's to know.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import io
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from crawlers.codings import list_encodings, unpack_all
from crawlers.errors import EvidenceError
from crawlers.items import Evidence
from crawlers.warc import build_exchange, build_metadata, build_record, build_warcinfo, stamp

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
PAGES = frozenset({"response", "resource"})  # types of the records that hold one, fetched or handed in
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
    headers, asked = _storable(exchange.headers), _storable(exchange.request_headers)
    url, when = exchange.url, exchange.fetched_at
    response, request, record_id = build_exchange(url, exchange.status, headers, exchange.body, asked, when)
    return _store(folder, url, when, response, request + build_metadata(url, about.items(), record_id, when), plain)


def append_resource(
    folder: Path, url: str, payload: bytes, content_type: str, when: datetime, about: dict[str, str]
) -> Evidence:
    """Append what was not fetched but handed in, such as a scan: a ``resource`` record. Raises OSError."""
    resource, record_id = build_record("resource", url, payload, content_type, [("WARC-Date", stamp(when))])
    return _store(folder, url, when, resource, build_metadata(url, about.items(), record_id, when), payload)


def _store(folder: Path, url: str, when: datetime, first: bytes, others: bytes, plain: bytes) -> Evidence:
    when = when.astimezone(UTC)
    month = folder / f"{when.year}-{when.month:02}"
    lock = _open_lock(month)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        path = _current_file(month)
        offset = _append(path, first + others)
    finally:
        os.close(lock)
    return Evidence(url, f"{month.name}/{path.name}", offset, len(first), hashlib.sha256(plain).hexdigest(), when)


def _open_lock(month: Path) -> int:
    try:
        return os.open(month / ".lock", os.O_WRONLY | os.O_CREAT, 0o644)
    except FileNotFoundError:
        month.mkdir(parents=True, exist_ok=True)
        return os.open(month / ".lock", os.O_WRONLY | os.O_CREAT, 0o644)


def _storable(headers: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in _NOT_STORED]


def read_exchange(folder: Path, evidence: Evidence) -> tuple[Exchange, bytes]:
    """Read one record back: the exchange (without the request's headers) and the body unpacked.

    Raises EvidenceError when file or record is missing or broken.
    """
    where = f"{evidence.warc} at byte {evidence.offset}"
    try:
        with (folder / evidence.warc).open("rb") as file:
            file.seek(evidence.offset)
            member = file.read(evidence.length)
    except OSError as fault:
        raise EvidenceError(f"{evidence.warc}: {fault.strerror}; restore it from a backup") from fault
    inflater = zlib.decompressobj(31)
    try:
        record = next(ArchiveIterator(io.BytesIO(inflater.decompress(member))))
        url, http = record.rec_headers.get_header("WARC-Target-URI"), record.http_headers
        plain = _read_plain(record, http)
    except (StopIteration, *BROKEN) as fault:
        raise EvidenceError(f"{where}: not a readable record ({fault})") from fault
    whole = inflater.eof and not inflater.unused_data  # else the file was cut, or another record lies there now
    if not whole or record.rec_type not in PAGES or url != evidence.url:
        raise EvidenceError(f"{where}: no record of {evidence.url}")
    status = http.get_statuscode() if http else ""
    headers = tuple(http.headers) if http else (("Content-Type", record.rec_headers.get_header("Content-Type") or ""),)
    code = int(status) if status and status.isdigit() else 0  # of what was not fetched
    return Exchange(url, code, headers, b"", (), evidence.fetched_at), plain


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


def _current_file(month: Path) -> Path:
    """Return the file of a month to append to, which may be yet to be begun."""
    files = sorted(month.glob("pantau-*.warc.gz"))
    if files and files[-1].stat().st_size < MAX_FILE:
        return files[-1]
    return month / f"pantau-{month.name}-{len(files) + 1:04d}.warc.gz"


def _append(path: Path, body: bytes) -> int:
    """Write in one call, so that a killed process leaves all of it or nothing; take a partial write back.

    A file without anything in it, new or left by such a write, begins with its warcinfo.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        size = os.fstat(descriptor).st_size
        head = b"" if size else build_warcinfo(path.name)
        written = 0
        try:
            written = os.write(descriptor, head + body)
        finally:
            if written != len(head) + len(body):
                os.ftruncate(descriptor, size)
        if written != len(head) + len(body):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
    finally:
        os.close(descriptor)
    return size + len(head)


def _read_plain(record: Any, http: Any) -> bytes:
    """Return a record's body unpacked as extraction saw it, with the codings that were sent without being asked for."""
    packed: bytes = record.raw_stream.read()
    codings = [value for name, value in http.headers if name.lower() == "content-encoding"] if http else []
    return unpack_all(packed, list_encodings(",".join(codings)), MAX_FILE) if packed else packed
