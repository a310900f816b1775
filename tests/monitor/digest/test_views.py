"""The digest for whom it is: leadership, one office, staff."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from monitor.digest.dataset import Gap
from monitor.digest.views import View, apply_view, parse_view
from monitor.errors import InputError
from monitor.render.digest_five import say_five
from monitor.render.digest_mail import build_mail
from monitor.render.formats import render_digest
from monitor.render.wording import load_wording
from nlp.periods import Period
from tests.monitor.digest.conftest import COMPLAINT, NAMES, NEGATIVE, Maker, build, read_pdf


def test_the_leadership_reads_five_lines(row: Maker) -> None:
    data = build(row(1, tone=COMPLAINT, title="Jalan rusak"), row(2), row(3, outlet_kind="government"))
    for lang, form in (("id", "text"), ("id", "whatsapp"), ("en", "text"), ("en", "whatsapp")):
        text = render_digest(data, form, load_wording(lang), View("pimpinan"))
        numbered = re.findall(r"^(\d)\. ", text, re.MULTILINE)
        assert numbered == ["1", "2", "3", "4", "5"]
        assert data.id in text
    gap = Gap("a.example", "A", "unread", None)
    unwatched = say_five(build(gaps=[gap, gap]), load_wording("id"))[0].text
    assert unwatched == "Tidak ada berita tentang Kabupaten Contoh pada periode ini. 2 media tidak terpantau."
    empty = render_digest(build(), "whatsapp", load_wording("id"), View("pimpinan"))
    assert "5. Rilis pemerintah: tidak ada. Media terpantau: 0 dari 0" in empty
    assert "1. Tidak ada berita tentang Kabupaten Contoh pada periode ini." in empty


def test_what_is_urgent_comes_first_with_what_else_is_and_no_story_twice(row: Maker) -> None:
    urgent = [row(n, tone=COMPLAINT, title=f"Keluhan {n}") for n in range(1, 6)]
    lines = [line.text for line in say_five(build(*urgent, row(9, title="Lomba")), load_wording("id"))]
    assert lines[0].startswith("Perlu perhatian (5): Keluhan 1 – perlu ditanggapi oleh:")
    assert lines[0].endswith(". Juga: Keluhan 2; Keluhan 3; dan 2 lainnya")
    assert lines[1].startswith("6 artikel")
    assert lines[3] == "Peristiwa lain: Keluhan 4 (Warta Contoh)"
    spread = [row(n, title="Banjir", outlet=f"{n}.example", outlet_name=f"M{n}", story=7) for n in (10, 11)]
    widest = say_five(build(*urgent, *spread), load_wording("id"))[3].text
    assert widest == "Peristiwa lain yang paling banyak diliput: Banjir (2 media, 2 redaksi meliput mandiri)"
    alone = [line.text for line in say_five(build(urgent[0]), load_wording("id"))]
    assert alone[0].endswith("perlu ditanggapi oleh: belum diketahui")
    assert alone[3] == "Peristiwa lain: tidak ada."


def test_copies_of_a_release_are_not_told_as_coverage(row: Maker) -> None:
    copy = {"id": 1, "share": 0.97, "url": "https://mc.example/1", "latency_minutes": 30}
    copies = [row(n, outlet=f"m{n}.example", outlet_name=f"M{n}", copy_of=copy, story=1) for n in range(2, 42)]
    data = build(row(1, outlet_kind="government", title="Bupati tanam pohon", story=1), *copies)
    lines = [line.text for line in say_five(data, load_wording("id"))]
    assert lines[0] == (
        "41 artikel tentang Kabupaten Contoh (pemberitaan media 40, kanal pemerintah 1). 0 redaksi meliput mandiri;"
        " 40 dari pemberitaan media berupa rilis atau salinan"
    )
    assert lines[1].startswith("Nada 40 berita media terhadap pemerintah daerah: ")
    assert lines[3] == "Peristiwa yang paling banyak dimuat: Bupati tanam pohon (41 media, tanpa liputan mandiri)"
    small = row(50, outlet="z.example", outlet_name="Z", title="Kerja bakti")  # one newsroom alone is not the widest
    more = build(row(1, outlet_kind="government", title="Bupati tanam pohon", story=1), *copies, small)
    assert say_five(more, load_wording("id"))[3].text == lines[3]


def test_the_subject_of_an_office_s_mail_counts_what_its_mail_shows(row: Maker) -> None:
    dishub = row(1, tone=NEGATIVE, opd=[{"id": "dishub", "role": "actor"}], opd_tone={"dishub": NEGATIVE})
    data = build(dishub, row(2, tone=NEGATIVE), row(3))
    mine = build_mail(data, load_wording("id"), View("opd", "dishub"))
    assert mine["Subject"] == "Dinas Perhubungan: Edisi harian 12 Mar 2025: 1 artikel, 1 perlu perhatian"
    assert "3 artikel, 2 perlu perhatian" in build_mail(data, load_wording("id"))["Subject"]


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
        text = render_digest(data, form, load_wording("id"), View("opd", "dinkes"))
        assert "Vaksinasi" in text
        assert "Jalan rusak" not in text
        assert data.id in text
    assert "Jalan rusak" not in read_pdf(data, View("opd", "dinkes"))
    assert "Jalan rusak" in read_pdf(data)


def test_an_office_reads_what_names_the_one_that_it_follows(row: Maker) -> None:
    names = replace(NAMES, followed={"dinkes": (Period(None, date(2024, 12, 31)), ("dishub",))})
    old = row(1, title="Antre obat", tone=NEGATIVE, opd=[{"id": "dinkes", "role": "actor"}])
    data = build(old, row(2, title="Lain"), names=names)
    assert data.attention[0].opd == ("dishub",)
    shown = apply_view(data, View("opd", "dishub"))
    assert (shown.totals.articles, len(shown.attention), [line.id for line in shown.opd]) == (1, 1, ["dinkes"])
    text = render_digest(data, "text", load_wording("id"), View("opd", "dishub"))
    assert "1 artikel tentang Dinas Perhubungan" in text
    assert "Antre obat" in text
    assert apply_view(data, View("opd", "dinkes")).totals.articles == 1


def test_a_view_mistyped_names_what_there_is() -> None:
    with pytest.raises(InputError, match="did you mean dishub"):
        parse_view("opd:dishb", NAMES.opd)
    with pytest.raises(InputError, match="choose staf, pimpinan or opd:ID"):
        parse_view("bupati", NAMES.opd)
