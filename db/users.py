"""People who may sign in to the workspace, and their sessions. Of passwords and session tokens only hashes are kept.

What a role may do is ``monitor.web.access``'s.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from db.connection import Store, writing
from db.rows import Row, fetch_row, fetch_rows, now_text


def save_user(store: Store, name: str, password: str, role: str, now: datetime | None = None) -> None:
    """Add a person, or change password and role of one; ``password`` is its hash. Old sessions end."""
    with writing(store):
        store.execute(
            "INSERT INTO users (name, password, role, since) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (name) DO UPDATE SET password = excluded.password, role = excluded.role",
            (name, password, role, now_text(now)),
        )
        store.execute("DELETE FROM sessions WHERE user = ?", (name,))


def remove_user(store: Store, name: str) -> bool:
    """Take a person's access away at once; what they corrected stays. Return whether there was such a person."""
    with writing(store):
        store.execute("DELETE FROM sessions WHERE user = ?", (name,))
        return bool(store.execute("DELETE FROM users WHERE name = ?", (name,)).rowcount)


def find_users(store: Store) -> list[Row]:
    """Return ``name, role, since`` of everybody, by name."""
    return fetch_rows(store, "SELECT name, role, since FROM users ORDER BY name")


def find_user(store: Store, name: str) -> Row | None:
    """Return ``name, role, password`` (its hash) of one person, or None."""
    return fetch_row(store, "SELECT name, role, password FROM users WHERE name = ?", (name,))


def start_session(store: Store, user: str, token: str, lasts: timedelta, now: datetime) -> None:
    """Remember that whoever brings ``token`` is ``user``; sessions that have run out are forgotten."""
    with writing(store):
        store.execute("DELETE FROM sessions WHERE ends_at < ?", (now_text(now),))
        store.execute(
            "INSERT INTO sessions (token, user, ends_at) VALUES (?, ?, ?)",
            (_hash(token), user, now_text(now + lasts)),
        )


def find_session(store: Store, token: str, now: datetime) -> Row | None:
    """Return ``name, role`` of whom a token stands for, or None when it has run out."""
    sql = "SELECT u.name, u.role FROM sessions s JOIN users u ON u.name = s.user WHERE s.token = ? AND s.ends_at >= ?"
    return fetch_row(store, sql, (_hash(token), now_text(now)))


def end_session(store: Store, token: str) -> None:
    """Forget a token."""
    with writing(store):
        store.execute("DELETE FROM sessions WHERE token = ?", (_hash(token),))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
