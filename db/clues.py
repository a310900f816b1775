"""What annotations tell of two reports beside their words: who speaks in both, where either headline puts its event.

How much that weighs is ``nlp.similarity``'s; which articles are compared is ``db.stories``'s.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.connection import Store

OPENING = 500  # characters


@dataclass(frozen=True, slots=True)
class Clues:
    """What an annotated article has of them; one that is not annotated has none."""

    places: frozenset[str]  # that the headline names
    opening: frozenset[str]  # that the text opens with
    witnesses: frozenset[str]  # who speaks and holds no office: whoever does speaks of all events
    about: str | None


def find_clues(store: Store, article_id: int) -> Clues:
    """Read them of an article."""
    places = store.conn.execute(
        "SELECT part, id FROM mentions WHERE article_id = ? AND what = 'place' AND (part = 'title' OR start < ?)",
        (article_id, OPENING),
    ).fetchall()
    speakers = store.conn.execute(
        "SELECT DISTINCT lower(speaker) FROM quotes"
        " WHERE article_id = ? AND speaker IS NOT NULL AND speaker_id IS NULL AND opd IS NULL",
        (article_id,),
    )
    about = store.conn.execute("SELECT about FROM annotations WHERE article_id = ?", (article_id,)).fetchone()
    return Clues(
        frozenset(place for part, place in places if part == "title"),
        frozenset(place for part, place in places if part != "title"),
        frozenset(name for (name,) in speakers),
        about[0] if about else None,
    )


def stand_apart(one: Clues, other: Clues) -> bool:
    """Return whether two reports cannot be of one event: only one is about us, or their headlines name different places
    and neither text opens with that of the other.
    """
    named = one.places and other.places
    shared = one.places & (other.places | other.opening) or other.places & one.opening
    return bool(named and not shared) or {one.about, other.about} == {"subject", "none"}
