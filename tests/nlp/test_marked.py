"""Marked texts: nested labels with offsets into the plain text, and faults named with their file."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.marked import MarkupError, load_marked, parse_article, strip_marks

ARTICLE = """---
id: x-1
outlet: kabar.example
url: https://kabar.example/1
published: 2024-02-06T14:12+07:00
byline:
title: [[opd:dinas-a|Dinas A]] Bagi Bibit: Gratis
about: subject
pillars: [economy, living]
tone: positif
headline_tone: positif
kind: reporting
---
\"[[q:?Bu Rini|Terima kasih kepada [[opd:dinas-a|dinas]],]]\" katanya.
"""


def test_labels_nest_and_point_into_the_plain_text() -> None:
    row = parse_article(ARTICLE)
    assert (row["title"], row["pillars"], row["byline"]) == ("Dinas A Bagi Bibit: Gratis", ["economy", "living"], "")
    assert row["title_spans"] == [{"type": "opd", "id": "dinas-a", "start": 0, "end": 7, "text": "Dinas A"}]
    assert row["text"] == '"Terima kasih kepada dinas," katanya.'
    assert [(s["type"], s["id"], row["text"][s["start"] : s["end"]]) for s in row["spans"]] == [
        ("q", "?Bu Rini", "Terima kasih kepada dinas,"),
        ("opd", "dinas-a", "dinas"),
    ]


@pytest.mark.parametrize("text", ["[[opd:a|tak ditutup", "lepas ]] saja", "[[opdd:a|salah]]", "[[x|y]]"])
def test_marks_that_do_not_fit_are_refused(text: str) -> None:
    with pytest.raises(MarkupError):
        strip_marks(text)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("kind: reporting\n", "", "missing kind"),
        ("+07:00", "", "no offset"),
        ("---\nid", "id", "between two lines"),
        ("about: subject", "about subject", "no field"),
    ],
)
def test_faults_are_named_with_their_file(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(MarkupError, match=rf"a\.txt: .*{complaint}"):
        load_marked(tmp_path)


def test_an_id_belongs_to_one_article(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(ARTICLE, encoding="utf-8")
    with pytest.raises(MarkupError, match="same id"):
        load_marked(tmp_path)
