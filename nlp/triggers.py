"""The cheap test: can an article name the regency at all? Most cannot, and never reach the tokenizer.

Which names trigger is decided in ``lexicon``; here they are only looked for, in a twentieth of the time that one
search per name takes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

_CAPITALISED = re.compile(r"[A-Z]\w*")
_BEGINNING = 6  # characters of a name: a longer pattern tells little more, and takes longer to compile


@dataclass(frozen=True, slots=True)
class Triggers:
    """Names by one capitalised word of theirs; ``others`` have none. ``beginnings`` finds how any of them begins."""

    by_word: dict[str, tuple[str, ...]]
    others: tuple[str, ...]
    beginnings: re.Pattern[str]

    def meet(self, text: str) -> bool:
        """Tell whether a text holds one of the names, as written or in capitals throughout."""
        if not self.beginnings.search(text):
            return False
        found = self.by_word.keys() & _CAPITALISED.findall(text)
        return any(name in text for word in found for name in self.by_word[word]) or any(
            name in text for name in self.others
        )


def index_triggers(names: Iterable[str]) -> Triggers:
    """Return the names ready to be looked for."""
    by_word: dict[str, list[str]] = defaultdict(list)
    others: list[str] = []
    forms = list(dict.fromkeys(form for text in names for form in (text, text.upper())))
    for name in forms:
        words = _CAPITALISED.findall(name)
        if words:
            by_word[max(words, key=len)].append(name)
        else:
            others.append(name)
    beginnings = re.compile(build_pattern({form[:_BEGINNING] for form in forms}))
    return Triggers({word: tuple(rows) for word, rows in by_word.items()}, tuple(others), beginnings)


def build_pattern(names: Iterable[str]) -> str:
    """Return a pattern of all names, parted letter by letter: at most places of a text the first letter decides."""
    ways: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if not name:
            return ""  # a name ends here: whatever follows
        ways[name[0]].append(name[1:])
    return f"(?:{'|'.join(re.escape(letter) + build_pattern(rest) for letter, rest in ways.items())})"
