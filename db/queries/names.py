"""Names that readers know instead of ids: of outlets and of stories."""

from __future__ import annotations

from collections.abc import Sequence

from db.connection import Store
from db.rows import LISTED, json_text


def find_outlet_names(store: Store) -> dict[str, str]:
    """Return the name of every outlet by id."""
    return dict(store.conn.execute("SELECT id, name FROM outlets").fetchall())


def find_outlets_to_choose(store: Store, watched: Sequence[str]) -> dict[str, str]:
    """Return the names of the outlets that are watched or have an article here, in the order of the alphabet: recipes
    of other regions are registered too.
    """
    sql = (
        f"SELECT o.id, o.name FROM outlets o WHERE o.id IN {LISTED}"
        " OR EXISTS (SELECT 1 FROM articles a WHERE a.outlet = o.id) ORDER BY o.name COLLATE NOCASE, o.id"
    )
    return dict(store.conn.execute(sql, [json_text(list(watched))]).fetchall())


def find_unread_outlets(store: Store) -> set[str]:
    """Return the ids of outlets that no crawl has read yet."""
    return {row[0] for row in store.conn.execute("SELECT id FROM outlets WHERE last_success_at IS NULL")}


def find_headlines(store: Store, stories: Sequence[int]) -> dict[int, str]:
    """Return the headline that stands for each story."""
    sql = (
        "SELECT s.id, t.title FROM stories s JOIN texts t ON t.article_id ="
        " COALESCE(s.headline_of, (SELECT MIN(a.id) FROM articles a WHERE a.story_id = s.id))"
        f" WHERE s.id IN {LISTED}"
    )
    return dict(store.conn.execute(sql, [json_text(list(stories))]).fetchall())
