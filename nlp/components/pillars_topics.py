"""Tells news that is of no pillar though it uses a pillar's words: who won a match, who died, what the
police or a court did about a crime, what happened to a vehicle or a house, who stands for office and counts votes.

Headline and first paragraph decide; where a government acts there it is news of that (``data/topics.toml``, and the
words for a government of ``data/tone.toml``; who stands for an office holds none). Which pillars fall silent is said by
the profile.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from nlp.tables import load_table

_LEAST = 2  # words of a topic in headline and lead together


class _Topic(NamedTuple):
    name: str
    words: re.Pattern[str]
    all: re.Pattern[str]
    other: re.Pattern[str] | None  # with one of these it is something else


class TopicFinder:
    """Holds the words of each topic."""

    def __init__(self) -> None:
        self.topics = tuple(
            _Topic(
                name,
                build_pattern(row["words"]),
                build_pattern((*row["words"], *row["also"])),
                build_pattern(row["unless"]) if "unless" in row else None,
            )
            for name, row in load_table("topics").items()
        )
        tone = load_table("tone")
        self.government, self.standing = build_pattern(tone["government"]), build_pattern(tone["standing"])

    def find(self, title: str, lead: str) -> frozenset[str]:
        """Return the topics that headline and lead are about, none where they name a government."""
        headline, text = title.lower(), f"{title}\n{lead}".lower()
        found = frozenset(
            topic.name
            for topic in self.topics
            if topic.all.search(headline) and topic.words.search(text) and len(topic.all.findall(text)) >= _LEAST
            if not (topic.other and topic.other.search(text))
        )
        return frozenset() if found and self.government.search(self.standing.sub(" ", text)) else found


def build_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of some words, whole, the longest first."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")
