"""The digest for whom it is: leadership, one office, staff."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from monitor.digest.views import View, apply_view, parse_view
from monitor.errors import InputError
from monitor.render.formats import render_digest
from monitor.render.wording import load_wording
from tests.monitor.digest.conftest import COMPLAINT, NAMES, NEGATIVE, Maker, build, read_pdf


def test_the_leadership_reads_five_lines(row: Maker) -> None:
    data = build(row(1, tone=COMPLAINT, title="Jalan rusak"), row(2), row(3, outlet_kind="government"))
    for lang, form in (("id", "text"), ("id", "whatsapp"), ("en", "text"), ("en", "whatsapp")):
        text = render_digest(data, form, load_wording(lang), View("pimpinan"))  # type: ignore[arg-type]
        numbered = re.findall(r"^(\d)\. ", text, re.MULTILINE)
        assert numbered == ["1", "2", "3", "4", "5"]
        assert data.id in text
    empty = render_digest(build(), "whatsapp", load_wording("id"), View("pimpinan"))
    assert "1. Tidak ada berita tentang Kabupaten Contoh pada periode ini." in empty


def test_an_opd_reads_only_what_names_it_under_the_same_id(row: Maker) -> None:
    health = {"opd": [{"id": "dinkes", "role": "actor"}], "title": "Vaksinasi"}
    roads = {"opd": [{"id": "dishub", "role": "actor"}], "title": "Jalan rusak", "tone": NEGATIVE}
    data = build(row(1, **health, story=1), row(2, **roads), row(3, outlet="b.example", title="Lain", story=1))
    shown = apply_view(data, parse_view("opd:dinkes", NAMES.opd))
    assert shown.id == data.id
    assert shown.totals == replace(shown.totals, articles=1, earned=1, independent_newsrooms=1, stories=1)
    assert [story.articles for story in shown.stories] == [(1,)]
    assert shown.attention == ()
    assert sum(tone["n"] for tone in shown.tone.values()) == 1
    for form in ("text", "html", "whatsapp"):
        text = render_digest(data, form, load_wording("id"), View("opd", "dinkes"))  # type: ignore[arg-type]
        assert "Vaksinasi" in text
        assert "Jalan rusak" not in text
        assert data.id in text
    assert "Jalan rusak" not in read_pdf(data, View("opd", "dinkes"))
    assert "Jalan rusak" in read_pdf(data)


def test_a_view_mistyped_names_what_there_is() -> None:
    with pytest.raises(InputError, match="did you mean dishub"):
        parse_view("opd:dishb", NAMES.opd)
    with pytest.raises(InputError, match="choose staf, pimpinan or opd:ID"):
        parse_view("bupati", NAMES.opd)
