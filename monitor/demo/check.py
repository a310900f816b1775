"""Compares what the monitor stored of the sample with what the sample says; every figure is counted, none assumed.

So an office can see on articles whose truth is known how far the tool's figures carry, before it reads real ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.demo.sample import Sample, SampleArticle

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """``right`` of ``n``."""

    right: int
    n: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the store compares with the sample; the text of a stored article is compared paragraph by paragraph."""

    found: Score
    titles: Score
    times: Score
    texts: Score
    bylines: Score
    revised: Score  # revisions and withdrawals of the sample that were noticed
    extra: tuple[str, ...]  # addresses stored that should not be: doubles, or articles that name nothing of ours
    about: Score
    opd: Score  # articles whose set of OPD is exactly the sample's; likewise the next three
    officials: Score
    places: Score
    pillars: Score
    tone: Score
    copies: Score
    missing: tuple[str, ...] = ()  # ids

    @property
    def complete(self) -> bool:
        """Whether gathering was without a fault; tags may still differ, as people's do."""
        gathered = (self.found, self.titles, self.times, self.texts, self.bylines, self.revised)
        return not self.extra and all(score.right == score.n for score in gathered)


def check_store(sample: Sample, rows: Iterable[Row], now: datetime) -> Verdict:
    """Compare stored articles (published JSON form) with the sample as it stands at ``now``."""
    stored = {row["url"]: row for row in rows}
    wanted = [article for article in sample.articles if article.truth.ours]
    pairs = [(article, stored[article.url]) for article in wanted if article.url in stored]
    subjects = [(a, row) for a, row in pairs if a.truth.about == "subject"]
    urls = {article.id: article.url for article in wanted}
    return Verdict(
        found=Score(len(pairs), len(wanted)),
        titles=_score(pairs, lambda a, row: row["title"] == a.version(now).title),
        times=_score(pairs, lambda a, row: datetime.fromisoformat(row["published_at"]) == a.published_at),
        texts=_score(pairs, lambda a, row: row["text"].split() == a.version(now).text.split()),
        bylines=_score(pairs, lambda a, row: row["byline"] == a.byline),
        revised=_score([(a, r) for a, r in pairs if len(a.versions) > 1 or a.deleted_at], _is_followed),
        extra=tuple(sorted(set(stored) - set(urls.values()))),
        about=_score(pairs, lambda a, row: row.get("about") == a.truth.about),
        opd=_score(subjects, lambda a, row: _ids(row, "opd") == set(a.truth.opd)),
        officials=_score(subjects, lambda a, row: _ids(row, "officials") == set(a.truth.officials)),
        places=_score(subjects, lambda a, row: _ids(row, "places") == set(a.truth.places)),
        pillars=_score(subjects, lambda a, row: _ids(row, "pillars") == set(a.truth.pillars)),
        tone=_score(subjects, lambda a, row: (row.get("tone") or {}).get("label") == a.truth.tone),
        copies=_score(
            [(a, row) for a, row in pairs if a.truth.copy_of],
            lambda a, row: (row.get("copy_of") or {}).get("url") == urls.get(a.truth.copy_of or ""),
        ),
        missing=tuple(article.id for article in wanted if article.url not in stored),
    )


def _score(pairs: Sequence[tuple[SampleArticle, Row]], agrees: Callable[[SampleArticle, Row], bool]) -> Score:
    return Score(sum(agrees(article, row) for article, row in pairs), len(pairs))


def _ids(row: Row, key: str) -> set[str]:
    return {entity["id"] for entity in row.get(key) or []}


def _is_followed(article: SampleArticle, row: Row) -> bool:
    """Whether a change of the sample left its trace: a second version, or the withdrawal with the text kept."""
    if article.deleted_at:
        return bool(row.get("withdrawn_at")) and bool(row["text"])
    return int(row["revisions"]) > 0
