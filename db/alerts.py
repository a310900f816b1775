"""Alerts that were raised, the rules that fired for each, and what an evaluation looks at.

An alert is about a story (its articles may be regrouped later, so it is known by them, not by the story's number) or
about a volume of articles. Each rule that fires on it is a hit of its own. A muted alert was held back by the
cool-down of a rule: it is kept, told to nobody. Rules are ``monitor.alerts``'s.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from db.connection import Store, writing
from db.queries.filters import CHANNEL
from db.rows import LISTED, Row, build_insert, fetch_row, fetch_rows, json_text, placeholders, utc_text


def save_alert(store: Store, hit: Mapping[str, Any], now: datetime, muted: bool) -> int:
    """Raise an alert with its first hit; return its id.

    A hit has ``rule, tier, target, about, headline, url, articles, facts``.
    """
    with writing(store):
        cursor = store.execute(
            "INSERT INTO alerts (about, tier, headline, url, raised_at, muted) VALUES (?, ?, ?, ?, ?, ?)",
            (hit["about"], hit["tier"], hit["headline"], hit["url"], utc_text(now), muted),
        )
        alert_id = int(cursor.lastrowid or 0)
        save_hit(store, alert_id, hit, now)
    return alert_id


def save_hit(store: Store, alert_id: int, hit: Mapping[str, Any], now: datetime) -> None:
    """Add a rule's hit to an alert, or bring the facts of the one that it has up to date, with the articles."""
    with writing(store):
        row = {"alert_id": alert_id, **{name: hit[name] for name in ("rule", "target", "tier")}}
        row |= {"facts": json_text(hit["facts"]), "first_at": utc_text(now), "last_at": utc_text(now)}
        store.execute(
            f"{build_insert('alert_hits', row)} ON CONFLICT (alert_id, rule, target)"
            " DO UPDATE SET facts = excluded.facts, last_at = excluded.last_at",
            row,
        )
        store.conn.executemany(
            "INSERT OR IGNORE INTO alert_articles (alert_id, article_id) VALUES (?, ?)",
            [(alert_id, article_id) for article_id in hit["articles"]],
        )


def raise_tier(store: Store, alert_id: int, tier: str) -> None:
    """Set an alert to a higher tier, told again: it is no longer muted."""
    with writing(store):
        store.execute("UPDATE alerts SET tier = ?, muted = 0 WHERE id = ?", (tier, alert_id))


def find_alert_on(store: Store, articles: Sequence[int], abouts: Sequence[str]) -> Row | None:
    """Return the alert on one of ``abouts`` that shares most of these articles: ``id, tier, muted, shared`` (how many)
    and ``hits``, the ``(rule, target)`` that fired on it; None without any.
    """
    row = fetch_row(
        store,
        "SELECT l.id, l.tier, l.muted, COUNT(*) AS shared FROM alert_articles x JOIN alerts l ON l.id = x.alert_id"
        f" WHERE x.article_id IN {LISTED} AND l.about IN ({placeholders(abouts)})"
        " GROUP BY l.id ORDER BY shared DESC, l.id LIMIT 1",
        (json_text(list(articles)), *abouts),
    )
    if row is None:
        return None
    hits = store.conn.execute("SELECT rule, target FROM alert_hits WHERE alert_id = ?", (row["id"],)).fetchall()
    return {**row, "muted": bool(row["muted"]), "hits": set(hits)}


def find_last_told(store: Store, rule: str, target: str) -> str | None:
    """Return when a rule last raised an alert on a target that was told to somebody."""
    row = fetch_row(
        store,
        "SELECT MAX(h.first_at) AS at FROM alert_hits h JOIN alerts l ON l.id = h.alert_id"
        " WHERE h.rule = ? AND h.target = ? AND NOT l.muted",
        (rule, target),
    )
    return row["at"] if row else None


def find_alerts(store: Store, ids: Sequence[int] = (), limit: int = 50) -> list[Row]:
    """Return alerts (of ``ids``, or all) with ``hits`` and ``articles``, the latest raised first."""
    where = f"WHERE id IN ({placeholders(ids)})" if ids else ""
    rows = fetch_rows(store, f"SELECT * FROM alerts {where} ORDER BY raised_at DESC, id DESC LIMIT ?", (*ids, limit))
    for row in rows:
        hits = fetch_rows(store, "SELECT * FROM alert_hits WHERE alert_id = ? ORDER BY first_at, rule", (row["id"],))
        row["hits"] = [{**hit, "facts": json.loads(hit["facts"])} for hit in hits]
        row["muted"] = bool(row["muted"])
        row["articles"] = fetch_rows(
            store,
            "SELECT a.id, a.url, o.name AS outlet_name, t.title FROM alert_articles x"
            " JOIN articles a ON a.id = x.article_id JOIN outlets o ON o.id = a.outlet"
            " JOIN texts t ON t.article_id = a.id WHERE x.alert_id = ? ORDER BY a.published_at, a.id",
            (row["id"],),
        )
    return rows


def find_fresh(store: Store, since: datetime, until: datetime, published_since: datetime) -> dict[int, str]:
    """Return annotated articles whose present version appeared in a period, and when: when they were published, or
    changed by their outlet. None that was published before ``published_since``.
    """
    rows = store.conn.execute(
        "SELECT id, MAX(published_at, CASE WHEN revision > 1 AND version_by = 'outlet' THEN version_at ELSE '' END)"
        " AS appeared FROM articles WHERE published_at >= ? AND published_at < ? AND appeared >= ? AND appeared <= ?"
        " AND withdrawn_at IS NULL AND annotated_revision = revision ORDER BY id",
        (utc_text(published_since), utc_text(until), utc_text(since), utc_text(until)),
    )
    return dict(rows.fetchall())


def load_moments(store: Store, since: datetime, until: datetime) -> list[Row]:
    """Return articles about the regency published in a period: ``id, published_at, story, channel, kind, tone, copied``
    and ``opd``, the ids it is tagged with.
    """
    rows = fetch_rows(
        store,
        f"SELECT a.id, a.published_at, a.story_id AS story, {CHANNEL} AS channel, n.kind, n.tone,"
        " EXISTS (SELECT 1 FROM copies c WHERE c.article_id = a.id) AS copied,"
        " (SELECT json_group_array(g.id) FROM tags g WHERE g.article_id = a.id AND g.what = 'opd') AS opd"
        " FROM articles a JOIN outlets o ON o.id = a.outlet JOIN annotations n ON n.article_id = a.id"
        " WHERE a.published_at >= ? AND a.published_at < ? AND n.about = 'subject' AND a.withdrawn_at IS NULL"
        " ORDER BY a.published_at, a.id",
        (utc_text(since), utc_text(until)),
    )
    return [{**row, "opd": json.loads(row["opd"])} for row in rows]


def find_busy_hours(store: Store, since: datetime, until: datetime) -> set[str]:
    """Return the UTC hours (``YYYY-MM-DDTHH``) in which any article, on whatever, was published."""
    rows = store.conn.execute(
        "SELECT DISTINCT substr(published_at, 1, 13) FROM articles WHERE published_at >= ? AND published_at < ?",
        (utc_text(since), utc_text(until)),
    )
    return {row[0] for row in rows}
