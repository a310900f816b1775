"""Which articles are releases and who took them over: one rule, so that the digest and the monthly report agree.

That the text was taken over is said by ``db.copies``, and by people; in which story a copy stands does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import Protocol, TypeVar

from db.rows import Row, group_by


class Told(Protocol):
    """An article as the digest or the report holds it."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def channel(self) -> str:
        """Whose space it stands in: earned, owned or paid."""

    @property
    def kind(self) -> str:
        """Reporting, release or advertorial."""

    @property
    def copy_of(self) -> int | None:
        """The article whose text it takes over."""


Article = TypeVar("Article", bound=Told)


def list_releases(articles: Iterable[Article], copies: Iterable[Row]) -> list[tuple[Article, list[Row]]]:
    """Return the releases among articles, each with its ``copies`` (rows of ``db.queries.month.load_copies_of``): the
    government's own, also where nobody took them over, and what an outlet printed of a release if others took it from
    there; else it is a copy itself, of a text that nobody stored.
    """
    taken = group_by(copies, itemgetter("source_id"))
    return [
        (article, taken.get(article.id, []))
        for article in articles
        if article.copy_of is None
        and (article.channel == "owned" or (article.kind == "release" and article.id in taken))
    ]
