"""Who took text from whom: the pick-up ledger.

A copy's source is the issuer of the release (a government outlet) if it shares enough, else who published first,
whatever the order in which the articles came in. What is alike is measured by a ``Similarity`` (``nlp.similarity``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from db.connection import Store
from db.corrections import find_links
from db.rows import build_insert, parse_time
from db.sketches import Sketch, find_overruled, find_sharing

UNLINKED, ANEW = 0, -1  # in place of the version that was linked: not yet; once, and to be linked again
# From the first to the last of what belongs together: a weekly bulletin is no copy of last year's, nor all one event.
LONGEST = timedelta(days=30)
HEAD_START = timedelta(days=2)  # an office's own page may come so much later than the outlets that were sent its text
PIECE = (
    "SELECT a.id, a.url, a.outlet, o.kind = 'government', a.published_at, t.title, t.text, a.story_id FROM articles a"
    " JOIN outlets o ON o.id = a.outlet JOIN texts t ON t.article_id = a.id"
)


class Overlap(Protocol):
    """Text that two articles have in common (``nlp.similarity.Overlap``)."""

    @property
    def share(self) -> float:
        """Part of the first one that the second one holds."""

    @property
    def share_of_other(self) -> float:
        """Part of the second one that the first one holds."""

    @property
    def longest_run(self) -> int:
        """Words in a row."""


class Similarity(Protocol):
    """What measures likeness; the module ``nlp.similarity`` is one."""

    def build_sketch(self, title: str, text: str) -> Sketch:
        """Return what is indexed of an article."""

    def compare_texts(self, text: str, other: str, boilerplate: Set[int]) -> Overlap:
        """Return what two texts have in common."""

    def is_copy(self, share: float, share_of_other: float, longest_run: int, same_outlet: bool) -> bool:
        """Return whether one text was taken from the other."""

    def is_retold(self, share: float, share_of_other: float, longest_run: int, likeness: float) -> bool:
        """Return whether a report was written from a release; ``likeness`` is ``score_event``, no term rarer."""

    def score_event(
        self,
        lead: Mapping[int, float],
        words: Set[int],
        other_lead: Mapping[int, float],
        other_words: Set[int],
        rarity: Mapping[int, float],
    ) -> float:
        """Return how alike two reports are, 0 to 1."""

    def weigh_witness(self, score: float) -> float:
        """Return how alike two reports are in which somebody who holds no office speaks in both."""

    def is_same_event(self, score: float, days: float, crowd: int) -> bool:
        """Return whether so alike reports, so many days apart among ``crowd`` articles, are of one event."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An article while it is compared."""

    id: int
    url: str
    outlet: str
    issuer: bool
    published_at: str
    title: str
    text: str
    story_id: int | None


@dataclass(frozen=True, slots=True)
class Copy:
    """What one article took from another."""

    copy: Piece
    source: Piece
    share: float  # of the copy
    share_of_source: float
    longest_run: int  # words


def link_copies(store: Store, piece: Piece, sketch: Sketch, similarity: Similarity) -> list[Piece]:
    """Record copies in both directions, in place of earlier ones; return the articles that share text with this one.

    Articles that were copies of this one before its text changed may be none now: ``relink_lost`` sees to them. What a
    person said of a source holds.
    """
    taken = find_takers(store, piece.id)
    store.conn.execute("DELETE FROM copies WHERE article_id = ? OR source_id = ?", (piece.id, piece.id))
    named = _obey(store, piece, taken, similarity)
    candidates, boilerplate = find_sharing(store, piece.id, piece.published_at, sketch.shingles)
    relink(store, find_overruled(store, piece.id, boilerplate))
    seen = {piece.id, *candidates}
    alike = []
    while candidates:
        other = load_piece(store, candidates.pop(0))
        if other is None or abs(parse_time(other.published_at) - parse_time(piece.published_at)) > LONGEST:
            continue
        found = similarity.compare_texts(piece.text, other.text, boilerplate)
        if not similarity.is_copy(found.share, found.share_of_other, found.longest_run, piece.outlet == other.outlet):
            continue
        alike.append(other)
        kin = _find_ids(store, "SELECT source_id FROM copies WHERE article_id = ?", other.id)
        if is_source(other, piece):
            save_copy(store, Copy(piece, other, found.share, found.share_of_other, found.longest_run))
        else:  # a release that comes last still finds all that took it
            kin += find_takers(store, other.id)
            save_copy(store, Copy(other, piece, found.share_of_other, found.share, found.longest_run))
        candidates += [relative for relative in kin if relative not in seen]
        seen.update(kin)
    return alike + [other for other in named if other.id not in {known.id for known in alike}]


def find_takers(store: Store, article_id: int) -> list[int]:
    """Return the articles that are copies of one."""
    return _find_ids(store, "SELECT article_id FROM copies WHERE source_id = ? ORDER BY 1", article_id)


def relink(store: Store, copies: Iterable[int]) -> None:
    """Have those articles that are copies linked anew."""
    store.conn.executemany(
        "UPDATE articles SET linked_revision = :anew WHERE id = :id"
        " AND EXISTS (SELECT 1 FROM copies WHERE article_id = :id)",
        [{"id": article_id, "anew": ANEW} for article_id in copies],
    )


def relink_lost(store: Store, takers: Iterable[int]) -> None:
    """Have those articles that are nobody's copy any more linked anew."""
    store.conn.executemany(
        "UPDATE articles SET linked_revision = :anew WHERE id = :id"
        " AND NOT EXISTS (SELECT 1 FROM copies WHERE article_id = :id)",
        [{"id": article_id, "anew": ANEW} for article_id in takers],
    )


def _obey(store: Store, piece: Piece, taken: Iterable[int], similarity: Similarity) -> list[Piece]:
    """Record the source that a person named for an article, and the copies that name it; return those articles."""
    source_id = find_links(store, piece.id).copy_of
    pairs = [(piece.id, source_id)] if source_id is not None else []
    pairs += [(copy_id, piece.id) for copy_id in taken if find_links(store, copy_id).copy_of == piece.id]
    named = []
    for copy, source in ((load_piece(store, one), load_piece(store, other)) for one, other in pairs):
        if copy is not None and source is not None:
            found = similarity.compare_texts(copy.text, source.text, frozenset())
            _write_copy(store, Copy(copy, source, found.share, found.share_of_other, found.longest_run))
            named.append(source if copy.id == piece.id else copy)
    return named


def _find_ids(store: Store, sql: str, article_id: int) -> list[int]:
    return [row[0] for row in store.conn.execute(sql, (article_id,))]


def is_source(one: Piece, other: Piece) -> bool:
    """Return whether, of two articles with common text, ``one`` is where it comes from."""
    return rank_source(one) < rank_source(other)


def rank_source(piece: Piece) -> tuple[datetime, bool, str, str]:
    """Return what orders articles with common text, the source first: of any number the same one, whoever is compared
    with whom.
    """
    published = parse_time(piece.published_at) - (HEAD_START if piece.issuer else timedelta())
    return published, not piece.issuer, piece.outlet, piece.url


def save_copy(store: Store, found: Copy) -> None:
    """Keep the better source of a copy."""
    if _is_better(store, found.copy, found.source):
        _write_copy(store, found)


def _is_better(store: Store, copy: Piece, source: Piece) -> bool:
    """Return whether a copy has no source yet that is the source of this one; a person's word is better than any."""
    if "copy_of" in find_links(store, copy.id).owned:
        return False
    old = _find_ids(store, "SELECT source_id FROM copies WHERE article_id = ?", copy.id)
    before = load_piece(store, old[0]) if old else None
    return before is None or is_source(source, before)


def _write_copy(store: Store, found: Copy) -> None:
    latency = parse_time(found.copy.published_at) - parse_time(found.source.published_at)
    row = {
        "article_id": found.copy.id,
        "source_id": found.source.id,
        "share": round(found.share, 4),
        "share_of_source": round(found.share_of_source, 4),
        "longest_run": found.longest_run,
        "latency_minutes": round(latency.total_seconds() / 60),
    }
    store.conn.execute(build_insert("copies", row, "OR REPLACE"), row)


def load_piece(store: Store, article_id: int) -> Piece | None:
    """Return an article as it is compared, None for an unknown id."""
    row = store.conn.execute(f"{PIECE} WHERE a.id = ?", (article_id,)).fetchone()
    return read_piece(row) if row else None


def read_piece(row: Sequence[Any]) -> Piece:
    """Return an article from a row of ``PIECE``."""
    number, url, outlet, issuer, *rest = row
    return Piece(number, url, outlet, bool(issuer), *rest)
