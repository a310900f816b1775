"""What is to be sent, to whom, and how each try ended; nothing is in it twice.

A row is one part of one message for one recipient. Its ``key`` is unique: queueing the same again changes nothing.
States: ``waiting`` (due at ``due_at``), ``sending`` (claimed by process ``pid``), ``sent``, ``failed`` (tries used up),
``unknown`` (the process died while sending, or the store is a copy that was restored: it may have arrived, so it is
never sent again unasked). Recipients are names; addresses, which hold passwords, never come into the store. Sending
is ``monitor.notify``'s.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from db.connection import Store, writing
from db.rows import Row, fetch_row, fetch_rows, now_text, placeholders, utc_text
from db.runs import is_alive

LOST_AFTER = timedelta(minutes=15)  # no try takes a minute: a process of that id which still lives is another one
OVERDUE = timedelta(hours=24)  # quiet hours are shorter: nothing was sent for so long, or the store is of another day
DIED = "the process died while sending: it may have arrived"
LATE = (
    "due for more than a day: nothing was sent since, or the store is an older copy, and it may have arrived;"
    " `pantau send --again` sends an edition once more"
)
COLUMNS = (
    "o.id, o.key, o.batch, o.part, o.parts, o.recipient, o.recipients_group, o.what, o.state, o.tries, o.due_at,"
    " o.tried_at, o.sent_at, o.queued_at, o.urgent, o.detail, m.subject, m.body, m.form"
)


def queue_messages(store: Store, entries: Iterable[Mapping[str, Any]], now: datetime | None = None) -> list[bool]:
    """Put entries (``batch, part, parts, recipient, group, what, subject, body, form, urgent``) into the outbox.

    Returns for each whether it is new. One that was queued before is left as it is, sent or not, except that what
    still waits becomes urgent when it is queued again as urgent; urgent messages do not keep quiet hours.
    """
    added = []
    with writing(store):
        for entry in entries:
            text = "\x00".join((entry["form"], entry["subject"], entry["body"]))
            digest = hashlib.sha256(text.encode()).hexdigest()
            key = build_key(entry["batch"], entry["recipient"], entry["part"])
            store.execute(
                "INSERT INTO messages (sha256, subject, body, form) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (sha256) DO UPDATE SET body = excluded.body WHERE body = ''",
                (digest, entry["subject"], entry["body"], entry["form"]),
            )
            cursor = store.execute(
                "INSERT INTO outbox (key, batch, part, parts, recipient, recipients_group, what, urgent,"
                " message, due_at, queued_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
                (
                    key,
                    *(entry[name] for name in ("batch", "part", "parts", "recipient", "group", "what", "urgent")),
                    digest,
                    now_text(now),
                    now_text(now),
                ),
            )
            added.append(cursor.rowcount > 0)
            if entry["urgent"]:
                store.execute("UPDATE outbox SET urgent = 1 WHERE key = ? AND state = 'waiting'", (key,))
    return added


def build_key(batch: str, recipient: str, part: int) -> str:
    """Return what makes a row the same as another."""
    return f"{batch}|{recipient}|{part}"


def claim_next(
    store: Store, now: datetime, quiet_groups: Sequence[str] = (), batches: Sequence[str] = ()
) -> Row | None:
    """Take the row that is due longest for sending by this process (of ``batches``, of any when empty), or None.

    Groups whose quiet hours run get only what is urgent. The parts of a message go in order: a part is not due while
    an earlier one still waits.
    """
    only = f"AND o.batch IN ({placeholders(batches)})" if batches else ""
    with writing(store):
        row = fetch_row(
            store,
            f"SELECT {COLUMNS} FROM outbox o JOIN messages m ON m.sha256 = o.message"
            f" WHERE o.state = 'waiting' AND o.due_at <= ? {only}"
            f" AND (o.urgent OR o.recipients_group NOT IN ({placeholders(quiet_groups)})) AND NOT EXISTS"
            " (SELECT 1 FROM outbox e WHERE e.batch = o.batch AND e.recipient = o.recipient AND e.part < o.part"
            " AND e.state IN ('waiting', 'sending')) ORDER BY o.due_at, o.id LIMIT 1",
            (utc_text(now), *batches, *quiet_groups),
        )
        if row is None:
            return None
        store.execute(
            "UPDATE outbox SET state = 'sending', pid = ?, tries = tries + 1, tried_at = ? WHERE id = ?",
            (os.getpid(), utc_text(now), row["id"]),
        )
    return {**row, "state": "sending", "tries": row["tries"] + 1}


def mark_sent(store: Store, row_id: int, now: datetime) -> None:
    """Record that a claimed row went out."""
    with writing(store):
        sql = "UPDATE outbox SET state = 'sent', sent_at = ?, detail = '' WHERE id = ?"
        store.execute(sql, (utc_text(now), row_id))


def mark_failed(store: Store, row_id: int, detail: str, retry_at: datetime | None) -> None:
    """Record that a try failed: the row waits until ``retry_at``; with None it is given up, and the parts behind it."""
    with writing(store):
        if retry_at is not None:
            store.execute(
                "UPDATE outbox SET state = 'waiting', due_at = ?, detail = ? WHERE id = ?",
                (utc_text(retry_at), detail, row_id),
            )
            return
        store.execute("UPDATE outbox SET state = 'failed', detail = ? WHERE id = ?", (detail, row_id))
        store.execute(
            "UPDATE outbox SET state = 'failed', detail = 'an earlier part was not delivered' WHERE state = 'waiting'"
            " AND (batch, recipient) = (SELECT batch, recipient FROM outbox WHERE id = :id)"
            " AND part > (SELECT part FROM outbox WHERE id = :id)",
            {"id": row_id},
        )


def mark_lost(store: Store, now: datetime, alive: Callable[[int], bool] = is_alive) -> list[Row]:
    """Set rows whose process died while sending, and those due for more than a day, to ``unknown``, and give up the
    parts behind them; return the rows with what is told of them.
    """
    late = (
        "SELECT id, recipient, batch FROM outbox o WHERE state = 'waiting' AND due_at < :before AND NOT EXISTS"
        " (SELECT 1 FROM outbox e WHERE e.batch = o.batch AND e.recipient = o.recipient AND e.part < o.part"
        " AND e.state = 'waiting' AND e.due_at >= :before)"
    )
    with writing(store):
        claimed = fetch_rows(store, "SELECT id, recipient, batch, pid, tried_at FROM outbox WHERE state = 'sending'")
        died = [row for row in claimed if not alive(row["pid"]) or row["tried_at"] < utc_text(now - LOST_AFTER)]
        lost = [{**row, "detail": DIED} for row in died]
        lost += [{**row, "detail": LATE} for row in fetch_rows(store, late, {"before": utc_text(now - OVERDUE)})]
        for row in lost:
            mark_failed(store, row["id"], "", None)
            sql = "UPDATE outbox SET state = 'unknown', detail = ? WHERE id = ?"
            store.execute(sql, (row["detail"], row["id"]))
    return lost


def requeue_failed(store: Store, now: datetime) -> int:
    """Let what was given up or waits for its next try (not what is unknown, nor what has no text any more) start anew
    now; return how many rows.
    """
    with writing(store):
        return store.execute(
            "UPDATE outbox SET state = 'waiting', tries = 0, due_at = ? WHERE (state = 'failed' OR state = 'waiting'"
            " AND tries > 0) AND message IN (SELECT sha256 FROM messages WHERE body <> '')",
            (utc_text(now),),
        ).rowcount


def drop_texts(store: Store, before: datetime) -> int:
    """Blank the texts of messages queued before a moment of which none is still to be sent; return how many.

    A mail holds its files, so that they would outgrow all else in some years. That it was sent, to whom and when stays.
    """
    later = "SELECT message FROM outbox WHERE queued_at >= :before OR state IN ('waiting', 'sending')"
    with writing(store):
        store.execute("DELETE FROM messages WHERE sha256 NOT IN (SELECT message FROM outbox)")  # another was queued
        return store.execute(
            "UPDATE messages SET body = '' WHERE sha256 IN (SELECT message FROM outbox WHERE queued_at < :before)"
            f" AND sha256 NOT IN ({later}) AND body <> ''",
            {"before": utc_text(before)},
        ).rowcount


def is_queued(store: Store, batch: str) -> bool:
    """Say whether anything of a batch was ever queued."""
    return store.conn.execute("SELECT 1 FROM outbox WHERE batch = ? LIMIT 1", (batch,)).fetchone() is not None


def has_due(store: Store, now: datetime, quiet_groups: Sequence[str] = ()) -> bool:
    """Say whether anything is to be sent now, or was left by a process that may have died."""
    sql = (
        "SELECT 1 FROM outbox WHERE state = 'sending' OR (state = 'waiting' AND due_at <= ?"
        f" AND (urgent OR recipients_group NOT IN ({placeholders(quiet_groups)}))) LIMIT 1"
    )
    return store.conn.execute(sql, (utc_text(now), *quiet_groups)).fetchone() is not None


def find_messages(store: Store, batches: Sequence[str] = (), limit: int = 1000) -> list[Row]:
    """Return rows with subject, body and form, the latest queued first; of ``batches``, or of all when empty."""
    where = f"WHERE o.batch IN ({placeholders(batches)})" if batches else ""
    return fetch_rows(
        store,
        f"SELECT {COLUMNS} FROM outbox o JOIN messages m ON m.sha256 = o.message {where} ORDER BY o.id DESC LIMIT ?",
        (*batches, limit),
    )


def find_message(store: Store, row_id: int) -> Row | None:
    """Return one row by id with its text, or None."""
    sql = f"SELECT {COLUMNS} FROM outbox o JOIN messages m ON m.sha256 = o.message WHERE o.id = ?"
    return fetch_row(store, sql, (row_id,))


def count_unsent(store: Store, since: datetime) -> dict[str, int]:
    """Count what was queued since a moment and did not go out, or may not have, by state."""
    sql = "SELECT state, count(*) AS n FROM outbox WHERE state IN ('failed', 'unknown') AND queued_at >= ? GROUP BY 1"
    return {row["state"]: row["n"] for row in fetch_rows(store, sql, (utc_text(since),))}


def find_unsent(store: Store, limit: int) -> list[Row]:
    """Return the rows of what did not go out, without their texts, the latest queued first."""
    sql = "SELECT id, recipient, what, part, parts, state, tries, queued_at, detail FROM outbox WHERE state != 'sent'"
    return fetch_rows(store, f"{sql} ORDER BY id DESC LIMIT ?", (limit,))
