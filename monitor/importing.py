"""Articles from elsewhere: JSON Lines or CSV, checked row by row, the good ones stored, the bad ones named by line.

Importing the same file again adds nothing. What becomes of an article is ``db.articles``'s.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawlers.addresses import canonical_address, list_spellings
from db.articles import save_article
from db.connection import Store, writing
from db.queries.articles import find_article
from monitor.clock import EARLIEST, find_now
from monitor.errors import InputError
from monitor.render.wording import flatten
from monitor.worker import LONGEST

NEEDED = ("url", "title", "text", "published_at")
OPTIONAL = ("byline", "editor", "section", "credit")
ALIASES = {"published": "published_at", "date": "published_at", "body": "text", "headline": "title", "author": "byline"}
BATCH = 200  # rows per transaction
SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")  # half of a character, as JSON may write those beyond U+FFFF
NOT_UTF8 = "not UTF-8 text: save the file as UTF-8"
DELIMITERS = ";,\t"  # of a CSV file: the one that its first line has most of
AHEAD = timedelta(days=1)  # a date further in the future than this is a mistake

Row = dict[str, Any]


@dataclass(slots=True)
class Imported:
    """What became of a file's rows; ``faults`` are ``(line, what is wrong)``."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[int, str]] = field(default_factory=list)


def import_file(
    store: Store, path: Path, zone: ZoneInfo, outlet_of: Callable[[str], str], run_id: int | None = None
) -> Imported:
    """Store the articles of a ``.jsonl`` or ``.csv`` file; ``outlet_of`` turns an id or domain into the outlet's id.

    A row that cannot be used is noted with its line number and the rest goes on. Raises InputError when the file
    itself cannot be read.
    """
    done, batch = Imported(), list[Row]()
    for number, row in _iter_rows(path):
        try:
            batch.append(build_record(row, zone, outlet_of))
        except ValueError as error:
            done.faults.append((number, str(error)))
        if len(batch) >= BATCH:
            _save(store, batch, run_id, done)
    _save(store, batch, run_id, done)
    return done


def build_record(row: Row | str, zone: ZoneInfo, outlet_of: Callable[[str], str]) -> Row:
    """Turn one row of a file into the record that the store takes; a date without offset is in ``zone``.

    Raises ValueError saying what is wrong with it.
    """
    if isinstance(row, str):
        raise ValueError(row)
    given = {
        ALIASES.get(key, key): value for key, value in row.items() if key not in ALIASES or ALIASES[key] not in row
    }
    missing = [key for key in NEEDED if not isinstance(given.get(key), str) or not flatten(given[key])]
    if missing:
        raise ValueError(f"{missing[0]} is missing or no text")
    if len(given["text"]) > LONGEST:
        raise ValueError(f"text has {len(given['text'])} characters, more than any article: {LONGEST} at most")
    host, markers = parse_host(given["url"]), given.get("markers")
    return {
        "url": write_address(given["url"].strip()),
        "outlet": outlet_of(str(given.get("outlet") or host)),
        "title": _clean(given["title"]),
        "text": _clean(given["text"]),
        "published_at": parse_published(given["published_at"], zone).isoformat(),
        "origin": "import",
        "extractor": "import",
        "markers": [str(marker) for marker in markers] if isinstance(markers, list) else [],
        **{key: _clean(given[key]) for key in OPTIONAL if isinstance(given.get(key), str) and given[key].strip()},
    }


def parse_host(url: str) -> str:
    """Return the host of an article's address. Raises ValueError for what is no web address."""
    try:
        address = urlsplit(url.strip())
    except ValueError:
        address = urlsplit("")
    if address.scheme not in {"http", "https"} or not address.hostname or " " in address.netloc:
        raise ValueError(f"url {url!r} is no web address: write it with https://")
    return address.hostname


def write_address(url: str) -> str:
    """Return a web address as it was given; one with blanks or invisible characters in the form that links have.

    Raises ValueError for what no link can lead to.
    """
    own = canonical_address(url)
    return url if url.isprintable() and " " not in url else own


def find_stored(store: Store, record: Row) -> str:
    """Return the address under which a record's article is stored, its own where it is not.

    An article under another spelling of the address (``www.``, https, a slash) is the same if title or time agree.
    """
    for url in list_spellings(record["url"]):
        row = find_article(store, url)
        moment = row and datetime.fromisoformat(row["published_at"])
        if row and (row["title"] == record["title"] or moment == datetime.fromisoformat(record["published_at"])):
            return url
    return str(record["url"])


def _iter_rows(path: Path) -> Iterator[tuple[int, Row | str]]:
    """Yield line numbers with the row, or with what is wrong with the line."""
    if path.suffix.lower() not in {".jsonl", ".ndjson", ".csv"}:
        raise InputError(f"{path}: give a .jsonl or .csv file")
    try:
        with path.open(encoding="utf-8-sig", newline="", errors="surrogateescape") as stream:
            yield from (_iter_csv if path.suffix.lower() == ".csv" else _iter_jsonl)(stream)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None


def _iter_jsonl(stream: Iterator[str]) -> Iterator[tuple[int, Row | str]]:
    for number, line in enumerate(stream, 1):
        if line.strip():
            yield number, parse_line(line)


def parse_line(line: str) -> Row | str:
    """Return the JSON object of a line, or one sentence on what is wrong with it."""
    if _has_stray_bytes(line):
        return NOT_UTF8
    try:
        row = json.loads(line)
        if SURROGATE.search(line):
            json.dumps(row, ensure_ascii=False).encode()  # of a pair both are there, or it is no text
    except (json.JSONDecodeError, RecursionError) as error:
        return f"broken JSON: {error}"
    except UnicodeEncodeError as error:
        return f"half a character, {error.object[error.start]!a}: text was cut within an emoji or the like"
    return row if isinstance(row, dict) else "no JSON object"


def _iter_csv(stream: Iterator[str]) -> Iterator[tuple[int, Row | str]]:
    head = next(stream, "")
    mark = max(DELIMITERS, key=head.count)
    reader = csv.reader(stream, delimiter=mark)
    names = [name.strip().lower() for name in next(csv.reader([head], delimiter=mark), [])]
    known = {ALIASES.get(name, name) for name in names}
    if absent := [name for name in NEEDED if name not in known]:
        raise InputError(f"the first line of the CSV must name the columns; missing: {', '.join(absent)}")
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num + 1, f"broken CSV: {error}"
            continue
        if cells:
            row: Row | str = dict(zip(names, cells, strict=False))
            yield reader.line_num + 1, NOT_UTF8 if any(map(_has_stray_bytes, cells)) else row


def _has_stray_bytes(text: str) -> bool:
    """Say whether a file held bytes here that are no UTF-8, which it was opened to keep (``surrogateescape``)."""
    return any("\udc80" <= char <= "\udcff" for char in text)


def parse_published(text: str, zone: ZoneInfo) -> datetime:
    """Return a time of publication, in ``zone`` without offset; a day alone is its midnight. Raises ValueError."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        told = "is no ISO 8601 day or time, such as 2024-10-30 or 2024-10-30T18:23+07:00"
        raise ValueError(f"published_at {text!r} {told}") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    if moment.date() < EARLIEST or moment > find_now() + AHEAD:
        raise ValueError(f"published_at {text} is before the web had news or lies in the future")
    return moment


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\x00", "").strip()


def _save(store: Store, batch: list[Row], run_id: int | None, done: Imported) -> None:
    with writing(store):
        for record in batch:
            there = record | {"url": find_stored(store, record)}
            done.counts[save_article(store, there, run_id, find_now()).reason] += 1
    batch.clear()
