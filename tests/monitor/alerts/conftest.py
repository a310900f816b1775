"""A store of invented articles, and which alerts it raises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.annotations import save_annotations
from db.articles import save_article
from db.connection import Store
from monitor.alerts.evaluate import check_rules
from monitor.alerts.evidence import load_evidence
from monitor.alerts.rules import load_rules
from monitor.config import Config
from monitor.office import Office, load_office, open_office_store
from tests.monitor.conftest import CONTOH

NOW = datetime(2025, 3, 12, 5, 30, tzinfo=UTC)  # a Wednesday noon in the regency
NEGATIVE = {"label": "negatif", "score": 0.9, "evidence": [], "review": False}
NEUTRAL = {"label": "netral", "score": 0.9, "evidence": [], "review": False}
DELIVERY = {
    "recipients": {"grup": "json://127.0.0.1:9/"},
    "groups": {"siaga": {"to": ["grup"], "alerts": "penting"}},
}
Add = Callable[..., int]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    config = Config.model_validate({"store": tmp_path / "pantau.db", "profile": str(CONTOH), "delivery": DELIVERY})
    return load_office(config)


@pytest.fixture
def store(office: Office) -> Iterator[Store]:
    opened = open_office_store(office)
    yield opened
    opened.close()


@pytest.fixture
def add(store: Store) -> Add:
    """Store an annotated article ``hours`` before NOW, in story ``story``."""
    numbers = iter(range(1, 10_000))

    def build(
        hours: float = 1, outlet: str | None = None, story: int | None = None, negative: bool = False, **changes: Any
    ) -> int:
        number = next(numbers)
        at = NOW - timedelta(hours=hours)
        outlet = outlet or f"media-{number}.example"
        record = {
            "url": f"https://{outlet}/{number}",
            "outlet": outlet,
            "title": changes.pop("title", f"Berita nomor {number}"),
            "text": changes.pop("text", f"Isi berita nomor {number}."),
            "published_at": at.isoformat(),
        }
        saved = save_article(store, record, now=at + timedelta(minutes=5))
        tone = NEGATIVE if negative else NEUTRAL
        row = {"id": saved.id, "annotator": "v1", "kind": "reporting", "about": "subject", "tone": tone,
               "headline_tone": NEUTRAL, "opd": [], "officials": [], **changes}  # fmt: skip
        save_annotations(store, [row])
        if story is not None:
            store.execute("INSERT OR IGNORE INTO stories (id) VALUES (?)", (story,))
            store.execute("UPDATE articles SET story_id = ? WHERE id = ?", (story, saved.id))
        return saved.id

    return build


def named(what: str, ident: str, part: str = "title") -> dict[str, Any]:
    span = {"in": part, "start": 0, "end": 5, "text": "xxxxx", "via": "name", "rule": "r"}
    return {what: [{"id": ident, "mentions": [span], **({"role": "actor"} if what == "opd" else {})}]}


def fired(store: Store, office: Office, now: datetime = NOW) -> list[tuple[str, str]]:
    rules = load_rules()
    return [(hit.rule, hit.target) for hit in check_rules(rules, load_evidence(store, office, rules, now))]


def fill_base(add: Add, per_day: int, days: int = 28, **changes: Any) -> None:
    for day in range(1, days + 1):
        for number in range(per_day):
            add(hours=24 * day + 0.25 + number * 0.5, **changes)
