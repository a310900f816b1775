"""Which articles report one event; kept up to date one article at a time.

A story is a cluster of copies and of independent reports. Copies join whatever stories they are found in; a report in
other words joins the one story that it is most like; that both name the same officials says nothing. What is alike is
measured by a ``Similarity`` (``nlp.similarity``), candidates come from ``db.sketches``, copies are ``db.copies``'s,
and what annotations say besides is ``db.clues``'s.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.clues import Clues, find_clues, stand_apart
from db.connection import Store, writing
from db.copies import (
    ANEW,
    UNLINKED,
    Piece,
    Similarity,
    find_takers,
    link_copies,
    load_piece,
    relink_lost,
)
from db.corrections import Links, find_companions, find_deserted, find_links
from db.kinds import refine_kinds
from db.retold import link_retold
from db.rows import fetch_rows, parse_time
from db.sketches import Sketch, count_around, find_alike, find_rarity, save_sketches

EVENT_WINDOW = 10  # days
MEMBERS_COMPARED = 12  # of a story, the latest: a story of 300 costs no more than one of 12
LINKAGE = 0.8  # part of the best likeness that the mean of the members must reach: keeps chains from growing


@dataclass(frozen=True, slots=True)
class _Report:
    """An article whose event is looked for."""

    sketch: Sketch
    clues: Clues


def link_pending(store: Store, similarity: Similarity, limit: int = 200) -> int:
    """Link up to ``limit`` articles that are new or whose text changed; return how many. Repeat until 0.

    All of them are indexed before the first is linked, so that it hardly matters which came first.
    """
    rows = fetch_rows(
        store,
        "SELECT a.id, a.published_at, t.title, t.text FROM articles a JOIN texts t ON t.article_id = a.id"
        " WHERE a.linked_revision <> a.revision ORDER BY a.id LIMIT ?",
        (limit,),
    )
    with writing(store):
        sketches = {row["id"]: similarity.build_sketch(row["title"], row["text"]) for row in rows}
        save_sketches(store, [(row["id"], row["published_at"], sketches[row["id"]]) for row in rows])
        for article_id, sketch in sketches.items():
            _link(store, article_id, sketch, similarity)
    return len(rows)


def count_unlinked(store: Store) -> int:
    """Return how many articles wait to be linked."""
    return int(store.conn.execute("SELECT COUNT(*) FROM articles WHERE linked_revision <> revision").fetchone()[0])


def link_article(store: Store, article_id: int, similarity: Similarity) -> None:
    """Index one article and link it with those that are stored. Raises KeyError for an unknown id."""
    piece = load_piece(store, article_id)
    if piece is None:
        raise KeyError(f"no article {article_id}")
    sketch = similarity.build_sketch(piece.title, piece.text)
    with writing(store):
        save_sketches(store, [(article_id, piece.published_at, sketch)])
        _link(store, article_id, sketch, similarity)


def _link(store: Store, article_id: int, sketch: Sketch, similarity: Similarity) -> None:
    piece = load_piece(store, article_id)
    assert piece is not None
    if _was_linked(store, article_id):  # if not, whatever story it stands in is one that another of its batch chose
        _leave_story(store, piece)
    _desert(store, article_id)
    takers = find_takers(store, article_id)
    alike = link_copies(store, piece, sketch, similarity)
    alike += link_retold(store, piece, sketch, similarity, {other.id for other in alike})
    said = find_links(store, article_id)
    others = _obey(store, piece, said, alike)
    if not others and "story" not in said.owned:
        others = _obey(store, piece, said, _find_event(store, piece, sketch, similarity))
    _join(store, piece, others)
    if (story := _find_story(store, article_id)) is not None:
        _name(store, story)
    relink_lost(store, takers)
    refine_kinds(store, {article_id, *takers, *(other.id for other in alike)})
    store.conn.execute("UPDATE articles SET linked_revision = revision WHERE id = ?", (article_id,))


def _find_story(store: Store, article_id: int) -> int | None:
    row = store.conn.execute("SELECT story_id FROM articles WHERE id = ?", (article_id,)).fetchone()
    return row[0] if row else None


def _was_linked(store: Store, article_id: int) -> bool:
    row = store.conn.execute("SELECT linked_revision FROM articles WHERE id = ?", (article_id,)).fetchone()
    return bool(row[0] != UNLINKED)


def _obey(store: Store, piece: Piece, said: Links, alike: list[Piece]) -> list[Piece]:
    """Return the articles to share a story with: those alike and those that people said belong with it, but nobody who
    was put elsewhere; where people said with whom this one belongs, that one, and who belongs with it follows later.
    """
    companions = [other for number in find_companions(store, piece.id) if (other := load_piece(store, number))]
    if "story" not in said.owned:
        return _leave_alone(store, piece, alike) + companions
    if said.story is None:  # alone, but for whom people put with it later
        return [other for other in companions if find_links(store, other.id).story_at > said.story_at]
    named = _find_named(store, said)
    elsewhere = [(ANEW, other.id) for other in companions if named and other.story_id != named[0].story_id]
    store.conn.executemany("UPDATE articles SET linked_revision = ? WHERE id = ?", elsewhere)
    return named


def _find_named(store: Store, said: Links) -> list[Piece]:
    """Return the article that a person named as one to share a story with, unless it was said later to be alone."""
    found = load_piece(store, said.story) if said.story is not None else None
    if found is None:
        return []
    other = find_links(store, found.id)
    alone = "story" in other.owned and other.story is None and other.story_at > said.story_at
    return [] if alone else [found]


def _leave_alone(store: Store, piece: Piece, alike: list[Piece]) -> list[Piece]:
    """Return whom of those alike to follow: those of whose story nobody spoke; where there is none, one that people put
    into a story, unless this article was stored when they did.
    """
    words = {other.id: find_links(store, other.id) for other in alike}
    free = [other for other in alike if "story" not in words[other.id].owned]
    seen = store.conn.execute("SELECT first_seen_at FROM articles WHERE id = ?", (piece.id,)).fetchone()[0]
    return free or [other for other in alike if other.story_id is not None and words[other.id].story_at < seen][:1]


def _find_event(store: Store, piece: Piece, sketch: Sketch, similarity: Similarity) -> list[Piece]:
    """Return the article most alike in content, if it is alike enough and so is its story as a whole."""
    scores: dict[int, float] = {}
    best: Piece | None = None
    report = _Report(sketch, find_clues(store, piece.id))
    rarity = find_rarity(store, sketch.lead) | _void_names(store, piece.id, similarity)
    crowd = count_around(store, piece.published_at, EVENT_WINDOW)
    for other_id in find_alike(store, piece.id, piece.published_at, sketch.lead, rarity, EVENT_WINDOW):
        other = load_piece(store, other_id)
        if other is None:
            continue
        score = scores[other_id] = _score(store, report, other, similarity, rarity)
        if similarity.is_same_event(score, _days(piece, other), crowd) and (best is None or score > scores[best.id]):
            best = other
    if best is None or best.story_id is None:
        return [best] if best else []
    members = _members(store, best.story_id)
    for member in members:
        if member.id not in scores:
            scores[member.id] = _score(store, report, member, similarity, rarity)
    mean = sum(scores[member.id] for member in members) / len(members)
    return [best] if mean >= LINKAGE * scores[best.id] or len(members) < 3 else []


def _score(store: Store, report: _Report, other: Piece, similarity: Similarity, rarity: dict[int, float]) -> float:
    """Return how alike an article is to another; ``rarity`` is filled with the terms of the other's lead."""
    clues = find_clues(store, other.id)
    if stand_apart(report.clues, clues):
        return 0.0
    mine, theirs = report.sketch, similarity.build_sketch(other.title, other.text)
    rarity |= find_rarity(store, theirs.lead.keys() - rarity.keys()) | _void_names(store, other.id, similarity)
    score = similarity.score_event(mine.lead, mine.words, theirs.lead, theirs.words, rarity)
    return similarity.weigh_witness(score) if report.clues.witnesses & clues.witnesses else score


def _void_names(store: Store, article_id: int, similarity: Similarity) -> dict[int, float]:
    """Return the terms of the officials' names in an annotated article, with no rarity: whoever governs stands in the
    reports of all events, however few of them a small store holds.
    """
    sql = "SELECT DISTINCT text FROM mentions WHERE article_id = ? AND what = 'official'"
    names = " ".join(text for (text,) in store.conn.execute(sql, (article_id,)))
    return dict.fromkeys(similarity.build_sketch(names, "").lead, 0.0)


def _days(one: Piece, other: Piece) -> float:
    return abs((parse_time(one.published_at) - parse_time(other.published_at)).total_seconds()) / 86400


def _members(store: Store, story_id: int) -> list[Piece]:
    ids = store.conn.execute(
        "SELECT id FROM articles WHERE story_id = ? ORDER BY published_at DESC LIMIT ?", (story_id, MEMBERS_COMPARED)
    ).fetchall()
    return [piece for (article_id,) in ids if (piece := load_piece(store, article_id))]


def _join(store: Store, piece: Piece, others: list[Piece]) -> None:
    """Put an article and those that belong with it into one story, the oldest of theirs, or a new one."""
    own = _find_story(store, piece.id)
    if not others:
        return
    stories = sorted({story for story in (own, *(other.story_id for other in others)) if story is not None})
    if stories:
        story = stories[0]
    else:
        story = int(store.execute("INSERT INTO stories DEFAULT VALUES").lastrowid or 0)
    for merged in stories[1:]:
        store.conn.execute("UPDATE articles SET story_id = ? WHERE story_id = ?", (story, merged))
        store.conn.execute("DELETE FROM stories WHERE id = ?", (merged,))
    ids = [piece.id, *(other.id for other in others)]
    store.conn.executemany("UPDATE articles SET story_id = ? WHERE id = ?", [(story, member) for member in ids])


def _leave_story(store: Store, piece: Piece) -> None:
    """Take an article whose text changed out of its story before it is linked anew; a story of one is none, and whoever
    is left of it looks for another.
    """
    if piece.story_id is None:
        return
    store.conn.execute("UPDATE articles SET story_id = NULL WHERE id = ?", (piece.id,))
    left = store.conn.execute("SELECT COUNT(*) FROM articles WHERE story_id = ?", (piece.story_id,)).fetchone()[0]
    if left < 2:
        anew = "UPDATE articles SET story_id = NULL, linked_revision = ? WHERE story_id = ?"
        store.conn.execute(anew, (UNLINKED, piece.story_id))
        store.conn.execute("DELETE FROM stories WHERE id = ?", (piece.story_id,))
    else:
        _name(store, piece.story_id)


def _desert(store: Store, article_id: int) -> None:
    """Take out of their story the articles said to be alone that were in it for the sake of this one only."""
    for number in find_deserted(store, article_id):
        other = load_piece(store, number)
        if other is not None and other.story_id is not None:
            _leave_story(store, other)
            store.conn.execute("UPDATE articles SET linked_revision = ? WHERE id = ?", (ANEW, number))


def _name(store: Store, story_id: int) -> None:
    """Name a story after the first of its articles that is no copy."""
    store.conn.execute(
        "UPDATE stories SET headline_of = (SELECT a.id FROM articles a LEFT JOIN copies c ON c.article_id = a.id"
        " WHERE a.story_id = :id ORDER BY c.article_id IS NOT NULL, a.published_at, a.id LIMIT 1) WHERE id = :id",
        {"id": story_id},
    )
