"""Which tokens of an article somebody looks for by their word alone: marks, figures, and what components watch.

Each component would walk through all words to find its own few. The tokenizer remembers with a word whether it is one,
and leaves where such tokens stand in the notes of the Doc (``nlp.extensions.signals_of``): a third of them.
"""

from __future__ import annotations

from collections.abc import Iterable

WATCHED: set[str] = set()  # of the process, in lower case


def watch(words: Iterable[str]) -> frozenset[str]:
    """Count words in lower case among the signals, and return them."""
    watched = frozenset(words)
    WATCHED.update(watched)
    return watched


def is_signal(word: str, low: str) -> bool:
    """Tell whether a token is a mark, a figure or a watched word; ``low`` is the word in lower case."""
    return low in WATCHED or not word.isalpha()
