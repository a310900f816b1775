"""Who took text from whom, and which articles report one event; kept up to date one article at a time.

A copy's source is the issuer of the release (a government outlet) if it shares enough, else who published first,
whatever the
order in which articles came in. A story is a cluster of copies and of independent reports on one event. What is alike
is
measured by a ``Similarity`` (``nlp.similarity``), candidates come from ``db.sketches``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from db.connection import Store, writing
from db.rows import Row, fetch_row, fetch_rows, now_text, parse_time
from db.sketches import Sketch, find_alike, find_rarity, find_sharing, save_sketch

EVENT_WINDOW = 10  # days
MEMBERS_COMPARED = 12  # of a story, the latest: a story of 300 costs no more than one of 12
LINKAGE = 0.6  # part of the needed likeness that the mean of the members must reach: keeps chains from growing
HEAD_START = timedelta(days=2)  # an office's own page may come so much later than the outlets that were sent its text


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

    def score_event(
        self,
        lead: Mapping[int, float],
        words: Set[int],
        other_lead: Mapping[int, float],
        other_words: Set[int],
        rarity: Mapping[int, float],
    ) -> float:
        """Return how alike two reports are, 0 to 1."""

    def is_same_event(self, score: float, days: float) -> bool:
        """Return whether so alike reports, so many days apart, are of one event."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What was found for one article: its story and source (None: alone), and how many others are its copies."""

    article_id: int
    story_id: int | None
    source_id: int | None
    copies: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """An article while it is compared."""

    id: int
    outlet: str
    issuer: bool
    published_at: str
    title: str
    text: str
    story_id: int | None


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
        for row in rows:
            save_sketch(store, row["id"], row["published_at"], sketches[row["id"]])
        for article_id, sketch in sketches.items():
            _link(store, article_id, sketch, similarity)
    return len(rows)


def link_article(store: Store, article_id: int, similarity: Similarity) -> Linked:
    """Index one article and link it with those that are stored. Raises KeyError for an unknown id."""
    piece = _load(store, article_id)
    if piece is None:
        raise KeyError(f"no article {article_id}")
    sketch = similarity.build_sketch(piece.title, piece.text)
    with writing(store):
        save_sketch(store, article_id, piece.published_at, sketch)
        return _link(store, article_id, sketch, similarity)


def find_stories(store: Store, story_ids: Iterable[int]) -> list[Row]:
    """Return stories by id: ``id, headline, url, articles, newsrooms, first_at, last_at``."""
    ids = list(story_ids)
    marks = ", ".join("?" for _ in ids)
    return fetch_rows(
        store,
        "SELECT s.id, t.title AS headline, a.url, s.articles, s.newsrooms, s.first_at, s.last_at FROM stories s"
        " JOIN texts t ON t.article_id = s.headline_of JOIN articles a ON a.id = s.headline_of"
        f" WHERE s.id IN ({marks}) ORDER BY s.id",
        ids,
    )


def find_pickups(store: Store, source_id: int) -> list[Row]:
    """Return the copies of an article in the order of publication, with share, longest run, latency and headline."""
    return fetch_rows(
        store,
        "SELECT c.*, a.url, a.outlet, a.published_at, t.title, t.title = s.title AS same_headline FROM copies c"
        " JOIN articles a ON a.id = c.article_id JOIN texts t ON t.article_id = c.article_id"
        " JOIN texts s ON s.article_id = c.source_id WHERE c.source_id = ? ORDER BY a.published_at, a.id",
        (source_id,),
    )


def _link(store: Store, article_id: int, sketch: Sketch, similarity: Similarity) -> Linked:
    piece = _load(store, article_id)
    assert piece is not None
    store.conn.execute("DELETE FROM copies WHERE article_id = ?1 OR source_id = ?1", (article_id,))
    _leave_story(store, piece)
    stories = _link_copies(store, piece, sketch, similarity)
    if not stories:
        stories = _find_event(store, piece, sketch, similarity)
    _join(store, article_id, stories)
    store.conn.execute("UPDATE articles SET linked_revision = revision WHERE id = ?", (article_id,))
    row = fetch_row(
        store,
        "SELECT a.story_id, c.source_id, (SELECT COUNT(*) FROM copies WHERE source_id = a.id) AS copies"
        " FROM articles a LEFT JOIN copies c ON c.article_id = a.id WHERE a.id = ?",
        (article_id,),
    )
    assert row is not None
    return Linked(article_id, row["story_id"], row["source_id"], row["copies"])


def _link_copies(store: Store, piece: _Piece, sketch: Sketch, similarity: Similarity) -> list[_Piece]:
    """Record copies in both directions; return the articles that share text with this one."""
    candidates, boilerplate = find_sharing(store, piece.id, piece.published_at, sketch.shingles)
    alike = []
    for other_id in candidates:
        other = _load(store, other_id)
        if other is None:
            continue
        overlap = similarity.compare_texts(piece.text, other.text, boilerplate)
        if not similarity.is_copy(
            overlap.share, overlap.share_of_other, overlap.longest_run, piece.outlet == other.outlet
        ):
            continue
        alike.append(other)
        if _is_source(other, piece):
            _save_copy(store, piece, other, overlap.share, overlap.share_of_other, overlap.longest_run)
        else:
            _save_copy(store, other, piece, overlap.share_of_other, overlap.share, overlap.longest_run)
    return alike


def _is_source(one: _Piece, other: _Piece) -> bool:
    """Return whether, of two articles with common text, ``one`` is where it comes from."""
    if one.issuer != other.issuer:
        issuer, taker = (one, other) if one.issuer else (other, one)
        in_time = parse_time(issuer.published_at) <= parse_time(taker.published_at) + HEAD_START
        return (issuer is one) == in_time
    return (one.published_at, one.id) < (other.published_at, other.id)


def _save_copy(store: Store, copy: _Piece, source: _Piece, share: float, share_of_source: float, run: int) -> None:
    """Keep the better source of a copy: the one that is the source of the other."""
    old = store.conn.execute("SELECT source_id FROM copies WHERE article_id = ?", (copy.id,)).fetchone()
    before = _load(store, old[0]) if old else None
    if before is not None and not _is_source(source, before):
        return
    latency = parse_time(copy.published_at) - parse_time(source.published_at)
    store.conn.execute(
        "INSERT OR REPLACE INTO copies (article_id, source_id, share, share_of_source, longest_run, latency_minutes)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (copy.id, source.id, round(share, 4), round(share_of_source, 4), run, round(latency.total_seconds() / 60)),
    )


def _find_event(store: Store, piece: _Piece, sketch: Sketch, similarity: Similarity) -> list[_Piece]:
    """Return the article most alike in content, if it is alike enough and so is its story as a whole."""
    best: tuple[float, _Piece] | None = None
    for other_id in find_alike(store, piece.id, piece.published_at, set(sketch.lead), EVENT_WINDOW):
        other = _load(store, other_id)
        if other is None:
            continue
        score = _score(store, piece, sketch, other, similarity)
        if similarity.is_same_event(score, _days(piece, other)) and (best is None or score > best[0]):
            best = (score, other)
    if best is None:
        return []
    score, other = best
    if other.story_id is None:
        return [other]
    members = _members(store, other.story_id)
    scores = [_score(store, piece, sketch, member, similarity) for member in members]
    return [other] if sum(scores) / len(scores) >= LINKAGE * score or len(members) < 3 else []


def _score(store: Store, piece: _Piece, sketch: Sketch, other: _Piece, similarity: Similarity) -> float:
    theirs = similarity.build_sketch(other.title, other.text)
    rarity = find_rarity(store, {*sketch.lead, *theirs.lead})
    return similarity.score_event(sketch.lead, sketch.words, theirs.lead, theirs.words, rarity)


def _days(one: _Piece, other: _Piece) -> float:
    return abs((parse_time(one.published_at) - parse_time(other.published_at)).total_seconds()) / 86400


def _members(store: Store, story_id: int) -> list[_Piece]:
    ids = store.conn.execute(
        "SELECT id FROM articles WHERE story_id = ? ORDER BY published_at DESC LIMIT ?", (story_id, MEMBERS_COMPARED)
    ).fetchall()
    return [piece for (article_id,) in ids if (piece := _load(store, article_id))]


def _join(store: Store, article_id: int, others: list[_Piece]) -> None:
    """Put an article and those that belong with it into one story, the oldest of theirs; make one if there is none."""
    if not others:
        return
    stories = sorted({other.story_id for other in others if other.story_id is not None})
    if stories:
        story = stories[0]
    else:
        story = int(store.execute("INSERT INTO stories (updated_at) VALUES (?)", (now_text(),)).lastrowid or 0)
    for merged in stories[1:]:
        store.conn.execute("UPDATE articles SET story_id = ? WHERE story_id = ?", (story, merged))
        store.conn.execute("DELETE FROM stories WHERE id = ?", (merged,))
    ids = [article_id, *(other.id for other in others)]
    store.conn.executemany("UPDATE articles SET story_id = ? WHERE id = ?", [(story, member) for member in ids])
    _refresh(store, story)


def _leave_story(store: Store, piece: _Piece) -> None:
    """Take an article whose text changed out of its story before it is linked anew; a story of one is none."""
    if piece.story_id is None:
        return
    store.conn.execute("UPDATE articles SET story_id = NULL WHERE id = ?", (piece.id,))
    left = store.conn.execute("SELECT COUNT(*) FROM articles WHERE story_id = ?", (piece.story_id,)).fetchone()[0]
    if left < 2:
        store.conn.execute("UPDATE articles SET story_id = NULL WHERE story_id = ?", (piece.story_id,))
        store.conn.execute("DELETE FROM stories WHERE id = ?", (piece.story_id,))
    else:
        _refresh(store, piece.story_id)


def _refresh(store: Store, story_id: int) -> None:
    """Bring a story's numbers up to date; its headline is that of the first article that is no copy."""
    store.conn.execute(
        "UPDATE stories SET (articles, newsrooms, first_at, last_at) = (SELECT COUNT(*), COUNT(DISTINCT outlet),"
        " MIN(published_at),"
        " MAX(published_at) FROM articles WHERE story_id = ?1), updated_at = ?2, headline_of = (SELECT a.id FROM"
        " articles a"
        " LEFT JOIN copies c ON c.article_id = a.id WHERE a.story_id = ?1 ORDER BY c.article_id IS NOT NULL,"
        " a.published_at, a.id"
        " LIMIT 1) WHERE id = ?1",
        (story_id, now_text()),
    )


def _load(store: Store, article_id: int) -> _Piece | None:
    row = store.conn.execute(
        "SELECT a.id, a.outlet, o.kind = 'government', a.published_at, t.title, t.text, a.story_id FROM articles a"
        " JOIN outlets o ON o.id = a.outlet JOIN texts t ON t.article_id = a.id WHERE a.id = ?",
        (article_id,),
    ).fetchone()
    return _Piece(row[0], row[1], bool(row[2]), *row[3:]) if row else None
