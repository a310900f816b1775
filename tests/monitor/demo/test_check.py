"""The comparison with the truth sees what is missing, wrong or too much."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

import pytest

from monitor.demo.check import Score, check_store
from monitor.demo.sample import SampleArticle, load_sample

SAMPLE = load_sample(date(2026, 11, 20))
NOW = SAMPLE.moment("21:00")


def build_row(article: SampleArticle) -> dict[str, Any]:
    """A stored article without a fault."""
    truth = article.truth
    version = article.version(article.published_at if article.deleted_at else NOW)
    urls = {other.id: other.url for other in SAMPLE.articles}
    return {
        "url": article.url,
        "title": version.title,
        "text": version.text,
        "byline": article.byline,
        "published_at": article.published_at.astimezone(UTC).isoformat(),
        "revisions": len(article.versions) - 1,
        "withdrawn_at": NOW.isoformat() if article.deleted_at else None,
        "about": truth.about,
        "opd": [{"id": key} for key in truth.opd],
        "pillars": [{"id": key} for key in truth.pillars],
        "tone": {"label": truth.tone},
        "copy_of": {"url": urls[truth.copy_of]} if truth.copy_of else None,
    }


@pytest.fixture
def rows() -> dict[str, dict[str, Any]]:
    return {article.id: build_row(article) for article in SAMPLE.articles if article.truth.ours}


def test_a_faultless_store_scores_everything(rows: dict[str, dict[str, Any]]) -> None:
    verdict = check_store(SAMPLE, rows.values(), NOW)
    assert verdict.complete
    assert verdict.found == Score(len(rows), len(rows))
    assert verdict.about == verdict.found
    assert verdict.opd.right == verdict.opd.n > 50
    assert verdict.copies.right == verdict.copies.n >= 8


@pytest.mark.parametrize(
    ("key", "value", "field"),
    [
        ("title", "Lain", "titles"),
        ("text", "Sebaris iklan.", "texts"),
        ("byline", "MC KOTA LAIN", "bylines"),
        ("published_at", "2026-11-21T00:00:00+00:00", "times"),
        ("about", "none", "about"),
        ("opd", [], "opd"),
        ("pillars", [], "pillars"),
        ("tone", {"label": "negatif"}, "tone"),
    ],
)
def test_each_fault_is_counted_once(rows: dict[str, dict[str, Any]], key: str, value: object, field: str) -> None:
    rows["wp-01"][key] = value
    verdict = check_store(SAMPLE, rows.values(), NOW)
    score: Score = getattr(verdict, field)
    assert score.right == score.n - 1


def test_missing_and_extra_articles_are_named(rows: dict[str, dict[str, Any]]) -> None:
    stray = rows.pop("kl-05") | {"url": "http://kabarlancang.example/lain/"}
    verdict = check_store(SAMPLE, [*rows.values(), stray], NOW)
    assert verdict.missing == ("kl-05",)
    assert verdict.extra == ("http://kabarlancang.example/lain/",)
    assert not verdict.complete


def test_unnoticed_changes_count_as_faults(rows: dict[str, dict[str, Any]]) -> None:
    rows["kl-02"]["revisions"] = 0
    rows["gj-03"]["withdrawn_at"] = None
    assert check_store(SAMPLE, rows.values(), NOW).revised == Score(0, 2)
