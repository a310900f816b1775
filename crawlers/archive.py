"""The evidence folder as a whole: every record checked, an article's further pages found, parts copied out.

Writing and reading single records is ``evidence``'s.
"""

from __future__ import annotations

import io
import mmap
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator

from crawlers.errors import EvidenceError
from crawlers.evidence import BROKEN, PAGES
from crawlers.items import Evidence
from crawlers.warc import build_warcinfo

_MOSTPAGES = 20  # of one article, more than a crawl reads
_CHUNK = 1 << 20
_PIECE = 1 << 16
_GZIP = b"\x1f\x8b\x08\x00"  # begins every member that we write


@dataclass(frozen=True, slots=True)
class Member:
    """One record of a file: its kind, address, place, and, of a page, the article it was fetched for."""

    kind: str
    url: str
    offset: int  # bytes
    length: int  # bytes
    about: dict[str, str]  # fields of a metadata record


def check_files(folder: Path) -> Iterator[tuple[str, int, str]]:
    """Read every file to its end; yield file, byte offset and fault of each record that is broken or altered.

    Digests are those that the records carry themselves (WARC-Block-Digest, WARC-Payload-Digest), so that requests and
    metadata are covered too, which the store does not know. A page whose request or metadata is not there is told
    as well, an article's page that is missing beside its others, and a file that does not begin with its warcinfo.
    """
    readings: dict[str, Reading] = {}
    for path in sorted(folder.glob("*/*.warc.gz")):
        name = path.relative_to(folder).as_posix()
        if not path.stat().st_size:
            yield name, 0, "the file is blank"
            continue
        company = Company()
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            for offset, plain in _iter_plain(data):
                if plain is None:
                    company.forgive()
                    yield name, offset, "the record is broken or cut off"
                elif fault := _check_digests(plain):
                    company.forgive()
                    yield name, offset, fault
                else:
                    yield from ((name, at, fault) for at, fault in company.meet(offset, plain))
                    _note_page(readings, name, offset, plain)
        yield from ((name, at, fault) for at, fault in company.tell_missing())
    for reading in readings.values():
        if missing := sorted(set(range(1, reading.pages + 1)) - reading.met):
            named = ", ".join(map(str, missing))
            yield reading.file, reading.offset, f"page {named} of {reading.pages} of the same article is missing"


@dataclass(slots=True)
class Reading:
    """The pages of one article as they were read together; file and offset are those of the last one's metadata."""

    pages: int
    file: str
    offset: int
    met: set[int]


def _note_page(readings: dict[str, Reading], file: str, offset: int, plain: bytes) -> None:
    """Take note of which page a metadata record speaks of; of single pages there is nothing to miss."""
    head, _, body = plain.partition(b"\r\n\r\n")
    if b"\r\nWARC-Type: metadata\r\n" not in head:
        return
    about = _read_fields(body)
    page, _, pages = about.get("page", "").partition(" of ")
    if page.isdigit() and pages.isdigit() and int(pages) > 1:
        reading = readings.setdefault(about.get("reading", ""), Reading(int(pages), file, offset, set()))
        reading.file, reading.offset = file, offset
        reading.met.add(int(page))


class Company:
    """Which records belong together: each page is followed by its request (where it was fetched) and its metadata."""

    def __init__(self) -> None:
        self.page: str | None = ""  # id of the page whose company is still to come; None: it was broken
        self.offset = 0
        self.missing: list[str] = []
        self.first = True

    def forgive(self) -> None:
        """Forget what should come: a broken record in between was told already."""
        self.page, self.missing, self.first = None, [], False

    def meet(self, offset: int, plain: bytes) -> Iterator[tuple[int, str]]:
        """Take the next record; yield offset and fault of what is missing before it."""
        head = _read_fields(plain.split(b"\r\n\r\n", 1)[0])
        kind = head.get("warc-type", "")
        if self.first and kind != "warcinfo":
            yield offset, "the file does not begin with its warcinfo record"
        self.first = False
        if kind in PAGES:
            yield from self.tell_missing()
            self.page, self.offset = head.get("warc-record-id", ""), offset
            self.missing = ["request", "metadata"] if kind == "response" else ["metadata"]
            return
        if self.page is None or kind not in ("request", "metadata"):
            return
        owner = head.get("warc-concurrent-to") or head.get("warc-refers-to")
        if owner != self.page or kind not in self.missing:
            yield offset, f"a {kind} record without its page"
            return
        self.missing.remove(kind)

    def tell_missing(self) -> Iterator[tuple[int, str]]:
        """Yield what has not come, now that the next page begins or the file has ended."""
        if self.missing:
            yield self.offset, f"its {' and '.join(self.missing)} record is missing"


def _read_fields(block: bytes) -> dict[str, str]:
    lines = (line.partition(":") for line in block.decode("utf-8", "replace").splitlines())
    return {name.strip().lower(): value.strip() for name, colon, value in lines if colon}


def _iter_plain(data: mmap.mmap) -> Iterator[tuple[int, bytes | None]]:
    """Yield offset and content of each gzip member; None for a broken one, after which the next whole one is sought."""
    offset = 0
    while 0 <= offset < len(data):
        length, plain = _inflate(data, offset)
        yield offset, plain
        following = offset + length
        while plain is None and (following := data.find(_GZIP, following + 1)) >= 0:
            # a page that came packed lies in its record as it came: a member, but no record
            if (_inflate(data, following)[1] or b"").startswith(b"WARC/"):
                break
        offset = following


def _inflate(data: mmap.mmap, start: int) -> tuple[int, bytes | None]:
    """Return length and content of the gzip member at an offset, its checksum verified; None when it is broken."""
    inflater, parts, at = zlib.decompressobj(31), [], start
    while not inflater.eof and at < len(data):
        chunk = data[at : at + _PIECE]
        try:
            parts.append(inflater.decompress(chunk))
        except zlib.error:
            return 1, None
        at += len(chunk)
    return at - len(inflater.unused_data) - start, b"".join(parts) if inflater.eof else None


def _check_digests(plain: bytes) -> str:
    if not plain.startswith(b"WARC/"):
        return "altered: it is no WARC record"
    try:
        for record in ArchiveIterator(io.BytesIO(plain), check_digests=True):
            record.raw_stream.read()
            if record.digest_checker is not None and record.digest_checker.passed is False:
                return "altered: " + "; ".join(record.digest_checker.problems)
    except BROKEN:
        return "altered: it is no WARC record"
    return ""


def read_pages(folder: Path, first: Evidence) -> list[Evidence]:
    """Return the evidence of all pages of an article, given its first: they were written one after the other.

    Only place and address of the further ones are known; their ``sha256`` is blank. Raises EvidenceError.
    """
    members = iter_members(folder, first)
    pages: list[Member] = []
    subject = None
    for member in members:
        if member.kind in PAGES:
            if len(pages) >= _MOSTPAGES:
                break
            pages.append(member)
        elif member.kind == "metadata":
            # Archives of earlier versions tell only whose pages they are, not which were read together.
            owner = member.about.get("reading") or member.about.get("canonical-address")
            subject = subject or owner
            if owner != subject:
                pages.pop()
                break
    return [first, *(Evidence(p.url, first.warc, p.offset, p.length, "", first.fetched_at) for p in pages[1:])]


def iter_members(folder: Path, start: Evidence) -> Iterator[Member]:
    """Yield the records of a file from one record on. Raises EvidenceError when they cannot be read."""
    try:
        with (folder / start.warc).open("rb") as file:
            file.seek(start.offset)
            archive = ArchiveIterator(file)
            for record in archive:
                fields = record.content_stream().read() if record.rec_type == "metadata" else b""
                archive.read_to_end(record)
                yield Member(
                    record.rec_type,
                    record.rec_headers.get_header("WARC-Target-URI") or "",
                    archive.get_record_offset(),
                    archive.get_record_length(),
                    dict(re.findall(r"^([\w-]+): (.*?)\r?$", fields.decode("utf-8", "replace"), re.MULTILINE)),
                )
    except BROKEN as fault:
        where = f"{start.warc} at byte {start.offset}"
        raise EvidenceError(f"{where}: broken record; restore the file from a backup") from fault


def export_records(folder: Path, rows: Iterable[Evidence], output: BinaryIO, name: str) -> int:
    """Copy the records of articles, byte for byte, into one file that begins with its own warcinfo; return how many.

    With each page go its request and metadata, and the article's further pages. Raises EvidenceError, OSError.
    """
    output.write(build_warcinfo(name))
    copied = 0
    for row in rows:
        places = {page.offset for page in read_pages(folder, row)}
        wanted = False
        with (folder / row.warc).open("rb") as file:
            for member in iter_members(folder, row):
                if member.kind in PAGES:
                    wanted = member.offset in places
                    if not wanted:
                        break
                file.seek(member.offset)
                _copy(file, output, member.length)
                copied += 1
    return copied


def _copy(source: BinaryIO, target: Any, length: int) -> None:
    while length > 0:
        chunk = source.read(min(_CHUNK, length))
        if not chunk:
            raise EvidenceError("a record ends before its length; restore the file from a backup")
        target.write(chunk)
        length -= len(chunk)
