"""Texts cut at their marks: nothing lost, nothing twice, every mark over its own characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.web.marks import Mark, cut_paragraphs

SPANS = st.tuples(st.integers(0, 30), st.integers(0, 12), st.sampled_from(["opd", "tone", "quote"]))


@given(text=st.text(alphabet="ab\n", max_size=30), spans=st.lists(SPANS, max_size=6))
def test_pieces_make_up_the_text_and_carry_their_marks(text: str, spans: list[tuple[int, int, str]]) -> None:
    marks = [
        Mark("text", start, min(start + length, len(text)), what, f"mark {number}")
        for number, (start, length, what) in enumerate(spans)
    ]
    paragraphs = list(cut_paragraphs(text, "text", marks))
    assert ["".join(piece.text for piece in pieces) for pieces in paragraphs] == [
        line for line in text.split("\n") if line
    ]
    covered = dict.fromkeys(marks, "")
    for pieces in paragraphs:
        for piece in pieces:
            for mark in piece.marks:
                covered[mark] += piece.text
    for mark, found in covered.items():
        assert found == text[mark.start : mark.end].replace("\n", "")


def test_other_parts_and_empty_marks_do_not_count() -> None:
    marks = [Mark("title", 0, 3, "opd", "a"), Mark("text", 1, 1, "opd", "b"), Mark("text", 2, 4, "place", "c")]
    [pieces] = cut_paragraphs("abcdef", "text", marks)
    assert [(piece.text, piece.classes, piece.why) for piece in pieces] == [
        ("ab", "", ""),
        ("cd", "is-place", "c"),
        ("ef", "", ""),
    ]
