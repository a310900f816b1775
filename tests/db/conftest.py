"""A store in a temporary folder, and invented records to put in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from db.connection import Store, open_store

Record = dict[str, Any]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "pantau.db")
    yield opened
    opened.close()


@pytest.fixture
def record() -> Callable[..., Record]:
    """Build an article record of a crawl; keywords replace its parts, ``fetched_at`` adds evidence."""

    def build(number: int = 1, fetched_at: str | None = None, **changes: Any) -> Record:
        url = f"https://kabar.example/berita/{number}"
        row: Record = {
            "type": "article",
            "url": url,
            "outlet": "kabar.example",
            "title": f"Warga Lubuk Dalam panen jagung ke-{number}",
            "text": f"LUBUK DALAM – Panen jagung tahap {number} dimulai.\n\nHasilnya dibagi rata di balai kampung.",
            "published_at": "2025-03-01T08:15+07:00",
            "byline": "Tim Kabar",
            **changes,
        }
        if fetched_at:
            row["evidence"] = {
                "url": row["url"],
                "warc": "2025/03/a.warc.gz",
                "offset": 10,
                "length": 20,
                "sha256": hashlib.sha256(f"{row['title']}{row['text']}".encode()).hexdigest(),
                "fetched_at": fetched_at,
            }
        return row

    return build


@pytest.fixture
def annotation() -> Callable[..., Record]:
    """Build an annotation in the published form; keywords replace its parts."""

    def build(article_id: int, **changes: Any) -> Record:
        span = {"in": "title", "start": 0, "end": 5, "text": "Warga", "via": "name", "rule": "opd.name"}
        evidence = [{"in": "text", "start": 0, "end": 5, "text": "LUBUK", "rule": "term"}]
        return {
            "id": str(article_id),
            "kind": "reporting",
            "about": "subject",
            "about_score": 0.9,
            "about_reasons": ["in headline"],
            "opd": [
                {"id": "dinas-a", "role": "actor", "mentions": [span]},
                {"id": "dinas-b", "role": "attendee", "mentions": [{**span, "in": "text"}]},
            ],
            "not_opd": [{"in": "text", "start": 2, "end": 4, "text": "BU", "reason": "other-region"}],
            "officials": [{"id": "orang-a", "mentions": [{**span, "in": "text", "via": "person"}]}],
            "places": [{"id": "kec-a", "mentions": [{**span, "via": "variant"}]}],
            "pillars": [{"id": "economy", "score": 0.7, "evidence": evidence}],
            "tone": {"label": "positif", "score": 0.8, "evidence": evidence, "review": False},
            "headline_tone": {"label": "netral", "score": 0.6, "evidence": [], "review": True},
            "opd_tone": {"dinas-a": {"label": "positif", "score": 0.8, "evidence": evidence, "review": False}},
            "quotes": [
                {
                    "in": "text",
                    "start": 1,
                    "end": 9,
                    "text": "UBUK DAL",
                    "speaker": "Orang A",
                    "speaker_id": "orang-a",
                    "opd": "dinas-a",
                    "verb": "ujar",
                    "indirect": False,
                    "rule": "after",
                }
            ],
            "annotator": "v1",
            **changes,
        }

    return build
