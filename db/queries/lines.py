"""What counts are counted of: arrays with one line per article and combination of the tags that are counted by.

SQLite finds the articles and reads their tags; crossing the tags of a year's articles gives millions of lines, which
numpy makes and counts in a fraction of the time that SQLite needs. Values are numbers (``Column``) until the answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from db.connection import Store
from db.queries.filters import CHANNEL, FROM, SPEAKER, ArticleFilter, where_of

Numbers = NDArray[np.int64]
TAGS = {"opd": "opd", "pillar": "pillar", "place": "place", "person": "official", "speaker": None}
QUOTED = {"opd": "q.opd", "person": "q.speaker_id", "speaker": SPEAKER}  # whose own quotations a line counts
# of an article, direct ones; counted there they are a third of the numbers that reading them all would bring
QUOTES = "(SELECT COUNT(*) FROM quotes q WHERE q.article_id = a.id AND NOT q.indirect)"
ROLES = ("actor", "mentioned", "attendee")  # the strongest first
NO_ROLE = len(ROLES)
SPAN = 2**62  # how many different combinations a number can stand for


@dataclass(frozen=True, slots=True)
class Column:
    """A value per line, as its place among ``values``."""

    codes: Numbers
    values: Sequence[Any] | Numbers

    def take(self, places: Numbers) -> Column:
        """Return the column of the lines at ``places``."""
        return Column(self.codes[places], self.values)


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags of one kind that articles bear, each once per article."""

    articles: Numbers
    column: Column
    roles: Numbers
    in_title: Numbers


@dataclass(frozen=True, slots=True)
class Articles:
    """The articles that are counted, and what each has one of; ``columns`` are the dimensions of that kind.

    An article without story has one of its own, of a negative number.
    """

    ids: Sequence[int]
    channels: Column
    tones: Column
    stories: Column
    quotes: Numbers  # direct quotations of each
    columns: dict[str, Column]


@dataclass(frozen=True, slots=True)
class Lines:
    """What is counted: line by line which of the articles, and the values of the dimensions.

    ``roles`` are those of the OPD of the line (places in ROLES), ``in_title`` tells whether all tags of the line stand
    in the headline, ``quotes`` how many direct quotations are the line's own.
    """

    articles: Column
    columns: dict[str, Column]
    roles: Numbers
    in_title: Numbers
    quotes: Numbers


def load_articles(store: Store, wanted: ArticleFilter, plain: Mapping[str, str]) -> Articles:
    """Return the articles wanted; ``plain`` maps dimensions to SQL expressions."""
    where, params = where_of(wanted)
    columns = ["a.id", CHANNEL, "n.tone", "COALESCE(a.story_id, -a.id)", QUOTES, *plain.values()]
    ids, channels, tones, stories, quotes, *others = _read(store, columns, f"{FROM} WHERE {where}", params)
    numbers, codes = np.unique(_numbers(stories), return_inverse=True)
    columns_of = dict(zip(plain, map(encode, others), strict=True))
    return Articles(ids, encode(channels), encode(tones), Column(codes, numbers), _numbers(quotes), columns_of)


def load_lines(store: Store, of: Articles, dimensions: Sequence[str], merge: Mapping[str, str]) -> Lines:
    """Return the lines of articles for dimensions of theirs and of TAGS; ``merge`` maps OPD ids to the id they count
    under.
    """
    listed = json.dumps(of.ids)
    articles, columns = Column(np.arange(len(of.ids)), of.ids), of.columns
    roles, in_title = np.full(len(of.ids), NO_ROLE), np.ones(len(of.ids), np.int64)
    for name in (name for name in dimensions if name in TAGS):
        tags = _load_tags(store, listed, name, merge)
        lines, places = _cross(articles, tags)
        articles, in_title = articles.take(lines), in_title[lines] & tags.in_title[places]
        roles = tags.roles[places] if name == "opd" else roles[lines]
        columns = {key: column.take(lines) for key, column in columns.items()} | {name: tags.column.take(places)}
    columns = {name: columns[name] for name in dimensions}
    own = {name: columns[name] for name in QUOTED if name in columns}
    quotes = _count_quotes(store, listed, articles, own, merge) if own else of.quotes[articles.codes]
    return Lines(articles, columns, roles, in_title, quotes)


def encode(values: Sequence[Any]) -> Column:
    """Return values as a column whose values ascend, None first."""
    ordered = sorted(set(values), key=lambda value: (value is not None, value))
    places = {value: place for place, value in enumerate(ordered)}
    return Column(np.fromiter(map(places.__getitem__, values), np.int64, len(values)), ordered)


def combine(columns: Iterable[Column], lines: int) -> Numbers:
    """Return a number per line that is the same where all columns are, and ascends as they do, the first before all."""
    keys, span = np.zeros(lines, np.int64), 1
    for column in columns:
        size = max(len(column.values), 1)
        if span * size > SPAN:
            found, keys = np.unique(keys, return_inverse=True)
            span = len(found)
        keys, span = keys * size + column.codes, span * size
    return keys


def _read(store: Store, columns: Sequence[str], rest: str, params: Sequence[Any]) -> list[list[Any]]:
    """Return the columns of a query's answer, each in one piece: row by row a million tags take three times as long."""
    sql = f"SELECT {', '.join(f'json_group_array({column})' for column in columns)} {rest}"
    return [json.loads(column) for column in store.conn.execute(sql, params).fetchone()]


def _load_tags(store: Store, listed: str, name: str, merge: Mapping[str, str]) -> Tags:
    """Return one kind of tags of the articles listed (as JSON)."""
    if name == "speaker":
        columns, joined = [SPEAKER, f"{NO_ROLE}", "0"], f"quotes q ON q.article_id = c.value AND {SPEAKER} IS NOT NULL"
    else:
        cases = " ".join(f"WHEN '{role}' THEN {rank}" for rank, role in enumerate(ROLES))
        columns = ["t.id", f"CASE t.role {cases} ELSE {NO_ROLE} END", "t.in_title"]
        joined = f"tags t ON t.article_id = c.value AND t.what = '{TAGS[name]}'"
    rest = f"FROM json_each(?) c CROSS JOIN {joined}"
    articles, ids, roles, in_title = _read(store, ["c.key", *columns], rest, [listed])
    merged = name == "opd" and bool(merge)
    column = encode([merge.get(ident, ident) for ident in ids] if merged else ids)
    tags = Tags(_numbers(articles), column, _numbers(roles), _numbers(in_title))
    return _gather(tags) if merged or name == "speaker" else tags


def _gather(tags: Tags) -> Tags:
    """Return each tag once per article: in its strongest role, in the headline where one of it is."""
    order = np.lexsort((tags.roles, tags.column.codes, tags.articles))
    articles, codes = tags.articles[order], tags.column.codes[order]
    first = np.flatnonzero(np.diff(articles, prepend=-1) | np.diff(codes, prepend=-1))
    in_title = np.maximum.reduceat(tags.in_title[order], first) if len(first) else tags.in_title
    return Tags(articles[first], Column(codes[first], tags.column.values), tags.roles[order][first], in_title)


def _cross(articles: Column, tags: Tags) -> tuple[Numbers, Numbers]:
    """Return which of the lines, here of ``articles``, and which of the tags belong together, as places in both."""
    order = np.argsort(tags.articles, kind="stable")
    each = np.bincount(tags.articles, minlength=len(articles.values))
    starts, times = np.cumsum(each) - each, each[articles.codes]
    lines = np.repeat(np.arange(len(times)), times)
    within = np.arange(len(lines)) - np.repeat(np.cumsum(times) - times, times)  # counts the tags of each line from 0
    return lines, order[starts[articles.codes[lines]] + within]


def _count_quotes(
    store: Store, listed: str, articles: Column, own: Mapping[str, Column], merge: Mapping[str, str]
) -> Numbers:
    """Return how many direct quotations of its article each line has: of its own OPD, person and speaker, those of them
    that are counted by.
    """
    told = "".join(f" AND {QUOTED[name]} IS NOT NULL" for name in own)
    rest = f"FROM json_each(?) c CROSS JOIN quotes q ON q.article_id = c.value AND NOT q.indirect{told}"
    quoted, *values = _read(store, ["c.key", *(QUOTED[name] for name in own)], rest, [listed])
    keys = [Column(np.concatenate((articles.codes, _numbers(quoted))), articles.values)]  # of lines, then of quotations
    known = np.ones(len(quoted), bool)
    for (name, column), ids in zip(own.items(), values, strict=True):
        places = {value: place for place, value in enumerate(column.values)}
        heirs = merge if name == "opd" else {}
        said = encode(ids)
        codes = _numbers([places.get(heirs.get(ident, ident), -1) for ident in said.values])[said.codes]
        known &= codes >= 0
        keys.append(Column(np.concatenate((column.codes, codes)), column.values))
    count = len(articles.codes)
    lines, spoken = np.split(combine(keys, count + len(quoted)), [count])
    found, times = np.unique(spoken[known], return_counts=True)
    match = np.searchsorted(found, lines)
    found, times = np.append(found, -1), np.append(times, 0)  # for lines behind the last
    return np.where(found[match] == lines, times[match], 0)


def _numbers(values: Sequence[int]) -> Numbers:
    return np.array(values, np.int64)
