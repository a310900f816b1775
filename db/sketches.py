"""The index of likeness: which articles share word shingles or rare lead terms with one, within days of it.

A shingle keeps at most ``CAP`` articles. One that is full of articles from all times is boilerplate and is ignored;
one that is full of articles of one week is a release that everybody took.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Protocol

from db.connection import Store
from db.rows import parse_time

CAP = 50  # articles per shingle
BURST = 0.8  # share of a full shingle's articles within the window from which it is one story's
WINDOW_DAYS = 14
COMMON = 120  # a lead term in more articles of the window tells no event
CANDIDATES = 12  # articles compared word for word
ALIKE = 8  # articles compared for being about the same event
LEAST_OF_LEAD = 0.02
CROWD = 2000  # more articles around one are not counted


class Sketch(Protocol):
    """What is indexed of an article (``nlp.similarity.Sketch``); numbers are signed 64-bit hashes."""

    @property
    def shingles(self) -> frozenset[int]:
        """Sampled word shingles of the text."""

    @property
    def lead(self) -> Mapping[int, float]:
        """Terms of headline and first paragraphs, with weights."""

    @property
    def words(self) -> frozenset[int]:
        """Terms of headline and text."""


def day_number(stored: str) -> int:
    """Return the day of a stored time, counted from year 1."""
    return parse_time(stored).toordinal()


def save_sketches(store: Store, sketches: Iterable[tuple[int, str, Sketch]]) -> None:
    """Index articles (id, time of publication as stored, sketch), in place of what was indexed of them before.

    Those of a batch go in together, in order of the tables: neighbours share their pages, a term is counted once.
    """
    shingles: list[tuple[int, int, int, int]] = []
    leads: list[tuple[int, int, int]] = []
    counts: Counter[int] = Counter()
    for article_id, published, sketch in sketches:
        drop_sketch(store, article_id)
        day = day_number(published)
        shingles += [(shingle, article_id, day, shingle) for shingle in sketch.shingles]
        leads += [(term, day, article_id) for term in sketch.lead]
        counts.update(sketch.lead.keys())
        kept = array("q", sorted(sketch.shingles)).tobytes(), array("q", sorted(sketch.lead)).tobytes()
        store.conn.execute(
            "INSERT INTO sketches (article_id, on_day, shingles, lead) VALUES (?, ?, ?, ?)", (article_id, day, *kept)
        )
    run = store.conn.executemany
    run(
        "INSERT INTO shingles (shingle, article_id, on_day) SELECT ?, ?, ?"
        f" WHERE NOT EXISTS (SELECT 1 FROM shingles WHERE shingle = ? LIMIT 1 OFFSET {CAP - 1})",
        sorted(shingles),
    )
    run("INSERT INTO leads (term, on_day, article_id) VALUES (?, ?, ?)", sorted(leads))
    run(
        "INSERT INTO lead_counts (term, articles) VALUES (?, ?)"
        " ON CONFLICT (term) DO UPDATE SET articles = articles + excluded.articles",
        sorted(counts.items()),
    )


def drop_sketch(store: Store, article_id: int) -> None:
    """Take an article out of the index; one that is not in it is left out already."""
    found = store.conn.execute(
        "SELECT on_day, shingles, lead FROM sketches WHERE article_id = ?", (article_id,)
    ).fetchone()
    if found is None:
        return
    day, shingles, terms = found[0], array("q", found[1]), array("q", found[2])
    run = store.conn.executemany
    run("DELETE FROM shingles WHERE shingle = ? AND article_id = ?", [(shingle, article_id) for shingle in shingles])
    run(
        "DELETE FROM leads WHERE term = ? AND on_day = ? AND article_id = ?",
        [(term, day, article_id) for term in terms],
    )
    run("UPDATE lead_counts SET articles = articles - 1 WHERE term = ?", [(term,) for term in terms])
    store.conn.execute("DELETE FROM sketches WHERE article_id = ?", (article_id,))


def find_sharing(store: Store, article_id: int, published: str, shingles: Iterable[int]) -> tuple[list[int], set[int]]:
    """Return the articles of the window that share most of ``shingles``, most first, and those shingles that are
    boilerplate.
    """
    middle = day_number(published)
    days: dict[int, int] = {}
    postings: dict[int, list[int]] = {}
    for shingle in shingles:
        found = store.conn.execute("SELECT article_id, on_day FROM shingles WHERE shingle = ?", (shingle,)).fetchall()
        days.update(found)
        postings[shingle] = [other for other, _ in found if other != article_id]
    near = {other for other, day in days.items() if abs(day - middle) <= WINDOW_DAYS}
    full = {shingle for shingle, found in postings.items() if len(found) >= CAP - 1}
    boilerplate = {
        shingle
        for shingle in full
        if sum(other in near for other in postings[shingle]) < BURST * len(postings[shingle])
    }
    shared = Counter(
        other for shingle, found in postings.items() if shingle not in boilerplate for other in found if other in near
    )
    return [other for other, _ in shared.most_common(CANDIDATES)], boilerplate


def find_overruled(store: Store, article_id: int, boilerplate: Iterable[int]) -> set[int]:
    """Return the articles that hold shingles which this one, the last to be indexed with them, showed to be
    ``boilerplate``: while they were fewer, they were taken for text from each other.
    """
    overruled: set[int] = set()
    for shingle in boilerplate:
        holders = {
            row[0] for row in store.conn.execute("SELECT article_id FROM shingles WHERE shingle = ?", (shingle,))
        }
        if article_id == max(holders):
            overruled |= holders
    return overruled - {article_id}


def find_alike(
    store: Store, article_id: int, published: str, lead: Mapping[int, float], rarity: Mapping[int, float], days: int
) -> list[int]:
    """Return the articles within ``days`` whose leads share a fair part of this one's, by rarity, most first."""
    middle = day_number(published)
    weight: dict[int, float] = defaultdict(float)
    for term, factor in lead.items():
        found = store.conn.execute(
            "SELECT article_id FROM leads WHERE term = ? AND on_day BETWEEN ? AND ? LIMIT ?",
            (term, middle - days, middle + days, COMMON),
        ).fetchall()
        if len(found) < COMMON:
            for (other,) in found:
                weight[other] += factor * rarity[term]
    weight.pop(article_id, None)
    least = LEAST_OF_LEAD * sum(factor * rarity[term] for term, factor in lead.items())
    alike = [other for other in sorted(weight, key=lambda other: (-weight[other], other)) if weight[other] >= least]
    return alike[:ALIKE]


def count_around(store: Store, published: str, days: int) -> int:
    """Return how many articles were published within ``days`` of a time, up to ``CROWD``."""
    span = {"at": published, "from": f"-{days} days", "to": f"+{days} days"}
    sql = (
        "SELECT COUNT(*) FROM (SELECT 1 FROM articles WHERE published_at"
        " BETWEEN strftime('%Y-%m-%dT%H:%M:%SZ', :at, :from) AND strftime('%Y-%m-%dT%H:%M:%SZ', :at, :to)"
        f" LIMIT {CROWD})"
    )
    return int(store.conn.execute(sql, span).fetchone()[0])


def find_rarity(store: Store, terms: Iterable[int]) -> dict[int, float]:
    """Return the inverse document frequency of lead terms, from 0 up."""
    total = store.conn.execute("SELECT MAX(id) FROM articles").fetchone()[0] or 1
    rarity = {}
    for term in terms:
        row = store.conn.execute("SELECT articles FROM lead_counts WHERE term = ?", (term,)).fetchone()
        rarity[term] = max(0.0, math.log((total + 1) / ((row[0] if row else 0) + 1)))
    return rarity
