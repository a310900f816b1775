"""A memory of answers: asked once, bounded, the common ones kept."""

from __future__ import annotations

from nlp.memo import Memo


def test_an_answer_is_worked_out_once_while_it_is_asked_for() -> None:
    asked: list[str] = []
    memo = Memo(lambda text: asked.append(text) or text.upper(), size=2)
    for word in ("di", "a", "di", "b", "di", "c", "di", "d", "di"):
        assert memo[word] == word.upper()
    assert asked.count("di") == 1
    assert memo["a"] == "A"
    assert asked.count("a") == 2
    assert len(memo) + len(memo.aside) <= 4


def test_all_can_be_forgotten() -> None:
    answers = iter("xy")
    memo = Memo(lambda _: next(answers), size=1)
    assert memo["a"] == "x"
    memo.forget()
    assert memo["a"] == "y"
