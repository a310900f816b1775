"""How alike reports in other words are, and which of some are of one event.

Who belongs together is told by how alike each two are, never by who came first: the two most alike are joined first,
groups of them as long as all of either are nearly as alike. What is alike is measured by a ``Similarity``
(``nlp.similarity``), candidates come from ``db.sketches``, what annotations say besides from ``db.clues``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from db.clues import Clues, find_clues, stand_apart
from db.connection import Store
from db.copies import Piece, Similarity, rank_source
from db.rows import parse_time
from db.sketches import Sketch, count_around, find_alike, find_rarity

WINDOW = 10  # days
LINKAGE = 0.8  # part of the best likeness of two groups that the mean must reach: keeps chains from growing
FEW = 3  # so many articles in all are joined without

Open = Callable[[Piece, Piece], bool]


@dataclass(frozen=True, slots=True)
class _Report:
    """What is to be known of an article that is compared."""

    sketch: Sketch
    clues: Clues
    officials: frozenset[int]  # terms of their names: whoever governs stands in the reports of all events


@dataclass(slots=True)
class Likeness:
    """How alike articles are, each two measured once."""

    store: Store
    similarity: Similarity
    reports: dict[int, _Report] = field(default_factory=dict)
    rarity: dict[int, float] = field(default_factory=dict)
    scores: dict[tuple[int, int], float] = field(default_factory=dict)
    crowds: dict[int, int] = field(default_factory=dict)

    def read(self, piece: Piece) -> _Report:
        """Return what is to be known of an article."""
        if piece.id not in self.reports:
            sketch = self.similarity.build_sketch(piece.title, piece.text)
            sql = "SELECT DISTINCT text FROM mentions WHERE article_id = ? AND what = 'official'"
            names = " ".join(text for (text,) in self.store.conn.execute(sql, (piece.id,)))
            officials = frozenset(self.similarity.build_sketch(names, "").lead if names else ())
            self.rarity |= find_rarity(self.store, sketch.lead.keys() - self.rarity.keys())
            self.reports[piece.id] = _Report(sketch, find_clues(self.store, piece.id), officials)
        return self.reports[piece.id]

    def score(self, one: Piece, other: Piece) -> float:
        """Return how alike two articles are, 0 to 1."""
        key = (one.id, other.id) if one.id < other.id else (other.id, one.id)
        if key not in self.scores:
            self.scores[key] = self._measure(self.read(one), self.read(other))
        return self.scores[key]

    def _measure(self, one: _Report, other: _Report) -> float:
        if stand_apart(one.clues, other.clues):
            return 0.0
        mine, theirs, void = one.sketch, other.sketch, one.officials | other.officials
        rarity = {term: 0.0 if term in void else self.rarity[term] for term in (*mine.lead, *theirs.lead)}
        score = self.similarity.score_event(mine.lead, mine.words, theirs.lead, theirs.words, rarity)
        return self.similarity.weigh_witness(score) if one.clues.witnesses & other.clues.witnesses else score

    def is_event(self, one: Piece, other: Piece) -> bool:
        """Return whether two articles are alike enough to be of one event."""
        days = abs((parse_time(one.published_at) - parse_time(other.published_at)).total_seconds()) / 86400
        score, judge = self.score(one, other), self.similarity.is_same_event
        return judge(score, days, 0) and judge(score, days, max(map(self.count_crowd, (one, other))))

    def count_crowd(self, piece: Piece) -> int:
        """Return how many articles were published around one."""
        if piece.id not in self.crowds:
            self.crowds[piece.id] = count_around(self.store, piece.published_at, WINDOW)
        return self.crowds[piece.id]

    def find_candidates(self, piece: Piece) -> list[int]:
        """Return the articles whose leads share most of this one's by rarity."""
        report = self.read(piece)
        rarity = {term: 0.0 if term in report.officials else self.rarity[term] for term in report.sketch.lead}
        return find_alike(self.store, piece.id, piece.published_at, report.sketch.lead, rarity, WINDOW)


def group_events(units: Sequence[list[Piece]], fixed: int, likeness: Likeness, is_open: Open) -> list[list[Piece]]:
    """Join units of articles that belong together anyhow into groups of one event each; of the first ``fixed``
    units no two are joined. ``is_open`` tells which two articles may join their groups.
    """
    groups, place = dict(enumerate(units)), {piece.id: at for at, unit in enumerate(units) for piece in unit}
    holds = {at: at < fixed for at in groups}
    pairs = [
        (one, other)
        for first, second in combinations(groups, 2)
        if not (holds[first] and holds[second])
        for one, other in product(groups[first], groups[second])
        if is_open(one, other) and likeness.is_event(one, other)
    ]
    for one, other in sorted(pairs, key=lambda pair: (-likeness.score(*pair), *sorted(map(rank_source, pair)))):
        first, second = place[one.id], place[other.id]
        if first == second or (holds[first] and holds[second]):
            continue
        if is_one_event(groups[first], groups[second], likeness):
            for piece in groups[second]:
                place[piece.id] = first
            groups[first] = groups[first] + groups.pop(second)
            holds[first] = holds[first] or holds[second]
    return list(groups.values())


def is_one_event(one: Sequence[Piece], other: Sequence[Piece], likeness: Likeness) -> bool:
    """Return whether two groups, of which some are alike, are so as a whole."""
    if len(one) + len(other) <= FEW:
        return True
    scores = [likeness.score(*pair) for pair in product(one, other)]
    return sum(scores) / len(scores) >= LINKAGE * max(scores)
