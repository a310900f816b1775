"""Which articles answer a story that wanted an answer: one rule, so that the digest and the monthly report say the same
of it.
"""

from __future__ import annotations

from typing import Protocol


class Told(Protocol):
    """An article as the digest or the report holds it."""

    @property
    def channel(self) -> str:
        """Whose space it stands in: earned, owned or paid."""

    @property
    def tone(self) -> str:
        """Towards the government."""

    @property
    def headline_tone(self) -> str:
        """Likewise of the headline alone."""

    @property
    def copy_of(self) -> int | None:
        """The article whose text it takes over."""


def is_urgent(article: Told) -> bool:
    """Say whether a newsroom's article, or its headline, is negative towards the government."""
    return article.channel == "earned" and "negatif" in (article.tone, article.headline_tone)


def speaks(article: Told, heard: bool) -> bool:
    """Say whether an article answers: one of the government's own, or one that is neither a complaint itself nor a copy
    and in which an office of the government is ``heard``.
    """
    return article.channel == "owned" or (heard and article.copy_of is None and not is_urgent(article))
