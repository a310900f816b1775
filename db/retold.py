"""Reports that keep little of a release: found by comparing every release with every report of its days.

Such a pair may have nothing in common that is indexed, and it must not matter which of the two came in first, nor what
else is stored. What is recorded is ``db.copies``'s.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from db.connection import Store
from db.copies import HEAD_START, PIECE, Copy, Piece, Similarity, is_source, load_piece, read_piece, save_copy
from db.rows import parse_time, utc_text
from db.sketches import Sketch

WITHIN = timedelta(days=10)  # of a release
MOST = 2000  # articles of those days compared with one


def link_retold(
    store: Store, piece: Piece, sketch: Sketch, similarity: Similarity, passed: Collection[int]
) -> list[Piece]:
    """Record as copies the reports that kept little of a release, where the article is one of the two, but for those
    ``passed``; return the others.

    A report that has an earlier source stays that one's copy; one that took more from somebody else who came later is
    the release's all the same: so it does not matter which of the two was found first.
    """
    told = []
    for other in find_around(store, piece):
        release, report = (piece, other) if piece.issuer else (other, piece)
        if other.id in passed or not is_source(release, report):
            continue
        found = similarity.compare_texts(report.text, release.text, frozenset())
        measured = found.share, found.share_of_other, found.longest_run
        if similarity.is_retold(*measured, 1.0) and similarity.is_retold(*measured, _liken(sketch, other, similarity)):
            save_copy(store, Copy(report, release, *measured))
            told.append(other)
    _link_through(store, piece, similarity)
    return told


def find_around(store: Store, piece: Piece) -> list[Piece]:
    """Return the reports that may have been written from a release, and of a report the releases: by time, nearest
    first.
    """
    before, after = (HEAD_START, WITHIN) if piece.issuer else (WITHIN, HEAD_START)
    at = parse_time(piece.published_at)
    rows = store.conn.execute(
        f"{PIECE} WHERE a.published_at BETWEEN ? AND ? AND (o.kind IS 'government') <> ?"
        " ORDER BY abs(julianday(a.published_at) - julianday(?)), a.url LIMIT ?",
        (utc_text(at - before), utc_text(at + after), piece.issuer, piece.published_at, MOST),
    )
    return [read_piece(row) for row in rows]


def _liken(sketch: Sketch, other: Piece, similarity: Similarity) -> float:
    """Return how alike two articles are when no word weighs more for being rare."""
    theirs = similarity.build_sketch(other.title, other.text)
    even = dict.fromkeys((*sketch.lead, *theirs.lead), 1.0)
    return similarity.score_event(sketch.lead, sketch.words, theirs.lead, theirs.words, even)


def _link_through(store: Store, piece: Piece, similarity: Similarity) -> None:
    """Record as a release's also the copies of its copies that have some words of it: that they are on its event is
    told by what they copied. The article is any of the three.
    """
    pairs = store.conn.execute(
        "SELECT c.article_id, s.source_id FROM copies c JOIN copies s ON s.article_id = c.source_id"
        " WHERE c.article_id = :id OR c.source_id = :id OR s.source_id = :id ORDER BY 1",
        {"id": piece.id},
    ).fetchall()
    for report, release in ((load_piece(store, one), load_piece(store, other)) for one, other in pairs):
        if report is None or release is None or not release.issuer or not is_source(release, report):
            continue
        found = similarity.compare_texts(report.text, release.text, frozenset())
        measured = found.share, found.share_of_other, found.longest_run
        if similarity.is_retold(*measured, 1.0):
            save_copy(store, Copy(report, release, *measured))
