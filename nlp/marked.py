"""Reads labelled articles as people write them: a head of fields, then text with the labels in it.

``[[opd:dinkes|Dinas Kesehatan]]`` marks an OPD, ``off`` an official, ``place`` a kecamatan, ``xopd`` and ``xplace``
what must not be found, ``q`` a quotation with its speaker (``?Name`` for somebody outside the registry). The result is
a row as ``nlp.evaluate`` takes it.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

Row = dict[str, Any]
NEEDED = ("id", "outlet", "url", "published", "title", "about", "pillars", "tone", "headline_tone", "kind")
KINDS = frozenset({"opd", "xopd", "off", "place", "xplace", "q"})
_OPEN = re.compile(r"\[\[(\w+):([^|\]]+)\|")


class MarkupError(ValueError):
    """A labelled article that breaks the form; the message says where and how."""


def load_marked(folder: Path) -> list[Row]:
    """Return the articles of the ``.txt`` files in and below a folder, by path. Raises MarkupError naming the file."""
    rows = []
    for path in sorted(folder.rglob("*.txt")):
        try:
            rows.append(parse_article(path.read_text(encoding="utf-8")))
        except ValueError as error:
            raise MarkupError(f"{path}: {error}") from None
    if len({row["id"] for row in rows}) < len(rows):
        raise MarkupError(f"{folder}: two articles bear the same id")
    return rows


def parse_article(raw: str) -> Row:
    """Return one article. Raises MarkupError, ValueError for a time that is none."""
    try:
        _, head, body = raw.split("---\n", 2)
    except ValueError:
        raise MarkupError("begin with fields between two lines of ---") from None
    row: Row = {}
    for line in head.strip().splitlines():
        name, colon, value = line.partition(":")
        if not colon:
            raise MarkupError(f"no field: {line!r}")
        row[name.strip()] = value.strip()
    if missing := [name for name in NEEDED if name not in row]:
        raise MarkupError(f"missing {', '.join(missing)}")
    if datetime.fromisoformat(row["published"]).tzinfo is None:
        raise MarkupError(f"published {row['published']} has no offset")
    row["pillars"] = [part.strip() for part in row["pillars"].strip("[]").split(",") if part.strip()]
    row["title"], row["title_spans"] = strip_marks(row["title"])
    row["text"], row["spans"] = strip_marks(body.strip())
    return row


def strip_marks(text: str) -> tuple[str, list[Row]]:
    """Return the plain text and its spans ``{type, id, start, end, text}``, outer ones first. Raises MarkupError."""
    plain: list[str] = []
    opened: list[tuple[str, str, int]] = []
    spans: list[Row] = []
    at = length = 0
    while at < len(text):
        if match := _OPEN.match(text, at):
            if match[1] not in KINDS:
                raise MarkupError(f"unknown mark {match[1]!r}; known are {', '.join(sorted(KINDS))}")
            opened.append((match[1], match[2].strip(), length))
            at = match.end()
        elif opened and text.startswith("]]", at):
            kind, ident, start = opened.pop()
            spans.append({"type": kind, "id": ident, "start": start, "end": length})
            at += 2
        else:
            plain.append(text[at])
            at, length = at + 1, length + 1
    whole = "".join(plain)
    if opened or "[[" in whole or "]]" in whole:
        raise MarkupError(f"marks do not close: {opened[-1][:2] if opened else 'stray [[ or ]]'}")
    for span in spans:
        span["text"] = whole[span["start"] : span["end"]]
    return whole, sorted(spans, key=lambda span: (span["start"], -span["end"]))
