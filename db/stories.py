"""Which articles report one event; kept up to date one article at a time.

A story is a cluster of copies and of independent reports. Copies join whatever stories they are found in; with each
article that comes in, those alike and their stories are grouped anew (``db.events``), so that it hardly matters which
came first; that both name the same officials says nothing. Copies are ``db.copies``'s and ``db.retold``'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import datetime
from itertools import chain

from db.connection import Store, writing
from db.copies import (
    ANEW,
    LONGEST,
    PIECE,
    UNLINKED,
    Piece,
    Similarity,
    find_takers,
    link_copies,
    load_piece,
    rank_source,
    read_piece,
    relink_lost,
)
from db.corrections import Links, find_companions, find_deserted, find_links
from db.events import Likeness, group_events
from db.kinds import refine_kinds
from db.retold import link_retold
from db.rows import fetch_rows, parse_time
from db.sketches import Sketch, save_sketches

MOST_REGROUPED = 40  # articles at a time; of larger stories a few are compared: a story of 300 costs no more
MEMBERS_COMPARED = 12  # the latest


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
    _join(store, piece, _obey(store, piece, said, _keep_near(store, piece, alike)))
    if "story" not in said.owned:
        _regroup(store, article_id, similarity)
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


def _keep_near(store: Store, piece: Piece, alike: list[Piece]) -> list[Piece]:
    """Return those alike, the first before all, whose stories with the article's own reach over no more than LONGEST:
    what is reported again and again would else become one story without end.
    """
    first, last = _find_span(store, piece)
    near = []
    for other in alike:
        begin, end = _find_span(store, other)
        if max(last, end) - min(first, begin) <= LONGEST:
            first, last = min(first, begin), max(last, end)
            near.append(other)
    return near


def _find_span(store: Store, piece: Piece) -> tuple[datetime, datetime]:
    """Return when the first and the last of an article and its story came out."""
    sql = "SELECT MIN(published_at), MAX(published_at) FROM articles WHERE story_id = ? OR id = ?"
    first, last = store.conn.execute(sql, (_find_story(store, piece.id), piece.id)).fetchone()
    return parse_time(first), parse_time(last)


def _regroup(store: Store, article_id: int, similarity: Similarity) -> None:
    """Group an article, those alike and all that stand in their stories anew by events: whoever comes in may show that
    others belong together, or do not. Stories of which people spoke, and those too large, stay as they are; the article
    may join one of them.
    """
    piece, likeness = load_piece(store, article_id), Likeness(store, similarity)
    assert piece is not None
    pieces = (load_piece(store, other) for other in likeness.find_candidates(piece))
    alike = [other for other in pieces if other is not None and likeness.is_event(piece, other)]
    found = _keep_near(store, piece, _leave_alone(store, piece, alike))
    members = _load_members(store, {one.story_id for one in (piece, *found) if one.story_id is not None})
    large = sum(map(len, members.values())) > MOST_REGROUPED
    if large:
        members = {story: some[:MEMBERS_COMPARED] for story, some in members.items()}
    spoken = {one.id for one in chain(found, *members.values()) if "story" in find_links(store, one.id).owned}
    fixed = {s: some for s, some in members.items() if large or not spoken.isdisjoint(one.id for one in some)}
    loose = [one for one in (piece, *found) if one.story_id is None]
    units = [*fixed.values(), *_join_copies(store, chain(loose, *(members[s] for s in members.keys() - fixed.keys())))]
    chosen = {one.id for one in found}

    def is_open(one: Piece, other: Piece) -> bool:
        pair = {one.id, other.id}
        return spoken.isdisjoint(pair) or (piece.id in pair and not chosen.isdisjoint(pair))

    if len(units) > 1:
        _place(store, group_events(units, len(fixed), likeness, is_open), list(fixed), list(members))


def _load_members(store: Store, stories: Set[int]) -> dict[int, list[Piece]]:
    """Return the articles of each story, the latest first; of one that is too large to be regrouped not all."""
    sql = f"{PIECE} WHERE a.story_id = ? ORDER BY a.published_at DESC, a.url LIMIT ?"
    return {
        story: [read_piece(row) for row in store.conn.execute(sql, (story, MOST_REGROUPED + 1))]
        for story in sorted(stories)
    }


def _join_copies(store: Store, pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return articles in groups of those that have their text from one source or from each other."""
    groups = {piece.id: [piece] for piece in pieces}
    for piece in [some[0] for some in groups.values()]:
        row = store.conn.execute("SELECT source_id FROM copies WHERE article_id = ?", (piece.id,)).fetchone()
        if row is None:
            continue
        one, other = groups[piece.id], groups.setdefault(row[0], [])
        if one is not other:
            one += other
            groups |= dict.fromkeys((number for number, some in groups.items() if some is other), one)
    return list({id(some): some for some in groups.values()}.values())


def _place(store: Store, groups: list[list[Piece]], fixed: list[int], stories: list[int]) -> None:
    """Give each group of several articles a story, one of ``stories`` in which some of it stood before if it can."""
    taken = set(fixed)
    for group in sorted(groups, key=lambda some: (-len(some), min(map(rank_source, some)))):
        before = {one.story_id for one in group}
        story = next((one for one in fixed if one in before), None)
        if story is None and len(group) > 1:
            story = min((one for one in before if one is not None and one not in taken), default=None)
            story = story or int(store.execute("INSERT INTO stories DEFAULT VALUES").lastrowid or 0)
            taken.add(story)
        moved = [(story, one.id) for one in group if one.story_id != story]
        store.conn.executemany("UPDATE articles SET story_id = ? WHERE id = ?", moved)
        if story is not None:
            _name(store, story)
    sql = "DELETE FROM stories WHERE id = ? AND NOT EXISTS (SELECT 1 FROM articles WHERE story_id = stories.id)"
    store.conn.executemany(sql, [(one,) for one in stories])


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
