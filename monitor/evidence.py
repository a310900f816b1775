"""The proof behind the articles: shown, verified against what was stored, exported for whoever asks for it.

The archive's files are ``crawlers.evidence``'s and ``crawlers.archive``'s; which page belongs where is ``db``'s.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from crawlers.archive import check_files, export_records
from crawlers.errors import EvidenceError
from crawlers.evidence import Exchange, check_evidence, read_exchange
from crawlers.items import Evidence
from db.connection import Store
from db.evidence import count_unproven, find_evidence
from db.rows import Row
from monitor.clock import parse_instant
from monitor.errors import InputError, JobError
from monitor.render.tables import write_csv

MANIFEST_COLUMNS = (
    "article", "version", "outlet", "published_at", "title", "article_url", "fetched_url", "fetched_at", "sha256",
    "warc", "offset", "length", "origin",
)  # fmt: skip


def parse_evidence(row: Row) -> Evidence:
    """Turn a row of the store into the form that the archive reads."""
    names = ("url", "warc", "offset", "length", "sha256")
    return Evidence(**{name: row[name] for name in names}, fetched_at=parse_instant(row["fetched_at"]))


def show_evidence(store: Store, folder: Path, article_id: int) -> list[Row]:
    """Return one row per version of an article: address, time, place, hash, status, size, and whether it is intact."""
    rows = []
    for row in find_evidence(store, [article_id]):
        shown = {name: row[name] for name in ("revision", "url", "fetched_at", "warc", "offset", "length", "sha256")}
        try:
            exchange, plain = read_exchange(folder, parse_evidence(row))
        except EvidenceError as fault:
            rows.append({**shown, "intact": False, "detail": str(fault)})
            continue
        intact = hashlib.sha256(plain).hexdigest() == row["sha256"]
        rows.append(
            {
                **shown,
                "intact": intact,
                "status": exchange.status or None,
                "headers": dict(exchange.headers),
                "bytes": len(plain),
                "detail": "" if intact else "the page is not the one that was stored",
            }
        )
    return rows


def read_page(store: Store, folder: Path, article_id: int, version: int | None) -> tuple[Exchange, bytes]:
    """Return how one version of an article (None: the latest) was answered, and its page. Raises InputError,
    EvidenceError.
    """
    rows = {row["revision"]: row for row in find_evidence(store, [article_id])}
    if not rows or (version is not None and version not in rows):
        there = f"there are {', '.join(map(str, sorted(rows)))}" if rows else "it was imported, not fetched"
        raise InputError(f"no evidence of version {version or 'any'} of article {article_id}: {there}")
    return read_exchange(folder, parse_evidence(rows[version or max(rows)]))


def verify_evidence(store: Store, folder: Path) -> Iterator[Row]:
    """Yield every missing or altered record: of the articles' pages, and of all else that the files hold."""
    told = set()
    rows = {(row["warc"], row["offset"], row["url"]): row for row in find_evidence(store)}
    for found, fault in check_evidence(folder, map(parse_evidence, rows.values())):
        row = rows[found.warc, found.offset, found.url]
        told.add((found.warc, found.offset))
        yield _fault(found.warc, found.offset, fault, row["article_id"], found.url)
    for warc, offset, fault in check_files(folder):
        if (warc, offset) not in told:
            yield _fault(warc, offset, fault)
    if unproven := count_unproven(store):
        yield _fault(None, None, f"{unproven} crawled articles have no evidence of their current version")


def _fault(warc: str | None, offset: int | None, fault: str, article: int | None = None, url: str | None = None) -> Row:
    return {"article": article, "warc": warc, "offset": offset, "url": url, "fault": fault}


def export_evidence(store: Store, folder: Path, ids: Sequence[int], output: Path) -> tuple[int, Path]:
    """Write the pages of some articles to one WARC file and a CSV manifest beside it; return pages and the manifest.

    The manifest holds the SHA-256 of each page and, in its last line, that of the WARC file. Both are there whole or
    not at all. Raises InputError (exists already, cannot be written), JobError (a page is missing or altered).
    """
    manifest = output.with_name(output.name.removesuffix(".gz").removesuffix(".warc") + ".csv")
    rows = find_evidence(store, ids)
    if not rows:
        raise InputError("none of these articles has evidence: imported ones were not fetched")
    for path in (output, manifest):
        if path.exists():
            raise InputError(f"{path} exists already and is left as it is: name another with --output")
    unique = {(row["warc"], row["offset"]): parse_evidence(row) for row in rows}
    if fault := next((fault for _, fault in check_evidence(folder, unique.values())), None):
        raise JobError(f"{fault}; `pantau evidence verify` lists all that is wrong")
    drafts = [path.with_name(f"{path.name}.part") for path in (output, manifest)]
    try:
        with drafts[0].open("w+b") as file:
            export_records(folder, unique.values(), file, output.name)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        _write_manifest(drafts[1], rows, output.name, digest)
        for draft, path in zip(drafts, (output, manifest), strict=True):
            draft.rename(path)
    except EvidenceError as broken:  # what goes with a page broke: its request, its metadata, a further page
        raise JobError(f"nothing was exported: {broken}; `pantau evidence verify` lists all that is wrong") from broken
    except OSError as error:
        raise InputError(f"{error.filename or output} cannot be written: {error.strerror}") from None
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)
    return len(unique), manifest


def _write_manifest(path: Path, rows: Sequence[Row], warc: str, digest: str) -> None:
    named = [
        {**row, "article": row["article_id"], "version": row["revision"], "fetched_url": row["url"]} for row in rows
    ]
    last = {"title": "this archive", "sha256": digest, "warc": warc}
    with path.open("w", encoding="utf-8", newline="") as file:
        write_csv([*named, last], MANIFEST_COLUMNS, file)
