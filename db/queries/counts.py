"""Counts of articles by one or more dimensions, and the articles behind a number.

Only articles about the regency count (``about`` subject) unless the filter says otherwise; addresses that are not
ours are not articles and never do. Paid, owned and earned are three columns and are never added up:

- paid: marked as advertorial; owned: on a government outlet; earned: the rest, copies of releases among them.
- stories: independent events, an article without a story being one of its own.
- as_actor, as_mentioned, as_attendee: the role of the OPD of the row, filled when ``opd`` is a dimension.
- in_headline: the OPD, place or person of the row stands in the headline (0 without such a dimension).
- quotes: direct quotations, of the OPD's, person's or speaker's own when that is a dimension.

``person`` are the persons whom an article names, ``speaker`` those whom it quotes, directly or not: by id where the
profile knows them, else by the name as printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from db.connection import Store
from db.queries.articles import iter_articles
from db.queries.filters import CHANNEL, FROM, SPEAKER, ArticleFilter, where_of
from db.rows import Row, fetch_rows, json_text

TAG_DIMENSIONS = {"opd": "opd", "pillar": "pillar", "place": "place", "person": "official", "speaker": None}
TIME_DIMENSIONS = ("day", "week", "month", "year")
PLAIN_DIMENSIONS = {
    "channel": "c.channel",
    "outlet": "c.outlet",
    "outlet_kind": "COALESCE(c.outlet_kind, 'unknown')",
    "kind": "c.kind",
    "tone": "c.tone",
    "headline_tone": "c.headline_tone",
    "story": "c.story_id",
    "day": "date(c.published_at, {shift})",
    "week": "date(c.published_at, {shift}, 'weekday 0', '-6 days')",  # its Monday
    "month": "strftime('%Y-%m', c.published_at, {shift})",
    "year": "strftime('%Y', c.published_at, {shift})",
}
DIMENSIONS = (*TAG_DIMENSIONS, *PLAIN_DIMENSIONS)
FILTERS = {
    "opd": "opd",
    "pillar": "pillars",
    "place": "places",
    "person": "officials",
    "speaker": "speakers",
    "channel": "channels",
    "outlet": "outlets",
    "outlet_kind": "outlet_kinds",
    "kind": "kinds",
    "tone": "tones",
    "headline_tone": "headline_tones",
    "story": "stories",
}
ROLES = {"as_actor": "actor", "as_mentioned": "mentioned", "as_attendee": "attendee"}  # the strongest first
ROLE = "SUBSTR(MIN(CASE t.role WHEN 'actor' THEN '1' WHEN 'mentioned' THEN '2' ELSE '3' END || t.role), 2)"
# what is known of each article in each row of the answer, then what is counted of these lines; the lines are made
# first, in the order of time in which the tables lie: looked up in the order of the answer they cost twice as much
LINE = """{role} AS x_role, {in_title} AS x_title, c.channel AS x_channel, c.tone AS x_tone,
  COALESCE(c.story_id, -c.id) AS x_story, {quotes} AS x_quotes"""
COLUMNS = """COUNT(*) AS articles, {roles}, {in_headline} AS in_headline, COALESCE(SUM(x_quotes), 0) AS quotes,
  COUNT(DISTINCT x_story) AS stories, COUNT(*) FILTER (WHERE x_channel = 'paid') AS paid,
  COUNT(*) FILTER (WHERE x_channel = 'owned') AS owned, COUNT(*) FILTER (WHERE x_channel = 'earned') AS earned,
  COUNT(*) FILTER (WHERE x_tone = 'positif') AS positif, COUNT(*) FILTER (WHERE x_tone = 'netral') AS netral,
  COUNT(*) FILTER (WHERE x_tone = 'negatif') AS negatif"""


class UnknownDimension(ValueError):
    """A dimension that articles cannot be counted by."""


def count_by(
    store: Store,
    dimensions: Sequence[str],
    wanted: ArticleFilter | None = None,
    *,
    shift: timedelta = timedelta(),
    merge: Mapping[str, str] | None = None,
) -> list[Row]:
    """Count articles by ``dimensions`` (of DIMENSIONS), most articles first; no dimension gives the one row of
    totals.

    ``shift`` is the reader's offset from UTC, which decides where a day begins; ``merge`` maps OPD ids to the id they
    are counted under (successors). An article counts once in each row it belongs to: rows of tags do not add up to
    the total. Raises UnknownDimension.
    """
    names, tags, parts, select, params = _build_question(dimensions, wanted, shift, merge)
    grouping = ", ".join(map(str, range(1, len(names) + 1)))
    order = f" GROUP BY {grouping} ORDER BY articles DESC, {grouping}" if names else ""
    lines = f"lines AS MATERIALIZED ({select.format(columns=_line(tags, bool(merge)))})"
    columns = ", ".join([*names, _columns(tags)])
    return fetch_rows(store, f"WITH {parts}, {lines} SELECT {columns} FROM lines{order}", params)


def list_by(
    store: Store,
    dimensions: Sequence[str],
    wanted: ArticleFilter | None = None,
    *,
    shift: timedelta = timedelta(),
    merge: Mapping[str, str] | None = None,
) -> list[Row]:
    """Return the articles behind every number of `count_by` with the same arguments: one row per key and article.

    Rows hold the dimensions, then ``id, published_at`` (UTC), ``outlet, outlet_name, channel, tone, title, url``, by
    key and time. Raises UnknownDimension.
    """
    names, _, parts, select, params = _build_question(dimensions, wanted, shift, merge)
    columns = "c.id, c.published_at, c.outlet, c.outlet_name, c.channel, c.tone, x.title, a.url"
    order = ", ".join([*map(str, range(1, len(names) + 1)), "c.published_at", "c.id"])
    joins = " JOIN articles a ON a.id = c.id JOIN texts x ON x.article_id = c.id"
    return fetch_rows(store, f"WITH {parts} {select.format(columns=columns)}{joins} ORDER BY {order}", params)


def _build_question(
    dimensions: Sequence[str], wanted: ArticleFilter | None, shift: timedelta, merge: Mapping[str, str] | None
) -> tuple[list[str], list[str], str, str, list[Any]]:
    """Return the dimensions once each, those of tags among them, the tables of a WITH, the SELECT upon them with
    ``{columns}`` open, and the parameters.
    """
    for name in dimensions:
        if name not in DIMENSIONS:
            raise UnknownDimension(f"cannot count by {name!r}; known are {', '.join(DIMENSIONS)}")
    names = list(dict.fromkeys(dimensions))
    tags = [name for name in names if name in TAG_DIMENSIONS]
    minutes = int(shift.total_seconds() // 60)
    keys = [
        f"{name}.id" if name in tags else PLAIN_DIMENSIONS[name].format(shift=f"'{minutes:+d} minutes'")
        for name in names
    ]
    where, params = where_of(_subject_only(wanted or ArticleFilter()))
    parts = [
        "merges AS MATERIALIZED (SELECT key AS old, value AS new FROM json_each(?))",
        _chosen(where),
        *(_tagged(name) for name in tags if _is_gathered(name, merge)),
    ]
    columns = ", ".join([*(f"{key} AS {name}" for key, name in zip(keys, names, strict=True)), "{columns}"])
    joins = "".join(
        f" JOIN {f'tagged_{name}' if _is_gathered(name, merge) else 'tags'} {name} ON {name}.article_id = c.id"
        + ("" if _is_gathered(name, merge) else f" AND {name}.what = '{TAG_DIMENSIONS[name]}'")
        for name in tags
    )
    return (
        names,
        tags,
        ", ".join(parts),
        f"SELECT {columns} FROM chosen c{joins}",
        [json_text(dict(merge or {})), *params],
    )


def list_articles_of(
    store: Store, key: Mapping[str, Any], wanted: ArticleFilter | None = None, *, merge: Mapping[str, str] | None = None
) -> Iterator[Row]:
    """Yield the articles behind a number: those of ``wanted`` that the row with this ``key`` (dimension -> value)
    counts.

    Time dimensions are narrowed by ``since`` and ``until`` of the filter instead. Raises UnknownDimension.
    """
    changes: dict[str, Any] = {}
    for name, value in key.items():
        if name not in FILTERS:
            raise UnknownDimension(
                f"cannot list by {name!r}; known are {', '.join(FILTERS)}; for a period use since and until"
            )
        ids = [value, *(old for old, new in (merge or {}).items() if new == value and name == "opd")]
        changes[FILTERS[name]] = tuple(ids)
    return iter_articles(store, replace(_subject_only(wanted or ArticleFilter()), **changes))


def _subject_only(wanted: ArticleFilter) -> ArticleFilter:
    return wanted if wanted.about else replace(wanted, about=("subject",))


def _chosen(where: str) -> str:
    return (
        "chosen AS MATERIALIZED (SELECT a.id, a.outlet, a.published_at, a.story_id, o.kind AS outlet_kind,"
        f" o.name AS outlet_name, n.kind, n.tone, n.headline_tone, {CHANNEL} AS channel"
        f" {FROM} WHERE {where})"
    )


def _is_gathered(name: str, merge: Mapping[str, str] | None) -> bool:
    """Return whether rows of a tag dimension must be gathered first, to be one per article; else the table serves."""
    return name == "speaker" or (name == "opd" and bool(merge))


def _tagged(name: str) -> str:
    """Speakers, or OPDs under the ids that they are merged to, of the chosen articles: one row per article and id."""
    if name == "speaker":
        return (
            f"tagged_speaker AS MATERIALIZED (SELECT q.article_id, {SPEAKER} AS id, NULL AS role, 0 AS in_title"
            f" FROM chosen c JOIN quotes q ON q.article_id = c.id WHERE {SPEAKER} IS NOT NULL GROUP BY 1, 2)"
        )
    return (
        f"tagged_{name} AS MATERIALIZED (SELECT t.article_id, COALESCE(m.new, t.id) AS id, {ROLE} AS role,"
        " MAX(t.in_title) AS in_title FROM chosen c"
        f" JOIN tags t ON t.article_id = c.id AND t.what = '{TAG_DIMENSIONS[name]}'"
        " LEFT JOIN merges m ON m.old = t.id GROUP BY 1, 2)"
    )


def _columns(tags: Sequence[str]) -> str:
    roles = ", ".join(
        f"COUNT(*) FILTER (WHERE x_role = '{role}') AS {name}" if "opd" in tags else f"NULL AS {name}"
        for name, role in ROLES.items()
    )
    return COLUMNS.format(roles=roles, in_headline="SUM(x_title)" if tags else "0")


def _line(tags: Sequence[str], merge: bool) -> str:
    in_title = " AND ".join(f"{name}.in_title" for name in tags) or "0"
    speaker = " AND q.speaker_id = person.id" if "person" in tags else ""
    speaker += f" AND {SPEAKER} = speaker.id" if "speaker" in tags else ""
    if "opd" in tags:
        merged = "COALESCE((SELECT m.new FROM merges m WHERE m.old = q.opd), q.opd)"
        speaker += f" AND {merged if merge else 'q.opd'} = opd.id"
    quotes = f"(SELECT COUNT(*) FROM quotes q WHERE q.article_id = c.id AND NOT q.indirect{speaker})"
    return LINE.format(role="opd.role" if "opd" in tags else "NULL", in_title=in_title, quotes=quotes)
