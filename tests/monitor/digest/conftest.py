"""What the tests of the digest build it from."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from pypdf import PdfReader

from monitor.digest.build import Facts, build_dataset
from monitor.digest.dataset import Dataset
from monitor.digest.views import STAFF, View
from monitor.digest.window import build_window
from monitor.names import Names
from monitor.render.formats import render_file
from monitor.render.wording import load_wording

ZONE = ZoneInfo("Asia/Jakarta")
DAY = date(2025, 3, 12)
NOW = datetime(2025, 3, 13, tzinfo=UTC)
NAMES = Names(
    opd={"dishub": "Dinas Perhubungan", "dinkes": "Dinas Kesehatan"},
    people={"bupati-a": "Rani Paramita"},
    pillars={"living": "Smart Living", "economy": "Smart Economy"},
    leaders=frozenset({"bupati-a"}),
)
Maker = Callable[..., dict[str, Any]]
NEGATIVE = {"label": "negatif", "score": 0.9, "evidence": [{"in": "text", "start": 0, "end": 9, "text": "jalan rusak"}]}


def build(*rows: dict[str, Any], edition: str = "harian", names: Names = NAMES, **facts: Any) -> Dataset:
    window = build_window(DAY, edition, {"pagi": time(7), "siang": time(12), "sore": time(17)}, ZONE)
    return build_dataset(Facts(window, NOW, rows, **facts), "contoh", "Kabupaten Contoh", ZONE, names)


def taker(number: int, source: int, outlet: str = "Kabar B", share: float = 0.9, minutes: int = 5) -> dict[str, Any]:
    """Return a copy of an article as the store gives it."""
    url = f"https://b.example/{number}"
    told = {"share": share, "latency_minutes": minutes}
    return {"source_id": source, "id": number, "outlet": "b.example", "outlet_name": outlet, "url": url, **told}


def read_pdf(data: Dataset, view: View = STAFF) -> str:
    reader = PdfReader(io.BytesIO(render_file(data, "pdf", load_wording("id"), view)))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


COMPLAINT = NEGATIVE | {"evidence": [{"in": "text", "start": 0, "end": 7, "text": "keluhan", "rule": "complaint"}]}
