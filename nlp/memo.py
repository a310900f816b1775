"""A memory for what is asked again and again: the words of a language are few, and reading each anew is dear."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")


class Memo(dict[str, Answer]):
    """The answers of a function by its argument: ``memo[text]``, worked out when it is first asked for.

    A third of the time of ``functools.lru_cache``, which matters for something asked of every word. When ``size``
    answers are kept, they are put aside, and what is not asked for again before ``size`` others came is forgotten.
    """

    def __init__(self, work: Callable[[str], Answer], size: int) -> None:
        super().__init__()
        self.work, self.size = work, size
        self.aside: dict[str, Answer] = {}

    def __missing__(self, text: str) -> Answer:
        if len(self) >= self.size:
            self.aside = dict(self)
            self.clear()
        answer = self[text] = self.aside[text] if text in self.aside else self.work(text)
        return answer

    def forget(self) -> None:
        """Forget all, when the function would answer otherwise now."""
        self.clear()
        self.aside.clear()
