"""Invented months of press coverage for the tests of counts, report and clipping book."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from db.annotations import save_annotations
from db.articles import save_article
from db.connection import Store, open_store
from db.outlets import save_outlets

ZONE = ZoneInfo("Asia/Jakarta")
OUTLETS = (
    ("kabar.example", "Kabar Contoh", "local"),
    ("mc.example", "MC Contoh", "government"),
    ("warta.example", "Warta =1+1", "provincial"),
)
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "#let x = 1; $sum_(i)^n$ @label <tag> [isi] *tebal* _miring_ \\ // komentar /* a */",
    "\\LaTeX{} & <b>judul</b> {{ jinja }} {% raw %} ]]> \x0b\x00",
    "\u202eterbalik\u202c שלום مرحبا 👨‍👩‍👧 🔥",
    "Judul " + "panjang " * 60,
)
DAYS = [datetime(2025, 3, day, hour, tzinfo=ZONE) for day in (1, 9, 15, 31) for hour in (0, 23)]
DAYS += [
    datetime(2025, 2, 28, 23, 59, tzinfo=ZONE),
    datetime(2025, 4, 1, tzinfo=ZONE),
    datetime(2024, 3, 5, tzinfo=ZONE),
]


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


# one black point: the smallest picture that every format can hold
PNG = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
PNG += _chunk(b"IDAT", zlib.compress(b"\0\0")) + _chunk(b"IEND", b"")
ROLES = ("actor", "mentioned", "attendee")

ARTICLE = st.fixed_dictionaries(
    {
        "at": st.sampled_from(DAYS),
        "outlet": st.sampled_from([outlet[0] for outlet in OUTLETS]),
        "title": st.sampled_from((*HOSTILE, "Jalan kampung diperbaiki")),
        "about": st.sampled_from(["subject", "subject", "incidental", "none"]),
        "kind": st.sampled_from(["reporting", "reporting", "release", "advertorial"]),
        "tone": st.sampled_from(["positif", "netral", "negatif"]),
        "opd": st.dictionaries(st.sampled_from(["pemkab", "dinkes", "diskominfo"]), st.sampled_from(ROLES)),
        "pillars": st.sets(st.sampled_from(["living", "economy"])),
        "quoted": st.sampled_from([None, "pemkab"]),
        "speakers": st.sets(st.sampled_from(["Rahma Dewi", "=Nama", "Budi"])),
    }
)


def fill_store(path: Path, articles: Sequence[dict[str, Any]]) -> Store:
    """Make a store of invented articles with their tags and quotes."""
    store = open_store(path)
    save_outlets(store, [{"id": key, "name": name, "kind": kind} for key, name, kind in OUTLETS])
    for number, parts in enumerate(articles, 1):
        text = f"Paragraf pertama nomor {number}.\n\nIsi berita selanjutnya nomor {number}."
        save_article(
            store,
            {
                "url": f'https://{parts["outlet"]}/berita/{number}?a="b"',
                "outlet": parts["outlet"],
                "title": parts["title"],
                "text": text,
                "published_at": parts["at"].isoformat(),
            },
        )
        save_annotations(store, [annotate(number, parts)])
    return store


def annotate(number: int, parts: dict[str, Any]) -> dict[str, Any]:
    """Return the annotation of one invented article."""
    span = {"in": "text", "start": 0, "end": 8, "text": "Paragraf"}
    quote = {**span, "speaker_id": None, "opd": parts.get("quoted"), "verb": "ujar", "indirect": False, "rule": "after"}
    return {
        "id": number,
        "annotator": "v1",
        "kind": parts["kind"],
        "about": parts["about"],
        "about_score": 0.9,
        "about_reasons": [],
        "opd": [{"id": key, "role": role, "mentions": []} for key, role in sorted(parts["opd"].items())],
        "pillars": [{"id": key, "score": 0.9, "evidence": []} for key in sorted(parts["pillars"])],
        "tone": {"label": parts["tone"], "score": 0.9, "evidence": []},
        "headline_tone": {"label": "netral", "score": 0.9, "evidence": []},
        "quotes": [{**quote, "speaker": name} for name in sorted(parts["speakers"])],
    }


def some_articles(count: int = 6) -> list[dict[str, Any]]:
    """Return a fixed mixture with every channel, tone and hostile title."""
    kinds, tones = ("reporting", "advertorial", "reporting"), ("negatif", "positif", "netral")
    return [
        {
            "at": datetime(2025, 3, 3, 8, tzinfo=ZONE) + timedelta(hours=7 * number),
            "outlet": OUTLETS[number % 3][0],
            "title": HOSTILE[number % len(HOSTILE)],
            "about": "subject",
            "kind": kinds[number % 3],
            "tone": tones[number % 3],
            "opd": {"dinkes": ROLES[number % 3]},
            "pillars": {"living"},
            "speakers": {"Budi"},
        }
        for number in range(count)
    ]
