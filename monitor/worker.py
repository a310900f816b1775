"""What runs inside an annotation process: the pipeline loaded once, rows in, annotation rows out. Knows no store.

The processes are spawned, so that neither a database connection nor a thread of the parent is copied into them, and
end with it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from monitor.clock import parse_instant
from nlp.annotation import Source
from nlp.profile import load_profile

if TYPE_CHECKING:
    from nlp.annotate import Annotator

Row = dict[str, Any]
LONGEST = 200_000  # characters that are read of a text, forty times a long article: memory grows with them
_loaded: dict[str, Annotator] = {}  # one per process; a pipeline takes a second to load


def prepare(profile: str, models: Path | None = None) -> None:
    """Load the pipeline, once per process; end the process when its parent is gone, however that ended.

    Signals to the process group are the parent's to obey: it lets the batch under way finish.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()
    _loaded["annotator"] = _load(profile, models)


def read_version() -> str:
    """Return the version of rules, models and profile at work here."""
    return _loaded["annotator"].version


def annotate_rows(rows: list[Row]) -> list[Row]:
    """Annotate stored articles; each result carries ``id`` and the ``revision`` of the text that was read."""
    revisions = {str(row["id"]): row.get("revision") for row in rows}
    annotations = _loaded["annotator"].annotate(build_source(row) for row in rows)
    return [{**a.to_json(), "id": int(a.id), "revision": revisions[a.id]} for a in annotations]


def annotate_stream(profile: str, rows: Iterable[Row], models: Path | None = None) -> Iterator[Row]:
    """Annotate what is not stored, one by one as it comes, in this process; ``id`` is given back as it was.

    Rows are such that ``build_source`` takes them.
    """
    annotator = _load(profile, models)
    for row in rows:
        for annotation in annotator.annotate([build_source(row)], thorough=True):
            yield {**annotation.to_json(), "id": row["id"]}


def build_source(row: Mapping[str, Any]) -> Source:
    """Return what the annotator needs of an article; ``published`` may stand in for ``published_at``.

    Of a text without end, such as a page that lists everything, the first ``LONGEST`` characters are read.

    Raises ValueError saying what is missing or wrong.
    """
    if row.get("id") is None:
        raise ValueError("id is missing")
    if absent := [key for key in ("title", "text") if not isinstance(row.get(key), str)]:
        raise ValueError(f"{absent[0]} is missing or no text")
    if wrong := [key for key in ("outlet", "outlet_kind", "url", "byline") if not isinstance(row.get(key), str | None)]:
        raise ValueError(f"{wrong[0]} is no text")
    try:
        urlsplit(row.get("url") or "")
    except ValueError:
        raise ValueError(f"url {row['url']!r} is no address") from None
    markers = row.get("markers") or ()
    if not isinstance(markers, list | tuple) or not all(isinstance(marker, str) for marker in markers):
        raise ValueError("markers is no list of texts")
    published = row.get("published_at") or row.get("published")
    return Source(
        id=str(row["id"]),
        title=row["title"],
        text=row["text"][:LONGEST],
        published_at=_parse_published(str(published)) if published else None,
        outlet=row.get("outlet"),
        outlet_kind=row.get("outlet_kind"),
        url=row.get("url"),
        byline=row.get("byline"),
        markers=tuple(markers),
    )


def _parse_published(text: str) -> datetime:
    try:
        return parse_instant(text)
    except ValueError:
        raise ValueError(f"published_at {text!r} is no ISO 8601 time, such as 2024-10-30T18:23+07:00") from None


def _load(profile: str, models: Path | None) -> Annotator:
    from nlp.annotate import load_annotator, spare_collector  # brings spaCy, which the parent does without

    annotator = load_annotator(load_profile(profile), models)
    spare_collector()
    return annotator


def _follow_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()  # returns when the parent ends, also by SIGKILL
        os._exit(1)
