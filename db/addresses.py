"""Which addresses are settled: stored, an alias, about others, or given up; and which articles to look at again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from db.connection import Store, writing
from db.rows import Row, fetch_row, fetch_rows, now_text, parse_time, placeholders, utc_text

LOOKS = tuple(
    timedelta(hours=hours) for hours in (1, 6, 24, 72, 168)
)  # after the first sight; news changes early or never
OVERDUE = timedelta(days=7)  # a look that could not be had for so long is given up
GIVEN_UP = frozenset(
    {"gone", "not_article", "soft_404", "redirected_away", "redirect_loop", "too_large", "no_title", "no_body", "hung"}
)
REVISITED = 500  # articles per run
# So often an address may end in a reason of GIVEN_UP before it is left alone, each try twice as long after the one
# before: what an outlet broke for some hours or days is read within as many again, and many polls fall into one hour.
TRIES = 7
WAITS = tuple(timedelta(hours=2**n) for n in range(TRIES - 1))
HUNG_TRIES = 4  # that a page counts for which held up the whole crawl: read once more after hours, and never again
LEFT_TRIES = 5  # so often an article is asked for again that could not be had, when no source lists it any more


def known_addresses(store: Store, outlets: Sequence[str] = (), now: datetime | None = None) -> Iterator[str]:
    """Yield every address of ``outlets`` (of all when none is named) that need not be fetched again; with ``now`` also
    those whose next try after a vain one is not due yet.
    """
    some = f" AND outlet IN ({placeholders(outlets)})" if outlets else ""
    vain = f"tries >= {TRIES}" + (f" OR NOT ({_due(now)})" if now else "")
    # What a person clipped has a name of its own that no link leads to: it is no http address.
    cursor = store.conn.execute(
        f"SELECT url FROM addresses WHERE (state NOT IN ('failed', 'left') OR state = 'failed' AND ({vain}))"
        f" AND url LIKE 'http%'{some}",
        tuple(outlets),
    )
    yield from (url for (url,) in cursor)


def save_not_ours(store: Store, record: Mapping[str, Any]) -> bool:
    """Keep address, title and date of an article that names nothing of the profile; return whether it is new.

    An address that is an article already stays one.
    """
    published = record.get("published_at")
    with writing(store):
        cursor = store.execute(
            "INSERT INTO addresses (url, outlet, state, at, title, published_at) VALUES (?, ?, 'not_ours', ?, ?, ?)"
            " ON CONFLICT (url) DO UPDATE SET state = 'not_ours', title = excluded.title,"
            " published_at = excluded.published_at WHERE addresses.state = 'failed'",
            (
                record["url"],
                record["outlet"],
                _at(record),
                record.get("title"),
                utc_text(published) if published else None,
            ),
        )
    return cursor.rowcount > 0


def find_not_ours(store: Store, outlet: str) -> list[Row]:
    """Return address and title of the outlet's articles that name nothing of the profile, as far as they are kept."""
    return fetch_rows(store, "SELECT url, title FROM addresses WHERE outlet = ? AND state = 'not_ours'", (outlet,))


def drop_not_ours(store: Store, before: datetime) -> int:
    """Forget the articles that name nothing of the profile and were looked at before a moment; return how many.

    One that its outlet still offers is looked at once more, and kept anew.
    """
    with writing(store):
        return store.execute("DELETE FROM addresses WHERE state = 'not_ours' AND at < ?", (utc_text(before),)).rowcount


def note_failure(store: Store, record: Mapping[str, Any]) -> None:
    """Count a failed try of an address, if its reason is one of GIVEN_UP: all other reasons are temporary."""
    if record["reason"] not in GIVEN_UP:
        return
    store.execute(
        "INSERT INTO addresses (url, outlet, state, reason, tries, at) VALUES (?, ?, 'failed', ?, ?, ?)"
        " ON CONFLICT (url) DO UPDATE SET reason = excluded.reason, tries = tries + excluded.tries, at = excluded.at"
        " WHERE state = 'failed'",
        (
            record["url"],
            record["outlet"],
            record["reason"],
            HUNG_TRIES if record["reason"] == "hung" else 1,
            _at(record),
        ),
    )


def note_left(store: Store, record: Mapping[str, Any]) -> None:
    """Keep the address of an article that a run could not read (``left`` in its ``outcome`` record), and count the
    tries; forget it as soon as a run could. An article that a run only met too late was not tried.
    """
    if not record.get("left"):
        store.execute("DELETE FROM addresses WHERE url = ? AND state = 'left'", (record["url"],))
        return
    store.execute(
        "INSERT INTO addresses (url, outlet, state, reason, tries, at, published_at) VALUES (?, ?, 'left', ?, ?, ?, ?)"
        " ON CONFLICT (url) DO UPDATE SET reason = excluded.reason, tries = tries + excluded.tries,"
        " published_at = excluded.published_at WHERE state = 'left'",
        (
            record["url"],
            record["outlet"],
            record["reason"],
            record["reason"] not in ("over_limit", "future_date"),
            _at(record),
            utc_text(record["published_at"]) if record.get("published_at") else None,
        ),
    )


def find_left(store: Store, outlets: Sequence[str], now: datetime, *, again: bool = False) -> dict[str, list[str]]:
    """Return by outlet the addresses of the articles that earlier runs met and could not read, the oldest first.

    One that was left because its date lay in the future is among them once that date has come, one that ended as if
    for good once its next try is due, or at once with ``again``.
    """
    due = "TRUE" if again else _due(now)
    rows = store.conn.execute(
        f"SELECT outlet, url FROM addresses WHERE outlet IN ({placeholders(outlets)}) AND (state = 'left' AND tries < ?"
        f" AND (published_at IS NULL OR published_at <= ?) OR state = 'failed'"
        f" AND tries < {TRIES} AND ({due})) ORDER BY at, url",
        (*outlets, LEFT_TRIES, utc_text(now)),
    )
    left: dict[str, list[str]] = {}
    for outlet, url in rows:
        left.setdefault(outlet, []).append(url)
    return left


def drop_left(store: Store, before: datetime) -> int:
    """Forget the articles that could not be read and were met before a moment; return how many."""
    with writing(store):
        return store.execute("DELETE FROM addresses WHERE state = 'left' AND at < ?", (utc_text(before),)).rowcount


def claim_addresses(store: Store, article_id: int, outlet: str, urls: Sequence[str], at: str) -> None:
    """Point addresses at an article, the first as its own, the rest as aliases. One that belongs to another article
    stays that one's.
    """
    for number, url in enumerate(dict.fromkeys(urls)):
        store.execute(
            "INSERT INTO addresses (url, outlet, state, article_id, at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (url) DO UPDATE SET state = excluded.state, article_id = excluded.article_id,"
            " at = excluded.at, reason = NULL, title = NULL, published_at = NULL WHERE addresses.article_id IS NULL",
            (url, outlet, "alias" if number else "article", article_id, at),
        )


def find_article_id(store: Store, urls: Sequence[str]) -> int | None:
    """Return the article that one of ``urls`` leads to, the first that does."""
    for url in urls:
        row = store.conn.execute(
            "SELECT article_id FROM addresses WHERE url = ? AND article_id IS NOT NULL", (url,)
        ).fetchone()
        if row:
            return int(row[0])
    return None


def find_address(store: Store, url: str) -> Row | None:
    """Return what is known of one address: ``state``, ``reason``, ``tries``, ``article_id``, ``at``; None if never
    settled.
    """
    return fetch_row(store, "SELECT * FROM addresses WHERE url = ?", (url,))


def count_addresses(store: Store) -> dict[str, dict[str, int]]:
    """Return by outlet how many addresses are in each state, leaving out aliases and what is still to be read."""
    counts: dict[str, dict[str, int]] = {}
    cursor = store.conn.execute(
        "SELECT outlet, state, COUNT(*) FROM addresses WHERE state NOT IN ('alias', 'left') GROUP BY 1, 2"
    )
    for outlet, state, n in cursor:
        counts.setdefault(outlet, {})[state] = int(n)
    return counts


def articles_to_revisit(store: Store, now: datetime | None = None) -> list[Row]:
    """Return the articles whose next look (1 h, 6 h, 1 d, 3 d, 7 d after the first sight) is due, oldest look first,
    as many as one run can look at.
    """
    now = now or datetime.now(UTC)
    return fetch_rows(
        store,
        "SELECT a.id, a.url, a.outlet, t.title, a.revision, a.first_seen_at, a.next_look_at, e.sha256 FROM articles a"
        " JOIN texts t ON t.article_id = a.id LEFT JOIN evidence e ON e.article_id = a.id AND e.revision = a.revision"
        " WHERE a.next_look_at BETWEEN ? AND ? ORDER BY a.next_look_at LIMIT ?",
        (utc_text(now - OVERDUE), utc_text(now), REVISITED),
    )


def next_look(first_seen: str, published: str, now: datetime) -> str | None:
    """Return when to look again (stored form), None after the last look or if the article was old at first sight."""
    first = parse_time(first_seen)
    if first - parse_time(published) > LOOKS[-1]:
        return None
    due = next((first + wait for wait in LOOKS if first + wait > now), None)
    return utc_text(due) if due else None


def _due(now: datetime) -> str:
    """Return the SQL condition that the next try of an address is due, by how many there were."""
    waits = " ".join(f"WHEN {n} THEN '{utc_text(now - wait)}'" for n, wait in enumerate(WAITS, 1))
    return f"at <= CASE tries {waits} END"


def _at(record: Mapping[str, Any]) -> str:
    return utc_text(record["at"]) if record.get("at") else now_text()
