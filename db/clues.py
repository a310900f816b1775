"""What annotations tell of two reports beside their words: who speaks in both, where either headline puts its event.

How much that weighs is ``nlp.similarity``'s; which articles are compared is ``db.stories``'s.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.connection import Store


@dataclass(frozen=True, slots=True)
class Clues:
    """What an annotated article has of them; one that is not annotated has none."""

    places: frozenset[str]  # that the headline names
    witnesses: frozenset[str]  # who speaks and holds no office: whoever does speaks of all events
    about: str | None


def find_clues(store: Store, article_id: int) -> Clues:
    """Read them of an article."""
    places = store.conn.execute(
        "SELECT DISTINCT id FROM mentions WHERE article_id = ? AND what = 'place' AND part = 'title'", (article_id,)
    )
    speakers = store.conn.execute(
        "SELECT DISTINCT lower(speaker) FROM quotes"
        " WHERE article_id = ? AND speaker IS NOT NULL AND speaker_id IS NULL AND opd IS NULL",
        (article_id,),
    )
    about = store.conn.execute("SELECT about FROM annotations WHERE article_id = ?", (article_id,)).fetchone()
    return Clues(
        frozenset(place for (place,) in places), frozenset(name for (name,) in speakers), about[0] if about else None
    )


def stand_apart(one: Clues, other: Clues) -> bool:
    """Return whether two reports cannot be of one event: headlines name different places, or only one is about us."""
    elsewhere = bool(one.places and other.places) and not one.places & other.places
    return elsewhere or {one.about, other.about} == {"subject", "none"}
