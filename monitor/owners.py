"""Which offices should answer for articles: one rule, so that the digest and the monthly report name the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

Heirs = Mapping[str, tuple[str, ...]]  # an office that stands no more -> those that do its work today


@dataclass(frozen=True, slots=True)
class Named:
    """The offices that an article names, those that act first, and those towards which it is negative."""

    offices: Sequence[str]
    blamed: Collection[str]


def find_owners(articles: Sequence[Named], outside: Collection[str]) -> tuple[str, ...]:
    """Return whom the articles blame, else who stands first in each. ``outside`` are the bodies that are not the
    regent's to answer for: they are named only where no office of the government is.
    """
    blamed = rank(office for article in articles for office in _list_blamed(article))
    ours = [office for office in blamed if office not in outside]
    if ours:
        return tuple(ours)
    own = [[office for office in article.offices if office not in outside] for article in articles]
    return (
        rank(office for offices in own for office in offices[:1])
        or blamed
        or rank(office for article in articles for office in article.offices[:1])
    )


def hand_over(owners: Iterable[str], heirs: Heirs) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Return who is asked today instead of the owners, and for whom each of these: nobody asks a dissolved office."""
    asked: dict[str, list[str]] = {}
    for owner in owners:
        for heir in heirs.get(owner, (owner,)):
            asked.setdefault(heir, []).extend([owner] if heir != owner else [])
    return tuple(asked), {heir: tuple(before) for heir, before in asked.items() if before}


def _list_blamed(article: Named) -> list[str]:
    return [office for office in dict.fromkeys([*article.offices, *article.blamed]) if office in article.blamed]


def rank(values: Iterable[str]) -> tuple[str, ...]:
    """Return values by how often they come, the first of equals first."""
    return tuple(value for value, _ in Counter(values).most_common())
