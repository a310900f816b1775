"""Times that a clock ahead of the world wrote, and how they are put back; which clock is wrong, the caller judges.

What an outlet states (``published_at``, ``modified_at``), what was fetched (``evidence``) and what was told
(``editions``) stay as they are.
"""

from __future__ import annotations

from datetime import datetime

from db.addresses import LOOKS
from db.connection import Store, writing
from db.rows import utc_text

WRITTEN_BY_CLOCK: dict[str, tuple[str, ...]] = {
    "outlets": ("last_success_at",),
    "source_states": ("checked_at", "failing_since"),
    "findings": ("since", "last_at", "resolved_at"),
    "runs": ("started_at", "finished_at"),
    "outcomes": ("at",),
    "articles": ("first_seen_at", "version_at", "withdrawn_at"),
    "revisions": ("version_at",),
    "addresses": ("at",),
    "annotations": ("annotated_at",),
    "corrections": ("at",),
    "missed": ("asked_at",),
    "outbox": ("due_at", "queued_at", "tried_at", "sent_at"),
    "alerts": ("raised_at",),
    "alert_hits": ("first_at", "last_at"),
    "samples": ("drawn_at", "scored_at"),
    "users": ("since",),
}
_READ = (
    "(SELECT outlet, published_at, first_seen_at AS seen_at FROM articles WHERE origin = 'crawl' AND"
    " (published_at > :now OR first_seen_at > :now) UNION ALL SELECT outlet, published_at, at FROM addresses"
    " WHERE state = 'not_ours' AND (published_at > :now OR at > :now))"
)


def find_ahead(store: Store, after: datetime) -> str | None:
    """Return the latest time after a moment at which an article was stored, or a run began that read one; or None."""
    at: str | None = store.conn.execute(
        "SELECT MAX(at) FROM (SELECT MAX(first_seen_at) AS at FROM articles WHERE first_seen_at > :after UNION ALL"
        " SELECT MAX(started_at) FROM runs r WHERE started_at > :after AND EXISTS (SELECT 1 FROM outcomes o"
        " WHERE o.run_id = r.id AND reason IN ('stored', 'not_ours')))",
        {"after": utc_text(after)},
    ).fetchone()[0]
    return at


def count_later(store: Store, now: datetime) -> tuple[int, int]:
    """Return how many outlets have articles that were read later than ``now``, and how many that are dated later."""
    row = store.conn.execute(
        f"SELECT COUNT(DISTINCT CASE WHEN seen_at > :now THEN outlet END),"
        f" COUNT(DISTINCT CASE WHEN published_at > :now THEN outlet END) FROM {_READ}",
        {"now": utc_text(now)},
    ).fetchone()
    return int(row[0]), int(row[1])


def put_back(store: Store, now: datetime) -> int:
    """Set every time that the clock wrote and that lies after ``now`` to ``now``; return how many.

    Articles first seen in that future are looked at again at once. What was queued in it gets a batch of its own, so
    that the messages of those days still go out when the days come.
    """
    moment, total = {"now": utc_text(now)}, 0
    with writing(store):
        store.execute(
            "UPDATE articles SET next_look_at = :now WHERE first_seen_at > :now AND origin = 'crawl'"
            " AND withdrawn_at IS NULL AND published_at > :young",
            {**moment, "young": utc_text(now - LOOKS[-1])},
        )
        store.execute(
            "UPDATE outbox SET batch = batch || ' queued ahead of ' || :now, key = key || ' queued ahead of ' || :now"
            " WHERE queued_at > :now",
            moment,
        )
        for table, columns in WRITTEN_BY_CLOCK.items():
            for column in columns:
                sql = f"UPDATE {table} SET {column} = :now WHERE {column} > :now"
                total += store.execute(sql, moment).rowcount
    return total
