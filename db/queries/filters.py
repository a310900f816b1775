"""Which articles are meant: a frozen filter, and the SQL it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.queries.words import match_expression
from db.rows import placeholders, utc_text

# whose space an article stands in: bought, the government's own, or given by a newsroom
CHANNEL = "CASE WHEN n.kind = 'advertorial' THEN 'paid' WHEN o.kind = 'government' THEN 'owned' ELSE 'earned' END"
# articles first, by whichever index the filter suits: by outlet their rows would be met in another order than that of
# time, in which they and all that belongs to them lie
ARTICLES = "FROM articles a CROSS JOIN outlets o ON o.id = a.outlet"
FROM = f"{ARTICLES} JOIN annotations n ON n.article_id = a.id"
SPEAKER = "COALESCE(q.speaker_id, q.speaker)"  # who is quoted: the id where the profile knows the person
# a correction leaves no doubt behind: it clears the mark of what it sets
REVIEW = "n.about = 'subject' AND (n.tone_review OR n.headline_tone_review)"
NEGATIVE = "(n.tone = 'negatif' OR n.headline_tone = 'negatif')"
DOUBT = (
    "n.about = 'subject' AND EXISTS (SELECT 1 FROM refused r WHERE r.article_id = a.id AND r.reason LIKE 'undecided%')"
)
QUOTING = f"SELECT q.article_id FROM quotes q WHERE {SPEAKER}"
IN_HEADLINE = "headline"  # how an article bears a tag, beside the roles
TAGS = {"opd": "opd", "pillars": "pillar", "places": "place", "officials": "official"}


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """Conditions that all hold; an empty tuple or None is no condition. Times are aware; ``until`` bounds are
    exclusive.
    """

    since: datetime | None = None  # published_at
    until: datetime | None = None
    seen_since: datetime | None = None  # first_seen_at: what came since the last edition
    seen_until: datetime | None = None
    about: tuple[str, ...] = ()  # subject, incidental, none
    outlets: tuple[str, ...] = ()
    opd: tuple[str, ...] = ()  # any of these
    roles: tuple[str, ...] = ()  # actor, mentioned, attendee: of one of those OPDs
    in_headline: str = ""  # opd, pillars, places or officials: one of those asked for stands in the headline
    pillars: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()  # named in the article
    speakers: tuple[str, ...] = ()  # quoted in it; ids or names as printed
    also: tuple[tuple[str, str, str], ...] = ()  # each besides: opd, pillars, places, officials or speakers, an id, and
    # blank, a role or ``headline``: what lies in two rows of a count, where those above are any of several
    channels: tuple[str, ...] = ()  # earned, owned, paid
    tones: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    stories: tuple[int, ...] = ()
    ids: tuple[int, ...] = ()
    query: str | None = None  # full-text search words
    annotated: bool | None = None
    withdrawn: bool | None = None  # None: both
    undecided: bool = False  # only those about the regency with a name of which the machine could not say whose it is
    negative: bool = False  # only those that are, or whose headline is
    review: bool = False  # only those about the regency of whose tone the machine is not sure, and nobody has spoken
    newest_first: bool = False
    limit: int | None = None
    offset: int = 0


def where_of(wanted: ArticleFilter) -> tuple[str, list[Any]]:
    """Return a WHERE expression over ``articles a``, ``outlets o`` and ``annotations n``, and its parameters."""
    parts: list[str] = []
    params: list[Any] = []
    for column, operator, moment in (
        ("a.published_at", ">=", wanted.since),
        ("a.published_at", "<", wanted.until),
        ("a.first_seen_at", ">=", wanted.seen_since),
        ("a.first_seen_at", "<", wanted.seen_until),
    ):
        if moment is not None:
            parts.append(f"{column} {operator} ?")
            params.append(utc_text(moment))
    for column, values in (
        ("n.about", wanted.about),
        ("a.outlet", wanted.outlets),
        ("n.tone", wanted.tones),
        ("n.kind", wanted.kinds),
        ("a.story_id", wanted.stories),
        ("a.id", wanted.ids),
        (CHANNEL, wanted.channels),
    ):
        if values:
            parts.append(f"{column} IN ({placeholders(values)})")
            params += values
    for name, what in TAGS.items():
        if ids := getattr(wanted, name):
            roles = wanted.roles if name == "opd" else ()
            also = f" AND role IN ({placeholders(roles)})" if roles else ""
            also += " AND in_title" if wanted.in_headline == name else ""
            parts.append(
                f"a.id IN (SELECT article_id FROM tags WHERE what = '{what}' AND id IN ({placeholders(ids)}){also})"
            )
            params += [*ids, *roles]
    if wanted.speakers:
        parts.append(f"a.id IN ({QUOTING} IN ({placeholders(wanted.speakers)}))")
        params += wanted.speakers
    for condition, borne in map(_require, wanted.also):
        parts.append(condition)
        params += borne
    if wanted.annotated is not None:
        parts.append(f"n.article_id IS {'NOT ' if wanted.annotated else ''}NULL")
    if wanted.withdrawn is not None:
        parts.append(f"a.withdrawn_at IS {'NOT ' if wanted.withdrawn else ''}NULL")
    kinds = ((wanted.negative, NEGATIVE), (wanted.review, REVIEW), (wanted.undecided, DOUBT))
    parts += [condition for asked, condition in kinds if asked]
    if wanted.query is not None:
        parts.append("a.id IN (SELECT rowid FROM texts_fts WHERE texts_fts MATCH ?)")
        params.append(match_expression(wanted.query))
    return " AND ".join(parts) or "1", params


def _require(also: tuple[str, str, str]) -> tuple[str, list[str]]:
    """Return the condition that an article bears one tag more, or quotes somebody, and its parameters."""
    name, ident, how = also
    if name == "speakers":
        return f"a.id IN ({QUOTING} = ?)", [ident]
    own = {"": "", IN_HEADLINE: " AND in_title"}.get(how, " AND role = ?")
    condition = f"a.id IN (SELECT article_id FROM tags WHERE what = '{TAGS[name]}' AND id = ?{own})"
    return condition, [ident, how] if "?" in own else [ident]
